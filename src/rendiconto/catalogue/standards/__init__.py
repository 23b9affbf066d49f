"""The catalogue in the field's own languages: its structures as SDMX-ML, its arithmetic as VTL."""

from rendiconto.catalogue.standards.sdmx import export_structures
from rendiconto.catalogue.standards.vtl import export_rules

__all__ = ["export_rules", "export_structures"]

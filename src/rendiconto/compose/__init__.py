"""Plans and figures become a Document: every cell, chart, note and text decided."""

from rendiconto.compose.cubes import with_cited_cubes
from rendiconto.compose.report import compose_report

__all__ = ["compose_report", "with_cited_cubes"]

"""Tables as text for the terminal, as grid JSON, as CSV."""

from rendiconto.render.text.tables import TABLE_FORMATS

__all__ = ["TABLE_FORMATS"]

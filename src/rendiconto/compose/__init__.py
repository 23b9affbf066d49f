"""Plans and figures become a Document: every cell, chart, note and text decided."""

from rendiconto.compose.report import compose_report

__all__ = ["compose_report"]

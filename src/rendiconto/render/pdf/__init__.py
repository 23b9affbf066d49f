"""The report as a tagged PDF, set with Typst and finished with pikepdf."""

from rendiconto.render.pdf.report import render_pdf

__all__ = ["render_pdf"]

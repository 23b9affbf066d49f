"""Sets the report: charts, manuscript and attachments under the template, then row headers into the tag tree."""

from pathlib import Path

from rendiconto.document import Document
from rendiconto.render import Files
from rendiconto.render.charts import charts_svg
from rendiconto.render.pdf.attachments import attachments_of
from rendiconto.render.pdf.manuscript import stub_shapes, write_manuscript
from rendiconto.render.pdf.tagging import tag_row_headers
from rendiconto.render.pdf.typesetting import typeset

_TEMPLATE = Path(__file__).with_name("report.typ")


def render_pdf(document: Document, package: Files | None = None) -> Files:
    """One file, PDF/A-3a and PDF/UA-1 as Typst writes it, its data inside, header cells tagged on both axes.

    The same Document gives the same bytes. ``package`` is its data package, where that has been made before.
    """
    untagged = typeset_report(document, package)
    name = f"rendiconto-sociale-{document.territory.slug}-{document.edition}.pdf"
    return {name: tag_row_headers(untagged, stub_shapes(document))}


def typeset_report(document: Document, package: Files | None = None) -> bytes:
    """The PDF as it leaves Typst."""
    figures = [figure for table in document.tables for figure in table.figures]
    pictures = {f"{name}.svg": svg for name, svg in charts_svg(figures).items()}
    manuscript = write_manuscript(document, {figure.id: f"{figure.id}.svg" for figure in figures})
    return typeset(_TEMPLATE, manuscript, pictures, document, attachments_of(document, package))

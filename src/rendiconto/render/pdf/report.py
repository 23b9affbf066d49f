"""Sets the report: charts, manuscript and attachments into a folder, Typst over it, row headers into the tag tree."""

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import simplejson

from rendiconto.document import Document
from rendiconto.render.charts import charts_svg
from rendiconto.render.charts.typeface import font_directory
from rendiconto.render.pdf.attachments import attachments_of
from rendiconto.render.pdf.manuscript import stub_shapes, write_manuscript
from rendiconto.render.pdf.tagging import tag_row_headers

_TEMPLATE = Path(__file__).with_name("report.typ")


def render_pdf(document: Document) -> dict[str, bytes]:
    """One file, PDF/A-3a and PDF/UA-1 as Typst writes it, its data inside, header cells tagged on both axes.

    The same Document gives the same bytes.
    """
    typeset = typeset_report(document)
    name = f"rendiconto-sociale-{document.territory.slug}-{document.edition}.pdf"
    return {name: tag_row_headers(typeset, stub_shapes(document))}


def typeset_report(document: Document) -> bytes:
    """The PDF as it leaves Typst."""
    import typst

    figures = [figure for table in document.tables for figure in table.figures]
    with tempfile.TemporaryDirectory(prefix="rendiconto-") as folder:
        root = Path(folder)
        charts = {}
        for name, svg in charts_svg(figures).items():
            charts[name] = f"{name}.svg"
            (root / charts[name]).write_text(svg, encoding="utf-8")
        attachments = attachments_of(document)
        for attachment in attachments:
            (root / attachment.name).write_bytes(attachment.content)
        manuscript = simplejson.dumps(write_manuscript(document, charts, attachments), ensure_ascii=False)
        (root / "manuscript.json").write_text(manuscript, encoding="utf-8")
        (root / "report.typ").write_bytes(_TEMPLATE.read_bytes())
        pdf: bytes = typst.compile(
            str(root / "report.typ"),
            root=str(root),
            font_paths=_fonts(),
            sys_inputs={"manuscript": "manuscript.json"},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(_issued(document).timestamp()),
        )
    return pdf


def _issued(document: Document) -> datetime:
    return datetime.fromisoformat(document.issued).replace(tzinfo=UTC)


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_directory())])

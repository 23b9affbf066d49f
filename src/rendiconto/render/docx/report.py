"""The whole report as one Word file."""

from rendiconto.document import Document, Figure
from rendiconto.document.identity import Identity
from rendiconto.render.charts import chart_png
from rendiconto.render.docx.manuscript import report_blocks
from rendiconto.render.docx.wordfile import FileMetadata, write_word_file


def render_docx(document: Document) -> dict[str, bytes]:
    """One file, whose properties say whose report it is; the same Document gives the same bytes."""
    name = f"rendiconto-sociale-{document.territory.slug}-{document.edition}.docx"
    return {name: write_word_file(report_blocks(document, _draw), file_metadata(document))}


def file_metadata(document: Document) -> FileMetadata:
    """What the file says of itself."""
    whole = f"{document.title}, {document.subtitle}"
    return FileMetadata(
        title=whole,
        running=whole,
        date=document.issued,
        keywords=f"{document.territory.name}; {document.edition}",
        description=f"Versione dei dati {document.data_version}",
        properties=Identity.of(document).as_properties(),
    )


def _draw(figure: Figure) -> bytes:
    return chart_png(figure)

"""The note for Word: real headings, tables with header rows, sparklines with alternative text, fixed bytes."""

import io
from typing import TYPE_CHECKING, Any

from rendiconto.document import Document
from rendiconto.render.charts import sparkline_svg, svg_png
from rendiconto.render.charts.sparklines import series_alternative
from rendiconto.render.excerpts import ABSENT, compare_key_figures, read_key_figure, source_text, version_line
from rendiconto.render.officefiles import office_bytes, set_properties
from rendiconto.render.sintesi import contents

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table

FONT = "Arial"
_BLUE, _INK = "17508F", "17212E"
_GROUND = "EEF3F9"
_LINE_SCALE = 3.0
_CELL_SIZE = 9
_RULES = ("top", "bottom", "insideH")


def write_word(document: Document) -> bytes:
    """The note as DOCX: the content of the PDF in the same order."""
    import docx

    word = docx.Document()
    _set_page(word)
    set_properties(word, document, f"{contents.KIND}: {document.title}, {document.subtitle}", version_line(document))
    word.add_paragraph(f"{contents.KIND} · {document.subtitle}", style="Subtitle")
    word.add_paragraph(document.title, style="Title")
    word.add_heading("Le cifre principali", 1)
    _write_key_figures(word, document)
    _write_comparison(word, document)
    highlights = contents.highlight_texts(document)
    if highlights:
        word.add_heading("Capitolo per capitolo", 1)
    for text in highlights:
        word.add_paragraph(text, style="List Bullet")
    missing = contents.missing_text(document.missing)
    if missing:
        word.add_heading("Dati non pervenuti", 1)
        word.add_paragraph(missing)
    word.add_heading("Fonti", 1)
    word.add_paragraph(source_text(document))
    word.add_heading("Dati e riuso", 1)
    published = " Cifre come pubblicate dalla fonte, errori compresi." if document.as_published else ""
    word.add_paragraph(f"{version_line(document)}.{published}")
    word.add_paragraph(f"Impronta dei dati (SHA-256): {document.data_sha256}")
    for paragraph in contents.licence_texts(document):
        word.add_paragraph(paragraph)
    return office_bytes(word)


def _write_key_figures(word: "WordDocument", document: Document) -> None:
    from docx.shared import Mm

    rows = [read_key_figure(key) for key in document.key_figures]
    if not rows:
        return
    table = _table(
        word, ("Indicatore", "Valore", "Unità e confronto", "Anno per anno"), (52, 42, 42, 36), "Le cifre principali"
    )
    for read in rows:
        cells = _row(table, (read.key.label, read.value, read.beside, ""), strong=1)
        line = sparkline_svg(read.key)
        if line:
            run = cells[3].paragraphs[0].add_run()
            picture = run.add_picture(io.BytesIO(svg_png(line, _LINE_SCALE)), width=Mm(30))
            picture._inline.docPr.set("descr", series_alternative(read.key))  # noqa: SLF001  (no public way to an alternative text)


def _write_comparison(word: "WordDocument", document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    comparison = compare_key_figures(document)
    if comparison is None:
        return
    title = "Il territorio a confronto"
    word.add_heading(title, 1)
    places = comparison.places
    table = _table(word, ("Indicatore", "Unità", *places), (48, 19, *([105 // len(places)] * len(places))), title)
    for key, figures in comparison.rows:
        _row(table, (key.label, key.unit or "numero", *(text or ABSENT for text in figures)), strong=2)
    for row in table.rows:
        for cell in row.cells[2:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _table(word: "WordDocument", titles: tuple[str, ...], widths: tuple[int, ...], alternative: str) -> "Table":
    """A table whose first row is repeated as its header, with the words that stand for it; rules between rows only."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    table = word.add_table(rows=1, cols=len(titles))
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001  (python-docx has no word for what follows, and Word wants it in this order)
    rules = (_element(f"w:{side}", val="single", sz="4", color="B9C3CE") for side in _RULES)
    properties.find(qn("w:tblLayout")).addprevious(_element("w:tblBorders", *rules))
    properties.remove(properties.find(qn("w:tblLook")))
    properties.append(_element("w:tblLook", firstRow="1", firstColumn="1", noHBand="1", noVBand="1"))
    properties.append(_element("w:tblCaption", val=alternative))
    properties.append(_element("w:tblDescription", val=f"{alternative}: {', '.join(titles)}"))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        table.columns[column].width = Mm(width)
        cell = table.rows[0].cells[column]
        cell.width = Mm(width)
        _set_text(cell, title, bold=True)
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_GROUND))  # noqa: SLF001
    return table


def _element(name: str, *children: Any, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    element.extend(children)
    return element


def _set_text(cell: Any, text: str, *, bold: bool = False) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if text:
        run = paragraph.add_run(text)
        run.bold = bold
        run.font.size = Pt(_CELL_SIZE)


def _row(table: "Table", texts: tuple[str, ...], strong: int) -> list[Any]:
    """A row that does not break over pages; the cell ``strong`` is bold."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001
    cells = list(row.cells)
    for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        cell.width = table.columns[column].width
        _set_text(cell, text, bold=column == strong)
    return cells


def _set_page(word: "WordDocument") -> None:
    """A4, the house's colours, Italian throughout."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin = section.bottom_margin = Mm(16)
    sizes = {"Normal": 10, "List Bullet": 10, "Heading 1": 13, "Title": 24, "Subtitle": 11}
    for style in word.styles:
        if style.type is WD_STYLE_TYPE.PARAGRAPH and style.name in sizes:
            style.font.name = FONT
            style.font.size = Pt(sizes[style.name])
            style.font.color.rgb = RGBColor.from_string(_INK if sizes[style.name] < 13 else _BLUE)
            style.element.rPr.rFonts.attrib.clear()
            for face in ("ascii", "hAnsi", "cs", "eastAsia"):
                style.element.rPr.rFonts.set(qn(f"w:{face}"), FONT)
    word.styles["Normal"].paragraph_format.space_after = Pt(4)
    word.styles["Heading 1"].paragraph_format.space_before = Pt(10)
    word.styles["Heading 1"].paragraph_format.space_after = Pt(4)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "it-IT")

"""Reads the note back, as PDF and as a file for Word, which must show the same figures."""

import io
from typing import Any

import docx
import readback_pdf
from docx.oxml.ns import qn
from readback import Files, Shown, squeeze
from readback_pptx import comparison

HEADING = "Le cifre principali"
UNITS = "Unità"
WORDS = 2


def read_shown(files: Files) -> list[Shown]:
    """Cards, then the comparison."""
    in_pdf, in_word = shown_in_pdf(of_kind(files, ".pdf")), shown_in_word(of_kind(files, ".docx"))
    assert in_pdf == in_word
    return in_pdf


def of_kind(files: Files, suffix: str) -> Files:
    return {path: content for path, content in files.items() if path.endswith(suffix)}


def shown_in_pdf(files: Files) -> list[Shown]:
    reader = readback_pdf.open_pdf(files)
    shown = readback_pdf.read_cards(reader, HEADING)
    for element in readback_pdf.walk(reader.pdf.Root.StructTreeRoot.K):
        if str(element.S) == "/Table":
            table = readback_pdf.read_table(reader, element)
            for label, row in zip(table.rows, table.cells, strict=True):
                pairs = zip(table.columns, row, strict=True)
                shown += [Shown(str(text), label=label, place=place) for place, text in pairs if place != UNITS]
    return shown


def shown_in_word(files: Files) -> list[Shown]:
    word = open_word(files)
    shown: list[Shown] = []
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        rows = [[squeeze(cell.text) for cell in row.cells] for row in table.rows]
        if UNITS in rows[0]:
            shown += comparison(rows, WORDS)
        else:
            shown += [Shown(row[1].removesuffix("%"), label=row[0]) for row in rows[1:]]
    return shown


def open_word(files: Files) -> Any:
    (content,) = files.values()
    return docx.Document(io.BytesIO(content))


def read_text(files: Files) -> str:
    """All text of both files, and the alternatives of pictures."""
    word = open_word(of_kind(files, ".docx"))
    texts = [paragraph.text for paragraph in word.paragraphs]
    texts += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    texts += [properties.get("descr") for properties in word.element.iter(qn("wp:docPr"))]
    return squeeze(" ".join([readback_pdf.read_text(of_kind(files, ".pdf")), *texts]))

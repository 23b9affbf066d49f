"""Two pages, whatever there is to say."""

import io
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any

import docx
import pypdfium2
import pytest
from documents import document_named
from docx.oxml.ns import qn

from rendiconto.document import Document
from rendiconto.document.prose import Sentence
from rendiconto.document.report import MissingEntry
from rendiconto.render.pdf.house import count_pages
from rendiconto.render.sintesi.contents import missing_text
from rendiconto.render.sintesi.summary import render_summary
from sample_prose import with_prose, without_prose


@cache
def note(document: Document) -> dict[str, bytes]:
    return {path.rpartition(".")[2]: content for path, content in render_summary(document).items()}


def word(document: Document) -> Any:
    return docx.Document(io.BytesIO(note(document)["docx"]))


def long_winded(document: Document) -> Document:
    """Ten sentences of thirty words each."""
    return replace(
        document, highlights=tuple(Sentence(f"{number} {'parole che non finiscono ' * 12}.") for number in range(10))
    )


@pytest.mark.parametrize("name", ["sample", "report"])
def test_the_note_has_two_pages_with_prose_and_without(name: str) -> None:
    document = document_named(name)
    for variant in (
        without_prose(document),
        document,
        with_prose(document),
        long_winded(document),
        replace(document, key_figures=(), missing=()),
    ):
        assert count_pages(note(variant)["pdf"]) == 2


def test_sentences_that_have_no_room_are_said_to_be_elsewhere() -> None:
    shortened = "Le altre frasi sono nel Rendiconto."
    assert shortened in words(note(long_winded(document_named("report")))["pdf"])
    assert shortened not in words(note(with_prose(document_named("report")))["pdf"])


def words(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = " ".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    return " ".join(text.split())


def test_the_file_for_word_has_real_headings_and_header_rows() -> None:
    found = word(with_prose(document_named("report")))
    headings = [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        "Le cifre principali",
        "Il territorio a confronto",
        "Capitolo per capitolo",
        "Dati non pervenuti",
        "Fonti",
        "Dati e riuso",
    ]
    for table in found.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")) is not None
    assert {element.get(qn("w:val")) for element in found.styles.element.iter(qn("w:lang"))} == {"it-IT"}


def test_properties_of_tables_stand_in_the_order_that_word_wants() -> None:
    wanted = ["tblW", "tblBorders", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
    for table in word(document_named("report")).tables:
        assert [element.tag.rpartition("}")[2] for element in table._tbl.tblPr if "tblStyle" not in element.tag] == wanted


def test_every_line_drawn_has_its_figures_in_words() -> None:
    document = document_named("report")
    pictures = list(word(document).element.iter(qn("wp:docPr")))
    assert len(pictures) == sum(len(key.series) > 1 for key in document.key_figures)
    assert "2013: −1.310" in pictures[0].get("descr")


def test_the_file_for_word_is_dated_by_its_data() -> None:
    document = document_named("sample")
    assert word(document).core_properties.modified.date().isoformat() == document.issued
    with zipfile.ZipFile(io.BytesIO(note(document)["docx"])) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}


def test_a_long_list_of_what_is_missing_says_how_much_is_left() -> None:
    entries = [MissingEntry(str(number), 0, "Titolo", 1 if number else 0, ()) for number in range(14)]
    assert missing_text([]) == ""
    assert missing_text(entries[:1]) == "Tavola 0, Titolo: nessun dato."
    assert missing_text(entries[:13]).endswith("Tavola 11, Titolo: una cifra; e un'altra parte.")
    assert missing_text(entries).endswith("; e altre 2 parti.")

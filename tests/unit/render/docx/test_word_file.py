"""The Word file: what a reader, a screen reader and Word itself find in it."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from docx import api
from lxml import etree

from rendiconto.document import Document
from rendiconto.document.identity import Identity
from rendiconto.document.prose import Sentence
from rendiconto.document.report import Section
from rendiconto.render.docx import render_docx
from rendiconto.render.docx.blocks import Picture, Span, Style, Table, TableCell, TableRow, Text, plain
from rendiconto.render.docx.manuscript import report_blocks
from rendiconto.render.docx.prose import sentence_spans
from rendiconto.render.docx.wordfile import FileMetadata, write_word_file
from reviewed_report import ADDRESS, COMMENTARY, LINKED, report_with_prose
from sample import sample_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BARE = FileMetadata("Prova", "Prova", "2025-06-30")


def content_of(document: Document) -> bytes:
    (content,) = render_docx(document).values()
    return content


@cache
def sample_parts() -> dict[str, bytes]:
    return parts_of(content_of(sample_document()))


@cache
def prose_file() -> bytes:
    return write_word_file(report_blocks(report_with_prose(), None), BARE)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def open_file(content: bytes) -> Any:
    return api.Document(io.BytesIO(content))


def body_of(content: bytes) -> Any:
    return etree.fromstring(parts_of(content)["word/document.xml"])[0]


def text_of(element: Any) -> str:
    return "".join(item.text or "" for item in element.iter(f"{W}t"))


def paragraphs(content: bytes, style: str) -> list[Any]:
    return [p for p in body_of(content).iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None]


def test_every_style_that_is_used_is_there_and_every_named_style_too() -> None:
    styles = etree.fromstring(sample_parts()["word/styles.xml"])
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {item.get(f"{W}val") for item in body_of(prose_file()).iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert used - known == set()
    assert {str(style) for style in Style} - known == set()
    based = {item.get(f"{W}val") for item in styles.iter(f"{W}basedOn", f"{W}next")}
    assert based - known == set()


def test_the_language_is_italian_and_the_metadata_come_from_the_data() -> None:
    document = sample_document()
    word = open_file(content_of(document))
    core = word.core_properties
    assert (core.title, core.language, core.author) == (f"{document.title}, {document.subtitle}", "it-IT", "Rendiconto")
    assert core.created == core.modified == datetime(2025, 6, 30, tzinfo=UTC)
    assert b'w:lang w:val="it-IT"' in sample_parts()["word/styles.xml"]


def test_the_librarys_own_template_leaves_nothing_behind() -> None:
    assert [name for name in sample_parts() if "thumbnail" in name or "customXml" in name or "Effects" in name] == []
    assert b"python-docx" not in b"".join(sample_parts().values())


def test_the_file_says_whose_it_is() -> None:
    root = etree.fromstring(sample_parts()["docProps/custom.xml"])
    properties = {entry.get("name"): "".join(entry.itertext()) for entry in root}
    assert Identity.from_properties(properties) == Identity.of(sample_document())
    assert Identity.from_properties({**properties, "RendicontoEdition": "non un anno"}) is None
    assert Identity.from_properties({}) is None


def test_contents_are_a_field_that_is_filled_and_leads_to_the_headings() -> None:
    content = prose_file()
    (box,) = body_of(content).iter(f"{W}sdt")
    kinds = [item.get(f"{W}fldCharType") for item in box.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert "TOC" in next(box.iter(f"{W}instrText")).text
    links = [(link.get(f"{W}anchor"), text_of(link)) for link in box.iter(f"{W}hyperlink")]
    marks = {
        mark.get(f"{W}name"): text_of(mark.getparent())
        for p in ("Heading1", "Heading2")
        for h in paragraphs(content, p)
        for mark in h.iter(f"{W}bookmarkStart")
    }
    assert dict(links) == marks
    assert len(links) == len(marks) > 70
    assert "3. Entrate contributive, recupero crediti e vigilanza" in dict(links).values()


def test_bookmarks_are_unique_and_as_word_wants_them() -> None:
    marks = list(body_of(prose_file()).iter(f"{W}bookmarkStart"))
    names = [mark.get(f"{W}name") for mark in marks]
    assert len(set(names)) == len(names)
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks)
    assert all(len(name) <= 40 and name.replace("_", "").isalnum() and not name[0].isdigit() for name in names)


def test_headings_are_never_skipped() -> None:
    levels = {"Heading1": 1, "Heading2": 2, "TitoloSezione": 2, "Heading3": 3}
    styles = [p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for p in body_of(prose_file()).iter(f"{W}p") if len(p) > 1]
    found = [levels[style] for style in styles if style in levels]
    assert all(later - earlier <= 1 for earlier, later in pairwise(found))


def test_header_rows_are_repeated_and_rows_are_not_broken() -> None:
    for table in body_of(prose_file()).iter(f"{W}tbl"):
        flags = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        heads = sum(flags)
        assert heads
        assert flags == [True] * heads + [False] * (len(flags) - heads)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val").startswith(("Tavola ", "Grafico "))


def test_tables_have_as_many_columns_in_every_row_and_fit_the_page() -> None:
    width = 11906 - 2 * 1077
    for table in body_of(prose_file()).iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        for row in table.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) == len(grid)
        assert sum(grid) <= width + 40


def test_charts_have_a_text_alternative() -> None:
    figures = [figure for table in sample_document().tables for figure in table.figures]
    drawn = [item for item in etree.fromstring(sample_parts()["word/document.xml"]).iter() if item.tag.endswith("}docPr")]
    assert [item.get("descr") for item in drawn] == [figure.alt for figure in figures]
    pictures = [content for name, content in sample_parts().items() if name.startswith("word/media/")]
    assert len(pictures) == len(figures)
    assert all(content.startswith(b"\x89PNG") for content in pictures)


def test_pages_are_numbered_and_say_whose_report_they_are() -> None:
    section = open_file(content_of(sample_document())).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "Rendiconto sociale 2024, Provincia di Massa-Carrara"
    fields = [item.get(f"{W}instr").strip() for item in section.footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_prose_has_its_styles_lists_and_links() -> None:
    content = prose_file()
    assert " ".join(COMMENTARY) in [text_of(p) for p in paragraphs(content, "BodyText")]
    numbers = [p.find(f".//{W}numId").get(f"{W}val") for p in paragraphs(content, "ListNumber")]
    assert numbers == ["2", "2", "3", "4", "4", "5", "6", "6", "7"], "each numbered list begins anew"
    assert [p.find(f".//{W}ilvl").get(f"{W}val") for p in paragraphs(content, "ListBullet")][:2] == ["0", "1"]
    assert "Chi legge giudichi." in [text_of(p) for p in paragraphs(content, "Quote")]
    signed = [text_of(p) for p in paragraphs(content, "Firma")]
    assert signed[:3] == ["Anna Rossi, presidente del Comitato provinciale", "Bruno Bianchi", "31 ottobre 2025"]
    assert ADDRESS.encode() in parts_of(content)["word/_rels/document.xml.rels"]


def test_marks_of_a_sentence_may_lie_inside_each_other() -> None:
    (sentence,) = next(p.sentences for p in report_with_prose().presentation[0].paragraphs if p.text == LINKED)
    spans = sentence_spans(sentence)
    assert "".join(span.text for span in spans) == LINKED
    assert [(span.text, span.bold, span.italic) for span in spans if span.target] == [
        ("nota dell'", False, False),
        ("Istat", True, False),
    ]
    assert [span.text for span in spans if span.italic] == ["molto"]
    assert sentence_spans(Sentence("")) == ()


def test_without_prose_nothing_stands_in_its_place() -> None:
    titles = [block.text for block in report_blocks(sample_document(), None) if isinstance(block, Text)]
    assert "Presentazione" not in titles
    bare = replace(sample_document(), errata=(), missing=(), glossary=(), sources=())
    assert "Nessuna rettifica in questo Rendiconto." in [b.text for b in report_blocks(bare, None) if isinstance(b, Text)]


def test_a_wide_table_stands_on_a_page_turned_sideways() -> None:
    blocks = report_blocks(sample_document(), None)
    wide = next(block for block in blocks if isinstance(block, Table))
    content = write_word_file([plain(Style.TEXT, "Prima."), *_turned(wide), plain(Style.TEXT, "Dopo.")], BARE)
    word = open_file(content)
    assert [section.orientation for section in word.sections] == [0, 1, 0]
    assert all(section.footer.paragraphs[0].text.startswith("Pagina") for section in word.sections)


def _turned(table: Table) -> list[Any]:
    from rendiconto.render.docx.blocks import Turn

    return [Turn(sideways=True), table, Turn(sideways=False)]


@pytest.mark.parametrize("text", ['<w:p/> & "x" ]]>', "a\x00b\x0bc", "riga\nnuova", "=1+1", "😀 è"])
def test_what_would_break_the_file_is_only_text(text: str) -> None:
    table = Table((TableRow((TableCell((Span(text),), Style.ROW),)),), (100.0,), text)
    content = write_word_file([plain(Style.TEXT, text), table], BARE)
    shown = open_file(content).paragraphs[0].text
    assert shown == text.replace("\x00", "").replace("\x0b", "")


def test_strangers_texts_cannot_leave_their_place() -> None:
    document = replace(sample_document(), method=(Section("<b>", ("</w:t>",)),), title='A "B" <C>')
    word = open_file(write_word_file(report_blocks(document, lambda _: _dot()), BARE))
    assert word.paragraphs[0].text == 'A "B" <C>'


def _dot() -> bytes:
    import vl_convert

    png: bytes = vl_convert.svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>')
    return png


def test_a_picture_keeps_its_proportions() -> None:
    word = open_file(write_word_file([Picture(_dot(), "Un punto", "punto", 100)], BARE))
    (shape,) = word.inline_shapes
    assert (shape.width.pt, shape.height.pt) == (100, 50)

"""The PDF as a file: the same bytes each time, what its readers are told about it, and what stands on its pages."""

import io
import re
from dataclasses import replace
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from rendiconto.document import Document
from rendiconto.pipeline import compose_report
from rendiconto.render.pdf.report import render_pdf
from sample import sample_document

SAMPLE: Document = sample_document()


@pytest.fixture(scope="module")
def content() -> bytes:
    (content,) = render_pdf(SAMPLE).values()
    return content


@pytest.fixture(scope="module")
def report() -> bytes:
    (content,) = render_pdf(compose_report("massa-carrara")).values()
    return content


@pytest.fixture(scope="module")
def pdf(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.fixture(scope="module")
def pages(content: bytes) -> list[str]:
    return texts(content)


def texts(content: bytes) -> list[str]:
    """What is written on each page, blanks squeezed."""
    opened = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_bounded() for page in opened]
    opened.close()
    return [re.sub(r"\s+", " ", text.replace("\u00ad", "")) for text in found]


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def test_the_file_bears_territory_and_edition() -> None:
    assert list(render_pdf(SAMPLE)) == ["rendiconto-sociale-massa-carrara-2024.pdf"]


def test_the_same_document_gives_the_same_bytes(content: bytes) -> None:
    assert list(render_pdf(SAMPLE).values()) == [content]


def test_a_changed_figure_changes_the_bytes(content: bytes) -> None:
    assert list(render_pdf(replace(SAMPLE, data_version="2024.2")).values()) != [content]


def test_the_date_is_that_of_the_data_not_of_the_clock(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo.CreationDate).startswith("D:20250630")
    assert str(pdf.docinfo.ModDate).startswith("D:20250630")


def test_readers_are_told_title_author_and_language(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Rendiconto sociale 2024, Provincia di Massa-Carrara"
        assert metadata["dc:creator"] == ["Rendiconto"]
        assert metadata["pdfuaid:part"] == "1"
    assert str(pdf.Root.Lang) == "it-IT"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_only_the_font_of_the_house_is_used_and_it_is_embedded(pdf: pikepdf.Pdf) -> None:
    names = set()
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            (descendant,) = font.DescendantFonts
            assert "/FontFile2" in descendant.FontDescriptor or "/FontFile3" in descendant.FontDescriptor
            assert "/ToUnicode" in font
            names.add(str(font.BaseFont).split("+")[-1])
    assert names
    assert all(name.startswith("TitilliumWeb-") for name in names)


def test_text_can_be_copied_as_letters(pages: list[str]) -> None:
    assert not [text for text in pages if "\ufffd" in text]


def test_pages_are_a4(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        sides = sorted(round(float(side)) for side in page.mediabox[2:])
        assert sides == [595, 842]


def test_the_cover_says_title_territory_edition_and_version(pages: list[str]) -> None:
    for words in ("Rendiconto sociale 2024", "Provincia di Massa-Carrara", "Edizione 2024", "2024.1", "30 giugno 2025"):
        assert words in pages[0]
    assert "Cifre come pubblicate" not in pages[0]


def test_the_cover_warns_of_figures_left_as_published() -> None:
    (content,) = render_pdf(replace(SAMPLE, as_published=True)).values()
    assert "Cifre come pubblicate dalla fonte, errori compresi." in texts(content)[0]


def test_bookmarks_are_the_chapters_and_what_follows_them(pdf: pikepdf.Pdf) -> None:
    chapters = [f"{chapter.number}. {chapter.title}" for chapter in SAMPLE.chapters]
    after = ["Rettifiche", "Metodo e fonti", "Glossario", "Colophon"]
    assert bookmarks(pdf) == ["Indice", "Elenco delle tavole e dei grafici", *chapters, *after]


def test_bookmarks_of_a_chapter_are_its_tables(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        for chapter, item in zip(SAMPLE.chapters, outline.root[2:], strict=False):
            assert [str(kid.title) for kid in item.children] == [f"{t.label} – {t.title}" for t in chapter.tables]


def test_a_chapter_opens_with_its_tables_and_the_pages_that_they_stand_on(pages: list[str]) -> None:
    for chapter in SAMPLE.chapters:
        opening = next(text for text in pages if text.strip().startswith(f"{chapter.number}. {chapter.title}"))
        for table in chapter.tables:
            title = f"{table.label} – {table.title}"
            (printed,) = re.findall(rf"{re.escape(title)} (\d+) ", opening)
            assert title in pages[int(printed) - 1]


def test_a_table_says_its_number_section_unit_perimeter_and_source(pages: list[str]) -> None:
    (page,) = (text for text in pages if "Riscossioni ordinarie – aziende Uniemens" in text)
    for words in (
        "Tavola 17 – Entrate contributive",
        "3.1",
        "Riscossioni ordinarie (euro). Versamenti delle aziende con dipendenti.",
        "Fonte: Elaborazione della Segreteria del CIV su dati INPS – Direzione centrale Entrate",
    ):
        assert words in page


def test_no_sentence_ends_in_two_stops(pages: list[str]) -> None:
    running = [re.sub(r"( \.){2,}|\.{3,}", "", text) for text in pages]
    assert [found for text in running for found in re.findall(r".{20}\.\.", text)] == []


def test_the_head_of_a_page_names_its_chapter_and_its_foot_the_report(pages: list[str]) -> None:
    contacts = next(text for text in pages if "@contatti" in text)
    assert contacts.startswith("3. Le prestazioni ")
    assert re.search(r"Rendiconto sociale 2024, Provincia di Massa-Carrara \d+\s*$", contacts)


def test_the_letter_of_a_note_stands_after_its_figure_and_covers_nothing(content: bytes) -> None:
    """Printed over the last digit it would make another figure of it."""
    with pdfplumber.open(io.BytesIO(content)) as opened:
        marked = [pair for page in opened.pages for pair in letters_after_figures(page)]
    assert len(marked) == 3  # both figures in doubt of Grafico 1, the mended one of Tavola 20
    for digit, letter in marked:
        assert letter["x0"] >= digit["x1"] - 0.1
        assert letter["x1"] < digit["x1"] + 6


def letters_after_figures(page: Any) -> list[tuple[Any, Any]]:
    """A figure's last digit in a table and the smaller letter painted after it, wherever it stands."""
    pairs = [(d, x) for d, x in zip(page.chars, page.chars[1:], strict=False) if abs(d["top"] - x["top"]) < 3]
    return [(d, x) for d, x in pairs if d["text"].isdigit() and x["text"].isalpha() and x["size"] < d["size"] - 1]


def test_a_part_without_data_says_so(pages: list[str]) -> None:
    assert sum(text.count("Dati non disponibili in questa edizione.") for text in pages) == 1


def test_markup_in_labels_is_printed_as_it_is(pages: list[str]) -> None:
    whole = " ".join(pages)
    for words in ("=1+1", "@contatti", '<b>Posta</b> & "PEC" #set $a$ *b* _c_ \\n', '<tutti> & "altri"'):
        assert words in whole


def test_the_colophon_gives_the_fingerprint_of_the_data(pages: list[str]) -> None:
    assert SAMPLE.data_sha256 in pages[-1].replace(" ", "")


def table_pages(content: bytes) -> dict[int, list[int]]:
    """For each table of the tag tree, the pages that its cells are on."""
    found: dict[int, list[int]] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {page.objgen: index for index, page in enumerate(pdf.pages)}
        for table in elements(pdf.Root.StructTreeRoot.K, "/Table"):
            found[len(found)] = sorted(set(pages_under(table, numbers)))
    return found


def elements(kids: Any, kind: str) -> list[Any]:
    found: list[Any] = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid] if str(kid.S) == kind else elements(kid.get("/K", []), kind)
    return found


def pages_under(element: Any, numbers: dict[Any, int]) -> list[int]:
    found: list[int] = []
    if isinstance(element, pikepdf.Dictionary):
        if "/Pg" in element:
            found.append(numbers[element.Pg.objgen])
        kids: Any = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            found += pages_under(kid, numbers)
    return found


def test_no_table_of_the_report_is_split(report: bytes) -> None:
    """Each of them fits on one page, so that none may be broken over two."""
    assert {number: on for number, on in table_pages(report).items() if len(on) > 1} == {}


def test_the_report_is_light(report: bytes) -> None:
    assert len(report) < 6_000_000

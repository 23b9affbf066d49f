"""Files as lines: text, web pages, Word files, PDF; what is none of these is refused with a reason."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from rendiconto.errors import DataError
from rendiconto.pipeline import compose_report, render_pdf
from rendiconto.read.raw import read_raw
from rendiconto.read.raw.docx import read_docx
from rendiconto.read.raw.html import read_html
from rendiconto.read.raw.pdf import MOST_PAGES, read_pdf
from rendiconto.read.rawtext import LineKind, RawText


def saved(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def assert_read_or_refused(reader: Callable[[Path], RawText], path: Path) -> None:
    """Lines, or an error that says what to do; nothing else."""
    answer: object
    try:
        answer = reader(path)
    except DataError as error:
        answer = error.todo
    assert answer
    assert isinstance(answer, RawText | str)


def kinds(raw: RawText) -> list[tuple[str, str]]:
    return [(str(line.kind), line.text) for line in raw.lines]


# --- text


def test_a_text_keeps_its_offsets_whatever_its_line_ends(tmp_path: Path) -> None:
    raw = read_raw(saved(tmp_path / "a.txt", "Uno però\r\ndue\n\n\ftre"))
    assert [line.text for line in raw.lines] == ["Uno però", "due", "", " tre"]
    assert all(raw.text[line.start :].startswith(line.text.strip()) for line in raw.lines[:3])
    assert (raw.pages, raw.lines[3].page) == (2, 2)


def test_a_text_of_windows_is_read_too(tmp_path: Path) -> None:
    assert read_raw(saved(tmp_path / "a.txt", "è così".encode("cp1252"))).text == "è così"


# --- web pages


def test_a_table_of_a_page_becomes_rows_with_spans_laid_out(tmp_path: Path) -> None:
    page = """<!doctype html><html><head><title>Prova</title></head><body><nav>via</nav><h1>Tavola 17</h1><p>Testo.</p>
    <table><caption>Entrate</caption><thead><tr><th></th><th colspan=2>2024</th></tr></thead>
    <tbody><tr><th rowspan=2>A</th><td>1</td><td>2<sup>a</sup></td></tr><tr><td>3</td><td></td></tr></tbody></table>
    <script>alert(1)</script><p hidden>no</p></body></html>"""
    raw = read_raw(saved(tmp_path / "p.html", page))
    assert raw.title == "Prova"
    assert kinds(raw)[:3] == [("heading", "Tavola 17"), ("paragraph", "Testo."), ("heading", "Entrate")]
    assert [line.cells for line in raw.lines[3:]] == [("", "2024", ""), ("A", "1", "2"), ("A", "3", "")]
    assert raw.lines[3].kind is LineKind.HEADER_ROW


def test_a_front_page_is_read_with_the_pages_below_it_and_no_others(tmp_path: Path) -> None:
    outside = saved(tmp_path / "secret.html", "<html><body><p>segreto</p></body></html>")
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    saved(site / "a" / "one.html", "<html><body><p>uno</p><a href='../index.html'>su</a></body></html>")
    (site / "link.html").symlink_to(outside)
    links = "<a href='a/one.html'></a><a href='../secret.html'></a><a href='link.html'></a><a href='http://x.it/y.html'></a>"
    saved(site / "index.html", f"<html><body><p>inizio</p>{links}</body></html>")
    raw = read_raw(site / "index.html")
    assert [line.text for line in raw.lines if line.kind is LineKind.PARAGRAPH] == ["inizio", "uno"]
    assert read_raw(site).text == raw.text


def test_a_page_nested_ten_thousand_deep_is_read(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 10_000 + "fondo" + "</div>" * 10_000 + "</body></html>"
    assert isinstance(read_html(saved(tmp_path / "p.html", page)), RawText)


# --- Word


def word_file(path: Path) -> Path:
    document = WordDocument()
    document.add_heading("Tavola 31 – Pensioni", level=2)
    table = document.add_table(rows=4, cols=4)
    for column, text in enumerate(("Gestioni", "Trattamenti", "Femmine", "Maschi")):
        table.cell(0, column).text = text
    for row, (kind, first, second) in enumerate((("Vecchiaia", "1", "2"), ("Invalidità", "3", "-")), start=1):
        for column, text in enumerate((kind, first, second), start=1):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Pubblici"
    table.cell(3, 0).merge(table.cell(3, 1)).text = "Totale"
    table.cell(3, 2).text, table.cell(3, 3).text = "4", "2"
    document.add_paragraph("Il totale è di 6.")
    document.save(str(path))
    return path


def test_a_table_of_word_becomes_rows_with_merged_cells_laid_out(tmp_path: Path) -> None:
    raw = read_raw(word_file(tmp_path / "a.docx"))
    rows = [line.cells for line in raw.lines if line.kind is LineKind.ROW]
    assert rows == [("Pubblici", "Vecchiaia", "1", "2"), ("Pubblici", "Invalidità", "3", "-"), ("Totale", "", "4", "2")]
    assert [line.kind for line in raw.lines][:2] == [LineKind.HEADING, LineKind.HEADER_ROW]
    assert raw.lines[-1].text == "Il totale è di 6."


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    body = files["word/document.xml"].decode()
    change = (
        '<w:p><w:r><w:t xml:space="preserve">Sono </w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>6</w:t></w:r></w:ins></w:p><w:sectPr"
    )
    files["word/document.xml"] = body.replace("<w:sectPr", change, 1).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert read_raw(path).lines[-1].text == "Sono 6"


# --- PDF


@pytest.fixture(scope="module")
def report() -> bytes:
    return render_pdf(compose_report("massa-carrara", tables=["17", "61"]))


def test_a_tagged_pdf_gives_rows_with_their_cells(report: bytes, tmp_path: Path) -> None:
    raw = read_raw(saved(tmp_path / "a.pdf", report))
    rows = [line.cells for line in raw.lines if line.kind is LineKind.ROW]
    assert ("Massa-Carrara", "201.546.080,31", "211.122.051,11", "219.216.355,46") in rows


def test_an_untagged_pdf_gives_lines_without_the_marks_of_notes(report: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(report)) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(tmp_path / "a.pdf")
    texts = [line.text.strip() for line in read_raw(tmp_path / "a.pdf").lines]
    assert "Massa-Carrara 201.546.080,31 211.122.051,11 219.216.355,46" in texts
    assert any(text.startswith("Invalidi civili – area amministrativa -") and text.endswith("- - -") for text in texts)


def test_a_locked_pdf_is_refused(report: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(report)) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(DataError, match="password"):
        read_raw(tmp_path / "a.pdf")


def test_a_pdf_of_ten_thousand_pages_is_refused(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages.extend(pdf.pages[0] for _ in range(9_999))
        pdf.save(tmp_path / "a.pdf")
    with pytest.raises(DataError, match=f"10000 pages|fewer than {MOST_PAGES}"):
        read_raw(tmp_path / "a.pdf")


def test_a_truncated_pdf_is_refused_or_read_as_far_as_it_goes(report: bytes, tmp_path: Path) -> None:
    for share in (3, 10, 50, 90):
        path = saved(tmp_path / "a.pdf", report[: len(report) * share // 100])
        assert_read_or_refused(read_raw, path)


def test_a_pdf_whose_tree_of_tags_bites_its_tail_ends(report: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(report)) as pdf:
        tree = pdf.Root.StructTreeRoot
        top = tree.K[0] if isinstance(tree.K, pikepdf.Array) else tree.K
        top.K.append(top)
        pdf.save(tmp_path / "a.pdf")
    assert_read_or_refused(read_raw, tmp_path / "a.pdf")


def test_a_pdf_whose_pages_bite_their_tail_ends(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)
        pdf.save(tmp_path / "a.pdf")
    assert_read_or_refused(read_raw, tmp_path / "a.pdf")


# --- what is none of these


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Office"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0", "no text"),
        ("a.docx", b"PK\x03\x04 not a zip", "damaged"),
    ],
)
def test_what_is_no_report_is_refused_with_what_it_is(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        read_raw(saved(tmp_path / name, content))
    assert caught.value.todo


def test_a_workbook_is_sent_to_ingest(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(DataError) as caught:
        read_raw(tmp_path / "a.xlsx")
    assert "ingest" in (caught.value.todo or "")


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        read_raw(tmp_path / "a.pdf")


def test_a_word_file_that_swells_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 301_000_000)
    with pytest.raises(DataError, match="too large"):
        read_raw(tmp_path / "a.docx")


def mutated(content: bytes, changes: list[tuple[int, int]]) -> bytes:
    altered = bytearray(content)
    for at, byte in changes:
        altered[at % len(altered)] = byte
    return bytes(altered)


CHANGES = st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 255)), max_size=12)


@settings(max_examples=50, deadline=None)
@given(changes=CHANGES)
def test_a_damaged_word_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    path = saved(folder / "b.docx", mutated(word_file(folder / "a.docx").read_bytes(), changes))
    assert_read_or_refused(read_docx, path)


@settings(max_examples=50, deadline=None)
@given(changes=CHANGES)
def test_a_damaged_pdf_is_read_or_refused(
    report: bytes, tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    path = saved(tmp_path_factory.mktemp("fuzz") / "a.pdf", mutated(report, changes))
    assert_read_or_refused(read_pdf, path)


@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_page_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = saved(tmp_path_factory.mktemp("fuzz") / "a.html", b"<html><body><table><tr><td>1" + content)
    assert_read_or_refused(read_html, path)

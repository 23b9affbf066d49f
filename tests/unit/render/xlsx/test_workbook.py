import io
import re
from dataclasses import replace

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from rendiconto.document import Document, Grid, Table
from rendiconto.render.archive import read_zip
from rendiconto.render.xlsx.tablesheet import cell_name, header_row, stub_labels
from rendiconto.render.xlsx.workbook import render_xlsx, table_workbook
from sample import sample_document

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def workbook() -> bytes:
    (content,) = render_xlsx(sample_document()).values()
    return content


@pytest.fixture(scope="module")
def opened(workbook: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook), load_tables=True)


def table_numbered(number: str) -> Table:
    return next(table for table in sample_document().tables if table.number == number)


def sheet_xml(workbook: bytes, opened: CalamineWorkbook, name: str) -> etree._Element:
    position = opened.sheet_names.index(name) + 1
    return etree.fromstring(read_zip(workbook)[f"xl/worksheets/sheet{position}.xml"])


def sheets(workbook: bytes) -> dict[str, etree._Element]:
    return {
        path: etree.fromstring(content)
        for path, content in read_zip(workbook).items()
        if path.startswith("xl/worksheets/sheet")
    }


def test_the_file_bears_territory_and_edition() -> None:
    assert list(render_xlsx(sample_document())) == ["rendiconto-sociale-massa-carrara-2024.xlsx"]


def test_sheets_stand_in_order(opened: CalamineWorkbook) -> None:
    tables = [table.label for table in sample_document().tables]
    assert opened.sheet_names == ["Copertina", "Indice", *tables, "Rettifiche", "Metodo e fonti", "Glossario"]


def test_titles_are_in_the_first_cell(opened: CalamineWorkbook) -> None:
    for table in sample_document().tables:
        rows = opened.get_sheet_by_name(table.label).to_python()
        assert rows[0][0] == f"{table.label} – {table.title}"


def test_no_cell_is_merged_hidden_or_a_formula(workbook: bytes) -> None:
    for path, sheet in sheets(workbook).items():
        for tag in ("mergeCell", "f"):
            assert not list(sheet.iter(f"{MAIN}{tag}")), path
        assert not [node for node in sheet.iter(f"{MAIN}row", f"{MAIN}col") if node.get("hidden")], path


def test_labels_that_look_like_formulas_stay_texts(opened: CalamineWorkbook) -> None:
    labels = [row[0] for row in opened.get_table_by_name("Tavola_60_0").to_python()]
    assert labels[:4] == ["=1+1", "+39 0585", "@contatti", "-x: via web"]


def test_figures_are_numbers_and_statuses_texts(opened: CalamineWorkbook) -> None:
    rows = opened.get_table_by_name("Tavola_31_0").to_python()
    assert rows[0][2:] == [9100.0, 10200.0, 19300.0, "n.d.", "n.d.", 385000.0]
    assert rows[5][2:] == ["-", "*", "*", 9000.0, "-", 9000.0]


def test_figures_show_the_decimals_of_the_report(workbook: bytes) -> None:
    styles = read_zip(workbook)["xl/styles.xml"].decode()
    formats = set(re.findall(r'formatCode="([^"]*)"', styles))
    assert formats == {
        "#,##0;&quot;−&quot;#,##0",
        "#,##0.0;&quot;−&quot;#,##0.0",
        "#,##0.00;&quot;−&quot;#,##0.00",
    }


def test_every_part_is_a_named_table_with_one_header_row(opened: CalamineWorkbook) -> None:
    for grid in sample_document().grids:
        name = f"{'Grafico' if grid.table[0] == 'G' else 'Tavola'}_{grid.table.removeprefix('G')}_{grid.part}"
        assert (name in (opened.table_names or ())) == grid.available
        if grid.available:
            assert opened.get_table_by_name(name).columns == header_row(grid)


def test_a_part_without_data_says_so(opened: CalamineWorkbook) -> None:
    texts = [row[0] for row in opened.get_sheet_by_name("Tavola 23").to_python()]
    assert "Dati non disponibili in questa edizione." in texts
    assert "Questo foglio non contiene tabelle." in texts


def test_links_lead_to_sheets_that_are_there(workbook: bytes, opened: CalamineWorkbook) -> None:
    targets = {
        link.get("location", "").rpartition("!")[0].strip("'")
        for sheet in sheets(workbook).values()
        for link in sheet.iter(f"{MAIN}hyperlink")
    }
    assert targets <= set(opened.sheet_names)
    assert targets >= {table.label for table in sample_document().tables} | {"Indice", "Copertina"}


def test_a_comment_on_a_figure_leads_to_the_figure(workbook: bytes, opened: CalamineWorkbook) -> None:
    locations = [link.get("location", "") for link in sheet_xml(workbook, opened, "Tavola 20").iter(f"{MAIN}hyperlink")]
    (target,) = [place.partition("!")[2] for place in locations if "Tavola 20" in place]
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", target).groups()  # type: ignore[union-attr]
    rows = opened.get_sheet_by_name("Tavola 20").to_python()
    assert rows[int(row) - 1][ord(column) - ord("A")] == 14.64


def test_the_column_of_labels_stays_in_sight(workbook: bytes, opened: CalamineWorkbook) -> None:
    (pane,) = sheet_xml(workbook, opened, "Tavola 31").iter(f"{MAIN}pane")
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == ("1", None, "frozen")


def test_properties_come_from_the_document(workbook: bytes) -> None:
    core = read_zip(workbook)["docProps/core.xml"].decode()
    assert "2025-06-30T00:00:00Z" in core
    assert "<dc:language>it</dc:language>" in core
    assert "<dc:title>Rendiconto sociale 2024 – Provincia di Massa-Carrara</dc:title>" in core


def test_the_cover_explains_every_symbol(opened: CalamineWorkbook) -> None:
    texts = " ".join(str(row[0]) for row in opened.get_sheet_by_name("Copertina").to_python())
    for symbol in ("-  ", "*  ", "n.d.  "):
        assert symbol in texts


def test_sheets_with_nothing_to_say_are_left_out() -> None:
    bare = replace(sample_document(), errata=(), glossary=(), method=(), sources=(), missing=(), key_figures=())
    (content,) = render_xlsx(bare).values()
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names[-1] == "Tavola 60"
    assert not {"Rettifiche", "Metodo e fonti", "Glossario"} & set(names)


def test_a_single_table_has_its_own_workbook() -> None:
    document = sample_document()
    content = table_workbook(document, table_numbered("20"))
    opened = CalamineWorkbook.from_filelike(io.BytesIO(content), load_tables=True)
    assert opened.sheet_names == ["Tavola 20", "Copertina"]
    assert opened.table_names == ["Tavola_20_0"]
    assert content == table_workbook(document, table_numbered("20"))


def test_columns_of_one_name_are_told_apart() -> None:
    grid = table_numbered("17").grids[0]
    twice = replace(
        grid, heading=(*grid.heading[:2], replace(grid.heading[0], label="TERRITORIO")), stub_titles=("Territorio",)
    )
    assert header_row(twice) == ["Territorio", "2022", "2023", "TERRITORIO (2)"]
    _render_with(twice)


def _render_with(grid: Grid) -> None:
    """Spreadsheets refuse a table with two columns of one name; the library says so with a warning, an error here."""
    document = sample_document()
    table = replace(table_numbered("17"), grids=(grid,))
    names = CalamineWorkbook.from_filelike(io.BytesIO(table_workbook(document, table)), load_tables=True).table_names
    assert names == ["Tavola_17_0"]


def test_a_shallow_row_says_its_label_in_every_stub_column() -> None:
    grid = table_numbered("31").grids[0]
    assert stub_labels(grid.rows[-1], 2) == ["Totale generale", "Totale generale"]
    assert stub_labels(grid.rows[1], 2) == ["Fondo pensioni lavoratori dipendenti", "Vecchiaia / di cui: anzianità"]


@pytest.mark.parametrize(
    ("place", "name"), [((0, 0), "A1"), ((9, 25), "Z10"), ((0, 26), "AA1"), ((0, 701), "ZZ1"), ((4, 702), "AAA5")]
)
def test_cells_are_named_as_spreadsheets_do(place: tuple[int, int], name: str) -> None:
    assert cell_name(*place) == name


def test_ninety_tables_have_ninety_sheets_with_names_of_their_own() -> None:
    (content,) = render_xlsx(_with_tables(90)).values()
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert len([name for name in names if re.search(r"\d", name)]) >= 90
    assert len(names) == len(set(names))


def _with_tables(count: int) -> Document:
    document = sample_document()
    model = table_numbered("31")
    tables = tuple(
        replace(
            model,
            number=str(n),
            label=f"Tavola {n}",
            slug=str(n),
            grids=tuple(replace(grid, table=str(n)) for grid in model.grids),
        )
        for n in range(1, count + 1)
    )
    return replace(document, chapters=(replace(document.chapters[0], tables=tables),))

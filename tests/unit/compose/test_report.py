"""A report of any territory: comparators, absent parts, charts, errata, key figures."""

from pathlib import Path

import pytest

from rendiconto.compose.alternatives import describe
from rendiconto.document import Document, Status
from toy_edition import toy_report


@pytest.fixture
def report(tmp_path: Path) -> Document:
    return toy_report(tmp_path)


def rows(document: Document, table: str, part: int = 0) -> list[str]:
    grid = next(grid for grid in document.grids if (grid.table, grid.part) == (table, part))
    return [leaf.label for leaf in grid.rows]


@pytest.mark.parametrize(
    ("territory", "labels"),
    [
        ("massa-carrara", ["Massa-Carrara", "Regione Toscana", "Italia"]),
        ("toscana", ["Regione Toscana", "Italia"]),
        ("italia", ["Italia"]),
        ("trento", ["Trento", "Regione Trentino-Alto Adige", "Italia"]),
    ],
)
def test_comparators_follow_from_the_territory(tmp_path: Path, territory: str, labels: list[str]) -> None:
    found = rows(toy_report(tmp_path, territory), "1")
    assert len(found) == len(labels)
    assert [label.split("/")[0] for label in found][-1] == labels[-1]


def test_a_province_that_is_its_region_prints_once(tmp_path: Path) -> None:
    assert len(rows(toy_report(tmp_path, "valle-d-aosta"), "1")) == 2


def test_a_part_that_nobody_delivered_has_no_rows_and_is_listed(report: Document) -> None:
    table = next(table for table in report.tables if table.number == "5")
    assert not table.available
    assert table.grids[0].cells == ()
    assert table.figures == ()
    assert [(entry.table, entry.cells) for entry in report.missing] == [("5", 0)]


def test_a_missing_figure_prints_nd_and_is_listed(tmp_path: Path) -> None:
    toy_report(tmp_path)
    path = tmp_path / "durc.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("045,2024,KO")))
    from rendiconto.compose import compose_report
    from rendiconto.observations import load_observations
    from toy_edition import place, toy_catalogue

    catalogue = toy_catalogue()
    document = compose_report(catalogue, load_observations(catalogue, tmp_path), place("massa-carrara"))
    grid = next(grid for grid in document.grids if grid.table == "3")
    assert grid.cells[0][4].status is Status.MISSING
    assert grid.cells[0][5].status is Status.MISSING, "a share of what is missing is missing"
    assert [(entry.table, entry.part, entry.cells) for entry in document.missing] == [("3", 0, 2), ("5", 0, 0)]


def test_every_cell_knows_its_address_cube_and_key(report: Document) -> None:
    for grid in report.grids:
        for row, line in enumerate(grid.cells):
            for column, cell in enumerate(line):
                assert (cell.ref.table, cell.ref.part, cell.ref.row, cell.ref.column) == (grid.table, grid.part, row, column)
                assert dict(cell.key)["territory"]
    assert len({str(cell.ref) for grid in report.grids for line in grid.cells for cell in line}) > 80


def test_units_of_an_indicator_dimension_are_its_codes_own(report: Document) -> None:
    grid = next(grid for grid in report.grids if (grid.table, grid.part) == ("3", 1))
    assert [(line[0].unit, line[0].decimals) for line in grid.cells] == [("ispezioni", 0), ("euro", 2)]


def test_a_chart_draws_cells_of_its_part_and_says_them(report: Document) -> None:
    figure = next(figure for table in report.tables if table.number == "1" for figure in table.figures)
    assert figure.series_labels == ("0-14", "15 e oltre")
    assert figure.emphasis == "Massa-Carrara"
    cells = {str(cell.ref): cell for grid in report.grids for line in grid.cells for cell in line}
    assert all(point.value == cells[point.ref or ""].value for point in figure.points)
    assert figure.alt == describe(figure).alt
    assert figure.alt.startswith("Grafico a barre: Popolazione per età (persone).")
    assert "Massa-Carrara" in figure.alt


def test_key_figures_are_printed_cells(report: Document) -> None:
    (key,) = report.key_figures
    grid = next(grid for grid in report.grids if grid.table == "1")
    assert key.ref == str(grid.cells[0][2].ref)


def test_the_method_says_which_figures_are_computed(report: Document) -> None:
    text = " ".join(paragraph for section in report.method for paragraph in section.paragraphs)
    assert "Saldo naturale: «Nascite» meno «Decessi» (3 cifre calcolate)" in text


def test_cubes_carry_what_a_data_package_needs(report: Document) -> None:
    cubes = {cube.name: cube for cube in report.cubes}
    assert "immagine" not in cubes
    share = cubes["quota_irregolari"]
    assert share.formula == "«Verifiche di regolarità» (irregolari) per 100 di «Verifiche di regolarità»"
    for cube in report.cubes:
        known = {dimension.name: {code.code for code in dimension.codes} for dimension in cube.dimensions}
        assert all(code in known[name] for o in cube.observations for name, code in o.key)


def test_sources_name_the_tables_they_deliver(report: Document) -> None:
    assert [(note.term, note.text) for note in report.sources] == [
        ("Istat", "Tavole 1, 2; Grafico 1"),
        ("Ufficio statistico", "Tavole 3, 4, 5"),
    ]

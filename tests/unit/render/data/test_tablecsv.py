import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from rendiconto.document import Grid
from rendiconto.render.data.tablecsv import cell_plain, grid_csv, plain_decimal, safe_label
from sample import sample_document


def grid_of_sample(table: str, part: int = 0) -> Grid:
    return next(grid for grid in sample_document().grids if (grid.table, grid.part) == (table, part))


def rows_of(grid: Grid) -> list[list[str]]:
    return list(csv.reader(io.StringIO(grid_csv(grid))))


def test_a_part_has_one_header_row_and_a_line_for_each_row() -> None:
    assert rows_of(grid_of_sample("17")) == [
        ["Territorio", "2022", "2023", "2024"],
        ["Massa-Carrara", "201546080.31", "211122051.11", "219216355.46"],
        ["Regione Toscana", "6120000000.00", "6480000000.10", "6700000000.55"],
        ["Italia", "150000000000.99", "158000000000.00", "163000000000.05"],
    ]


def test_nested_headings_are_joined() -> None:
    header, *_ = rows_of(grid_of_sample("5"))
    assert header[1] == "2023 / Femmine / 0-17"
    assert header[-1] == "Totale"


def test_nested_rows_say_all_their_labels() -> None:
    labels = [row[0] for row in rows_of(grid_of_sample("31"))]
    assert labels[0] == "Gestione / Tipo di pensione"
    assert "Fondo pensioni lavoratori dipendenti / Vecchiaia / di cui: anzianità" in labels


def test_statuses_are_symbols_and_negative_figures_stay_numbers() -> None:
    assert rows_of(grid_of_sample("31"))[6][1:] == ["-", "*", "*", "9000", "-", "9000"]
    assert rows_of(grid_of_sample("20"))[3][1:4] == ["n.d.", "n.d.", "n.d."]
    assert rows_of(grid_of_sample("G1", 1))[2][1] == "-1642"


def test_labels_that_look_like_formulas_are_marked_as_text() -> None:
    labels = [row[0] for row in rows_of(grid_of_sample("60"))]
    assert labels[1:5] == ["'=1+1", "'+39 0585", "'@contatti", "'-x: via web"]
    assert labels[5].startswith("<b>Posta</b>")


def test_a_part_without_data_has_its_header_only() -> None:
    assert rows_of(grid_of_sample("23")) == [["Territorio", "2023", "2024"]]


def test_a_stub_without_titles_still_has_one() -> None:
    assert rows_of(replace(grid_of_sample("17"), stub_titles=("",)))[0][0] == "Voce"


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("-0.50", "-0.50"), ("0.0", "0.0"), ("163000000000.05", "163000000000.05")],
)
def test_decimals_are_written_without_exponents(value: str, text: str) -> None:
    assert plain_decimal(Decimal(value)) == text


@pytest.mark.parametrize("label", ["Massa-Carrara", "0-17", "65 e oltre", "'già segnato", ""])
def test_other_labels_are_left_alone(label: str) -> None:
    assert safe_label(label) == label


def test_every_figure_of_the_sample_reads_back() -> None:
    for grid in sample_document().grids:
        for line in grid.cells:
            for cell in line:
                if cell.value is not None:
                    assert Decimal(cell_plain(cell)) == cell.value

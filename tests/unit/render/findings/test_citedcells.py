"""The cells that a finding cites."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.render.findings.citedcells import FilePlace, cited_cells, file_place, visible
from unit.render.findings.reports import not_delivered, unreadable, wrong_sum


def test_the_expected_figure_stands_on_the_cell_that_reads_as_observed() -> None:
    cells = cited_cells(wrong_sum())
    assert [(cell.value, cell.expected) for cell in cells] == [("27.395", None), ("54.171", Decimal(54117)), ("26.722", None)]


def test_where_two_cells_read_as_observed_the_expected_figure_stands_on_neither() -> None:
    finding = replace(wrong_sum(), values=("54.171", "54.171", "0"))
    assert [cell.expected for cell in cited_cells(finding)] == [None] * 3


def test_the_first_cell_is_the_suspect_and_missing_ones_are_to_be_delivered() -> None:
    assert [cell.mark for cell in cited_cells(wrong_sum())] == ["► da verificare", "", ""]
    assert {cell.mark for cell in cited_cells(not_delivered())} == {"► da fornire"}


def test_what_a_file_says_is_not_taken_for_a_number() -> None:
    (cell,) = cited_cells(unreadable("dati.csv row 12", "1.347"))
    assert (cell.value, cell.number) == ("1.347", None)


def test_expected_figures_have_the_decimals_of_the_value_beside_them() -> None:
    finding = replace(wrong_sum(), values=("1", "10,50", "3"), observed=Decimal("10.5"), expected=Decimal("4.0"))
    assert cited_cells(finding)[1].expected_text == "4,00"


def test_a_finding_without_values_has_cells_all_the_same() -> None:
    finding = replace(wrong_sum(), values=())
    assert [cell.value for cell in cited_cells(finding)] == ["", "", ""]


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("file.xlsx Foglio1!C7", FilePlace("file.xlsx")),
        ("file due.xlsx Foglio con spazi!C7", FilePlace("file due.xlsx")),
        ("file.csv row 12", FilePlace("file.csv", 12)),
        ("file.csv row 12 (valore)", FilePlace("file.csv", 12)),
        ("FILE.CSV", FilePlace("FILE.CSV")),
        ("popolazione/045/2024/F/T", None),
        ("T17.0/massa-carrara/2024/r0/c2", None),
    ],
)
def test_keys_of_files_are_told_from_keys_of_cubes(key: str, place: FilePlace | None) -> None:
    assert file_place(key) == place


@given(st.text())
def test_nothing_hidden_is_left_in_what_is_shown(text: str) -> None:
    shown = visible(text)
    assert "\x1b" not in shown
    assert all(character.isprintable() or character.isspace() for character in shown)
    assert "\n" not in shown


def test_accents_and_spaces_stay() -> None:
    assert visible("così\u00a0è – “però”") == "così\u00a0è – “però”"

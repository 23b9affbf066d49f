"""The transcription against the published report: every grid, row by row, and nothing left over."""

import re
from functools import cache

import pytest
from printed import SOURCE, Figure, Token, find_row, read_segments

from rendiconto.document import Document, Grid, Status
from rendiconto.pipeline import compose_report

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the published text is not beside the project")

DISPLACED = {
    ("8", 3): "9",  # the incidence of part-time hires stands after the first body of table 9
}
"""Grids that the text puts under another caption, and under which."""

BLANKS = {("33", 0, "Superstiti")}
"""Rows with a blank where a dash is meant: the blank is nil and leaves no mark in the text."""


@cache
def published() -> Document:
    return compose_report("massa-carrara", as_published=True)


@cache
def segments() -> dict[str, list[Token]]:
    return read_segments(SOURCE.read_text(encoding="utf-8"))


def printed_rows(grid: Grid) -> list[tuple[str, list[Figure]]]:
    rows = []
    for leaf, cells in zip(grid.rows, grid.cells, strict=True):
        figures: list[Figure] = [
            cell.value if cell.status is Status.NORMAL and cell.value is not None else cell.status.symbol for cell in cells
        ]
        rows.append((leaf.label, figures))
    return rows


GRIDS = [(grid.table, grid.part) for grid in published().grids if grid.available] if SOURCE.exists() else []


@pytest.mark.parametrize(("table", "part"), GRIDS, ids=str)
def test_each_row_stands_in_the_text_in_order(table: str, part: int) -> None:
    grid = next(grid for grid in published().grids if (grid.table, grid.part) == (table, part))
    tokens = segments()[DISPLACED.get((table, part), table)]
    position = 0
    for label, row in printed_rows(grid):
        figures = row
        found = find_row(tokens, figures, position)
        if found is None and any(name in label for number, index, name in BLANKS if (number, index) == (table, part)):
            blank = figures.index("-")
            figures = figures[:blank] + figures[blank + 1 :]
            found = find_row(tokens, figures, position)
        assert found is not None, f"T{table}.{part} {label}: {row} is not in the text"
        position = found + len(figures)


@pytest.mark.parametrize("table", sorted({table for table, _ in GRIDS}), ids=str)
def test_no_figure_of_the_text_is_left_over(table: str) -> None:
    """What the rows leave of a caption's figures are years, numbers of labels and notes, page numbers."""
    grids = [grid for grid in published().grids if grid.table == table and grid.available]
    guests = [grid for grid in published().grids if DISPLACED.get((grid.table, grid.part)) == table]
    rows = [
        row
        for grid in (*grids, *guests)
        if (grid.table, grid.part) not in DISPLACED or grid in guests
        for _, row in printed_rows(grid)
    ]
    tokens = segments()[table]
    used: set[int] = set()
    for figures in sorted(rows, key=len, reverse=True):
        for row in (figures, [figure for figure in figures if figure != "-"]):
            start = 0
            while (found := find_row(tokens, row, start)) is not None and used & set(range(found, found + len(row))):
                start = found + 1
            if found is not None:
                used |= set(range(found, found + len(row)))
                break
    named = {word for grid in grids for word in grid.title.split()}
    left = [t for index, t in enumerate(tokens) if index not in used and not is_label(t) and t.text not in named]
    assert not left, [f"line {token.line}: {token.text}" for token in left]


LABEL_NUMBERS = re.compile(r"(19|20)\d\d|\d{1,2}|-")


def is_label(token: Token) -> bool:
    """Years, one- and two-digit numbers of age classes, notes and pages, dashes between words."""
    return LABEL_NUMBERS.fullmatch(token.text) is not None

"""How tables are laid out for the template: nothing is lost, nothing is broken, everything fits its page."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from rendiconto.document import Grid, Header, cell_text
from rendiconto.document.layout import mark_letters, place_headers
from rendiconto.pipeline import compose_report
from rendiconto.render.charts.typeface import REGULAR, SEMIBOLD, text_width
from rendiconto.render.pdf.manuscript import (
    LANDSCAPE,
    PORTRAIT,
    SIZE,
    measure_columns,
    stub_shapes,
    write_manuscript,
)
from sample import sample_document
from sample_grids import balance_grids, codes, compliance_grid, contact_grid, grid_of, pension_grid, revenue_grid

SAMPLE, REPORT = sample_document(), compose_report("massa-carrara")
GRIDS = [grid for document in (SAMPLE, REPORT) for grid in document.grids if grid.available]


def manuscript_of(document: Any) -> dict[str, Any]:
    charts = {figure.id: f"{figure.id}.svg" for table in document.tables for figure in table.figures}
    return write_manuscript(document, charts)


def parts_of(manuscript: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for chapter in manuscript["chapters"] for table in chapter["tables"] for part in table["parts"]]


def part_of(grid: Grid) -> dict[str, Any]:
    """The part of the sample's table that is this grid."""
    parts = parts_of(manuscript_of(SAMPLE))
    return next(part for part, other in zip(parts, SAMPLE.grids, strict=True) if other == grid)


def head_words(part: dict[str, Any]) -> list[list[tuple[str, int]]]:
    return [[(cell["text"], cell["colspan"]) for cell in row] for row in part["head"]]


@pytest.mark.parametrize("document", [SAMPLE, REPORT], ids=["sample", "report"])
def test_every_figure_is_printed_as_everywhere_else(document: Any) -> None:
    for grid, part in zip(document.grids, parts_of(manuscript_of(document)), strict=True):
        printed = [[cell["text"] for cell in row["cells"]] for row in part.get("rows", [])]
        assert printed == [[cell_text(cell) for cell in line] for line in grid.cells]


@pytest.mark.parametrize("document", [SAMPLE, REPORT], ids=["sample", "report"])
def test_header_cells_fill_every_row_of_the_table(document: Any) -> None:
    """Spans that overlap or leave a gap would move figures under the wrong heading."""
    for part in parts_of(manuscript_of(document)):
        if part["available"]:
            figures = len(part["widths"]) - len(part["corner"])
            assert all(sum(cell["colspan"] for cell in row) == figures for row in part["head"])
            assert covered_by_stub(part) == set(product(range(len(part["rows"])), range(len(part["corner"]))))


def covered_by_stub(part: dict[str, Any]) -> set[tuple[int, int]]:
    """(row, column) of each place under a stub cell, put where a table puts it: in the first free place of its row."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(part["rows"]):
        for cell in row["stub"]:
            x = next(x for x in range(len(part["corner"])) if (y, x) not in taken)
            places = set(product(range(y, y + cell["rowspan"]), range(x, x + cell["colspan"])))
            assert not places & taken
            taken |= places
    return taken


def test_a_heading_that_ends_early_stands_on_the_last_row_under_an_empty_cell() -> None:
    _, ragged = head_of_emigrants()
    assert ragged[0][-1] == ("", 1)
    assert ragged[1][-1] == ("", 1)
    assert ragged[2][-1] == ("Totale", 1)


def head_of_emigrants() -> tuple[Grid, list[list[tuple[str, int]]]]:
    grid = next(grid for grid in SAMPLE.grids if grid.heading_depth == 3)
    return grid, head_words(part_of(grid))


def test_nested_headings_span_the_columns_under_them() -> None:
    _, head = head_of_emigrants()
    assert head[0][0] == ("2023", 8)
    assert head[1][:2] == [("Femmine", 4), ("Maschi", 4)]


def test_headings_that_outnumber_the_figures_are_joined_in_one_row() -> None:
    years = tuple(replace(year, children=codes("sex", "F", "M")) for year in codes("period", "2023", "2024"))
    grid = grid_of("9", 0, "Una riga", ("Territorio",), years, codes("territory", "045"), "1 2 3 4", "emigrati")
    table = replace(SAMPLE.tables[0], grids=(grid,), figures=())
    chapter = replace(SAMPLE.chapters[0], tables=(table,))
    (part,) = parts_of(manuscript_of(replace(SAMPLE, chapters=(chapter,))))
    joined = ["2023 · Femmine", "2023 · Maschi", "2024 · Femmine", "2024 · Maschi"]
    assert head_words(part) == [[(text, 1) for text in joined]]


def test_a_group_label_is_printed_once_over_all_its_rows() -> None:
    rows = part_of(pension_grid())["rows"]
    begun = [[(cell["text"], cell["rowspan"]) for cell in row["stub"]] for row in rows]
    assert begun[0] == [("Fondo pensioni lavoratori dipendenti", 4), ("Vecchiaia", 1)]
    assert begun[1] == [("di cui: anzianità", 1)]
    assert begun[4][0] == ("Lavoratori autonomi", 3)


def test_a_row_that_ends_early_spans_the_stub() -> None:
    (total,) = part_of(pension_grid())["rows"][-1]["stub"]
    assert (total["text"], total["colspan"]) == ("Totale generale", 2)


def test_rows_under_a_leading_row_are_indented_and_totals_set_apart() -> None:
    rows = part_of(pension_grid())["rows"]
    assert [row["stub"][-1]["level"] for row in rows] == [0, 1, 0, 0, 0, 0, 0, 0]
    assert [row["total"] for row in rows] == [False, False, False, True, False, False, True, True]


def test_a_stub_without_title_has_an_empty_corner() -> None:
    titles = [part["corner"] for part in parts_of(manuscript_of(SAMPLE)) if part["available"]]
    assert ["Gestione", "Tipo di pensione"] in titles
    grid = replace(pension_grid(), stub_titles=("Gestione",))
    table = replace(SAMPLE.tables[0], grids=(grid,), figures=())
    (part,) = parts_of(manuscript_of(replace(SAMPLE, chapters=(replace(SAMPLE.chapters[0], tables=(table,)),))))
    assert part["corner"] == ["Gestione", ""]


def test_marks_get_letters_in_reading_order() -> None:
    grid = compliance_grid()
    first, second = balance_grids()[0].cells[1][0].marks[0], grid.cells[0][5].marks[0]
    cells = ((replace(grid.cells[0][0], marks=(second, first)), replace(grid.cells[0][1], marks=(first,))),)
    letters = mark_letters(replace(grid, cells=cells))
    assert letters == {second.id: ("a", second.text), first.id: ("b", first.text)}


def test_a_mended_figure_bears_the_letter_of_its_note() -> None:
    part = part_of(compliance_grid())
    assert part["rows"][0]["cells"][5] == {"text": "14,64", "marks": "a"}
    assert [(mark["letter"], mark["text"][:18]) for mark in part["marks"]] == [("a", "Cifra rettificata:")]


def test_a_part_without_data_has_no_rows_but_says_its_title_and_sources() -> None:
    (part,) = (part for part in parts_of(manuscript_of(SAMPLE)) if not part["available"])
    assert part["title"] == "NASpI: tempi di accoglimento"
    assert part["sources"]
    assert "rows" not in part


def test_a_chart_stands_by_the_part_that_it_draws() -> None:
    figures = {table.number: table.figures for table in REPORT.tables}
    for grid, part in zip(REPORT.grids, parts_of(manuscript_of(REPORT)), strict=True):
        drawn = [figure.alt for figure in figures[grid.table] if figure.part == grid.part]
        assert [item["alt"] for item in part["figures"]] == drawn


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: f"{grid.table}.{grid.part}")
def test_every_table_fits_its_page_and_breaks_no_figure(grid: Grid) -> None:
    widths = measure_columns(grid, place_headers(grid.stub, "s"))
    assert sum(widths.all) <= (LANDSCAPE if widths.sideways else PORTRAIT) + 0.01
    for leaf in grid.rows:
        assert text_width(leaf.header.label.split()[0], SIZE, REGULAR) < widths.stub[-1]
    for line in grid.cells:
        for cell, width in zip(line, widths.figures, strict=True):
            assert text_width(cell_text(cell), SIZE, SEMIBOLD) < width


def test_a_table_turns_sideways_only_when_its_figures_ask_for_it() -> None:
    narrow, wide = revenue_grid(), many_columns(14)
    assert not measure_columns(narrow, place_headers(narrow.stub, "s")).sideways
    assert measure_columns(wide, place_headers(wide.stub, "s")).sideways


def many_columns(count: int) -> Grid:
    """Euro amounts in ``count`` columns."""
    heading = tuple(Header(f"Anno {number}", kind="label") for number in range(count))
    values = " ".join(["163000.05"] * count)
    return grid_of("9", 0, "Larga", ("Territorio",), heading, codes("territory", "045"), values, "riscossioni")


def test_words_are_broken_only_where_they_cannot_fit() -> None:
    long = Header("Precipitevolissimevolmente" * 3, kind="label")
    grid = grid_of("9", 0, "Parola", ("Territorio",), (long, long), codes("territory", "045"), "1 2", "emigrati")
    table = replace(SAMPLE.tables[0], grids=(grid, contact_grid()), figures=())
    parts = parts_of(manuscript_of(replace(SAMPLE, chapters=(replace(SAMPLE.chapters[0], tables=(table,)),))))
    assert [cell["hyphenate"] for cell in parts[0]["head"][0]] == [True, True]
    assert not any(cell["hyphenate"] for row in parts[1]["head"] for cell in row)


def test_a_table_is_tall_when_a_page_cannot_hold_it() -> None:
    rows = tuple(Header(f"Riga {number}", kind="label") for number in range(60))
    tall = grid_of("9", 0, "Alta", ("Voce",), codes("period", "2024"), rows, "\n".join(["1"] * 60), "emigrati")
    table = replace(SAMPLE.tables[0], grids=(tall, revenue_grid()), figures=())
    parts = parts_of(manuscript_of(replace(SAMPLE, chapters=(replace(SAMPLE.chapters[0], tables=(table,)),))))
    assert [part["tall"] for part in parts] == [True, False]


def test_stub_shapes_count_the_header_cells_that_begin_in_each_row() -> None:
    shapes = stub_shapes(SAMPLE)
    assert len(shapes) == sum(grid.available for grid in SAMPLE.grids)
    pensions = next(shape for shape in shapes if shape.columns == 2)
    assert pensions.counts == (2, 1, 1, 1, 2, 1, 1, 1)

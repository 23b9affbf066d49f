"""Formats that show a selection of figures: each one is the cell that it says it is, and there is no other."""

from dataclasses import replace
from functools import cache
from importlib import import_module

import pytest
from documents import DOCUMENTS, document_named
from readback import Files, ReadSelection, Shown, squeeze
from saying import acceptable, figures_in, texts_of

from rendiconto.address import CellRef
from rendiconto.document import Cell, Document, Grid, cell_text
from rendiconto.document.report import KeyFigure
from rendiconto.render import RENDERERS, load_renderer
from sample_prose import with_prose, without_prose

ABSENT = "n.d."
FEWEST = 3

selections = pytest.mark.parametrize("name", [name for name, entry in RENDERERS.items() if not entry.whole])
documents = pytest.mark.parametrize("document", [*DOCUMENTS, "prose", "silent"])


@cache
def document_of(name: str) -> Document:
    """A Document, or the packaged report with other prose in it, or with none."""
    made = {"prose": with_prose, "silent": without_prose}
    return made[name](document_named("report")) if name in made else document_named(name)


@cache
def rendered(name: str, document: str) -> Files:
    return load_renderer(name)(document_of(document))


@cache
def adapter(name: str) -> ReadSelection:
    module: ReadSelection = import_module(f"readback_{name}")
    return module


@cache
def shown_in(name: str, document: str) -> tuple[Shown, ...]:
    return tuple(adapter(name).read_shown(rendered(name, document)))


@selections
@documents
def test_every_figure_shown_is_the_cell_that_it_names(name: str, document: str) -> None:
    report = document_of(document)
    cells = {str(cell.ref): (grid, cell) for grid in report.grids for line in grid.cells for cell in line}
    keys = {key.label: key for key in report.key_figures}
    assert len(keys) == len(report.key_figures), "key figures cannot be told apart by their names"
    wrong = [shown for shown in shown_in(name, document) if not holds(shown, report, cells, keys)]
    assert not wrong


def holds(shown: Shown, report: Document, cells: dict[str, tuple[Grid, Cell]], keys: dict[str, KeyFigure]) -> bool:
    """Whether a figure reads as its cell does, under the headers that the cell has; or as the figure of another place."""
    if shown.ref:
        grid, cell = cells[shown.ref]
        return shown.text == cell_text(cell) and headed(shown, grid, cell.ref)
    key = keys[shown.label]
    if shown.place in {"", report.territory.name}:
        return shown.text == cell_text(cells[key.ref][1])
    return shown.text == dict(key.references).get(shown.place, ABSENT)


def headed(shown: Shown, grid: Grid, ref: CellRef) -> bool:
    if not shown.column:
        return True
    row, column = grid.rows[ref.row], grid.columns[ref.column]
    return squeeze(shown.row) in acceptable(row) and squeeze(shown.column) in acceptable(column)


@selections
@documents
def test_a_selection_shows_key_figures(name: str, document: str) -> None:
    report = document_of(document)
    named = {key.label: key.ref for key in report.key_figures}
    found = {shown.ref or named[shown.label] for shown in shown_in(name, document)}
    assert len(found & set(named.values())) >= min(FEWEST, len(named))


@selections
@documents
def test_no_figure_of_a_cell_stands_where_nothing_names_it(name: str, document: str) -> None:
    """What is no figure shown must be said by the Document in words: sentences, comparisons, alternatives of charts."""
    said = {figure for text in texts_of(document_of(document)) for figure in figures_in(text)}
    shown = {figure for item in shown_in(name, document) for figure in figures_in(item.text)}
    found = set(figures_in(adapter(name).read_text(rendered(name, document))))
    assert not found - said - shown


@selections
def test_a_selection_says_the_highlights(name: str) -> None:
    report = document_of("prose")
    text = adapter(name).read_text(rendered(name, "prose")).replace("- ", "-")
    said = [
        sentence.text for sentence in report.highlights if squeeze(sentence.text.removesuffix(".")).replace("- ", "-") in text
    ]
    assert len(said) >= (6 if name == "stampa" else len(report.highlights))


@selections
def test_a_figure_that_is_not_its_cell_is_found_out(name: str) -> None:
    report = document_of("report")
    cells = {str(cell.ref): (grid, cell) for grid in report.grids for line in grid.cells for cell in line}
    keys = {key.label: key for key in report.key_figures}
    for shown in shown_in(name, "report"):
        assert not holds(replace(shown, text=f"{shown.text}1"), report, cells, keys)

"""The conformance suite: every format of ``RENDERERS`` says what the Document says, and nothing else.

Formats that carry every table have all tests here; those that show a selection have those of ``test_selections.py`` for their
figures.

A new format enters the registry, gets its adapter ``readback_FORMAT.py`` (see ``readback.py``), and has all
these tests.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import import_module

import pytest
from documents import DOCUMENTS, document_named
from readback import Files, GridId, ReadBack, ReadGrid, squeeze
from saying import acceptable, all_text, figures_in

from rendiconto.document import Cell, Document, Grid, Status, cell_text
from rendiconto.document.grid import HeaderLeaf
from rendiconto.render import RENDERERS, load_renderer
from sample import sample_document


@cache
def rendered(name: str, document: str) -> Files:
    """One format of one Document, rendered once for all tests."""
    return load_renderer(name)(document_named(document))


@cache
def adapter(name: str) -> ReadBack:
    """The module that reads a format back; each format must have one."""
    module: ReadBack = import_module(f"readback_{name}")
    return module


@cache
def grids_of(name: str, document: str) -> dict[GridId, ReadGrid]:
    return adapter(name).read_grids(rendered(name, document))


@cache
def text_of(name: str, document: str) -> str:
    return adapter(name).read_text(rendered(name, document))


formats = pytest.mark.parametrize("name", list(RENDERERS))
whole = pytest.mark.parametrize("name", [name for name, entry in RENDERERS.items() if entry.whole])
documents = pytest.mark.parametrize("document", DOCUMENTS)


@whole
@documents
def test_every_grid_is_there_once(name: str, document: str) -> None:
    expected = [(grid.table, grid.part) for grid in document_named(document).grids]
    assert sorted(grids_of(name, document)) == sorted(expected)


@whole
@documents
def test_every_cell_stands_in_its_place(name: str, document: str) -> None:
    wrong = []
    for grid in document_named(document).grids:
        read = grids_of(name, document)[grid.table, grid.part]
        assert [len(line) for line in read.cells] == [len(line) for line in grid.cells], (
            grid.table,
            grid.part,
        )
        for line, found in zip(grid.cells, read.cells, strict=True):
            wrong += [(str(c.ref), cell_text(c), f) for c, f in zip(line, found, strict=True) if not says(f, c)]
    assert not wrong


def says(found: Decimal | str, cell: Cell) -> bool:
    """Whether what was read is the cell: the same number, or the same characters up to the kind of minus."""
    if isinstance(found, Decimal):
        return cell.status is Status.NORMAL and cell.value == found
    return found.replace("-", "−") == cell_text(cell).replace("-", "−")


@whole
@documents
def test_every_cell_is_under_its_headers(name: str, document: str) -> None:
    wrong = []
    for grid in document_named(document).grids:
        if grid.available:
            read = grids_of(name, document)[grid.table, grid.part]
            wrong += _mislabelled(grid.columns, read.columns, grid)
            wrong += _mislabelled(grid.rows, read.rows, grid)
    assert not wrong


def _mislabelled(leaves: tuple[HeaderLeaf, ...], labels: tuple[str, ...], grid: Grid) -> list[object]:
    assert len(leaves) == len(labels), (grid.table, grid.part)
    return [
        (grid.table, grid.part, leaf.label, label)
        for leaf, label in zip(leaves, labels, strict=True)
        if squeeze(label) not in acceptable(leaf)
    ]


@whole
@documents
def test_what_is_without_data_is_empty(name: str, document: str) -> None:
    for grid in document_named(document).grids:
        if not grid.available:
            assert grids_of(name, document)[grid.table, grid.part].cells == ()


@whole
@documents
def test_notes_sources_and_perimeters_are_there(name: str, document: str) -> None:
    text = text_of(name, document)
    absent = [needed for needed in dict.fromkeys(_needed(document_named(document))) if squeeze(needed) not in text]
    assert not absent


def _needed(document: Document) -> Iterator[str]:
    """Every text that belongs to a table, and the units that its figures are in."""
    for table in document.tables:
        yield table.title
        for note in table.legend:
            yield note.text
        for grid in table.grids:
            yield grid.title
            for note in grid.notes:
                yield note.text
            yield from grid.sources
            for perimeter in grid.perimeters:
                yield perimeter.text
                yield perimeter.unit
            for line in grid.cells:
                for cell in line:
                    yield from (mark.text for mark in cell.marks)


@whole
@documents
def test_errata_are_there(name: str, document: str) -> None:
    text = text_of(name, document)
    for entry in document_named(document).errata:
        assert squeeze(entry.reason) in text
        assert entry.published.replace("−", "-") in text.replace("−", "-")


@formats
@documents
def test_no_figure_that_the_document_has_not(name: str, document: str) -> None:
    known = set(figures_in(all_text(document_named(document))))
    assert not set(figures_in(text_of(name, document))) - known


@formats
def test_same_document_same_bytes(name: str) -> None:
    again = load_renderer(name)(sample_document())
    assert list(again) == list(rendered(name, "sample"))
    assert {path for path, content in again.items() if rendered(name, "sample")[path] != content} == set()


@formats
def test_paths_stay_inside_the_output_folder(name: str) -> None:
    for path in rendered(name, "sample"):
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        assert "\\" not in path


def test_the_suite_tells_cells_apart() -> None:
    cell = sample_document().grids[-1].cells[3][1]
    assert cell_text(cell) == "−1,5"
    assert says("−1,5", cell)
    assert says("-1,5", cell)
    assert says(Decimal("-1.5"), cell)
    assert not any(says(other, cell) for other in (Decimal("1.5"), "1,5", "−1,50", "-", "n.d.", ""))


def test_the_suite_knows_a_figure_from_other_numbers() -> None:
    text = "Tavola 5.1, pagina 12 di 73: nel 2024 sono 1.347, il 84,9% (−1.310; 219.216.355,46), art. 52; 0-17."
    assert list(figures_in(text)) == ["1.347", "84,9", "1.310", "219.216.355,46"]

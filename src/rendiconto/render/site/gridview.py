"""A grid as HTML needs it: header cells with their spans and ids, and for each figure the headers that it belongs to."""

from dataclasses import dataclass

from rendiconto.document import Cell, Grid, cell_text
from rendiconto.document.grid import HeaderLeaf
from rendiconto.document.layout import HeaderCell, headers_over, mark_letters, place_headers

LONG = 15
"""From this many rows the header stays in sight while the body scrolls."""


@dataclass(frozen=True)
class HeadView:
    """A header cell: ``scope`` is col, colgroup, row or rowgroup; ``headers`` the ids of the cells that contain it."""

    id: str
    label: str
    colspan: int
    rowspan: int
    scope: str
    headers: str
    level: int
    total: bool


@dataclass(frozen=True)
class CellView:
    """A figure: its text, its address, its cube, the ids of its headers and the letters of its notes."""

    ref: str
    cube: str
    text: str
    value: str
    status: str
    headers: str
    marks: tuple["MarkView", ...]


@dataclass(frozen=True)
class MarkView:
    """A reference to a note under the table: ``letter`` as printed, ``id`` of the erratum."""

    letter: str
    id: str
    text: str


@dataclass(frozen=True)
class RowView:
    """A body row: the header cells that begin in it, then its figures."""

    heads: tuple[HeadView, ...]
    cells: tuple[CellView, ...]
    total: bool
    level: int


@dataclass(frozen=True)
class GridView:
    """All that a template prints of a grid."""

    grid: Grid
    id: str
    corner_colspan: int
    corner_label: str
    head_rows: tuple[tuple[HeadView, ...], ...]
    rows: tuple[RowView, ...]
    marks: tuple[MarkView, ...]
    long: bool


def view_grid(grid: Grid) -> GridView:
    """The view of a part; ids are unique within its table's page."""
    prefix = f"t{grid.table.lower()}-{grid.part}-"
    heading = place_headers(grid.heading, "h")
    stub = place_headers(grid.stub, "s")
    marks = _marks(grid)
    return GridView(
        grid=grid,
        id=prefix + "tavola",
        corner_colspan=max(len(stub), 1),
        corner_label=" / ".join(title for title in grid.stub_titles if title),
        head_rows=tuple(tuple(_head(cell, heading, prefix, "col") for cell in level) for level in heading),
        rows=tuple(_rows(grid, prefix, heading, stub, marks)),
        marks=tuple(marks.values()),
        long=len(grid.cells) >= LONG,
    )


def _marks(grid: Grid) -> dict[str, MarkView]:
    return {mark: MarkView(letter, mark, text) for mark, (letter, text) in mark_letters(grid).items()}


def _head(cell: HeaderCell, levels: tuple[tuple[HeaderCell, ...], ...], prefix: str, axis: str) -> HeadView:
    over = [other for level in levels[: cell.level] for other in level if _covers(other, cell)]
    column = axis == "col"
    return HeadView(
        id=prefix + cell.id,
        label=cell.header.label,
        colspan=cell.length if column else cell.thickness,
        rowspan=cell.thickness if column else cell.length,
        scope=axis if cell.length == 1 else f"{axis}group",
        headers=" ".join(prefix + other.id for other in over),
        level=cell.header.level,
        total=cell.header.total,
    )


def _covers(outer: HeaderCell, inner: HeaderCell) -> bool:
    return outer.start <= inner.start < outer.start + outer.length


def _rows(
    grid: Grid,
    prefix: str,
    heading: tuple[tuple[HeaderCell, ...], ...],
    stub: tuple[tuple[HeaderCell, ...], ...],
    marks: dict[str, MarkView],
) -> list[RowView]:
    columns = [" ".join(prefix + cell.id for cell in headers_over(heading, column)) for column in range(len(grid.columns))]
    views = []
    leading: list[str] = []
    for position, (leaf, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        over = headers_over(stub, position)
        own = [prefix + cell.id for cell in over]
        leading = [*leading[: leaf.level], own[-1]]
        row_ids = " ".join(dict.fromkeys([*own[:-1], *leading[: leaf.level], own[-1]]))
        heads = tuple(_head(cell, stub, prefix, "row") for cell in over if cell.start == position)
        views.append(
            RowView(
                heads=heads,
                cells=tuple(_cell(cell, f"{row_ids} {columns[index]}", marks) for index, cell in enumerate(cells)),
                total=_is_total(leaf),
                level=leaf.level,
            )
        )
    return views


def _is_total(leaf: HeaderLeaf) -> bool:
    return leaf.total and not leaf.level


def _cell(cell: Cell, headers: str, marks: dict[str, MarkView]) -> CellView:
    return CellView(
        ref=str(cell.ref),
        cube=cell.cube,
        text=cell_text(cell),
        value="" if cell.value is None else str(cell.value),
        status=str(cell.status),
        headers=headers,
        marks=tuple(marks[mark.id] for mark in cell.marks),
    )

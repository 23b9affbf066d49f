"""Where each header cell stands: spans and identifiers that every renderer shares.

Header trees may be ragged. A leaf that is not as deep as its neighbours spans the levels that remain, so that each
column (row) has exactly one header cell at every level.
"""

from dataclasses import dataclass

from rendiconto.document.grid import Grid, Header


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A header cell in place. ``level`` counts from the outside, ``start`` is its first column (or row).

    ``length`` is how many columns (rows) it covers, ``thickness`` how many levels. ``id`` is unique within the grid
    ("h0-3" for a heading, "s1-4" for a stub).
    """

    header: Header
    level: int
    start: int
    length: int
    thickness: int
    id: str


def place_headers(headers: tuple[Header, ...], prefix: str) -> tuple[tuple[HeaderCell, ...], ...]:
    """The header cells by level, outermost first, each level in order; ``prefix`` is "h" or "s"."""
    depth = max((header.depth for header in headers), default=0)
    levels: list[list[HeaderCell]] = [[] for _ in range(depth)]

    def place(header: Header, level: int, start: int) -> None:
        thickness = 1 if header.children else depth - level
        levels[level].append(HeaderCell(header, level, start, header.span, thickness, f"{prefix}{level}-{start}"))
        for child in header.children:
            place(child, level + 1, start)
            start += child.span

    start = 0
    for header in headers:
        place(header, 0, start)
        start += header.span
    return tuple(tuple(level) for level in levels)


def headers_over(levels: tuple[tuple[HeaderCell, ...], ...], position: int) -> tuple[HeaderCell, ...]:
    """The header cells that cover one column (or row), outermost first."""
    return tuple(cell for level in levels for cell in level if cell.start <= position < cell.start + cell.length)


def mark_letters(grid: Grid) -> dict[str, tuple[str, str]]:
    """The letter and text of each mark in a grid, in reading order."""
    letters: dict[str, tuple[str, str]] = {}
    for line in grid.cells:
        for cell in line:
            for mark in cell.marks:
                letters.setdefault(mark.id, (chr(ord("a") + len(letters)), mark.text))
    return letters

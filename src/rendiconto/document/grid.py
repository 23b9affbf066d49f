"""Grids: the body of one part of a table, with its header trees and its cells.

A *heading* is the tree of what runs across the top, a *stub* the tree of what runs down the side. Their leaves,
left to right and top to bottom, are the columns and the rows of ``Grid.cells``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.address import CellRef
from rendiconto.document.values import Origin, Status

Key = tuple[tuple[str, str], ...]
"""A full coordinate: (dimension, code) pairs in the order of the cube's dimensions."""


@dataclass(frozen=True, slots=True)
class Header:
    """One node of a stub or heading.

    ``kind`` is what the node stands for: "dimension" (a code of ``dimension``), "cube" (a measure) or "label" (a
    spanning title). ``level`` is the indent of a row under a leading row ("di cui") and ``under`` the labels of the rows
    that lead it, outermost first. ``total`` marks a total (a sum of others, or the whole of a measure that does not add up).
    """

    label: str
    children: tuple["Header", ...] = ()
    kind: str = "dimension"
    dimension: str | None = None
    code: str | None = None
    level: int = 0
    total: bool = False
    under: tuple[str, ...] = ()

    @property
    def span(self) -> int:
        """How many rows or columns stand under the node; 1 for a leaf."""
        return sum(child.span for child in self.children) or 1

    @property
    def depth(self) -> int:
        """How many header levels the node takes, itself included."""
        return 1 + max((child.depth for child in self.children), default=0)


@dataclass(frozen=True, slots=True)
class HeaderLeaf:
    """A row or column: the path of headers from the root to the leaf."""

    path: tuple[Header, ...]

    @property
    def label(self) -> str:
        """The nested headings joined with " / ", as the grid JSON prints them."""
        outer = [header.label for header in self.path[:-1]]
        return " / ".join([*outer, *self.header.under, self.header.label])

    @property
    def header(self) -> Header:
        """The innermost node."""
        return self.path[-1]

    @property
    def level(self) -> int:
        """Indent: 0, or 1 and more under a leading row."""
        return self.header.level

    @property
    def total(self) -> bool:
        """Whether the innermost node is a total."""
        return self.header.total


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference from a cell to a note: ``id`` of an erratum or of a note under the table."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with all that can be asked of it.

    ``value`` is already rounded to ``decimals`` (None unless ``status`` is normal); ``unit`` is a short Italian
    name ("euro", "%", "ore").
    """

    ref: CellRef
    cube: str
    key: Key
    value: Decimal | None
    status: Status
    decimals: int
    unit: str
    origin: Origin
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Perimeter:
    """Who and what is counted by a cube that the grid prints, and in which unit."""

    cube: str
    title: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note under a table, or an entry of a legend (then ``term`` is what it explains)."""

    text: str
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One part of a table. Without data (``available`` False) ``stub`` and ``cells`` are empty."""

    table: str
    part: int
    title: str
    stub_titles: tuple[str, ...]
    heading: tuple[Header, ...]
    stub: tuple[Header, ...]
    cells: tuple[tuple[Cell, ...], ...]
    perimeters: tuple[Perimeter, ...]
    notes: tuple[Note, ...]
    sources: tuple[str, ...]
    available: bool = True

    @property
    def columns(self) -> tuple[HeaderLeaf, ...]:
        """The columns, left to right."""
        return tuple(leaves(self.heading))

    @property
    def rows(self) -> tuple[HeaderLeaf, ...]:
        """The rows, top to bottom."""
        return tuple(leaves(self.stub))

    @property
    def heading_depth(self) -> int:
        """How many header rows stand above the body."""
        return max((header.depth for header in self.heading), default=0)

    @property
    def stub_depth(self) -> int:
        """How many header columns stand at the left of the body."""
        return max((header.depth for header in self.stub), default=1)


def leaves(headers: tuple[Header, ...], path: tuple[Header, ...] = ()) -> Iterator[HeaderLeaf]:
    """The leaves of a header tree in order, each with its path from the root."""
    for header in headers:
        here = (*path, header)
        if header.children:
            yield from leaves(header.children, here)
        else:
            yield HeaderLeaf(here)

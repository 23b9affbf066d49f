"""What the rules look at: an edition's arrays, its patterns evaluated once, and the words that findings share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.identities import derive_patterns
from rendiconto.check.arrays import ABSENT, CubeArrays, EditionArrays, Evaluated, status_of
from rendiconto.document.values import Status
from rendiconto.findings import Severity
from rendiconto.italian.numbers import decimals_of, format_number
from rendiconto.observations.resolution import Resolver
from rendiconto.observations.store import ObservationStore
from rendiconto.territory import Territory

Cell = tuple[str, Codes]
"""A cube's name and a full key."""


@dataclass(frozen=True)
class Violation:
    """What a rule found, before it is worded. ``cells`` has the total first; ``signs`` only for sums that should vanish.

    ``absent``: no cell has a figure, which is what was found.
    """

    cells: tuple[Cell, ...]
    observed: Decimal | None = None
    expected: Decimal | None = None
    tolerance: Decimal | None = None
    decimals: int = 0
    because: str = ""
    severity: Severity | None = None
    signs: tuple[int, ...] = ()
    absent: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    words_it: Mapping[str, str] = field(default_factory=dict)

    @property
    def residual(self) -> Decimal:
        """By how much the signed sum departs from zero."""
        return (self.observed or Decimal(0)) - (self.expected or Decimal(0))


@dataclass(frozen=True)
class Evidence:
    """The data under check. ``focus`` are the territories whose reports the edition is for."""

    catalogue: Catalogue
    store: ObservationStore
    focus: Sequence[Territory]
    as_published: bool = False

    @cached_property
    def arrays(self) -> EditionArrays:
        """Every cube as arrays."""
        return EditionArrays(self.catalogue, self.store, as_published=self.as_published)

    @cached_property
    def resolver(self) -> Resolver:
        """Single figures, whether delivered, corrected or computed."""
        return Resolver(self.catalogue, self.store, as_published=self.as_published)

    @cached_property
    def evaluated(self) -> tuple[Evaluated, ...]:
        """Every pattern of the catalogue at every key that its total has."""
        found = (self.arrays.evaluate(pattern) for pattern in derive_patterns(self.catalogue))
        return tuple(entry for entry in found if entry is not None)

    def value(self, cell: Cell) -> tuple[Decimal | None, Status]:
        """The delivered (or corrected) figure of a cell."""
        array = self.arrays.cubes.get(cell[0])
        row = ABSENT if array is None else array.row_of(cell[1])
        if array is None or row == ABSENT:
            return None, Status.MISSING
        return array.columns.value(row), status_of(array, row)

    def shown(self, cell: Cell) -> str:
        """How a cell's figure reads: Italian digits, or its symbol."""
        value, status = self.value(cell)
        decimals = printed_decimals(self.catalogue.cubes[cell[0]], cell[1])
        return status.symbol if value is None else format_number(value, max(decimals, decimals_of(value)))


def printed_decimals(cube: Cube, codes: Codes) -> int:
    """The printed decimals at a key."""
    return cube.unit_at(codes)[1]


def key_address(cell: Cell) -> str:
    """A key in words that does not depend on where it is printed: ``popolazione/045/2024/F/T``."""
    return "/".join((cell[0], *cell[1]))


def cells_of(entry: Evaluated, position: int) -> tuple[tuple[int, Cell], ...]:
    """The cells of a pattern's terms at a position that are there, each with its sign."""
    found = []
    for term, array, rows in zip(entry.pattern.terms, entry.arrays, entry.rows, strict=True):
        row = int(rows[position])
        if row != ABSENT:
            found.append((term.sign, (term.cube.name, array.columns.key(row))))
    return tuple(found)


def array_value(array: CubeArrays, row: int) -> Decimal:
    """A known figure as an addend: nil is zero."""
    return array.columns.value(row) or Decimal(0)

"""Our figures as a stranger's are compared with them: what agrees, and how ours may be shown."""

from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto
from functools import cached_property

from rendiconto.audit.reconcile.numbers import Reading
from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import plan_table
from rendiconto.check.evidence import Cell, printed_decimals
from rendiconto.document.values import Status
from rendiconto.italian.numbers import decimals_of, format_number, round_half_away
from rendiconto.observations.resolution import Resolved, Resolver
from rendiconto.observations.store import ObservationStore
from rendiconto.territory import Territory

SCALES = (1_000, 1_000_000, 1_000_000_000)
TELLING = 4
"""Digits that make a figure recognizable wherever it stands; of several figures together one less will do."""


class Verdict(Enum):
    """How a figure compares with ours."""

    MATCHED = auto()
    ROUNDED = auto()
    DIFFERS = auto()
    ABSENT = auto()  # one of the two is not there


class Ours:
    """The figures of one edition, as corrected by errata."""

    def __init__(self, catalogue: Catalogue, store: ObservationStore, territory: Territory) -> None:
        self.catalogue = catalogue
        self.store = store
        self.territory = territory
        self._corrected = Resolver(catalogue, store)
        self._values: dict[tuple[str, str], dict[Decimal, list[Cell]]] = {}

    def figure(self, cell: Cell) -> Resolved:
        """Our figure of a cell. What is confidential has no value here, whoever delivered it."""
        return self._open(self._corrected.resolve(self.catalogue.cubes[cell[0]], cell[1]))

    def published(self, cell: Cell, value: Decimal) -> bool | None:
        """Whether a value was published for the cell and corrected since; False where only the source can correct it."""
        errata = [e for e in self.store.errata if (e.cube, e.codes) == cell and e.published.value == value]
        return any(erratum.decidable for erratum in errata) if errata else None

    @staticmethod
    def _open(figure: Resolved) -> Resolved:
        if figure.status is Status.CONFIDENTIAL and figure.value is not None:
            return Resolved(None, Status.CONFIDENTIAL, figure.origin)
        return figure

    def decimals(self, cell: Cell) -> int:
        """The decimals with which a cell is printed."""
        return printed_decimals(self.catalogue.cubes[cell[0]], cell[1])

    def printed(self, cell: Cell) -> Decimal | None:
        """Our figure as printed, rounded."""
        value = self.figure(cell).value
        return None if value is None else round_half_away(value, self.decimals(cell))

    def shown(self, cell: Cell) -> str:
        """How our figure reads in Italian; its symbol where it has no number."""
        figure = self.figure(cell)
        if figure.value is None:
            return figure.status.symbol
        return format_number(figure.value, self.decimals(cell))

    def compare(self, reading: Reading, cell: Cell, scale: int = 1) -> tuple[Verdict, Decimal | None]:
        """How a figure compares with ours, and which of its possible values it was; it may be in units of ``scale``."""
        figure = self.figure(cell)
        if figure.status is Status.MISSING:
            return Verdict.ABSENT, reading.values[0] if reading.values else None
        if not reading.values:
            return self._compare_marks(reading.status, figure), None
        if figure.status is not Status.NORMAL:
            nil = figure.status is Status.NIL and reading.values[0] == 0
            return Verdict.MATCHED if nil else Verdict.DIFFERS, reading.values[0]
        for verdict in (Verdict.MATCHED, Verdict.ROUNDED):
            for value in reading.values:
                if self.agrees(value, cell, scale) is verdict:
                    return verdict, value
        ours = abs(figure.value or Decimal(0))
        return Verdict.DIFFERS, min(reading.values, key=lambda value: abs(abs(value) - ours))

    @staticmethod
    def _compare_marks(theirs: Status, figure: Resolved) -> Verdict:
        if theirs is figure.status or (theirs is Status.NIL and figure.value == 0):
            return Verdict.MATCHED
        return Verdict.DIFFERS if theirs is Status.NIL else Verdict.ABSENT

    def agrees(self, theirs: Decimal, cell: Cell, scale: int = 1) -> Verdict | None:
        """``MATCHED`` or ``ROUNDED`` where a value is ours at the digits that it has, None where it is not."""
        ours = self.figure(cell).value
        if ours is None:
            return None
        printed, digits = self.decimals(cell), _decimals_written(theirs)
        if theirs in (ours, round_half_away(ours, printed)):
            return Verdict.MATCHED
        if digits > printed > 0 and round_half_away(theirs, printed) == round_half_away(ours, printed):
            return Verdict.MATCHED
        if round_half_away(ours, digits) == theirs:
            return Verdict.MATCHED if digits >= printed else Verdict.ROUNDED
        if scale > 1 and rounded_in(ours, scale, digits) == theirs:
            return Verdict.ROUNDED
        return None

    def alike(self, theirs: Decimal, cell: Cell) -> tuple[Cell, ...]:
        """Cells of other cubes of the same territory and period that have exactly this value; none for one of few digits."""
        if digits_of(theirs) < TELLING - 1:
            return ()
        found = self._at(cell[1][0], cell[1][1]).get(theirs.normalize(), [])
        return tuple(each for each in found if each[0] != cell[0])

    def _at(self, territory: str, period: str) -> dict[Decimal, list[Cell]]:
        """The cells of a territory and period by printed value."""
        at = (territory, period)
        if at not in self._values:
            values: dict[Decimal, list[Cell]] = {}
            for name, codes in self._keys.get(at, ()):
                value = self.printed((name, codes))
                if value is not None:
                    values.setdefault(value.normalize(), []).append((name, codes))
            self._values[at] = values
        return self._values[at]

    @cached_property
    def _keys(self) -> dict[tuple[str, str], list[Cell]]:
        """The keys that there are, by territory and period: delivered, or printed in the territory's report."""
        cells: dict[Cell, None] = {}
        for name in sorted(self.store.cubes):
            columns = self.store.cubes[name].columns
            cells.update(((name, columns.key(row)), None) for row in range(len(columns)))
        for table in self.catalogue.tables.values():
            for plan in plan_table(self.catalogue, table, self.territory):
                cells.update(((cell.cube.name, cell.codes), None) for line in plan.cells for cell in line)
        found: dict[tuple[str, str], list[Cell]] = {}
        for cell in cells:
            found.setdefault((cell[1][0], cell[1][1]), []).append(cell)
        return found

    def cube(self, cell: Cell) -> Cube:
        """The cube of a cell."""
        return self.catalogue.cubes[cell[0]]


def digits_of(value: Decimal) -> int:
    """How many digits a figure has, zeros at its end and all."""
    return len(f"{abs(value):f}".replace(".", "").lstrip("0"))


def rounded_in(value: Decimal, scale: int, digits: int) -> Decimal:
    """A value in units of ``scale``, at so many decimals, halves away from zero."""
    return (value / scale).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _decimals_written(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else decimals_of(value)

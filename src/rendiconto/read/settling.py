"""Figures settled: every placed row becomes cells, short rows are filled by the sums, doubts are weighed against them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from rendiconto.address import CellRef
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.gridplan import PlannedCell
from rendiconto.document.grid import leaves
from rendiconto.document.values import Status
from rendiconto.findings import Finding
from rendiconto.italian.numbers import decimals_of, format_number
from rendiconto.read.alignment import Pair
from rendiconto.read.arithmetic import Arithmetic, Cell
from rendiconto.read.expected import ExpectedPart, expect_part
from rendiconto.read.figures import BLANK, Figure
from rendiconto.read.placing import PartId, Placed, PlacedPart
from rendiconto.read.rules import read_finding
from rendiconto.read.shortfalls import fill_blanks, lost_columns, without_columns
from rendiconto.territory import Territory


class How(StrEnum):
    """What says that a figure belongs in its cell."""

    LABEL = "label"  # the label of its row
    POSITION = "position"  # its place among rows, where the label was only nearly the one expected
    IDENTITY = "identity"  # the sums of the catalogue


@dataclass(frozen=True, slots=True)
class Placement:
    """How a figure was placed and how surely, from 0 to 1; page and line where it stands, from 1."""

    how: How
    confidence: Decimal
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as read."""

    ref: CellRef
    planned: PlannedCell
    figure: Figure
    placement: Placement

    @property
    def key(self) -> Cell:
        """Cube and key."""
        return self.planned.cube.name, self.planned.codes


SURE: Final = Decimal(1)
_BY_SUMS: Final = Decimal("0.9")
_UNCONFIRMED: Final = Decimal("0.5")
_CONTRADICTED: Final = Decimal("0.3")


@dataclass
class Settled:
    """Cells by part, row and column; what was in doubt."""

    cells: dict[PartId, dict[tuple[int, int], ReadCell]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def settle(catalogue: Catalogue, territory: Territory, placed: Placed) -> Settled:
    """The figures of every part in their cells."""
    return _Settler(catalogue, territory, placed).settle()


class _Settler:
    def __init__(self, catalogue: Catalogue, territory: Territory, placed: Placed) -> None:
        self.catalogue = catalogue
        self.territory = territory
        self.placed = placed
        self.result = Settled()
        planned = (cell for part in placed.parts.values() for line in part.plan.cells for cell in line)
        self.arithmetic = Arithmetic(catalogue, planned)
        self.known: dict[Cell, Decimal] = {}

    def settle(self) -> Settled:
        short: list[tuple[PartId, PlacedPart, list[Pair]]] = []
        for key, part in self.placed.parts.items():
            self.result.cells[key] = {}
            for pair in part.pairs:
                if not pair.offer.shortage:
                    self._enter(key, pair, pair.offer.figures, How.LABEL)
            lacking = [pair for pair in part.pairs if pair.offer.shortage]
            if lacking:
                short.append((key, part, lacking))
        for key, part, lacking in short:
            self._fill(key, part, lacking)
        self._weigh_doubts()
        self._compare_repeated()
        self._check_sums()
        self._look_over()
        return self.result

    def _enter(self, key: PartId, pair: Pair, figures: tuple[Figure | None, ...], how: How) -> None:
        number, part = key
        confidence = SURE if how is How.LABEL else _BY_SUMS
        if how is How.LABEL and pair.likeness < 1:
            confidence = Decimal(str(round(pair.likeness, 2)))
            if pair.likeness < 0.95:
                how = How.POSITION
                self._say("near_label", key, pair, text=repr(pair.found.label), expected=repr(_label(self.placed, key, pair)))
        for column, (figure, planned) in enumerate(zip(figures, pair.expected.cells, strict=True)):
            if figure is None:
                continue
            ref = CellRef(number, part, self.territory.slug, self.catalogue.year, pair.expected.row, column)
            line = pair.found.line
            cell = ReadCell(ref, planned, figure, Placement(how, confidence, line.page, line.number))
            self.result.cells[key][pair.expected.row, column] = cell
            if figure.value is not None or figure.status is Status.NIL:
                self.known.setdefault(cell.key, figure.value or Decimal(0))

    def _say(self, rule: str, key: PartId, pair: Pair, **words: str) -> None:
        number, part = key
        refs = tuple(
            str(CellRef(number, part, self.territory.slug, self.catalogue.year, pair.expected.row, column))
            for column in range(pair.expected.width)
        )
        line = pair.found.line
        self.result.findings.append(read_finding(rule, refs, line.page, line.number, **words))

    def _fill(self, key: PartId, part: PlacedPart, short: list[Pair]) -> None:
        """Rows with too few figures: a whole body that lost columns, or rows with blanks."""
        expected = expect_part(self.catalogue, part.plan, 0)
        whole_body = len(short) == len(part.pairs) and (len(short) > 1 or len(expected.rows) == 1)
        lost = lost_columns(expected, short) if whole_body else None
        for pair in short:
            label = repr(_label(self.placed, key, pair))
            if lost is not None:
                self._enter(key, pair, without_columns(pair, lost).figures, How.LABEL)
                names = ", ".join(expected.columns[at].label for at in lost)
                self._say("lost_column", key, pair, text=label, expected=names)
                continue
            filled = None if whole_body else fill_blanks(pair, self.arithmetic, self.known)
            if filled is None:
                self._say("not_placed", key, pair, text=f"{label}: {' '.join(f.text for f in pair.offer.figures)}")
                continue
            blank = ", ".join(_column(expected, at) for at, figure in enumerate(filled.figures) if figure is BLANK)
            self._say("blank", key, pair, text=label, expected=blank)
            self._enter(key, pair, filled.figures, How.IDENTITY)

    def _cells(self) -> Iterator[tuple[PartId, tuple[int, int], ReadCell]]:
        for key, cells in self.result.cells.items():
            for at, cell in list(cells.items()):
                yield key, at, cell

    def _weigh_doubts(self) -> None:
        """A figure that was read with a doubt is surer where every sum holds with it, and the doubt is said either way."""
        for key, at, cell in self._cells():
            if not cell.figure.doubt or cell.figure is BLANK:
                continue
            hold, fail = self.arithmetic.verdicts([cell.key], self.known)
            confidence = _BY_SUMS if hold and not fail else _CONTRADICTED if fail else _UNCONFIRMED
            how = How.IDENTITY if hold and not fail else cell.placement.how
            placement = Placement(how, confidence, cell.placement.page, cell.placement.line)
            self.result.cells[key][at] = ReadCell(cell.ref, cell.planned, cell.figure, placement)
            shown = "" if cell.figure.value is None else f"{cell.figure.value:f}"
            because = cell.figure.doubt + (", and the sums confirm it" if how is How.IDENTITY else "")
            self._doubt("doubtful", cell, text=repr(cell.figure.text), expected=shown, because=because)

    def _doubt(self, rule: str, cell: ReadCell, *others: str, **words: str) -> None:
        keys = (str(cell.ref), *others)
        self.result.findings.append(read_finding(rule, keys, cell.placement.page, cell.placement.line, **words))

    def _compare_repeated(self) -> None:
        """A figure that the report prints in several places is one figure."""
        printed: dict[Cell, list[ReadCell]] = defaultdict(list)
        for _, _, cell in self._cells():
            printed[cell.key].append(cell)
        for cells in printed.values():
            first = cells[0]
            for other in cells[1:]:
                if (other.figure.value, other.figure.status) != (first.figure.value, first.figure.status):
                    self._doubt("two_values", other, str(first.ref), text=other.figure.text, expected=first.figure.text)

    def _check_sums(self) -> None:
        """Sums that fail; the figure that stands in most of them is named first."""
        places = {cell.key: cell for _, _, cell in reversed(list(self._cells()))}
        failing = [checksum for checksum in self.arithmetic.checksums if checksum.holds(self.known) is False]
        counts: dict[Cell, int] = defaultdict(int)
        for checksum in failing:
            for key in checksum.cells:
                counts[key] += 1
        for checksum in failing:
            cells = sorted((places[key] for key in checksum.cells if key in places), key=lambda cell: -counts[cell.key])
            if cells:
                first, *others = cells
                refs = [str(cell.ref) for cell in others]
                self._doubt("checksum", first, *refs, text=first.figure.text, because=checksum.because)

    def _look_over(self) -> None:
        """Values that their unit cannot have, decimals that their measure has not."""
        for _, _, cell in self._cells():
            value = cell.figure.value
            if value is None:
                continue
            cube = cell.planned.cube
            unit_name, decimals = cube.unit_of(dict(cell.planned.key))
            unit = self.catalogue.units[unit_name]
            least, most = unit.least, unit.most if cube.bounded else None
            below = least is not None and value < least and cube.formula is None
            if below or (most is not None and value > most):
                self._doubt("impossible", cell, text=cell.figure.text, because=unit.title)
            exponent = value.as_tuple().exponent
            if isinstance(exponent, int) and -exponent != decimals and (decimals_of(value) > decimals or exponent == 0):
                self._doubt("decimals", cell, text=cell.figure.text, expected=format_number(value, decimals))


def _label(placed: Placed, key: PartId, pair: Pair) -> str:
    stub = list(leaves(placed.parts[key].plan.stub))
    return stub[pair.expected.row].label


def _column(part: ExpectedPart, at: int) -> str:
    return part.columns[at].label

"""Live figures inserted: the text that stands in the sentence, and the claim that binds it to its cells."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rendiconto.audit.binding import Data
from rendiconto.audit.wording import Wording
from rendiconto.catalogue.declarations import PERIOD
from rendiconto.check.claims import Cell, Claim, Judgement, Operation, Quantity, judge_claim
from rendiconto.check.evidence import printed_decimals
from rendiconto.document.claims import JudgedClaim, Verdict
from rendiconto.document.values import Status
from rendiconto.errors import RendicontoError
from rendiconto.italian.lexicon import Direction
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.texts.filters import Told, tell
from rendiconto.texts.indicators import IndicatorReader
from rendiconto.texts.livesyntax import LiveSource

_TRENDS: Final = {Direction.UP: "in aumento", Direction.DOWN: "in calo", Direction.LEVEL: "stabile"}
_COMPARED: Final = {Direction.UP: "superior", Direction.DOWN: "inferior", Direction.LEVEL: "par"}
_SCALES: Final = {3: ("mila", "mila"), 6: ("milione", "milioni"), 9: ("miliardo", "miliardi")}
_BLANK: Final = Quantity(Decimal(0), Decimal(1), signed=True)


@dataclass(frozen=True, slots=True)
class Inserted:
    """What stands in place of a live figure. ``judged`` has offsets from 0; None where a year is told, which claims nothing.

    ``status`` says why there is no number, ``why`` in words.
    """

    text: str
    judged: JudgedClaim | None
    cells: tuple[Cell, ...]
    status: Status = Status.NORMAL
    why: str = ""

    @property
    def years(self) -> frozenset[int]:
        """The years of its cells."""
        return frozenset(int(_period(cell)) for cell in self.cells)


class LiveFigures:
    """Resolves the live figures of one report's texts."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.reader = IndicatorReader(data)
        self.wording = Wording(data)

    def insert(self, source: LiveSource) -> Inserted:
        """What a live figure prints; names that nothing bears are a ``RendicontoError`` without a place."""
        told = tell(self.reader, self.reader.spot(source.indicator), source.filters)
        if told.operation is None:
            return Inserted(_period(told.cells[0]), None, told.cells)
        probe = judge_claim(Claim(told.operation, told.cells, _BLANK), self.data.figure)
        if probe.right is None:
            return self._without_number(told, probe)
        if told.operation is Operation.VALUE and self.data.figure(*told.cells[0])[1] is Status.NIL:
            claim = Claim(Operation.VALUE, told.cells, Quantity(Decimal(0), Decimal(1)))
            return self._judged(Status.NIL.symbol, claim)
        if told.words:
            return self._in_words(told, probe.right)
        return self._as_figure(told, probe.right)

    def _without_number(self, told: Told, judgement: Judgement) -> Inserted:
        """A confidential figure prints "*", a missing one or a base of nought "n.d."."""
        assert told.operation is not None
        status = Status.CONFIDENTIAL if judgement.reason == "confidential" else Status.MISSING
        why = self.wording.why(None, judgement)
        evidence = self.wording.evidence(told.cells)
        judged = JudgedClaim(
            status.symbol, 0, len(status.symbol), Verdict.NOT_CHECKABLE, str(told.operation), evidence, why=why
        )
        return Inserted(status.symbol, judged, told.cells, status, why)

    def _in_words(self, told: Told, right: Decimal) -> Inserted:
        assert told.operation is not None
        level = Claim(told.operation, told.cells, direction=Direction.LEVEL)
        if judge_claim(level, self.data.figure).verdict is Verdict.SUPPORTED:
            way = Direction.LEVEL
        else:
            way = Direction((right > 0) - (right < 0))
        if told.operation is Operation.DIRECTION:
            text = _TRENDS[way]
        else:
            ending = "i" if told.plural or way is Direction.LEVEL else "e"
            text = _COMPARED[way] + ending
        return self._judged(text, Claim(told.operation, told.cells, direction=way))

    def _as_figure(self, told: Told, right: Decimal) -> Inserted:
        assert told.operation is not None
        cube, codes = told.cells[-1]
        own = 0 if told.percent else self.data.catalogue.units[cube.unit_at(codes)[0]].scale
        shift = told.scale - own if told.scale else 0
        known = printed_decimals(cube, codes)
        decimals = known if told.decimals is None else told.decimals
        if not told.percent and decimals > known + max(shift, 0):
            raise RendicontoError(f"{cube.name} has no more than {known + max(shift, 0)} decimals")
        figure = round_half_away(right.scaleb(-shift), decimals)
        shown = abs(figure) if told.absolute else figure
        quantity = Quantity(
            shown.scaleb(shift),
            Decimal(1).scaleb(shift - decimals),
            percent=told.percent,
            scaled=bool(told.scale),
            signed=not told.absolute,
        )
        way = Direction((right > 0) - (right < 0)) if told.absolute else None
        sign = "+" if told.plus and shown > 0 else ""
        word = f" {_SCALES[told.scale][shown != 1]}" if told.scale else ""
        return self._judged(sign + format_number(shown, decimals) + word, Claim(told.operation, told.cells, quantity, way))

    def _judged(self, text: str, claim: Claim) -> Inserted:
        judgement = judge_claim(claim, self.data.figure)
        judged = JudgedClaim(
            text,
            0,
            len(text),
            judgement.verdict,
            str(claim.operation),
            self.wording.evidence(claim.cells),
            why=self.wording.why(claim, judgement),
        )
        return Inserted(text, judged, claim.cells)


def _period(cell: Cell) -> str:
    cube, codes = cell
    return codes[cube.dimension_names.index(PERIOD)]

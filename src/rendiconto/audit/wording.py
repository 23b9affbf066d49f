"""Verdicts in words: what each figure is, what the sentence should say, and why, in Italian."""

from collections.abc import Sequence
from decimal import Decimal

from rendiconto.audit.binding import Data
from rendiconto.catalogue.declarations import PERIOD, TERRITORY
from rendiconto.check.checking import describe
from rendiconto.check.citing import cite, shown_figure
from rendiconto.check.claims import Cell, Claim, Judgement, Operation
from rendiconto.check.evidence import printed_decimals
from rendiconto.check.places import PrintedPlaces
from rendiconto.document.claims import Evidence, Verdict
from rendiconto.italian.lexicon import Direction
from rendiconto.italian.numbers import decimals_of, format_number
from rendiconto.territory import Gazetteer

_WAYS = {Direction.UP: "in aumento", Direction.DOWN: "in calo", Direction.LEVEL: "invariato"}
_COMPARED = {Direction.UP: "superiore", Direction.DOWN: "inferiore", Direction.LEVEL: "pari"}
_SIGNED = {Direction.UP: "positivo", Direction.DOWN: "negativo", Direction.LEVEL: "nullo"}
_COMPUTED = (Operation.DIFFERENCE, Operation.GROWTH, Operation.SHARE, Operation.RATIO)
_UNITS = {Operation.GROWTH: " %", Operation.SHARE: " %", Operation.RATIO: " volte"}
_REASONS = {
    "confidential": "un dato su cui poggia la frase è riservato",
    "missing": "i dati non hanno la cifra",
    "no base": "la base è zero o manca",
    "no series": "i dati non hanno la serie",
    "no figure": "la frase non dice una cifra",
    "unsure": "la frase non dice con certezza a quale indicatore si riferisce",
    "cause": "una causa non si verifica con le cifre",
    "no subject": "la frase non nomina un indicatore del rendiconto",
    "mixed": "le cifre di dettaglio vanno in direzioni diverse e il dato complessivo non è pubblicato",
}


class Wording:
    """Words verdicts for one report."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.places = PrintedPlaces(data.catalogue, [data.territory])

    def evidence(self, cells: Sequence[Cell]) -> tuple[Evidence, ...]:
        """The figures that a verdict rests on, each once."""
        return cite(self.data.catalogue, self.data.resolver, self.places.address, cells)

    def shown(self, cell: Cell) -> str:
        """How a figure reads."""
        return shown_figure(self.data.resolver, *cell)

    def described(self, cell: Cell) -> str:
        """A figure in words."""
        cube, codes = cell
        return describe(self.data.catalogue, (cube.name, codes))

    def should_say(self, claim: Claim, judgement: Judgement) -> str:
        """What the sentence should say instead of a claim that the figures contradict."""
        right = judgement.right
        if right is None:
            return ""
        return self._worded(claim, right) if claim.operation not in _COMPUTED else self._computed(claim, right)

    def _worded(self, claim: Claim, right: Decimal) -> str:
        this, last = claim.cells[0], claim.cells[-1]
        if claim.operation is Operation.VALUE:
            return f"{self.shown(this)} ({_when(this)}, {_where(this)})"
        if claim.operation in (Operation.DIRECTION, Operation.TREND):
            return self._moved(claim, right)
        if claim.operation is Operation.RANK:
            return f"{right}° posto ({self.shown(claim.cells[0])})"
        if claim.operation is Operation.EXTREME:
            return self._first_of(claim)
        if claim.operation is Operation.SIGN:
            return f"{_SIGNED[_way(right)]}: {self.shown(last)}"
        beside = claim.cells[1] if claim.operation is Operation.COMPARISON else claim.cells[2]
        way = _COMPARED[_way(right)] if claim.operation is not Operation.LIKENESS else "in direzione diversa"
        return f"{way}: {self.shown(this)} contro {self.shown(beside)} ({_where(beside)}, {_when(beside)})"

    def _computed(self, claim: Claim, right: Decimal) -> str:
        step = claim.quantity.step if claim.quantity is not None else Decimal(1)
        decimals = max(decimals_of(step), 0)
        if claim.operation is Operation.DIFFERENCE:
            decimals = printed_decimals(*claim.cells[0])
        sign = _UNITS.get(claim.operation, "")
        between = " e ".join(self.shown(cell) for cell in claim.cells)
        return f"{format_number(right, max(decimals, 1 if sign == ' volte' else 0))}{sign} (da {between})"

    def _moved(self, claim: Claim, right: Decimal) -> str:
        first, last = claim.cells[0], claim.cells[-1]
        if _when(first) == _when(last):
            return f"rispetto al {int(_when(last)) - 1}: il {_when(last)} è l'anno del dato stesso"
        return f"{_WAYS[_way(right)]}: da {self.shown(first)} ({_when(first)}) a {self.shown(last)} ({_when(last)})"

    def _first_of(self, claim: Claim) -> str:
        sign = claim.direction.value if claim.direction is not None else 1
        known = [(value * sign, cell) for cell in claim.cells if (value := self.data.figure(*cell)[0]) is not None]
        best = max(known, key=lambda pair: pair[0])[1]
        what = _when(best) if len({_when(cell) for cell in claim.cells}) > 1 else _where(best)
        return f"{what}: {self.shown(best)}"

    def why(self, claim: Claim | None, judgement: Judgement) -> str:
        """The reason of a verdict."""
        if judgement.verdict is Verdict.NOT_CHECKABLE or claim is None:
            return _REASONS.get(judgement.reason, judgement.reason)
        figures = "; ".join(f"{self.described(cell)}: {self.shown(cell)}" for cell in claim.cells[:4])
        notes = {
            "truncated": "cifra troncata, non arrotondata",
            "overstated": "l'avverbio dice più della variazione",
            "understated": "l'avverbio dice meno della variazione",
        }
        note = notes.get(judgement.note, "")
        return f"{figures} ({note})" if note else figures


def _named(cell: Cell) -> dict[str, str]:
    cube, codes = cell
    return dict(zip(cube.dimension_names, codes, strict=True))


def _when(cell: Cell) -> str:
    return _named(cell)[PERIOD]


def _where(cell: Cell) -> str:
    return Gazetteer.load().by_code(_named(cell)[TERRITORY]).row_label


def _way(right: Decimal) -> Direction:
    return Direction((right > 0) - (right < 0))

"""How a claim is said: text with the spans that claims stand for, amounts in words, words of size."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.models import SizeModel
from rendiconto.check.citing import cite, printed_figure
from rendiconto.check.claims import Claim, Operation, Quantity, judge_claim
from rendiconto.compose.commentary.figures import Figures, Point
from rendiconto.document.claims import JudgedClaim, Verdict
from rendiconto.document.prose import Sentence
from rendiconto.document.values import Status
from rendiconto.italian.lexicon import Direction
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.italian.phrases import capitalised

_SCALES: Final = ((9, "miliardi"), (6, "milioni"))
_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Bound:
    """A stretch of text and the claims that it makes."""

    text: str
    claims: tuple[Claim, ...]


Said = tuple[str | Bound, ...]
"""A sentence without its full stop, in order."""


def bound(text: str, *claims: Claim) -> Bound:
    """Text with what it claims."""
    return Bound(text, claims)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in words, with its unit ("68,3%", "4 giorni", "219,2 milioni di euro"), and how exactly that binds it."""

    text: str
    quantity: Quantity


def amount_of(catalogue: Catalogue, point: Point, *, unit: bool = True, beside: Point | None = None) -> Amount:
    """A figure in words; large sums of money in millions, as the smaller of it and what stands ``beside`` it.

    Without ``unit`` the number alone (a percentage keeps its sign).
    """
    cube, codes = point.cell
    name, decimals = cube.unit_at(codes)
    model = catalogue.units[name]
    if model.rounded_in_prose:
        return _money(point.value, min(abs(point.value), abs(beside.value)) if beside is not None else abs(point.value))
    number = format_number(point.value, decimals)
    quantity = Quantity(point.value, _ONE.scaleb(-decimals), percent=cube.is_rate)
    if cube.is_rate:
        return Amount(f"{number}%", quantity)
    if model.scale:
        return Amount(f"{number} mila", replace(quantity, scaled=True))
    if not (model.measure and unit):
        return Amount(number, quantity)
    return Amount(f"{number} {model.one if number == '1' and model.one else model.label}", quantity)


def _money(value: Decimal, smallest: Decimal) -> Amount:
    for power, word in _SCALES:
        if smallest >= 10**power:
            scaled = round_half_away(value.scaleb(-power), 1)
            quantity = Quantity(scaled.scaleb(power), _ONE.scaleb(power - 1), scaled=True)
            return Amount(f"{format_number(scaled, 1)} {word} di euro", quantity)
    return Amount(f"{format_number(value, 0)} euro", Quantity(round_half_away(value, 0), _ONE))


def value_claim(point: Point, amount: Amount) -> Claim:
    """That a figure is as told."""
    return Claim(Operation.VALUE, (point.cell,), amount.quantity)


@dataclass(frozen=True, slots=True)
class Change:
    """From one figure to another: its way, its size in the measure's own terms, and the word for that.

    ``size`` is in per cent of the base (None where that says nothing), for rates in points. ``steady``: it counts as no change.
    """

    base: Point
    of: Point
    direction: Direction
    size: Decimal | None
    adjective: str
    steady: bool

    @property
    def difference(self) -> Decimal:
        """By how much, in the measure's units."""
        return self.of.value - self.base.value


def change_of(catalogue: Catalogue, base: Point, of: Point) -> Change:
    """A change as the policy of ``prose.yaml`` sizes it."""
    cube, difference = of.cell[0], of.value - base.value
    way = Direction((difference > 0) - (difference < 0))
    if cube.is_rate:
        size: Decimal | None = abs(difference)
        found = _size(catalogue.prose.points, abs(difference))
    elif not base.value or base.value * of.value < 0 or _is_few(catalogue, base, of):
        return Change(base, of, way, None, "", not difference)
    else:
        size = round_half_away(100 * abs(difference) / abs(base.value), 1)
        found = _size(catalogue.prose.relative, size)
    steady = not difference or found.steady or abs(difference) < cube.steady
    return Change(base, of, way, size, found.adjective, steady)


def _is_few(catalogue: Catalogue, base: Point, of: Point) -> bool:
    counts = not catalogue.units[of.cell[0].unit_at(of.cell[1])[0]].intensive
    most = max(abs(base.value), abs(of.value))
    return most < catalogue.prose.few if counts else most < catalogue.prose.few and of.cell[0].unit_at(of.cell[1])[1] == 0


def _size(sizes: Sequence[SizeModel], change: Decimal) -> SizeModel:
    return next(size for size in sizes if size.below is None or change < size.below)


def _words(piece: str | Bound) -> str:
    return piece if isinstance(piece, str) else piece.text


def words_of(said: Said) -> str:
    """What is said, as bare words."""
    return "".join(_words(piece) for piece in said)


class Speaker:
    """Makes sentences of what is said: checks every claim, binds it to its span and its cells."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def holds(self, said: Said) -> bool:
        """Whether the figures bear out every claim: what they do not is never printed."""
        claims = (claim for piece in said if isinstance(piece, Bound) for claim in piece.claims)
        return all(judge_claim(claim, self._figure).verdict is Verdict.SUPPORTED for claim in claims)

    def _figure(self, cube: Cube, codes: Codes) -> tuple[Decimal | None, Status]:
        return printed_figure(self.figures.resolver, cube, codes)

    def sentence(self, said: Said) -> Sentence:
        """The sentence, with a capital and a full stop."""
        text = ""
        claims: list[JudgedClaim] = []
        for piece in said:
            words = _words(piece) if text else capitalised(_words(piece))
            if isinstance(piece, Bound):
                claims.extend(self._judged(claim, words, len(text)) for claim in piece.claims)
            text += words
        return Sentence(f"{text}.", tuple(claims))

    def _judged(self, claim: Claim, text: str, start: int) -> JudgedClaim:
        evidence = cite(self.figures.catalogue, self.figures.resolver, self.figures.address, claim.cells)
        return JudgedClaim(text, start, start + len(text), Verdict.SUPPORTED, str(claim.operation), evidence)

"""A claim moved to another year: the same figures of the next edition, and what its words should say of them.

What a number is bound to is what the auditor read; its new value is written with the digits, scale and hedge of the old one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from rendiconto.audit.binding import Data
from rendiconto.audit.readings import Reading
from rendiconto.catalogue.declarations import PERIOD
from rendiconto.check.claims import Cell, Claim, Operation, Quantity, judge_claim
from rendiconto.document.claims import Verdict
from rendiconto.italian.lexicon import Hedge
from rendiconto.italian.numbers import MINUS, MalformedNumber, format_number, parse_number, round_half_away
from rendiconto.italian.words import Word, split_words
from rendiconto.texts.pieces import BoundClaim

_DOWNWARDS: Final = frozenset((Hedge.OVER, Hedge.MORE, Hedge.AT_LEAST))
_UPWARDS: Final = frozenset((Hedge.UNDER, Hedge.LESS, Hedge.AT_MOST))
_STRICT: Final = frozenset((Hedge.OVER, Hedge.MORE, Hedge.UNDER, Hedge.LESS))
_BOUNDS: Final = frozenset((Hedge.MORE, Hedge.LESS, Hedge.AT_LEAST, Hedge.AT_MOST))
"""Hedges that only say on which side a figure is: one that still holds stays."""
_SHIFTS: Final = (0, 3, 6, 9, -3, -6)
_SIGNS: Final = f"+-{MINUS}"


class Lost(Exception):
    """A claim that cannot be moved, and why."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim that holds in the new year; its figure, from ``start`` to ``end`` in the block, reads ``text`` if it changes."""

    start: int = 0
    end: int = 0
    text: str = ""


def move_claim(bound: BoundClaim, years: int, data: Data) -> Moved:
    """A supported claim so many years on, over the new edition's figures; ``Lost`` where its words hold no longer."""
    moved = [_move_reading(bound, reading, data) for reading in _shifted(bound.readings, years, data)]
    held = [each for each in moved if isinstance(each, Moved)]
    if not held:
        raise next((each for each in moved if isinstance(each, Lost)), Lost("nothing binds it"))
    if any(each.text for each in held) and (len(held) < len(moved) or len(set(held)) > 1):
        raise Lost("its words fit several figures, which go different ways")
    return held[0]


def _shifted(readings: Iterable[Reading], years: int, data: Data) -> list[Reading]:
    return [
        tuple(replace(claim, cells=tuple(_later(cell, years, data) for cell in claim.cells)) for claim in r) for r in readings
    ]


def _later(cell: Cell, years: int, data: Data) -> Cell:
    """The same cell in a later year, as the new edition declares its indicator."""
    old, codes = cell
    cube = data.catalogue.cubes.get(old.name)
    if cube is None or cube.dimension_names != old.dimension_names:
        raise Lost(f"the new edition has no {old.name} of this shape")
    for dimension, code in zip(cube.dimensions, codes, strict=True):
        if dimension.codelist is not None and code not in dimension.codelist:
            raise Lost(f"the new edition has no {code} in {dimension.name}")
    at = cube.dimension_names.index(PERIOD)
    return cube, (*codes[:at], str(int(codes[at]) + years), *codes[at + 1 :])


def _move_reading(bound: BoundClaim, reading: Reading, data: Data) -> "Moved | Lost":
    try:
        outcomes = {_move_one(bound, claim, data) for claim in reading}
    except Lost as lost:
        return lost
    return outcomes.pop() if len(outcomes) == 1 else Lost("its figures no longer agree with each other")


def _move_one(bound: BoundClaim, claim: Claim, data: Data) -> Moved:
    word = _figure_word(bound, claim.quantity)
    if claim.quantity is None or word is None:
        return _kept(claim, data)
    if claim.quantity.hedge in _BOUNDS and judge_claim(claim, data.figure).verdict is Verdict.SUPPORTED:
        return Moved()
    number, shift = word
    value = _told_value(claim, claim.quantity, data)
    quantity = replace(claim.quantity, value=value)
    _kept(replace(claim, quantity=quantity), data)
    text = _written(number.text, value.scaleb(-shift))
    return Moved() if text == number.text else Moved(number.start, number.end, text)


def _kept(claim: Claim, data: Data) -> Moved:
    judgement = judge_claim(claim, data.figure)
    if judgement.verdict is Verdict.SUPPORTED:
        return Moved()
    if judgement.verdict is Verdict.NOT_CHECKABLE:
        raise Lost(f"the new figures do not say ({judgement.reason})")
    raise Lost("the new figures say otherwise")


def _told_value(claim: Claim, quantity: Quantity, data: Data) -> Decimal:
    """What the words have to say now: the new figure at the old one's step, on the side that its hedge wants."""
    judgement = judge_claim(claim, data.figure)
    if judgement.right is None:
        raise Lost(f"the new figures do not say ({judgement.reason})")
    way_told = claim.operation in (Operation.DIFFERENCE, Operation.GROWTH) or claim.direction is not None
    true = abs(judgement.right) if way_told and not quantity.signed else judgement.right
    steps = true / quantity.step
    if quantity.hedge in _DOWNWARDS:
        whole = steps.to_integral_value(ROUND_FLOOR)
        whole -= quantity.hedge in _STRICT and whole == steps
    elif quantity.hedge in _UPWARDS:
        whole = steps.to_integral_value(ROUND_CEILING)
        whole += quantity.hedge in _STRICT and whole == steps
    else:
        whole = round_half_away(steps, 0)
    return whole * quantity.step


def _figure_word(bound: BoundClaim, quantity: Quantity | None) -> tuple[Word, int] | None:
    """The number in a claim's words that says its quantity, and the power of ten between them; None where it is in letters."""
    if quantity is None:
        return None
    for word in reversed(split_words(bound.claim.text, bound.claim.start)):
        if word.is_number:
            try:
                value = parse_number(word.text.lstrip("+"))
            except MalformedNumber:
                continue
            for shift in _SHIFTS:
                if value.scaleb(shift) == quantity.value:
                    return word, shift
    return None


def _written(old: str, value: Decimal) -> str:
    """A figure written as the old one was: its decimals, its grouping, its kind of minus."""
    sign, digits = (old[0], old[1:]) if old[0] in _SIGNS else ("", old)
    whole, _, fraction = digits.partition(",")
    grouped = "." in whole or len(whole) <= 3
    text = format_number(abs(value), len(fraction), group=grouped)
    if value < 0:
        return (sign if sign in ("-", MINUS) and sign else MINUS) + text
    return f"+{text}" if sign == "+" else text

"""Figures as offices write them: numbers stored or typed, in Italian or plain notation, and the marks for what has none."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from rendiconto.document.values import Status
from rendiconto.italian.numbers import MINUS, MalformedNumber, decimals_of, parse_number
from rendiconto.observations.columns import LARGEST_SCALE
from rendiconto.observations.errata import Figure
from rendiconto.observations.intake.content import Scalar

MARKS: Mapping[str, Status] = {
    **dict.fromkeys(("-", "–", "—", MINUS, "--"), Status.NIL),
    **dict.fromkeys(("*", "**", "(*)"), Status.CONFIDENTIAL),
    **dict.fromkeys(("n.d.", "nd", "n.d", "n.a.", "na", "..", "…", "...", ":", "dato non disponibile"), Status.MISSING),
}
"""What marks mean unless a profile says otherwise; statuses may be spelt out too."""

PLAIN, ITALIAN = "plain", "italian"
_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")
_GROUPED = re.compile(rf"[-{MINUS}]?[0-9]{{1,3}}(\.[0-9]{{3}})+")
LARGEST = Decimal(10) ** 17


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What could not be read, and what was expected."""

    read: str
    expected: str


def notation_of(texts: Iterable[str], decimals: int) -> str:
    """Whether typed numbers are Italian (``1.347``, ``84,0``) or plain (``84.0``): said by those that can be only one.

    ``1.347`` alone is Italian: no figure of the report has three decimals.
    """
    for text in texts:
        bare = text.strip()
        if "," in bare:
            return ITALIAN
        if "." in bare and _PLAIN.fullmatch(bare) and not _GROUPED.fullmatch(bare):
            return PLAIN
    return PLAIN if decimals >= 3 else ITALIAN


def read_figure(
    scalar: Scalar, *, notation: str, marks: Mapping[str, Status], scale: Decimal = Decimal(1)
) -> Figure | Unreadable | None:
    """The figure in a cell; None for a blank one. ``scale`` multiplies what was delivered (thousands of euro: 1000)."""
    if scalar is None or (isinstance(scalar, str) and not scalar.strip()):
        return None if "" not in marks else Figure(None, marks[""])
    if isinstance(scalar, bool):
        return Unreadable("a truth value", "a number")
    if isinstance(scalar, date):
        return Unreadable(f"the date {scalar.isoformat()}", "a number")
    if isinstance(scalar, str):
        return _read_text(scalar, notation, marks, scale)
    return _within_reach(scalar * scale, str(scalar))


def _read_text(text: str, notation: str, marks: Mapping[str, Status], scale: Decimal) -> Figure | Unreadable:
    bare = text.strip()
    for mark in (bare, bare.casefold()):
        if mark in marks:
            return Figure(None, marks[mark])
    if bare in set(Status) and bare != Status.NORMAL:
        return Figure(None, Status(bare))
    try:
        if notation == PLAIN:
            if not _PLAIN.fullmatch(bare):
                return Unreadable(repr(text), "a number such as 1347 or 84.9")
            value = Decimal(bare)
        else:
            value = parse_number(text)
    except MalformedNumber as error:
        return Unreadable(repr(text), f"an Italian number. {error.todo}")
    except InvalidOperation:
        return Unreadable(repr(text), "a number")
    return _within_reach(value * scale, repr(text))


def _within_reach(value: Decimal, read: str) -> Figure | Unreadable:
    if not value.is_finite():
        return Unreadable(read, "a number")
    if abs(value) >= LARGEST or decimals_of(value) > LARGEST_SCALE:
        return Unreadable(read, f"fewer than 18 digits and at most {LARGEST_SCALE} decimals")
    return Figure(value, Status.NORMAL)


def marks_with(extra: Mapping[str, Status]) -> dict[str, Status]:
    """The usual marks with a profile's own."""
    return {**MARKS, **extra}

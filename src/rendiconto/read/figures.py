"""Tokens that are figures: as printed, or as a scanner or a careless hand left them.

A plain figure is read by the one parser of Italian numbers. What is not one, but would be after undoing a known slip (a letter
O for a nought, a full stop lost or moved), is read with a doubt: its value is a proposal, which the identities may confirm.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from rendiconto.document.values import Status
from rendiconto.italian.numbers import MINUS, MalformedNumber, parse_number

_DASHES: Final = frozenset(("-", MINUS, "–", "—"))
_MISSING: Final = frozenset(("n.d.", "n.d", "nd", "n/d"))
_MARKED: Final = re.compile(rf"([-{MINUS}]?[0-9][0-9.,]*|[-{MINUS}*])[a-z]{{1,2}}")
"""A figure with the mark of a note at its end."""
_LETTERS: Final = str.maketrans("OoQDlIi|SB", "0000111158")
_FEWEST_DIGITS: Final = 4
_LIKE_NUMBER: Final = re.compile(rf"[-{MINUS}]?[0-9OoQDlIi|SB][0-9OoQDlIi|SB.,:;'’]*")
YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as read: its token, its value or symbol; ``doubt`` says what was undone to read it."""

    text: str
    value: Decimal | None
    status: Status = Status.NORMAL
    doubt: str = ""


BLANK: Final = Figure("", None, Status.NIL, "blank")
"""A cell that is there with nothing in it: in these reports a phenomenon that does not occur."""


@lru_cache(maxsize=65_536)
def read_token(token: str) -> Figure | None:
    """The figure that a token is; None for a word."""
    bare = token.strip().removesuffix("%").removesuffix("€").strip()
    if bare in _DASHES:
        return Figure(token, None, Status.NIL)
    if bare == Status.CONFIDENTIAL.symbol:
        return Figure(token, None, Status.CONFIDENTIAL)
    if bare.casefold() in _MISSING:
        return Figure(token, None, Status.MISSING)
    value = _number(bare)
    if value is not None:
        return Figure(token, value)
    marked = _MARKED.fullmatch(bare)
    unmarked = read_token(marked[1]) if marked is not None else None
    if unmarked is not None:
        return Figure(marked[1] if marked is not None else token, unmarked.value, unmarked.status)
    return _mended(token, bare)


def _number(text: str) -> Decimal | None:
    try:
        return parse_number(text)
    except MalformedNumber:
        return None


def _mended(token: str, bare: str) -> Figure | None:
    """A figure after the slips that scanners make; at least half of it must be digits already."""
    if not _LIKE_NUMBER.fullmatch(bare) or 2 * sum(map(str.isdigit, bare)) < len(bare.strip(".,-")):
        return None
    digits = bare.translate(_LETTERS)
    value = _number(digits)
    if value is not None:
        return Figure(token, value, doubt="letters read as digits")
    whole, comma, fraction = digits.replace(":", ".").replace(";", ",").replace("'", ".").replace("’", ".").partition(",")
    if sum(map(str.isdigit, whole)) < _FEWEST_DIGITS:
        return None  # "1.4" is a paragraph, not a misprint
    value = _number(whole.replace(".", "").lstrip("0") + (comma + fraction if fraction.isdigit() else ""))
    return None if value is None else Figure(token, value, doubt="full stops out of place")


def is_year(token: str) -> bool:
    """Whether a token is a year as headers print it (a figure would have a full stop)."""
    return YEAR.fullmatch(token) is not None

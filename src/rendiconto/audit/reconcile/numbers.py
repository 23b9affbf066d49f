"""Figures as strangers write them: numbers, or texts in Italian or English notation, with signs of currency and percent.

The notation is decided for a whole column by those texts that can be of one only; what a column leaves open has both readings,
and is settled by the figure that it is compared with.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.audit.reconcile.records import Record
from rendiconto.document.values import Status
from rendiconto.italian.numbers import MINUS
from rendiconto.observations.intake.figures import LARGEST, MARKS

_BESIDE = re.compile(r"€|%|\beuro\b|\beur\b", re.IGNORECASE)
_BETWEEN_GROUPS = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_ITALIAN = re.compile(r"-?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?", re.ASCII)
_ENGLISH = re.compile(r"-?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_LONGEST = 60
_NOISE = 9
"""Decimals beyond which a number is what binary arithmetic left of another."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a record's figure is: its possible values (several where the notation is open), a status, or nothing readable."""

    values: tuple[Decimal, ...] = ()
    status: Status = Status.NORMAL
    ambiguous: bool = False

    @property
    def readable(self) -> bool:
        """Whether there is a figure or a known mark."""
        return bool(self.values) or self.status is not Status.NORMAL


def looks_like_figure(text: str) -> bool:
    """Whether a text is a number in some notation, or a known mark for what has none."""
    return read_raw(text).readable


def read_raw(raw: str | Decimal) -> Reading:
    """A figure by itself, in every notation in which it is one."""
    if isinstance(raw, Decimal):
        return _within_reach((raw,))
    bare = raw.strip()
    if bare.casefold() in MARKS:
        return Reading(status=MARKS[bare.casefold()])
    if bare in set(Status) - {Status.NORMAL}:
        return Reading(status=Status(bare))
    text = _bare(raw)
    if len(text) > _LONGEST:
        return Reading()
    values: dict[Decimal, None] = {}
    if _ITALIAN.fullmatch(text):
        values[Decimal(text.replace(".", "").replace(",", "."))] = None
    if _ENGLISH.fullmatch(text):
        values[Decimal(text.replace(",", ""))] = None
    return _within_reach(tuple(values))


def _bare(text: str) -> str:
    """The text without signs of currency and percent, nor blanks that group thousands."""
    return _BETWEEN_GROUPS.sub("", _BESIDE.sub("", text[: 2 * _LONGEST].replace(MINUS, "-")).strip()).lstrip("+")


def _within_reach(values: tuple[Decimal, ...]) -> Reading:
    kept = tuple(_without_noise(value) for value in values if value.is_finite() and abs(value) < LARGEST)
    return Reading(kept, ambiguous=len(kept) > 1)


def _without_noise(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _NOISE:
        return round(value, _NOISE).normalize() + 0
    return value


def read_figures(records: Iterable[Record]) -> list[Reading]:
    """The figures of all records, each in the notation of its column; where that has none of its own, in that of the file."""
    records = list(records)
    readings = [read_raw(record.raw) for record in records]
    votes: dict[str, set[str]] = {}
    for record, reading in zip(records, readings, strict=True):
        if isinstance(record.raw, str) and reading.values and not reading.ambiguous:
            notation = _only_notation(record.raw)
            if notation:
                votes.setdefault(record.column, set()).add(notation)
    file = set().union(*votes.values())
    return [
        _settled(reading, votes.get(record.column) or file) if reading.ambiguous else reading
        for record, reading in zip(records, readings, strict=True)
    ]


def _only_notation(text: str) -> str:
    """The notation that a text can only be in; empty where it has no sign of either."""
    bare = _bare(text)
    italian, english = bool(_ITALIAN.fullmatch(bare)), bool(_ENGLISH.fullmatch(bare))
    if italian == english:
        return ""
    return "italian" if italian else "english"


def _settled(reading: Reading, notations: set[str]) -> Reading:
    if len(notations) != 1:
        return reading
    italian, english = reading.values
    return Reading((italian if "italian" in notations else english,))

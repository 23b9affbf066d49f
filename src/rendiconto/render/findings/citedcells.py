"""The cells that a finding cites, one by one: where, which key, how the figure reads, what was expected there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from unicodedata import category

from rendiconto.document import Status
from rendiconto.findings import Finding
from rendiconto.italian import MalformedNumber, format_number, parse_number

SUSPECT = "► da verificare"
TO_DELIVER = "► da fornire"

_FILE = re.compile(
    r"(?P<file>.+?\.(?:csv|tsv|txt|xlsx|xlsm|xls|ods|json|xml|parquet|zip|pdf|docx|html?))(?: (?P<within>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_ROW = re.compile(r"row (?P<row>[1-9][0-9]{0,8})(?: \(.*\))?", re.DOTALL)
_LONGEST_FRACTION = 6
"""Decimals shown of an expected figure: a mean may have dozens, and nobody reads them."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A place in a delivered file: its name, and the row (from 1) where the key says one."""

    file: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class CitedCell:
    """A cell of a finding.

    ``value`` is how it reads (empty where nothing is known) and ``number`` the same as a number, where it is one beyond doubt;
    ``expected`` stands only on the cell that it is known to be for. ``suspect`` marks the likely culprit.
    """

    cell: str
    key: str
    value: str
    number: Decimal | None
    expected: Decimal | None
    suspect: bool

    @property
    def mark(self) -> str:
        """What a reader is told in words of a figure that calls for action; empty for the others."""
        if self.value == Status.MISSING.symbol:
            return TO_DELIVER
        return SUSPECT if self.suspect else ""

    @property
    def expected_decimals(self) -> int:
        """The decimals of the value beside the expected figure, or of that figure itself if it has more."""
        own = 0 if self.expected is None else decimals_of(self.expected.normalize())
        return max(own, decimals_of(self.number))

    @property
    def expected_text(self) -> str:
        """The expected figure in Italian; empty if there is none."""
        return "" if self.expected is None else format_number(self.expected, self.expected_decimals)


def file_place(key: str) -> FilePlace | None:
    """The place that a key such as ``file.xlsx Foglio1!C7`` or ``file.csv row 12`` names; None for the key of a cube."""
    match = _FILE.fullmatch(key)
    if match is None:
        return None
    row = _ROW.fullmatch(match["within"] or "")
    return FilePlace(match["file"], int(row["row"]) if row else None)


def cited_cells(finding: Finding) -> tuple[CitedCell, ...]:
    """The cells of a finding in its order, the likely culprit first."""
    lines = list(zip_longest(finding.cells, finding.keys, finding.values, fillvalue=""))
    numbers = [None if file_place(key) else _number(value) for _, key, value in lines]
    target = _expected_at(finding, numbers)
    return tuple(
        CitedCell(cell or key, key, value, number, finding.expected if at == target else None, suspect=at == 0)
        for at, ((cell, key, value), number) in enumerate(zip(lines, numbers, strict=True))
    )


def _number(value: str) -> Decimal | None:
    """Our own figures are Italian numbers; what a file says is left as it was read, since its notation may be what is wrong."""
    try:
        return parse_number(value)
    except MalformedNumber:
        return None


def _expected_at(finding: Finding, numbers: list[Decimal | None]) -> int | None:
    """Which cell the expected figure is for: the one that reads as observed.

    The culprit may be an addend, while what is expected is the total; where two cells read alike nothing is said of either, and
    the message has the figure.
    """
    if finding.expected is None:
        return None
    if len(numbers) == 1:
        return 0
    alike = [at for at, number in enumerate(numbers) if number is not None and number == finding.observed]
    return alike[0] if len(alike) == 1 else None


def decimals_of(value: Decimal | None) -> int:
    """How many decimals to show of a figure, as it was written."""
    exponent = 0 if value is None else value.as_tuple().exponent
    return min(max(0, -exponent), _LONGEST_FRACTION) if isinstance(exponent, int) else 0


def visible(text: str) -> str:
    r"""Text of others made safe to show: control and direction characters are spelled out (``\x1b``), breaks are spaces."""
    return text if text.isprintable() else "".join(_visible(text))


def _visible(text: str) -> Iterator[str]:
    for character in text:
        if character in "\t\n\r":
            yield " "
        elif character.isprintable() or category(character) == "Zs":
            yield character
        else:
            yield character.encode("unicode_escape").decode()

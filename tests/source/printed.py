"""The published report as extracted text: the figures that stand under each caption, in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rendiconto.italian.numbers import MalformedNumber, parse_number

SOURCE = Path(__file__).resolve().parents[3] / "shared" / "source" / "rendiconto-sociale-massa-carrara-2024.txt"

_CAPTION = re.compile(r"^ *\d+(?:\.\d+)+ (Tavola|Grafico) (\d+) *[-–]", re.MULTILINE)
Figure = Decimal | str
"""A number, or the symbol "-" or "*"."""


@dataclass(frozen=True)
class Token:
    """A figure of the text and the line it stands on (counted from 1)."""

    figure: Figure
    line: int
    text: str


def read_segments(text: str) -> dict[str, list[Token]]:
    """The figures between each caption and the next, by table number ("17", "G1")."""
    captions = list(_CAPTION.finditer(text))
    segments = {}
    for caption, following in zip(captions, [*captions[1:], None], strict=True):
        number = caption[2] if caption[1] == "Tavola" else f"G{caption[2]}"
        end = following.start() if following else len(text)
        start = text.index("\n", caption.end())
        # After the last source line comes the next chapter's commentary, which is prose and not a table.
        end = max(text.rfind("Fonte:", start, end), start)
        segments[number] = list(_tokens(text[start:end], text.count("\n", 0, start) + 1))
    return segments


def _tokens(segment: str, first: int) -> Iterator[Token]:
    for offset, line in enumerate(segment.splitlines()):
        for word in line.split():
            if word in {"-", "*"}:
                yield Token(word, first + offset, word)
                continue
            try:
                yield Token(parse_number(word), first + offset, word)
            except MalformedNumber:
                continue


def find_row(tokens: Sequence[Token], row: Sequence[Figure], start: int) -> int | None:
    """Where a row's figures stand together, at or after ``start``; None when they do not."""
    width = len(row)
    for position in range(start, len(tokens) - width + 1):
        if all(token.figure == figure for token, figure in zip(tokens[position : position + width], row, strict=True)):
            return position
    return None

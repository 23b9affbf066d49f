"""Rows with fewer figures than columns: which column is blank, or was lost.

Blank cells leave no mark in a text. Each way to leave columns out is tried against the arithmetic; the one way in which every
sum holds is the right one, and where several do, or none, the row is not placed and it is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb
from typing import Final

from rendiconto.italian.sorting import fold_words
from rendiconto.read.alignment import Pair
from rendiconto.read.arithmetic import Arithmetic, Cell
from rendiconto.read.expected import ExpectedPart
from rendiconto.read.figures import BLANK, Figure

_MOST_WAYS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A short row with its figures at their columns; None where a column was lost."""

    figures: tuple[Figure | None, ...]


def fill_blanks(pair: Pair, arithmetic: Arithmetic, known: Mapping[Cell, Decimal]) -> Filled | None:
    """A row with blank cells, the blanks at the one place where the sums hold; None where that is not settled."""
    cells = [(cell.cube.name, cell.codes) for cell in pair.expected.cells]
    if comb(len(cells), pair.offer.shortage) > _MOST_WAYS:
        return None
    best: list[tuple[int, tuple[Figure, ...]]] = []
    for blanks in combinations(range(len(cells)), pair.offer.shortage):
        figures = _spread(pair.offer.figures, len(cells), blanks)
        trial = {**known, **{c: f.value or Decimal(0) for c, f in zip(cells, figures, strict=True) if _counts(f)}}
        hold, fail = arithmetic.verdicts(cells, trial)
        if hold and not fail:
            best.append((hold, figures))
    if not best:
        return None
    most = max(hold for hold, _ in best)
    winners = [figures for hold, figures in best if hold == most]
    return Filled(winners[0]) if len(winners) == 1 else None


def lost_columns(part: ExpectedPart, pairs: Sequence[Pair]) -> tuple[int, ...] | None:
    """The columns that a whole body lacks, by the headers that are not there; None where the headers do not say."""
    shortages = {pair.offer.shortage for pair in pairs}
    if len(shortages) != 1 or not pairs:
        return None
    lacking = shortages.pop()
    header = f" {fold_words(pairs[0].found.header.text)} "
    absent = []
    position = 0
    for at, leaf in enumerate(part.columns):
        wanted = f" {fold_words(leaf.header.label)} "
        found = header.find(wanted, position)
        if found < 0:
            absent.append(at)
        else:
            position = found + len(wanted) - 1
    return tuple(absent) if lacking and len(absent) == lacking else None


def without_columns(pair: Pair, lost: Sequence[int]) -> Filled:
    """A row with its figures at the columns that are left."""
    figures = iter(pair.offer.figures)
    return Filled(tuple(None if at in lost else next(figures) for at in range(pair.expected.width)))


def _counts(figure: Figure) -> bool:
    return figure.value is not None or figure.status is BLANK.status


def _spread(figures: Sequence[Figure], width: int, blanks: tuple[int, ...]) -> tuple[Figure, ...]:
    rest = iter(figures)
    return tuple(BLANK if at in blanks else next(rest) for at in range(width))

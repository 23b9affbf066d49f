"""Rows that are expected set against rows that are there, both in order: the best way to pair them off.

A dynamic programme, as sequences are aligned: a pair scores by its label, by having as many figures as the plan has columns,
and by what stands over it; rows may be left out on either side. Two rows called TOTALE go to their places because their
neighbours do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from rendiconto.read.expected import ExpectedPart, ExpectedRow
from rendiconto.read.pagelines import FigureRow, HeaderBlock, Offer

NEAR: Final = 0.8
"""From which likeness on two labels may be one, misprinted."""
_NEAR_WEIGHT: Final = 0.9
_ENDING: Final = 0.95
_ABBREVIATED: Final = 0.97
_SHORTEST_ENDING: Final = 5
_EXACT_WIDTH: Final = 0.6
_EACH_LACKING: Final = 0.3
_EACH_TOO_MANY: Final = 0.15
_GROUP: Final = 0.1
_HEADER: Final = 0.6
_LEFT_OUT: Final = 0.12
_PASSED: Final = 0.01


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of a plan and the row of the text that it is; ``likeness`` is that of their labels, 1 when equal."""

    expected: ExpectedRow
    found: FigureRow
    offer: Offer
    likeness: float
    score: float


def align(parts: Sequence[ExpectedPart], rows: Sequence[FigureRow]) -> list[Pair]:
    """The best pairs, in order; ``parts`` are those looked for among ``rows``."""
    wanted = [(part, row) for part in parts for row in part.rows]
    scores = [[_pair(part, row, found) for found in rows] for part, row in wanted]
    height, length = len(wanted), len(rows)
    best = [[0.0] * (length + 1) for _ in range(height + 1)]
    for down in range(height - 1, -1, -1):
        for across in range(length - 1, -1, -1):
            pair = scores[down][across]
            best[down][across] = max(
                best[down + 1][across] - _LEFT_OUT,
                best[down][across + 1] - _PASSED,
                pair.score + best[down + 1][across + 1] if pair is not None else float("-inf"),
            )
    return _trace(best, scores)


def _trace(best: list[list[float]], scores: list[list[Pair | None]]) -> list[Pair]:
    pairs = []
    down = across = 0
    while down < len(scores) and across < len(scores[down]):
        here = best[down][across]
        pair = scores[down][across]
        if pair is not None and here == pair.score + best[down + 1][across + 1]:
            pairs.append(pair)
            down, across = down + 1, across + 1
        elif here == best[down][across + 1] - _PASSED:
            across += 1
        else:
            down += 1
    return pairs


def _pair(part: ExpectedPart, row: ExpectedRow, found: FigureRow) -> Pair | None:
    """The pair with its score; None where the two cannot be one."""
    offer = found.offer(row.width)
    if offer is None or not offer.figures or offer.shortage > max(1, row.width // 2):
        return None
    likeness = label_likeness(row.names, offer.labels)
    if likeness < NEAR * _NEAR_WEIGHT:
        return None
    if offer.shortage and likeness < _ENDING:
        return None
    score = likeness - _EACH_LACKING * offer.shortage - _EACH_TOO_MANY * (offer.surplus if likeness < 1 else 0)
    score += _EXACT_WIDTH if not offer.shortage else 0.0
    score += _HEADER * header_likeness(part, found.header)
    score += _GROUP if any(group in label for group in row.groups if group for label in offer.labels) else 0.0
    return Pair(row, found, offer, likeness, score)


@lru_cache(maxsize=200_000)
def label_likeness(names: tuple[str, ...], labels: tuple[str, ...]) -> float:
    """How much one of ``labels`` is one of ``names``: 1 for equal, less for an ending or a misprint, 0 for neither."""
    if any(label in names for label in labels):
        return 1.0
    if any(_abbreviates(label, name) for label in labels if "." in label for name in names):
        return _ABBREVIATED
    ending = any(label.endswith(name) for name in names if len(name) >= _SHORTEST_ENDING for label in labels)
    near = max((fuzz.ratio(name, label) / 100 for name in names for label in labels if _may_be_near(name, label)), default=0.0)
    return max(_ENDING if ending else 0.0, near * _NEAR_WEIGHT if near >= NEAR else 0.0)


@lru_cache(maxsize=100_000)
def _abbreviates(label: str, name: str) -> bool:
    """Whether a label with abbreviations ("esclusepens.suppl.") is a name written out, or ends with it."""
    pattern = re.escape(label).replace(r"\.", "[a-z]*")
    return re.fullmatch(pattern, name) is not None


def _may_be_near(name: str, label: str) -> bool:
    """Years and classes of ages are never nearly another."""
    return bool(label) and min(len(name), len(label)) > 2 * sum(character.isdigit() for character in name)


@lru_cache(maxsize=100_000)
def _overlap(wanted: frozenset[str], there: frozenset[str]) -> float:
    return len(wanted & there) / len(wanted) if wanted else 0.0


def header_likeness(part: ExpectedPart, header: HeaderBlock) -> float:
    """How much what stands over a row is what should: 1 at best, below 0 where the years are others."""
    if not header.words:
        return 0.0
    words = (_overlap(part.words, header.words) + _overlap(part.title_words, header.words)) / 2
    years = part.years or ((part.single_year,) if part.single_year else ())
    if not header.years or not years:
        return words / 2
    if header.years == years:
        return 0.5 + words / 2
    shared = set(years) & set(header.years)
    return words / 2 + (0.2 if shared else -0.5)

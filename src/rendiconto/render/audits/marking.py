"""A paragraph cut at the ends of what is marked in it, so that marks that overlap or nest never make elements that do.

Each stretch of the text stands in one mark at most. Every mark has one link: it is the stretch where the mark ends (or, where
two end together, the place after it) with its badge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rendiconto.document.claims import Passage, Verdict


class Look(StrEnum):
    """How a stretch looks; where several marks lie on it the first of these wins."""

    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not-checkable"
    SUPPORTED = "supported"
    UNREAD = "unread"
    PLAIN = ""

    @classmethod
    def of(cls, verdict: Verdict) -> "Look":
        """The look of a verdict."""
        return cls(str(verdict))


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked: offsets in the text, look, and its number among those of its kind, from 1."""

    start: int
    end: int
    look: Look
    number: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a paragraph; ``link`` is the mark whose link it is, ``badges`` the further marks that end with it."""

    text: str
    look: Look
    link: Mark | None
    badges: tuple[Mark, ...]


def cut_passage(passage: Passage, marks: Sequence[Mark]) -> tuple[Stretch, ...]:
    """The stretches of a passage: their texts together are its text. Marks are cut to the passage."""
    size = len(passage.text)
    placed = [(_within(mark.start - passage.start, size), _within(mark.end - passage.start, size), mark) for mark in marks]
    placed = [(start, max(start, end), mark) for start, end, mark in placed]
    edges = sorted({0, size, *(edge for start, end, _ in placed for edge in (start, end))})
    stretches = [_point(placed, 0)]
    stretches += [_stretch(passage.text, placed, first, last) for first, last in pairwise(edges)]
    return tuple(stretch for stretch in stretches if stretch.text or stretch.badges)


_Placed = tuple[int, int, Mark]


def _within(offset: int, size: int) -> int:
    return min(max(offset, 0), size)


def _point(placed: Sequence[_Placed], at: int) -> Stretch:
    """No text: the marks that are but a point there."""
    return Stretch("", Look.PLAIN, None, tuple(mark for start, end, mark in placed if start == end == at))


def _stretch(text: str, placed: Sequence[_Placed], first: int, last: int) -> Stretch:
    over = [mark for start, end, mark in placed if start <= first and last <= end]
    ending = sorted((mark for _, end, mark in placed if end == last), key=lambda mark: mark.number)
    link = next((mark for mark in sorted(ending, key=lambda mark: -mark.start) if mark in over), None)
    looks = {mark.look for mark in over}
    look = next((look for look in Look if look in looks), Look.PLAIN)
    return Stretch(text[first:last], look, link, tuple(mark for mark in ending if mark is not link))

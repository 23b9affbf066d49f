"""Where in a text an offset stands: its passage, line, column and page."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rendiconto.document.claims import Passage


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text; ``passage`` counts from 0, the others from 1. Columns are characters."""

    passage: int
    page: int
    line: int
    column: int


class Places:
    """Looks up offsets in the passages of one text."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._order = sorted(range(len(passages)), key=lambda at: passages[at].start)
        self._starts = [passages[at].start for at in self._order]
        self.has_pages = any(passage.page > 1 for passage in passages)

    def spot(self, offset: int) -> Spot | None:
        """The place of an offset; None if it is in no passage (the end of a passage is in it)."""
        found = bisect_right(self._starts, offset) - 1
        if found < 0:
            return None
        at = self._order[found]
        passage = self._passages[at]
        before = passage.text[: offset - passage.start]
        if offset > passage.start + len(passage.text):
            return None
        column = len(before) - (before.rfind("\n") + 1) + 1
        return Spot(at, passage.page + before.count("\f"), passage.line + before.count("\n"), column)

    def text(self, start: int, end: int) -> str:
        """What stands between two offsets of one passage; empty if the first is in none."""
        spot = self.spot(start)
        if spot is None:
            return ""
        passage = self._passages[spot.passage]
        return passage.text[start - passage.start : max(end - passage.start, 0)]

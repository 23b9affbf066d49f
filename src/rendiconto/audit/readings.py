"""What may have been meant: readings of a stretch of text, each with what it costs to think so."""

from dataclasses import dataclass

from rendiconto.check.claims import Claim, Operation

Reading = tuple[Claim, ...]
"""Claims that hold together or not at all."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading, and what it costs to take it; ``sure`` where nothing in it had to be guessed."""

    reading: Reading
    cost: float
    sure: bool = True


@dataclass(frozen=True)
class Found:
    """Something said, from one offset to another, with the ways to read it.

    ``slack``: how much dearer than the likeliest a reading may be that still bears it out; figures of many digits agree with a
    wrong cell by no chance, words of change with every second one.
    """

    start: int
    end: int
    readings: tuple[Weighed, ...]
    operation: Operation
    slack: float = 0.0
    reason: str = ""

"""What an engine gives back: what it counted at each key, and what it could not place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from rendiconto.observations.microdata.plan import AggregationPlan

EXAMPLES = 5
"""How many of the values that were refused are shown."""
UNKNOWN = "?"
"""The code of a value that no codelist has; no codelist has this one either."""


@dataclass(frozen=True)
class MicroSource:
    """The Parquet files of a table."""

    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """What stands at a key.

    ``rows``; ``valued`` of them with a value of the measure; ``amount``, the sum of those, or how many different ones;
    ``synthetic``, whether any row was made up.
    """

    rows: int
    valued: int
    amount: Decimal
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows whose column holds what no code stands for: how many, and the commonest values with their years and rows."""

    rows: int
    examples: tuple[tuple[str | None, int, int], ...]


@dataclass(frozen=True)
class Tally:
    """Counts by year and codes, and all that was left out of them.

    ``rows`` is how many there are, ``without_key`` how many have none; ``blank`` are, by column, the rows with nothing where it
    is decided whether and when they count; ``other_years`` are of years not asked for; ``repeated`` have the key of another
    row, ``repeated_keys`` are some of those keys; ``refused`` are by dimension.
    """

    counts: Mapping[tuple[int, tuple[str, ...]], Count]
    rows: int
    without_key: int = 0
    blank: Mapping[str, int] = field(default_factory=dict)
    other_years: int = 0
    repeated: int = 0
    repeated_keys: tuple[str, ...] = ()
    refused: Mapping[str, Refused] = field(default_factory=dict)


class Engine(Protocol):
    """Counts microdata. Two engines give equal tallies of the same rows."""

    def tally(self, plan: AggregationPlan, source: MicroSource) -> Tally:
        """Count what the plan asks for, in every total of it."""

    def close(self) -> None:
        """Let go of memory, files, connections."""

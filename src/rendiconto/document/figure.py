"""Figures: charts as resolved data, before any drawing."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rendiconto.document.values import Status


class FigureKind(StrEnum):
    """The closed vocabulary of charts."""

    LINE = "line"  # x is a period; one line per series
    BAR = "bar"  # horizontal bars, one per x, grouped by series when there are several
    COLUMN = "column"  # vertical bars over periods or few categories, grouped by series
    STACKED = "stacked"  # horizontal bars whose series are parts of a whole
    DOT = "dot"  # dots per series on one line per x: comparisons whose zero is far away
    PYRAMID = "pyramid"  # two series back to back over ordered classes


@dataclass(frozen=True, slots=True)
class Point:
    """One drawn value. ``ref`` is the address of the cell it shows; None when computed for the chart (an index)."""

    x: str
    series: str
    value: Decimal | None
    status: Status
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with everything it says.

    ``x_labels`` and ``series_labels`` give the order; there is at most one point for each pair. ``alt`` is the
    text alternative and states figures; ``part`` is the table's part whose cells it draws; ``emphasis`` names the
    series (or x) of the report's own territory.
    """

    id: str
    kind: FigureKind
    title: str
    alt: str
    x_title: str
    unit: str
    decimals: int
    x_labels: tuple[str, ...]
    series_labels: tuple[str, ...]
    points: tuple[Point, ...]
    emphasis: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()
    part: int = 0

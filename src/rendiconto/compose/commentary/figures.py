"""The figures that commentary speaks of: a topic's own over the years, and the same elsewhere. Only numbers, never a status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Topic
from rendiconto.catalogue.gridplan import Codes, complete_key
from rendiconto.check.citing import printed_figure
from rendiconto.check.claims import Cell
from rendiconto.check.evidence import key_address
from rendiconto.document.values import Status
from rendiconto.observations import Resolver
from rendiconto.territory import Gazetteer, Territory


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at its printed decimals, with its year and the cell that it stands in."""

    year: int
    value: Decimal
    cell: Cell


@dataclass(frozen=True)
class Figures:
    """Answers for one report. ``printed`` says where each key is printed."""

    catalogue: Catalogue
    resolver: Resolver
    territory: Territory
    printed: Mapping[tuple[str, Codes], str]
    _series: dict[tuple[str, tuple[tuple[str, str], ...], str], tuple[Point, ...]] = field(default_factory=dict)

    def address(self, cell: tuple[str, Codes]) -> str:
        """Where a key is printed in the report; the key itself where it is not."""
        return self.printed.get(cell) or key_address(cell)

    @cached_property
    def others(self) -> tuple[Territory, ...]:
        """The region and the country, as far as they are not the territory itself."""
        found = Gazetteer.load().resolve(("region", "italy"), self.territory, self.catalogue.year)
        return tuple(place for _, place in found if place.code != self.territory.code)

    @cached_property
    def sisters(self) -> tuple[Territory, ...]:
        """The provinces of the territory's region (the regions, for Italy), the territory aside."""
        units = Gazetteer.load().provinces_of(self.territory, self.catalogue.year)
        return tuple(unit for unit in units if unit.code != self.territory.code)

    def point(self, topic: Topic, year: int, place: str | None = None, **codes: str) -> Point | None:
        """A topic's figure of a year and place, at other codes if given; None where there is no number."""
        cell = self.cell(topic, year, place, **codes)
        value, status = printed_figure(self.resolver, *cell)
        return Point(year, value, cell) if value is not None and status is Status.NORMAL else None

    def is_none(self, topic: Topic, year: int) -> bool:
        """Whether there is nothing of a topic: a nought, or the sign that the phenomenon is not there."""
        value, status = printed_figure(self.resolver, *self.cell(topic, year))
        return status is Status.NIL or (status is Status.NORMAL and value == 0)

    def cell(self, topic: Topic, year: int, place: str | None = None, **codes: str) -> Cell:
        """Where a topic's figure of a year and place stands, at other codes if given."""
        fixed = {**topic.fix, **codes, TERRITORY: place or self.territory.code, PERIOD: str(year)}
        return topic.cube, complete_key(topic.cube, fixed, self.territory.code, self.catalogue.year)

    def series(self, topic: Topic, place: str | None = None, **codes: str) -> tuple[Point, ...]:
        """A topic's figures, oldest first."""
        at = (topic.cube.name, tuple(sorted({**topic.fix, **codes}.items())), place or self.territory.code)
        if at not in self._series:
            points = (self.point(topic, year, place, **codes) for year in self.catalogue.years)
            self._series[at] = tuple(point for point in points if point is not None)
        return self._series[at]

    def has_gaps(self, topic: Topic) -> bool:
        """Whether something is known, but no number, of a year within the series (it is confidential, say)."""
        series = self.series(topic)
        within = range(series[0].year, series[-1].year) if series else ()
        there = {point.year for point in series}
        missing = (self.resolver.resolve(*self.cell(topic, year)).status for year in within if year not in there)
        return any(status is not Status.MISSING for status in missing)

    def current(self, topic: Topic) -> tuple[Point, ...]:
        """The series if it reaches the year that this edition expects of the cube; else nothing is to be told."""
        series = self.series(topic)
        return series if series and series[-1].year == self.catalogue.year + topic.cube.offset else ()

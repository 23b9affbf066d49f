"""The Atlas: what the site of all territories shows, resolved. Renderers are pure functions of it, as of a Document.

It holds every indicator for every territory, and of each report only what a site of many needs: its *profile*.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.document.grid import Note
from rendiconto.document.report import CubeData, Document, KeyFigure, Section
from rendiconto.document.values import Status
from rendiconto.italian.numbers import format_number

Reading = Decimal | Status
"""A figure at its printed decimals, or why there is none."""
Ring = tuple[tuple[int, int], ...]
"""A closed outline, whose first point is not said again."""


@dataclass(frozen=True, slots=True)
class AtlasPlace:
    """A territory of the atlas: Istat code, address, names, and its outline in the atlas's box.

    Valle d'Aosta is of both levels. ``region`` is the code of its region, a region's own, None for Italy; ``spellings`` are
    other names that people look for.
    """

    code: str
    slug: str
    name: str
    title: str
    region: str | None
    is_region: bool
    is_province: bool
    spellings: tuple[str, ...]
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A cube at fixed codes: one figure for every territory and year.

    ``id`` is its address ("popolazione-f-0-14"), stable while cube and codes are. ``subtitle`` names the codes that are no
    totals, empty for the cube as a whole, which is its ``headline``. ``intensive``: a mean or a rate, for which a map is
    coloured; else a count or an amount, for which it has circles. ``estimate``: from a sample, with no error delivered.
    ``readings`` are by territory code, in the order of ``periods``, the latest last.
    """

    id: str
    title: str
    subtitle: str
    cube: str
    headline: bool
    unit: str
    decimals: int
    intensive: bool
    estimate: bool
    perimeter: str
    sources: tuple[str, ...]
    formula: str | None
    chapter: int
    tables: tuple[str, ...]
    periods: tuple[str, ...]
    readings: Mapping[str, tuple[Reading, ...]]

    @property
    def name(self) -> str:
        """Title and subtitle: "Popolazione residente – Femmine, 0-14 anni"."""
        return f"{self.title} – {self.subtitle}" if self.subtitle else self.title

    @property
    def period(self) -> str:
        """The latest year."""
        return self.periods[-1]

    def reading(self, code: str) -> Reading:
        """The latest year's figure of a territory."""
        return self.readings[code][-1] if code in self.readings else Status.MISSING

    def text(self, reading: Reading) -> str:
        """The printed form of a figure of this indicator."""
        return reading.symbol if isinstance(reading, Status) else format_number(reading, self.decimals)

    def number(self, code: str) -> Decimal | None:
        """The latest year's number of a territory, None where there is none."""
        reading = self.reading(code)
        return None if isinstance(reading, Status) else reading


@dataclass(frozen=True, slots=True)
class AtlasChapter:
    """One of the chapters, with its indicators in the order of the report."""

    number: int
    slug: str
    title: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Of one report what a site of many shows: key figures, and by chapter the sentence that tells most."""

    territory: str
    key_figures: tuple[KeyFigure, ...]
    sentences: Mapping[int, str]

    @classmethod
    def of(cls, document: Document) -> "Profile":
        """The profile of a report."""
        chapters = {table.number: chapter.number for chapter in document.chapters for table in chapter.tables}
        sentences: dict[int, str] = {}
        for sentence in document.highlights:
            chapter = next((chapters[number] for number in sentence.tables if number in chapters), None)
            if chapter is not None:
                sentences.setdefault(chapter, sentence.text)
        return cls(document.territory.code, document.key_figures, sentences)


@dataclass(frozen=True, slots=True)
class Atlas:
    """All that the site of all territories shows; the first words are those of a Document.

    ``featured`` are the ids of the indicators that are key figures of the reports. ``places`` are Italy, the regions, the
    provinces, by code, then areas; ``profiles`` are by territory code, for those that have a report. ``width`` and ``height``
    are the box of the outlines, ``borders`` says where these come from.
    """

    title: str
    subtitle: str
    edition: int
    language: str
    issued: str
    data_version: str
    data_sha256: str
    as_published: bool
    synthetic: bool
    places: tuple[AtlasPlace, ...]
    chapters: tuple[AtlasChapter, ...]
    featured: tuple[str, ...]
    profiles: Mapping[str, Profile]
    cubes: tuple[CubeData, ...]
    method: tuple[Section, ...]
    sources: tuple[Note, ...]
    glossary: tuple[Note, ...]
    colophon: tuple[Section, ...]
    licence: tuple[Section, ...]
    width: int
    height: int
    borders: str

    @property
    def country(self) -> AtlasPlace:
        """Italy."""
        return next(place for place in self.places if place.region is None)

    @property
    def regions(self) -> tuple[AtlasPlace, ...]:
        """The regions, by code."""
        return tuple(place for place in self.places if place.is_region)

    @property
    def provinces(self) -> tuple[AtlasPlace, ...]:
        """The units of the level of provinces, by code."""
        return tuple(place for place in self.places if place.is_province)

    @property
    def areas(self) -> tuple[AtlasPlace, ...]:
        """Territories that are no province and no region: several provinces, or a part of one."""
        return tuple(place for place in self.places if not (place.is_region or place.is_province or place.region is None))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order of the report."""
        return tuple(indicator for chapter in self.chapters for indicator in chapter.indicators)

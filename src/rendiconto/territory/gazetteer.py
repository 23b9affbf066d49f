"""The gazetteer: finds territories by any of their names, and says who belongs to whom in a year."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, Self

from rendiconto.errors import Place, RendicontoError, UnknownName, nearest_names
from rendiconto.italian.sorting import fold_words, italian_sort_key
from rendiconto.territory.listing import read_succession, read_territories
from rendiconto.territory.territory import Kind, Succession, Territory

FIRST_YEAR: Final = 1995
"""The first year that the data answer for."""

SELECTORS: Final[Mapping[str, str]] = {
    "self": "the territory of the report",
    "region": "its region; a region's or Italy's own self",
    "italy": "Italy",
    "provinces": "the provinces of its region, by name, after an area that is none of them; for Italy, the regions",
}
"""The ways to name territories by their role in a report, each with what it stands for."""


class NotInForce(UnknownName):
    """A territory that exists, but not in the year asked for."""

    def __init__(self, name: str, year: int, namesakes: Sequence[Territory], heirs: Sequence[Territory] = ()) -> None:
        super().__init__("territory", name)
        years = ", ".join(territory.validity for territory in namesakes)
        self.year = year
        self.what = f"{namesakes[0].name} is not a territory of {year}"
        self.todo = f"Statistics have it in other years: {years}."
        if heirs:
            self.todo += f" In {year} its area is of {', '.join(heir.slug for heir in heirs)}."


_NAMED: list[tuple[Territory, ...]] = []
"""The areas of the workspace that this process works in, if any."""


class Gazetteer:
    """Territories of all years; nothing of it changes. ``Gazetteer.load()`` gives Italy's, read once."""

    __slots__ = ("_by_code", "_by_spelling", "_by_year", "_succession", "_territories")

    def __init__(self, territories: Iterable[Territory], succession: Iterable[Succession] = ()) -> None:
        self._territories = tuple(territories)
        self._succession = tuple(sorted(succession, key=lambda change: change.year))
        self._by_code = {code: territory for territory in self._territories for code in territory.codes}
        spelled: dict[str, dict[str, Territory]] = {}
        for territory in self._territories:
            for spelling in territory.spellings:
                spelled.setdefault(_fold(spelling), {})[territory.code] = territory
        self._by_year: dict[int, tuple[Territory, ...]] = {}
        self._by_spelling = {name: tuple(namesakes.values()) for name, namesakes in spelled.items()}

    @classmethod
    def load(cls) -> Self:
        """Italy's gazetteer, the same object each time; with the areas that a workspace names, once it has been read."""
        return cls._with_areas(_NAMED[-1]) if _NAMED else cls._with_areas(())

    @classmethod
    @cache
    def _with_areas(cls, areas: tuple[Territory, ...]) -> Self:
        return cls((*read_territories(), *areas), read_succession())

    @classmethod
    def name_areas(cls, areas: Iterable[Territory]) -> None:
        """Let this process know the areas of the workspace that it works in, in place of those of another."""
        _NAMED[:] = [tuple(areas)]

    def country(self) -> Territory:
        """Italy."""
        return next(territory for territory in self._territories if territory.kind is Kind.COUNTRY)

    def all(self, year: int) -> tuple[Territory, ...]:
        """Every territory of a year, each once: Italy, the regions, the provinces, by code; then named areas."""
        if year < FIRST_YEAR:
            raise RendicontoError(f"the territories of {year} are not known", todo=f"Ask for {FIRST_YEAR} or later.")
        if year not in self._by_year:
            valid = (territory for territory in self._territories if territory.is_valid(year))
            self._by_year[year] = tuple(valid)
        return self._by_year[year]

    def regions(self, year: int) -> tuple[Territory, ...]:
        """The twenty regions, by code."""
        return tuple(territory for territory in self.all(year) if territory.is_region)

    def provinces(self, year: int) -> tuple[Territory, ...]:
        """Every unit of the level of provinces, by historical code; Valle d'Aosta (``007``) among them."""
        found = [territory for territory in self.all(year) if territory.is_province]
        return tuple(sorted(found, key=_province_code))

    def areas(self, year: int) -> tuple[Territory, ...]:
        """The areas that a workspace names, as it has them."""
        return tuple(territory for territory in self.all(year) if territory.kind is Kind.AREA)

    def find(self, text: str, year: int) -> Territory:
        """The territory of ``year`` that ``text`` names: slug, name, alias, title, code or plate.

        Raises ``NotInForce`` for one of other years, ``UnknownName`` with the nearest slugs for none.
        """
        found = self.named(text, year)
        if found is not None:
            return found
        namesakes = self._by_spelling.get(_fold(text), ())
        if namesakes:
            raise NotInForce(text, year, namesakes, self._heirs(namesakes, year))
        raise UnknownName("territory", text, self._near(text, year))

    def named(self, text: str, year: int) -> Territory | None:
        """As ``find``, but None where the text names no territory of the year."""
        namesakes = self._by_spelling.get(_fold(text), ())
        return next((territory for territory in namesakes if territory.is_valid(year)), None)

    def by_code(self, code: str, where: Place | str | None = None) -> Territory:
        """The territory with this Istat code, own or alternate, in whatever year: ``045``, ``248``, ``09``.

        Its ``code`` is the one to store (``007`` gives ``02``). Codes are texts: ``45`` is unknown.
        """
        territory = self._by_code.get(code)
        if territory is None:
            padded = [code.zfill(length) for length in (2, 3) if code.zfill(length) in self._by_code]
            raise UnknownName("territory code", code, padded or nearest_names(code, self._by_code), where)
        return territory

    def region_of(self, territory: Territory, year: int) -> Territory:
        """Its region; a region and Italy are their own."""
        self._require(territory, year)
        return territory if territory.region is None else self._by_code[territory.region]

    def provinces_of(self, territory: Territory, year: int) -> tuple[Territory, ...]:
        """What the territory's region is made of, by Italian name: provinces; for Italy, the regions."""
        region = self.region_of(territory, year)
        if region.kind is Kind.COUNTRY:
            found = self.regions(year)
        else:
            found = tuple(province for province in self.provinces(year) if province.region == region.code)
        return tuple(sorted(found, key=lambda unit: italian_sort_key(unit.name)))

    def resolve(self, selectors: Sequence[str], self_territory: Territory, year: int) -> tuple[tuple[str, Territory], ...]:
        """What each selector stands for, in their order; a territory comes once, under the first."""
        found: dict[str, tuple[str, Territory]] = {}
        for selector in selectors:
            for territory in self._select(selector, self_territory, year):
                found.setdefault(territory.code, (selector, territory))
        return tuple(found.values())

    def heirs_of(self, territory: Territory, year: int) -> tuple[Territory, ...]:
        """The units of ``year`` that have all or some of a province's area, by code; itself while it is in force.

        From codes and borders as they followed each other (``succession.csv``); back in time as well as forward.
        """
        if territory.is_valid(year):
            return (territory,)
        forward = territory.valid_to is not None and territory.valid_to < year
        reached = {territory.code}
        for change in self._succession if forward else reversed(self._succession):
            passed = (
                (territory.valid_to or 0) < change.year <= year
                if forward
                else year < change.year <= (territory.valid_from or 0)
            )
            source, target = (change.before, change.after) if forward else (change.after, change.before)
            if passed and source in reached:
                reached.add(target)
        found = (self._by_code[code] for code in sorted(reached))
        return tuple(unit for unit in found if unit.is_valid(year))

    def sum_hierarchy(self, year: int) -> Mapping[str, tuple[str, ...]]:
        """Which codes a code is the sum of: Italy of its regions, a region or a named area of its provinces.

        Valle d'Aosta, its own only province, is a leaf and has no entry.
        """
        provinces: dict[str | None, list[str]] = {}
        for unit in self.provinces(year):
            provinces.setdefault(unit.region, []).append(unit.code)
        regions = tuple(region.code for region in self.regions(year))
        parts = {region: tuple(provinces[region]) for region in regions if provinces[region] != [region]}
        areas = {area.code: area.parts for area in self.areas(year) if len(area.parts) > 1}
        return {self.country().code: regions, **parts, **areas}

    def _select(self, selector: str, self_territory: Territory, year: int) -> tuple[Territory, ...]:
        if selector == "self":
            self._require(self_territory, year)
            return (self_territory,)
        if selector == "region":
            return (self.region_of(self_territory, year),)
        if selector == "italy":
            return (self.country(),)
        if selector == "provinces":
            own = (self_territory,) if self_territory.kind is Kind.AREA else ()
            return (*own, *self.provinces_of(self_territory, year))
        raise UnknownName("territory selector", selector, nearest_names(selector, SELECTORS))

    def _require(self, territory: Territory, year: int) -> None:
        """Refuse a territory that the year does not have."""
        if territory not in self.all(year):
            namesakes = self._by_spelling.get(_fold(territory.slug), (territory,))
            raise NotInForce(territory.name, year, namesakes, self._heirs(namesakes, year))

    def _heirs(self, namesakes: Sequence[Territory], year: int) -> tuple[Territory, ...]:
        heirs = [heir for territory in namesakes for heir in self.heirs_of(territory, year)]
        return tuple(dict.fromkeys(heirs))

    def _near(self, text: str, year: int) -> tuple[str, ...]:
        """The slugs most like a text, by any of the names that go with them."""
        slugs = {name: unit.slug for unit in self.all(year) for name in (unit.slug, unit.name, *unit.aliases)}
        near = [slugs[name] for name in nearest_names(text, slugs, limit=6)]
        return tuple(dict.fromkeys(near))[:3]


def _fold(text: str) -> str:
    """A spelling without what spellings differ in: capitals, accents, blanks, hyphens, apostrophes."""
    return fold_words(text).replace(" ", "")


def _province_code(territory: Territory) -> str:
    """The historical code of three digits: ``007`` of ``02``, the lower of ``048`` and ``248``."""
    return min(code for code in territory.codes if len(code) == 3)

"""The Atlas composed: every indicator that any report prints, for every territory, beside the profiles of the reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes, complete_key, plan_table
from rendiconto.compose.cubes import compose_cube, formula_sentence
from rendiconto.compose.grids import legend_notes, source_lines
from rendiconto.compose.report import sections_of
from rendiconto.document.atlas import Atlas, AtlasChapter, AtlasPlace, Indicator, Profile, Reading, Ring
from rendiconto.document.grid import Note
from rendiconto.document.report import CubeData
from rendiconto.document.values import SYNTHETIC_NOTICE, Origin, Status
from rendiconto.italian.numbers import round_half_away
from rendiconto.italian.sorting import fold_words
from rendiconto.observations import Resolver
from rendiconto.territory import Gazetteer, Territory
from rendiconto.territory.shapes import Outlines, outlines


@dataclass(frozen=True, slots=True)
class _Slice:
    """A cube at fixed codes, as tables print it: its own codes without territory and year; the years; the tables' numbers."""

    cube: Cube
    codes: Codes
    chapter: int
    years: frozenset[str]
    tables: tuple[str, ...]


def compose_atlas(catalogue: Catalogue, resolver: Resolver, profiles: Mapping[str, Profile]) -> Atlas:
    """The atlas of an edition; ``profiles``, by territory code, are of the reports that stand beside it."""
    territories = Gazetteer.load().all(catalogue.year)
    found = [(part, _indicator(catalogue, resolver, part, territories)) for part in _slices(catalogue)]
    with_figures = [(part, indicator) for part, indicator in found if _has_numbers(indicator)]
    cubes = tuple(_cubes(catalogue, resolver, [part for part, _ in with_figures], territories))
    synthetic = any(observation.origin is Origin.SYNTHETIC for cube in cubes for observation in cube.observations)
    edition, store = catalogue.edition, resolver.store
    title = f"{edition.title} {edition.edition}"
    drawn = outlines(catalogue.year)
    return Atlas(
        title=f"{title} – {SYNTHETIC_NOTICE}" if synthetic else title,
        subtitle="Italia, regioni e province",
        edition=edition.edition,
        language="it",
        issued=store.date,
        data_version=store.version,
        data_sha256=store.sha256,
        as_published=resolver.as_published,
        synthetic=synthetic,
        places=tuple(_place(territory, _rings(drawn, territory)) for territory in territories),
        chapters=tuple(_chapters(catalogue, _headed([indicator for _, indicator in with_figures]))),
        featured=tuple(_featured(catalogue)),
        profiles=profiles,
        cubes=cubes,
        method=sections_of(edition.method),
        sources=tuple(Note(source.office, source.label) for source in catalogue.sources.values()),
        glossary=legend_notes(catalogue.glossary),
        colophon=sections_of(edition.colophon),
        licence=sections_of(edition.licence),
        width=drawn.width,
        height=drawn.height,
        borders=drawn.source,
    )


def _rings(drawn: Outlines, territory: Territory) -> tuple[Ring, ...]:
    """The outline of a territory; of a named area, those of its provinces."""
    return tuple(ring for code in (territory.code, *territory.parts) for ring in drawn.rings.get(code, ()))


def _place(territory: Territory, rings: tuple[Ring, ...]) -> AtlasPlace:
    return AtlasPlace(
        code=territory.code,
        slug=territory.slug,
        name=territory.name,
        title=territory.title,
        region=territory.region,
        is_region=territory.is_region,
        is_province=territory.is_province,
        spellings=(*territory.aliases, *((territory.plate,) if territory.plate else ())),
        rings=rings,
    )


def _headed(indicators: Sequence[Indicator]) -> list[Indicator]:
    """One headline a cube: its total; what the report prints first where there is none, or where it is the same everywhere."""
    chosen: dict[str, tuple[int, str]] = {}
    for indicator in indicators:
        rank = 0 if indicator.headline and _tells(indicator) else 1 if _tells(indicator) else 2
        if indicator.cube not in chosen or rank < chosen[indicator.cube][0]:
            chosen[indicator.cube] = (rank, indicator.id)
    return [replace(i, headline=chosen[i.cube][1] == i.id) for i in indicators]


def _tells(indicator: Indicator) -> bool:
    """Whether it tells territories apart: a total of shares is 100 everywhere."""
    return len({reading for readings in indicator.readings.values() for reading in readings}) > 2


def _chapters(catalogue: Catalogue, indicators: Sequence[Indicator]) -> Iterator[AtlasChapter]:
    for chapter in catalogue.chapters:
        own = tuple(indicator for indicator in indicators if indicator.chapter == chapter.number)
        yield AtlasChapter(chapter.number, chapter.slug, chapter.title, own)


def _slices(catalogue: Catalogue) -> list[_Slice]:
    """What the reports of a province, a region and Italy print, once each, in the order of the report."""
    years: dict[tuple[str, Codes], set[str]] = {}
    tables: dict[tuple[str, Codes], dict[str, int]] = {}
    for chapter in catalogue.chapters:
        for table in chapter.tables:
            for place in _representatives(catalogue.year):
                for plan in plan_table(catalogue, table, place):
                    for cell in (cell for line in plan.cells for cell in line):
                        at = (cell.cube.name, _own_codes(cell.cube, cell.codes))
                        years.setdefault(at, set()).add(dict(cell.key)[PERIOD])
                        tables.setdefault(at, {}).setdefault(table.number, chapter.number)
    return [
        _Slice(catalogue.cubes[at[0]], at[1], next(iter(numbers.values())), frozenset(years[at]), tuple(numbers))
        for at, numbers in tables.items()
    ]


def _representatives(year: int) -> Iterator[Territory]:
    """A province with a region above it, a region with provinces below it, and Italy: their tables are every report's."""
    gazetteer = Gazetteer.load()
    province = next(unit for unit in gazetteer.provinces(year) if not unit.is_region)
    yield from (province, gazetteer.region_of(province, year), gazetteer.country())


def _own_codes(cube: Cube, codes: Codes) -> Codes:
    named = zip(cube.dimension_names, codes, strict=True)
    return tuple(code for name, code in named if name not in (TERRITORY, PERIOD))


def _key(cube: Cube, own: Codes, territory: str, year: str) -> Codes:
    """A full key from a slice's codes."""
    rest = iter(own)
    fixed = {TERRITORY: territory, PERIOD: year}
    return tuple(fixed[name] if name in fixed else next(rest) for name in cube.dimension_names)


def _indicator(catalogue: Catalogue, resolver: Resolver, part: _Slice, territories: Sequence[Territory]) -> Indicator:
    cube, periods = part.cube, tuple(sorted(part.years))
    unit, decimals = cube.unit_at(_key(cube, part.codes, territories[0].code, periods[-1]))
    labels, total = _labels(cube, part.codes)
    readings = {
        territory.code: tuple(
            _reading(resolver, cube, _key(cube, part.codes, territory.code, year), decimals) for year in periods
        )
        for territory in territories
    }
    return Indicator(
        id=_address(cube.name, part.codes, total),
        title=cube.title,
        subtitle=", ".join(labels),
        cube=cube.name,
        headline=total,
        unit=catalogue.units[unit].label,
        decimals=decimals,
        intensive=catalogue.units[unit].intensive,
        estimate=cube.estimate is not None,
        perimeter=cube.perimeter,
        sources=source_lines(catalogue, (cube,)),
        formula=formula_sentence(catalogue, cube),
        chapter=part.chapter,
        tables=tuple(catalogue.tables[number].label for number in part.tables),
        periods=periods,
        readings=readings,
    )


def _labels(cube: Cube, own: Codes) -> tuple[list[str], bool]:
    """The labels of the codes that are no totals; and whether there are none."""
    coded = [dimension.codelist for dimension in cube.dimensions if dimension.codelist is not None]
    named = [
        cube.labels.get(code, codelist.codes[code].label)
        for codelist, code in zip(coded, own, strict=True)
        if code != codelist.total
    ]
    return named, not named


def _address(cube: str, own: Codes, total: bool) -> str:
    """``popolazione``, ``popolazione-f-65piu``."""
    parts = [] if total else [fold_words(code.replace("+", "piu")).replace(" ", "-") for code in own]
    return "-".join((cube.replace("_", "-"), *parts))


def _featured(catalogue: Catalogue) -> Iterator[str]:
    """The addresses of the key figures."""
    country = Gazetteer.load().country().code
    for model in catalogue.edition.key_figures:
        cube = catalogue.cube(model.cube)
        own = _own_codes(cube, complete_key(cube, model.fix, country, catalogue.year))
        yield _address(cube.name, own, _labels(cube, own)[1])


def _reading(resolver: Resolver, cube: Cube, codes: Codes, decimals: int) -> Reading:
    resolved = resolver.resolve(cube, codes)
    if resolved.status is not Status.NORMAL or resolved.value is None:
        return resolved.status
    return round_half_away(resolved.value, decimals)


def _has_numbers(indicator: Indicator) -> bool:
    return any(not isinstance(reading, Status) for readings in indicator.readings.values() for reading in readings)


def _cubes(
    catalogue: Catalogue, resolver: Resolver, parts: Sequence[_Slice], territories: Sequence[Territory]
) -> Iterator[CubeData]:
    """Every cube that is shown, whole: what the reports print of it, and whatever else was delivered."""
    valid = {territory.code for territory in territories}
    by_cube: dict[str, list[_Slice]] = {}
    for part in parts:
        by_cube.setdefault(part.cube.name, []).append(part)
    for name in sorted(by_cube):
        cube = catalogue.cubes[name]
        keys = {codes for codes in resolver.store.cubes.get(name, {}) if codes[0] in valid}
        for part in by_cube[name]:
            keys.update(_key(cube, part.codes, code, year) for code in valid for year in part.years)
        tables = tuple(dict.fromkeys(number for part in by_cube[name] for number in part.tables))
        yield compose_cube(catalogue, resolver, cube, sorted(keys), tables)

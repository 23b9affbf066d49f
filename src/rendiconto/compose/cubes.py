"""The cubes that a report uses, whole enough to be published as open data beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rendiconto.catalogue.declarations import TERRITORY, Catalogue, Cube, Dimension
from rendiconto.catalogue.gridplan import Codes, GridPlan
from rendiconto.compose.grids import source_lines, unit_title
from rendiconto.document.report import CodeLabel, CubeData, DimensionData, Document, Observation
from rendiconto.document.values import Origin
from rendiconto.italian.numbers import round_half_away
from rendiconto.observations import Resolver
from rendiconto.territory import SELECTORS, Gazetteer, Territory


def compose_cubes(
    catalogue: Catalogue, resolver: Resolver, territory: Territory, plans: Sequence[GridPlan]
) -> tuple[CubeData, ...]:
    """Every cube with a figure for the report's territories, by name."""
    printed: dict[str, dict[Codes, None]] = {}
    tables: dict[str, dict[str, None]] = {}
    for plan in plans:
        for line in plan.cells:
            for cell in line:
                printed.setdefault(cell.cube.name, {})[cell.codes] = None
                tables.setdefault(cell.cube.name, {})[plan.table.number] = None
    shown = _territories(catalogue, territory)
    cubes = []
    for name in sorted(catalogue.cubes):
        cube = catalogue.cubes[name]
        delivered = [codes for codes in resolver.store.cubes.get(name, {}) if codes[0] in shown]
        keys = sorted({*printed.get(name, {}), *delivered})
        observations = tuple(_observations(resolver, cube, keys))
        if observations:
            cubes.append(_cube(catalogue, cube, observations, tuple(tables.get(name, {})), keys))
    return tuple(cubes)


def with_cited_cubes(document: Document, catalogue: Catalogue, resolver: Resolver) -> Document:
    """The Document with every figure that its sentences rest on among its cubes, those too that no table prints."""
    cubes = {cube.name: cube for cube in document.cubes}
    for name, cited in _cited(document, catalogue).items():
        present = {_codes(observation) for observation in cubes[name].observations} if name in cubes else set()
        if cited <= present:
            continue
        keys = sorted(present | cited)
        observations = tuple(_observations(resolver, catalogue.cubes[name], keys))
        tables = cubes[name].tables if name in cubes else ()
        cubes[name] = _cube(catalogue, catalogue.cubes[name], observations, tables, keys)
    return replace(document, cubes=tuple(cubes[name] for name in sorted(cubes)))


def compose_cube(
    catalogue: Catalogue, resolver: Resolver, cube: Cube, keys: Sequence[Codes], tables: tuple[str, ...]
) -> CubeData:
    """A cube at ``keys``, in their order, as far as there are figures; ``tables`` are the numbers of those that show it."""
    observations = tuple(_observations(resolver, cube, keys))
    occurring = [_codes(observation) for observation in observations]
    return _cube(catalogue, cube, observations, tables, occurring)


def _codes(observation: Observation) -> Codes:
    return tuple(code for _, code in observation.key)


def _cited(document: Document, catalogue: Catalogue) -> dict[str, set[Codes]]:
    """The keys that prose names because no cell prints them (``saldo_occupazionale/045/2024/T/T``), by cube."""
    cited: dict[str, set[Codes]] = {}
    for sentence in document.sentences:
        for item in sentence.evidence:
            name, *codes = item.cell.split("/")
            if name in catalogue.cubes:
                cited.setdefault(name, set()).add(tuple(codes))
    return cited


def _territories(catalogue: Catalogue, territory: Territory) -> frozenset[str]:
    resolved = Gazetteer.load().resolve(tuple(SELECTORS), territory, catalogue.year)
    return frozenset(place.code for _, place in resolved)


def _observations(resolver: Resolver, cube: Cube, keys: Sequence[Codes]) -> Iterator[Observation]:
    for codes in keys:
        key = tuple(zip(cube.dimension_names, codes, strict=True))
        resolved = resolver.resolve(cube, codes)
        if resolved.origin is Origin.NONE:
            continue
        decimals = cube.unit_of(dict(key))[1]
        value = None if resolved.value is None else round_half_away(resolved.value, decimals)
        yield Observation(key, value, resolved.status, resolved.origin)


def _cube(
    catalogue: Catalogue,
    cube: Cube,
    observations: tuple[Observation, ...],
    tables: tuple[str, ...],
    keys: Sequence[Codes],
) -> CubeData:
    return CubeData(
        name=cube.name,
        title=cube.title,
        unit=unit_title(catalogue, cube),
        decimals=cube.decimals,
        perimeter=cube.perimeter,
        reference=cube.reference or _reference(keys),
        sources=source_lines(catalogue, (cube,)),
        formula=formula_sentence(catalogue, cube),
        dimensions=tuple(_dimension(cube, position, keys) for position in range(len(cube.dimensions))),
        observations=observations,
        tables=tables,
        units=tuple(_units(catalogue, cube)),
    )


def _reference(keys: Sequence[Codes]) -> str:
    years = sorted({codes[1] for codes in keys})
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def formula_sentence(catalogue: Catalogue, cube: Cube) -> str | None:
    """How a derived cube is computed, in Italian."""
    if cube.formula is None:
        return None
    names = []
    for need in cube.formula.inputs():
        below = catalogue.cubes[need.cube]
        fixed = [_code_label(below.dimension(name), code) for name, code in need.fix.items()]
        title = f"«{below.title}»"
        names.append(f"{title} ({', '.join(fixed)})" if fixed else title)
    return cube.formula.sentence(names)


def _code_label(dimension: Dimension | None, code: str) -> str:
    if dimension is None or dimension.codelist is None:
        return code
    return dimension.codelist.codes[code].label.lower()


def _dimension(cube: Cube, position: int, keys: Sequence[Codes]) -> DimensionData:
    dimension = cube.dimensions[position]
    occurring = {codes[position] for codes in keys}
    if dimension.codelist is not None:
        codes = [code for code in dimension.codelist.codes if code in occurring]
        labels = [cube.labels.get(code, dimension.codelist.codes[code].label) for code in codes]
    else:
        codes = sorted(occurring)
        gazetteer = Gazetteer.load()
        labels = [gazetteer.by_code(code).row_label if dimension.name == TERRITORY else code for code in codes]
    pairs = zip(codes, labels, strict=True)
    return DimensionData(dimension.name, dimension.title, tuple(CodeLabel(code, label) for code, label in pairs))


def _units(catalogue: Catalogue, cube: Cube) -> Iterator[tuple[str, str, int]]:
    for dimension in cube.dimensions:
        if dimension.codelist is None:
            continue
        for code in dimension.codelist.codes.values():
            if code.unit is not None:
                decimals = cube.decimals if code.decimals is None else code.decimals
                yield code.code, catalogue.units[code.unit].label, decimals

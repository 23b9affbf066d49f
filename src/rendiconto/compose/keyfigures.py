"""The front page's figures: chosen in the edition, read from printed cells, compared in words."""

from collections.abc import Mapping
from decimal import Decimal

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes, complete_key
from rendiconto.catalogue.models import KeyFigureModel
from rendiconto.document.grid import Cell, Grid
from rendiconto.document.report import KeyFigure, SeriesPoint
from rendiconto.document.text import cell_text
from rendiconto.document.values import Status
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.observations import Resolver
from rendiconto.territory import Gazetteer, Territory

"""Years that a series reaches back at most."""


def compose_key_figures(
    catalogue: Catalogue, resolver: Resolver, territory: Territory, grids: Mapping[tuple[str, int], Grid]
) -> tuple[KeyFigure, ...]:
    """The key figures that have a number in this report."""
    cells: dict[tuple[str, str, Codes], Cell] = {}
    for grid in grids.values():
        for line in grid.cells:
            for cell in line:
                cells.setdefault((cell.ref.table, cell.cube, tuple(code for _, code in cell.key)), cell)
    found = []
    for model in catalogue.edition.key_figures:
        cube = catalogue.cube(model.cube)
        codes = complete_key(cube, model.fix, territory.code, catalogue.year)
        chosen = cells.get((model.table, cube.name, codes))
        if chosen is not None and chosen.status is Status.NORMAL:
            found.append(_key_figure(model, cube, codes, chosen, catalogue, resolver, territory))
    return tuple(found)


def _key_figure(
    model: KeyFigureModel,
    cube: Cube,
    codes: Codes,
    cell: Cell,
    catalogue: Catalogue,
    resolver: Resolver,
    territory: Territory,
) -> KeyFigure:
    year = dict(zip(cube.dimension_names, codes, strict=True))[PERIOD]
    context = _context(model, cube, codes, cell, catalogue, resolver, territory)
    return KeyFigure(
        label=f"{model.label}, {year}",
        value=cell_text(cell),
        unit=cell.unit if cell.unit != "numero" else "",
        context=context,
        table=model.table,
        ref=str(cell.ref),
        series=_series(cube, codes, cell, catalogue, resolver),
        references=_references(cube, codes, cell, catalogue, resolver, territory),
    )


def _context(
    model: KeyFigureModel,
    cube: Cube,
    codes: Codes,
    cell: Cell,
    catalogue: Catalogue,
    resolver: Resolver,
    territory: Territory,
) -> str:
    """``nel 2023: 8.638`` or ``Regione Toscana: 70,9``; empty when there is nothing to compare with."""
    gazetteer = Gazetteer.load()
    own = dict(zip(cube.dimension_names, codes, strict=True))
    if model.compare == "previous":
        other = {**own, PERIOD: str(int(own[PERIOD]) - 1)}
        name = f"nel {other[PERIOD]}"
    else:
        place = gazetteer.resolve((model.compare,), territory, catalogue.year)[0][1]
        if place.code == territory.code:
            return ""
        other = {**own, TERRITORY: place.code}
        name = place.row_label
    resolved = resolver.resolve(cube, tuple(other[name] for name in cube.dimension_names))
    if resolved.value is None or resolved.status is not Status.NORMAL:
        return ""
    return f"{name}: {_printed(resolved.value, cell.decimals)}"


def _series(cube: Cube, codes: Codes, cell: Cell, catalogue: Catalogue, resolver: Resolver) -> tuple[SeriesPoint, ...]:
    """The figure over the years that there are, oldest first; none for a single year."""
    at = cube.dimension_names.index(PERIOD)
    points = []
    for year in catalogue.years:
        resolved = resolver.resolve(cube, (*codes[:at], str(year), *codes[at + 1 :]))
        if resolved.value is not None and resolved.status is Status.NORMAL:
            points.append(SeriesPoint(str(year), round_half_away(resolved.value, cell.decimals)))
    return tuple(points) if len(points) > 1 else ()


def _references(
    cube: Cube, codes: Codes, cell: Cell, catalogue: Catalogue, resolver: Resolver, territory: Territory
) -> tuple[tuple[str, str], ...]:
    """The same figure of the region and of the country, where they are others and have one."""
    at = cube.dimension_names.index(TERRITORY)
    found = []
    for _, place in Gazetteer.load().resolve(("region", "italy"), territory, catalogue.year):
        resolved = resolver.resolve(cube, (*codes[:at], place.code, *codes[at + 1 :]))
        if place.code != territory.code and resolved.value is not None and resolved.status is Status.NORMAL:
            found.append((place.name, _printed(resolved.value, cell.decimals)))
    return tuple(found)


def _printed(value: Decimal, decimals: int) -> str:
    return format_number(round_half_away(value, decimals), decimals)

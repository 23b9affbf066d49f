"""Charts: a part's declared chart and its grid become a Figure with every point and a text alternative."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue
from rendiconto.catalogue.expansion import select_periods
from rendiconto.catalogue.gridplan import GridPlan
from rendiconto.catalogue.models import ChartModel
from rendiconto.compose.alternatives import describe
from rendiconto.document.figure import Figure, FigureKind, Point
from rendiconto.document.grid import Cell, Grid, Header
from rendiconto.document.values import Status
from rendiconto.errors import CatalogueError, UnknownName, nearest_names
from rendiconto.italian.numbers import round_half_away
from rendiconto.territory import SELECTORS, Gazetteer, Territory

CUBE = "cube"
_INDEX_DECIMALS = 1


def compose_figures(plan: GridPlan, grid: Grid, catalogue: Catalogue, territory: Territory) -> tuple[Figure, ...]:
    """The charts of a part; none when it has no data."""
    if not grid.available:
        return ()
    labels = _labels(grid, plan)
    return tuple(
        _figure(chart, number, plan, grid, catalogue, territory, labels) for number, chart in enumerate(plan.part.charts)
    )


def _figure(
    chart: ChartModel,
    number: int,
    plan: GridPlan,
    grid: Grid,
    catalogue: Catalogue,
    territory: Territory,
    labels: Mapping[tuple[str, str], str],
) -> Figure:
    cells = list(_selected(chart, plan, grid, catalogue, territory))
    if not cells:
        raise CatalogueError("the chart selects no cell", plan.part.place, "Mend its `where`.")
    points = [_point(chart, cell, plan, labels) for cell in cells]
    _check_unique(points, plan)
    x_labels = tuple(dict.fromkeys(point.x for point in points))
    series_labels = tuple(dict.fromkeys(point.series for point in points))
    unit, decimals = cells[0].unit, max(cell.decimals for cell in cells)
    if chart.index == "first":
        points = _indexed(points, x_labels, series_labels)
        unit, decimals = f"numero indice ({x_labels[0]} = 100)", _INDEX_DECIMALS
    figure = Figure(
        id=f"figura-{plan.table.number.lower()}-{plan.part.index}-{number}",
        kind=FigureKind(chart.kind),
        title=chart.title,
        alt="",
        x_title=_axis_title(chart.x, plan),
        unit=unit,
        decimals=decimals,
        x_labels=x_labels,
        series_labels=series_labels,
        points=tuple(points),
        emphasis=_emphasis(chart, territory, labels),
        note=chart.note,
        sources=grid.sources,
        part=grid.part,
    )
    return describe(figure)


def _selected(chart: ChartModel, plan: GridPlan, grid: Grid, catalogue: Catalogue, territory: Territory) -> Iterator[Cell]:
    wanted = {name: _codes(name, words, plan, catalogue, territory) for name, words in chart.where.items()}
    for line in grid.cells:
        for cell in line:
            codes = {**dict(cell.key), CUBE: cell.cube}
            if all(codes.get(name) in allowed for name, allowed in wanted.items()):
                yield cell


def _codes(name: str, words: Sequence[str], plan: GridPlan, catalogue: Catalogue, territory: Territory) -> frozenset[str]:
    known = {CUBE, *(d for cube in plan.cubes for d in cube.dimension_names)}
    if name not in known:
        raise UnknownName("dimension", name, nearest_names(name, known), plan.part.place)
    if name == PERIOD:
        return frozenset(select_periods(words, catalogue.year, plan.part.place))
    if name == TERRITORY:
        selectors = [word for word in words if word in SELECTORS]
        resolved = Gazetteer.load().resolve(selectors, territory, catalogue.year)
        return frozenset({place.code for _, place in resolved} | (set(words) - set(SELECTORS)))
    return frozenset(words)


def _labels(grid: Grid, plan: GridPlan) -> dict[tuple[str, str], str]:
    """How each code reads in this grid; where a code is not printed, how its codelist or territory reads."""
    labels: dict[tuple[str, str], str] = {}
    gazetteer = Gazetteer.load()
    for cube in plan.cubes:
        labels[CUBE, cube.name] = cube.label
        for dimension in cube.dimensions:
            if dimension.codelist:
                for code in dimension.codelist.codes.values():
                    labels[dimension.name, code.code] = cube.labels.get(code.code, code.label)
    for line in plan.cells:
        for cell in line:
            territory = cell.codes[0]
            labels.setdefault((TERRITORY, territory), gazetteer.by_code(territory).row_label)
    printed: dict[tuple[str, str], str] = {}
    _collect((*grid.heading, *grid.stub), printed)
    return labels | printed


def _collect(headers: Sequence[Header], labels: dict[tuple[str, str], str]) -> None:
    for header in headers:
        if header.code is not None:
            # The first name is the code's; a later one may say what another measure makes of it ("% favorevole").
            labels.setdefault((header.dimension or CUBE, header.code), header.label)
        _collect(header.children, labels)


def _point(chart: ChartModel, cell: Cell, plan: GridPlan, labels: Mapping[tuple[str, str], str]) -> Point:
    codes = {**dict(cell.key), CUBE: cell.cube}

    def label(name: str) -> str:
        if name not in codes:
            raise UnknownName("dimension", name, nearest_names(name, codes), plan.part.place)
        return labels.get((name, codes[name]), codes[name])

    series = label(chart.series) if chart.series else labels[CUBE, cell.cube]
    return Point(label(chart.x), series, cell.value, cell.status, str(cell.ref))


def _check_unique(points: Sequence[Point], plan: GridPlan) -> None:
    seen: set[tuple[str, str]] = set()
    for point in points:
        if (point.x, point.series) in seen:
            raise CatalogueError(
                f"the chart has two values for {point.x} / {point.series}", plan.part.place, "Narrow it with `where`."
            )
        seen.add((point.x, point.series))


def _indexed(points: Sequence[Point], x_labels: Sequence[str], series_labels: Sequence[str]) -> list[Point]:
    at = {(point.series, point.x): point for point in points}
    indexed = []
    for series in series_labels:
        base = at.get((series, x_labels[0]))
        for x in x_labels:
            point = at.get((series, x))
            if point is None:
                continue
            if point.value is None or base is None or not base.value:
                indexed.append(Point(x, series, None, Status.MISSING if point.value else point.status, point.ref))
                continue
            value = round_half_away(Decimal(100) * point.value / base.value, _INDEX_DECIMALS)
            indexed.append(Point(x, series, value, point.status, point.ref))
    return indexed


def _axis_title(name: str, plan: GridPlan) -> str:
    if name == CUBE:
        return ""
    return next(d.title for cube in plan.cubes for d in cube.dimensions if d.name == name)


def _emphasis(chart: ChartModel, territory: Territory, labels: Mapping[tuple[str, str], str]) -> str | None:
    if TERRITORY in (chart.x, chart.series):
        return labels.get((TERRITORY, territory.code))
    return None

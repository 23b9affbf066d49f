"""What to count for a cube, said without any engine: which rows, by which codes, over which totals.

A row has one value in the column behind each dimension; the value stands for a code, and counts in that code and in every code
that sums it (``Axis.members``). So a cube's totals are made of the same rows as its parts, and agree with them by
construction, and a distinct count counts a person once in each of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Codelist, Cube, Dimension
from rendiconto.catalogue.microtables import AxisColumnModel, MicrodataModel, MicroTable
from rendiconto.errors import RendicontoError, UnknownName, nearest_names
from rendiconto.territory import Gazetteer, Territory

MeasureKind = Literal["count", "distinct", "sum", "mean", "share"]


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers that a code takes in, ends included; None is open."""

    code: str
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Axis:
    """A dimension of the cube and the column behind it.

    ``members`` are, for a value of the column (where there are ``spans``, the code of its span) in a year, the codes that the
    row counts in; the value's own code comes first.
    """

    name: str
    column: str
    spans: tuple[Span, ...]
    members: Mapping[tuple[str, int], tuple[str, ...]]

    def codes(self, year: int) -> tuple[str, ...]:
        """Every code that a row of the year may count in."""
        return tuple(dict.fromkeys(code for (_, at), codes in self.members.items() if at == year for code in codes))


@dataclass(frozen=True)
class AggregationPlan:
    """How a cube comes from a table of microdata in some years."""

    cube: Cube
    table: MicroTable
    declared: MicrodataModel
    years: tuple[int, ...]
    axes: tuple[Axis, ...]

    @property
    def kind(self) -> MeasureKind:
        """What is measured."""
        kind: MeasureKind = self.declared.measure.kind  # type: ignore[assignment]  # the model's own field names
        return kind

    @property
    def where(self) -> Mapping[str, tuple[str, ...]]:
        """The rows that count: a column and the values of it."""
        return self.declared.where

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell the rows that count apart: those of the table's key that ``where`` leaves open."""
        return tuple(name for name in self.table.key if len(self.where.get(name, ())) != 1)

    def columns(self) -> tuple[str, ...]:
        """The columns that are read: key and whatever is looked at."""
        return tuple(dict.fromkeys((*self.table.key, *self.declared.needed)))

    def keys(self, year: int) -> Iterator[tuple[str, ...]]:
        """Every combination of codes in a year that can exist, territory first, without the period."""
        names = [axis.name for axis in self.axes]
        for codes in product(*(axis.codes(year) for axis in self.axes)):
            if not self.cube.is_void(dict(zip(names, codes, strict=True))):
                yield codes


def plan_aggregation(catalogue: Catalogue, cube: Cube, years: Sequence[int]) -> AggregationPlan:
    """The plan of a cube that is declared from microdata; another one is an error that names those that are."""
    declared = cube.microdata
    if declared is None:
        offered = cubes_from_microdata(catalogue)
        raise RendicontoError(
            f"the cube {cube.name} does not come from microdata", cube.place, f"These do: {', '.join(offered)}."
        )
    table = catalogue.microtables[declared.table]
    axes = tuple(
        _axis(dimension, declared.columns[dimension.name], years) for dimension in cube.dimensions if dimension.name != PERIOD
    )
    return AggregationPlan(cube, table, declared, tuple(sorted(years)), axes)


def cubes_from_microdata(catalogue: Catalogue) -> tuple[str, ...]:
    """The cubes that declare how they come from microdata."""
    return tuple(sorted(name for name, cube in catalogue.cubes.items() if cube.microdata is not None))


def find_cubes(catalogue: Catalogue, names: Sequence[str]) -> tuple[Cube, ...]:
    """The cubes of those names (``all``: every one that comes from microdata)."""
    offered = cubes_from_microdata(catalogue)
    wanted = offered if "all" in names else names
    for name in wanted:
        if name not in catalogue.cubes:
            raise UnknownName("cube", name, nearest_names(name, offered) or offered)
    return tuple(catalogue.cubes[name] for name in dict.fromkeys(wanted))


def _axis(dimension: Dimension, column: AxisColumnModel, years: Sequence[int]) -> Axis:
    spans = tuple(Span(code, span.least, span.most) for code, span in column.classes.items())
    if dimension.codelist is None:
        assert dimension.name == TERRITORY
        return Axis(dimension.name, column.column, spans, _territories(years))
    above = codes_above(dimension.codelist)
    values = dict(column.codes) or {code: code for code in (column.classes or leaf_codes(dimension.codelist))}
    return Axis(
        dimension.name,
        column.column,
        spans,
        {(value, year): (code, *above[code]) for year in years for value, code in values.items()},
    )


def _territories(years: Sequence[int]) -> dict[tuple[str, int], tuple[str, ...]]:
    """The provinces in force in each year, by each of their codes, with region and country."""
    gazetteer = Gazetteer.load()
    found = {}
    for year in years:
        for province in gazetteer.provinces(year):
            region, country = gazetteer.region_of(province, year), gazetteer.country()
            codes = tuple(dict.fromkeys((province.code, region.code, country.code)))
            found.update({(code, year): codes for code in _province_codes(province)})
    return found


def _province_codes(province: Territory) -> tuple[str, ...]:
    return tuple(code for code in province.codes if len(code) == 3)


def leaf_codes(codelist: Codelist) -> tuple[str, ...]:
    """The codes that are no total: those that sum nothing, save a total that is all there is and not a sum."""
    return tuple(code.code for code in codelist.codes.values() if not code.sum and code.code != codelist.total)


def codes_above(codelist: Codelist) -> dict[str, tuple[str, ...]]:
    """For each code the codes that sum it, directly or through others; a total that says no sum is of everything."""
    above: dict[str, dict[str, None]] = {code: {} for code in codelist.codes}

    def climb(part: str, under: str) -> None:
        for whole in codelist.codes.values():
            if part in whole.sum:
                above[under][whole.code] = None
                climb(whole.code, under)

    for code in codelist.codes:
        climb(code, code)
        total = codelist.total
        if total is not None and not codelist.codes[total].sum and code != total:
            above[code][total] = None
    return {code: tuple(codes) for code, codes in above.items()}

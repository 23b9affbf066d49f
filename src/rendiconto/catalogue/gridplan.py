"""Grid plans: a part as declared, once edition and territory are known. Header trees, and for each cell its cube and key.

A plan has no data. Intake, checks, composition and reading all start from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube, Part, TableDeclaration
from rendiconto.catalogue.expansion import Leaf, Setting, expand_blocks, part_cubes
from rendiconto.document.grid import Header
from rendiconto.errors import CatalogueError, UnknownName, nearest_names
from rendiconto.territory import Gazetteer, Territory

Codes = tuple[str, ...]
"""A full key: the codes of a cube's dimensions, in their order."""


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """What stands in a cell: a cube at a full key."""

    cube: Cube
    codes: Codes

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The key with the dimensions' names."""
        return tuple(zip(self.cube.dimension_names, self.codes, strict=True))


@dataclass(frozen=True, slots=True)
class GridPlan:
    """A part without data: ``cells`` is rows × columns."""

    table: TableDeclaration
    part: Part
    stub: tuple[Header, ...]
    heading: tuple[Header, ...]
    cells: tuple[tuple[PlannedCell, ...], ...]

    @property
    def cubes(self) -> tuple[Cube, ...]:
        """The cubes that the grid shows, in order of appearance."""
        found = {cell.cube.name: cell.cube for row in self.cells for cell in row}
        return tuple(found.values())


def plan_table(catalogue: Catalogue, table: TableDeclaration, territory: Territory) -> tuple[GridPlan, ...]:
    """The plans of a table's parts for a territory."""
    return tuple(_plan_part(catalogue, table, part, territory) for part in table.parts)


def _plan_part(catalogue: Catalogue, table: TableDeclaration, part: Part, territory: Territory) -> GridPlan:
    gazetteer = Gazetteer.load()
    labels = (part.labels,) if part.labels else ()
    setting = Setting(catalogue, gazetteer, territory, part_cubes(part, catalogue), labels)
    stub = expand_blocks(part.stub, setting)
    heading = expand_blocks(part.heading, setting)
    known = {name for cube in setting.part_cubes for name in cube.dimension_names}
    for name in part.fix:
        if name not in known:
            raise UnknownName("dimension", name, nearest_names(name, known), part.place)
    fixed = {name: setting.fixed(name, code) for name, code in part.fix.items()}
    rows = [leaf for branch in stub for leaf in branch.leaves]
    columns = [leaf for branch in heading for leaf in branch.leaves]
    planner = _CellPlanner(catalogue, part, fixed, territory)
    return GridPlan(
        table=table,
        part=part,
        stub=tuple(branch.header for branch in stub),
        heading=tuple(branch.header for branch in heading),
        cells=tuple(tuple(planner.plan(row, column) for column in columns) for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _CellPlanner:
    catalogue: Catalogue
    part: Part
    fixed: Mapping[str, str]
    territory: Territory

    def plan(self, row: Leaf, column: Leaf) -> PlannedCell:
        cube = self.cube(row, column)
        both = sorted(set(row.codes) & set(column.codes))
        if both:
            raise CatalogueError(f"stub and heading both give {both[0]}", self.part.place, "Name it on one axis only.")
        codes = {**row.codes, **column.codes}
        unknown = [name for name in codes if cube.dimension(name) is None]
        if unknown:
            near = nearest_names(unknown[0], cube.dimension_names, limit=1)
            todo = f"Did you mean {near[0]!r}?" if near else f"It has {', '.join(cube.dimension_names)}."
            raise CatalogueError(f"the cube {cube.name!r} has no dimension {unknown[0]!r}", self.part.place, todo)
        held = {name: code for name, code in self.fixed.items() if cube.dimension(name)}
        full = complete_key(cube, {**held, **codes}, self.territory.code, self.catalogue.year, self.part)
        return PlannedCell(cube, full)

    def cube(self, row: Leaf, column: Leaf) -> Cube:
        if row.cube and column.cube:
            raise CatalogueError(
                f"stub and heading both name a cube ({row.cube}, {column.cube})",
                self.part.place,
                "Name it on one axis.",
            )
        name = row.cube or column.cube or self.part.cube
        if name is None:
            raise CatalogueError("a cell of no cube", self.part.place, "Give the part a `cube`.")
        return self.catalogue.cube(name, self.part.place)


def complete_key(cube: Cube, codes: Mapping[str, str], territory: str, year: int, part: Part | None = None) -> Codes:
    """A full key: dimensions not given stand at self, at the cube's year, at the codelist's total."""
    full = []
    for dimension in cube.dimensions:
        code = codes.get(dimension.name)
        if code is None and dimension.name == TERRITORY:
            code = territory
        elif code is None and dimension.name == PERIOD:
            code = str(year + cube.offset)
        elif code is None and dimension.codelist is not None:
            code = dimension.codelist.total
        if code is None:
            raise CatalogueError(
                f"{dimension.name} of {cube.name!r} has no total and nothing selects it",
                part.place if part else cube.place,
                f"Select it on an axis, or fix it: fix: {{{dimension.name}: …}}.",
            )
        if dimension.codelist is not None and code not in dimension.codelist:
            near = nearest_names(code, dimension.codelist.codes, limit=1)
            raise CatalogueError(
                f"{code!r} is not a code of {dimension.name} of {cube.name!r}",
                part.place if part else cube.place,
                f"Did you mean {near[0]!r}?" if near else None,
            )
        full.append(code)
    return tuple(full)

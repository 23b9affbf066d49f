"""What to look for: the rows of a part with every name that they may be printed under, and the words over its columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue
from rendiconto.catalogue.gridplan import GridPlan, PlannedCell
from rendiconto.document.grid import Header, HeaderLeaf, leaves
from rendiconto.italian.sorting import fold_words
from rendiconto.read.figures import is_year
from rendiconto.read.pagelines import squeeze
from rendiconto.territory import Gazetteer


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A row of a plan: its printed names, squeezed; those of the group that it stands in; its cells."""

    part: int
    row: int
    names: tuple[str, ...]
    groups: tuple[str, ...]
    cells: tuple[PlannedCell, ...]

    @property
    def width(self) -> int:
        """How many figures it has."""
        return len(self.cells)


@dataclass(frozen=True)
class ExpectedPart:
    """A part of a table to be found; ``index`` is its place among those that are looked for together."""

    index: int
    plan: GridPlan
    rows: tuple[ExpectedRow, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.plan.cells[0]) if self.plan.cells else 0

    @cached_property
    def columns(self) -> tuple[HeaderLeaf, ...]:
        """Its columns."""
        return tuple(leaves(self.plan.heading))

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years over its columns, in order."""
        found = [header.code or "" for leaf in self.columns for header in leaf.path if header.dimension == PERIOD]
        return tuple(dict.fromkeys(found))

    @cached_property
    def single_year(self) -> str | None:
        """The one year of all its figures, where rows and columns name none."""
        years = {dict(cell.key)[PERIOD] for line in self.plan.cells for cell in line}
        return years.pop() if len(years) == 1 else None

    @cached_property
    def words(self) -> frozenset[str]:
        """The words over its columns, years aside."""
        text = " ".join(header.label for leaf in self.columns for header in leaf.path)
        return frozenset(word for word in fold_words(text).split() if not is_year(word))

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of its title."""
        return frozenset(fold_words(self.plan.part.title).split())


def expect_part(catalogue: Catalogue, plan: GridPlan, index: int) -> ExpectedPart:
    """A plan as the reader looks for it."""
    rows = []
    for number, (leaf, cells) in enumerate(zip(leaves(plan.stub), plan.cells, strict=True)):
        names = tuple(dict.fromkeys(squeeze(name) for name in _names(catalogue, leaf, cells) if squeeze(name)))
        groups = tuple(squeeze(name) for header in leaf.path[:-1] for name in _spellings(catalogue, header, cells))
        rows.append(ExpectedRow(index, number, names, groups, cells))
    return ExpectedPart(index, plan, tuple(rows))


def _names(catalogue: Catalogue, leaf: HeaderLeaf, cells: tuple[PlannedCell, ...]) -> Iterator[str]:
    """Every way to print a row: its own name, and that with the names that it stands under before it."""
    own = tuple(_spellings(catalogue, leaf.header, cells))
    yield from own
    outer = [tuple(_spellings(catalogue, header, cells)) for header in leaf.path[:-1]]
    for above in (*outer, leaf.header.under):
        yield from (f"{before} {name}" for before in above for name in own)
    yield leaf.label
    yield " ".join(header.label for header in leaf.path)


def _spellings(catalogue: Catalogue, header: Header, cells: tuple[PlannedCell, ...]) -> Iterator[str]:
    """A header's label and the other names of what it stands for."""
    yield header.label
    if header.kind == "cube" and header.code is not None and header.code in catalogue.cubes:
        cube = catalogue.cubes[header.code]
        yield from (cube.label, cube.title)
    elif header.dimension == TERRITORY and header.code:
        territory = Gazetteer.load().by_code(header.code)
        yield from (territory.row_label, territory.name, territory.title, *territory.aliases)
    elif header.dimension not in (None, PERIOD) and header.code:
        for cube in {cell.cube.name: cell.cube for cell in cells}.values():
            dimension = cube.dimension(header.dimension)
            if dimension is not None and dimension.codelist is not None and header.code in dimension.codelist:
                code = dimension.codelist.codes[header.code]
                yield from (name for name in (code.label, code.short, *code.aliases) if name)
                return

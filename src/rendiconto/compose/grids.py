"""A grid plan and a resolver become a grid: each cell resolved, rounded once, marked where an erratum touches it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rendiconto.address import CellRef
from rendiconto.catalogue.declarations import Catalogue, Cube, Dimension, Part, TableDeclaration
from rendiconto.catalogue.gridplan import GridPlan, PlannedCell
from rendiconto.catalogue.models import LegendModel
from rendiconto.document.grid import Cell, Grid, Header, Mark, Note, Perimeter
from rendiconto.document.values import Origin, Status
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.observations import Erratum, Resolved, Resolver
from rendiconto.observations.errata import Figure
from rendiconto.territory import Territory

ERRATUM_NOTE = "Cifra rettificata: nell'edizione pubblicata {published}. {reason}"
UNDECIDED_NOTE = "Cifra come pubblicata, da verificare presso la fonte ({proposed} secondo le altre cifre). {reason}"


@dataclass(frozen=True)
class GridComposer:
    """Composes the grids of one report."""

    catalogue: Catalogue
    resolver: Resolver
    territory: Territory

    def compose(self, plan: GridPlan) -> Grid:
        """The grid of a part; without any delivered figure it has no rows."""
        cells = tuple(
            tuple(self._cell(plan, planned, row, column) for column, planned in enumerate(line))
            for row, line in enumerate(plan.cells)
        )
        available = any(cell.origin is not Origin.NONE for line in cells for cell in line)
        part = plan.part
        return Grid(
            table=plan.table.number,
            part=part.index,
            title=part.title,
            stub_titles=part.stub_titles or stub_titles(plan.stub, plan),
            heading=plan.heading,
            stub=plan.stub if available else (),
            cells=cells if available else (),
            perimeters=tuple(self._perimeter(cube) for cube in plan.cubes),
            notes=(*(Note(text) for text in part.notes), *legend_notes(part.legend)),
            sources=source_lines(self.catalogue, plan.cubes),
            available=available,
        )

    def _cell(self, plan: GridPlan, planned: PlannedCell, row: int, column: int) -> Cell:
        table, part = plan.table.number, plan.part.index
        cube = planned.cube
        unit, decimals = cube.unit_of(dict(planned.key))
        errata = [e for e in self.resolver.errata.get((cube.name, planned.codes), []) if e.concerns(table, part)]
        resolved = self.resolver.resolve(cube, planned.codes)
        for erratum in errata:
            if erratum.part is not None and (self.resolver.as_published or not erratum.decidable):
                resolved = Resolved(erratum.published.value, erratum.published.status, Origin.DELIVERED)
        value = None if resolved.value is None else round_half_away(resolved.value, decimals)
        marks = () if self.resolver.as_published else tuple(_mark(erratum, decimals) for erratum in errata)
        return Cell(
            ref=CellRef(table, part, self.territory.slug, self.catalogue.year, row, column),
            cube=cube.name,
            key=planned.key,
            value=value,
            status=resolved.status,
            decimals=decimals,
            unit=self.catalogue.units[unit].label,
            origin=resolved.origin,
            marks=marks,
        )

    def _perimeter(self, cube: Cube) -> Perimeter:
        return Perimeter(cube.name, cube.title, unit_title(self.catalogue, cube), cube.perimeter)


def unit_title(catalogue: Catalogue, cube: Cube) -> str:
    """The unit in words; those of an indicator dimension's codes when they have their own."""
    own = [
        catalogue.units[code.unit].title
        for dimension in cube.dimensions
        if dimension.codelist
        for code in dimension.codelist.codes.values()
        if code.unit
    ]
    return ", ".join(dict.fromkeys(own)) if own else catalogue.units[cube.unit].title


def _mark(erratum: Erratum, decimals: int) -> Mark:
    template = ERRATUM_NOTE if erratum.decidable else UNDECIDED_NOTE
    text = template.format(
        published=figure_text(erratum.published, decimals),
        proposed=figure_text(erratum.proposed, decimals),
        reason=erratum.reason,
    )
    return Mark(erratum.id, text)


def figure_text(figure: Figure, decimals: int) -> str:
    """The printed form of a figure of an erratum."""
    if figure.value is None or figure.status is not Status.NORMAL:
        return figure.status.symbol
    return format_number(figure.value, decimals)


def legend_notes(legend: Sequence[LegendModel]) -> tuple[Note, ...]:
    """Entries of a legend as notes with a term."""
    return tuple(Note(entry.text, entry.term) for entry in legend)


def stub_titles(stub: Sequence[Header], plan: GridPlan) -> tuple[str, ...]:
    """The titles over the stub's columns: those of the dimensions that stand there."""
    dimensions = {d.name: d for cube in plan.cubes for d in cube.dimensions}
    depth = max((header.depth for header in stub), default=1)
    titles = ["" for _ in range(depth)]
    _fill_titles(stub, 0, titles, dimensions)
    return tuple(titles)


def _fill_titles(headers: Sequence[Header], level: int, titles: list[str], dimensions: Mapping[str, Dimension]) -> None:
    for header in headers:
        if not titles[level]:
            if header.kind == "cube":
                titles[level] = "Indicatore"
            elif header.dimension is not None and header.dimension in dimensions:
                titles[level] = dimensions[header.dimension].title
        _fill_titles(header.children, level + 1, titles, dimensions)


def source_lines(catalogue: Catalogue, cubes: Sequence[Cube]) -> tuple[str, ...]:
    """Who delivered the figures of these cubes, one line for those elaborated and one for the others."""
    names = dict.fromkeys(name for cube in cubes for name in cube.sources)
    plain = [catalogue.sources[name].label for name in names if not catalogue.sources[name].elaborated]
    elaborated = [catalogue.sources[name].label for name in names if catalogue.sources[name].elaborated]
    lines = []
    if plain:
        lines.append("; ".join(plain))
    if elaborated:
        lines.append(f"Elaborazione della Segreteria del CIV su dati INPS – {'; '.join(elaborated)}")
    return tuple(lines)


def where_text(grid: Grid, cell: Cell) -> str:
    """A cell in words: its part's title, row and column."""
    row, column = grid.rows[cell.ref.row], grid.columns[cell.ref.column]
    return f"{grid.title}: {row.label}, {column.label}"


def part_label(table: TableDeclaration, part: Part) -> str:
    """``Tavola 17, parte 2`` when the table has several parts."""
    return table.label if len(table.parts) == 1 else f"{table.label}, parte {part.index + 1}"

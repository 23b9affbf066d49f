"""A plan at other periods: the same table as an edition of another length would print it."""

from collections.abc import Sequence
from dataclasses import replace

from rendiconto.catalogue.declarations import PERIOD
from rendiconto.catalogue.gridplan import GridPlan, PlannedCell


def with_periods(plan: GridPlan, years: Sequence[str]) -> GridPlan | None:
    """The plan with these years over its columns; None where its columns are not all the same under every year."""
    roots = plan.heading
    if not roots or any(root.dimension != PERIOD for root in roots):
        return None
    shapes = {tuple(child.label for child in root.children) for root in roots}
    if len(shapes) != 1:
        return None
    under = roots[-1].span
    pattern = roots[-1]
    heading = tuple(replace(pattern, label=year, code=year) for year in years)
    cells = tuple(tuple(_at(cell, year) for year in years for cell in line[-under:]) for line in plan.cells)
    return replace(plan, heading=heading, cells=cells)


def _at(cell: PlannedCell, year: str) -> PlannedCell:
    codes = tuple(year if name == PERIOD else code for name, code in zip(cell.cube.dimension_names, cell.codes, strict=True))
    return PlannedCell(cell.cube, codes)

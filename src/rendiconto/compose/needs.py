"""What a report needs: every figure that somebody has to deliver for it, inputs of its formulas included."""

from collections.abc import Iterator

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes, plan_table
from rendiconto.catalogue.inputs import input_key
from rendiconto.territory import Territory


def needed_keys(catalogue: Catalogue, territory: Territory) -> Iterator[tuple[Cube, Codes]]:
    """Cubes and full keys, each once; derived figures give way to their inputs."""
    waiting = [
        (cell.cube, cell.codes)
        for table in catalogue.tables.values()
        for plan in plan_table(catalogue, table, territory)
        for row in plan.cells
        for cell in row
    ]
    seen = set()
    while waiting:
        cube, codes = waiting.pop()
        if (cube.name, codes) in seen:
            continue
        seen.add((cube.name, codes))
        if cube.formula is None:
            yield cube, codes
            continue
        waiting.extend(input_key(catalogue, cube, codes, need) for need in cube.formula.inputs())

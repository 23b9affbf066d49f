"""The method page's generated part: which figures are computed and how, which are delivered, what the symbols mean."""

from collections.abc import Mapping, Sequence

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import GridPlan
from rendiconto.compose.cubes import formula_sentence
from rendiconto.document.grid import Grid
from rendiconto.document.report import Section
from rendiconto.document.values import Origin
from rendiconto.observations import Resolver

_AS_PUBLISHED = "In questa versione ogni cifra è stampata come l'ha pubblicata la fonte, errori compresi."
_COMPUTED = (
    "Quote, saldi e incidenze sono ricalcolati dalle cifre pubblicate, con un solo arrotondamento al decimale stampato; "
    "dove la fonte fornisce soltanto il risultato, si stampa quello."
)


def compose_method(
    catalogue: Catalogue, resolver: Resolver, plans: Sequence[GridPlan], grids: Mapping[tuple[str, int], Grid]
) -> tuple[Section, ...]:
    """Sections on derived figures."""
    cubes = {cube.name: cube for plan in plans for cube in plan.cubes if cube.formula is not None}
    counts = _origins(grids)
    lines = [_line(catalogue, cube, counts.get(cube.name, {})) for cube in cubes.values()]
    if not lines:
        return ()
    opening = _AS_PUBLISHED if resolver.as_published else _COMPUTED
    return (Section("Cifre derivate", (opening, *lines)),)


def _origins(grids: Mapping[tuple[str, int], Grid]) -> dict[str, dict[Origin, int]]:
    counts: dict[str, dict[Origin, int]] = {}
    for grid in grids.values():
        for line in grid.cells:
            for cell in line:
                own = counts.setdefault(cell.cube, {})
                own[cell.origin] = own.get(cell.origin, 0) + 1
    return counts


def _line(catalogue: Catalogue, cube: Cube, counts: Mapping[Origin, int]) -> str:
    computed = counts.get(Origin.COMPUTED, 0)
    delivered = counts.get(Origin.DELIVERED, 0) + counts.get(Origin.CORRECTED, 0)
    said = []
    if computed:
        said.append("una cifra calcolata" if computed == 1 else f"{computed} cifre calcolate")
    if delivered:
        said.append("una fornita dalla fonte" if delivered == 1 else f"{delivered} fornite dalla fonte")
    if made_up := counts.get(Origin.SYNTHETIC, 0):
        said.append("una sintetica" if made_up == 1 else f"{made_up} sintetiche")
    tail = f" ({', '.join(said)})" if said else ""
    return f"{cube.title}: {formula_sentence(catalogue, cube)}{tail}."

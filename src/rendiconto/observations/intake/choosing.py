"""Which cube a sheet is of, where nobody says: the one whose labels explain it best, and whose title is nearest."""

from collections.abc import Mapping
from dataclasses import dataclass

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.italian.sorting import fold_words
from rendiconto.observations.intake.labels import column_roles, indexes
from rendiconto.observations.intake.layout import Grid, Layout, find_layout
from rendiconto.observations.intake.locating import locate_figures
from rendiconto.observations.intake.profiles import NO_PROFILE, Profile

SHORTLIST = 12
_MORE = {"dataflow", "freq", "unit measure", "decimals", "structure", "structure id", "action", "note", "obs flag"}
"""Columns that say nothing about the key."""
MARGIN = 4.0
"""Points by which the best must lead, of some 200."""
ENOUGH = 70.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cube with how well it fits: the share of figures fully told, and how near its title is, in points."""

    cube: Cube
    points: float


def rank_cubes(catalogue: Catalogue, grid: Grid, title: str, profile: Profile = NO_PROFILE) -> list[Candidate]:
    """The cubes that may be in a sheet, best first; only those that explain most of its figures."""
    texts = {text for (row, column) in grid.cells if (text := grid.text(row, column)) and len(text) < 200}
    heading = " ".join(
        [title, *(grid.text(row, column) for row in range(min(6, grid.rows)) for column in range(min(4, grid.columns)))]
    )
    some = sorted(texts)[:300]
    rough = []
    for cube in catalogue.cubes.values():
        if cube.formula is not None and not cube.delivered:
            continue
        dimensions = indexes(catalogue, cube).values()
        known = sum(any(index.codes(text) for index in dimensions) for text in some)
        rough.append((known / max(len(texts), 1) * 100 + title_points(catalogue, cube, heading), cube))
    rough.sort(key=lambda each: (-each[0], each[1].name))
    found = []
    for _, cube in rough[:SHORTLIST]:
        told = _told(catalogue, cube, grid, profile, title)
        if told > 0.5:
            found.append(Candidate(cube, told * 100 + title_points(catalogue, cube, heading)))
    return sorted(found, key=lambda each: (-each.points, each.cube.name))


def title_points(catalogue: Catalogue, cube: Cube, heading: str) -> float:
    """How near a cube's own titles and those of the tables that show it are to what stands over a sheet, out of 100."""
    from rapidfuzz import fuzz

    names = [cube.title, cube.label, *cube.terms, cube.name.replace("_", " ")]
    names += [
        f"{table.title} {part.title}" for table in catalogue.tables.values() for part in table.parts if part.cube == cube.name
    ]
    folded = fold_words(heading)
    return max(fuzz.token_set_ratio(fold_words(name), folded) for name in names)


def _told(catalogue: Catalogue, cube: Cube, grid: Grid, profile: Profile, title: str) -> float:
    """The share of a sheet's figures whose full key follows; less for what a cube divides and the sheet does not."""
    layout = find_layout(catalogue, cube, grid, profile, title)
    if layout is None:
        return 0.0
    figures = told = 0
    for located in locate_figures(catalogue, cube, grid, layout, profile):
        figures += 1
        told += not located.unknown and complete(cube, located.codes)
        if figures >= 500:
            break
    undivided = _undivided(cube, layout, profile)
    return told / figures * (1 - undivided / (2 * len(cube.dimensions))) if figures else 0.0


def complete(cube: Cube, codes: Mapping[str, str]) -> bool:
    """Whether every dimension has a code, or stands at its total or the cube's year."""
    return all(d.name in codes or d.name == "period" or (d.codelist is not None and d.codelist.total) for d in cube.dimensions)


def _undivided(cube: Cube, layout: Layout, profile: Profile) -> int:
    named = {*layout.stub.values(), *(name for name in layout.levels.values() if name), *layout.context, *profile.fix}
    return sum(d.name not in named for d in cube.dimensions)


def cube_of_columns(catalogue: Catalogue, names: list[str]) -> list[Cube]:
    """The cubes whose dimensions are just what a tidy table's columns name."""
    found = []
    for cube in catalogue.cubes.values():
        roles = column_roles(cube, names)
        own = {d.name for d in cube.dimensions}
        explained = len(roles) + sum(name.endswith("_label") or fold_words(name) in _MORE for name in names)
        if {"value", *own} <= set(roles.values()) and explained >= len(names):
            found.append(cube)
    return found

"""Which cube a sheet is of, where nobody says: the one whose labels explain it best, and whose title is nearest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.italian.sorting import fold_words
from rendiconto.observations.errata import Figure
from rendiconto.observations.intake.figures import MARKS, notation_of, read_figure
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
OF_ANOTHER_UNIT = 30
_SHARES = re.compile(r"\b(percentual[ei]|percento|quot[ae]|incidenza|tass[oi]|composizione)\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cube with how well it fits: the share of figures fully told, and how near its title is, in points."""

    cube: Cube
    points: float


def choose_cube(catalogue: Catalogue, grid: Grid, title: str, profile: Profile = NO_PROFILE) -> tuple[Cube | None, list[Cube]]:
    """The cube that a sheet is of, and those that it may be. None where nothing fits, or several do alike: never a guess."""
    ranked = [each for each in rank_cubes(catalogue, grid, title, profile) if each.points >= ENOUGH]
    if not ranked:
        return None, []
    rivals = [each.cube for each in ranked if each.points > ranked[0].points - MARGIN]
    words = set(fold_words(_heading(grid, title)).split())
    winners = [cube for cube in rivals if all(_outdoes(catalogue, cube, other, words) for other in rivals if other is not cube)]
    return (winners[0] if len(winners) == 1 else None), rivals


def _outdoes(catalogue: Catalogue, cube: Cube, other: Cube, words: set[str]) -> bool:
    """Whether what stands over a sheet has words of one cube's title that the other knows nothing of, and not the reverse."""

    def telling(one: Cube, two: Cube) -> set[str]:
        known = {word for name in _names(catalogue, two) for word in fold_words(name).split()}
        return {word for word in fold_words(one.title).split() if len(word) > 2 and word in words and word not in known}

    return len(telling(cube, other)) > len(telling(other, cube))


def rank_cubes(catalogue: Catalogue, grid: Grid, title: str, profile: Profile = NO_PROFILE) -> list[Candidate]:
    """The cubes that may be in a sheet, best first: they explain most of its figures, and the figures can be theirs."""
    texts = {text for (row, column) in grid.cells if (text := grid.text(row, column)) and len(text) < 200}
    heading = _heading(grid, title)
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


def _heading(grid: Grid, title: str) -> str:
    """What stands over a sheet: its name, the file's, its first cells."""
    cells = (grid.text(row, column) for row in range(min(6, grid.rows)) for column in range(min(4, grid.columns)))
    return " ".join([title, *cells])


def title_points(catalogue: Catalogue, cube: Cube, heading: str) -> float:
    """How near a cube's own titles and those of the tables that show it are to what stands over a sheet, out of 100.

    A heading that speaks of shares or rates is of a percentage, one that does not is not.
    """
    from rapidfuzz import fuzz

    folded = fold_words(heading)
    points = max(fuzz.token_set_ratio(fold_words(name), folded) for name in _names(catalogue, cube))
    of_shares = "%" in heading or bool(_SHARES.search(folded))
    return points - (OF_ANOTHER_UNIT if of_shares != cube.is_rate else 0)


def _names(catalogue: Catalogue, cube: Cube) -> list[str]:
    names = [cube.title, cube.label, *cube.terms, cube.name.replace("_", " ")]
    parts = ((table, part) for table in catalogue.tables.values() for part in table.parts if part.cube == cube.name)
    return names + [f"{table.title} {part.title}" for table, part in parts]


def _told(catalogue: Catalogue, cube: Cube, grid: Grid, profile: Profile, title: str) -> float:
    """The share of a sheet's figures whose full key follows; less for what a cube divides and the sheet does not."""
    layout = find_layout(catalogue, cube, grid, profile, title)
    if layout is None:
        return 0.0
    figures = told = 0
    typed = [text for column in layout.data if isinstance(text := grid.at(layout.first, column), str)]
    notation = notation_of(typed, cube.decimals)
    for located in locate_figures(catalogue, cube, grid, layout, profile):
        figures += 1
        figure = read_figure(grid.at(located.row, located.column), notation=notation, marks=MARKS)
        can_be = not isinstance(figure, Figure) or figure.value is None or _can_be(catalogue, cube, figure.value)
        told += can_be and not located.unknown and complete(cube, located.codes)
        if figures >= 500:
            break
    undivided = _undivided(cube, layout, profile)
    return told / figures * (1 - undivided / (2 * len(cube.dimensions))) if figures else 0.0


def _can_be(catalogue: Catalogue, cube: Cube, value: Decimal) -> bool:
    """Whether a value can be one of the cube's: whole where things are counted, within what its unit can be."""
    unit = catalogue.units[cube.unit]
    counted = cube.decimals == 0 and not cube.rounded and not unit.intensive
    indicators = any(code.unit for d in cube.dimensions if d.codelist for code in d.codelist.codes.values())
    if counted and not indicators and value != value.to_integral_value():
        return False
    return not (cube.bounded and unit.most is not None and value > unit.most)


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

"""What a sentence's words stand for in the data: which cube, which codes, whose figure, of which year.

Where words leave a dimension open its total is meant; where there is no total, every code of it. What a number or a turn of
phrase is about, `candidates` says.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from typing import Final

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.formulas import Balance, Share
from rendiconto.catalogue.gridplan import Codes
from rendiconto.check.citing import printed_figure
from rendiconto.check.claims import Cell
from rendiconto.document.values import Status
from rendiconto.observations.resolution import Resolver
from rendiconto.territory import Territory

_MOST_KEYS: Final = 64


@dataclass(frozen=True)
class Subject:
    """What is spoken of: a cube with the codes that words fix (several of one dimension: each of them).

    ``at`` is its place in the sentence, None where it is taken from the sentence before. ``companions`` are cubes of the same
    name that may have what it has not.
    """

    cube: Cube
    codes: Mapping[str, tuple[str, ...]]
    at: int | None = None
    companions: tuple[Cube, ...] = ()


@dataclass
class Context:
    """What the sentences before have left open to be taken up."""

    subjects: list[Subject] = field(default_factory=list)
    of: int | None = None
    step: int | None = None
    place: str | None = None


class Data:
    """The figures of one report's territory as prose is checked against them; ``shares`` are the declared ones."""

    def __init__(self, catalogue: Catalogue, resolver: Resolver, territory: Territory) -> None:
        self.catalogue = catalogue
        self.resolver = resolver
        self.territory = territory
        self.shares = [(cube, cube.formula) for cube in catalogue.cubes.values() if isinstance(cube.formula, Share)]
        self._years: dict[Hashable, list[int]] = {}

    def figure(self, cube: Cube, codes: Codes) -> tuple[Decimal | None, Status]:
        """The figure at its printed decimals, and its status."""
        return printed_figure(self.resolver, cube, codes)

    def share_of(self, subject: Subject) -> Subject | None:
        """The one declared share that a count is the part of: what is told of it in points, or beside other places."""
        found = [
            cube
            for cube, share in self.shares
            if share.part.cube == subject.cube.name
            and all(subject.codes.get(name) == (code,) for name, code in share.part.fix.items())
        ]
        if len(found) != 1:
            return None
        codes = {name: chosen for name, chosen in subject.codes.items() if found[0].dimension(name) is not None}
        return Subject(found[0], codes, subject.at)

    def whole_of(self, subject: Subject) -> Subject | None:
        """The same at the total of the last code that words single out; None where nothing is singled out of a total."""
        for dimension in reversed(subject.cube.dimensions):
            codelist = dimension.codelist
            chosen = subject.codes.get(dimension.name)
            if codelist is not None and codelist.total is not None and chosen is not None and chosen != (codelist.total,):
                return replace(subject, codes={**subject.codes, dimension.name: (codelist.total,)})
        return None

    def is_balance(self, cube: Cube) -> bool:
        """Whether figures of a cube may stand on either side of nought: it subtracts, or adds up what does."""
        if not cube.is_balance or cube.formula is None:
            return False
        inputs = {need.cube for need in cube.formula.inputs()}
        subtracts = not isinstance(cube.formula, Balance) or bool(cube.formula.minus)
        return subtracts or any(self.is_balance(self.catalogue.cubes[name]) for name in inputs)

    def is_there(self, cube: Cube, codes: Codes) -> bool:
        """Whether anything is known at a key."""
        return self.resolver.resolve(cube, codes).status is not Status.MISSING

    def keys(self, subject: Subject, place: str, year: int) -> list[Codes]:
        """The keys that a subject stands for at a place and year, those alone that have a figure where not all do."""
        axes: list[Sequence[str]] = []
        for dimension in subject.cube.dimensions:
            if dimension.name == TERRITORY:
                axes.append((place,))
            elif dimension.name == PERIOD:
                axes.append((str(year),))
            elif dimension.name in subject.codes:
                axes.append(subject.codes[dimension.name])
            elif dimension.codelist is not None:
                axes.append((dimension.codelist.total,) if dimension.codelist.total else tuple(dimension.codelist.codes))
        keys = [tuple(codes) for codes in product(*axes)][:_MOST_KEYS]
        there = [codes for codes in keys if self.is_there(subject.cube, codes)]
        return there or self._without_totals(subject, keys) or keys

    def opening(self, cell: Cell) -> Cell | None:
        """For a stock at the end of a year the same at its beginning, where the codelist says which that is."""
        cube, codes = cell
        for at, dimension in enumerate(cube.dimensions):
            opening = dimension.codelist.codes[codes[at]].opening if dimension.codelist is not None else None
            if opening is not None:
                return cube, (*codes[:at], opening, *codes[at + 1 :])
        return None

    def _without_totals(self, subject: Subject, keys: Sequence[Codes]) -> list[Codes]:
        """Where nobody gives a total that words leave open, the figures below it."""
        found: list[Codes] = []
        for codes in keys:
            axes: list[Sequence[str]] = []
            for dimension, code in zip(subject.cube.dimensions, codes, strict=True):
                open_total = dimension.codelist is not None and dimension.name not in subject.codes
                parts = tuple(dimension.codelist.codes) if open_total and dimension.codelist is not None else (code,)
                small = len(parts) <= 3
                axes.append(parts if small else (code,))
            found.extend(each for each in product(*axes) if self.is_there(subject.cube, each))
        return found[:_MOST_KEYS]

    def default_year(self, subject: Subject, place: str) -> int:
        """The year that a figure is of where nobody says: the cube's own in this edition, else the last that there is."""
        own = self.catalogue.year + subject.cube.offset
        years = self.years(subject, place)
        return own if own in years or not years else years[-1]

    def years(self, subject: Subject, place: str) -> list[int]:
        """The years for which a subject has figures, in order."""
        key = (subject.cube.name, *(cube.name for cube in subject.companions), place, *sorted(subject.codes.items()))
        if key not in self._years:
            self._years[key] = self._years_of(subject, place)
        return self._years[key]

    def _years_of(self, subject: Subject, place: str) -> list[int]:
        return [
            year
            for year in self.catalogue.years
            if any(self.is_there(cube, codes) for cube, codes in self.cells(subject, place, year))
        ]

    def cells(self, subject: Subject, place: str, year: int) -> list[Cell]:
        """The cells of a subject at a place and year; of a companion where it has none itself."""
        for cube in (subject.cube, *subject.companions):
            same = {name: codes for name, codes in subject.codes.items() if cube.dimension(name) is not None}
            cells = [(cube, codes) for codes in self.keys(Subject(cube, same), place, year)]
            if any(self.is_there(cube, codes) for cube, codes in cells):
                return cells
        return [(subject.cube, codes) for codes in self.keys(subject, place, year)]

    def pairs(self, subject: Subject, place: str, first: int, last: int) -> list[tuple[Cell, Cell]]:
        """A subject's cells at two years; a stock that the earlier year lacks is taken from the opening of the later."""
        of, base = self.cells(subject, place, last), self.cells(subject, place, first)
        pairs = list(zip(base, of, strict=False))
        if not any(self.is_there(cube, codes) for cube, codes in base):
            opened = [(before, cell) for cell in of if (before := self.opening(cell)) is not None]
            return opened or pairs
        return pairs

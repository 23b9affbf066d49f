"""What a live figure names: an indicator, its codes, a year, a territory. Everything unknown is told with what is near."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rendiconto.audit.binding import Data, Subject
from rendiconto.audit.vocabulary import content_stems
from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube, Dimension
from rendiconto.check.claims import Cell
from rendiconto.errors import RendicontoError, UnknownName, nearest_names
from rendiconto.italian.sorting import fold_words
from rendiconto.territory import Gazetteer, Territory
from rendiconto.texts.livesyntax import Argument, Call

REGION_WORD: Final = "regione"
"""The region of the report's territory, whichever it is."""
_NEAR_YEARS: Final = 3


@dataclass(frozen=True)
class Spot:
    """An indicator at codes: a cube and a code for each of its dimensions."""

    cube: Cube
    codes: Mapping[str, str]

    @property
    def cell(self) -> Cell:
        """The cell that it is."""
        return self.cube, tuple(self.codes[name] for name in self.cube.dimension_names)

    @property
    def year(self) -> int:
        """The year of the figure."""
        return int(self.codes[PERIOD])

    def at(self, **codes: str) -> "Spot":
        """The same indicator at other codes."""
        return Spot(self.cube, {**self.codes, **codes})


class IndicatorReader:
    """Finds what live figures of one report name."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.catalogue = data.catalogue
        self.names = _names(data.catalogue)

    def spot(self, call: Call) -> Spot:
        """The figure that an indicator with its arguments names."""
        candidates = self._candidates(call)
        cube, held = candidates[0]
        codes = dict(held)
        for argument in call.arguments:
            dimension = self._dimension(cube, argument)
            if dimension.name in codes and dimension.name not in held:
                raise RendicontoError(f"{argument.name!r} is given twice")
            codes[dimension.name] = self._code(cube, dimension, argument.value)
        return self._complete(cube, codes)

    def spot_beside(self, name: str, spot: Spot) -> Spot:
        """Another indicator at the codes that it shares with one."""
        cube, held = self._candidates(Call(name))[0]
        shared: dict[str, str] = {}
        for dimension in cube.dimensions:
            code = spot.codes.get(dimension.name)
            if code is not None and (dimension.codelist is None or code in dimension.codelist):
                shared[dimension.name] = code
        return self._complete(cube, {**shared, **held})

    def moved(self, spot: Spot, argument: Argument) -> Spot:
        """The same figure at another code, as an argument says."""
        dimension = self._dimension(spot.cube, argument)
        return self._checked(spot.at(**{dimension.name: self._code(spot.cube, dimension, argument.value, spot)}))

    def at_year(self, spot: Spot, text: str) -> Spot:
        """The same figure in a year: ``2023``, or ``-1`` counted from its own."""
        return self._checked(spot.at(**{PERIOD: self._year(text, spot.year)}))

    def at_place(self, spot: Spot, text: str) -> Spot:
        """The same figure of another territory."""
        return spot.at(**{TERRITORY: self._territory(text).code})

    def _candidates(self, call: Call) -> list[tuple[Cube, Mapping[str, str]]]:
        """The cubes that a name may mean, those alone that have the dimensions named; more than one is an error."""
        exact = self.catalogue.cubes.get("_".join(fold_words(call.name).split()))
        if exact is not None:
            return [(exact, {})]
        found = self.names.get(frozenset(content_stems(call.name)), ())
        if not found:
            near = nearest_names(call.name, _choices(self.catalogue))
            raise UnknownName("indicator", call.name, near)
        meant: list[tuple[Cube, Mapping[str, str]]] = [(self.catalogue.cubes[name], dict(codes)) for name, codes in found]
        named = [argument.name for argument in call.arguments if argument.name]
        fitting = [pair for pair in meant if all(_named_dimension(pair[0], word) is not None for word in named)] or meant
        if len(fitting) > 1:
            cubes = ", ".join(cube.name for cube, _ in fitting)
            raise RendicontoError(f"{call.name!r} may mean several indicators", todo=f"Write one of {cubes}.")
        return fitting

    @staticmethod
    def _dimension(cube: Cube, argument: Argument) -> Dimension:
        if not argument.name:
            known = ", ".join(_spoken(dimension) for dimension in cube.dimensions)
            raise RendicontoError(
                f"{argument.value!r} does not say what it is", todo=f"Write DIMENSION={argument.value}: {known}."
            )
        dimension = _named_dimension(cube, argument.name)
        if dimension is None:
            names = [_spoken(dimension) for dimension in cube.dimensions]
            raise UnknownName(f"dimension of {cube.name}", argument.name, nearest_names(argument.name, names) or names)
        return dimension

    def _code(self, cube: Cube, dimension: Dimension, text: str, spot: Spot | None = None) -> str:
        if dimension.name == TERRITORY:
            return self._territory(text).code
        if dimension.name == PERIOD:
            return self._year(text, spot.year if spot is not None else self.catalogue.year + cube.offset)
        codelist = dimension.codelist
        if codelist is None or text in codelist:
            return text
        wanted = fold_words(text)
        spellings = {
            code.code: {fold_words(word) for word in (code.code, code.label, code.short or "", *code.aliases, *code.terms)}
            for code in codelist.codes.values()
        }
        found = [code for code, words in spellings.items() if wanted in words]
        if len(found) == 1:
            return found[0]
        if found:
            raise RendicontoError(
                f"{text!r} may mean several codes of {_spoken(dimension)}", todo=f"Write one of {', '.join(found)}."
            )
        known = {word: code.code for code in codelist.codes.values() for word in (code.code, code.label)}
        near = tuple(dict.fromkeys(known[word] for word in nearest_names(text, known)))
        raise UnknownName(f"code of {_spoken(dimension)}", text, near or tuple(codelist.codes)[:8])

    def _territory(self, text: str) -> Territory:
        gazetteer = Gazetteer.load()
        if fold_words(text) == REGION_WORD:
            return gazetteer.region_of(self.data.territory, self.catalogue.year)
        return gazetteer.find(text, self.catalogue.year)

    @staticmethod
    def _year(text: str, own: int) -> str:
        word = text.replace("−", "-")
        if len(word) == 4 and word.isdecimal():
            return word
        try:
            back = int(word)
        except ValueError:
            back = 1
        if back > 0 or back < -99:
            raise RendicontoError(
                f"{text!r} is not a year", todo=f"Write a year such as {own}, or how many back: -1."
            ) from None
        return str(own + back)

    def _complete(self, cube: Cube, codes: Mapping[str, str]) -> Spot:
        """With self, the cube's own year and totals where nothing is said."""
        full = {TERRITORY: self.data.territory.code, PERIOD: str(self.catalogue.year + cube.offset), **codes}
        for dimension in cube.dimensions:
            if dimension.codelist is None or dimension.name in full:
                continue
            if dimension.codelist.total is None:
                some = ", ".join(list(dimension.codelist.codes)[:8])
                raise RendicontoError(
                    f"{cube.name} has no total of {_spoken(dimension)}", todo=f"Say which: {dimension.name}={some}."
                )
            full[dimension.name] = dimension.codelist.total
        return self._checked(Spot(cube, full))

    def _checked(self, spot: Spot) -> Spot:
        """A year that no figure of the indicator is of is an error."""
        years = self._years(spot)
        if years and spot.year not in years:
            near = sorted(years, key=lambda year: (abs(year - spot.year), year))[:_NEAR_YEARS]
            raise UnknownName(f"year of {spot.cube.name}", str(spot.year), [str(year) for year in near])
        return spot

    def _years(self, spot: Spot) -> set[int]:
        """The years for which the indicator has figures, of this territory, its region or Italy."""
        own = {name: (code,) for name, code in spot.codes.items() if name not in (TERRITORY, PERIOD)}
        gazetteer, territory = Gazetteer.load(), self.data.territory
        region = gazetteer.region_of(territory, self.catalogue.year)
        places = dict.fromkeys((spot.codes[TERRITORY], territory.code, region.code, gazetteer.country().code))
        return {year for place in places for year in self.data.years(Subject(spot.cube, own), place)}


def _spoken(dimension: Dimension) -> str:
    """A dimension as an author of texts calls it."""
    if dimension.codelist is None:
        return dimension.title.lower()
    return dimension.codelist.aliases[0] if dimension.codelist.aliases else dimension.name


def _named_dimension(cube: Cube, name: str) -> Dimension | None:
    wanted = fold_words(name)
    for dimension in cube.dimensions:
        codelist = dimension.codelist
        names: Sequence[str] = (dimension.name, dimension.title, *((codelist.name, *codelist.aliases) if codelist else ()))
        if wanted in {fold_words(each) for each in names}:
            return dimension
    return None


@lru_cache(maxsize=4)
def _names(catalogue: Catalogue) -> Mapping[frozenset[str], tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]:
    """What cubes are called, in words without order or ending: cubes with the codes that the words say."""
    found: dict[frozenset[str], list[tuple[str, tuple[tuple[str, str], ...]]]] = defaultdict(list)
    for cube in catalogue.cubes.values():
        for term in (cube.title, *cube.terms):
            found[frozenset(content_stems(term.removeprefix("=")))].append((cube.name, ()))
        for term, codes in cube.terms_at.items():
            found[frozenset(content_stems(term.removeprefix("=")))].append((cube.name, tuple(codes.items())))
    return {stems: tuple(dict.fromkeys(cubes)) for stems, cubes in found.items()}


@lru_cache(maxsize=4)
def _choices(catalogue: Catalogue) -> tuple[str, ...]:
    terms = (term.removeprefix("=") for cube in catalogue.cubes.values() for term in (*cube.terms, *cube.terms_at))
    return (*catalogue.cubes, *terms)

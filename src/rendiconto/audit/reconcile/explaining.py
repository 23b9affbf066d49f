"""What a text says if a figure is of a certain cube: codes, words that name the cube, and words that nothing explains."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rendiconto.audit.reconcile.labelwords import LabelWords
from rendiconto.audit.reconcile.names import CubeNames, Names, Words
from rendiconto.audit.reconcile.placenames import PlaceNames
from rendiconto.audit.reconcile.records import PERIOD_NAMES, SEX_NAMES, TERRITORY_NAMES, Text, fold_name
from rendiconto.audit.reconcile.words import MODIFIERS, TOTAL_WORDS, words_of
from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue
from rendiconto.observations.intake.labels import YEAR, LabelIndex, column_roles, indexes
from rendiconto.territory import Territory

Codes = dict[str, tuple[str, ...]]

_TOTAL = "Totale"
_USUAL = ((PERIOD_NAMES, PERIOD), (TERRITORY_NAMES, TERRITORY), (SEX_NAMES, "sex"))


@dataclass(frozen=True)
class Explained:
    """What one text says of a cube's figure.

    ``codes`` by dimension (several where the text leaves it open), ``coded`` the words that say them, ``words`` all that say
    something of the indicator, ``left`` those that nothing explains. ``totals`` are the codes that "totale" may mean where no
    other text says one. ``fits`` is false where the column of a dimension says no
    code of it; ``stray`` where a word makes another measure of the indicator, or tells apart what the cube does not.
    """

    codes: Mapping[str, tuple[str, ...]]
    words: Words = frozenset()
    coded: Words = frozenset()
    left: Words = frozenset()
    fits: bool = True
    stray: bool = False
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Explainer:
    """Explains texts for one catalogue and territory; remembers what it has explained."""

    def __init__(self, catalogue: Catalogue, names: Names, territory: Territory) -> None:
        self.catalogue = catalogue
        self.names = names
        self.places = PlaceNames(catalogue.year, territory)
        self._known: dict[tuple[str, Text], Explained] = {}
        self._roles: dict[tuple[str, str], str | None] = {}
        self._labels: dict[tuple[str, str], LabelWords] = {}

    def explain(self, cube: CubeNames, text: Text) -> Explained:
        """What the text says of a figure of the cube."""
        at = (cube.cube.name, text)
        if at not in self._known:
            role = self.role(cube, text.name)
            self._known[at] = self._free(cube, text) if role is None else self._named(cube, role, text.text)
        return self._known[at]

    def role(self, cube: CubeNames, name: str) -> str | None:
        """The dimension that a column of this name holds in the cube, if one."""
        at = (cube.cube.name, name)
        if at not in self._roles:
            own = cube.cube.dimension_names
            found = column_roles(cube.cube, [name]).get(name) if name else None
            usual = next((role for names, role in _USUAL if fold_name(name) in names), None)
            self._roles[at] = next((role for role in (found, usual) if role in own), None)
        return self._roles[at]

    def _named(self, cube: CubeNames, role: str, text: str) -> Explained:
        """The cell of a column that holds a dimension."""
        index = self._index(cube, role)
        found = index.codes(text)
        if not found and role == TERRITORY:
            place, _ = self.places.find(text)
            found = (place,) if place else ()
        elif not found and index.dimension.codelist is not None:
            words = frozenset(words_of(text)) - self.places.find(text)[1]
            total = index.dimension.codelist.total
            found = (total,) if total and words and words <= TOTAL_WORDS else self._label_words(cube, role).said_by(words)[0]
        codes = {role: found} if found else {}
        if found and role not in (TERRITORY, PERIOD):
            # "Totale regionale" below the rows of a dimension.
            place, _ = self.places.find(text)
            codes |= {TERRITORY: (place,)} if place else {}
        return Explained(codes, fits=bool(found))

    def _free(self, cube: CubeNames, text: Text) -> Explained:
        """A text of no dimension in particular."""
        codes: Codes = {}
        years = set(YEAR.findall(text.text))
        if len(years) == 1 and not text.weak:
            codes[PERIOD] = tuple(years)
        place, placed = self.places.find(text.text)
        if place is not None:
            codes[TERRITORY] = (place,)
        words = frozenset(words_of(text.text)) - placed
        totals = self._totals(cube) if words & TOTAL_WORDS else {}
        words -= TOTAL_WORDS
        if not words:
            return Explained(codes, totals=totals)
        found, coded = self._coded(cube, text, words)
        codes |= found
        if text.weak:
            return Explained(codes, words, coded)
        left = words - coded - cube.vocabulary
        other = left & (MODIFIERS | self.names.distinctions)
        return Explained(codes, words, coded, left, stray=bool(other), totals=totals)

    def _totals(self, cube: CubeNames) -> Codes:
        """What "totale" may mean along each dimension: some have several codes of that label."""
        found: Codes = {}
        for dimension in cube.cube.dimensions:
            if dimension.codelist is not None:
                total = dimension.codelist.total
                usual = (total,) if total is not None else ()
                found[dimension.name] = tuple(dict.fromkeys((*usual, *self._index(cube, dimension.name).codes(_TOTAL))))
        return {name: codes for name, codes in found.items() if codes}

    def _coded(self, cube: CubeNames, text: Text, words: Words) -> tuple[Codes, Words]:
        """The codes that a text says, and the words that say them."""
        if not words:
            return {}, frozenset()
        own = [dimension.name for dimension in cube.cube.dimensions if dimension.codelist is not None]
        whole = {name: self._index(cube, name).codes(text.text) for name in own}
        codes: Codes = {name: found for name, found in whole.items() if found}
        if codes or text.weak:
            return codes, words if codes else frozenset()
        # First what is said in full ("tempo indeterminato"), then what the words left over can only mean ("indeterminato").
        coded: Words = frozenset()
        for name in own:
            found, used = self._label_words(cube, name).in_full(words)
            if found:
                codes[name] = found
                coded |= used
        for name in own:
            found, used = self._label_words(cube, name).in_part(words - coded - cube.own)
            if found and name not in codes:
                codes[name] = found
                coded |= used
        return codes, coded

    def _index(self, cube: CubeNames, role: str) -> LabelIndex:
        return indexes(self.catalogue, cube.cube)[role]

    def _label_words(self, cube: CubeNames, role: str) -> LabelWords:
        at = (cube.cube.name, role)
        if at not in self._labels:
            dimension = cube.cube.dimension(role)
            assert dimension is not None
            self._labels[at] = LabelWords(cube.cube, dimension)
        return self._labels[at]

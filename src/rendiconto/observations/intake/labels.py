"""Labels to codes: what the texts of a delivery stand for.

A text is compared folded (capitals, accents, punctuation aside) with the codes, labels and aliases of a dimension; territories
are asked of the gazetteer, periods are years. A label that two codes share ("TOTALE") gives both, in their order. Near labels
are offered, never taken.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube, Dimension
from rendiconto.catalogue.standards.identifiers import read_code_id
from rendiconto.errors import nearest_names
from rendiconto.italian.sorting import fold_words
from rendiconto.territory import Gazetteer

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TERRITORY_PREFIX = re.compile(r"^(regione|provincia( di| autonoma di)?|prov|citta metropolitana( di)?|totale|tot)\s+")
_TOTAL = re.compile(r"^(totale|tot)( (generale|complessivo|nazionale|italia|regionale|regione))?$")


@dataclass(frozen=True, slots=True)
class Near:
    """A label that is nearly the text, with its code."""

    label: str
    code: str


class LabelIndex:
    """The labels of one dimension. ``extra`` are texts that a profile explains; ``cube`` may rename codes."""

    def __init__(self, catalogue: Catalogue, cube: Cube, dimension: Dimension, extra: Mapping[str, str] | None = None) -> None:
        self.year = catalogue.year
        self.dimension = dimension
        self.extra = {_fold(text): code for text, code in (extra or {}).items()}
        self._known: dict[str, tuple[str, ...]] = {}
        self._spelled: dict[str, str] = {}
        for code in dimension.codelist.codes.values() if dimension.codelist else ():
            spelled = (code.code, code.label, code.short, *code.aliases, cube.labels.get(code.code))
            for text in dict.fromkeys(text for text in spelled if text):
                self._add(text, code.code)

    def _add(self, text: str, code: str) -> None:
        folded = _fold(text)
        self._spelled.setdefault(text, code)
        if code not in self._known.get(folded, ()):
            self._known[folded] = (*self._known.get(folded, ()), code)

    def codes(self, text: str) -> tuple[str, ...]:
        """The codes that a text may stand for; none, one, or all those that share the label."""
        folded = _fold(text)
        if folded in self.extra:
            return (self.extra[folded],)
        if self.dimension.name == TERRITORY:
            return self._territory(text)
        if self.dimension.name == PERIOD:
            years = set(YEAR.findall(text))
            return tuple(years) if len(years) == 1 else ()
        codelist = self.dimension.codelist
        # As our own structures write it in SDMX: "65$2B" is "65+".
        code = read_code_id(text.strip()) if "$" in text else text.strip()
        if codelist is not None and code in codelist.codes:
            return (code,)
        if folded not in self._known and codelist is not None and codelist.total and _TOTAL.fullmatch(folded):
            return (codelist.total,)
        return self._known.get(folded, ())

    def _territory(self, text: str) -> tuple[str, ...]:
        folded = fold_words(text)
        for wanted in dict.fromkeys((text.strip(), folded, _TERRITORY_PREFIX.sub("", folded), _padded(text.strip()))):
            found = Gazetteer.load().named(wanted, self.year)
            if found is not None:
                return (found.code,)
        return ()

    def near(self, text: str, limit: int = 2) -> tuple[Near, ...]:
        """The labels most like a text."""
        if self.dimension.name == PERIOD:
            return ()
        if self.dimension.name == TERRITORY:
            units = {unit.name: unit.code for unit in Gazetteer.load().all(self.year)}
            wanted = _TERRITORY_PREFIX.sub("", fold_words(text))
            return tuple(Near(name, units[name]) for name in nearest_names(wanted, units, limit))
        found = {self._spelled[label]: label for label in reversed(nearest_names(text, self._spelled, limit + 2))}
        return tuple(Near(label, code) for code, label in reversed(found.items()))[:limit]

    @property
    def expected(self) -> str:
        """What the dimension wants, in a word."""
        if self.dimension.name == TERRITORY:
            return "a territory"
        return "a year" if self.dimension.name == PERIOD else f"a code of {self.dimension.title!r}"


def _fold(text: str) -> str:
    """As ``fold_words``, but what an age class or a code is made of stays: "65+" is not "65", "< 30" is not "30"."""
    signs = "".join(sign for sign in text if sign in "+<>")
    return fold_words(text) + signs


def _padded(text: str) -> str:
    """A territory's code that a spreadsheet took for a number: ``45`` was ``045``, ``9`` was ``09``."""
    if text.isdecimal() and len(text) < 3:
        return text.zfill(3)
    return text


def territory_total(text: str, above: Iterable[str], year: int) -> str | None:
    """What "Totale" stands for below territories: their common region, or Italy where they are of several."""
    if not _TOTAL.fullmatch(fold_words(text)):
        return None
    gazetteer = Gazetteer.load()
    units = [gazetteer.by_code(code) for code in above]
    regions = {gazetteer.region_of(unit, year).code for unit in units if unit.is_province}
    if not units:
        return None
    if len(regions) == 1 and not any(unit.is_region for unit in units if unit.code not in regions):
        return regions.pop()
    return gazetteer.country().code


def indexes(catalogue: Catalogue, cube: Cube, extra: Mapping[str, Mapping[str, str]] | None = None) -> dict[str, LabelIndex]:
    """The label indexes of a cube's dimensions; ``extra`` are texts that a profile explains, by dimension."""
    return {
        d.name: LabelIndex(catalogue, cube, d, extra[d.name])
        if extra and d.name in extra
        else _index(catalogue, cube.name, d.name)
        for d in cube.dimensions
    }


@lru_cache(maxsize=1024)
def _index(catalogue: Catalogue, cube: str, dimension: str) -> LabelIndex:
    declared = catalogue.cubes[cube].dimension(dimension)
    assert declared is not None
    return LabelIndex(catalogue, catalogue.cubes[cube], declared)


_ALIASES: Mapping[str, Sequence[str]] = {
    TERRITORY: ("territorio", "ref area", "provincia", "codice territorio", "territory code", "geo", "cod territorio"),
    PERIOD: ("periodo", "time period", "anno", "year", "time"),
    "value": ("valore", "obs value", "value", "observation value"),
    "status": ("stato", "obs status", "status", "simbolo"),
    "origin": ("origin", "origine"),
}


def column_roles(cube: Cube, names: Sequence[str]) -> dict[str, str]:
    """Which columns of a tidy table hold a dimension, the value, its status or origin: role by column name.

    A dimension is named by itself, its title or its codelist; ``…_label`` columns and others are nobody's.
    """
    wanted: dict[str, str] = {}
    for dimension in cube.dimensions:
        codelist = (dimension.codelist.name,) if dimension.codelist else ()
        for text in (dimension.name, dimension.title, *codelist):
            wanted.setdefault(fold_words(text), dimension.name)
    for role in (*cube.dimension_names, "value", "status", "origin"):
        for text in _ALIASES.get(role, ()):
            wanted.setdefault(fold_words(text), role)
    roles: dict[str, str] = {}
    for name in names:
        found = wanted.get(fold_words(name))
        if found is not None and found not in roles.values():
            roles[name] = found
    return roles

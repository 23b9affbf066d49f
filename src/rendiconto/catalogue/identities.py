"""Identities: the arithmetic that declarations imply, as signed sums of keys that must vanish.

A codelist says once that ``T = F + M``; a cube says along which dimensions it adds up; territories say which provinces make a
region; ``relations.yaml`` says what holds between cubes. From these and the keys that exist follow all identities, each
with the declaration that made it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.formulas import InputModel
from rendiconto.catalogue.gridplan import Codes
from rendiconto.territory import Gazetteer

Keys = Mapping[str, Collection[Codes]]
"""The keys that exist, by cube."""


class IdentityKind(StrEnum):
    """Which kind of declaration an identity comes from."""

    SUM = "sum"  # a code of a codelist is the sum of others
    TERRITORY = "territory"  # a region is its provinces, Italy its regions
    RELATION = "relation"  # a line of relations.yaml


@dataclass(frozen=True, slots=True)
class Term:
    """A key with its sign."""

    sign: int
    cube: Cube
    codes: Codes


@dataclass(frozen=True, slots=True)
class Identity:
    """Terms whose signed sum must vanish; the first is the total. ``because`` says which declaration made it."""

    kind: IdentityKind
    terms: tuple[Term, ...]
    because: str


def derive_identities(catalogue: Catalogue, keys: Keys) -> Iterator[Identity]:
    """All identities whose terms are all among ``keys`` (a combination that cannot exist counts as there, as nil)."""
    for name in sorted(keys):
        cube = catalogue.cubes[name]
        yield from _sums(cube, keys[name])
        if TERRITORY in cube.sums:
            yield from _territory_sums(cube, keys[name], catalogue.year)
    for name, relation in catalogue.relations.items():
        yield from _relations(catalogue, name, relation.equals, keys)


def _sums(cube: Cube, keys: Collection[Codes]) -> Iterator[Identity]:
    for position, dimension in enumerate(cube.dimensions):
        if dimension.codelist is None or dimension.name not in cube.sums:
            continue
        for codes in sorted(keys):
            parts = dimension.codelist.codes[codes[position]].sum
            if not parts:
                continue
            below = [(*codes[:position], part, *codes[position + 1 :]) for part in parts]
            if all(_exists(cube, part, keys) for part in below):
                terms = (Term(1, cube, codes), *(Term(-1, cube, part) for part in below if part in keys))
                because = f"{dimension.codelist.name}: {codes[position]} = {' + '.join(parts)}"
                yield Identity(IdentityKind.SUM, terms, because)


def _exists(cube: Cube, codes: Codes, keys: Collection[Codes]) -> bool:
    return codes in keys or (bool(cube.void) and cube.is_void(dict(zip(cube.dimension_names, codes, strict=True))))


def _territory_sums(cube: Cube, keys: Collection[Codes], year: int) -> Iterator[Identity]:
    hierarchy = Gazetteer.load().sum_hierarchy(year)
    for codes in sorted(keys):
        parts = hierarchy.get(codes[0], ())
        below = [(part, *codes[1:]) for part in parts]
        if below and all(part in keys for part in below):
            terms = (Term(1, cube, codes), *(Term(-1, cube, part) for part in below))
            yield Identity(IdentityKind.TERRITORY, terms, f"territory: {codes[0]} = {' + '.join(parts)}")


def _relations(catalogue: Catalogue, name: str, equals: InputModel, keys: Keys) -> Iterator[Identity]:
    relation = catalogue.relations[name]
    target = catalogue.cube(equals.cube)
    for codes in sorted(keys.get(target.name, ())):
        own = dict(zip(target.dimension_names, codes, strict=True))
        if any(own.get(dimension) != code for dimension, code in equals.fix.items()):
            continue
        shared = {dimension: code for dimension, code in own.items() if dimension not in equals.fix}
        terms = [Term(1, target, codes)]
        for sign, needs in ((-1, relation.plus), (1, relation.minus)):
            for need in needs:
                cube = catalogue.cube(need.cube)
                terms.append(Term(sign, cube, _at(cube, need, shared)))
        if all(term.codes in keys.get(term.cube.name, ()) for term in terms):
            yield Identity(IdentityKind.RELATION, tuple(terms), relation.because)


def _at(cube: Cube, need: InputModel, shared: Mapping[str, str]) -> Codes:
    codes = []
    for dimension in cube.dimensions:
        code = need.fix.get(dimension.name) or shared.get(dimension.name)
        if dimension.name == PERIOD and dimension.name in need.fix:
            code = str(int(shared[PERIOD]) + int(need.fix[PERIOD]))
        if code is None and dimension.codelist is not None:
            code = dimension.codelist.total
        codes.append(code or "")
    return tuple(codes)

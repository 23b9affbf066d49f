"""Identities: the arithmetic that declarations imply, as signed sums of keys that must vanish (or not fall below zero).

A codelist says once that ``T = F + M``; a cube says along which dimensions it adds up; territories say which provinces make a
region; a code says that it is a "di cui" of another; ``relations.yaml`` says what holds between cubes. Each declaration makes
one *pattern*, which holds at every key that its total has: the checks evaluate patterns over whole cubes, everybody else
asks for the identities at the keys that exist.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.formulas import InputModel
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.models import RelationModel
from rendiconto.territory import Gazetteer

Keys = Mapping[str, Collection[Codes]]
"""The keys that exist, by cube."""


class IdentityKind(StrEnum):
    """Which kind of declaration an identity comes from."""

    SUM = "sum"  # a code of a codelist is the sum of others
    TERRITORY = "territory"  # a region is its provinces, Italy its regions
    RELATION = "relation"  # a line of relations.yaml
    BOUND = "bound"  # a "di cui", or a line of relations.yaml that says at most or at least


class Sense(StrEnum):
    """What the signed sum must do."""

    VANISH = "vanish"
    NOT_NEGATIVE = "not negative"


@dataclass(frozen=True, slots=True)
class Term:
    """A key with its sign."""

    sign: int
    cube: Cube
    codes: Codes


@dataclass(frozen=True, slots=True)
class Identity:
    """Terms whose signed sum must vanish or not be negative; the first is the total. ``because``: the declaration."""

    kind: IdentityKind
    terms: tuple[Term, ...]
    because: str
    sense: Sense = Sense.VANISH


def sum_tolerance(cubes: Iterable[Cube], decimals: int, terms: int) -> Decimal:
    """By how much a sum of printed figures may depart: half a unit of the last decimal for each term of a rounded measure."""
    return Decimal("0.5").scaleb(-decimals) * terms if any(cube.rounded for cube in cubes) else Decimal(0)


@dataclass(frozen=True)
class PatternTerm:
    """A cube at codes of some dimensions; a fixed period may be relative to the total's ("-1")."""

    sign: int
    cube: Cube
    fix: Mapping[str, str]

    def codes_for(self, shared: Mapping[str, str]) -> Codes:
        """The full key that goes with the total's codes; what nobody says stands at the codelist's total."""
        codes = []
        for dimension in self.cube.dimensions:
            code = self.fix.get(dimension.name)
            if code is not None and dimension.name == PERIOD and not code.isdecimal():
                code = str(int(shared[PERIOD]) + int(code))
            code = code or shared.get(dimension.name)
            if code is None and dimension.codelist is not None:
                code = dimension.codelist.total
            codes.append(code or "")
        return tuple(codes)


@dataclass(frozen=True)
class Pattern:
    """An identity at every key of its total (the first term): dimensions that no term fixes are shared by name.

    ``along`` is the dimension that it sums over, if one.
    """

    kind: IdentityKind
    terms: tuple[PatternTerm, ...]
    because: str
    sense: Sense = Sense.VANISH
    along: str | None = None

    @property
    def total(self) -> PatternTerm:
        """The term that the others make, or bound."""
        return self.terms[0]

    def at(self, codes: Codes) -> Identity | None:
        """The identity at a key of the total's cube; None where the total stands at other codes."""
        own = dict(zip(self.total.cube.dimension_names, codes, strict=True))
        if any(own[name] != code for name, code in self.total.fix.items()):
            return None
        shared = {name: code for name, code in own.items() if name not in self.total.fix or name == self.along}
        below = (Term(term.sign, term.cube, term.codes_for(shared)) for term in self.terms[1:])
        return Identity(self.kind, (Term(self.total.sign, self.total.cube, codes), *below), self.because, self.sense)


@lru_cache(maxsize=8)
def derive_patterns(catalogue: Catalogue) -> tuple[Pattern, ...]:
    """Every pattern that the catalogue implies, in the order of cubes, dimensions, codes; relations last."""
    return tuple(_all_patterns(catalogue))


def _all_patterns(catalogue: Catalogue) -> Iterator[Pattern]:
    hierarchy = Gazetteer.load().sum_hierarchy(catalogue.year)
    for name in sorted(catalogue.cubes):
        cube = catalogue.cubes[name]
        for dimension in cube.dimensions:
            if dimension.codelist is None:
                continue
            for code in dimension.codelist.codes.values():
                if code.sum and dimension.name in cube.sums:
                    because = f"{dimension.codelist.name}: {code.code} = {' + '.join(code.sum)}"
                    yield _along(IdentityKind.SUM, cube, dimension.name, code.code, code.sum, because)
                if code.within and cube.formula is None:
                    because = f"{dimension.codelist.name}: {code.code} is within {code.within}"
                    within = _along(IdentityKind.BOUND, cube, dimension.name, code.within, (code.code,), because)
                    yield Pattern(within.kind, within.terms, because, Sense.NOT_NEGATIVE, dimension.name)
        if TERRITORY in cube.sums:
            for whole, parts in hierarchy.items():
                because = f"territory: {whole} = {' + '.join(parts)}"
                yield _along(IdentityKind.TERRITORY, cube, TERRITORY, whole, parts, because)
    for relation in catalogue.relations.values():
        yield _relation(catalogue, relation)


def _along(kind: IdentityKind, cube: Cube, name: str, whole: str, parts: tuple[str, ...], because: str) -> Pattern:
    terms = (PatternTerm(1, cube, {name: whole}), *(PatternTerm(-1, cube, {name: part}) for part in parts))
    return Pattern(kind, terms, because, along=name)


def _relation(catalogue: Catalogue, relation: RelationModel) -> Pattern:
    def term(sign: int, need: InputModel) -> PatternTerm:
        return PatternTerm(sign, catalogue.cube(need.cube), need.fix)

    # "at least" bounds from below: all signs turn, and the bound stays the first term.
    turn = -1 if relation.at_least is not None else 1
    needs = (*relation.plus, *relation.minus)
    others = {name for need in needs for name in catalogue.cube(need.cube).dimension_names if name not in need.fix}
    bound = catalogue.cube(relation.bound.cube)
    # What only the bound divides, or the others hold fixed, the bound has whole.
    whole = {d.name: d.codelist.total for d in bound.dimensions if d.codelist and d.codelist.total and d.name not in others}
    terms = (
        PatternTerm(turn, bound, {**whole, **relation.bound.fix}),
        *(term(-turn, need) for need in relation.plus),
        *(term(turn, need) for need in relation.minus),
    )
    if relation.equals is not None:
        return Pattern(IdentityKind.RELATION, terms, relation.because)
    return Pattern(IdentityKind.BOUND, terms, relation.because, Sense.NOT_NEGATIVE)


def derive_identities(catalogue: Catalogue, keys: Keys) -> Iterator[Identity]:
    """All identities whose terms are all among ``keys``; a combination that cannot exist is left out, as nil."""
    held = {name: _KeyIndex(catalogue.cubes[name], keys[name]) for name in sorted(keys)}
    for pattern in derive_patterns(catalogue):
        if pattern.total.cube.name not in held:
            continue
        for codes in held[pattern.total.cube.name].matching(pattern.total.fix):
            identity = pattern.at(codes)
            if identity is None:
                continue
            if all(_exists(term.cube, term.codes, keys.get(term.cube.name, ())) for term in identity.terms):
                there = tuple(term for term in identity.terms if term.codes in keys[term.cube.name])
                yield Identity(identity.kind, there, identity.because, identity.sense)


class _KeyIndex:
    """A cube's keys by the code at each dimension, in order."""

    def __init__(self, cube: Cube, keys: Collection[Codes]) -> None:
        self.cube = cube
        self.keys = sorted(keys)
        self._by: dict[tuple[str, str], list[Codes]] = {}
        for codes in self.keys:
            for name, code in zip(cube.dimension_names, codes, strict=True):
                self._by.setdefault((name, code), []).append(codes)

    def matching(self, fix: Mapping[str, str]) -> list[Codes]:
        """The keys that stand at one of the fixed codes at least (``Pattern.at`` looks at the others)."""
        return next((self._by.get(pair, []) for pair in fix.items()), self.keys)


def _exists(cube: Cube, codes: Codes, keys: Collection[Codes]) -> bool:
    return codes in keys or (bool(cube.void) and cube.is_void(dict(zip(cube.dimension_names, codes, strict=True))))

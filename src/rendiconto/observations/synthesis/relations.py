"""What is declared between cubes made to hold: stocks follow from flows, what is bounded stays within its bound.

Only made-up figures of provinces are moved, at leaf codes, and with them every made-up total that they are part of.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from rendiconto.catalogue.declarations import TERRITORY, Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.identities import Identity, IdentityKind, Pattern, Sense, Term, derive_patterns
from rendiconto.document.values import Status
from rendiconto.observations.columns import CubeObservations, Observation
from rendiconto.observations.microdata.plan import codes_above
from rendiconto.observations.synthesis.counts import MADE_UP
from rendiconto.observations.synthesis.sizes import Sizes

_TIMES = 3
"""One bound may undo another: they are gone through so often."""


def keep_relations(catalogue: Catalogue, cubes: dict[str, CubeObservations], sizes: Sizes) -> None:
    """Move made-up figures until every declared relation between counts holds."""
    mover = _Mover(cubes, sizes)
    patterns = [pattern for pattern in derive_patterns(catalogue) if _concerns(pattern, cubes)]
    for _ in range(_TIMES):
        for pattern in patterns:
            for identity in _at_leaves(pattern, cubes, sizes):
                mover.settle(identity)
    mover.store()


def _concerns(pattern: Pattern, cubes: dict[str, CubeObservations]) -> bool:
    """Whether it is a relation between counts that are there; sums within a cube hold already."""
    names = {term.cube.name for term in pattern.terms}
    counts = all(TERRITORY in term.cube.sums for term in pattern.terms)
    return pattern.kind in (IdentityKind.RELATION, IdentityKind.BOUND) and counts and names <= cubes.keys()


def _at_leaves(pattern: Pattern, cubes: dict[str, CubeObservations], sizes: Sizes) -> Iterator[Identity]:
    """The relation for each province, at the codes of its total that sum nothing."""
    cube = pattern.total.cube
    provinces = set(sizes.provinces)
    for codes in cubes[cube.name]:
        if codes[0] in provinces and not _sums(cube, codes):
            identity = pattern.at(codes)
            if identity is not None:
                yield identity


def _sums(cube: Cube, codes: Codes) -> bool:
    """Whether one of the codes is a sum of others."""
    return any(
        dimension.codelist is not None and dimension.name in cube.sums and dimension.codelist.codes[code].sum
        for dimension, code in zip(cube.dimensions, codes, strict=True)
    )


class _Mover:
    """Holds the figures while they are moved."""

    def __init__(self, cubes: dict[str, CubeObservations], sizes: Sizes) -> None:
        self.cubes = cubes
        self.wholes = {province: (region, sizes.country) for region, parts in sizes.regions.items() for province in parts}
        self.country = sizes.country
        self.changed: dict[str, dict[Codes, Observation]] = {}
        self.above: dict[str, list[dict[str, tuple[str, ...]]]] = {}

    def settle(self, identity: Identity) -> None:
        """Move a made-up figure of an identity by as much as it is out."""
        out = sum((term.sign * self.value(term) for term in identity.terms), Decimal(0))
        total, *others = identity.terms
        if identity.sense is Sense.NOT_NEGATIVE:
            if out < 0 and others and self.made_up(others[0]):
                self.move(others[0], -out * others[0].sign)
        elif out and self.made_up(total):
            self.move(total, -out * total.sign)
            below = self.value(total)
            if below < 0 and self.made_up(others[0]):
                self.move(total, -below)
                self.move(others[0], below * others[0].sign * total.sign)

    def found(self, cube: Cube, codes: Codes) -> Observation | None:
        """The figure at a key, as it has been moved."""
        return self.changed.get(cube.name, {}).get(codes) or self.cubes[cube.name].get(codes)

    def value(self, term: Term) -> Decimal:
        observation = self.found(term.cube, term.codes)
        return Decimal(0) if observation is None or observation.value is None else observation.value

    def made_up(self, term: Term) -> bool:
        observation = self.found(term.cube, term.codes)
        return observation is not None and observation.synthetic and observation.status is not Status.CONFIDENTIAL

    def move(self, term: Term, by: Decimal) -> None:
        """Add to a figure, and to every made-up total that it is part of."""
        cube = term.cube
        above = self.above.setdefault(cube.name, [codes_above(d.codelist) if d.codelist else {} for d in cube.dimensions])
        choices = []
        for dimension, code, higher in zip(cube.dimensions, term.codes, above, strict=True):
            if dimension.name == TERRITORY:
                choices.append((code, *self.wholes.get(code, (self.country,))))
            else:
                choices.append((code, *(higher.get(code, ()) if dimension.name in cube.sums else ())))
        for codes in product(*choices):
            there = self.found(cube, codes)
            if there is not None and there.synthetic and there.status is not Status.CONFIDENTIAL:
                value = (there.value or Decimal(0)) + by
                moved = Observation(value or None, Status.NORMAL if value else Status.NIL, MADE_UP, synthetic=True)
                self.changed.setdefault(cube.name, {})[codes] = moved

    def store(self) -> None:
        """Put what was moved among the figures."""
        for name, changes in self.changed.items():
            self.cubes[name] = self.cubes[name].replaced(changes)

"""Resolution: the figure at a key, whether delivered, corrected, computed by a formula, or summed from its parts.

A formula computes where its inputs are there; where only the result was delivered it takes the observation. A sum whose
total nobody delivered is computed from its parts. As published, what was delivered always wins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.formulas import InputModel, Operand
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.inputs import input_key
from rendiconto.document.values import Origin, Status
from rendiconto.observations.errata import Erratum
from rendiconto.observations.store import ObservationStore
from rendiconto.territory import Gazetteer


@dataclass(frozen=True, slots=True)
class Resolved:
    """A figure, unrounded, with where it comes from."""

    value: Decimal | None
    status: Status
    origin: Origin


_NOTHING = Resolved(None, Status.MISSING, Origin.NONE)


class Resolver:
    """Resolves figures of one catalogue and store; remembers what it has resolved."""

    def __init__(self, catalogue: Catalogue, store: ObservationStore, *, as_published: bool = False) -> None:
        self.catalogue = catalogue
        self.store = store
        self.as_published = as_published
        self.errata: dict[tuple[str, Codes], list[Erratum]] = {}
        for erratum in store.errata:
            self.errata.setdefault((erratum.cube, erratum.codes), []).append(erratum)
        self._known: dict[tuple[str, Codes], Resolved] = {}

    def resolve(self, cube: Cube, codes: Codes) -> Resolved:
        """The figure at a key; status ``missing`` when nothing gives it."""
        at = (cube.name, codes)
        if at not in self._known:
            self._known[at] = self._resolve(cube, codes)
        return self._known[at]

    def _resolve(self, cube: Cube, codes: Codes) -> Resolved:
        delivered = self.delivered(cube, codes)
        if delivered is not None and delivered.origin is Origin.SYNTHETIC:
            return self._not_made_up(cube, codes) or delivered
        prefers_delivered = cube.formula is None or cube.delivered or self.as_published or self._undecided(cube, codes)
        if delivered is not None and (prefers_delivered or delivered.status is Status.CONFIDENTIAL):
            return delivered
        if delivered is not None:
            return self._not_made_up(cube, codes) or delivered
        return self.computed(cube, codes) or _NOTHING

    def _not_made_up(self, cube: Cube, codes: Codes) -> Resolved | None:
        """The figure as it follows from published ones only: a made-up one takes the place of none."""
        computed = self.computed(cube, codes)
        return None if computed is None or computed.origin is Origin.SYNTHETIC else computed

    def _undecided(self, cube: Cube, codes: Codes) -> bool:
        entries = self.errata.get((cube.name, codes), [])
        return any(not erratum.decidable and erratum.part is None for erratum in entries)

    def delivered(self, cube: Cube, codes: Codes) -> Resolved | None:
        """The observation, mended by a decidable erratum unless as published; None when there is none."""
        observation = self.store.get(cube.name, codes)
        if not self.as_published:
            for erratum in self.errata.get((cube.name, codes), []):
                if erratum.decidable and erratum.part is None and cube.formula is None:
                    return Resolved(erratum.proposed.value, erratum.proposed.status, Origin.CORRECTED)
        if observation is None:
            return Resolved(None, Status.NIL, Origin.NONE) if self._void(cube, codes) else None
        origin = Origin.SYNTHETIC if observation.synthetic else Origin.DELIVERED
        return Resolved(observation.value, observation.status, origin)

    @staticmethod
    def _void(cube: Cube, codes: Codes) -> bool:
        return bool(cube.void) and cube.is_void(dict(zip(cube.dimension_names, codes, strict=True)))

    def computed(self, cube: Cube, codes: Codes) -> Resolved | None:
        """The figure as it follows from others; None when it does not or an input is missing."""
        if cube.formula is None:
            return self._summed(cube, codes)
        inputs = [self._input(cube, codes, need) for need in cube.formula.inputs()]
        if any(figure.status is Status.MISSING for figure in inputs):
            return None
        result = cube.formula.evaluate([Operand(value=figure.value, status=figure.status) for figure in inputs])
        return Resolved(result.value, result.status, _origin_of(inputs))

    def _input(self, cube: Cube, codes: Codes, need: InputModel) -> Resolved:
        below, at = input_key(self.catalogue, cube, codes, need)
        return self.resolve(below, at)

    def _summed(self, cube: Cube, codes: Codes) -> Resolved | None:
        units = _units(cube, codes) if TERRITORY in cube.sums else ()
        for parts in (*self.parts(cube, codes), *((units,) if units else ())):
            resolved = [self.resolve(cube, part) for part in parts]
            statuses = {figure.status for figure in resolved}
            if statuses <= {Status.NORMAL, Status.NIL}:
                total = sum((figure.value or Decimal(0) for figure in resolved), Decimal(0))
                nil = statuses == {Status.NIL}
                return Resolved(None if nil else total, Status.NIL if nil else Status.NORMAL, _origin_of(resolved))
        return self._weighed(cube, codes)

    def _weighed(self, cube: Cube, codes: Codes) -> Resolved | None:
        """A mean of a named area: that of its provinces, weighed by the counts that the cube declares; None without them."""
        units = _units(cube, codes)
        if not units or cube.weight is None or TERRITORY in cube.sums:
            return None
        counts = self.catalogue.cubes[cube.weight]
        means = [self.resolve(cube, unit) for unit in units]
        weights = [self.resolve(counts, _at(counts, cube, unit)) for unit in units]
        if {figure.status for figure in (*means, *weights)} != {Status.NORMAL}:
            return None
        pairs = [(mean.value or Decimal(0), weight.value or Decimal(0)) for mean, weight in zip(means, weights, strict=True)]
        heads = sum((weight for _, weight in pairs), Decimal(0))
        if not heads:
            return None
        value = sum((mean * weight for mean, weight in pairs), Decimal(0)) / heads
        return Resolved(value, Status.NORMAL, _origin_of((*means, *weights)))

    @staticmethod
    def parts(cube: Cube, codes: Codes) -> Iterator[tuple[Codes, ...]]:
        """The ways in which a key is a sum of others, one for each additive dimension at a code that sums."""
        for position, dimension in enumerate(cube.dimensions):
            if dimension.name not in cube.sums or dimension.codelist is None or dimension.name in (TERRITORY, PERIOD):
                continue
            code = dimension.codelist.codes[codes[position]]
            if code.sum:
                yield tuple((*codes[:position], part, *codes[position + 1 :]) for part in code.sum)


def _units(cube: Cube, codes: Codes) -> tuple[Codes, ...]:
    """The same figure in the provinces of a named area; none for any other territory."""
    at = cube.dimension_names.index(TERRITORY)
    return tuple((*codes[:at], unit, *codes[at + 1 :]) for unit in Gazetteer.load().by_code(codes[at]).parts)


def _at(counts: Cube, means: Cube, codes: Codes) -> Codes:
    """The key of the counts behind a mean: its codes where both have the dimension, totals elsewhere."""
    own = dict(zip(means.dimension_names, codes, strict=True))
    totals = {d.name: d.codelist.total or "" for d in counts.dimensions if d.codelist is not None}
    return tuple(own.get(name, totals.get(name, "")) for name in counts.dimension_names)


def _origin_of(inputs: Sequence[Resolved]) -> Origin:
    """What is computed from a made-up figure is made up."""
    return Origin.SYNTHETIC if any(figure.origin is Origin.SYNTHETIC for figure in inputs) else Origin.COMPUTED

"""Every cube of an edition for every territory: counts that add up, means and rates near those that are known."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rendiconto.catalogue.declarations import TERRITORY, Catalogue
from rendiconto.observations.columns import CubeObservations
from rendiconto.observations.store import ObservationStore
from rendiconto.observations.synthesis.counts import complete_counts
from rendiconto.observations.synthesis.means import MeansMaker, keep_rates
from rendiconto.observations.synthesis.relations import keep_relations
from rendiconto.observations.synthesis.sizes import Sizes
from rendiconto.observations.synthesis.targets import find_targets

_SIZED_BY = "popolazione"
"""The cube whose totals say how large territories are."""


@dataclass(frozen=True)
class Italy:
    """Figures of every cube and territory, the known ones among them; how large territories are."""

    cubes: Mapping[str, CubeObservations]
    sizes: Sizes


def complete_italy(catalogue: Catalogue, store: ObservationStore, seed: int) -> Italy:
    """Every territory's figures at all that any territory has; known ones as they are, others made up and marked so.

    What a formula gives is left to it. Same seed, same figures, on any machine.
    """
    sizes = _sizes(catalogue, store, seed)
    targets = find_targets(catalogue, store, sizes)
    cubes: dict[str, CubeObservations] = {}
    for number, name in enumerate(sorted(store.cubes)):
        cube, known = catalogue.cubes[name], store.cubes[name]
        random = np.random.Generator(np.random.PCG64([seed, number]))
        if cube.formula is not None:
            cubes[name] = known
        elif TERRITORY in cube.sums:
            cubes[name] = CubeObservations(cube, rows=complete_counts(cube, known, sizes, random, targets.get(name)))
    keep_relations(catalogue, cubes, sizes)
    for number, name in enumerate(sorted(store.cubes.keys() - cubes.keys())):
        cube, known = catalogue.cubes[name], store.cubes[name]
        random = np.random.Generator(np.random.PCG64([seed, number, 1]))
        weights = cubes.get(cube.weight) if cube.weight else None
        cubes[name] = CubeObservations(cube, rows=MeansMaker(catalogue, cube, known, weights, sizes, random).completed())
    keep_rates(catalogue, cubes, sizes)
    return Italy(cubes, sizes)


def _sizes(catalogue: Catalogue, store: ObservationStore, seed: int) -> Sizes:
    """Sizes drawn, fitted to the known populations."""
    sizes = Sizes.drawn(catalogue.year, np.random.Generator(np.random.PCG64([seed, len(store.cubes)])))
    cube = catalogue.cubes[_SIZED_BY]
    totals = tuple(d.codelist.total for d in cube.dimensions if d.codelist is not None)
    year = str(catalogue.year + cube.offset)
    known = {
        codes[0]: float(observation.value)
        for codes, observation in store.cubes[_SIZED_BY].items()
        if codes[1:] == (year, *totals) and observation.value is not None
    }
    return sizes.fitted_to(known)

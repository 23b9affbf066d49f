"""Layers: later deliveries over earlier ones. A newer figure supersedes an older; nothing is overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from rendiconto.catalogue.declarations import PERIOD, Catalogue
from rendiconto.observations.columns import Columns, CubeObservations, linear_keys, merge_columns, scaled
from rendiconto.observations.errata import Erratum
from rendiconto.observations.store import ObservationStore, Revision

Layer = Mapping[str, CubeObservations]


def layered(catalogue: Catalogue, base: ObservationStore, layers: Sequence[Layer]) -> ObservationStore:
    """A store with layers over it, the last on top; errata of figures that have changed lapse."""
    cubes = dict(base.cubes)
    revised: list[Revision] = []
    for layer in layers:
        for name, delivered in layer.items():
            below = cubes.get(name)
            cube = catalogue.cubes[name]
            if below is None:
                cubes[name] = delivered
                continue
            observations = _without_echoes(below, delivered)
            changed = changed_keys(below, observations)
            period = cube.dimension_names.index(PERIOD)
            merged = CubeObservations(cube, columns=merge_columns(cube, [below.columns, observations.columns]))
            revised.extend(
                Revision(name, codes, below[codes], observations[codes])
                for codes in changed
                if int(codes[period]) < catalogue.year + cube.offset
            )
            cubes[name] = merged
    errata = tuple(erratum for erratum in base.errata if not _settled(erratum, base, cubes))
    return replace(base, cubes=cubes, errata=errata, revised=(*base.revised, *revised))


def _without_echoes(below: CubeObservations, above: CubeObservations) -> CubeObservations:
    """A made-up figure that comes out as one that was published does not take its place: that one needs no mark."""
    one, two = below.columns, above.columns
    if two.synthetic is None:
        return above
    positions = matching_rows(one, two)
    both = positions >= 0
    scale = max(one.scale, two.scale)
    echoes = both & two.synthetic & (two.status == one.status[positions])
    echoes &= scaled(two.values, two.scale, scale) == scaled(one.values, one.scale, scale)[positions]
    if one.synthetic is not None:
        echoes &= ~one.synthetic[positions]
    return CubeObservations(above.cube, columns=two.take(np.flatnonzero(~echoes)))


def _settled(erratum: Erratum, base: ObservationStore, cubes: Mapping[str, CubeObservations]) -> bool:
    """Whether the figure that an erratum is about has since been delivered with another value."""
    before = base.get(erratum.cube, erratum.codes)
    now = cubes[erratum.cube].get(erratum.codes) if erratum.cube in cubes else None
    if before is None or now is None:
        return False
    return (before.value, before.status) != (now.value, now.status)


def changed_keys(below: CubeObservations, above: CubeObservations) -> list[tuple[str, ...]]:
    """The keys that both have with another value or status, in the order of ``above``."""
    one, two = below.columns, above.columns
    positions = matching_rows(one, two)
    both = np.flatnonzero(positions >= 0)
    scale = max(one.scale, two.scale)
    before = scaled(one.values, one.scale, scale)[positions[both]]
    now = scaled(two.values, two.scale, scale)[both]
    apart = (before != now) | (one.status[positions[both]] != two.status[both])
    return [two.key(int(row)) for row in both[apart]]


def matching_rows(one: Columns, two: Columns) -> np.ndarray:
    """For each observation of ``two`` the row of ``one`` with the same key, or -1."""
    if not len(one) or not len(two):
        return np.full(len(two), -1, dtype=np.int64)
    sizes = [len(labels) for labels in one.labels]
    known = linear_keys(one.codes, sizes)
    order = np.argsort(known, kind="stable")
    absent = np.zeros(len(two), dtype=bool)
    wanted = np.zeros(len(two), dtype=np.int64)
    for labels, others, codes, size in zip(one.labels, two.labels, two.codes, sizes, strict=True):
        table = {label: index for index, label in enumerate(labels)}
        translated = np.array([table.get(label, -1) for label in others], dtype=np.int64)[codes]
        absent |= translated < 0
        wanted = wanted * size + np.maximum(translated, 0)
    at = np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)
    return np.where(~absent & (known[order][at] == wanted), order[at], -1)

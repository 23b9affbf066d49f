"""Cubes as arrays, and patterns evaluated over all keys at once.

Everything is whole numbers: exact, and a million observations in a fraction of a second. What does not hold comes back as a few
rows, to be judged and worded one by one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue.declarations import PERIOD, Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.identities import Pattern, PatternTerm
from rendiconto.document.values import Status
from rendiconto.observations.columns import CONFIDENTIAL, MISSING, Columns, Observation, linear_keys, scaled
from rendiconto.observations.columns import CubeObservations as Observations
from rendiconto.observations.store import ObservationStore

Rows = npt.NDArray[np.int64]
ABSENT = -1
_DENSE = 20_000_000
"""Keys for which a table of all possible ones is kept; beyond, a search."""


class CubeArrays:
    """A cube's observations with fast lookup by key."""

    def __init__(self, observations: Observations) -> None:
        self.cube: Cube = observations.cube
        self.columns: Columns = observations.columns
        self.tables = tuple({label: index for index, label in enumerate(labels)} for labels in self.columns.labels)
        # One more at the end, so that the row of what is absent (-1) reads as missing, with no value.
        self.status = np.append(self.columns.status, np.int8(MISSING))
        self._values = {self.columns.scale: np.append(self.columns.values, np.int64(0))}
        self._sizes = [max(len(labels), 1) for labels in self.columns.labels]

    def __len__(self) -> int:
        return len(self.columns)

    def position(self, name: str) -> int:
        """The position of a dimension among the cube's."""
        return self.cube.dimension_names.index(name)

    def values(self, scale: int) -> Rows:
        """The values at a scale, by row; 0 for what is absent."""
        if scale not in self._values:
            self._values[scale] = scaled(self._values[self.columns.scale], self.columns.scale, scale)
        return self._values[scale]

    @cached_property
    def by_code(self) -> dict[tuple[int, int], Rows]:
        """Rows by (dimension, code index)."""
        found: dict[tuple[int, int], Rows] = {}
        for dimension, codes in enumerate(self.columns.codes):
            order = np.argsort(codes, kind="stable")
            edges = np.searchsorted(codes[order], np.arange(self._sizes[dimension] + 1))
            for index in range(self._sizes[dimension]):
                found[dimension, index] = order[edges[index] : edges[index + 1]]
        return found

    def standing_at(self, fix: Mapping[str, str]) -> Rows:
        """The rows at these codes."""
        rows: Rows | None = None
        for name, code in fix.items():
            dimension = self.position(name)
            index = self.tables[dimension].get(code)
            if index is None:
                return np.empty(0, dtype=np.int64)
            here = self.by_code[dimension, index]
            rows = here if rows is None else rows[self.columns.codes[dimension][rows] == index]
        return np.arange(len(self), dtype=np.int64) if rows is None else rows

    @cached_property
    def _linear(self) -> Rows:
        return linear_keys(self.columns.codes, self._sizes)

    @cached_property
    def _dense(self) -> npt.NDArray[np.int32] | None:
        size = int(np.prod(np.array(self._sizes, dtype=np.float64)))
        if size > _DENSE:
            return None
        table = np.full(size, ABSENT, dtype=np.int32)
        table[self._linear] = np.arange(len(self), dtype=np.int32)
        return table

    @cached_property
    def _sorted(self) -> tuple[Rows, Rows]:
        order = np.argsort(self._linear, kind="stable")
        return self._linear[order], order

    def find(self, codes: list[npt.NDArray[np.int32] | int], length: int) -> Rows:
        """The row at each key, given as one index (or one for all) per dimension; ``ABSENT`` where there is none."""
        linear = np.zeros(length, dtype=np.int64)
        absent = np.zeros(length, dtype=bool)
        for index, size in zip(codes, self._sizes, strict=True):
            absent |= np.asarray(index) < 0
            linear = linear * size + index
        linear[absent] = 0
        found = self._look_up(linear)
        found[absent] = ABSENT
        return found

    def beside(self, rows: Rows, name: str, code: str, other: str) -> Rows:
        """For rows that stand at a code of a dimension, the row at another code of it; ``ABSENT`` where there is none."""
        dimension = self.position(name)
        index = self.tables[dimension].get(other)
        if index is None:
            return np.full(len(rows), ABSENT, dtype=np.int64)
        stride = int(np.prod(np.array(self._sizes[dimension + 1 :], dtype=np.int64)))
        return self._look_up(self._linear[rows] + (index - self.tables[dimension][code]) * stride)

    def _look_up(self, linear: Rows) -> Rows:
        if self._dense is not None:
            return self._dense[linear].astype(np.int64)
        keys, order = self._sorted
        at = np.minimum(np.searchsorted(keys, linear), len(keys) - 1)
        return np.where(keys[at] == linear, order[at], ABSENT)

    def row_of(self, codes: Codes) -> int:
        """The row of one key, or ``ABSENT``."""
        linear = 0
        for table, code, size in zip(self.tables, codes, self._sizes, strict=True):
            index = table.get(code)
            if index is None:
                return ABSENT
            linear = linear * size + index
        if self._dense is not None:
            return int(self._dense[linear])
        return int(self._look_up(np.array([linear]))[0])


@dataclass(frozen=True)
class Evaluated:
    """A pattern at many keys: for each, the rows of its terms and the signed sum at ``scale``.

    ``complete``: every term is known, or cannot exist. ``absent``: how many terms nobody delivered (or came as missing).
    ``hidden``: a term is confidential.
    """

    pattern: Pattern
    arrays: tuple[CubeArrays, ...]
    rows: tuple[Rows, ...]
    residual: Rows
    scale: int
    complete: npt.NDArray[np.bool_]
    absent: npt.NDArray[np.int64]
    hidden: npt.NDArray[np.bool_]

    def take(self, where: npt.NDArray[np.bool_]) -> Iterator[int]:
        """Positions where something holds, in order."""
        return (int(position) for position in np.flatnonzero(where))

    def codes_at(self, position: int) -> Codes:
        """The total's key at a position."""
        return self.arrays[0].columns.key(int(self.rows[0][position]))


class EditionArrays:
    """All cubes of an edition as arrays, with decidable errata applied unless as published."""

    def __init__(self, catalogue: Catalogue, store: ObservationStore, *, as_published: bool) -> None:
        self.catalogue = catalogue
        self.cubes: dict[str, CubeArrays] = {}
        corrected: dict[str, dict[Codes, Observation]] = {}
        for erratum in () if as_published else store.errata:
            observation = store.get(erratum.cube, erratum.codes)
            if observation is not None and erratum.corrects(observation.value, observation.status):
                mended = Observation(erratum.proposed.value, erratum.proposed.status, observation.place)
                corrected.setdefault(erratum.cube, {})[erratum.codes] = mended
        for name in sorted(store.cubes):
            observations = store.cubes[name]
            changes = corrected.get(name)
            self.cubes[name] = CubeArrays(observations.replaced(changes) if changes else observations)

    def evaluate(self, pattern: Pattern) -> Evaluated | None:
        """The pattern at every key that its total has; None when there is none, or a cube was not delivered."""
        total = self.cubes.get(pattern.total.cube.name)
        if total is None or any(term.cube.name not in self.cubes for term in pattern.terms):
            return None
        rows = total.standing_at(pattern.total.fix)
        if not len(rows):
            return None
        arrays = tuple(self.cubes[term.cube.name] for term in pattern.terms)
        scale = max(array.columns.scale for array in arrays)
        residual = np.zeros(len(rows), dtype=np.int64)
        absent = np.zeros(len(rows), dtype=np.int64)
        hidden = np.zeros(len(rows), dtype=bool)
        at = []
        for position, (term, array) in enumerate(zip(pattern.terms, arrays, strict=True)):
            found = rows if position == 0 else self._rows_of(term, array, pattern, total, rows)
            status = array.status[found]
            residual += term.sign * array.values(scale)[found]
            unknown = status == MISSING
            if array.cube.void and unknown.any():
                unknown &= ~self._void(term, array.cube, pattern, total, rows)
            absent += unknown
            hidden |= status == CONFIDENTIAL
            at.append(found)
        complete = (absent == 0) & ~hidden
        return Evaluated(pattern, arrays, tuple(at), residual, scale, complete, absent, hidden)

    @staticmethod
    def _rows_of(term: PatternTerm, array: CubeArrays, pattern: Pattern, total: CubeArrays, rows: Rows) -> Rows:
        """For each row of the total the row of one of its terms."""
        along = pattern.along
        if array is total and along is not None and len(term.fix) == 1 and term.fix.keys() == pattern.total.fix.keys():
            return array.beside(rows, along, pattern.total.fix[along], term.fix[along])
        codes: list[npt.NDArray[np.int32] | int] = []
        for position, dimension in enumerate(array.cube.dimensions):
            name, table = dimension.name, array.tables[position]
            fixed = term.fix.get(name)
            held = name in pattern.total.fix and name != pattern.along
            shared = name in total.cube.dimension_names and not held
            if fixed is not None and (name != PERIOD or fixed.isdecimal()):
                codes.append(table.get(fixed, ABSENT))
            elif shared:
                shift = int(fixed) if fixed is not None else 0
                codes.append(_translated(total, name, rows, table, shift))
            else:
                default = dimension.codelist.total if dimension.codelist else None
                codes.append(table.get(default or "", ABSENT))
        return array.find(codes, len(rows))

    @staticmethod
    def _void(term: PatternTerm, cube: Cube, pattern: Pattern, total: CubeArrays, rows: Rows) -> npt.NDArray[np.bool_]:
        """Whether the term's key cannot exist, for each row of the total."""
        void = np.zeros(len(rows), dtype=bool)
        for combination in cube.void:
            here = np.ones(len(rows), dtype=bool)
            for name, code in combination.items():
                dimension = cube.dimension(name)
                held = name in pattern.total.fix and name != pattern.along
                if name in term.fix:
                    here &= term.fix[name] == code
                elif name in total.cube.dimension_names and not held:
                    position = total.position(name)
                    here &= total.columns.codes[position][rows] == total.tables[position].get(code, ABSENT)
                else:
                    here &= dimension is not None and dimension.codelist is not None and dimension.codelist.total == code
            void |= here
        return void


def _translated(total: CubeArrays, name: str, rows: Rows, table: Mapping[str, int], shift: int) -> npt.NDArray[np.int32]:
    """The codes that the total's rows have along a dimension, as another cube numbers them; periods may be shifted."""
    position = total.position(name)
    labels = total.columns.labels[position]
    known = [table.get(str(int(label) + shift) if shift else label, ABSENT) for label in labels]
    return np.array(known, dtype=np.int32)[total.columns.codes[position][rows]]


def status_of(array: CubeArrays, row: int) -> Status:
    """The status of an observation; missing where there is none."""
    return Status.MISSING if row == ABSENT else tuple(Status)[array.columns.status[row]]

"""From readings to observations: what is checked whatever the file was, and what is kept of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.document.values import Status
from rendiconto.errors import Place
from rendiconto.findings import Finding
from rendiconto.italian.numbers import decimals_of
from rendiconto.observations.columns import MISSING, NORMAL, STATUSES, Columns, Places, linear_keys, merge_columns
from rendiconto.observations.deliveries.ledger import Refusal
from rendiconto.observations.errata import Figure
from rendiconto.observations.intake.rules import intake_finding


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure at a key, and its cell: row from 1 and column letter."""

    codes: Codes
    figure: Figure
    row: int
    column: str


@dataclass(frozen=True)
class Taken:
    """What was read of one cube: the observations that hold, what is wrong, and the cells (with their reasons) left out."""

    cube: Cube
    columns: Columns
    findings: tuple[Finding, ...] = ()
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = field(default=())


def columns_of_readings(cube: Cube, file: str, sheet: str, readings: Iterable[Reading]) -> Columns:
    """Columns of readings, in their order, repeated keys and all."""
    rows = list(readings)
    labels, codes = [], []
    for position in range(len(cube.dimensions)):
        seen: dict[str, int] = {}
        codes.append(np.array([seen.setdefault(r.codes[position], len(seen)) for r in rows], dtype=np.int32))
        labels.append(tuple(seen))
    scale = max((decimals_of(r.figure.value) for r in rows if r.figure.value is not None), default=0)
    values = [0 if r.figure.value is None else int(r.figure.value.scaleb(scale)) for r in rows]
    letters: dict[str, int] = {}
    column = np.array([letters.setdefault(r.column, len(letters)) for r in rows], dtype=np.int32)
    nothing = np.zeros(len(rows), dtype=np.int32)
    row = np.array([r.row for r in rows], dtype=np.int32)
    places = Places((file,), (sheet,), tuple(letters) or ("",), nothing, nothing, row, column)
    status = np.array([STATUSES.index(r.figure.status) for r in rows], dtype=np.int8)
    return Columns(tuple(labels), tuple(codes), np.array(values, dtype=np.int64), scale, status, places)


def assemble(catalogue: Catalogue, cube: Cube, columns: Columns, findings: Iterable[Finding]) -> Taken:
    """The observations without those that cannot stand: repeated keys, impossible combinations, broken counts.

    ``findings`` are what reading has found already; every finding becomes a refusal of its cell.
    """
    found = list(findings)
    keep = np.ones(len(columns), dtype=bool)
    for wrong in (_repeated(cube, columns), _impossible(cube, columns), _broken(catalogue, cube, columns)):
        for row, finding in wrong:
            keep[row] = False
            found.append(finding)
    kept = columns.take(np.flatnonzero(keep))
    refused = tuple(Refusal(cell=finding.keys[0], reason=finding.message_it) for finding in found)
    return Taken(cube, kept, tuple(found), refused)


_Wrong = Iterable[tuple[int, Finding]]


def _repeated(cube: Cube, columns: Columns) -> _Wrong:
    """Every row whose key came before, and the first of them too: nobody knows which is meant."""
    linear = linear_keys(columns.codes, [max(len(names), 1) for names in columns.labels])
    _, first, inverse, counts = np.unique(linear, return_index=True, return_inverse=True, return_counts=True)
    for row in np.flatnonzero(counts[inverse] > 1):
        origin = int(first[inverse[row]])
        words = {"expected": describe_key(cube, columns.key(int(row))), "read": str(columns.places.at(origin))}
        if origin != row:
            yield int(row), intake_finding("duplicate", cell_text(columns.places.at(int(row))), **words)
        else:
            later = int(np.flatnonzero(inverse == inverse[row])[1])
            words["read"] = str(columns.places.at(later))
            yield int(row), intake_finding("duplicate", cell_text(columns.places.at(origin)), **words)


def _impossible(cube: Cube, columns: Columns) -> _Wrong:
    normal = (columns.status == NORMAL) & (columns.values != 0)
    for void in cube.void:
        here = normal.copy()
        for name, code in void.items():
            position = cube.dimension_names.index(name)
            known = columns.labels[position]
            here &= columns.codes[position] == (known.index(code) if code in known else -1)
        for row in np.flatnonzero(here):
            words = {"read": shown(columns.value(int(row))), "expected": describe_key(cube, columns.key(int(row)))}
            yield int(row), intake_finding("impossible", cell_text(columns.places.at(int(row))), **words)


def _broken(catalogue: Catalogue, cube: Cube, columns: Columns) -> _Wrong:
    """Counts with decimals: persons and contracts come whole, unless the cube is rounded or a mean."""
    if not columns.scale or cube.rounded or cube.formula is not None:
        return
    fraction: npt.NDArray[np.bool_] = columns.values % 10**columns.scale != 0
    for row in np.flatnonzero(fraction & (columns.status == NORMAL)):
        unit, decimals = cube.unit_at(columns.key(int(row)))
        if decimals == 0 and not catalogue.units[unit].intensive:
            value = shown(columns.value(int(row)))
            place = cell_text(columns.places.at(int(row)))
            yield int(row), intake_finding("number", place, read=value, expected=f"a whole number of {unit}")


def shown(value: Decimal | None) -> str:
    """A value without the zeros that its column's scale adds."""
    return "nothing" if value is None else f"{value.normalize():f}"


def cell_text(place: Place) -> str:
    """How a cell is named in findings: ``file.xlsx Foglio1!C7``, ``file.csv row 12``."""
    if place.line is not None:
        return f"{place.file} row {place.line}"
    return f"{place.file} {place.key}" if place.key else str(place.file)


def describe_key(cube: Cube, codes: Codes) -> str:
    """A key in few words: the codes, named."""
    named = zip(cube.dimension_names, codes, strict=True)
    return f"{cube.name} " + ", ".join(f"{name} {code}" for name, code in named)


def with_refused_as_missing(taken: Taken, missing: Iterable[Reading], file: str, sheet: str) -> Taken:
    """With the cells whose key is known but whose figure could not be read, as missing."""
    rows = list(missing)
    if not rows:
        return taken
    known = {taken.columns.key(row) for row in range(len(taken.columns))}
    fresh = [r for r in rows if r.codes not in known]
    readings = [replace(r, figure=Figure(None, Status.MISSING)) for r in {r.codes: r for r in fresh}.values()]
    added = columns_of_readings(taken.cube, file, sheet, readings)
    merged = merge_columns(taken.cube, [taken.columns, added]) if len(taken.columns) else added
    assert (merged.status == MISSING).sum() >= len(readings)
    return replace(taken, columns=merged)

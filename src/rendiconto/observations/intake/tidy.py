"""Tidy records to observations: one figure a row, a column for each dimension, then value and status.

Whole columns are decoded at once: each distinct label is looked up once, numbers are cast together; only what does not fit is
looked at one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue.declarations import PERIOD, Catalogue, Cube, Dimension
from rendiconto.document.values import Origin, Status
from rendiconto.findings import Finding
from rendiconto.italian.numbers import decimals_of
from rendiconto.observations.columns import (
    LARGEST_SCALE,
    NORMAL,
    STATUSES,
    Columns,
    Index,
    Marks,
    Places,
    Whole,
    decimal_values,
    scaled,
)
from rendiconto.observations.errata import Figure
from rendiconto.observations.intake.assembly import Taken, assemble
from rendiconto.observations.intake.content import Records
from rendiconto.observations.intake.figures import ITALIAN, Unreadable, marks_with, notation_of, read_figure
from rendiconto.observations.intake.labels import LabelIndex, column_roles
from rendiconto.observations.intake.profiles import IGNORED, Profile
from rendiconto.observations.intake.rules import intake_finding

if TYPE_CHECKING:
    import pyarrow as pa

_PLAIN = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_ITALIAN = r"^[-−]?(0|[1-9][0-9]{0,2}(\.[0-9]{3})+|[1-9][0-9]*)(,[0-9]+)?$"
_DIGITS = 18
"""Digits that a machine integer surely holds."""
_SDMX_STATUS = {
    **dict.fromkeys(("A", "E", "P", "B", "D", "F", "G", "I", "T", "U", "V"), Status.NORMAL),
    "M": Status.NIL,
    "L": Status.MISSING,
    "O": Status.MISSING,
    "H": Status.MISSING,
    "Q": Status.CONFIDENTIAL,
    "C": Status.CONFIDENTIAL,
}
"""SDMX observation statuses (CL_OBS_STATUS), as our own structures define them: M is "data cannot exist"."""


@dataclass
class _Problems:
    """Rows that cannot be taken, with what is wrong with them: one finding for each distinct text."""

    file: str
    records: Records
    refused: npt.NDArray[np.bool_]
    findings: list[Finding] = field(default_factory=list)

    def add(self, rule: str, rows: npt.NDArray[np.intp], column: str, **words: str) -> None:
        """Refuse rows for one reason; the first is named, and how many there are."""
        self.refused[rows] = True
        place = f"{self.file} {self.records.locate(int(rows[0]), column)}"
        if len(rows) > 1:
            words["read"] = f"{words['read']} in {len(rows)} rows, here first,"
        self.findings.append(intake_finding(rule, place, **words))


def take_records(catalogue: Catalogue, cube: Cube, records: Records, file: str, profile: Profile) -> Taken:
    """The observations of one cube in tidy records; rows without value and status are passed over."""
    roles = column_roles(cube, list(records.table.column_names))
    column_of = {role: name for name, role in roles.items()}
    if "value" not in column_of:
        finding = intake_finding("layout", f"{file} {records.name}".strip(), expected="no column holds the values")
        return assemble(catalogue, cube, _none(cube), [finding])
    records, rows = _filled(records, column_of, profile)
    table = records.table
    problems = _Problems(file, records, np.zeros(table.num_rows, dtype=bool))
    labels, codes = [], []
    for dimension in cube.dimensions:
        given = column_of.get(dimension.name)
        column = None if given is None else table.column(given)
        names_of, index = _codes(catalogue, cube, dimension, column, given, problems, profile)
        labels.append(names_of)
        codes.append(index)
    values, scale, status = _values(cube, table, column_of, problems, profile)
    nothing = np.zeros(table.num_rows, dtype=np.int32)
    sheet = records.name if records.letter else ""
    places = Places((file,), (sheet,), (records.letter,), nothing, nothing, rows, nothing)
    marks = _made_up(table, column_of)
    columns = Columns(tuple(labels), tuple(codes), values, scale, status, places, marks)
    columns = columns.take(np.flatnonzero(~problems.refused))
    return assemble(catalogue, cube, columns, problems.findings)


def _filled(records: Records, column_of: Mapping[str, str], profile: Profile) -> tuple[Records, Index]:
    """The records that have a value or a status, and the rows that they stand in."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = records.table
    rows = row_numbers(records)
    if "" in profile.marks:
        return records, rows
    filled = np.zeros(table.num_rows, dtype=bool)
    for role in ("value", "status"):
        if role in column_of:
            trimmed = pc.utf8_trim_whitespace(table.column(column_of[role]).cast(pa.string()))
            filled |= pc.fill_null(pc.greater(pc.utf8_length(trimmed), 0), fill_value=False).to_numpy()
    if filled.all():
        return records, rows
    kept = np.flatnonzero(filled)
    located = _Kept(records, kept)
    return Records(records.name, table.take(kept), located, tuple(rows[kept].tolist()), letter=records.letter), rows[kept]


def row_numbers(records: Records) -> Index:
    """The row that each record stands in."""
    if records.rows is not None:
        return np.array(records.rows, dtype=np.int32)
    return np.arange(records.start, records.start + records.table.num_rows, dtype=np.int32)


@dataclass(frozen=True)
class _Kept:
    """Where the records that were kept stood."""

    records: Records
    kept: npt.NDArray[np.intp]

    def __call__(self, record: int, column: str) -> str:
        return self.records.locate(int(self.kept[record]), column)


def _made_up(table: "pa.Table", column_of: Mapping[str, str]) -> Marks | None:
    """Which records say of their origin that they are synthetic; None where none does."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if "origin" not in column_of:
        return None
    origin = pc.utf8_trim_whitespace(table.column(column_of["origin"]).cast(pa.string()))
    marks: Marks = pc.fill_null(pc.equal(origin, str(Origin.SYNTHETIC)), fill_value=False).to_numpy()
    return marks if marks.any() else None


def _none(cube: Cube) -> Columns:
    empty = np.zeros(0, dtype=np.int32)
    places = Places(("",), ("",), ("",), empty, empty, empty, empty)
    dimensions = len(cube.dimensions)
    return Columns(((),) * dimensions, (empty,) * dimensions, np.zeros(0, np.int64), 0, np.zeros(0, np.int8), places)


def _codes(
    catalogue: Catalogue,
    cube: Cube,
    dimension: Dimension,
    column: "pa.ChunkedArray | None",
    name: str | None,
    problems: _Problems,
    profile: Profile,
) -> tuple[tuple[str, ...], Index]:
    """The codes of one dimension, row by row: those of its column, or the one at which it stands."""
    size = len(problems.refused)
    if column is None or name is None:
        code = profile.fix.get(dimension.name) or default_code(catalogue, cube, dimension)
        if code is None:
            rows = np.arange(size)
            if size:
                problems.add("layout", rows, dimension.name, read="", expected=f"no column holds {dimension.name!r}")
            return ("?",), np.zeros(size, dtype=np.int32)
        return (code,), np.zeros(size, dtype=np.int32)
    encoded = column.combine_chunks().dictionary_encode()
    texts = [text or "" for text in encoded.dictionary.to_pylist()]
    raw = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    index = LabelIndex(catalogue, cube, dimension, profile.labels.get(dimension.name))
    known: dict[str, int] = {}
    translate = np.zeros(len(texts) + 1, dtype=np.int32)
    for position, text in enumerate([*texts, ""]):
        found = index.codes(text) if text.strip() else ()
        if found == (IGNORED,):
            problems.refused[np.flatnonzero(raw == position)] = True
            continue
        if len(found) == 1:
            translate[position] = known.setdefault(found[0], len(known))
            continue
        rows = np.flatnonzero(raw == position)
        if len(rows):
            problems.add("label", rows, name, **label_words(index, text, found))
    return tuple(known) or ("?",), translate[raw]


def label_words(index: LabelIndex, text: str, found: tuple[str, ...]) -> dict[str, str]:
    """What a finding says of a label that stands for no code, or for several."""
    if len(found) > 1:
        return {"read": repr(text), "expected": f"one of the codes {', '.join(found)}, which share that label"}
    near = index.near(text)
    offered = " or ".join(f"{each.label!r} ({each.code})" for each in near)
    offered_it = " o ".join(f"«{each.label}» ({each.code})" for each in near)
    return {
        "read": repr(text) if text.strip() else "nothing",
        "expected": index.expected,
        "near": f": did you mean {offered}?" if near else "",
        "near_it": f": forse {offered_it}?" if near else "",
    }


def default_code(catalogue: Catalogue, cube: Cube, dimension: Dimension) -> str | None:
    """The code at which a dimension stands where a file does not say: its total, or the cube's year."""
    if dimension.name == PERIOD:
        return str(catalogue.year + cube.offset)
    return dimension.codelist.total if dimension.codelist else None


def _values(
    cube: Cube, table: "pa.Table", column_of: Mapping[str, str], problems: _Problems, profile: Profile
) -> tuple[Whole, int, npt.NDArray[np.int8]]:
    """Values, their scale, and statuses."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.utf8_trim_whitespace(table.column(column_of["value"]).combine_chunks().cast(pa.string()))
    status = np.full(table.num_rows, NORMAL, dtype=np.int8)
    _statuses(table, column_of, problems, status)
    present = pc.fill_null(pc.greater(pc.utf8_length(texts), 0), fill_value=False).to_numpy(zero_copy_only=False)
    notation = profile.notation or notation_of(_telling(texts), cube.decimals)
    pattern = _ITALIAN if notation == ITALIAN else _PLAIN
    fits = pc.fill_null(pc.match_substring_regex(texts, pattern), fill_value=False).to_numpy(zero_copy_only=False)
    fits = fits & (status == NORMAL) & (profile.scale == 1)
    fits &= pc.fill_null(pc.less_equal(pc.utf8_length(texts), _DIGITS - 1), fill_value=False).to_numpy(zero_copy_only=False)
    values, scale = _cast(texts, fits, notation, problems, column_of["value"])
    rest = np.flatnonzero(present & ~fits)
    if len(rest):
        values, scale = _one_by_one(texts, rest, notation, profile, problems, column_of["value"], values, scale, status)
    return values, scale, status


def _telling(texts: "pa.Array") -> list[str]:
    """A few texts that say which notation they are in: those with a comma or a full stop."""
    import pyarrow.compute as pc

    with_comma = texts.filter(pc.fill_null(pc.match_substring(texts, ","), fill_value=False))[:1].to_pylist()
    pointed = texts.filter(pc.fill_null(pc.match_substring_regex(texts, r"\.([0-9]{1,2}|[0-9]{4,})$"), fill_value=False))[
        :1
    ].to_pylist()
    return [*with_comma, *pointed]


def _cast(texts: "pa.Array", fits: npt.NDArray[np.bool_], notation: str, problems: _Problems, column: str) -> tuple[Whole, int]:
    """Cast all that fits at the scale of the longest fraction; what does not fit beside it is refused."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = texts
    if notation == ITALIAN:
        for old, new in ((".", ""), (",", "."), ("−", "-")):
            plain = pc.replace_substring(plain, old, new)
    plain = pc.if_else(pa.array(fits), plain, "0")
    point = pc.find_substring(plain, ".")
    decimals = pc.if_else(pc.less(point, 0), 0, pc.subtract(pc.subtract(pc.utf8_length(plain), point), 1))
    scale = int(pc.max(decimals).as_py() or 0) if len(plain) else 0
    digits = pc.subtract(pc.add(pc.utf8_length(plain), scale), decimals).to_numpy(zero_copy_only=False)
    fractions = decimals.to_numpy(zero_copy_only=False)
    large = np.flatnonzero(fits & ((digits > _DIGITS) if scale <= LARGEST_SCALE else (fractions > LARGEST_SCALE)))
    if len(large):
        problems.add("overflow", large, column, read=repr(texts[int(large[0])].as_py()))
        wrong = np.zeros(len(texts), dtype=bool)
        wrong[large] = True
        return _cast(texts, fits & ~wrong, notation, problems, column)
    return decimal_values(pa.chunked_array([pc.cast(plain, pa.decimal128(38, scale))]))[0], scale


def _statuses(table: "pa.Table", column_of: Mapping[str, str], problems: _Problems, status: npt.NDArray[np.int8]) -> None:
    """Fill in the statuses that a column gives."""
    name = column_of.get("status")
    if name is None:
        return
    encoded = table.column(name).combine_chunks().dictionary_encode()
    raw = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    for position, text in enumerate(encoded.dictionary.to_pylist()):
        bare = (text or "").strip()
        rows = np.flatnonzero(raw == position)
        found = Status(bare) if bare in set(Status) else _SDMX_STATUS.get(bare)
        if not bare:
            continue
        if found is None:
            problems.add("label", rows, name, read=repr(text), expected=f"a status ({', '.join(Status)})")
        else:
            status[rows] = STATUSES.index(found)


def _one_by_one(
    texts: "pa.Array",
    rest: npt.NDArray[np.intp],
    notation: str,
    profile: Profile,
    problems: _Problems,
    column: str,
    values: Whole,
    scale: int,
    status: npt.NDArray[np.int8],
) -> tuple[Whole, int]:
    """Read the values that do not fit the pattern: marks, other notations, and what is no number."""
    marks = marks_with(profile.marks)
    by_text: dict[str, list[int]] = {}
    for row in rest:
        by_text.setdefault(texts[int(row)].as_py(), []).append(int(row))
    read: dict[str, Figure] = {}
    for text, rows in by_text.items():
        here = np.array(rows, dtype=np.intp)
        figure = read_figure(text, notation=notation, marks=marks, scale=profile.scale)
        odd = status[here] != NORMAL
        if isinstance(figure, Unreadable):
            problems.add("number", here, column, read=figure.read, expected=figure.expected)
        elif figure is not None and figure.value is not None and odd.any():
            problems.add("number", here[odd], column, read=repr(text), expected="no value beside a status")
        elif figure is not None:
            read[text] = figure
    decimals = [decimals_of(figure.value) for figure in read.values() if figure.value is not None]
    wanted = max([scale, *decimals])
    values = scaled(values, scale, wanted)
    for text, figure in read.items():
        for row in by_text[text]:
            if figure.value is None:
                status[row] = STATUSES.index(figure.status)
            elif status[row] == NORMAL:
                values[row] = int(figure.value.scaleb(wanted))
    return values, wanted

"""SDMX data as tidy records: SDMX-CSV 1.0 and 2.0, and SDMX-ML 2.1 and 3.0.

Columns bear the ids of the components (``FREQ``, ``REF_AREA``, ``OBS_VALUE``, ``OBS_STATUS``); records are named after their
dataflow or structure. The ids are the message's own and are looked up nowhere. pysdmx reads data into pandas, with numbers in
binary; these readers keep the digits as written and need no more than the core install.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.content import Records
from rendiconto.observations.intake.sdmxdataset import DataSet
from rendiconto.observations.intake.sdmxmessage import read_message
from rendiconto.observations.intake.textcolumns import distinct_names, read_columns, read_header

if TYPE_CHECKING:
    import pyarrow as pa

VALUE = "OBS_VALUE"
STATUS = "OBS_STATUS"
_FIRST = re.compile(r'\s*"?(?:DATAFLOW|STRUCTURE)(?:\[.\])?"?\s*([,;\t|])')
_FRAME = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY")
"""Columns that speak of the row, not of the observation."""
_NOTHING = ["~", "#N/A"]
"""A dimension that does not apply, and a text that is not there (SDMX-CSV 2.0)."""
_STRUCTURE_ID = re.compile(r"(?:[^:()]+:)?([^:()\s]+)\(")
_NO_DELETION = "A delivery says what is; ask for the whole of it, as it should be."


@dataclass(frozen=True)
class ObservationPlace:
    """Names a record as an observation of the file, from 1. ``rows`` are their positions, where they do not simply follow."""

    before: int = 0
    rows: tuple[int, ...] | None = None

    def __call__(self, record: int, column: str) -> str:
        """Where a record (from 0) stands."""
        position = record if self.rows is None else self.rows[record]
        return f"observation {self.before + position + 1} ({column})"


def read_sdmx_csv(path: Path) -> tuple[Records, ...]:
    """The observations of an SDMX-CSV file, one ``Records`` for each dataflow or structure, in order of appearance."""
    delimiter = _delimiter(path)
    header = read_header(path, delimiter)
    names = distinct_names(path, [_component(name) for name in header])
    table = read_columns(path, names, delimiter)
    for position, name in enumerate(header):
        if ": " in name:
            table = table.set_column(position, names[position], _without_label(table.column(position)))
    structure = "DATAFLOW" if names[0] == "DATAFLOW" else "STRUCTURE_ID"
    if structure not in names:
        todo = "SDMX-CSV 2.0 begins with STRUCTURE,STRUCTURE_ID,ACTION."
        raise DataError(f"no column {structure} says which data these are", Place(path, 1), todo)
    _check_actions(path, table)
    return tuple(_flows(path, table, structure))


def read_sdmx_ml(path: Path) -> tuple[Records, ...]:
    """The observations of an SDMX-ML data message, one ``Records`` for each data set.

    What is said of a series, a group or the whole set is repeated on each of its observations.
    """
    records = []
    before = 0
    for dataset in read_message(path):
        records.append(_records_of(dataset, before))
        before += dataset.size
    if not before:
        raise DataError("the message holds no observations", Place(path), "Ask for the data of the years and places wanted.")
    return tuple(records)


def _records_of(dataset: DataSet, before: int) -> Records:
    return Records(dataset.name, _without_nan(dataset.table()), ObservationPlace(before), start=1)


def _delimiter(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(200).decode("utf-8-sig", "replace")
    found = _FIRST.match(start)
    if found is None:
        todo = "Its first line begins with DATAFLOW (SDMX-CSV 1.0) or STRUCTURE (2.0)."
        raise DataError("this is no SDMX-CSV", Place(path, 1), todo)
    return found[1]


def _component(name: str) -> str:
    """The id in a heading: ``FREQ: Frequency`` has a label, ``NOTE[]`` several values, ``STRUCTURE[;]`` their separator."""
    return re.sub(r"\[.?\]$", "", name.strip().split(": ")[0].strip())


def _without_label(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """The ids of cells that hold an id and its label; texts with a colon of their own stay whole."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(column, r"(?s)^([A-Za-z0-9_@$+.()-]+(?::[A-Za-z0-9_@$+.()-]+)?): .*$", r"\1")


def _check_actions(path: Path, table: "pa.Table") -> None:
    import pyarrow.compute as pc

    if "ACTION" not in table.column_names:
        return
    deleted = pc.indices_nonzero(pc.is_in(table.column("ACTION"), value_set=_text_array(["D", "Delete"])))
    if len(deleted):
        raise DataError("a row asks for data to be deleted", Place(path, deleted[0].as_py() + 2, "ACTION"), _NO_DELETION)


def _flows(path: Path, table: "pa.Table", structure: str) -> list[Records]:
    import pyarrow.compute as pc

    named = table.column(structure)
    if named.null_count:
        row = pc.indices_nonzero(pc.is_null(named))[0].as_py()
        raise DataError("a row does not say which data it is of", Place(path, row + 2, structure))
    components = table.drop_columns([name for name in _FRAME if name in table.column_names])
    components = _without_nan(_without_marks(components))
    flows = pc.unique(named).to_pylist()
    if len(flows) <= 1:
        return [Records(_id_of(flow), components, ObservationPlace()) for flow in flows]
    records = []
    for flow in flows:
        rows = pc.indices_nonzero(pc.equal(named, flow))
        records.append(Records(_id_of(flow), components.take(rows), ObservationPlace(rows=tuple(rows.to_pylist()))))
    return records


def _id_of(structure: str) -> str:
    """``ESTAT:NA_MAIN(1.6): National accounts`` is ``NA_MAIN``."""
    found = _STRUCTURE_ID.match(structure)
    return found[1] if found else structure.strip()


def _without_marks(table: "pa.Table") -> "pa.Table":
    """Nulls where the standard writes nothing as a mark; figures keep theirs."""
    import pyarrow as pa
    import pyarrow.compute as pc

    marks, nothing = _text_array(_NOTHING), pa.scalar(None, pa.string())
    for position, name in enumerate(table.column_names):
        column = table.column(position)
        blank = pc.is_in(column, value_set=marks)
        if name != VALUE and pc.any(blank).as_py():
            table = table.set_column(position, name, pc.if_else(blank, nothing, column))
    return table


def _without_nan(table: "pa.Table") -> "pa.Table":
    """SDMX writes ``NaN`` where there is no figure: null, provided that a status says so too."""
    import pyarrow as pa
    import pyarrow.compute as pc

    names = table.column_names
    if VALUE not in names or STATUS not in names:
        return table
    value = table.column(VALUE)
    blank = pc.and_(pc.fill_null(pc.equal(value, "NaN"), fill_value=False), pc.is_valid(table.column(STATUS)))
    if not pc.any(blank).as_py():
        return table
    return table.set_column(names.index(VALUE), VALUE, pc.if_else(blank, pa.scalar(None, pa.string()), value))


def _text_array(texts: list[str]) -> "pa.Array":
    import pyarrow as pa

    return pa.array(texts, pa.string())

"""Tables of microdata for tests: rows of any kind, good and bad, written as Parquet."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from rendiconto.catalogue.microtables import SYNTHETIC, MicroTable
from rendiconto.observations.microdata import MicroSource

TYPES = {"integer": pa.int64(), "text": pa.string(), "date": pa.date32(), "boolean": pa.bool_()}

PROVINCES = ("045", "046", "048", "248", "007", "021", "090", "107", "111", "999")
"""Some in force, other codes of them, one of other years, one of none."""
_VALUES = {
    "evento": st.sampled_from(["INIZIO", "FINE", "ALTRO"]),
    "provincia": st.sampled_from(PROVINCES),
    "nazionalita": st.sampled_from(["IT", "STR", "XX"]),
    "contratto": st.sampled_from(["IND", "DET", "STAG", "SOMM", "INT"]),
    "sesso": st.sampled_from(["F", "M"]),
    "gestione": st.sampled_from(["FPLD", "PUB", "PAR", "PAR_SUP", "AUT", "ALT", "SUB"]),
    "tipo": st.sampled_from(["ANZ", "VEC", "INV", "SUP"]),
    "tipologia": st.sampled_from(["IVS", "ASS", "INVCIV"]),
    "esito": st.sampled_from(["REG", "IRR"]),
    "eta": st.integers(-1, 110),
    "giorni": st.integers(0, 60),
    "anno": st.integers(2023, 2024),
    "persona": st.integers(1, 12),
}
_BY_TYPE = {
    "integer": st.integers(1, 15),
    "date": st.dates(date(2020, 12, 30), date(2025, 1, 2)),
    "decimal": st.integers(-(10**9), 10**12).map(lambda cents: Decimal(cents) / 100),
}


def rows_of(table: MicroTable) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a table, any of whose values may be blank."""
    values = {name: _VALUES[name] if name in _VALUES else _BY_TYPE[column.type] for name, column in table.columns.items()}
    columns = {name: st.one_of(value, value, value, value, value, st.none()) for name, value in values.items()}
    return st.lists(st.fixed_dictionaries({**columns, SYNTHETIC: st.booleans()}), min_size=1, max_size=30)


def write_rows(table: MicroTable, rows: Sequence[Mapping[str, Any]], folder: Path, *, files: int = 1) -> MicroSource:
    """Rows as the files of a table; those that do not say whether they were made up have no such column."""
    marked = any(SYNTHETIC in row for row in rows)
    types = {
        name: pa.decimal128(18, column.decimals) if column.type == "decimal" else TYPES[column.type]
        for name, column in table.columns.items()
    }
    schema = pa.schema([*types.items(), *([(SYNTHETIC, pa.bool_())] if marked else [])])
    paths = []
    for part in range(files):
        paths.append(folder / f"{table.name}-{part}.parquet")
        pq.write_table(pa.Table.from_pylist([dict(row) for row in rows[part::files]], schema=schema), paths[-1])
    return MicroSource(tuple(paths))

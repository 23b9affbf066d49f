"""Tables of microdata for tests: rows of any kind, good and bad, written as Parquet."""

import random
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
_POOLS: dict[str, Sequence[Any]] = {
    "evento": ["INIZIO", "FINE", "ALTRO"],
    "provincia": PROVINCES,
    "nazionalita": ["IT", "STR", "XX"],
    "contratto": ["IND", "DET", "STAG", "SOMM", "INT"],
    "sesso": ["F", "M"],
    "gestione": ["FPLD", "PUB", "PAR", "PAR_SUP", "AUT", "ALT", "SUB"],
    "tipo": ["ANZ", "VEC", "INV", "SUP"],
    "tipologia": ["IVS", "ASS", "INVCIV"],
    "esito": ["REG", "IRR"],
    "eta": range(-1, 111),
    "giorni": range(61),
    "anno": (2023, 2024),
    "persona": range(1, 13),
}
_FIRST, _LAST = date(2020, 12, 30), date(2025, 1, 2)
_LEAST, _MOST = -(10**9), 10**12
_BY_TYPE = {
    "integer": st.integers(1, 15),
    "date": st.dates(_FIRST, _LAST),
    "decimal": st.integers(_LEAST, _MOST).map(lambda cents: Decimal(cents) / 100),
}


def rows_of(table: MicroTable) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a table, any of whose values may be blank."""
    values = {
        name: st.sampled_from(_POOLS[name]) if name in _POOLS else _BY_TYPE[column.type]
        for name, column in table.columns.items()
    }
    columns = {name: st.one_of(value, value, value, value, value, st.none()) for name, value in values.items()}
    return st.lists(st.fixed_dictionaries({**columns, SYNTHETIC: st.booleans()}), min_size=1, max_size=30)


def many_rows(table: MicroTable, rows: int = 600) -> list[dict[str, Any]]:
    """Rows with all that can be wrong, the same each time; one value in twelve is blank."""
    chance = random.Random(table.name)

    def value(name: str, kind: str) -> Any:
        if chance.random() < 1 / 12:
            return None
        if name in _POOLS:
            return chance.choice(_POOLS[name])
        if kind == "date":
            return date.fromordinal(chance.randint(_FIRST.toordinal(), _LAST.toordinal()))
        return Decimal(chance.randint(_LEAST, _MOST)) / 100 if kind == "decimal" else chance.randint(1, 5 * rows)

    types = {name: column.type for name, column in table.columns.items()}
    return [
        {**{name: value(name, kind) for name, kind in types.items()}, SYNTHETIC: chance.random() < 0.5} for _ in range(rows)
    ]


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

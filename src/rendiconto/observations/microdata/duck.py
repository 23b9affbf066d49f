"""DuckDB, the engine of one machine: it streams the files and puts aside on disk what its memory does not hold."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from rendiconto.observations.microdata.sql import Dialect, Statements
from rendiconto.observations.microdata.sqlengine import SqlEngine
from rendiconto.observations.microdata.tally import MicroSource

_MOST_MARKS = 1 << 29
"""Numbers that may be marked, in as many bytes."""
_BATCH = 1 << 20


class DuckEngine(SqlEngine):
    """A connection of its own, in memory; ``memory`` as DuckDB writes it ("2GB")."""

    dialect = Dialect('"', "VARCHAR")

    def __init__(self, memory: str = "2GB") -> None:
        import duckdb

        self._aside = tempfile.TemporaryDirectory(prefix="rendiconto-duckdb-")
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": self._aside.name,
            "threads": os.cpu_count() or 1,
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        self._connection = duckdb.connect(config=settings)

    @classmethod
    def started(cls, memory: str, master: str | None) -> Self:  # noqa: ARG003 - every engine is started alike
        """An engine that takes at most so much memory."""
        return cls(memory)

    def attach(self, table: str, source: MicroSource) -> None:
        """A view over the files."""
        files = ", ".join(_path(file) for file in source.files)
        name = self.dialect.name(table)
        view = f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM read_parquet([{files}])"  # noqa: S608 - our own names
        self._connection.execute(view)

    def fetch(self, statement: str) -> Sequence[Sequence[Any]]:
        """The rows of an answer."""
        return self._connection.execute(statement).fetchall()

    def repeated(self, ask: Statements) -> Sequence[Sequence[Any]]:
        """As every engine; but where whole numbers lie close together, a mark for each tells first whether any comes twice."""
        return () if self._all_different(ask) else super().repeated(ask)

    def _all_different(self, ask: Statements) -> bool:
        """Whether as many numbers were marked as there are rows: four times faster than grouping, in a byte for each number.

        False says nothing: keys that are no numbers, or lie too far apart, are not looked at.
        """
        types = ask.plan.table.columns
        if len(ask.plan.key) != 1 or types[ask.plan.key[0]].type != "integer":
            return False
        rows, least, largest = self.fetch(ask.key_range())[0]
        if not rows:
            return True
        if largest - least >= _MOST_MARKS:
            return False
        marks = np.zeros(largest - least + 1, dtype=np.uint8)
        for batch in self._connection.sql(ask.keys()).to_arrow_reader(_BATCH):
            marks[batch.column(0).to_numpy() - least] = 1
        return bool(np.count_nonzero(marks) == rows)

    def close(self) -> None:
        """End the connection and empty the folder for what was put aside."""
        self._connection.close()
        self._aside.cleanup()


def _path(file: Path) -> str:
    return "'" + str(file.resolve()).replace("'", "''") + "'"

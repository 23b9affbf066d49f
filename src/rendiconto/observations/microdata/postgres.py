"""PostgreSQL, where the rows are: the statements run in the database, and only what they count comes back.

It is engine and origin in one. It reads only, all cubes from one snapshot, so that rows written meanwhile do not part the
totals.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Self

import psycopg
from psycopg import sql

from rendiconto.catalogue.microtables import SYNTHETIC, ColumnType, MicroColumnModel, MicroTable
from rendiconto.errors import RendicontoError
from rendiconto.findings import Finding
from rendiconto.observations.microdata.sources import Prepared, wrong_column
from rendiconto.observations.microdata.sql import Dialect
from rendiconto.observations.microdata.sqlengine import SqlEngine
from rendiconto.observations.microdata.tally import MicroSource

_WAIT = 10
"""Seconds until a server that does not answer is given up."""
_SECRET = re.compile(r"(?<=:)(?!//).*(?=@)|(?<=password=)[^&\s]*")
"""A password in an address, whatever is in it: what stands between the user's colon and the last @."""
_WHOLE = ("smallint", "integer", "bigint")
_COLUMNS = """
SELECT attname, format_type(atttypid, NULL), format_type(atttypid, atttypmod),
       CASE WHEN atttypmod > 4 THEN (atttypmod - 4) & 2047 END
FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
"""


class PostgresEngine(SqlEngine):
    """A connection to a database; tables and views are found along its ``search_path``."""

    dialect = Dialect('"', "TEXT", collation=' COLLATE "C"')

    def __init__(self, address: str) -> None:
        self._shown = _SECRET.sub("…", address)
        try:
            self._connection = psycopg.connect(address, connect_timeout=_WAIT, application_name="rendiconto")
            self._connection.read_only = True
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        except psycopg.Error as error:
            todo = "Write it as postgres://USER@HOST/DATABASE; passwords are best kept in ~/.pgpass."
            raise RendicontoError(f"the database does not answer: {_reason(error)}", self._shown, todo) from None

    @classmethod
    def started(cls, memory: str, master: str | None) -> Self:  # noqa: ARG003 - the memory is the server's own affair
        """A connection to the database at the address ``master``."""
        if master is None:
            raise RendicontoError("no database is named", todo="Name it with --from postgres://USER@HOST/DATABASE.")
        return cls(master)

    def prepare(self, table: MicroTable, columns: tuple[str, ...]) -> Prepared:
        """A table or view of the database, with what is wrong with its columns."""
        stored = self._columns(table.name)
        if not stored:
            todo = f"It should have a table or view {table.name}; its schema may be named with ?options=-csearch_path%3DNAME."
            raise RendicontoError(f"no table {table.name} is here", self._shown, todo)
        wrong = tuple(_wrong(table, columns, stored))
        return Prepared(MicroSource(()), wrong, usable=not wrong)

    def attach(self, table: str, source: MicroSource) -> None:
        """It is there."""

    def is_marked(self, table: str, source: MicroSource) -> bool:  # noqa: ARG002 - the database has no files
        """Whether the table says which rows were made up."""
        return SYNTHETIC in self._columns(table)

    def fetch(self, statement: str) -> Sequence[Sequence[Any]]:
        """The rows of an answer."""
        return self._ask(sql.SQL(statement))  # our own statement: no stranger's words are in it

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _columns(self, table: str) -> dict[str, tuple[str, str, int | None]]:
        """The columns of a table by name: type, type as declared, digits after the point; none where there is no such table."""
        quoted = self.dialect.name(table)
        return {name: (kind, declared, scale) for name, kind, declared, scale in self._ask(sql.SQL(_COLUMNS), (quoted,))}

    def _ask(self, statement: sql.SQL, words: Sequence[str] | None = None) -> Sequence[Sequence[Any]]:
        try:
            return self._connection.execute(statement, words).fetchall()
        except psycopg.Error as error:
            todo = "Ask whoever keeps the database."
            raise RendicontoError(f"the database refuses: {_reason(error)}", self._shown, todo) from None


def _reason(error: psycopg.Error) -> str:
    """What the server said, in a line without the address (which may have a password)."""
    lines = _SECRET.sub("…", str(error)).splitlines()
    return lines[0][:200] if lines else type(error).__name__


def _wrong(table: MicroTable, columns: tuple[str, ...], stored: dict[str, tuple[str, str, int | None]]) -> Iterator[Finding]:
    for name in columns:
        model = table.columns[name]
        place = f"{table.name}!{name}"
        if name not in stored:
            yield wrong_column(place, name, model, None)
        elif not _fits(*stored[name][::2], model):
            yield wrong_column(place, name, model, stored[name][1])


def _fits(kind: str, scale: int | None, model: MicroColumnModel) -> bool:
    """Whether a column can be read as declared, exactly: a numeric that does not say its digits may have more of them."""
    fits: dict[ColumnType, bool] = {
        "integer": kind in _WHOLE,
        "decimal": kind in _WHOLE or (kind == "numeric" and scale is not None and scale <= model.decimals),
        "text": kind in ("text", "character varying", "character", *_WHOLE),
        "date": kind in ("date", "timestamp without time zone"),
        "boolean": kind == "boolean",
    }
    return fits[model.type]

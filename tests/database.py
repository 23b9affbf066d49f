"""A PostgreSQL server of the tests' own: made, started on a socket and on loopback, stopped and gone when they end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from rendiconto.catalogue.microtables import SYNTHETIC, MicroTable

_TYPES = {"integer": "bigint", "text": "text", "date": "date", "boolean": "boolean"}
PASSWORD = "segreta"


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(found[0]) if found else name


def _someone() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: somebody without rights does it."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of an empty database, with a password."""
    root = Path(tempfile.mkdtemp(prefix="rendiconto-postgres-"))
    someone = _someone()
    secret = root / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    for path in (root, secret):
        if someone:
            shutil.chown(path, someone["user"], someone["group"])
    data = root / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = [_program("initdb"), "-D", str(data), "-U", "ufficio", "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync"]
    # A language's order of words must not be that of the figures.
    made += ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=it-IT"]
    told: dict[str, Any] = {"capture_output": True, "cwd": root, **someone}
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={root} -c fsync=off"
    control = [_program("pg_ctl"), "-D", str(data), "-w", "-l", str(root / "log")]
    try:
        subprocess.run(made, check=True, **told)
        subprocess.run([*control, "-o", options, "start"], check=True, **told)
        yield f"postgresql://ufficio:{PASSWORD}@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, **told)
        shutil.rmtree(root, ignore_errors=True)


def load_rows(address: str, table: MicroTable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as a table of the database, in place of what was there."""
    marked = any(SYNTHETIC in row for row in rows)
    types = {
        name: f"numeric(18,{column.decimals})" if column.type == "decimal" else _TYPES[column.type]
        for name, column in table.columns.items()
    }
    types |= {SYNTHETIC: "boolean"} if marked else {}
    name = sql.Identifier(table.name)
    columns = sql.SQL(", ").join(sql.Identifier(column) + sql.SQL(f" {kind}") for column, kind in types.items())
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(name))
        connection.execute(sql.SQL("CREATE TABLE {} ({})").format(name, columns))
        listed = sql.SQL(", ").join(map(sql.Identifier, types))
        with connection.cursor().copy(sql.SQL("COPY {} ({}) FROM STDIN").format(name, listed)) as copy:
            for row in rows:
                copy.write_row([row.get(column) for column in types])

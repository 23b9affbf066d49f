"""A million figures taken in and checked, beside the same in plain DuckDB SQL."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.catalogue.declarations import Cube
from rendiconto.check import RULES, check_data
from rendiconto.observations import CubeObservations, ObservationStore
from rendiconto.observations.columns import Columns, Places, columns_to_arrow
from rendiconto.territory import Gazetteer

CUBE = "pensioni_liquidate"
FIGURES = 1_000_000
PLANTED = 25
CHECKED = [name for name in RULES if name not in ("missing", "implied")]
Block = npt.NDArray[np.int64]


def show(name: str, value: float, unit: str, bound: float | None = None) -> None:
    limit = "" if bound is None else f"   (bound {bound:g} {unit}: {'holds' if value <= bound else 'EXCEEDED'})"
    print(f"  {name:60} {value:8.2f} {unit}{limit}")


def million(catalogue: Catalogue) -> tuple[Cube, Columns]:
    """Figures of one cube for every territory and as many years as make a million; all sums hold but the planted ones."""
    cube = catalogue.cubes[CUBE]
    places = [unit.code for unit in Gazetteer.load().all(2024)]
    lists = [list(d.codelist.codes) for d in cube.dimensions if d.codelist]
    years = [
        str(year) for year in range(1990, 1990 + FIGURES // (len(places) * int(np.prod([len(codes) for codes in lists]))) + 1)
    ]
    draw = np.random.default_rng(2024)
    shape = tuple(len(codes) for codes in lists)
    # A size for each figure, and a little noise from year to year, as real ones have.
    size = draw.integers(500, 90_000, (len(places), 1, *shape), dtype=np.int64)
    block = size * draw.integers(970, 1_030, (len(places), len(years), *shape), dtype=np.int64) // 1000
    _nothing_where_void(cube, lists, block)
    _totals(cube, lists, block)
    _territory_totals(places, block)
    labels = (tuple(places), tuple(years), *(tuple(codes) for codes in lists))
    grid = np.indices(block.shape, dtype=np.int32).reshape(block.ndim, -1)[:, :FIGURES]
    values = block.reshape(-1)[:FIGURES].copy()
    at = draw.choice(FIGURES, PLANTED, replace=False)
    values[at] += 1
    nothing = np.zeros(FIGURES, dtype=np.int32)
    where = Places(("bench",), ("",), ("",), nothing, nothing, nothing, nothing)
    return cube, Columns(labels, tuple(grid), values, 0, np.zeros(FIGURES, dtype=np.int8), where)


def _nothing_where_void(cube: Cube, lists: list[list[str]], block: Block) -> None:
    for void in cube.void:
        fund, kind = lists[0].index(void["fund"]), lists[1].index(void["kind"])
        block[:, :, fund, kind] = 0


def _totals(cube: Cube, lists: list[list[str]], block: Block) -> None:
    dimensions = [dimension for dimension in cube.dimensions if dimension.codelist]
    for axis, (dimension, codes) in enumerate(zip(dimensions, lists, strict=True), start=2):
        assert dimension.codelist is not None
        for code in dimension.codelist.codes.values():
            if code.sum:
                parts = [codes.index(part) for part in code.sum]
                total = np.moveaxis(block, axis, 0)
                total[codes.index(code.code)] = block.take(parts, axis=axis).sum(axis=axis)


def _territory_totals(places: list[str], block: Block) -> None:
    hierarchy = Gazetteer.load().sum_hierarchy(2024)
    for whole in sorted(hierarchy, key=lambda code: code == "IT"):
        block[places.index(whole)] = block[[places.index(part) for part in hierarchy[whole]]].sum(axis=0)


def plain_sql(catalogue: Catalogue, cube: Cube, columns: Columns) -> tuple[float, int]:
    """The same sums as SQL over the same table in memory: seconds, and how many do not hold."""
    import duckdb
    import pyarrow as pa

    connection = duckdb.connect(config={"threads": 2})
    table = columns_to_arrow(cube, columns).drop_columns(["sheet", "column", "row", "status"])
    connection.register("figures", pa.table({name: table.column(name) for name in table.column_names}))
    connection.execute("CREATE TABLE t AS SELECT * REPLACE (value::BIGINT AS value) FROM figures")
    names = list(cube.dimension_names)
    wholes: list[tuple[str, str, tuple[str, ...]]] = [
        (dimension.name, code.code, code.sum)
        for dimension in cube.dimensions
        for code in (dimension.codelist.codes.values() if dimension.codelist else ())
        if code.sum
    ]
    wholes += [("territory", whole, parts) for whole, parts in Gazetteer.load().sum_hierarchy(catalogue.year).items()]
    start = time.perf_counter()
    wrong = 0
    for name, whole, parts in wholes:
        others = ", ".join(other for other in names if other != name)
        listed = ", ".join(f"'{part}'" for part in parts)
        query = (
            f"SELECT count(*) FROM (SELECT {others} FROM t WHERE {name} IN ('{whole}', {listed}) GROUP BY {others} "
            f"HAVING count(*) = {len(parts) + 1} AND sum(CASE WHEN {name} = '{whole}' THEN value ELSE -value END) <> 0)"
        )
        found = connection.execute(query).fetchone()
        wrong += found[0] if found else 0
    return time.perf_counter() - start, wrong


def checking() -> None:
    catalogue = load_catalogue(2024)
    cube, columns = million(catalogue)
    print(f"A million figures checked ({len(columns):,} of {CUBE}, {PLANTED} of them changed)")
    store = ObservationStore({CUBE: CubeObservations(cube, columns=columns)}, (), "bench", "2025-01-31", "")

    def sums() -> int:
        findings = check_data(catalogue, store, focus=(), rules=["sum", "territory"])
        return len(findings)

    seconds, found = best(sums)
    show("sums and territories, with findings worded", seconds, "s", 1)
    everything, _ = best(lambda: len(check_data(catalogue, store, focus=(), rules=CHECKED)))
    show("every rule but completeness", everything, "s", 1)
    sql, wrong = plain_sql(catalogue, cube, columns)
    show("plain DuckDB SQL, sums and territories", sql, "s")
    print(f"  sums that do not hold: {found} here, {wrong} in SQL{'' if found == wrong else '  DIFFERENT'}")
    show(
        "peak memory of all this, the data and DuckDB included", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB"
    )


def best(measure: Callable[[], int], times: int = 3) -> tuple[float, int]:
    seconds, result = float("inf"), 0
    for _ in range(times):
        start = time.perf_counter()
        result = measure()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, result


INGEST = """
import resource, sys, time
start = time.perf_counter()
from pathlib import Path
from rendiconto.pipeline import ingest_files, inspect_files
from rendiconto.workspace import init_workspace
workspace = init_workspace(Path(sys.argv[1]), edition=2024, territories=(), base="none")
begun = time.perf_counter()
intakes = inspect_files([Path(sys.argv[2])], workspace=workspace, cube=sys.argv[3])
assert not intakes[0].errors and intakes[0].rows == int(sys.argv[4]), (intakes[0].rows, intakes[0].errors[:3])
ingest_files(workspace, intakes)
print(begun - start, time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
PLAIN = """
import sys, time, resource
start = time.perf_counter()
import duckdb
connection = duckdb.connect(config={"threads": 2})
connection.execute(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}', all_varchar=true)) TO '{sys.argv[2]}' (FORMAT parquet)")
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def ingesting() -> None:
    """A CSV of a million rows through a fresh process, from file to ledger."""
    cube, columns = million(load_catalogue(2024))
    print(f"A CSV of {FIGURES:,} rows taken in")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "million.csv"
        table = columns_to_arrow(cube, columns).drop_columns(["sheet", "column", "row", "status"])
        from pyarrow import csv

        keep = ~_void_rows(cube, columns)
        import pyarrow as pa

        table = table.filter(pa.array(keep))
        csv.write_csv(table, path, csv.WriteOptions(quoting_style="none"))
        arguments = [sys.executable, "-c", INGEST, str(Path(name) / "ws"), str(path), CUBE, str(table.num_rows)]
        started, stored, memory = map(
            float, subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.split()
        )
        show("read, checked label by label, stored and synced", stored, "s", 3)
        show("starting Python and the package, besides", started, "s")
        show("peak memory", memory, "MB", 1024)
        plain = [sys.executable, "-c", PLAIN, str(path), str(Path(name) / "plain.parquet")]
        seconds, memory = map(float, subprocess.run(plain, check=True, capture_output=True, text=True).stdout.split())
        show("plain DuckDB: CSV to Parquet as text, nothing looked at", seconds, "s")
        show("its peak memory", memory, "MB")


def _void_rows(cube: Cube, columns: Columns) -> npt.NDArray[np.bool_]:
    void = np.zeros(len(columns), dtype=bool)
    for combination in cube.void:
        here = np.ones(len(columns), dtype=bool)
        for name, code in combination.items():
            position = cube.dimension_names.index(name)
            here &= columns.codes[position] == columns.labels[position].index(code)
        void |= here
    return void


if __name__ == "__main__":
    checking()
    ingesting()

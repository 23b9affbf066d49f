"""A cube of five dimensions counted from 10 and 100 million rows, beside the same grouping sets by hand in DuckDB SQL."""

import resource
import tempfile
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import duckdb

from rendiconto.catalogue import load_catalogue
from rendiconto.observations.microdata import MicroSource, figures_of, start_engine
from rendiconto.pipeline.aggregating import plan_cubes
from rendiconto.territory import Gazetteer

CUBE = "assunzioni"
MEMORY = "2GB"
BOUND = 1.3
YEAR = 2024


def made_rows(rows: int, file: Path) -> None:
    """Hires and ends of relations in every province, in two years; every key once, in no order."""
    codes = ", ".join(f"'{province.codes[-1]}'" for province in Gazetteer.load().provinces(YEAR))
    connection = duckdb.connect()
    connection.execute(
        f"""COPY (SELECT range AS rapporto, CASE WHEN hash(range) % 2 = 0 THEN 'INIZIO' ELSE 'FINE' END AS evento,
        DATE '2023-01-01' + CAST(hash(range + 1) % 730 AS INTEGER) AS data,
        [{codes}][CAST(1 + hash(range + 2) % {len(Gazetteer.load().provinces(YEAR))} AS INTEGER)] AS provincia,
        CASE WHEN hash(range + 3) % 5 = 0 THEN 'STR' ELSE 'IT' END AS nazionalita,
        ['IND', 'DET', 'STAG', 'SOMM', 'INT'][CAST(1 + hash(range + 4) % 5 AS INTEGER)] AS contratto,
        CASE WHEN hash(range + 5) % 2 = 0 THEN 'F' ELSE 'M' END AS sesso FROM range({rows})) TO '{file}'"""
    )
    connection.close()


def by_hand(file: Path) -> int:
    """The cube's twelve grouping sets as one would write them; how many groups came out."""
    regions = ", ".join(f"('{province.codes[-1]}', '{province.region}')" for province in Gazetteer.load().provinces(YEAR))
    chosen = product(("provincia", "region", ""), ("nazionalita", ""), ("sesso", ""))
    sets = ", ".join(f"({', '.join(('y', 'contratto', *filter(None, columns)))})" for columns in chosen)
    with tempfile.TemporaryDirectory() as aside:
        connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": aside, "threads": 2})
        found = connection.execute(
            f"""SELECT provincia, region, y, nazionalita, contratto, sesso, COUNT(*) FROM (
            SELECT provincia, region, YEAR(data) AS y, nazionalita, contratto, sesso FROM '{file}'
            JOIN (VALUES {regions}) AS r(code, region) ON code = provincia
            WHERE evento = 'INIZIO' AND YEAR(data) IN (2023, 2024)) GROUP BY GROUPING SETS ({sets})"""
        ).fetchall()
        connection.close()
    return len(found)


def timed(call: Callable[[], object]) -> float:
    """The better of two runs, in seconds."""
    spent = []
    for _ in range(2):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    return min(spent)


def main() -> None:
    """Print seconds, ratio, slope, memory."""
    (plan,) = plan_cubes(load_catalogue(YEAR), [CUBE])
    engine = start_engine("duckdb", memory=MEMORY)
    seconds: dict[int, float] = {}
    print("Microdata")
    for rows in (10_000_000, 100_000_000):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rapporti_lavoro.parquet"
            made_rows(rows, file)
            ours = timed(lambda file=file: figures_of(plan, engine.tally(plan, MicroSource((file,)))))  # type: ignore[misc]
            hand = timed(lambda file=file: by_hand(file))  # type: ignore[misc]
            seconds[rows] = ours
            held = "holds" if ours <= BOUND * hand else "EXCEEDED"
            print(
                f"  {rows:>11,} rows, five dimensions, all totals, keys examined: {ours:6.2f} s; "
                f"grouping sets by hand, nothing examined: {hand:6.2f} s; {ours / hand:.2f} times (bound {BOUND}: {held})"
            )
    small, large = seconds
    print(f"  slope: ten times the rows take {seconds[large] / seconds[small]:.1f} times the time")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"  peak memory {peak:.1f} GB (bound 4: {'holds' if peak < 4 else 'EXCEEDED'})")


if __name__ == "__main__":
    main()

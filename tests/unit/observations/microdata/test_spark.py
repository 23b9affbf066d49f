"""Spark and DuckDB count as plain Python does, for every cube declared from microdata."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from microrows import rows_of, write_rows
from rendiconto.catalogue import load_catalogue
from rendiconto.errors import RendicontoError
from rendiconto.observations.microdata import Engine, cubes_from_microdata, start_engine
from rendiconto.pipeline.aggregating import plan_cubes

CATALOGUE = load_catalogue(2024)
PLANS = {plan.cube.name: plan for plan in plan_cubes(CATALOGUE, ["all"])}

pytestmark = [
    pytest.mark.xdist_group("spark"),
    # PySpark's own: sockets that it leaves to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    engine = start_engine("spark", memory="1GB")
    yield engine
    engine.close()


def test_a_master_that_does_not_answer_is_told() -> None:
    with pytest.raises(RendicontoError, match="Spark did not start"):
        start_engine("spark", master="gopher://nowhere")


@pytest.mark.parametrize("cube", cubes_from_microdata(CATALOGUE))
def test_spark_and_duckdb_count_as_plain_python(cube: str, spark: Engine, tmp_path: Path) -> None:
    plan = PLANS[cube]
    rows = _many_rows(cube)
    source = write_rows(plan.table, rows, tmp_path, files=2)
    duckdb = start_engine("duckdb", memory="500MB")
    by_hand = start_engine("reference").tally(plan, source)
    assert spark.tally(plan, source) == by_hand
    assert duckdb.tally(plan, source) == by_hand
    duckdb.close()


def _many_rows(cube: str) -> list[dict[str, object]]:
    """Some hundred rows with all that can be wrong, the same each time."""
    table = PLANS[cube].table
    found: list[dict[str, object]] = []

    @settings(
        max_examples=40, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True, database=None
    )
    @given(rows=rows_of(table))
    def collect(rows: list[dict[str, object]]) -> None:
        found.extend(rows)

    collect()
    random.Random(1).shuffle(found)
    assert len(found) > 100
    return found

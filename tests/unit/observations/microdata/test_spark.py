"""Spark and DuckDB count as plain Python does, for every cube declared from microdata."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from microrows import many_rows, write_rows
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
    rows = many_rows(plan.table)
    source = write_rows(plan.table, rows, tmp_path, files=2)
    duckdb = start_engine("duckdb", memory="500MB")
    by_hand = start_engine("reference").tally(plan, source)
    assert by_hand.counts
    assert by_hand.refused
    assert spark.tally(plan, source) == by_hand
    assert duckdb.tally(plan, source) == by_hand
    duckdb.close()

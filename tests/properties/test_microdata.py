"""DuckDB counts as plain Python does, on any rows; and a total is made of the same rows as its parts."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microrows import rows_of, write_rows
from rendiconto.catalogue import load_catalogue
from rendiconto.observations.microdata import Engine, cubes_from_microdata, start_engine
from rendiconto.pipeline.aggregating import plan_cubes

CATALOGUE = load_catalogue(2024)
PLANS = {plan.cube.name: plan for plan in plan_cubes(CATALOGUE, ["all"])}


@pytest.fixture(scope="module")
def duckdb() -> Iterator[Engine]:
    engine = start_engine("duckdb", memory="500MB")
    yield engine
    engine.close()


@given(cube=st.sampled_from(cubes_from_microdata(CATALOGUE)), data=st.data())
def test_duckdb_counts_as_plain_python(duckdb: Engine, cube: str, data: st.DataObject) -> None:
    plan = PLANS[cube]
    rows = data.draw(rows_of(plan.table))
    with tempfile.TemporaryDirectory() as folder:
        source = write_rows(plan.table, rows, Path(folder), files=2)
        assert duckdb.tally(plan, source) == start_engine("reference").tally(plan, source)


@given(data=st.data())
def test_totals_of_counts_are_the_sums_of_their_parts(data: st.DataObject) -> None:
    plan = PLANS["pensioni_liquidate"]
    rows = data.draw(rows_of(plan.table))
    with tempfile.TemporaryDirectory() as folder:
        counts = start_engine("reference").tally(plan, write_rows(plan.table, rows, Path(folder))).counts
    wholes = {key: count.rows for key, count in counts.items() if key[1][-1] == "T"}
    for (year, codes), rows_there in wholes.items():
        parts = [counts[year, (*codes[:-1], sex)].rows for sex in "FM" if (year, (*codes[:-1], sex)) in counts]
        assert rows_there == sum(parts)

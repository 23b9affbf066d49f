"""A database counts as plain Python does; what is wrong with it is told, its password is not."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from database import PASSWORD, load_rows, postgres_server
from microrows import many_rows, write_rows
from rendiconto.catalogue import load_catalogue
from rendiconto.cli import app
from rendiconto.errors import RendicontoError
from rendiconto.observations.microdata import Engine, cubes_from_microdata, start_engine
from rendiconto.observations.microdata.postgres import PostgresEngine
from rendiconto.pipeline.aggregating import Unusable, aggregate_cubes, plan_cubes

CATALOGUE = load_catalogue(2024)
PLANS = {plan.cube.name: plan for plan in plan_cubes(CATALOGUE, ["all"])}
CHECKS = PLANS["durc"]

pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with postgres_server() as found:
        yield found


@pytest.fixture
def database(address: str) -> Iterator[Engine]:
    engine = start_engine("postgres", master=address)
    yield engine
    engine.close()


@pytest.mark.parametrize("cube", cubes_from_microdata(CATALOGUE))
def test_a_database_counts_as_plain_python(cube: str, address: str, database: PostgresEngine, tmp_path: Path) -> None:
    plan = PLANS[cube]
    rows = many_rows(plan.table)
    load_rows(address, plan.table, rows)
    prepared = database.prepare(plan.table, plan.columns())
    assert prepared.usable
    assert not prepared.findings
    by_hand = start_engine("reference").tally(plan, write_rows(plan.table, rows, tmp_path))
    assert database.tally(plan, prepared.source) == by_hand
    assert by_hand.counts, "some rows have their place"
    assert by_hand.refused, "and some have what no code stands for"


def execute(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def test_columns_that_do_not_fit_are_told_and_nothing_is_counted(address: str) -> None:
    execute(address, "DROP TABLE IF EXISTS versamenti")
    execute(address, "CREATE TABLE versamenti (versamento bigint, data text, importo double precision)")
    (plan,) = [plan for plan in PLANS.values() if plan.table.name == "versamenti"][:1]
    engine = start_engine("postgres", master=address)
    (result,) = aggregate_cubes([plan], None, engine)
    engine.close()
    assert isinstance(result, Unusable)
    told = {finding.keys[0]: finding.message for finding in result.findings}
    assert told["versamenti!importo"] == "importo: double precision, where an exact decimal (no floating point) was expected"
    assert told["versamenti!data"] == "data: text, where a date was expected"
    assert "is missing" in told["versamenti!provincia"]


@pytest.mark.parametrize(
    ("kind", "fits"), [("numeric(12,2)", True), ("integer", True), ("numeric", False), ("numeric(9,3)", False)]
)
def test_money_is_read_only_where_its_digits_are_said(address: str, kind: str, fits: bool) -> None:
    plan = next(plan for plan in PLANS.values() if plan.table.name == "versamenti")
    execute(address, "DROP TABLE IF EXISTS versamenti")
    execute(address, f"CREATE TABLE versamenti (versamento bigint, data date, provincia text, importo {kind})")
    engine = PostgresEngine(address)
    assert engine.prepare(plan.table, plan.columns()).usable is fits
    engine.close()


def test_a_table_may_be_a_view_in_another_schema(address: str) -> None:
    load_rows(address, CHECKS.table, many_rows(CHECKS.table))
    execute(address, "CREATE SCHEMA IF NOT EXISTS estratti")
    execute(address, "CREATE OR REPLACE VIEW estratti.durc AS SELECT * FROM public.durc")
    for where in ("", "?options=-csearch_path%3Destratti"):
        engine = PostgresEngine(address + where)
        tally = engine.tally(CHECKS, engine.prepare(CHECKS.table, CHECKS.columns()).source)
        assert tally.rows == len(many_rows(CHECKS.table))
        engine.close()
    engine = PostgresEngine(f"{address}?options=-csearch_path%3Dnowhere")
    with pytest.raises(RendicontoError, match="no table durc is here"):
        engine.prepare(CHECKS.table, CHECKS.columns())
    engine.close()


def test_it_reads_only(database: PostgresEngine) -> None:
    with pytest.raises(RendicontoError, match="read-only"):
        database.fetch("CREATE TABLE altro (a int)")


@pytest.mark.parametrize(
    "wrong", ["{}x", "postgres://ufficio:{secret}@127.0.0.1:1/postgres", "postgres://ufficio@127.0.0.1:1/x?password={secret}"]
)
def test_a_database_that_does_not_answer_is_told_without_its_password(address: str, wrong: str) -> None:
    with pytest.raises(RendicontoError, match="the database does not answer") as refused:
        start_engine("postgres", master=wrong.format(address, secret=PASSWORD))
    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize("password", ["segreta", "a:b", "a@b", "a/b", "a%3Ab"])
def test_no_password_is_shown_whatever_is_in_it(password: str) -> None:
    with pytest.raises(RendicontoError) as refused:
        PostgresEngine(f"postgres://ufficio:{password}@127.0.0.1:1/x")
    assert password not in str(refused.value)


def test_the_command_line_counts_in_the_database(address: str, tmp_path: Path) -> None:
    rows = [{**row, "provincia": "045", "esito": "REG"} for row in many_rows(CHECKS.table) if None not in row.values()]
    for number, row in enumerate(rows):
        row["richiesta"] = number
    load_rows(address, CHECKS.table, rows)

    def run(*more: str) -> str:
        result = CliRunner().invoke(app, ["aggregate", "durc", "--from", address, "--out", str(tmp_path), *more])
        return f"{result.exit_code} {result.output} {result.exception or ''}"

    assert "durc.parquet" in run()
    assert "0 " in run()[:2]
    assert "a database counts by itself, not with spark" in run("--engine", "spark")

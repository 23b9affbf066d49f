"""`rendiconto aggregate`: microdata counted into a workspace, or refused with what is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from microrows import write_rows
from rendiconto.catalogue import load_catalogue
from rendiconto.cli import app
from rendiconto.observations.deliveries import Ledger
from rendiconto.observations.deliveries.ledger import IngestEntry
from rendiconto.pipeline import load_edition
from rendiconto.workspace import init_workspace

TABLE = load_catalogue(2024).microtables["durc"]


def checks(provinces: list[str]) -> list[dict[str, Any]]:
    return [
        {"richiesta": i, "data": date(2024, 6, 1), "provincia": province, "esito": "REG"}
        for i, province in enumerate(provinces)
    ]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "work"
    init_workspace(root, edition=2024, territories=(), base="packaged")
    (root / "microdata" / "durc").mkdir(parents=True)
    monkeypatch.chdir(root)
    return root


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["aggregate", *arguments])


def stored(root: Path) -> int:
    return len(Ledger(root / "deliveries").entries())


def test_counts_are_taken_into_the_workspace(workspace: Path) -> None:
    from rendiconto.workspace import read_workspace

    write_rows(TABLE, checks(["050", "050", "046"]), workspace / "microdata" / "durc")
    result = run("durc", "--from", "microdata", "--complete")
    assert result.exit_code == 0, result.output
    assert "Version 1:" in result.output
    store = load_edition(workspace=read_workspace(workspace)).observations
    found = store.get("durc", ("050", "2024", "REG"))
    assert found is not None
    assert found.value == 2
    (entry,) = Ledger(workspace / "deliveries").entries()
    assert isinstance(entry, IngestEntry)
    assert entry.deliveries[0].office == "microdati: Richieste di regolarità contributiva"


def test_a_dry_run_stores_nothing(workspace: Path) -> None:
    write_rows(TABLE, checks(["050"]), workspace / "microdata" / "durc")
    result = run("durc", "--from", "microdata", "--dry-run")
    assert result.exit_code == 0
    assert "Dry run:" in result.output
    assert stored(workspace) == 0


def test_rows_that_belong_nowhere_stop_the_storing(workspace: Path) -> None:
    write_rows(TABLE, checks(["050", "107", "045"]), workspace / "microdata" / "durc")
    result = run("durc", "--from", "microdata", "--complete")
    assert result.exit_code == 1
    assert "provincia: 1 rows are of no province of their year: '107' Carbonia-Iglesias in 2024 (1)" in result.output
    assert stored(workspace) == 0
    assert run("durc", "--from", "microdata", "--complete", "--accept-rest").exit_code == 0
    assert stored(workspace) == 1


def test_files_are_written_where_asked(workspace: Path) -> None:
    write_rows(TABLE, checks(["050"]), workspace / "microdata" / "durc")
    assert run("durc", "--from", "microdata", "--out", "counted", "--engine", "reference").exit_code == 0
    assert [path.name for path in Path("counted").iterdir()] == ["durc.parquet"]
    assert stored(workspace) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("popolazone", "--from", "."), "unknown cube 'popolazone'"),
        (("personale", "--from", "."), "does not come from microdata"),
        (("durc", "--from", "nowhere"), "no such file or folder"),
        (("durc", "--from", ".", "--engine", "duckbd"), "unknown engine 'duckbd'"),
        (("durc", "--from", ".", "--memory", "much"), "'much' is no amount of memory"),
    ],
)
def test_what_cannot_be_asked_is_told(workspace: Path, arguments: tuple[str, ...], message: str) -> None:
    assert message in str(run(*arguments).exception)

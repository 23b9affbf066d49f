"""The command: exit codes, formats, the counts beside the findings."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from rendiconto.cli.reconciling import reconcile
from rendiconto.errors import RendicontoError

app = typer.Typer()
app.command()(reconcile)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "dati.json"
    file.write_text('{"naspi": {"2023": 8638, "2024": 8942}, "visitatori": 5}')
    return file


def test_a_wrong_figure_exits_with_1_and_a_right_file_with_0(wrong: Path) -> None:
    result = CliRunner().invoke(app, [str(wrong)])
    assert result.exit_code == 1
    assert "they have 8942, ours is 8.924" in result.stdout
    assert "1 matched, 1 differing, 1 unmatched." in result.stdout
    wrong.write_text('{"naspi": {"2024": 8924}}')
    assert CliRunner().invoke(app, [str(wrong)]).exit_code == 0


def test_the_asked_severity_decides_the_exit(wrong: Path) -> None:
    wrong.write_text('{"visitatori": 5}')
    assert CliRunner().invoke(app, [str(wrong), "--severity", "warning"]).exit_code == 0
    assert CliRunner().invoke(app, [str(wrong), "--severity", "info"]).exit_code == 1


def test_json_has_all_findings_and_the_counts(wrong: Path) -> None:
    result = CliRunner().invoke(app, [str(wrong), "--format", "json"])
    content = json.loads(result.stdout)
    assert content["summary"] == {"matched": 1, "differing": 1, "unmatched": 1}
    assert [finding["rule"] for finding in content["findings"]] == ["differs", "unmatched"]
    assert content["findings"][0]["cells"] == ["dati.json $.naspi['2024']", "T21.0/massa-carrara/2024/r0/c8"]


@pytest.mark.parametrize("output", ["html", "xlsx", "sarif"])
def test_every_format_is_written(wrong: Path, tmp_path: Path, output: str) -> None:
    out = tmp_path / f"report.{output}"
    result = CliRunner().invoke(app, [str(wrong), "--format", output, "--out", str(out)])
    assert result.exit_code == 1
    assert out.stat().st_size > 500


def test_a_territory_may_be_named(wrong: Path) -> None:
    result = CliRunner().invoke(app, [str(wrong), "--territory", "toscana", "--format", "json"])
    differing = [each for each in json.loads(result.stdout)["findings"] if each["rule"] == "differs"]
    assert differing[0]["hint"] == "it is the figure of Massa-Carrara"


def test_an_unknown_format_or_territory_is_a_mistake_of_the_caller(wrong: Path) -> None:
    for arguments in (["--format", "jsn"], ["--territory", "atlantide"]):
        result = CliRunner().invoke(app, [str(wrong), *arguments])
        assert isinstance(result.exception, RendicontoError)

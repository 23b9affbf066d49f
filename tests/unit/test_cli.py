"""The command line as a person meets it: real processes, exit codes, no tracebacks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rendiconto", *arguments], capture_output=True, text=True, cwd=cwd, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("table", "17", "masa-carara"), "Did you mean 'massa-carrara'"),
        (("table", "71", "massa-carrara"), "unknown table '71'"),
        (("table", "17", "massa-carrara", "--format", "jsn"), "Did you mean 'json'"),
        (("table", "17", "massa-carrara", "--edition", "2019"), "unknown edition '2019'"),
        (("build", "massa-carrara", "--format", "pdff"), "Did you mean 'pdf'"),
        (("build", "atlantide"), "unknown territory 'atlantide'"),
        (("serve", "/nowhere"), "no built site"),
    ],
)
def test_a_mistake_is_explained_without_a_traceback(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_wrong_option_exits_with_2() -> None:
    result = run("table", "17", "massa-carrara", "--colour")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_all_tables_as_json_are_complete_on_standard_output() -> None:
    result = run("table", "all", "massa-carrara", "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    tables = json.loads(result.stdout)["tables"]
    assert [table["table"] for table in tables if not table["table"].startswith("G")] == [str(n) for n in range(1, 66)]
    assert {table["table"] for table in tables} >= {"G1", "G2"}
    first = next(table for table in tables if table["table"] == "17")["parts"][0]
    assert first["columns"] == ["2022", "2023", "2024"]
    assert first["rows"][0] == {"label": "Massa-Carrara", "cells": [201546080.31, 211122051.11, 219216355.46]}
    assert next(table for table in tables if table["table"] == "23")["parts"][0]["rows"] == []


def test_keys_give_each_cells_cube_and_full_key() -> None:
    result = run("table", "20", "massa-carrara", "--format", "json", "--keys")
    row = json.loads(result.stdout)["tables"][0]["parts"][0]["rows"][0]
    assert row["keys"][0] == {"cube": "durc", "key": {"territory": "045", "period": "2022", "outcome": "REG"}}
    assert len(row["keys"]) == len(row["cells"])


def test_as_published_prints_what_the_source_did() -> None:
    corrected = json.loads(run("table", "20", "massa-carrara", "--format", "json").stdout)
    published = json.loads(run("table", "20", "massa-carrara", "--format", "json", "--as-published").stdout)
    cells = [document["tables"][0]["parts"][0]["rows"][0]["cells"] for document in (corrected, published)]
    assert [row[8] for row in cells] == [14.6, 14.7]
    assert cells[0][:8] == cells[1][:8]


def test_text_and_csv_show_the_same_figures() -> None:
    text = run("table", "17", "massa-carrara").stdout
    assert "201.546.080,31" in text
    assert (
        "17,0,Massa-Carrara,2022,201546080.31,T17.0/massa-carrara/2024/r0/c0"
        in run("table", "17", "massa-carrara", "--format", "csv").stdout
    )


def test_tables_lists_what_there_is() -> None:
    result = run("tables")
    assert "17  3.1     Entrate contributive  (3 parts)" in result.stdout
    assert run("--version").stdout.startswith("rendiconto ")


def test_a_build_says_what_it_wrote_and_what_was_not_delivered(tmp_path: Path) -> None:
    result = run("build", "massa-carrara", "--out", "out", "--format", "data", cwd=tmp_path)
    assert result.returncode == 0
    assert "No data delivered for 9 parts: 23.0, 35.0, 37.0, 38.0, 39.0, 46.0, G2.0, 55.0, 59.0" in result.stdout
    assert "Errata: 10 figures" in result.stdout
    assert (tmp_path / "out" / "massa-carrara-2024" / "data" / "datapackage.json").is_file()


def test_any_console_prints_every_character() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "rendiconto", "table", "3", "massa-carrara"],
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "−1.310" in result.stdout.decode("utf-8")


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    command = f"{sys.executable} -m rendiconto table all massa-carrara | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    assert result.stdout.startswith("Tavola 1")


def test_importing_the_package_is_light() -> None:
    heavy = ("pydantic", "typst", "pyarrow", "vl_convert", "pikepdf", "jinja2", "xlsxwriter")
    code = f"import sys, rendiconto; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"

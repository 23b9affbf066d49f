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


REPORT = """Rendiconto Sociale 2024
4.1 Tavola 21 - NASpI per genere – domande accolte – Provincia di Massa-Carrara
 NASpI
 2022 2023 2024
Femmine Maschi Totale Femmine Maschi Totale Femmine Maschi Totale
Massa-Carrara   4.714 3.473 8.187 4.908 3.730 8.638 4.961 3.963 8.924
Regione Toscana 78.954 51.496 130.450 81.660 57.369 139.029 84.367 61.383 145.750
Italia 1.108.493 893.502 2.001.995 1.145.416 986.144 2.131.560 1.201.697 1.065.515 2.267.212
Fonte: INPS

Nel 2024 le domande accolte di NASpI in provincia sono 8.924, in calo rispetto al 2023.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_report_is_read_as_the_json_of_its_tables(report: Path) -> None:
    result = run("read", str(report))
    assert (result.returncode, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert (answer["territory"], answer["edition"]) == ("massa-carrara", 2024)
    table = next(table for table in answer["tables"] if table["table"] == "21")
    row = table["parts"][0]["rows"][0]
    assert row["cells"] == [4714, 3473, 8187, 4908, 3730, 8638, 4961, 3963, 8924]
    assert row["placed"][0] == {"by": "label", "confidence": 1, "page": 1, "line": 6}
    assert next(table for table in answer["tables"] if table["table"] == "1")["parts"][0]["rows"] == []
    assert {finding["rule"] for finding in answer["findings"]} == {"absent_table"}


def test_a_report_is_read_as_csv_and_as_a_workbook(report: Path, tmp_path: Path) -> None:
    csv = run("read", str(report), "--format", "csv")
    assert "21,0,Massa-Carrara,2024 / Totale,8924,T21.0/massa-carrara/2024/r0/c8" in csv.stdout
    book = run("read", str(report), "--format", "xlsx", cwd=tmp_path)
    assert (tmp_path / book.stdout.strip()).read_bytes()[:2] == b"PK"


def test_a_report_becomes_a_delivery_that_a_workspace_compiles(report: Path, tmp_path: Path) -> None:
    assert run("read", str(report), "--format", "delivery", cwd=tmp_path).returncode == 2
    run("init", "ws", "--empty", "--territory", "massa-carrara", cwd=tmp_path)
    stored = run("read", str(report), "--format", "delivery", cwd=tmp_path / "ws")
    assert "27 figures stored" in stored.stdout
    table = run("table", "21", "massa-carrara", "--format", "json", cwd=tmp_path / "ws")
    assert json.loads(table.stdout)["tables"][0]["parts"][0]["rows"][0]["cells"][-1] == 8924
    kept = [
        path
        for path in (tmp_path / "ws" / "deliveries").rglob("*")
        if path.is_file() and path.read_bytes() == report.read_bytes()
    ]
    assert kept


def test_an_audit_names_the_false_sentence_and_exits_with_1(report: Path) -> None:
    result = run("audit", str(report), "--territory", "massa-carrara", "--edition", "2024", "--format", "json")
    assert (result.returncode, result.stderr) == (1, "")
    answer = json.loads(result.stdout)
    assert answer["coverage"] == {"numeric_sentences": 1, "checked": 1}
    assert [claim["verdict"] for claim in answer["claims"]] == ["supported", "contradicted"]
    false = answer["claims"][1]
    assert REPORT[false["start"] : false["end"]] == false["text"]
    assert "in aumento" in false["should_say"]
    assert {item["cell"]: item["value"] for item in false["evidence"]} == {
        "T21.0/massa-carrara/2024/r0/c5": 8638,
        "T21.0/massa-carrara/2024/r0/c8": 8924,
    }


def test_a_file_of_prose_alone_is_audited_against_the_data(tmp_path: Path) -> None:
    path = tmp_path / "nota.md"
    path.write_text("# Nota\n\nLe domande di NASpI accolte sono **8.924**.\n", encoding="utf-8")
    result = run("audit", str(path), "--format", "json")
    assert result.returncode == 0
    (claim,) = json.loads(result.stdout)["claims"]
    assert claim["verdict"] == "supported"


@pytest.mark.parametrize("output", ["text", "html", "sarif"])
def test_an_audit_comes_in_every_form(report: Path, output: str) -> None:
    result = run("audit", str(report), "--format", output)
    assert result.returncode == 1
    assert "in calo rispetto al 2023" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("read", "nothing.pdf"), "no such file"),
        (("audit", "nothing.pdf"), "no such file"),
        (("read", "report.txt", "--format", "jsn"), "Did you mean 'json'"),
        (("audit", "report.txt", "--format", "pdf"), "unknown format 'pdf'"),
        (("audit", "report.txt", "--territory", "masa-carara"), "Did you mean 'massa-carrara'"),
        (("read", "report.txt", "--edition", "1999"), "unknown edition '1999'"),
    ],
)
def test_a_mistake_over_a_report_is_explained(report: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments, cwd=report.parent)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr

"""A workspace: made once, found from below, lying over the package; what its settings get wrong is said."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from rendiconto.errors import RendicontoError
from rendiconto.pipeline import build_report, load_edition
from rendiconto.render import RENDERERS
from rendiconto.workspace import find_workspace, init_workspace, read_workspace

TABLE = """\
table: "66"
section: "3.9"
title: Certificazioni per mese
parts:
  - title: Certificazioni di prova
    cube: certificazioni_prova
    stub: [{territory: [self, region]}]
    heading: [{period: [-1, 0]}]
"""
CUBE = """\
title: Certificazioni di prova
perimeter: Certificazioni contate per prova
dimensions: [territory, period]
measure: {unit: certificates, sums: [territory]}
sources: [prova]
terms: [certificazioni]
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rendiconto", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_a_workspace_is_found_from_below(tmp_path: Path) -> None:
    made = init_workspace(tmp_path / "ws", edition=2024, territories=("massa-carrara",), base="packaged")
    below = made.root / "texts" / "capitolo"
    below.mkdir()
    found = find_workspace(below)
    assert found is not None
    assert found.root == made.root
    assert found.settings == made.settings
    assert find_workspace(tmp_path) is None


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("edition = [", "not TOML"),
        ('editions = "2024"', "editions"),
        ('base = "other"', "base"),
        ('territories = ["masa-carara"]', "massa-carrara"),
    ],
)
def test_settings_that_cannot_be_are_said(tmp_path: Path, settings: str, said: str) -> None:
    (tmp_path / "rendiconto.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(RendicontoError) as caught:
        read_workspace(tmp_path)
    assert said in str(caught.value)


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RendicontoError, match="not empty"):
        init_workspace(tmp_path, edition=2024, territories=(), base="packaged")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_table_added_by_one_file_is_in_every_format(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "ws", edition=2024, territories=("massa-carrara",), base="packaged")
    (workspace.catalogue / "cubes").mkdir()
    (workspace.catalogue / "cubes" / "certificazioni_prova.yaml").write_text(CUBE, encoding="utf-8")
    (workspace.catalogue / "sources.yaml").write_text(
        "prova: {label: Ufficio prova, office: Ufficio prova}\n", encoding="utf-8"
    )
    chapter = workspace.catalogue / "editions" / "2024" / "03-entrate"
    chapter.mkdir(parents=True)
    (chapter / "tavola-66.yaml").write_text(TABLE, encoding="utf-8")
    (tmp_path / "certificazioni_prova.csv").write_text(
        "territory,period,value\n045,2023,48151\n045,2024,62342\n09,2023,81516\n", encoding="utf-8"
    )
    done = run(workspace.root, "ingest", str(tmp_path / "certificazioni_prova.csv"))
    assert done.returncode == 0, done.stderr + done.stdout
    built = build_report("massa-carrara", tmp_path / "out", edition=load_edition(workspace=workspace))
    assert set(built.files) == set(RENDERERS)
    assert (built.folder / "site" / "tavole" / "66" / "index.html").read_text(encoding="utf-8").count("62.342")
    printed = run(workspace.root, "table", "66", "massa-carrara", "--format", "json")
    (part,) = json.loads(printed.stdout)["tables"][0]["parts"]
    assert part["rows"][0]["cells"] == [48151, 62342]
    assert part["rows"][1]["cells"] == [81516, None]
    data = next(path for path in built.folder.rglob("certificazioni_prova.csv"))
    assert "62342" in data.read_text(encoding="utf-8")
    assert built.document.data_version == "2024.1+1"


def test_a_rule_of_ones_own_is_a_line(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "ws", edition=2024, territories=("massa-carrara",), base="packaged")
    (workspace.catalogue / "relations.yaml").write_text(
        "saldo:\n  title: Nascite meno decessi\n  plus: [nascite]\n  minus: [decessi]\n  equals: saldo_migratorio\n"
        "  because: births − deaths = balance\n",
        encoding="utf-8",
    )
    done = run(workspace.root, "check", "--format", "json", "--rule", "relation")
    findings = json.loads(done.stdout)["findings"]
    assert done.returncode == 1
    assert findings
    assert all("births − deaths = balance" in finding["message"] for finding in findings)


def test_an_editors_day(tmp_path: Path) -> None:
    """Init, dry run, refusal, acceptance, list, compare, check, waive, lapse, restore."""
    assert run(tmp_path, "init", "ws", "--territory", "massa-carrara").returncode == 0
    workspace = tmp_path / "ws"
    good = workspace / "pensionati.csv"
    good.write_text("territory;period;sex;value\nMS;2024;F;27.395\nMS;2024;M;26.722\nMS;2024;T;54.171\n", encoding="utf-8")
    dry = run(workspace, "ingest", "pensionati.csv", "--dry-run")
    assert dry.returncode == 0
    assert "3 figures would be stored" in dry.stdout
    assert run(workspace, "deliveries").stdout == "No delivery yet: version 0.\n"
    stored = run(workspace, "ingest", "pensionati.csv", "--from", "Ufficio studi")
    assert "Version 1: 3 figures stored." in stored.stdout
    assert "Ufficio studi" in run(workspace, "deliveries").stdout
    assert "54117 → 54171" in run(workspace, "diff").stdout
    rows = list(csv.reader(io.StringIO(run(workspace, "diff", "--format", "csv").stdout)))
    assert rows[1] == ["pensionati", "045/2024/T", "54117", "54171", "+54", "0.1%"]

    checked = run(workspace, "check", "--format", "json")
    assert checked.returncode == 1
    (finding,) = [each for each in json.loads(checked.stdout)["findings"] if each["severity"] == "error"]
    assert finding["rule"] == "sum"
    assert finding["cells"][0].startswith("T28.0/massa-carrara/2024/")
    assert "54.117" in finding["hint"]

    waived = run(workspace, "waive", finding["id"], "--reason", "da rettificare", "--author", "M. Rossi")
    assert waived.returncode == 0, waived.stderr
    again = run(workspace, "check", "--format", "json")
    assert again.returncode == 0
    assert [each["id"] for each in json.loads(again.stdout)["waived"]] == [finding["id"]]
    good.write_text("territory;period;sex;value\nMS;2024;T;54.172\n", encoding="utf-8")
    assert run(workspace, "ingest", "pensionati.csv").returncode == 0
    lapsed = run(workspace, "check")
    assert lapsed.returncode == 1
    assert "its waiver was for other values" in " ".join(lapsed.stdout.split())

    bad = workspace / "bad.csv"
    bad.write_text("territory;period;sex;value\nMS;2024;T;54.117\nMS;2024;X;1\n", encoding="utf-8")
    refused = run(workspace, "ingest", "bad.csv", "--cube", "pensionati")
    assert refused.returncode == 1
    assert "bad.csv row 3 (sex)" in refused.stdout
    assert "Nothing was stored" in refused.stdout
    accepted = run(workspace, "ingest", "bad.csv", "--accept-rest", "--cube", "pensionati")
    assert accepted.returncode == 0
    assert "bad.csv row 3 (sex)" in run(workspace, "deliveries", "--refused").stdout
    assert run(workspace, "check").returncode == 0

    assert "would change 1 figures" in run(workspace, "restore", "1", "--dry-run").stdout
    assert run(workspace, "restore", "1").returncode == 0
    back = run(workspace, "check")
    assert back.returncode == 0
    assert "1 waived" in back.stdout, "the figures are again those that the waiver accepted"
    assert run(workspace, "check", "--data-version", "3").returncode == 0
    assert "2024.1+4" in run(workspace, "build", "massa-carrara", "--format", "data").stdout


def test_what_is_wrong_is_written_for_the_office(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("territory;period;sex;value\nMS;2024;T;54.117\nMS;2024;X;1\n", encoding="utf-8")
    for name in ("bad.html", "bad.json"):
        done = run(tmp_path, "ingest", "bad.csv", "--cube", "pensionati", "--dry-run", "--report", name)
        assert done.returncode == 1
        assert "bad.csv row 3 (sex)" in (tmp_path / name).read_text(encoding="utf-8")
    assert run(tmp_path, "ingest", "bad.csv", "--cube", "pensionati", "--dry-run", "--report", "bad.pdf").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ingest", "x.csv"), "not a workspace"),
        (("deliveries",), "rendiconto init"),
        (("restore", "1"), "not a workspace"),
        (("check", "--format", "jsn"), "Did you mean 'json'"),
        (("check", "--rule", "summ"), "Did you mean 'sum'"),
        (("request", "--office", "entrat"), "'entrate'"),
        (("table", "17", "massa-carrara", "--data-version", "3"), "only a workspace"),
        (("structures", "--format", "xml"), "sdmx"),
        (("ingest", "nothere.xlsx", "--dry-run"), "no such file"),
    ],
)
def test_a_mistake_is_explained(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr

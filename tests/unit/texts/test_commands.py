"""The commands on texts as a person meets them: a workspace, its texts, a report refused, the next edition."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from later_edition import later_catalogue, later_rows
from rendiconto.workspace import find_workspace

TEXT = """\
---
place: presentation
title: Presentazione
edition: 2024
---
Nel {{ naspi_accolte | anno }} le domande di NASpI accolte sono state 8.924, {{ naspi_accolte | andamento }} rispetto al 2023.
Il tasso di disoccupazione è aumentato.
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rendiconto", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assert run(tmp_path, "init", "ws", "--territory", "massa-carrara").returncode == 0
    return tmp_path / "ws"


def test_a_committees_day(workspace: Path) -> None:
    """An example that prints nothing, a text looked at, a wrong figure refused at release, mended, released."""
    assert [path.name for path in (workspace / "texts").iterdir()] == ["_esempio.md"]
    assert run(workspace, "texts", "check").stdout == "Massa-Carrara: 0 texts\n"
    text = workspace / "texts" / "presentazione.md"
    text.write_text(TEXT, encoding="utf-8")
    checked = run(workspace, "texts", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "{{ naspi_accolte | andamento }} = in aumento" in checked.stdout
    assert "T21.0/massa-carrara/2024/r0/c8" in checked.stdout
    text.write_text(TEXT.replace("8.924", "8.942"), encoding="utf-8")
    told = run(workspace, "texts", "check", "--format", "json")
    assert told.returncode == 1
    (piece,) = json.loads(told.stdout)["reports"][0]["texts"]
    (wrong,) = [claim for claim in piece["claims"] if claim["verdict"] == "contradicted"]
    assert wrong["should_say"].startswith("8.924")
    assert wrong["line"] == 6
    assert [each["text"] for each in piece["live"]] == ["2024", "in aumento"]
    built = run(workspace, "build", "massa-carrara", "--format", "data")
    assert built.returncode == 0
    assert "warning: presentazione.md:6:" in built.stderr
    refused = run(workspace, "build", "massa-carrara", "--format", "data", "--release", "--out", "uscita")
    assert refused.returncode == 1
    assert "presentazione.md:6: " in refused.stderr
    assert "8.924" in refused.stderr
    assert not (workspace / "uscita").exists()
    text.write_text(TEXT, encoding="utf-8")
    released = run(workspace, "build", "massa-carrara", "--format", "data", "--release", "--out", "uscita")
    assert released.returncode == 0, released.stderr
    assert "Texts: 1 with 2 live figures, 0 claims contradicted" in released.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Sono {{ naspi_acolte | valore }}.", "a.md:5: unknown indicator 'naspi_acolte'\n  Did you mean 'naspi_accolte'"),
        ("Sono {{ naspi_accolte | valor }}.", "a.md:5: unknown filter 'valor'\n  Did you mean 'valore'"),
    ],
)
def test_an_unknown_name_stops_every_build(workspace: Path, line: str, said: str) -> None:
    (workspace / "texts" / "a.md").write_text(f"---\nplace: presentation\ntitle: T\n---\n{line}\n", encoding="utf-8")
    for arguments in (("build", "massa-carrara", "--format", "data"), ("texts", "check")):
        done = run(workspace, *arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert run(workspace, "table", "17", "massa-carrara").returncode == 0
    assert not (workspace / "out" / "massa-carrara-2024").exists()


def test_a_text_is_renewed_in_its_workspace(tmp_path: Path) -> None:
    run(tmp_path, "init", "ws", "--territory", "massa-carrara", "--empty")
    workspace = tmp_path / "ws"
    later_catalogue(workspace / "catalogue")
    for cube in ("naspi_accolte", "tasso_disoccupazione"):
        with (tmp_path / f"{cube}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(later_rows(cube))
        done = run(workspace, "ingest", str(tmp_path / f"{cube}.csv"), "--edition", "2025")
        assert done.returncode == 0, done.stdout + done.stderr
    text = workspace / "texts" / "presentazione.md"
    text.write_bytes(TEXT.replace("\n", "\r\n").encode())
    dry = run(workspace, "texts", "renew", "texts", "--edition", "2025", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "+edition: 2025" in dry.stdout
    assert "8.924 → 9.370" in dry.stdout
    assert not (workspace / "texts-2025").exists()
    done = run(workspace, "texts", "renew", "texts", "--edition", "2025")
    assert "1 texts, 1 sentences marked." in done.stdout
    new = (workspace / "texts-2025" / "presentazione.md").read_bytes().decode()
    assert new == (
        TEXT.replace("edition: 2024", "edition: 2025")
        .replace("8.924", "9.370")
        .replace("2023", "2024")
        .replace("Il tasso di disoccupazione è aumentato.", "==Il tasso di disoccupazione è aumentato.==")
        .replace("\n", "\r\n")
    )
    assert text.read_bytes() == TEXT.replace("\n", "\r\n").encode()
    again = run(workspace, "texts", "renew", "texts/presentazione.md", "--edition", "2025")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    found = find_workspace(workspace)
    assert found is not None
    assert found.texts == workspace / "texts"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("texts", "check"), "no folder of texts"),
        (("texts", "check", "nothere"), "no such file"),
        (("texts", "check", ".", "--format", "jsn"), "Did you mean 'json'"),
        (("texts", "renew", "nothere", "--edition", "2025"), "no such file"),
        (("texts", "renew", ".", "--edition", "2031"), "unknown edition '2031'"),
    ],
)
def test_a_mistake_is_explained(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr

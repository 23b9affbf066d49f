"""The data package says what the tables say, and other people's tools accept it."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from documents import DOCUMENTS, document_named

from rendiconto.document import Cell, Document, Origin
from rendiconto.render import load_renderer

documents = pytest.mark.parametrize("name", DOCUMENTS)


@documents
def test_frictionless_finds_the_package_valid(name: str, tmp_path: Path) -> None:
    files = load_renderer("data")(document_named(name))
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    command = [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]
    run = subprocess.run(command, cwd=tmp_path / "data", capture_output=True, text=True, check=False, timeout=120)
    report = json.loads(run.stdout)
    assert report["errors"] == []
    assert [(task["name"], task["errors"]) for task in report["tasks"] if not task["valid"]] == []
    assert report["stats"]["tasks"] == len(json.loads(files["data/datapackage.json"])["resources"])


@documents
def test_every_printed_cell_is_an_observation_of_its_cube(name: str) -> None:
    document = document_named(name)
    files = load_renderer("data")(document)
    undecided = {entry.id for entry in document.errata if not entry.decidable}
    published: dict[tuple[str, frozenset[tuple[str, str]]], tuple[str, str]] = {}
    for cube in document.cubes:
        for row in csv.DictReader(io.StringIO(files[f"data/cubes/{cube.name}.csv"].decode())):
            said = (row.pop("status"), row.pop("value"))
            row.pop("origin")
            published[cube.name, frozenset(row.items())] = said
    wrong = [
        (str(cell.ref), published.get((cell.cube, frozenset(cell.key))))
        for cell in cells_of(document)
        # Of two published values that only the source can decide between, a cube holds one.
        if cell.origin is not Origin.NONE and not undecided & {mark.id for mark in cell.marks}
        if published.get((cell.cube, frozenset(cell.key))) != (cell.status, "" if cell.value is None else f"{cell.value:f}")
    ]
    assert not wrong


def cells_of(document: Document) -> list[Cell]:
    return [cell for grid in document.grids for line in grid.cells for cell in line]

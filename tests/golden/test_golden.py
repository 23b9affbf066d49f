"""Every grid of the packaged report, and the plans of the hard shapes, as they were last agreed on."""

from pathlib import Path

import pytest
import simplejson

from golden import HERE, golden_files

FILES = golden_files()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_is_as_agreed(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path], "run `make golden` if the change is meant"


def test_there_is_no_golden_file_too_many() -> None:
    assert sorted((*HERE.glob("grids/*"), *HERE.glob("plans/*"))) == sorted(FILES)


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".json"], ids=lambda path: path.stem)
def test_a_golden_grid_is_json(path: Path) -> None:
    parts = simplejson.loads(FILES[path])["parts"]
    assert [part["part"] for part in parts] == list(range(len(parts)))
    assert all(len(row["cells"]) == len(part["columns"]) for part in parts for row in part["rows"])

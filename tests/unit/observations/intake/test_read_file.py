"""One way in for every format: what is no file at all is said in words, and every reader of the registry is there."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rendiconto.errors import DataError
from rendiconto.observations.intake import APART, INTAKE, read_file
from rendiconto.observations.intake.content import Records

NOBODY = 65534


@pytest.mark.parametrize("name", INTAKE)
def test_every_reader_of_the_registry_is_there(name: str) -> None:
    module, function = INTAKE[name].split(":")
    assert callable(getattr(import_module(module), function))


def test_formats_that_run_apart_are_of_the_registry() -> None:
    assert INTAKE.keys() >= APART


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("absent.csv", "there is no such file"),
        ("file.csv/inside.csv", "there is no such file"),
        ("nothing\0.csv", "there is no such file"),
        ("x" * 5000, "the file cannot be read: File name too long"),
        ("folder", "this is a folder"),
        ("pipe", "neither a file nor a folder"),
        ("empty.csv", "the file is empty"),
    ],
)
def test_what_is_no_file_is_refused_in_words(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "file.csv").write_text("a;b\n")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match=what):
        read_file(tmp_path / name)


@pytest.fixture
def a_plain_user(tmp_path: Path) -> Iterator[None]:
    """Root may read everything: for these tests it becomes nobody."""
    if os.geteuid() != 0:
        yield
        return
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    os.chown(tmp_path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


@pytest.mark.usefixtures("a_plain_user")
@pytest.mark.parametrize("name", ["x.csv", "x.parquet", "x.xml", "locked/x.csv"])
def test_a_file_that_may_not_be_read_is_refused_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a;b\n")
    path.chmod(0)
    if path.parent != tmp_path:
        path.parent.chmod(0)
    with pytest.raises(DataError, match="Permission denied"):
        read_file(path)
    path.parent.chmod(0o700)


def test_two_million_rows_of_parquet_fit_in_the_quarantine(tmp_path: Path) -> None:
    rows = 2_000_000
    values = pa.array(np.arange(rows))
    text = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, dtype=np.int8)), pa.array(["045"]))
    pq.write_table(pa.table({"territory": text, "period": values, "value": values}), tmp_path / "x.parquet")
    name, (records,) = read_file(tmp_path / "x.parquet")
    assert name == "parquet"
    assert isinstance(records, Records)
    assert records.table.num_rows == rows

"""From what somebody names to files that every engine reads alike."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rendiconto.catalogue import load_catalogue
from rendiconto.errors import RendicontoError
from rendiconto.observations.microdata import Prepared, prepare_source
from rendiconto.observations.microdata.sources import find_files

TABLE = load_catalogue(2024).microtables["versamenti"]
HEADER = "versamento,data,provincia,importo"


def prepared(origin: Path, scratch: Path) -> Prepared:
    return prepare_source(origin, TABLE, tuple(TABLE.columns), scratch)


def read(found: Prepared) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(found.source.files[0]).to_pylist()
    return rows


def test_a_table_is_found_by_its_name_or_is_the_file_itself(tmp_path: Path) -> None:
    single = tmp_path / "one" / "versamenti.parquet"
    parts = [tmp_path / "many" / "versamenti" / f"{i}.parquet" for i in (1, 2)]
    for path in (single, *parts):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert find_files(single, TABLE) == find_files(single.parent, TABLE) == (single,)
    assert find_files(tmp_path / "many", TABLE) == tuple(parts)


@pytest.mark.parametrize(("name", "message"), [("nowhere", "no such file"), (".", "no table versamenti")])
def test_what_is_not_there_is_told(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(RendicontoError, match=message):
        find_files(tmp_path / name, TABLE)


def test_csv_is_read_by_the_declared_types(tmp_path: Path) -> None:
    (tmp_path / "versamenti.csv").write_text(f"{HEADER},altro\n1,2024-01-02,045,10.5,x\n2,2024-12-31,001,-0.01,y\n")
    found = prepared(tmp_path, tmp_path)
    assert found.usable
    assert not found.findings
    assert [(row["versamento"], row["provincia"], str(row["importo"]), str(row["data"])) for row in read(found)] == [
        (1, "045", "10.50", "2024-01-02"),
        (2, "001", "-0.01", "2024-12-31"),
    ]


def test_csv_values_that_cannot_be_read_are_blank_and_told(tmp_path: Path) -> None:
    lines = ["1,2024-01-02,045,1.234", "x,2024-02-30,045,12", "3,,045,NaN", "4,2024-01-02,045,1e3"]
    (tmp_path / "versamenti.csv").write_text("\n".join((HEADER, *lines)) + "\n")
    found = prepared(tmp_path, tmp_path)
    assert [finding.message for finding in found.findings] == [
        "versamento: 1 rows cannot be read as a whole number: 'x'",
        "data: 1 rows cannot be read as a date: '2024-02-30'",
        "importo: 3 rows cannot be read as an exact decimal (no floating point): '1.234', 'NaN', '1e3'",
    ]
    assert [row["importo"] is None for row in read(found)] == [True, False, True, True]
    assert [str(row["data"]) for row in read(found)] == ["2024-01-02", "None", "None", "2024-01-02"]


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    pq.write_table(pa.table({"versamento": [1], "provincia": ["045"]}), tmp_path / "versamenti.parquet")
    found = prepared(tmp_path, tmp_path)
    assert not found.usable
    assert [finding.message for finding in found.findings] == [
        "data: the column is missing, where a date was expected",
        "importo: the column is missing, where an exact decimal (no floating point) was expected",
    ]


def test_money_in_floating_point_is_refused(tmp_path: Path) -> None:
    columns = {"versamento": [1], "data": pa.array([0], pa.date32()), "provincia": ["045"], "importo": [0.1]}
    pq.write_table(pa.table(columns), tmp_path / "versamenti.parquet")
    found = prepared(tmp_path, tmp_path)
    assert [finding.message_it for finding in found.findings] == [
        "importo: double, atteso un decimale esatto (non in virgola mobile)"
    ]


@pytest.mark.parametrize("name", ["versamenti.parquet", "versamenti.csv"])
@pytest.mark.parametrize("content", [b"", b"PAR1", b"\xff\xfe,\x00\n\xff"])
def test_files_that_are_not_what_they_are_called_are_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    told = _what_is_wrong(path, tmp_path)
    assert "cannot be read" in told or "no Parquet" in told or "the column is missing" in told


def _what_is_wrong(path: Path, scratch: Path) -> str:
    try:
        found = prepared(path, scratch)
    except RendicontoError as error:
        return error.what
    return "" if found.usable else found.findings[0].message

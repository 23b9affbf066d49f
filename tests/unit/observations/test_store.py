"""What a data file gets wrong stops the load with its file and row."""

from decimal import Decimal
from pathlib import Path

import pytest

from rendiconto.document.values import Status
from rendiconto.errors import RendicontoError
from rendiconto.observations import load_observations
from toy_edition import toy_catalogue

HEADER = "territory,period,outcome,value,status\n"
WRONG = [
    ("durc", "territorio,period,outcome,value,status\n", "the columns are", "durc.csv:1"),
    ("durc", HEADER + "045,2024,OK,1\n", "4 fields", "durc.csv:2"),
    ("durc", HEADER + "045,2024,OK,uno,\n", "'uno' is not a number", "durc.csv:2"),
    ("durc", HEADER + "045,2024,OK,NaN,\n", "'NaN' is not a number", "durc.csv:2"),
    ("durc", HEADER + "045,2024,OK,,\n", "'' is not a number", "durc.csv:2"),
    ("durc", HEADER + "045,2024,OK,1,\n045,2024,KK,1,\n", "unknown code 'KK'", "durc.csv:3"),
    ("durc", HEADER + "999,2024,OK,1,\n", "999", "durc.csv:2"),
    ("durc", HEADER + "045,24,OK,1,\n", "'24' is not a period", "durc.csv:2"),
    ("durc", HEADER + "045,2024,OK,1,\n045,2024,OK,1,\n", "given twice", "durc.csv:3"),
    ("durc", HEADER + "045,2024,OK,1,nil\n", "a value \\(1\\) with the status", "durc.csv:2"),
    ("durc", HEADER + "045,2024,OK,,nill\n", "unknown status 'nill'", "durc.csv:2"),
    ("durk", HEADER, "unknown cube 'durk'", "durk.csv"),
]


def write(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "version.yaml").write_text('version: "1"\ndate: "2025-01-01"\n')
    return folder


@pytest.mark.parametrize(("name", "text", "message", "where"), WRONG, ids=[w[2] for w in WRONG])
def test_a_wrong_file_is_refused_at_its_row(tmp_path: Path, name: str, text: str, message: str, where: str) -> None:
    with pytest.raises(RendicontoError, match=message) as caught:
        load_observations(toy_catalogue(), write(tmp_path, name, text))
    assert where in str(caught.value.where)


def test_values_stay_as_published(tmp_path: Path) -> None:
    text = HEADER + "045,2024,OK,12.50,\n045,2024,KO,,nil\n045,2023,OK,,confidential\n"
    store = load_observations(toy_catalogue(), write(tmp_path, "durc", text))
    found = {codes: (o.value, o.status) for codes, o in store.cubes["durc"].items()}
    assert found["045", "2024", "OK"] == (Decimal("12.50"), Status.NORMAL)
    assert found["045", "2024", "KO"] == (None, Status.NIL)
    assert found["045", "2023", "OK"] == (None, Status.CONFIDENTIAL)


def test_a_territory_is_kept_under_its_own_code(tmp_path: Path) -> None:
    store = load_observations(toy_catalogue(), write(tmp_path, "durc", HEADER + "007,2024,OK,3,\n"))
    assert list(store.cubes["durc"]) == [("02", "2024", "OK")]


def test_the_same_files_have_the_same_fingerprint(tmp_path: Path) -> None:
    catalogue = toy_catalogue()
    first = load_observations(catalogue, write(tmp_path, "durc", HEADER + "045,2024,OK,3,\n")).sha256
    assert load_observations(catalogue, tmp_path).sha256 == first
    assert load_observations(catalogue, write(tmp_path, "durc", HEADER + "045,2024,OK,4,\n")).sha256 != first


def test_an_edition_without_data_says_so(tmp_path: Path) -> None:
    with pytest.raises(RendicontoError, match="no data"):
        load_observations(toy_catalogue(), tmp_path / "absent")

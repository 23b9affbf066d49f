"""Files that cannot be what they say are refused with a plain word, whatever they hold; any JSON is walked to its end."""

from pathlib import Path
from typing import Any

import pytest
import simplejson
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.audit.reconcile.jsonshapes import JsonShapes
from rendiconto.audit.reconcile.reading import read_records
from rendiconto.audit.reconcile.records import MOST_BYTES, MOST_FIGURES
from rendiconto.errors import DataError
from rendiconto.pipeline import Edition

REFUSED: dict[str, tuple[str, bytes, str]] = {
    "deep": ("f.json", b"[" * 100_000 + b"]" * 100_000, "nests deeper"),
    "deep enough": ("f.json", b'{"a":' * 60 + b"1" + b"}" * 60, "nests deeper"),
    "many values": ("f.json", b"[" + b"[]," * 3_000_001 + b"[]]", "more than 3000000 values"),
    "a key twice": ("f.json", b'{"naspi": {"2024": 1, "2024": 2}}', "comes twice"),
    "cut short": ("f.json", b'{"naspi": ', "not JSON"),
    "empty": ("f.json", b"", "not JSON"),
    "other letters": ("f.json", '{"età": 1}'.encode("latin-1"), "letters are damaged"),
    "half a letter": ("f.json", b'{"naspi\\ud800": 1}', "letters are damaged"),
    "an exponent without end": ("f.json", b'{"a": 1e99999999999999999999}', "beyond all bounds"),
    "blank": ("f.csv", b"", "blank"),
    "bytes": ("f.csv", bytes(range(256)), "damaged"),
    "one column": ("f.csv", b"abc\n1\n2\n", "no row of the file heads its columns"),
    "too many figures": ("f.csv", b"indicatore,valore\n" + b"a,1\n" * (MOST_FIGURES + 1), f"more than {MOST_FIGURES} figures"),
    "a million rows": ("f.csv", b"indicatore,valore\n" + b"a,1\n" * 1_000_001, "more than 1000000 rows"),
    "a workbook": ("f.xlsx", b"PK", "only CSV and JSON"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_beyond_bounds_is_refused_with_what_is_wrong(tmp_path: Path, edition: Edition, case: str) -> None:
    name, content, said = REFUSED[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=said):
        read_records(tmp_path / name, edition.catalogue)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path, edition: Edition) -> None:
    file = tmp_path / "f.json"
    with file.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(DataError, match="the file has 50 MB"):
        read_records(file, edition.catalogue)


def test_what_is_not_there_and_what_is_a_folder_are_said(tmp_path: Path, edition: Edition) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_records(tmp_path / "nowhere.json", edition.catalogue)
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(DataError, match="not a file"):
        read_records(tmp_path / "folder.json", edition.catalogue)


def test_numbers_that_are_none_are_kept_as_they_are_written(tmp_path: Path, edition: Edition) -> None:
    (tmp_path / "f.json").write_text('{"naspi": {"2022": NaN, "2023": -Infinity, "2024": 1e400}}')
    records = read_records(tmp_path / "f.json", edition.catalogue)
    assert [str(record.raw) for record in records] == ["NaN", "-Infinity", "1E+400"]


_SCALARS = st.none() | st.booleans() | st.decimals(allow_nan=False, allow_infinity=False) | st.text(max_size=12)
_KEYS = st.sampled_from(["labels", "datasets", "data", "label", "valore", "2024", "parts", "table", "x", "series", "title"])
_TREES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | st.text(max_size=6), inner, max_size=4)
)


@given(_TREES)
def test_any_json_is_walked_and_no_figure_is_taken_twice(tree: Any) -> None:
    content = simplejson.loads(simplejson.dumps(tree, use_decimal=True), use_decimal=True)
    records = list(JsonShapes("f.json", frozenset()).records(content))
    places = [record.place for record in records]
    assert len(places) == len(set(places)) or "parts" in str(tree)

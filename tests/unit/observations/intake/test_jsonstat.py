"""JSON-stat 2.0: every way to write values, statuses and categories, counts that must agree, and hostile JSON."""

import json
import math
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.errors import DataError, RendicontoError
from rendiconto.observations.intake import jsonstat, read_file
from rendiconto.observations.intake.detect import detect_format
from rendiconto.observations.intake.jsonstat import read_jsonstat

Json = dict[str, Any]


def dataset(**changes: Any) -> Json:
    """Births of two provinces in two years, by sex; ``changes`` replace keys."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Nascite",
        "id": ["territory", "period", "sex"],
        "size": [2, 2, 1],
        "dimension": {
            "territory": {"category": {"index": {"046": 1, "045": 0}, "label": {"045": "Massa-Carrara", "046": "Lucca"}}},
            "period": {"label": "Anno", "category": {"index": ["2023", "2024"]}},
            "sex": {"category": {"label": {"T": "Totale"}}},
        },
        "value": [1, 2, 3, 4],
        "extension": {"anything": [1, {"at": "all"}]},
    } | changes


def written(folder: Path, content: Json | str) -> Path:
    path = folder / "nascite.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str | None]]:
    (records,) = read_jsonstat(path)
    found: list[dict[str, str | None]] = records.table.to_pylist()
    return found


def test_each_value_gets_the_codes_of_its_place(tmp_path: Path) -> None:
    (records,) = read_jsonstat(written(tmp_path, dataset()))
    names = ["territory", "territory_label", "period", "sex", "sex_label", "value", "status"]
    assert records.table.column_names == names
    assert [tuple(row.values()) for row in records.table.to_pylist()] == [
        ("045", "Massa-Carrara", "2023", "T", "Totale", "1", None),
        ("045", "Massa-Carrara", "2024", "T", "Totale", "2", None),
        ("046", "Lucca", "2023", "T", "Totale", "3", None),
        ("046", "Lucca", "2024", "T", "Totale", "4", None),
    ]
    assert records.name == "nascite"
    assert records.locate(2, "value") == "value[2]"
    assert records.locate(2, "status") == "status[2]"
    assert records.locate(2, "sex") == "value[2] (sex)"


def test_digits_stay_as_written(tmp_path: Path) -> None:
    numbers = ["1.10", "12345678901234567890.123456789", "1e3", "-0"]
    text = json.dumps(dataset(value=["@"] * 4))
    for number in numbers:
        text = text.replace('"@"', number, 1)
    assert [row["value"] for row in rows(written(tmp_path, text))] == numbers


def test_values_listed_by_position_leave_out_the_others(tmp_path: Path) -> None:
    path = written(tmp_path, dataset(value={"3": 7, "0": None}, status={"2": "*"}))
    (records,) = read_jsonstat(path)
    found = [(row["territory"], row["period"], row["value"], row["status"]) for row in records.table.to_pylist()]
    assert found == [("045", "2023", None, None), ("046", "2023", None, "*"), ("046", "2024", "7", None)]
    assert records.locate(1, "value") == "value[2]"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (None, [None] * 4),
        ("e", ["e"] * 4),
        (["a", None, "", "c"], ["a", None, None, "c"]),
        ({"1": "p", "3": None}, [None, "p", None, None]),
    ],
)
def test_a_status_is_one_for_all_or_listed(tmp_path: Path, status: object, expected: list[str | None]) -> None:
    assert [row["status"] for row in rows(written(tmp_path, dataset(status=status)))] == expected


def test_values_may_be_text_or_missing(tmp_path: Path) -> None:
    assert [row["value"] for row in rows(written(tmp_path, dataset(value=["*", None, True, ""])))] == ["*", None, "true", None]


def test_a_huge_cube_with_few_values_is_small(tmp_path: Path) -> None:
    names = [f"d{n}" for n in range(6)]
    dimension = {name: {"category": {"index": [str(n) for n in range(1000)]}} for name in names}
    content = dataset(id=names, size=[1000] * 6, dimension=dimension, value={"999999999999999999": 1, "1000": 2})
    assert [list(row.values())[:6] for row in rows(written(tmp_path, content))] == [["0"] * 4 + ["1", "0"], ["999"] * 6]


def test_no_categories_are_no_rows(tmp_path: Path) -> None:
    content = dataset(id=["a"], size=[0], dimension={"a": {"category": {"index": []}}}, value=[])
    assert rows(written(tmp_path, content)) == []


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.booleans())
def test_positions_run_as_the_standard_says(tmp_path_factory: pytest.TempPathFactory, sizes: list[int], listed: bool) -> None:
    names = [f"d{n}" for n in range(len(sizes))]
    dimension = {
        name: {"category": {"index": [f"{name}.{n}" for n in range(size)]}} for name, size in zip(names, sizes, strict=True)
    }
    count = math.prod(sizes)
    values: Any = {str(n): n for n in range(count)} if listed else list(range(count))
    content = dataset(id=names, size=sizes, dimension=dimension, value=values)
    found = rows(written(tmp_path_factory.mktemp("x"), content))
    expected = product(*([f"{name}.{n}" for n in range(size)] for name, size in zip(names, sizes, strict=True)))
    assert [tuple(row[name] for name in names) for row in found] == list(expected)
    assert [row["value"] for row in found] == [str(n) for n in range(count)]


def test_a_collection_gives_each_of_its_data_sets(tmp_path: Path) -> None:
    items = [dataset(), dataset(label="Decessi", value={"0": 9})]
    path = written(tmp_path, {"version": "2.0", "class": "collection", "link": {"item": items}})
    first, second = read_jsonstat(path)
    assert [first.name, second.name] == ["Nascite", "Decessi"]
    assert second.table.column("value").to_pylist() == ["9"]


@pytest.mark.parametrize(
    ("link", "what"),
    [
        (
            {"item": [{"class": "dataset", "href": "https://example.org/x"}]},
            "not in the file: it is said to be at https://example.org",
        ),
        ({"item": [7]}, "not in the file"),
        ({"item": []}, "holds no data sets"),
        ({}, "holds no data sets"),
        (None, "holds no data sets"),
        ({"item": [dataset(), dataset(value=[1])]}, r"\(link.item.1.value\): there are 1 values"),
    ],
)
def test_a_collection_must_hold_its_data_sets(tmp_path: Path, link: object, what: str) -> None:
    with pytest.raises(DataError, match=what):
        read_jsonstat(written(tmp_path, {"class": "collection", "link": link}))


def category(**changes: Any) -> Json:
    dimension = dataset()["dimension"]
    return dataset(dimension=dimension | {"period": {"category": changes}})


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (dataset(value=[1, 2, 3]), "there are 3 values, and the sizes of the dimensions make 4"),
        (dataset(value={"4": 1}), "'4' is no position among 4 values"),
        (dataset(value={"-1": 1}), "'-1' is no position"),
        (dataset(value={"٣": 1}), "is no position"),
        (dataset(value={"9" * 5000: 1}), "is no position"),
        (dataset(value={"1": 1, "01": 2}), "a position is listed twice"),
        (dataset(value=[[1], 2, 3, 4]), "value 0 is neither a number nor text"),
        (dataset(value=None), "there are no values"),
        (dataset(status=["a"]), "there are 1 statuses, and the sizes of the dimensions make 4"),
        (dataset(status={"x": "a"}), "'x' is no position"),
        (dataset(status=True), "statuses are neither"),
        (dataset(status=[{}] * 4), "status 0 is neither"),
        (dataset(size=[2, 2]), "there are 3 dimensions and 2 sizes"),
        (dataset(size=None), "there are 3 dimensions and 0 sizes"),
        (dataset(size=[2, 3, 1]), "'period' has 2 categories, and its size is 3"),
        (dataset(size=[2, -2, 1]), "'period' has 2 categories, and its size is -2"),
        (dataset(id="territory"), "not a list of names"),
        (dataset(id=["territory", "", "sex"]), "not a list of names"),
        (dataset(id=["territory", "territory", "sex"]), "two columns would be named 'territory'"),
        (dataset(id=["territory", "value", "sex"]), "two columns would be named 'value'"),
        (dataset(id=["territory"] * 101, size=[1] * 101), "there are 101 dimensions"),
        (dataset(dimension=[]), "nothing describes"),
        (dataset(dimension={}), "nothing lists the categories of 'territory'"),
        (category(index=["2023", "2023"]), "not each at a place of their own"),
        (category(index={"2023": 0, "2024": 2}), "not each at a place of their own"),
        (category(index=["2023", None]), "not each at a place of their own"),
        (category(label={"2023": "a", "2024": "b"}), "the categories are not listed"),
        (category(index=["2023", "2024"], label=["a"]), "labels are not listed by code"),
        (
            dataset(
                id=[f"d{n}" for n in range(63)],
                size=[2] * 63,
                dimension={f"d{n}": {"category": {"index": ["a", "b"]}} for n in range(63)},
            ),
            "too large to count",
        ),
        (category(index=["\ud800", "2024"]), "half characters"),
        ({"dataset": dataset()}, "no JSON-stat 2.0"),
        (dataset() | {"class": "dimension"}, "no JSON-stat 2.0"),
    ],
)
def test_what_does_not_agree_is_refused_in_words(tmp_path: Path, content: Json, what: str) -> None:
    with pytest.raises(DataError, match=what):
        read_jsonstat(written(tmp_path, content))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"value": [NaN]}', "NaN is no number"),
        ('{"value": [-Infinity]}', "-Infinity is no number"),
        ("[" * 200_000, "nests too deeply"),
        ('{"a":' * 200_000, "nests too deeply"),
        ('{"class": "dataset",\n "id": [1, }', r"nascite.json:2: the file is damaged"),
        ('{"class": "dataset", "class": "dataset"}', "the key 'class' is given twice"),
        ("[1, 2]", "no JSON-stat 2.0"),
        ("7", "no JSON-stat 2.0"),
        ("", "damaged"),
    ],
)
def test_json_that_is_none_or_a_bomb_is_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(DataError, match=what):
        read_jsonstat(written(tmp_path, text))


def test_sizes_are_bounded_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, dataset())
    monkeypatch.setattr(jsonstat, "MOST_ITEMS", 10)
    with pytest.raises(DataError, match="more than 10 values"):
        read_jsonstat(path)
    monkeypatch.setattr(jsonstat, "MOST_BYTES", 10)
    with pytest.raises(DataError, match="the file has 0 MB"):
        read_jsonstat(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_encodings_of_json_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(dataset(), ensure_ascii=False), encoding=encoding)
    assert len(rows(path)) == 4
    path.write_bytes(json.dumps(dataset(label="Età"), ensure_ascii=False).encode("cp1252"))
    with pytest.raises(DataError, match="damaged"):
        rows(path)


def test_read_file_knows_a_data_set(tmp_path: Path) -> None:
    path = written(tmp_path, dataset())
    assert detect_format(path) == "json-stat"
    name, (records,) = read_file(path)
    assert (name, records.name) == ("json-stat", "nascite")


@given(
    changes=st.lists(st.tuples(st.integers(0, 1 << 12), st.integers(0, 255)), min_size=1, max_size=4), cut=st.integers(0, 900)
)
def test_a_changed_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(json.dumps(dataset(status={"1": "p"})).encode())
    for position, byte in changes:
        data[position % len(data)] = byte
    path = tmp_path_factory.mktemp("changed") / "x.json"
    path.write_bytes(data if cut > len(data) // 2 else data[:-cut])
    with suppress(RendicontoError):
        rows(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5) | st.sampled_from(["", "a", "045", "2023"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["0", "1", "a", "category", "index", "label"]), inner)
    ),
    max_leaves=10,
)


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "size", "dimension", "value", "status", "label", "link"), _JSON))
)
def test_any_json_in_any_place_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, changes: Json) -> None:
    path = written(tmp_path_factory.mktemp("any"), dataset(**changes))
    with suppress(RendicontoError):
        rows(path)

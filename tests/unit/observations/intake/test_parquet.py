"""Parquet files: each type as a person would type it, bounds, what is refused, and damage."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.errors import DataError, RendicontoError
from rendiconto.observations.intake import parquet, read_file
from rendiconto.observations.intake.content import Records
from rendiconto.observations.intake.parquet import read_parquet


def written(path: Path, columns: dict[str, object]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def read(path: Path) -> dict[str, list[str | None]]:
    (records,) = read_parquet(path)
    assert all(field.type == pa.string() for field in records.table.schema)
    columns: dict[str, list[str | None]] = records.table.to_pydict()
    return columns


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array(["045", " ", "", None, " x"]), ["045", None, None, None, " x"]),
        (pa.array(["a", None, "a"]).dictionary_encode(), ["a", None, "a"]),
        (pa.array([7, None]).dictionary_encode(), ["7", None]),
        (pa.array(["a"], pa.large_string()), ["a"]),
        (pa.array([b"Forl\xc3\xac", b" "]), ["Forlì", None]),
        (pa.array([-1, 2**63 - 1, None]), ["-1", "9223372036854775807", None]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([Decimal("1.50"), None, Decimal("-0.01")], pa.decimal128(12, 2)), ["1.50", None, "-0.01"]),
        (pa.array([Decimal(0), Decimal("1e-10")], pa.decimal128(20, 10)), ["0.0000000000", "0.0000000001"]),
        (pa.array([Decimal("1e40")], pa.decimal256(50, 2)), [f"{10**40}.00"]),
        (pa.array([5.0, 84.9, None, -0.0]), ["5", "84.9", None, "0"]),
        (pa.array([0.1 + 0.2, 1e20, 1e-7, 1 / 3]), ["0.3", "1" + "0" * 20, "0.0000001", "0.333333333333333"]),
        (pa.array([float("nan"), float("inf"), float("-inf")]), ["nan", "inf", "-inf"]),
        (pa.array([0.1, 1e-7], pa.float32()), ["0.1", "0.0000001"]),
        (pa.array([0.5], pa.float16()), ["0.5"]),
        (pa.array([True, False, None]), ["true", "false", None]),
        (pa.array([date(2024, 12, 31), None]), ["2024-12-31", None]),
        (pa.array([datetime.fromisoformat("2024-01-01"), None]), ["2024-01-01", None]),
        (
            pa.array([datetime.fromisoformat("2024-01-01T08:30"), datetime.fromisoformat("2024-01-01")]),
            ["2024-01-01T08:30:00", "2024-01-01T00:00:00"],
        ),
        (pa.array([datetime(2024, 1, 1, 8, tzinfo=UTC)]), ["2024-01-01T08:00:00Z"]),
        (pa.nulls(2), [None, None]),
    ],
)
def test_a_column_of_any_plain_type_is_text(tmp_path: Path, column: pa.Array, texts: list[str | None]) -> None:
    assert read(written(tmp_path / "x.parquet", {"c": column})) == {"c": texts}


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_a_number_keeps_fifteen_digits_and_no_exponent(numbers: list[float]) -> None:
    texts = parquet._from_floats(pa.chunked_array([pa.array(numbers)])).to_pylist()
    for number, text in zip(numbers, texts, strict=True):
        assert set(text) <= set("-.0123456789")
        assert float(text) == float(f"{number:.15g}")


@given(st.lists(st.decimals(min_value=-(10**20), max_value=10**20, places=9), min_size=1, max_size=20))
def test_decimals_are_exact_and_plain(values: list[Decimal]) -> None:
    texts = parquet._from_decimals(pa.chunked_array([pa.array(values, pa.decimal128(38, 9))])).to_pylist()
    assert texts == [f"{value:.9f}" if value else "0.000000000" for value in values]


def test_records_are_named_after_the_file_and_located_by_row(tmp_path: Path) -> None:
    (records,) = read_parquet(written(tmp_path / "nascite.parquet", {"value": [1, 2]}))
    assert records.name == "nascite"
    assert records.locate(1, "value") == "row 2 (value)"


def test_read_file_reads_it_in_a_process_of_its_own(tmp_path: Path) -> None:
    name, (records,) = read_file(written(tmp_path / "nascite.parquet", {"value": [1, 2]}))
    assert isinstance(records, Records)
    assert (name, records.table.to_pydict()) == ("parquet", {"value": ["1", "2"]})


def test_no_rows_are_no_rows(tmp_path: Path) -> None:
    assert read(written(tmp_path / "x.parquet", {"a": pa.array([], pa.float64()), "b": pa.array([], pa.timestamp("ms"))})) == {
        "a": [],
        "b": [],
    }


def test_row_groups_come_in_their_order(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": list(range(10))}), tmp_path / "x.parquet", row_group_size=3)
    assert read(tmp_path / "x.parquet") == {"a": [str(n) for n in range(10)]}


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (pa.array([[1]]), "list"),
        (pa.array([{"x": 1}]), "struct"),
        (pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())), "map"),
        (pa.array([timedelta(1)]), "duration"),
    ],
)
def test_what_is_no_plain_type_is_refused_by_its_column(tmp_path: Path, column: pa.Array, kind: str) -> None:
    with pytest.raises(DataError, match=rf"column 'odd' holds {kind}"):
        read(written(tmp_path / "x.parquet", {"fine": [1], "odd": column}))


def test_columns_must_have_names_of_their_own(tmp_path: Path) -> None:
    pq.write_table(pa.table([[1], [2]], names=["a", "a "]), tmp_path / "x.parquet")
    with pytest.raises(DataError, match="two columns are named 'a'"):
        read(tmp_path / "x.parquet")
    pq.write_table(pa.table([[1]], names=[" "]), tmp_path / "x.parquet")
    with pytest.raises(DataError, match="a column has no name"):
        read(tmp_path / "x.parquet")


def test_letters_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    wrong = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe"]).buffers())
    with pytest.raises(DataError, match=r"damaged: .*Invalid UTF8"):
        read(written(tmp_path / "x.parquet", {"a": wrong}))
    with pytest.raises(DataError, match=r"damaged: .*UTF8"):
        read(written(tmp_path / "x.parquet", {"a": pa.array([b"\xff\xfe"])}))


@pytest.mark.parametrize(
    ("bound", "most", "what"),
    [
        ("MOST_ROWS", 2, "3 rows"),
        ("MOST_COLUMNS", 1, "2 columns"),
        ("MOST_CELLS", 5, "6 cells"),
        ("MOST_BYTES", 10, "MB unpacked"),
    ],
)
def test_bounds_are_looked_at_before_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, most: int, what: str
) -> None:
    monkeypatch.setattr(parquet, bound, most)
    with pytest.raises(DataError, match=what):
        read(written(tmp_path / "x.parquet", {"a": [1, 2, 3], "b": ["x", "y", "z"]}))


def test_a_small_file_that_grows_on_reading_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MOST_BYTES", 1 << 20)
    path = written(tmp_path / "x.parquet", {"a": pa.array(["x" * 1000] * 10_000)})
    assert path.stat().st_size < 10_000
    with pytest.raises(DataError, match="MB or more of text"):
        read(path)


def test_a_file_that_is_not_there_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_parquet(tmp_path / "x.parquet")
    with pytest.raises(DataError, match="no such file"):
        read_file(tmp_path / "x.parquet")


@cache
def sample() -> bytes:
    stream = BytesIO()
    columns = {
        "territory": ["045", "046"] * 50,
        "value": pa.array([Decimal(n) / 100 for n in range(100)], pa.decimal128(12, 2)),
        "rate": [n / 7 for n in range(100)],
        "day": [date(2024, 1, 1)] * 100,
    }
    pq.write_table(pa.table(columns), stream, row_group_size=40, write_page_checksum=True)
    return stream.getvalue()


@given(cut=st.integers(0, 5000))
def test_a_file_cut_short_is_refused(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "x.parquet"
    path.write_bytes(sample()[: cut % len(sample())])
    with pytest.raises(DataError):
        read_parquet(path)


@given(changes=st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_file_with_other_bytes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(sample())
    for position, byte in changes:
        data[position % len(data)] = byte
    path = tmp_path_factory.mktemp("changed") / "x.parquet"
    path.write_bytes(data)
    with suppress(RendicontoError):
        read(path)


def test_a_million_rows_are_read_in_a_breath(tmp_path: Path) -> None:
    count = 1_000_000
    draw = np.random.default_rng(1)
    columns = {
        "territory": pa.array([f"{n % 110:03d}" for n in range(count)]),
        "period": draw.integers(2000, 2025, count),
        "sex": pa.array(["F", "M"] * (count // 2)).dictionary_encode(),
        "age": pa.array(["0-14", "65+"] * (count // 2)),
        "value": pa.array(np.round(draw.random(count) * 1e6, 2)),
        "status": pa.array(["normal"] * count),
    }
    path = written(tmp_path / "x.parquet", columns)
    (records,) = read_parquet(path)
    assert records.table.num_rows == count

"""Numbers in any usual notation are read; what could be two numbers is both until something decides."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.audit.reconcile.numbers import looks_like_figure, read_figures, read_raw
from rendiconto.audit.reconcile.records import Record
from rendiconto.document.values import Status
from rendiconto.italian.numbers import format_number


def column(*texts: str) -> list[Record]:
    return [Record(f"f.csv row {at} (v)", text, (), "v", "") for at, text in enumerate(texts, start=2)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1347", {"1347"}),
        ("84,9", {"84.9"}),
        ("84.9", {"84.9"}),
        ("1.347,5", {"1347.5"}),
        ("1,347.5", {"1347.5"}),
        ("1.347.000", {"1347000"}),
        ("€ 1.347,50", {"1347.50"}),
        ("84,9 %", {"84.9"}),
        ("1 347", {"1347"}),
        ("\u22121.310,2", {"-1310.2"}),
        ("+5", {"5"}),
        ("1.347", {"1347", "1.347"}),
        ("1,347", {"1347", "1.347"}),
        ("0.347", {"0.347"}),
    ],
)
def test_a_number_is_read_in_every_notation_in_which_it_is_one(text: str, values: set[str]) -> None:
    assert set(read_raw(text).values) == {Decimal(value) for value in values}


@pytest.mark.parametrize("text", ["", "abc", "1.34.7", "12,34,5", "2024-12-31", "15-64", "1e999", "٣٤", "9" * 70, "--5"])
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    assert not read_raw(text).values


def test_marks_are_statuses() -> None:
    assert read_raw("n.d.").status is Status.MISSING
    assert read_raw("*").status is Status.CONFIDENTIAL
    assert looks_like_figure("-")


def test_one_number_of_a_single_notation_decides_its_column() -> None:
    assert read_figures(column("1.347", "84,9"))[0].values == (Decimal(1347),)
    assert read_figures(column("1.347", "84.9"))[0].values == (Decimal("1.347"),)
    assert read_figures(column("1.347", "1.348"))[0].ambiguous


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_we_print_is_among_the_readings(value: Decimal) -> None:
    assert value in read_raw(format_number(value, 2)).values
    assert value in read_raw(f"{value:,f}").values


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_never_fails(text: str) -> None:
    assert all(value.is_finite() for value in read_raw(text).values)

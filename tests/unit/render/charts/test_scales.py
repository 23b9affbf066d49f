"""Ticks are round, cover what they must, and read as Italians write."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.render.charts.scales import Scale, is_money, round_ticks, tick_texts, trim, unit_title

values = st.decimals(-(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False)


@given(values, values, st.integers(2, 8))
def test_ticks_cover_the_values_evenly(one: Decimal, other: Decimal, wanted: int) -> None:
    low, high = sorted((one, other))
    ticks = round_ticks(low, high, wanted).values
    assert ticks[0] <= low
    assert high <= ticks[-1]
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert 2 <= len(ticks) <= wanted + 2


@given(values, values)
def test_a_trimmed_axis_still_shows_every_value_and_its_ticks(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    start, end, ticks = trim(round_ticks(low, high), low, high)
    assert start <= low <= high <= end
    assert start <= ticks.values[0] < ticks.values[-1] <= end


@given(values, values)
def test_ticks_are_told_apart_by_their_texts(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    for money in (True, False):
        texts = tick_texts(round_ticks(low, high), money=money)
        assert len(set(texts)) == len(texts)


def test_a_far_tick_is_left_out_but_never_zero() -> None:
    start, end, ticks = trim(round_ticks(Decimal(-2019), Decimal(604)), Decimal(-2019), Decimal(604))
    assert ticks.values == (Decimal(-2000), Decimal(-1000), Decimal(0), Decimal(1000))
    assert (start, end) == (Decimal(-2119), Decimal(1000))
    start, _, _ = trim(round_ticks(Decimal(0), Decimal(9)), Decimal(0), Decimal(9))
    assert start == 0


@pytest.mark.parametrize(
    ("low", "high", "money", "texts"),
    [
        (0, 800, False, ["0", "200", "400", "600", "800"]),
        (-2000, 1000, False, ["−2.000", "−1.000", "0", "1.000"]),
        (0, 7_685_522, True, ["0", "2\u00a0mln", "4\u00a0mln", "6\u00a0mln", "8\u00a0mln"]),
        (0, 9_000_000_000, True, ["0", "2,5\u00a0mld", "5,0\u00a0mld", "7,5\u00a0mld", "10,0\u00a0mld"]),
        (0, 7_685_522, False, ["0", "2.000.000", "4.000.000", "6.000.000", "8.000.000"]),
    ],
)
def test_ticks_are_written_in_italian(low: int, high: int, money: bool, texts: list[str]) -> None:
    assert tick_texts(round_ticks(Decimal(low), Decimal(high)), money=money) == texts


def test_a_scale_goes_from_end_to_end() -> None:
    scale = Scale(Decimal(0), Decimal(10), 260, 0)
    assert [scale(Decimal(value)) for value in (0, 5, 10)] == [260, 130, 0]


@pytest.mark.parametrize(
    ("unit", "title", "money"),
    [
        ("%", "Valori percentuali", False),
        ("euro", "Euro", True),
        ("euro al giorno", "Euro al giorno", True),
        ("numero", "", False),
    ],
)
def test_the_unit_stands_over_the_plot(unit: str, title: str, money: bool) -> None:
    assert (unit_title(unit), is_money(unit)) == (title, money)

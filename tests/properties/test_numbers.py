"""Italian numbers there and back, for any decimal."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from rendiconto.italian.numbers import Sign, format_number, parse_number, round_half_away

decimals = st.integers(min_value=0, max_value=8)
values = st.decimals(min_value=Decimal("-1E+18"), max_value=Decimal("1E+18"), allow_nan=False)
signs: st.SearchStrategy[Sign] = st.sampled_from(["ascii", "typographic"])


@given(values, decimals, st.booleans(), signs)
@settings(max_examples=50)
def test_reading_what_was_printed_gives_the_rounded_value(value: Decimal, places: int, group: bool, sign: Sign) -> None:
    read = parse_number(format_number(value, places, group=group, sign=sign))
    assert read.as_tuple() == round_half_away(value, places).as_tuple()


@given(values, decimals, st.booleans(), signs)
@settings(max_examples=50)
def test_printing_what_was_read_gives_the_text(value: Decimal, places: int, group: bool, sign: Sign) -> None:
    text = format_number(value, places, group=group, sign=sign)
    assert format_number(parse_number(text), places, group=group, sign=sign) == text


@given(values, decimals)
@settings(max_examples=50)
def test_rounding_is_nearest_and_halves_go_away_from_zero(value: Decimal, places: int) -> None:
    rounded = round_half_away(value, places)
    step = Decimal(1).scaleb(-places)
    gap = abs(rounded) - abs(value)
    assert rounded.as_tuple().exponent == -places
    assert -step / 2 < gap <= step / 2
    assert not (rounded.is_zero() and rounded.is_signed())


@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=0, max_value=4))
@settings(max_examples=50)
def test_an_exact_half_goes_away_from_zero(whole: int, places: int) -> None:
    half = Decimal(abs(whole)).scaleb(-places) + Decimal(5).scaleb(-places - 1)
    above = Decimal(abs(whole) + 1).scaleb(-places)
    assert round_half_away(half, places) == above
    assert round_half_away(-half, places) == -above

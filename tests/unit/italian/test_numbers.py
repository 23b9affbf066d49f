"""Italian numbers: what is printed, what is read, what is refused."""

from decimal import Decimal

import pytest

from rendiconto.errors import Place, RendicontoError
from rendiconto.italian.numbers import MalformedNumber, format_number, parse_number, round_half_away


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("1347", 0, "1.347"),
        ("84.9", 1, "84,9"),
        ("-1310", 0, "−1.310"),
        ("219216355.46", 2, "219.216.355,46"),
        ("134", 1, "134,0"),
        ("0", 0, "0"),
        ("999.95", 1, "1.000,0"),
        ("1E+6", 0, "1.000.000"),
        ("-0.04", 1, "0,0"),
        ("-0", 0, "0"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "−3"),
        ("14.648", 1, "14,6"),
        ("0.05", 1, "0,1"),
        ("123456789012345678901234567890.125", 2, "123.456.789.012.345.678.901.234.567.890,13"),
    ],
)
def test_prints(value: str, decimals: int, printed: str) -> None:
    assert format_number(Decimal(value), decimals) == printed


def test_prints_ungrouped_and_with_the_keyboards_minus() -> None:
    assert format_number(Decimal("-58971230.5"), 1, group=False) == "−58971230,5"
    assert format_number(Decimal(-1310), 0, sign="ascii") == "-1.310"
    assert format_number(Decimal("-0.4"), 0, sign="ascii") == "0"


def test_rounds_to_the_decimals_asked_and_keeps_the_exponent() -> None:
    assert str(round_half_away(Decimal(134), 2)) == "134.00"
    assert str(round_half_away(Decimal("-0.001"), 2)) == "0.00"
    assert str(round_half_away(Decimal("-1.005"), 2)) == "-1.01"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_not_finite_is_not_rounded(value: str) -> None:
    with pytest.raises(ValueError, match="cannot be rounded"):
        round_half_away(Decimal(value), 1)


def test_negative_decimals_are_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        format_number(Decimal(1347), -2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.347", "1347"),
        ("1347", "1347"),
        ("-1.310", "-1310"),
        ("−1.310", "-1310"),
        ("84,9", "84.9"),
        ("84,90", "84.90"),
        ("219.216.355,46", "219216355.46"),
        ("134", "134"),
        ("0", "0"),
        ("0,0", "0.0"),
        ("-0,0", "0.0"),
        ("−0,4", "-0.4"),
        (" 1.347\n", "1347"),
        ("\u00a01.347\u202f", "1347"),
        ("\u2009-84,9\u200a", "-84.9"),
    ],
)
def test_reads_value_and_decimals(text: str, value: str) -> None:
    assert str(parse_number(text)) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "blank"),
        (" \u00a0", "blank"),
        ("-", "dash alone"),
        ("−", "dash alone"),
        ("1.34", "groups thousands"),
        ("1.3475", "groups thousands"),
        ("1347.219", "groups thousands"),
        ("1.347.21", "groups thousands"),
        ("0.123", "groups thousands"),
        (".123", "groups thousands"),
        ("1..347", "groups thousands"),
        ("1,2,3", "more than one comma"),
        ("1,347.5", "full stop after the comma"),
        ("O12", "'O'"),
        ("1 347", "' '"),
        ("12%", "'%'"),
        ("1e5", "'e'"),
        ("٣", "'٣'"),
        ("n.d.", "'d', 'n'"),
        ("*", "'*'"),
        ("045", "zero too many"),
        ("00", "zero too many"),
        (",5", "Write it as"),
        ("5,", "Write it as"),
        ("--5", "Write it as"),
        ("+5", "'+'"),
        ("5-", "'-'"),
    ],
)
def test_refuses_the_ambiguous_and_the_malformed(text: str, reason: str) -> None:
    with pytest.raises(MalformedNumber) as refused:
        parse_number(text)
    assert refused.value.text == text
    assert refused.value.todo is not None
    assert reason in refused.value.todo


def test_the_error_is_one_for_people_and_says_where() -> None:
    with pytest.raises(RendicontoError) as refused:
        parse_number("1.34", Place("nascite.csv", 12, "value"))
    assert str(refused.value).startswith("nascite.csv:12 (value): '1.34' is not an Italian number")

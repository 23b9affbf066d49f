from decimal import Decimal

import pytest

from rendiconto.catalogue.formulas import FORMULAS, NIL, Operand
from rendiconto.document.values import Status

MISSING = Operand(value=None, status=Status.MISSING)
SECRET = Operand(value=None, status=Status.CONFIDENTIAL)


def number(text: str) -> Operand:
    return Operand(value=Decimal(text))


SHARE = FORMULAS["share"].model_validate({"part": "a", "whole": "b"})
RATIO = FORMULAS["ratio"].model_validate({"numerator": "a", "denominator": "b", "scale": "1000"})
BALANCE = FORMULAS["balance"].model_validate({"plus": ["a", "b"], "minus": ["c"]})
DIFFERENCE = FORMULAS["difference"].model_validate({"of": "a", "base": "b"})
INDEX = FORMULAS["index"].model_validate({"of": "a", "base": {"cube": "a", "fix": {"period": "-1"}}})
AVERAGE = FORMULAS["average"].model_validate({"of": ["a", "b"], "weights": ["c", "d"]})


@pytest.mark.parametrize(
    ("formula", "operands", "expected"),
    [
        (SHARE, ["1", "8"], "12.5"),
        (RATIO, ["1", "8"], "125"),
        (BALANCE, ["5", "2", "10"], "-3"),
        (DIFFERENCE, ["5", "8"], "-3"),
        (INDEX, ["11", "10"], "110"),
        (AVERAGE, ["10", "20", "1", "3"], "17.5"),
    ],
)
def test_a_formula_computes(formula: object, operands: list[str], expected: str) -> None:
    result = formula.evaluate([number(text) for text in operands])  # type: ignore[attr-defined]
    assert (result.value, result.status) == (Decimal(expected), Status.NORMAL)


@pytest.mark.parametrize("formula", [SHARE, RATIO, DIFFERENCE, INDEX])
@pytest.mark.parametrize(("operand", "status"), [(MISSING, Status.MISSING), (SECRET, Status.CONFIDENTIAL)])
def test_what_is_missing_or_secret_stays_so(formula: object, operand: Operand, status: Status) -> None:
    assert formula.evaluate([number("1"), operand]).status is status  # type: ignore[attr-defined]


def test_nil_is_zero_in_sums_and_a_share_is_nil_only_where_its_whole_is() -> None:
    assert BALANCE.evaluate([NIL, number("2"), NIL]).value == Decimal(2)
    assert SHARE.evaluate([NIL, number("4")]).value == Decimal(0)
    assert SHARE.evaluate([number("4"), NIL]) == NIL
    assert SHARE.evaluate([number("0"), number("0")]) == NIL
    assert RATIO.evaluate([number("1"), number("0")]) == NIL
    assert INDEX.evaluate([number("1"), NIL]) == NIL
    assert DIFFERENCE.evaluate([NIL, number("1")]) == NIL


def test_a_mean_leaves_out_what_is_nil() -> None:
    assert AVERAGE.evaluate([number("10"), NIL, number("2"), number("5")]).value == Decimal(10)
    assert AVERAGE.evaluate([NIL, NIL, NIL, NIL]) == NIL


def test_every_formula_says_itself_in_italian() -> None:
    for formula in (SHARE, RATIO, BALANCE, DIFFERENCE, INDEX, AVERAGE):
        names = [f"«{letter}»" for letter in "abcd"[: len(formula.inputs())]]
        assert all(name in formula.sentence(names) for name in names)

"""Whether a claim holds: each operation, each hedge, and what cannot be checked."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.catalogue import Cube, load_catalogue
from rendiconto.catalogue.gridplan import Codes
from rendiconto.check.claims import Claim, Judgement, Operation, Quantity, judge_claim, match_quantity
from rendiconto.document.claims import Verdict
from rendiconto.document.values import Status
from rendiconto.italian.lexicon import Direction, Hedge

NASPI = load_catalogue(2024).cubes["naspi_accolte"]
RATE = load_catalogue(2024).cubes["tasso_disoccupazione"]


def judged(operation: Operation, values: list[str | Status], *, cube: Cube = NASPI, **said: Any) -> Judgement:
    """A claim over figures given in the order of its cells."""
    cells = tuple((cube, (str(at),)) for at in range(len(values)))

    def figures(_cube: Cube, codes: Codes) -> tuple[Decimal | None, Status]:
        value = values[int(codes[0])]
        return (None, value) if isinstance(value, Status) else (Decimal(value), Status.NORMAL)

    return judge_claim(Claim(operation, cells, **said), figures)


def said(value: str, step: str = "1", hedge: Hedge = Hedge.NONE, *, scaled: bool = False, signed: bool = False) -> Quantity:
    return Quantity(Decimal(value), Decimal(step), hedge, scaled=scaled, signed=signed)


@pytest.mark.parametrize(
    ("quantity", "true", "holds"),
    [
        (said("8924"), "8924", True),
        (said("8924"), "8925", False),
        (said("54000", "1000"), "54117", True),
        (said("59000", "1000"), "59542", False),
        (said("59000", "1000", Hedge.ABOUT), "59542", True),
        (said("81", "1", Hedge.ABOUT), "80.6", True),
        (said("8000", "1", Hedge.OVER), "8924", True),
        (said("9000", "1", Hedge.OVER), "8924", False),
        (said("9000", "1", Hedge.UNDER), "8924", True),
        (said("8000", "1", Hedge.UNDER), "8924", False),
        (said("1000", "1", Hedge.MORE), "8924", True),
        (said("9000", "1", Hedge.LESS), "9000", False),
        (said("9000", "1", Hedge.AT_MOST), "9000", True),
        (said("9000", "1", Hedge.AT_LEAST), "8999", False),
    ],
)
def test_a_figure_in_words_is_bound_by_its_digits_and_its_hedge(quantity: Quantity, true: str, holds: bool) -> None:
    assert match_quantity(quantity, Decimal(true))[0] is holds


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.integers(0, 3))
def test_a_rounded_figure_always_holds(true: Decimal, digits: int) -> None:
    step = Decimal(10) ** digits
    told = (true / step).quantize(Decimal(1), rounding="ROUND_HALF_UP") * step
    assert match_quantity(Quantity(told, step), true)[0]


@pytest.mark.parametrize(
    ("operation", "values", "words", "verdict"),
    [
        (Operation.VALUE, ["8924"], {"quantity": said("8924")}, Verdict.SUPPORTED),
        (Operation.VALUE, ["4961", "3963"], {"quantity": said("8924")}, Verdict.SUPPORTED),
        (Operation.DIFFERENCE, ["8638", "8924"], {"quantity": said("286"), "direction": Direction.UP}, Verdict.SUPPORTED),
        (Operation.DIFFERENCE, ["8638", "8924"], {"quantity": said("286"), "direction": Direction.DOWN}, Verdict.CONTRADICTED),
        (Operation.DIFFERENCE, ["8924", "8638"], {"quantity": said("-286", signed=True)}, Verdict.SUPPORTED),
        (Operation.GROWTH, ["8638", "8924"], {"quantity": said("3.3", "0.1"), "direction": Direction.UP}, Verdict.SUPPORTED),
        (Operation.GROWTH, ["0", "5"], {"quantity": said("5")}, Verdict.NOT_CHECKABLE),
        (Operation.SHARE, ["39", "65"], {"quantity": said("60")}, Verdict.SUPPORTED),
        (Operation.SHARE, ["1", "0"], {"quantity": said("60")}, Verdict.NOT_CHECKABLE),
        (Operation.RATIO, ["10", "5"], {"quantity": said("2", "0.1")}, Verdict.SUPPORTED),
        (Operation.DIRECTION, ["5", "4"], {"direction": Direction.DOWN}, Verdict.SUPPORTED),
        (Operation.DIRECTION, ["5", "5"], {"direction": Direction.DOWN}, Verdict.CONTRADICTED),
        (Operation.DIRECTION, ["14", "14"], {"direction": Direction.LEVEL}, Verdict.SUPPORTED),
        (Operation.DIRECTION, ["14", "15"], {"direction": Direction.LEVEL}, Verdict.CONTRADICTED),
        (Operation.TREND, ["3113", "3045", "2881", "2984"], {"direction": Direction.DOWN}, Verdict.CONTRADICTED),
        (Operation.TREND, ["3113", "3045", "2881", "2984"], {"direction": Direction.DOWN, "loose": True}, Verdict.SUPPORTED),
        (Operation.TREND, ["1", "3", "2"], {"direction": None}, Verdict.SUPPORTED),
        (Operation.TREND, ["1"], {"direction": Direction.UP}, Verdict.NOT_CHECKABLE),
        (Operation.COMPARISON, ["0.4", "0.4"], {"direction": Direction.LEVEL}, Verdict.SUPPORTED),
        (Operation.COMPARISON, ["0.4", "0.6"], {"direction": Direction.UP}, Verdict.CONTRADICTED),
        (Operation.PACE, ["100", "104", "1000", "1030"], {"direction": Direction.UP}, Verdict.SUPPORTED),
        (Operation.LIKENESS, ["100", "104", "1000", "990"], {"direction": Direction.LEVEL}, Verdict.CONTRADICTED),
        (Operation.SIGN, ["-5", "-1"], {"direction": Direction.DOWN}, Verdict.SUPPORTED),
        (Operation.SIGN, ["-5", "1"], {"direction": Direction.DOWN}, Verdict.CONTRADICTED),
        (Operation.SIGN, ["0"], {"direction": Direction.LEVEL}, Verdict.SUPPORTED),
        (Operation.EXTREME, ["9", "8", "9"], {"direction": Direction.UP}, Verdict.SUPPORTED),
        (Operation.EXTREME, ["9", "8"], {"direction": Direction.DOWN}, Verdict.CONTRADICTED),
        (Operation.RANK, ["7", "9", "5"], {"direction": Direction.UP, "quantity": said("2")}, Verdict.SUPPORTED),
        (Operation.RANK, ["7", "9", "7"], {"direction": Direction.DOWN, "quantity": said("2")}, Verdict.SUPPORTED),
        (Operation.RANK, ["9", "7", "5"], {"direction": Direction.UP, "quantity": said("2")}, Verdict.CONTRADICTED),
    ],
)
def test_each_operation(operation: Operation, values: list[str | Status], words: dict[str, Any], verdict: Verdict) -> None:
    assert judged(operation, values, **words).verdict is verdict


def test_every_operation_is_tested() -> None:
    (mark,) = [mark for mark in test_each_operation.pytestmark if mark.name == "parametrize"]
    assert {case[0] for case in mark.args[1]} == set(Operation)


def test_a_confidential_or_missing_figure_is_not_checkable_and_gives_nothing_away() -> None:
    for status in (Status.CONFIDENTIAL, Status.MISSING):
        judgement = judged(Operation.VALUE, [status], quantity=said("3"))
        assert (judgement.verdict, judgement.right) == (Verdict.NOT_CHECKABLE, None)


def test_nil_counts_as_nought() -> None:
    assert judged(Operation.VALUE, [Status.NIL], quantity=said("0")).verdict is Verdict.SUPPORTED


def test_words_of_degree_are_measured_in_points_for_rates() -> None:
    up: dict[str, Any] = {"direction": Direction.UP, "degree": "nettamente"}
    assert judged(Operation.DIRECTION, ["6.1", "6.2"], cube=RATE, **up).note == "overstated"
    assert judged(Operation.DIRECTION, ["6.1", "8.2"], cube=RATE, **up).note == ""
    slight: dict[str, Any] = {"direction": Direction.UP, "degree": "leggermente"}
    assert judged(Operation.DIRECTION, ["100", "180"], **slight).note == "understated"
    assert judged(Operation.DIRECTION, ["5", "4"], direction=Direction.DOWN, degree="lievemente").note == ""

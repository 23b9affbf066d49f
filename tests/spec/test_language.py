"""The catalogue language, case by case, and what it refuses."""

from pathlib import Path

import pytest
from cases import CASES, Case
from language import expected_rows, manual_page, plan_case, plan_columns, plan_rows

from rendiconto.errors import RendicontoError


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_part_means_its_plan(case: Case) -> None:
    plan = plan_case(case.part, case.territory)
    assert plan_columns(plan) == case.columns
    assert plan_rows(plan) == expected_rows(case)


def test_the_manual_page_shows_these_cases() -> None:
    page = Path(__file__).parent.parent.parent / "docs" / "language.md"
    assert page.read_text(encoding="utf-8") == manual_page(), "run `make manual`"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("cube: popolazione\nstub: [{sex: [F]}]\nheading: [{sex: [M]}]", "stub and heading both give sex"),
        ("stub: [{cube: [nascite]}]\nheading: [{cube: [decessi]}]", "stub and heading both name a cube"),
        (
            "cube: vigilanza\nstub: [{territory: [self]}]\nheading: [{period: [0]}]",
            "activity of 'vigilanza' has no total",
        ),
        ("cube: popolazione\nstub: [{sesso: [F]}]\nheading: [{period: [0]}]", "unknown dimension 'sesso'"),
        ("cube: popolazione\nstub: [{sex: [X]}]\nheading: [{period: [0]}]", "unknown code 'X'"),
        ("cube: popolazione\nstub: [{sex: [F], age: [T]}]\nheading: [{period: [0]}]", "a block selects one dimension"),
        ("cube: popolazione\nstub: [{period: [-1..-3]}]\nheading: [{sex: [F]}]", "runs backwards"),
        ("cube: popolazione\nstub: [{period: [pippo]}]\nheading: [{sex: [F]}]", "is not a period"),
        ("cube: popolazione\nstub: [{territory: [selv]}]\nheading: [{sex: [F]}]", "unknown territory selector 'selv'"),
        ("cube: nascite\nstub: [{territory: [self]}]\nheading: [{cube: durc, period: [0]}]\nfix: {sex: F}", "sex"),
        ("stub: [{territory: [self]}]\nheading: [{period: [0]}]", "a cell of no cube"),
        ("cube: pensioni\nstub: [{axis: gestione}]\nheading: [{sex: [F]}]", "unknown axis 'gestione'"),
        ("cube: durk\nstub: [{territory: [self]}]\nheading: [{period: [0]}]", "unknown cube 'durk'"),
        ("cube: nascite\nstub: [{cube: [A, B], sex: [F]}]\nheading: [{period: [0]}]", "cube"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(part: str, message: str) -> None:
    with pytest.raises(RendicontoError, match=message) as caught:
        plan_case(part, "massa-carrara")
    assert str(caught.value.where).startswith("case.yaml")

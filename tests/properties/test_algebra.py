"""The algebra of blocks: a plan is the product of its axes, and its keys are whole."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from language import plan_case, toy_catalogue

from rendiconto.catalogue import GridPlan
from rendiconto.catalogue.expansion import select_periods
from rendiconto.document.grid import leaves
from rendiconto.errors import RendicontoError

SELECTIONS = {
    "territory": ["self", "region", "italy", "provinces"],
    "period": ["-2", "-1", "0", "2013", "-3..-1"],
    "sex": ["F", "M", "T"],
    "age": ["0-14", "15+", "T"],
    "outcome": ["OK", "KO", "T"],
    "fund": ["PRIV", "PUB", "SUB", "ALT", "T"],
}
CUBES = ["popolazione", "durc", "pensioni", "nascite", "quota_irregolari"]


@st.composite
def blocks(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    dimension = draw(st.sampled_from(sorted(SELECTIONS)))
    codes = draw(st.lists(st.sampled_from(SELECTIONS[dimension]), min_size=1, max_size=3, unique=True))
    block: dict[str, Any] = {dimension: codes}
    if draw(st.booleans()):
        block["header"] = "titolo"
    if draw(st.integers(0, 4)) == 0:
        block["lead"] = "true"
    if depth and draw(st.booleans()):
        block["then"] = draw(st.lists(blocks(depth - 1), min_size=1, max_size=2))
    return block


def as_yaml(value: Any) -> str:
    import json

    return json.dumps(value)


def refused_or_planned(text: str, territory: str) -> GridPlan | None:
    """The plan; None when the part is refused, which must be at a place of its file."""
    try:
        return plan_case(text, territory)
    except RendicontoError as error:
        if error.where is None:
            raise
        return None


AXES = st.lists(blocks(), min_size=1, max_size=2)


@given(st.sampled_from(CUBES), AXES, AXES, st.sampled_from(["massa-carrara", "toscana", "italia", "valle-d-aosta"]))
def test_a_part_is_refused_with_its_place_or_has_a_whole_plan(
    cube: str, stub: list[dict[str, Any]], heading: list[dict[str, Any]], territory: str
) -> None:
    text = f"cube: {cube}\nstub: {as_yaml(stub)}\nheading: {as_yaml(heading)}"
    plan = refused_or_planned(text, territory)
    if plan is None:
        return
    rows, columns = list(leaves(plan.stub)), list(leaves(plan.heading))
    assert len(plan.cells) == len(rows)
    assert all(len(line) == len(columns) for line in plan.cells)
    for line in plan.cells:
        for cell in line:
            assert cell.cube is toy_catalogue().cubes[cube]
            for dimension, code in zip(cell.cube.dimensions, cell.codes, strict=True):
                assert code
                assert dimension.codelist is None or code in dimension.codelist


@given(st.sampled_from(["F", "M", "T"]), st.sampled_from(["0-14", "15+", "T"]), st.integers(-9, 0))
def test_a_cell_has_the_codes_of_its_row_and_column(sex: str, age: str, year: int) -> None:
    part = f'cube: popolazione\nstub: [{{sex: [{sex}]}}]\nheading: [{{age: ["{age}"], then: [{{period: [{year}]}}]}}]'
    ((cell,),) = plan_case(part, "massa-carrara").cells
    assert cell.codes == ("045", str(2024 + year), sex, age)


@given(st.integers(-30, 0), st.integers(-30, 0))
def test_a_span_of_periods_is_every_year_between(first: int, last: int) -> None:
    first, last = sorted((first, last))
    years = list(select_periods([f"{first}..{last}"], 2024, None))
    assert years == [str(year) for year in range(2024 + first, 2024 + last + 1)]
    assert years == [year for step in range(first, last + 1) for year in select_periods([str(step)], 2024, None)]


def test_labels_do_not_change_what_is_planned() -> None:
    plain = plan_case("cube: durc\nstub: [{outcome: all}]\nheading: [{period: [0]}]", "massa-carrara")
    named = plan_case("cube: durc\nstub: [{outcome: all, labels: {OK: Bene}}]\nheading: [{period: [0]}]", "massa-carrara")
    assert plain.cells == named.cells
    assert replace(named.stub[0], label="Regolari") == plain.stub[0]

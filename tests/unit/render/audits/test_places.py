"""Where an offset stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.document.claims import Passage
from rendiconto.render.audits.places import Places, Spot
from unit.render.audits.reports import placed


@pytest.mark.parametrize(
    ("offset", "spot"),
    [
        (0, Spot(0, 1, 1, 1)),
        (2, Spot(0, 1, 1, 3)),
        (4, Spot(0, 1, 2, 2)),
        (5, Spot(0, 1, 2, 3)),
        (6, None),
        (7, Spot(1, 1, 4, 1)),
        (8, Spot(1, 1, 4, 2)),
        (9, None),
        (-1, None),
    ],
)
def test_an_offset_has_passage_line_and_column(offset: int, spot: Spot | None) -> None:
    assert Places(placed(["ab\ncd", "e"])).spot(offset) == spot


def test_passages_need_no_order_and_may_begin_anywhere() -> None:
    places = Places([Passage("dopo", 100, 3, 40), Passage("prima", 10, 2, 7)])
    assert places.spot(12) == Spot(1, 2, 7, 3)
    assert places.spot(103) == Spot(0, 3, 40, 4)
    assert places.text(100, 102) == "do"
    assert places.has_pages


def test_a_page_may_end_in_a_paragraph() -> None:
    assert Places([Passage("qui\n\flì", 0, 1, 1)]).spot(6) == Spot(0, 2, 2, 3)


def test_what_is_nowhere_has_no_text() -> None:
    assert Places([]).text(3, 9) == ""


@given(st.lists(st.text(alphabet="ab\n", min_size=1), min_size=1), st.data())
def test_line_and_column_lead_back_to_the_character(texts: list[str], data: st.DataObject) -> None:
    passages = placed(texts)
    whole = "\n\n".join(texts)
    passage = data.draw(st.sampled_from(passages))
    offset = passage.start + data.draw(st.integers(0, len(passage.text) - 1))
    spot = Places(passages).spot(offset)
    assert spot is not None
    line = whole.split("\n")[spot.line - 1] + "\n"
    assert line[spot.column - 1] == whole[offset]

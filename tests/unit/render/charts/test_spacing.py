"""Labels moved apart: never over each other, never further than they must."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.render.charts.spacing import dodge, thin

places = st.floats(-50, 350, allow_nan=False)
sizes = st.floats(1, 60, allow_nan=False)
labels = st.lists(st.tuples(places, sizes), min_size=1, max_size=14)


@given(labels)
def test_labels_never_overlap_and_keep_their_order(wanted: list[tuple[float, float]]) -> None:
    middles = dodge([place for place, _ in wanted], [size for _, size in wanted], 0, 300)
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index][0], index))
    for before, after in pairwise(order):
        room = (wanted[before][1] + wanted[after][1]) / 2
        # Order of wanted centres is kept whenever sizes are equal; edges never cross in any case.
        assert abs(middles[after] - middles[before]) >= room - 1e-6


@given(labels)
def test_labels_that_fit_stay_inside(wanted: list[tuple[float, float]]) -> None:
    total = sum(size for _, size in wanted)
    low, high = 0.0, max(300.0, total)
    for (_, size), middle in zip(wanted, dodge(*_columns(wanted), low, high), strict=True):
        assert low - 1e-6 <= middle - size / 2
        assert middle + size / 2 <= high + 1e-6


@given(st.lists(places, min_size=1, max_size=14), sizes)
def test_equal_labels_keep_the_order_of_what_they_name(wanted: list[float], size: float) -> None:
    middles = dodge(wanted, [size] * len(wanted), 0, 300)
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    assert [middles[index] for index in order] == sorted(middles)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=10, unique=True))
def test_labels_with_room_do_not_move(slots: list[int]) -> None:
    wanted = [30.0 * slot + 15 for slot in slots]
    assert dodge(wanted, [30.0] * len(slots), 0, 300) == pytest.approx(wanted)


def test_touching_labels_share_the_move() -> None:
    assert dodge([100, 104], [20, 20], 0, 300) == [92, 112]
    assert dodge([2, 4], [20, 20], 0, 300) == [10, 30]
    assert dodge([298, 299], [20, 20], 0, 300) == [270, 290]


def test_labels_that_cannot_fit_are_packed_apart() -> None:
    assert dodge([5, 5, 5], [20, 20, 20], 0, 30) == [10, 30, 50]


@given(st.lists(st.floats(5, 60), min_size=1, max_size=20), st.floats(5, 80))
def test_labels_kept_on_an_axis_do_not_touch(widths: list[float], step: float) -> None:
    at = [step * index for index in range(len(widths))]
    kept = [index for index, keep in enumerate(thin(widths, at, 4)) if keep]
    assert kept[-1] == len(widths) - 1
    for one, other in pairwise(kept):
        assert at[other] - at[one] >= (widths[one] + widths[other]) / 2 + 4
    assert len({other - one for one, other in pairwise(kept)}) <= 1


def _columns(wanted: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [place for place, _ in wanted], [size for _, size in wanted]

"""Rankings, classes and circles: ties at the printed decimals, nothing without a number, areas as the figures."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rendiconto.document.atlas import Indicator, Reading
from rendiconto.document.values import Status
from rendiconto.render.atlas.mapping import LARGEST, radii, view_map
from rendiconto.render.atlas.standing import CLASSES, colour_classes, legend, ranking
from sample_atlas import sample_atlas

PLACES = sample_atlas().provinces


def made(readings: list[Reading], *, intensive: bool = True) -> Indicator:
    """An indicator with these figures for the first provinces, none for the others."""
    base = next(indicator for indicator in sample_atlas().indicators if indicator.id == "tasso-occupazione")
    given_readings = {place.code: (reading,) for place, reading in zip(PLACES, readings, strict=False)}
    missing: dict[str, tuple[Reading, ...]] = {place.code: (Status.MISSING,) for place in sample_atlas().places}
    return replace(base, periods=("2024",), intensive=intensive, readings={**missing, **given_readings})


def test_whoever_prints_the_same_stands_at_the_same_place() -> None:
    indicator = made([Decimal("70.1"), Decimal("68.0"), Decimal("70.1"), Decimal("65.2"), Status.CONFIDENTIAL])
    standings = ranking(indicator, PLACES)
    first, second, third, fourth = standings[:4]
    assert [(s.place.code, s.position, s.tied) for s in (first, second, third, fourth)] == [
        (PLACES[2].code, 1, True) if PLACES[2].name < PLACES[0].name else (PLACES[0].code, 1, True),
        (PLACES[0].code, 1, True) if PLACES[2].name < PLACES[0].name else (PLACES[2].code, 1, True),
        (PLACES[1].code, 3, False),
        (PLACES[3].code, 4, False),
    ]
    assert len(standings) == len(PLACES)
    assert all(standing.position is None for standing in standings[4:]), "without a number there is no position"


FIGURES = st.lists(st.decimals(-100, 100, places=1), min_size=1, max_size=len(PLACES))


@given(FIGURES)
def test_positions_and_classes_follow_the_figures(figures: list[Decimal]) -> None:
    indicator = made(list(figures))
    standings = [standing for standing in ranking(indicator, PLACES) if standing.position is not None]
    numbers = [indicator.number(standing.place.code) or Decimal(0) for standing in standings]
    assert numbers == sorted(figures, reverse=True)
    assert [standing.position for standing in standings] == [1 + sum(other > number for other in figures) for number in numbers]
    assert [standing.tied for standing in standings] == [figures.count(number) > 1 for number in numbers]
    classes = colour_classes(indicator, PLACES)
    for code, number in classes.items():
        for other, another in classes.items():
            mine, theirs = indicator.number(code), indicator.number(other)
            assert mine is not None
            assert theirs is not None
            assert (mine == theirs) <= (number == another), "a class never parts what prints the same"
            assert (mine > theirs) <= (number >= another)
    lines = legend(indicator, classes)
    assert sum(line.count for line in lines) == len(figures)
    assert len(lines) <= CLASSES
    assert all(low.most < high.least for low, high in pairwise(lines))


@given(FIGURES)
def test_circles_are_as_the_figures_and_keep_their_sign(figures: list[Decimal]) -> None:
    indicator = made(list(figures), intensive=False)
    sizes = radii(indicator, PLACES)
    most = max(map(abs, figures))
    for code, size in sizes.items():
        number = indicator.number(code)
        assert number is not None
        assert (size > 0) == (number > 0)
        assert (size < 0) == (number < 0)
        if abs(number) == most and most:
            assert abs(size) == LARGEST
        assert abs(size) <= LARGEST


def test_a_map_says_how_many_it_knows_nothing_of() -> None:
    view = view_map(sample_atlas(), made([Decimal("70.1"), Decimal("60.0")]))
    assert view.legend[-1] == ("absent", "nessuna cifra (105 province)")
    assert [kind for kind, _ in view.legend[:-1]] == ["c0", "c2"]
    assert view.legend[0][1] == "60,0% (1 provincia)"


def test_figures_of_regions_only_are_shown_by_region() -> None:
    readings = {place.code: (Decimal("1.0"),) for place in sample_atlas().regions}
    indicator = made([])
    view = view_map(sample_atlas(), replace(indicator, readings={**indicator.readings, **readings}))
    assert view.level == "regioni"
    assert len(view.marks) == 20

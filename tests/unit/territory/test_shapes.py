"""The outlines that maps are drawn from: every unit of every year has one, and they fit together."""

import pytest

from rendiconto.territory import FIRST_YEAR, Gazetteer
from rendiconto.territory.shapes import Ring, outlines

ITALY = Gazetteer.load()
YEARS = (FIRST_YEAR, 2005, 2006, 2009, 2010, 2016, 2017, 2024, 2025, 2026)


def area(rings: tuple[Ring, ...]) -> float:
    return sum(_signed(ring) for ring in rings)


def _signed(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in pairs) / 2


@pytest.mark.parametrize("year", YEARS)
def test_every_unit_of_a_year_has_an_outline_and_regions_are_their_provinces(year: int) -> None:
    drawn = outlines(year)
    assert set(drawn.rings) == {unit.code for unit in ITALY.all(year)} - {"IT"}
    for region in ITALY.regions(year):
        parts = [drawn.rings[part.code] for part in ITALY.provinces_of(region, year)]
        assert area(drawn.rings[region.code]) == sum(area(part) for part in parts)


@pytest.mark.parametrize("year", YEARS)
def test_together_they_cover_the_same_country(year: int) -> None:
    drawn = outlines(year)
    covered = sum(area(drawn.rings[region.code]) for region in ITALY.regions(year))
    assert covered == sum(area(outlines(2012).rings[region.code]) for region in ITALY.regions(2012))


def test_every_point_lies_in_the_box_and_no_ring_is_a_line() -> None:
    drawn = outlines(2024)
    for rings in drawn.rings.values():
        for ring in rings:
            assert len(set(ring)) >= 3
            assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in ring)


def test_areas_are_in_the_right_proportion() -> None:
    """Istat, km² at 2011: Torino 6,827, Sondrio 3,196, Massa-Carrara 1,155, Prato 366, Sicilia 25,711, Italy 302,073."""
    drawn = outlines(2024)
    whole = sum(area(drawn.rings[region.code]) for region in ITALY.regions(2024))
    for code, km2 in {"001": 6827, "014": 3196, "045": 1155, "100": 366, "19": 25711}.items():
        assert area(drawn.rings[code]) / whole == pytest.approx(km2 / 302073, rel=0.1), code


def test_neighbours_lie_where_they_are() -> None:
    drawn = outlines(2024)

    def centre(code: str) -> tuple[float, float]:
        points = [point for ring in drawn.rings[code] for point in ring]
        return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)

    (x, y), (north, up) = centre("045"), centre("034")
    assert up < y, "Parma lies north of Massa-Carrara"
    assert centre("046")[1] > y, "Lucca lies south of it"
    assert centre("080")[0] > centre("083")[0] > centre("090")[0], "Reggio Calabria, Messina, Sassari from east to west"
    assert north != x

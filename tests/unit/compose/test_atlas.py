"""The atlas says of every territory what the reports say of it, cell for cell."""

from collections import Counter

import pytest

from rendiconto.document import cell_text
from rendiconto.document.atlas import Indicator, Profile
from rendiconto.document.values import Status
from rendiconto.pipeline import compose_report
from rendiconto.pipeline.batches import PROFILE
from sample_atlas import REPORTED, sample_atlas


@pytest.mark.parametrize("slug", REPORTED)
def test_every_cell_of_a_report_reads_the_same_in_the_atlas(slug: str) -> None:
    """The cells of a report at a cube's codes are the figures of one indicator; what an erratum touches aside."""
    by_table: dict[tuple[str, str, str, str], set[str]] = {}
    for indicator in sample_atlas().indicators:
        for code, readings in indicator.readings.items():
            for period, reading in zip(indicator.periods, readings, strict=True):
                for label in indicator.tables:
                    by_table.setdefault((indicator.cube, label, code, period), set()).add(indicator.text(reading))
    seen = 0
    document = compose_report(slug)
    for table in document.tables:
        for cell in (cell for grid in table.grids for line in grid.cells for cell in line):
            if cell.value is not None and not cell.marks:
                key = dict(cell.key)
                assert cell_text(cell) in by_table[cell.cube, table.label, key["territory"], key["period"]], str(cell.ref)
                seen += 1
    assert seen > 300


def test_addresses_are_unique_and_say_what_they_are() -> None:
    ids = [indicator.id for indicator in sample_atlas().indicators]
    assert len(set(ids)) == len(ids)
    assert {"popolazione", "popolazione-f-t", "tasso-occupazione"} <= set(ids)
    assert all(name.isascii() and name == name.lower() and " " not in name for name in ids)


def test_a_known_figure() -> None:
    (rate,) = [indicator for indicator in sample_atlas().indicators if indicator.id == "tasso-occupazione"]
    assert rate.text(rate.reading("045")) == "68,3"
    assert (rate.unit, rate.intensive, rate.estimate, rate.period) == ("%", True, True, "2024")
    assert rate.reading("001") is Status.MISSING, "nobody delivered Torino"
    assert rate.number("001") is None


def test_every_cube_has_one_headline_and_it_tells_territories_apart() -> None:
    heads = [indicator for indicator in sample_atlas().indicators if indicator.headline]
    assert Counter(head.cube for head in heads) == Counter({indicator.cube for indicator in sample_atlas().indicators})
    assert not any(head.id == "quota-popolazione" for head in heads), "a total of shares is 100 everywhere"


def test_places_have_their_level_and_their_outline() -> None:
    atlas = sample_atlas()
    assert (len(atlas.regions), len(atlas.provinces), atlas.country.name) == (20, 107, "Italia")
    both = [place.name for place in atlas.places if place.is_region and place.is_province]
    assert both == ["Valle d'Aosta"]
    assert all(place.rings for place in atlas.places if place is not atlas.country)


def test_whole_cubes_have_every_delivered_figure() -> None:
    population = next(cube for cube in sample_atlas().cubes if cube.name == "popolazione")
    territories = {dict(observation.key)["territory"] for observation in population.observations}
    assert {"045", "09", "IT"} <= territories
    assert population.tables == ("1",)


def test_a_profile_survives_its_manifest() -> None:
    profile = Profile.of(compose_report("massa-carrara"))
    assert profile.key_figures
    assert set(profile.sentences) <= set(range(1, 11))
    assert len(profile.sentences) >= 8
    assert PROFILE.validate_json(PROFILE.dump_json(profile)) == profile


def test_made_up_figures_are_told() -> None:
    assert not sample_atlas().synthetic
    assert "SINTETICI" not in sample_atlas().title


def test_what_is_a_rate_is_said_by_the_unit() -> None:
    def kind(name: str) -> Indicator:
        return next(indicator for indicator in sample_atlas().indicators if indicator.id == name)

    assert not kind("popolazione").intensive
    assert kind("tasso-disoccupazione").intensive

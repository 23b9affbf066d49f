"""A synthetic Italy: published figures as they are, all else made up, marked, and consistent."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.catalogue import load_catalogue
from rendiconto.check import check_data
from rendiconto.document.values import Origin, Status
from rendiconto.findings import Finding, Severity
from rendiconto.observations import CubeObservations, Resolver, load_observations
from rendiconto.observations.synthesis import Italy, complete_italy, leaf_figures
from rendiconto.observations.synthesis.leaves import Leaves, fitted
from rendiconto.territory import Gazetteer

CATALOGUE = load_catalogue(2024)
KNOWN = load_observations(CATALOGUE)


@pytest.fixture(scope="module")
def italy() -> Italy:
    return complete_italy(CATALOGUE, KNOWN, seed=1)


def errors(cubes: dict[str, CubeObservations]) -> list[Finding]:
    found = check_data(CATALOGUE, replace(KNOWN, cubes=cubes))
    return [finding for finding in found if finding.severity is Severity.ERROR]


def test_published_figures_are_as_they_were(italy: Italy) -> None:
    for name, known in KNOWN.cubes.items():
        for codes, observation in known.items():
            assert italy.cubes[name][codes] == observation


def test_everything_else_is_marked(italy: Italy) -> None:
    for name, cube in italy.cubes.items():
        assert {codes for codes, observation in cube.items() if not observation.synthetic} == set(KNOWN.cubes[name])


def test_every_territory_has_what_any_has(italy: Italy) -> None:
    places = {unit.code for unit in Gazetteer.load().all(2024)}
    for name in ("popolazione", "pensioni_liquidate", "cigo_tempi", "presenze_comuni"):
        wanted = {codes[1:] for codes in KNOWN.cubes[name]}
        assert set(italy.cubes[name]) == {(place, *codes) for place in places for codes in wanted}


def test_all_that_is_declared_holds_but_published_means_beside_made_up_counts(italy: Italy) -> None:
    found = Counter((finding.rule, finding.keys[0].split("/")[0]) for finding in errors(dict(italy.cubes)))
    assert {rule for rule, _ in found} <= {"mean"}
    # Means of Toscana and Italia are published, the counts behind them are not.
    weighed = {name for name, cube in CATALOGUE.cubes.items() if cube.weight is not None}
    assert {cube for _, cube in found} <= weighed
    assert found.total() < 200


def test_nothing_is_below_nought_that_cannot_be(italy: Italy) -> None:
    values = [o.value for o in italy.cubes["giudizi_movimento"].values() if o.value is not None]
    assert min(values) >= 0


def test_same_seed_same_figures_another_seed_others(italy: Italy) -> None:
    again, other = (complete_italy(CATALOGUE, KNOWN, seed).cubes["durc"] for seed in (1, 2))
    assert dict(again) == dict(italy.cubes["durc"])
    assert dict(other) != dict(italy.cubes["durc"])


def test_leaf_figures_make_every_total(italy: Italy) -> None:
    cube = CATALOGUE.cubes["popolazione"]
    leaves = leaf_figures(cube, italy.cubes["popolazione"], italy.sizes)
    for place in ("045", "001", "02"):
        own = {codes[1:]: value for (year, codes), value in leaves.items() if codes[0] == place and year == 2024}
        for (sex, age), value in own.items():
            assert value >= 0, (sex, age)
        for codes in (("F", "T"), ("M", "T"), ("T", "0-14"), ("T", "65+"), ("T", "T")):
            parts = sum((v for (s, a), v in own.items() if codes[0] in (s, "T") and codes[1] in (a, "T")), Decimal(0))
            assert parts == italy.cubes["popolazione"][place, "2024", *codes].value


@given(
    st.lists(st.integers(0, 5000), min_size=2, max_size=2),
    st.lists(st.integers(1, 100), min_size=3, max_size=3),
)
def test_a_fitted_table_keeps_the_known_totals(women_and_men: list[int], weights: list[int]) -> None:
    leaves = Leaves.of(CATALOGUE.cubes["popolazione"])
    total = sum(women_and_men)
    ages = [total * weight // sum(weights) for weight in weights]
    ages[0] += total - sum(ages)
    known: dict[tuple[str, ...], int] = {("F", "T"): women_and_men[0], ("M", "T"): women_and_men[1]}
    known |= {("T", age): value for age, value in zip(("0-14", "15-64", "65+"), ages, strict=True)}
    table = fitted(leaves, known, np.ones(leaves.shape))
    assert table.min() >= 0
    assert [abs(leaves.total(table, codes) - value) <= 1 for codes, value in known.items()] == [True] * 5
    assert table.sum() == total


def test_what_follows_from_made_up_figures_is_made_up(italy: Italy) -> None:
    resolver = Resolver(CATALOGUE, replace(KNOWN, cubes=italy.cubes))
    cube = CATALOGUE.cubes["saldo_naturale"]
    assert resolver.resolve(cube, ("048", "2023")).origin is Origin.SYNTHETIC
    published = resolver.resolve(cube, ("09", "2023"))
    assert (published.value, published.origin) == (Decimal(-22502), Origin.DELIVERED)
    assert resolver.resolve(cube, ("045", "2023")).origin is not Origin.SYNTHETIC


def test_a_made_up_total_gives_way_to_the_sum_of_published_parts(italy: Italy) -> None:
    resolver = Resolver(CATALOGUE, replace(KNOWN, cubes=italy.cubes))
    found = resolver.resolve(CATALOGUE.cubes["durc"], ("045", "2024", "T"))
    assert (found.value, found.status, found.origin) == (Decimal(13326), Status.NORMAL, Origin.COMPUTED)

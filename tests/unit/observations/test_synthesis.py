"""A synthetic Italy: published figures as they are, all else made up, marked, and consistent."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.catalogue import load_catalogue
from rendiconto.check import check_data
from rendiconto.document.values import Origin, Status
from rendiconto.findings import Severity
from rendiconto.observations import Resolver, load_observations
from rendiconto.observations.synthesis import Italy, complete_italy, leaf_figures
from rendiconto.observations.synthesis.leaves import Leaves, fitted
from rendiconto.observations.synthesis.mixtures import Mixture, mixed
from rendiconto.territory import Gazetteer

CATALOGUE = load_catalogue(2024)
KNOWN = load_observations(CATALOGUE)


@pytest.fixture(scope="module")
def italy() -> Italy:
    return complete_italy(CATALOGUE, KNOWN, seed=1)


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


def test_all_that_is_declared_holds(italy: Italy) -> None:
    """Published means, shares and balances of Toscana and Italia too: the counts behind them are made to fit."""
    found = check_data(CATALOGUE, replace(KNOWN, cubes=dict(italy.cubes)))
    assert [finding.message for finding in found if finding.severity.reaches(Severity.WARNING)] == []


def test_territories_are_about_as_large_as_they_are(italy: Italy) -> None:
    cube = italy.cubes["popolazione"]
    largest = sorted(italy.sizes.provinces, key=lambda code: -(cube[code, "2024", "T", "T"].value or Decimal(0)))
    names = [Gazetteer.load().by_code(code).name for code in largest]
    assert set(names[:3]) == {"Roma", "Milano", "Napoli"}
    assert set(names[-2:]) <= {"Isernia", "Valle d'Aosta", "Crotone", "Verbano-Cusio-Ossola", "Vibo Valentia", "Gorizia"}


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
    assert {codes: leaves.total(table, codes) for codes in known} == known


@given(
    counts=st.lists(st.integers(5000, 50000), min_size=6, max_size=6),
    means=st.lists(st.decimals(500, 2500, places=1), min_size=6, max_size=6),
    tilt=st.lists(st.floats(0.5, 2), min_size=6, max_size=6),
)
def test_counts_are_mixed_until_the_published_means_hold(counts: list[int], means: list[Decimal], tilt: list[float]) -> None:
    """Means of some parts and of all, as really published from real counts, hold over counts that started elsewhere."""
    real, parts = np.array(counts, dtype=np.float64), np.array([float(mean) for mean in means])
    wholes = [np.array(members) for members in ([0, 1, 2], [3, 4, 5], [0, 1, 2, 3, 4, 5])]
    published = [round(float(real[members] @ parts[members] / real[members].sum()), 1) for members in wholes]
    mixtures = [Mixture(members, parts[members] - mean) for members, mean in zip(wholes, published, strict=True)]
    made = mixed(real * np.array(tilt), np.ones(6, dtype=bool), mixtures, 0.04)
    assert made.min() >= 1
    for mixture in mixtures:
        assert abs(mixture.moment(made.astype(np.float64))) <= 0.1 * made[mixture.members].sum()


def test_what_is_not_free_stays() -> None:
    mixture = Mixture(np.arange(3), np.array([-1.0, 0.5, 2.0]))
    made = mixed(np.array([100.0, 50.0, 200.0]), np.array([False, True, True]), [mixture], 0.01)
    assert made[0] == 100
    assert abs(mixture.moment(made.astype(np.float64))) <= 0.011 * made.sum()


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

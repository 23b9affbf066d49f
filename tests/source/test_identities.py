"""The arithmetic of the published figures: what does not hold is an erratum, or a rounding difference listed here."""

from decimal import Decimal

import pytest

from rendiconto.address import CellRef
from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.catalogue.identities import derive_identities
from rendiconto.check import check_data
from rendiconto.findings import Severity
from rendiconto.italian.numbers import round_half_away
from rendiconto.observations import Erratum, ObservationStore, Resolver, load_observations

ROUNDED = {
    # Yearly averages, printed as whole persons: 15.637 + 22.600 = 38.237, printed 38.238.
    "dipendenti_osservatorio/045/2023/T",
    "dipendenti_part_time/045/2023/T",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(2024)


@pytest.fixture(scope="module")
def store(catalogue: Catalogue) -> ObservationStore:
    return load_observations(catalogue)


def address(erratum: Erratum) -> str:
    return "/".join((erratum.cube, *erratum.codes))


def test_every_fault_as_published_is_an_erratum_and_nothing_else_is(catalogue: Catalogue, store: ObservationStore) -> None:
    findings = check_data(catalogue, store, as_published=True)
    faults = {finding.keys[0] for finding in findings if finding.severity is not Severity.INFO}
    assert faults == {address(erratum) for erratum in store.errata}


def test_every_fault_is_addressed_where_the_report_prints_it(catalogue: Catalogue, store: ObservationStore) -> None:
    findings = check_data(catalogue, store, as_published=True)
    printed = {
        finding.keys[0]: CellRef.parse(finding.cells[0]) for finding in findings if finding.severity is not Severity.INFO
    }
    for erratum in store.errata:
        ref = printed[address(erratum)]
        assert ref.territory == "massa-carrara"
        assert erratum.table in (None, ref.table)
        assert erratum.part in (None, ref.part)


def test_the_rounding_differences_are_those_listed(catalogue: Catalogue, store: ObservationStore) -> None:
    findings = check_data(catalogue, store, as_published=True, rules=["sum", "territory", "relation"])
    assert {finding.keys[0] for finding in findings} == ROUNDED


def test_what_only_looks_wrong_is_never_more_than_info(catalogue: Catalogue, store: ObservationStore) -> None:
    findings = check_data(catalogue, store, as_published=True, rules=["jump", "swap", "round", "line", "implied", "missing"])
    assert findings
    assert {finding.severity for finding in findings} == {Severity.INFO}


def test_with_errata_applied_nothing_decidable_remains(catalogue: Catalogue, store: ObservationStore) -> None:
    findings = check_data(catalogue, store)
    assert [finding.message for finding in findings if finding.severity is not Severity.INFO] == []


def test_what_a_decidable_erratum_proposes_is_what_the_other_figures_give(
    catalogue: Catalogue, store: ObservationStore
) -> None:
    resolver = Resolver(catalogue, store)
    for erratum in store.errata:
        cube = catalogue.cubes[erratum.cube]
        computed = resolver.computed(cube, erratum.codes)
        assert computed is not None
        value = None if computed.value is None else round_half_away(computed.value, cube.decimals)
        assert (value, computed.status) == (erratum.proposed.value, erratum.proposed.status), erratum.id


def test_a_place_specific_erratum_differs_from_the_figure_published_elsewhere(store: ObservationStore) -> None:
    placed = [erratum for erratum in store.errata if erratum.part is not None]
    assert len(placed) == 1
    published = store.get(placed[0].cube, placed[0].codes)
    assert published is not None
    assert published.value == Decimal(416) != placed[0].published.value


def test_there_are_identities_to_hold(catalogue: Catalogue, store: ObservationStore) -> None:
    keys = {name: set(observations) for name, observations in store.cubes.items()}
    kinds = [identity.kind for identity in derive_identities(catalogue, keys)]
    assert len(kinds) > 500
    assert {str(kind) for kind in kinds} == {"sum", "territory", "relation", "bound"}

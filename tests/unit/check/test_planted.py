"""A small sample of `bench/faults.py`: planted faults are found, their culprits named, and nothing else is cried over."""

import pytest

from planting import Fault, Planter, Referee, consistent_edition
from rendiconto.catalogue import load_catalogue
from rendiconto.check import RULES, check_data, reaching
from rendiconto.findings import Finding, Severity
from rendiconto.observations import ObservationStore
from rendiconto.territory import Gazetteer

CHECKED = [name for name in RULES if name not in ("missing", "implied")]
FAULTS = 44


@pytest.fixture(scope="module")
def store() -> ObservationStore:
    """Umbria with its two provinces, and Italy."""
    gazetteer = Gazetteer.load()
    territories = tuple(gazetteer.find(name, 2024) for name in ("umbria", "perugia", "terni"))
    return consistent_edition(load_catalogue(2024), territories, seed=5)


def errors(store: ObservationStore) -> list[Finding]:
    return reaching(check_data(load_catalogue(2024), store, focus=(), rules=CHECKED), Severity.WARNING)


def test_the_edition_without_faults_has_no_finding(store: ObservationStore) -> None:
    assert errors(store) == []


def test_planted_faults_are_found_and_nothing_else(store: ObservationStore) -> None:
    catalogue = load_catalogue(2024)
    referee = Referee(catalogue)
    breaking: list[Fault] = []
    found = named = 0
    for fault in Planter(catalogue, store, seed=5).faults(FAULTS):
        faulty = fault.apply(store)
        findings = errors(faulty)
        true = [finding for finding in findings if fault.cells & set(finding.keys)]
        assert true == findings, f"{fault.kind} in {fault.cube}: a false error"
        if referee.breaks(fault, faulty):
            breaking.append(fault)
            found += bool(true)
            named += any(finding.keys[0] in fault.cells for finding in true)
        else:
            assert not findings, f"{fault.kind} in {fault.cube}: the referee sees nothing broken"
    assert len(breaking) > FAULTS / 2
    assert found >= 0.95 * len(breaking)
    assert named >= 0.7 * len(breaking), "few territories leave sums that only one figure stands in"

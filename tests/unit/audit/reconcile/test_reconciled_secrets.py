"""A confidential figure of ours is never shown: not in messages, not as expected, not among values."""

from dataclasses import replace
from decimal import Decimal

import simplejson

from rendiconto.audit.reconcile import Record, Text, reconcile_records
from rendiconto.document.values import Status
from rendiconto.findings import Severity
from rendiconto.observations.columns import CubeObservations, Observation
from rendiconto.pipeline import Edition
from rendiconto.pipeline.reconciling import reconciled_territory

SECRET = Decimal(8638)


def record(value: int, *texts: str) -> Record:
    return Record(f"dati.json $.{'.'.join(texts)}", Decimal(value), tuple(Text(text) for text in texts), "$", "$")


def test_a_confidential_figure_is_never_shown_whatever_the_file_says(edition: Edition) -> None:
    cube = edition.catalogue.cubes["naspi_accolte"]
    held = edition.observations.cubes[cube.name]
    hidden = {codes: Observation(SECRET, Status.CONFIDENTIAL, held[codes].place) for codes in held if codes[1] == "2023"}
    store = replace(
        edition.observations,
        cubes={**edition.observations.cubes, cube.name: CubeObservations(cube, rows={**dict(held), **hidden})},
    )
    records = [record(1111, "naspi", "2023"), record(int(SECRET), "naspi", "2023"), record(int(SECRET), "naspi", "2024")]
    found = reconcile_records(records, edition.catalogue, store, reconciled_territory(edition))
    assert found.differing == 3
    texts = [simplejson.dumps(each.as_json(), use_decimal=True) for each in found.findings]
    assert not any("8.638" in text for text in texts)
    withheld = [each for each in found.findings if each.hint.startswith("ours is confidential")]
    assert len(withheld) == 2
    # What they wrote is theirs to read; whether it is ours is not said.
    assert {each.severity for each in withheld} == {Severity.WARNING}
    assert all(each.expected is None and each.values[1] == "*" for each in withheld)
    assert not any("figure of 2023" in each.hint for each in found.findings)

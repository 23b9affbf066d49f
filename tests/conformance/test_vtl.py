"""The exported rules, run by an engine that is not ours, find what our checks find and nothing else."""

import csv
import json
import random
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from rendiconto.catalogue import PACKAGED, Catalogue, Cube, load_catalogue
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.identities import IdentityKind, Pattern
from rendiconto.catalogue.standards import export_rules, export_structures
from rendiconto.catalogue.standards.artefacts import STATUS_IDS
from rendiconto.catalogue.standards.identifiers import artefact_id, code_id, component_id, read_code_id
from rendiconto.catalogue.standards.statements import HierarchyCheck, derive_checks
from rendiconto.check.evidence import Evidence
from rendiconto.check.sums import find_bounds, find_relations, find_sums, find_territory_sums
from rendiconto.errors import UnknownName
from rendiconto.findings import Severity
from rendiconto.observations import ObservationStore, load_observations
from rendiconto.territory import Gazetteer
from synthesis import Synthesis

ENGINE = Path(__file__).parents[2] / ".venv-vtl/bin/python"
OURS = {
    IdentityKind.SUM: find_sums,
    IdentityKind.TERRITORY: find_territory_sums,
    IdentityKind.RELATION: find_relations,
    IdentityKind.BOUND: find_bounds,
}
# What each brings: three sums and a code that SDMX escapes; two subtotals and combinations that cannot exist; rounded
# thousands; cents; a relation and subtotals; bounds between cubes; bounds within one.
SYNTHETIC = {
    "popolazione",
    "pensioni_vigenti",
    "occupati",
    "riscossione_coattiva",
    "giudizi_movimento",
    "giudizi_definiti",
    "pensionati",
    "pensionati_tipologia",
    "quote_accolte",
    "vigilanza_documentale",
}
Violated = tuple[IdentityKind, str, frozenset[tuple[str, Codes]]]
"""An identity that does not hold: its kind, its declaration, the keys that it is about."""


def violated_by_us(catalogue: Catalogue, store: ObservationStore) -> set[Violated]:
    """What our checks find beyond rounding. The one place that knows them."""
    evidence = Evidence(catalogue, store, (), as_published=True)
    return {
        (kind, violation.because, frozenset(violation.cells))
        for kind, find in OURS.items()
        for violation in find(evidence)
        if violation.severity is not Severity.INFO
    }


def violated_by_vtl(catalogue: Catalogue, store: ObservationStore, folder: Path) -> set[Violated]:
    """What the other engine finds with the exported structures and rules, read back as identities."""
    results = run_rules(catalogue, store, folder)
    found: set[Violated] = set()
    for check in derive_checks(catalogue):
        for row in results.pop(check.result, ()):
            pattern = check.rules[row["ruleid"]] if isinstance(check, HierarchyCheck) else check.pattern
            assert row["errorcode"] == pattern.because.replace('"', "'")
            found.add((pattern.kind, pattern.because, cells_of(pattern, row, store)))
    assert not results, "every result belongs to a check"
    return found


def cells_of(pattern: Pattern, row: dict[str, Any], store: ObservationStore) -> frozenset[tuple[str, Codes]]:
    named = {name: row.get(component_id(name)) for name in pattern.total.cube.dimension_names}
    codes = (read_code_id(code) if code is not None else pattern.total.fix[name] for name, code in named.items())
    identity = pattern.at(tuple(codes))
    assert identity is not None
    return frozenset((term.cube.name, term.codes) for term in identity.terms if store.get(term.cube.name, term.codes))


def run_rules(catalogue: Catalogue, store: ObservationStore, folder: Path) -> dict[str, list[dict[str, Any]]]:
    folder.mkdir()
    script = export_rules(catalogue, store.cubes)
    (folder / "structures.xml").write_bytes(export_structures(catalogue))
    (folder / "rules.vtl").write_text(script, encoding="utf-8")
    for name in store.cubes:
        if f"DF_{artefact_id(name)}[" in script:
            write_datapoints(catalogue.cubes[name], store, folder)
    command = [str(ENGINE), str(Path(__file__).with_name("run_vtl.py")), str(folder)]
    assert ENGINE.exists(), "the VTL engine has an environment of its own: make .venv-vtl/.done"
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    results: dict[str, list[dict[str, Any]]] = json.loads(run.stdout)
    return results


def write_datapoints(cube: Cube, store: ObservationStore, folder: Path) -> None:
    """A cube's observations as the exported structure says them."""
    rows = []
    for codes, observation in store.cubes[cube.name].items():
        value = "" if observation.value is None else f"{observation.value:f}"
        rows.append([*map(code_id, codes), value, STATUS_IDS[observation.status]])
    header = [*map(component_id, cube.dimension_names), "OBS_VALUE", "OBS_STATUS"]
    write_csv(folder / f"DF_{artefact_id(cube.name)}.csv", header, rows)


def write_csv(file: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


def faulty_store(catalogue: Catalogue, cubes: Collection[str], seed: int, folder: Path) -> ObservationStore:
    """Consistent figures for Italy, its regions and some regions' provinces, with faults and gaps planted."""
    folder.mkdir()
    chance = random.Random(seed)
    synthesis = Synthesis(catalogue, seed)
    for name in sorted(cubes):
        cube = catalogue.cubes[name]
        rows: list[list[str]] = []
        for codes in every_key(cube):
            if not cube.is_void(dict(zip(cube.dimension_names, codes, strict=True))):
                rows.extend(planted(chance, codes, synthesis.value(name, codes)))
        write_csv(folder / f"{name}.csv", [*cube.dimension_names, "value", "status"], rows)
    (folder / "version.yaml").write_text('version: "prova"\ndate: "2025-01-31"\n', encoding="utf-8")
    return load_observations(catalogue, folder)


def every_key(cube: Cube) -> Iterator[Codes]:
    gazetteer = Gazetteer.load()
    provinces = [code for region in ("09", "10") for code in gazetteer.sum_hierarchy(2024)[region]]
    territories = [gazetteer.country().code, *(region.code for region in gazetteer.regions(2024)), *provinces]
    axes = [tuple(dimension.codelist.codes) for dimension in cube.dimensions if dimension.codelist is not None]
    return product(territories, ("2023", "2024"), *axes)


def planted(chance: random.Random, codes: Codes, value: Decimal) -> Iterator[list[str]]:
    """The row of a key: as it should be, or wrong by a little or a lot, or without a number, or not there."""
    fault = chance.choices(("none", "last digit", "slip", "nil", "missing", "confidential", "absent"), (970, 8, 8, 3, 4, 4, 3))[
        0
    ]
    last = Decimal(1).scaleb(int(value.as_tuple().exponent))
    if fault in {"nil", "missing", "confidential"}:
        yield [*codes, "", fault]
    elif fault == "last digit":
        yield [*codes, f"{value + last:f}", ""]
    elif fault == "slip":
        yield [*codes, f"{value * 10 + last:f}", ""]
    elif fault == "none":
        yield [*codes, f"{value:f}", ""]


# What no declared relation has yet: last year's figures, those of a given year, and measures that are rounded.
RELATIONS = """\
apertura_dalla_chiusura:
  title: I giudizi da lavorare a inizio anno sono quelli rimasti alla fine dell'anno prima
  plus: [{cube: giudizi_movimento, fix: {movimento: CHIUSI, period: "-1"}}]
  equals: {cube: giudizi_movimento, fix: {movimento: APERTI}}
  because: opening stock = last year's "closing stock"
occupate:
  title: Le occupate sono tra gli occupati
  plus: [{cube: occupati, fix: {sex: F}}]
  at_most: {cube: occupati, fix: {sex: T}}
  because: women ≤ all
quote_in_crescita:
  title: Le domande accolte crescono
  plus: [{cube: quote_accolte, fix: {period: "2023"}}]
  at_most: {cube: quote_accolte, fix: {period: "2024"}}
  because: what one year had ≤ what the next has
"""


@pytest.fixture
def extended(tmp_path: Path) -> Catalogue:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "relations.yaml").write_text(RELATIONS, encoding="utf-8")
    return load_catalogue(2024, (PACKAGED, workspace))


def test_the_packaged_data_get_the_same_verdicts_from_vtl(tmp_path: Path) -> None:
    catalogue = load_catalogue(2024)
    store = load_observations(catalogue)
    assert violated_by_vtl(catalogue, store, tmp_path / "vtl") == violated_by_us(catalogue, store)


@pytest.mark.parametrize("seed", [2024, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(12))])
def test_planted_faults_get_the_same_verdicts_from_vtl(seed: int, extended: Catalogue, tmp_path: Path) -> None:
    # Figures come from the packaged declarations alone: those of the workspace they break almost everywhere.
    store = faulty_store(load_catalogue(2024), SYNTHETIC, seed, tmp_path / "data")
    ours = violated_by_us(extended, store)
    theirs = violated_by_vtl(extended, store, tmp_path / "vtl")
    assert {kind for kind, _because, _cells in ours} == set(IdentityKind)
    declared = {because for _kind, because, _cells in ours}
    assert {'opening stock = last year\'s "closing stock"', "what one year had ≤ what the next has"} <= declared
    assert theirs - ours == set()
    assert ours - theirs == set()


def test_the_rules_are_the_same_text_each_time() -> None:
    assert export_rules(load_catalogue(2024)) == export_rules(load_catalogue(2024, (PACKAGED,)))


def test_rules_ask_only_for_the_cubes_that_there_are() -> None:
    script = export_rules(load_catalogue(2024), ["giudizi_movimento"])
    assert set(re.findall(r"\bDF_\w+", script)) == {"DF_GIUDIZI_MOVIMENTO"}
    assert "RELATION_" not in script


def test_rules_for_an_unknown_cube_suggest_the_near() -> None:
    with pytest.raises(UnknownName, match="popolazione"):
        export_rules(load_catalogue(2024), ["popolazion"])

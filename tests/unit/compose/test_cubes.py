"""The cubes beside the report hold what it prints, and what its sentences rest on though no table prints it."""

from dataclasses import replace
from pathlib import Path

from rendiconto.compose import compose_report, with_cited_cubes
from rendiconto.document.claims import Evidence, JudgedClaim, Verdict
from rendiconto.document.prose import Sentence
from rendiconto.document.report import Document
from rendiconto.document.values import Origin, Status
from rendiconto.observations import Resolver
from toy_edition import place, toy_catalogue, toy_report, toy_store

CITED = "saldo/045/2023"


def citing(document: Document, cell: str) -> Document:
    evidence = Evidence(cell, None, Status.NORMAL, "1", "saldo naturale")
    claim = JudgedClaim("1", 0, 1, Verdict.SUPPORTED, "value", (evidence,))
    return replace(document, highlights=(Sentence("1", (claim,)),))


def test_a_computed_figure_that_only_prose_tells_is_added_with_its_cube(tmp_path: Path) -> None:
    catalogue, store = toy_catalogue(), toy_store(tmp_path)
    report = compose_report(catalogue, store, place("massa-carrara"), tables=["1"])
    assert "saldo" not in {cube.name for cube in report.cubes}
    added = with_cited_cubes(citing(report, CITED), catalogue, Resolver(catalogue, store))
    assert [cube.name for cube in added.cubes] == sorted([*(cube.name for cube in report.cubes), "saldo"])
    (cube,) = [cube for cube in added.cubes if cube.name == "saldo"]
    (observation,) = cube.observations
    assert [code for _, code in observation.key] == ["045", "2023"]
    assert observation.origin is Origin.COMPUTED
    assert cube.tables == ()
    assert [code.label for code in cube.dimensions[0].codes] == ["Massa-Carrara"]


def test_what_is_there_already_is_left_as_it_is(tmp_path: Path) -> None:
    report, resolver = toy_report(tmp_path), Resolver(toy_catalogue(), toy_store(tmp_path))
    there = report.cubes[0]
    key = "/".join((there.name, *(code for _, code in there.observations[0].key)))
    for cell in (str(report.grids[0].cells[0][0].ref), key):
        assert with_cited_cubes(citing(report, cell), toy_catalogue(), resolver).cubes == report.cubes

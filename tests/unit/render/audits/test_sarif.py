"""Audits as SARIF 2.1.0."""

from dataclasses import replace
from typing import Any

import simplejson

from rendiconto.document.claims import AuditReport
from rendiconto.render.audits import render_audit
from unit.render.audits.reports import FIRST, OVERSTATED, RULES, full_report, hostile_report, report_of
from unit.render.findings.reports import unreadable


def run_of(report: AuditReport) -> dict[str, Any]:
    log = simplejson.loads(render_audit("sarif", [report], {**RULES, "overstated": OVERSTATED}))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)


def results_of(report: AuditReport, rule: str) -> list[dict[str, Any]]:
    return [result for result in run_of(report)["results"] if result["ruleId"] == rule]


def test_every_file_has_its_run() -> None:
    log = simplejson.loads(render_audit("sarif", [full_report("a.txt"), full_report("b.txt")]))
    places = [run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for run in log["runs"]]
    assert places == ["a.txt", "b.txt"]
    assert simplejson.loads(render_audit("sarif", []))["runs"] == []


def test_results_are_those_that_somebody_must_look_at() -> None:
    results = run_of(full_report())["results"]
    assert [result["ruleId"] for result in results].count("contradicted") == 3
    assert [result["ruleId"] for result in results].count("not-checkable") == 2
    assert {result["ruleId"] for result in results} == {"contradicted", "not-checkable", "sum", "overstated"}


def test_rules_and_results_agree() -> None:
    for report in (full_report(), hostile_report(), report_of()):
        run = run_of(report)
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(rules) == len(set(rules))
        assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
        assert all(result["message"]["text"] for result in run["results"])
        assert all("suppressions" in result for result in run["results"])


def test_a_rule_of_the_caller_is_not_described_twice() -> None:
    rules = {"contradicted": replace(OVERSTATED, id="contradicted", title="Mine")}
    (run,) = simplejson.loads(render_audit("sarif", [full_report()], rules))["runs"]
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert described["contradicted"]["shortDescription"]["text"] == "Mine"
    assert len(described) == len(run["tool"]["driver"]["rules"])
    assert all(list(described)[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_a_contradiction_is_an_error_and_what_cannot_be_checked_is_for_review() -> None:
    assert {(each["kind"], each["level"]) for each in results_of(full_report(), "contradicted")} == {("fail", "error")}
    assert {(each["kind"], each["level"]) for each in results_of(full_report(), "not-checkable")} == {("review", "none")}
    assert [each["level"] for each in results_of(full_report(), "overstated")] == ["note"]


def test_the_region_is_the_words_of_the_claim() -> None:
    report = full_report()
    assert run_of(report)["columnKind"] == "unicodeCodePoints"
    result = results_of(report, "contradicted")[1]
    region = result["locations"][0]["physicalLocation"]["region"]
    claim = report.claims[5]
    assert (region["charOffset"], region["charLength"]) == (claim.start, len(claim.text))
    line = FIRST.split("\n")[region["startLine"] - 1]
    assert region["startLine"] == region["endLine"] == 2
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == claim.text == region["snippet"]["text"]


def test_a_claim_outside_all_passages_has_its_offset_alone() -> None:
    (result, *_) = results_of(replace(full_report(), passages=()), "contradicted")
    assert set(result["locations"][0]["physicalLocation"]["region"]) == {"charOffset", "charLength", "snippet"}


def test_a_claim_says_remedy_reason_and_cells() -> None:
    first, _, bare = results_of(full_report(), "contradicted")
    assert first["message"]["text"] == (
        "“54.171” is contradicted by the data\nShould say: 54.117 (2024, Massa-Carrara)\nBecause: Pensionati INPS: 54.117"
    )
    assert first["relatedLocations"] == [
        {
            "id": 1,
            "logicalLocations": [{"fullyQualifiedName": "T31.0/massa-carrara/2024/r0/c0"}],
            "message": {"text": "54.117 (Pensionati INPS, Massa-Carrara, 2024)"},
        }
    ]
    assert "relatedLocations" not in bare
    assert "\n" not in bare["message"]["text"]


def test_fingerprints_do_not_depend_on_the_place_and_tell_twins_apart() -> None:
    report = full_report()
    moved = replace(report, claims=tuple(replace(claim, start=claim.start + 9, end=claim.end + 9) for claim in report.claims))
    twice = replace(report, claims=(*report.claims, report.claims[0]))

    def prints(some: AuditReport) -> list[str]:
        return [result["partialFingerprints"]["rendiconto/claim/v1"] for result in results_of(some, "contradicted")]

    assert prints(report) == prints(moved)
    assert len(set(prints(twice))) == 4


def test_a_finding_is_in_the_file_unless_its_key_names_another() -> None:
    (own,) = results_of(full_report("testo di prova.txt"), "sum")
    assert own["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "testo%20di%20prova.txt"}}
    (other,) = results_of(report_of(findings=[unreadable("dati.csv row 12", "x")]), "number")
    assert other["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "dati.csv"}


def test_coverage_is_said() -> None:
    coverage = run_of(full_report())["properties"]["coverage"]
    assert coverage == {"numeric_sentences": 6, "checked": 4, "not_understood": 1, "supported": 5}

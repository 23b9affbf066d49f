"""Findings as SARIF 2.1.0, against the structure that the standard requires."""

from dataclasses import replace
from typing import Any

import pytest
import simplejson
from jsonschema import Draft202012Validator

from rendiconto.render.findings import FindingsReport
from rendiconto.render.findings.sarif import render_sarif
from unit.render.findings.reports import full_report, report_of, unreadable, wrong_sum

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
PHYSICAL = {
    "type": "object",
    "required": ["artifactLocation"],
    "properties": {
        "artifactLocation": {"type": "object", "required": ["uri"], "properties": {"uri": {"pattern": "^[!-~]+$"}}},
        "region": {"type": "object", "required": ["startLine"], "properties": {"startLine": {"type": "integer", "minimum": 1}}},
    },
    "additionalProperties": False,
}
LOCATION = {
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": TEXT,
        "physicalLocation": PHYSICAL,
        "logicalLocations": {
            "type": "array",
            "items": {"type": "object", "required": ["fullyQualifiedName"], "additionalProperties": {"type": "string"}},
        },
    },
    "additionalProperties": False,
}
RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}, "additionalProperties": False},
    },
    "additionalProperties": False,
}
SUPPRESSION = {
    "type": "object",
    "required": ["kind"],
    "properties": {
        "kind": {"enum": ["inSource", "external"]},
        "status": {"enum": ["accepted", "underReview", "rejected"]},
        "justification": {"type": "string"},
        "properties": {"type": "object"},
    },
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["message", "suppressions"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
        "relatedLocations": {"type": "array", "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "suppressions": {"type": "array", "items": SUPPRESSION},
        "properties": {"type": "object"},
    },
    "additionalProperties": False,
}
DRIVER = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string", "minLength": 1},
        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
    },
    "additionalProperties": False,
}
RUN = {
    "type": "object",
    "required": ["tool", "results"],
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}, "additionalProperties": False},
        "language": {"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
        "automationDetails": {"type": "object", "required": ["id"]},
        "results": {"type": "array", "items": RESULT},
    },
    "additionalProperties": False,
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN, "minItems": 1},
    },
    "additionalProperties": False,
}
"""What the OASIS schema requires of the parts that we write, and no part that we do not."""


def run_of(report: FindingsReport) -> dict[str, Any]:
    log = simplejson.loads(render_sarif(report))
    Draft202012Validator(LOG).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("report", [full_report(), report_of(), replace(full_report(), rules={})])
def test_the_log_is_as_the_standard_requires(report: FindingsReport) -> None:
    run = run_of(report)
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_levels_are_those_of_the_severities() -> None:
    assert [result["level"] for result in run_of(full_report())["results"]] == ["error", "note", "warning", "error"]


def test_rules_say_what_and_why() -> None:
    rules = {rule["id"]: rule for rule in run_of(full_report())["tool"]["driver"]["rules"]}
    assert list(rules) == ["missing", "number", "sum"]
    assert rules["missing"]["defaultConfiguration"] == {"level": "note"}
    assert rules["sum"]["shortDescription"]["text"] == "A total equals the sum of its parts"


def test_the_culprit_is_the_location_and_the_others_are_related() -> None:
    finding = wrong_sum()
    (result,) = run_of(report_of(finding))["results"]
    assert result["partialFingerprints"] == {"rendiconto/v1": finding.id}
    names = [place["logicalLocations"][0]["fullyQualifiedName"] for place in result["locations"] + result["relatedLocations"]]
    assert names == list(finding.cells)
    assert "physicalLocation" not in result["locations"][0]
    assert result["message"]["text"] == f"{finding.message}\nHint: {finding.hint}"


@pytest.mark.parametrize(
    ("key", "physical"),
    [
        ("dati 1º.csv row 12", {"artifactLocation": {"uri": "dati%201%C2%BA.csv"}, "region": {"startLine": 12}}),
        ("dati.xlsx Foglio1!C7", {"artifactLocation": {"uri": "dati.xlsx"}}),
    ],
)
def test_a_cell_of_a_file_is_a_physical_location(key: str, physical: dict[str, Any]) -> None:
    (location,) = run_of(report_of(unreadable(key, "x")))["results"][0]["locations"]
    assert location["physicalLocation"] == physical
    assert location["logicalLocations"] == [{"fullyQualifiedName": key}]


def test_waived_findings_are_suppressed_and_the_others_are_not() -> None:
    *others, waived = run_of(full_report())["results"]
    assert all(result["suppressions"] == [] for result in others)
    (suppression,) = waived["suppressions"]
    assert suppression["justification"] == "la fonte è così"
    assert suppression["properties"] == {"author": "Nicolò Però", "expires": "2026-12-31"}


def test_the_version_is_said_if_known() -> None:
    assert "version" not in run_of(report_of())["tool"]["driver"]
    assert run_of(replace(report_of(), tool_version="0.1.0"))["tool"]["driver"]["version"] == "0.1.0"

"""Audits as JSON: the shape that scripts depend on."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import simplejson
from jsonschema import Draft202012Validator

from rendiconto.document.claims import AuditReport
from rendiconto.render.audits import render_audit
from unit.render.audits.reports import evidence, full_report, hostile_report, report_of


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
FIGURE = {"type": ["number", "null"]}
EVIDENCE = closed({"cell": TEXT, "value": FIGURE, "shown": TEXT, "label": TEXT})
CLAIM = closed(
    {
        "text": TEXT,
        "start": COUNT,
        "end": COUNT,
        "verdict": {"enum": ["supported", "contradicted", "not-checkable"]},
        "operation": TEXT,
        "evidence": {"type": "array", "items": EVIDENCE},
        "should_say": TEXT,
        "why": TEXT,
    }
)
FINDING = {
    "type": "object",
    "required": ["id", "rule", "severity", "cells", "expected", "observed", "tolerance", "message"],
    "properties": {"severity": {"enum": ["error", "warning", "info"]}, "cells": {"type": "array", "items": TEXT}},
}
REPORT = closed(
    {
        "file": TEXT,
        "territory": TEXT,
        "edition": {"type": "integer"},
        "coverage": closed({"numeric_sentences": COUNT, "checked": COUNT}),
        "claims": {"type": "array", "items": CLAIM},
        "findings": {"type": "array", "items": FINDING},
    }
)


def content_of(*reports: AuditReport) -> dict[str, Any]:
    content: dict[str, Any] = simplejson.loads(render_audit("json", reports), use_decimal=True)
    return content


@pytest.mark.parametrize("report", [full_report(), report_of(), hostile_report()], ids=["full", "empty", "hostile"])
def test_one_report_has_the_stable_shape(report: AuditReport) -> None:
    content = content_of(report)
    Draft202012Validator(REPORT).validate(simplejson.loads(render_audit("json", [report])))
    assert content["claims"] == [claim.as_json() for claim in report.claims]
    assert content["findings"] == [finding.as_json() for finding in report.findings]
    assert content["coverage"] == report.coverage.as_json()
    assert (content["file"], content["territory"], content["edition"]) == (report.file, report.territory, report.edition)


def test_several_reports_stand_in_a_list_in_their_order() -> None:
    content = content_of(full_report("b.txt"), full_report("a.txt"))
    assert list(content) == ["reports"]
    assert [report["file"] for report in content["reports"]] == ["b.txt", "a.txt"]
    assert content["reports"][0] == content_of(full_report("b.txt"))
    assert content_of() == {"reports": []}


def test_a_confidential_figure_has_no_value() -> None:
    cells = [item for claim in content_of(full_report())["claims"] for item in claim["evidence"]]
    (hidden,) = [item for item in cells if item["shown"] == "*"]
    assert hidden["value"] is None


def test_figures_keep_their_digits_and_accents_stay() -> None:
    report = full_report()
    figure = evidence("T17.0/x/2024/r0/c0", "1,10", "Entità", "123213022641.2500")
    content = render_audit("json", [replace(report, claims=(replace(report.claims[0], evidence=(figure,)),))])
    assert b'"value": 123213022641.2500' in content
    assert "Entità".encode() in content
    assert content.endswith(b"}\n")
    assert content_of(report)["findings"][1]["tolerance"] == Decimal("1.5")

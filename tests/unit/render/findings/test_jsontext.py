"""Findings as JSON."""

from dataclasses import replace
from decimal import Decimal

import simplejson

from rendiconto.render.findings.jsontext import render_json
from unit.render.findings.reports import full_report, report_of, wrong_sum


def test_findings_have_their_stable_shape() -> None:
    report = full_report()
    content = simplejson.loads(render_json(report), use_decimal=True)
    assert list(content) == ["findings", "waived"]
    assert content["findings"] == [finding.as_json() for finding in report.findings]
    waived = {"id": report.waived[0].finding.id, "author": "Nicolò Però", "reason": "la fonte è così", "expires": "2026-12-31"}
    assert content["waived"] == [waived]


def test_the_keys_are_there_without_findings() -> None:
    assert simplejson.loads(render_json(report_of())) == {"findings": [], "waived": []}


def test_figures_keep_their_digits() -> None:
    finding = replace(wrong_sum(), expected=Decimal("201546080.3100"), observed=Decimal("0.1"))
    assert b'"expected": 201546080.3100' in render_json(report_of(finding))
    assert b'"observed": 0.1,' in render_json(report_of(finding))


def test_accents_are_written_as_they_are_and_the_file_ends_with_a_line() -> None:
    content = render_json(full_report())
    assert "così non può essere".encode() in content
    assert content.endswith(b"}\n")

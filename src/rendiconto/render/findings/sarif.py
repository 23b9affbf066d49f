"""Findings as SARIF 2.1.0, the OASIS standard that code hosts and editors show beside a file.

A cell of the report is a logical location; the place in a delivered file that a key names is a physical one too. The likely
culprit is the location of a result, the other cells are related.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import simplejson

from rendiconto.findings import Finding, Rule, Severity
from rendiconto.render.findings import FindingsReport, WaivedFinding
from rendiconto.render.findings.citedcells import CitedCell, cited_cells, file_place

FINGERPRINT = "rendiconto/v1"
"""The scheme of our fingerprints: a finding's id, made of rule and keys."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render_sarif(report: FindingsReport) -> bytes:
    """One SARIF log with one run, in UTF-8."""
    cited = [*report.findings, *(waived.finding for waived in report.waived)]
    ids = sorted({*report.rules, *(finding.rule for finding in cited)})
    driver: dict[str, Any] = {"name": "Rendiconto", "rules": [_rule(name, report.rules) for name in ids]}
    if report.tool_version:
        driver["version"] = report.tool_version
    index = {name: at for at, name in enumerate(ids)}
    # The standard wants `suppressions` on all results of a run or on none.
    results = [{**_result(finding, index), "suppressions": []} for finding in report.findings]
    results += [{**_result(waived.finding, index), "suppressions": [_suppression(waived)]} for waived in report.waived]
    run = {
        "tool": {"driver": driver},
        "language": "en",
        "automationDetails": {"id": f"rendiconto/{report.edition}/{report.data_version}"},
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return (simplejson.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()


def _rule(name: str, rules: Mapping[str, Rule]) -> dict[str, Any]:
    if name not in rules:
        return {"id": name}
    rule = rules[name]
    return {
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    text = f"{finding.message}\nHint: {finding.hint}" if finding.hint else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "partialFingerprints": {FINGERPRINT: finding.id},
    }
    cells = cited_cells(finding)
    if cells:
        result["locations"] = [_location(cells[0])]
    if len(cells) > 1:
        result["relatedLocations"] = _related(cells[1:])
    if finding.office:
        result["properties"] = {"office": finding.office}
    return result


def _related(cells: Sequence[CitedCell]) -> list[dict[str, Any]]:
    return [{"id": number, **_location(cell)} for number, cell in enumerate(cells, start=1)]


def _location(cell: CitedCell) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": cell.cell}]}
    if cell.value:
        location["message"] = {"text": cell.value}
    place = file_place(cell.key)
    if place is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
        if place.row is not None:
            physical["region"] = {"startLine": place.row}
        location["physicalLocation"] = physical
    return location


def _suppression(waived: WaivedFinding) -> dict[str, Any]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": waived.reason,
        "properties": {"author": waived.author, "expires": waived.expires},
    }

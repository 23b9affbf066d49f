"""Audits as SARIF 2.1.0, one run for each file: what is contradicted, what a person must look at, and the findings.

Offsets and columns count characters of the text as it was read: the file itself for text and Markdown, else its lines joined.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import simplejson

from rendiconto.document.claims import AuditReport, Evidence, JudgedClaim, Verdict
from rendiconto.findings import Rule
from rendiconto.render.audits.places import Places
from rendiconto.render.findings import FindingsReport
from rendiconto.render.findings.sarif import render_sarif as findings_sarif

FINGERPRINT = "rendiconto/claim/v1"
"""The scheme of a claim's fingerprint: verdict, words, cells, and which of its like it is; no place in the text."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES: dict[Verdict, dict[str, Any]] = {
    Verdict.CONTRADICTED: {
        "id": "contradicted",
        "name": "contradicted",
        "shortDescription": {"text": "Sentences say what the figures say"},
        "fullDescription": {"text": "A sentence that its tables contradict is wrong, or they are."},
        "defaultConfiguration": {"level": "error"},
    },
    Verdict.NOT_CHECKABLE: {
        "id": "not-checkable",
        "name": "not-checkable",
        "shortDescription": {"text": "What the data cannot show is for a person to judge"},
        "fullDescription": {"text": "The data lack a figure that the claim needs, or it is confidential, or it names none."},
        "defaultConfiguration": {"level": "note"},
    },
}


def render_sarif(reports: Sequence[AuditReport], rules: Mapping[str, Rule]) -> bytes:
    """One SARIF log in UTF-8: contradicted claims are errors, not-checkable ones of kind "review", supported ones left out."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, rules) for report in reports]}
    return (simplejson.dumps(log, ensure_ascii=False, indent=1) + "\n").encode(errors="backslashreplace")


def _run(report: AuditReport, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The run of the report's findings, with the claims before them."""
    findings = FindingsReport(report.title, report.edition, report.data_version, "", report.findings, (), rules)
    run: dict[str, Any] = simplejson.loads(findings_sarif(findings))["runs"][0]
    artifact = {"uri": _uri(report.file)}
    for result in run["results"]:
        # A cell of the report is printed in this file, unless its key names another.
        for location in result.setdefault("locations", [{}])[:1]:
            location.setdefault("physicalLocation", {"artifactLocation": artifact})
    index = _claim_rules(run["tool"]["driver"]["rules"])
    coverage = {**report.coverage.as_json(), "not_understood": len(report.unread), "supported": report.count(Verdict.SUPPORTED)}
    return {
        **run,
        "columnKind": "unicodeCodePoints",
        "properties": {"territory": report.territory, "coverage": coverage},
        "results": [*_claims(report, artifact, index), *run["results"]],
    }


def _claim_rules(described: list[dict[str, Any]]) -> dict[Verdict, int]:
    """Where the rules of claims stand among those of a run; those that are not there are added last."""
    index = {}
    for verdict, rule in _RULES.items():
        known = [at for at, other in enumerate(described) if other["id"] == rule["id"]]
        if not known:
            described.append(rule)
        index[verdict] = known[0] if known else len(described) - 1
    return index


def _claims(report: AuditReport, artifact: dict[str, str], index: Mapping[Verdict, int]) -> Iterator[dict[str, Any]]:
    places = Places(report.passages)
    alike: Counter[str] = Counter()
    for claim in report.claims:
        if claim.verdict not in index:
            continue
        same = "\n".join((str(claim.verdict), " ".join(claim.text.split()), *(item.cell for item in claim.evidence)))
        alike[same] += 1
        physical = {"artifactLocation": artifact, "region": _region(claim, places)}
        result: dict[str, Any] = {
            "ruleId": _RULES[claim.verdict]["id"],
            "ruleIndex": index[claim.verdict],
            **_weight(claim.verdict),
            "message": {"text": _message(claim)},
            "partialFingerprints": {
                FINGERPRINT: sha256(f"{same}\n{alike[same]}".encode(errors="backslashreplace")).hexdigest()[:16]
            },
            "locations": [{"physicalLocation": physical}],
            "suppressions": [],
        }
        if claim.evidence:
            result["relatedLocations"] = [_related(at, item) for at, item in enumerate(claim.evidence, start=1)]
        yield result


def _weight(verdict: Verdict) -> dict[str, str]:
    # The standard allows a level other than "none" to failures only.
    return {"kind": "fail", "level": "error"} if verdict is Verdict.CONTRADICTED else {"kind": "review", "level": "none"}


def _region(claim: JudgedClaim, places: Places) -> dict[str, Any]:
    """Offset and length, lines and columns where the place is known, and the words."""
    region: dict[str, Any] = {"charOffset": claim.start, "charLength": claim.end - claim.start, "snippet": {"text": claim.text}}
    first, last = places.spot(claim.start), places.spot(claim.end)
    if first is not None and last is not None:
        region |= {"startLine": first.line, "startColumn": first.column, "endLine": last.line, "endColumn": last.column}
    return region


def _message(claim: JudgedClaim) -> str:
    contradicted = claim.verdict is Verdict.CONTRADICTED
    said = [f"“{' '.join(claim.text.split())}” {'is contradicted by the data' if contradicted else 'cannot be checked'}"]
    if claim.should_say:
        said.append(f"Should say: {claim.should_say}")
    if claim.why:
        said.append(f"Because: {claim.why}")
    return "\n".join(said)


def _related(number: int, item: Evidence) -> dict[str, Any]:
    text = f"{item.shown} ({item.label})" if item.label else item.shown
    return {"id": number, "logicalLocations": [{"fullyQualifiedName": item.cell}], "message": {"text": text}}


def _uri(file: str) -> str:
    return quote(file, errors="surrogateescape")

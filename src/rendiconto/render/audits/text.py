"""Audits for a terminal: English, what is contradicted first, what was not understood last. Lines are as long as they are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rendiconto.document.claims import AuditReport, Evidence, JudgedClaim, Verdict
from rendiconto.findings import Rule
from rendiconto.render.audits.places import Places
from rendiconto.render.findings import FindingsReport
from rendiconto.render.findings.citedcells import visible
from rendiconto.render.findings.text import render_text as findings_text

_UNKNOWN = "no reason given"


def render_text(reports: Sequence[AuditReport], rules: Mapping[str, Rule]) -> bytes:
    """The reports in UTF-8, a blank line between files."""
    if not reports:
        return b"nothing was audited\n"
    return "\n".join("\n".join(_report(report, rules)) + "\n" for report in reports).encode()


def _report(report: AuditReport, rules: Mapping[str, Rule]) -> Iterator[str]:
    places = Places(report.passages)
    title = f": {_line(report.title)}" if report.title else ""
    data = f"{visible(report.territory)}, edition {report.edition}, data {visible(report.data_version)}"
    yield f"{visible(report.file)}{title} ({data})"
    yield _coverage(report)
    contradicted = [claim for claim in report.claims if claim.verdict is Verdict.CONTRADICTED]
    if contradicted:
        yield from ("", f"CONTRADICTED ({len(contradicted)})")
        for claim in contradicted:
            yield ""
            yield from _contradicted(claim, places)
    if report.findings:
        yield from ("", *_findings(report, rules))
    yield from ("", *_others(report))
    if report.unread:
        yield from ("", f"NOT UNDERSTOOD ({len(report.unread)})")
        for start, end in report.unread:
            yield f"  {_where(start, places)}“{_line(places.text(start, end))}”"


def _coverage(report: AuditReport) -> str:
    count = report.coverage.numeric_sentences
    return f"{count} numeric or comparative sentence{'' if count == 1 else 's'}, {report.coverage.checked} checked"


def _contradicted(claim: JudgedClaim, places: Places) -> Iterator[str]:
    yield f"  {_where(claim.start, places)}“{_line(claim.text)}”"
    if claim.should_say:
        yield f"    should say: {_line(claim.should_say)}"
    if claim.why:
        yield f"    because: {_line(claim.why)}"
    for item in claim.evidence:
        yield f"    - {_evidence(item)}"


def _evidence(item: Evidence) -> str:
    label = f" ({_line(item.label)})" if item.label else ""
    return f"{visible(item.cell)} = {visible(item.shown)}{label}"


def _findings(report: AuditReport, rules: Mapping[str, Rule]) -> list[str]:
    """As reports of findings print them, but for the head: the file's own stands above."""
    whole = findings_text(FindingsReport(report.title, report.edition, report.data_version, "", report.findings, (), rules))
    _, _, body = whole.decode().partition("\n\n")
    return body.splitlines()


def _others(report: AuditReport) -> Iterator[str]:
    yield f"{report.count(Verdict.CONTRADICTED)} contradicted"
    yield f"{report.count(Verdict.SUPPORTED)} supported"
    yield f"{report.count(Verdict.NOT_CHECKABLE)} not checkable"
    reasons = Counter(_line(claim.why) or _UNKNOWN for claim in report.claims if claim.verdict is Verdict.NOT_CHECKABLE)
    for reason, count in reasons.most_common():
        yield f"  {count} × {reason}"


def _where(offset: int, places: Places) -> str:
    spot = places.spot(offset)
    if spot is None:
        return ""
    page = f"page {spot.page}, " if places.has_pages else ""
    return f"{page}line {spot.line}: "


def _line(text: str) -> str:
    """Text of others on one line."""
    return visible(" ".join(text.split()))

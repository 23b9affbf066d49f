"""Findings for a terminal: English, by severity and rule, the count last."""

import textwrap
from collections.abc import Iterable, Iterator

from rendiconto.findings import Finding, Severity
from rendiconto.render.findings import FindingsReport, WaivedFinding
from rendiconto.render.findings.citedcells import cited_cells, visible
from rendiconto.render.findings.grouping import split_by_severity, tally

_WIDTH = 100
_CELLS = 6
"""Cells shown of a finding; the other formats have them all."""

_HEADINGS = {Severity.ERROR: "ERRORS", Severity.WARNING: "WARNINGS", Severity.INFO: "INFOS"}
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}
_PLAIN = "\x1b[0m"


def render_text(report: FindingsReport, *, colour: bool = False) -> bytes:
    """The report in UTF-8, lines of at most 100 characters where words allow; ``colour`` adds ANSI codes, and no meaning."""
    lines = [*_wrapped(f"{report.title}: edition {report.edition}, data {report.data_version}, {report.date}"), ""]
    for severity, findings in split_by_severity(report.findings).items():
        lines += [f"{_HEADINGS[severity]} ({len(findings)})", ""]
        for rule, group in sorted(_by_rule(findings).items()):
            title = report.rules[rule].title if rule in report.rules else ""
            lines += [*_wrapped(f"{rule}: {title}" if title else rule), ""]
            for finding in group:
                lines += [*_finding(finding, colour=colour), ""]
    if report.waived:
        lines += [f"WAIVED ({len(report.waived)})", ""]
        for waived in report.waived:
            lines += [*_waived(waived), ""]
    lines.append(tally(report.findings, len(report.waived)))
    return ("\n".join(lines) + "\n").encode()


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return groups


def _finding(finding: Finding, *, colour: bool) -> Iterator[str]:
    severity = f"{_COLOURS[finding.severity]}{finding.severity}{_PLAIN}" if colour else str(finding.severity)
    first = visible(finding.cells[0]) if finding.cells else "(no cell)"
    yield f"  {severity} {finding.id} {first}"
    yield from _wrapped(finding.message, "    ")
    if finding.hint:
        yield from _wrapped(f"hint: {finding.hint}", "    ", "          ")
    if any(finding.values) or len(finding.cells) > 1:
        yield from _cells(finding)
    if finding.office:
        yield from _wrapped(f"office: {finding.office}", "    ", "            ")


def _cells(finding: Finding) -> Iterator[str]:
    cells = cited_cells(finding)
    for entry in cells[:_CELLS]:
        value = f" = {entry.value}" if entry.value else ""
        yield from _wrapped(f"{entry.cell}{value}", "    - ", "      ")
    if len(cells) > _CELLS:
        yield f"    + {len(cells) - _CELLS} more"


def _waived(waived: WaivedFinding) -> Iterator[str]:
    yield f"  {waived.finding.severity} {waived.finding.id}"
    yield from _wrapped(waived.finding.message, "    ")
    yield from _wrapped(f"waived by {waived.author} until {waived.expires}: {waived.reason}", "    ")


def _wrapped(text: str, first: str = "", then: str | None = None) -> list[str]:
    """Lines of the text; ids and addresses are never broken, so that they can be copied."""
    return textwrap.wrap(
        visible(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=first if then is None else then,
        break_long_words=False,
        break_on_hyphens=False,
    )

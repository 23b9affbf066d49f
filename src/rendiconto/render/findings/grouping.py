"""How findings are grouped and counted for their readers: by office, and by severity."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rendiconto.findings import Finding, Severity
from rendiconto.italian import italian_sort_key

NO_OFFICE = "Ufficio non indicato"

SEVERITIES_IT: dict[Severity, tuple[str, str]] = {
    Severity.ERROR: ("Errore", "Errori"),
    Severity.WARNING: ("Avviso", "Avvisi"),
    Severity.INFO: ("Informazione", "Informazioni"),
}
"""Each severity in Italian, one and many, worst first."""


@dataclass(frozen=True)
class OfficeFindings:
    """What one office is to look at, in the order of the report."""

    office: str
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """The office's name, or that none is known."""
        return self.office or NO_OFFICE

    @cached_property
    def by_severity(self) -> dict[Severity, tuple[Finding, ...]]:
        """The findings of each severity, worst first; severities without any are left out."""
        return split_by_severity(self.findings)


def split_by_severity(findings: Iterable[Finding]) -> dict[Severity, tuple[Finding, ...]]:
    """The findings of each severity, worst first; severities without any are left out."""
    groups: dict[Severity, list[Finding]] = {severity: [] for severity in Severity}
    for finding in findings:
        groups[finding.severity].append(finding)
    return {severity: tuple(group) for severity, group in groups.items() if group}


def split_by_office(findings: Iterable[Finding]) -> tuple[OfficeFindings, ...]:
    """The findings of each office, offices in alphabetical order; those of no office come last."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.office, []).append(finding)
    offices = sorted(groups, key=lambda office: (not office, italian_sort_key(office)))
    return tuple(OfficeFindings(office, tuple(groups[office])) for office in offices)


def tally(findings: Iterable[Finding], waived: int) -> str:
    """``2 errors, 9 warnings, 1 info, 0 waived``."""
    counts = Counter(finding.severity for finding in findings)
    said = [f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}" for severity in Severity]
    return ", ".join([*said, f"{waived} waived"])


def tally_it(findings: Iterable[Finding], waived: int) -> str:
    """``2 errori, 9 avvisi, 1 informazione, 0 in deroga``."""
    counts = Counter(finding.severity for finding in findings)
    said = [
        f"{counts[severity]} {(one if counts[severity] == 1 else many).lower()}"
        for severity, (one, many) in SEVERITIES_IT.items()
    ]
    return ", ".join([*said, f"{waived} in deroga"])

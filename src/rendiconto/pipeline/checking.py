"""An edition checked: what is open, what has been waived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rendiconto.check import check_data
from rendiconto.check.waivers import Waived, apply_waivers, read_waivers
from rendiconto.findings import Finding, Severity
from rendiconto.pipeline.editions import Edition
from rendiconto.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """Findings worst first, and those that a waiver sets aside."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]

    def reaching(self, severity: Severity) -> tuple[Finding, ...]:
        """The open findings at or above a severity."""
        return tuple(finding for finding in self.findings if finding.severity.reaches(severity))


def check_edition(
    edition: Edition,
    *,
    workspace: Workspace | None = None,
    as_published: bool = False,
    rules: Iterable[str] | None = None,
    today: date | None = None,
) -> Checked:
    """All that the checks find; a workspace's waivers are applied as of ``today``."""
    findings = check_data(edition.catalogue, edition.observations, focus=edition.focus, as_published=as_published, rules=rules)
    waivers = read_waivers(workspace.waivers) if workspace is not None else ()
    still_open, waived = apply_waivers(findings, waivers, today or date.today())  # noqa: DTZ011 - a day where the user is
    return Checked(tuple(still_open), tuple(waived))

"""Records compared with the figures of an edition, as findings."""

from collections.abc import Sequence
from dataclasses import dataclass

from rendiconto.audit.reconcile.binding import Binder
from rendiconto.audit.reconcile.choosing import judge_records
from rendiconto.audit.reconcile.judging import find_single, find_sums, find_unreadable
from rendiconto.audit.reconcile.numbers import read_figures
from rendiconto.audit.reconcile.ours import Ours, Verdict
from rendiconto.audit.reconcile.perimeters import find_misnamed, find_mixed
from rendiconto.audit.reconcile.records import Record
from rendiconto.audit.reconcile.rules import RECONCILE_RULES
from rendiconto.audit.reconcile.slips import Slips
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.check.places import PrintedPlaces
from rendiconto.findings import Finding, Severity
from rendiconto.observations.store import ObservationStore
from rendiconto.territory import Territory


@dataclass(frozen=True)
class Reconciled:
    """What was found, worst first, and how many figures are ours (rounded ones too), are not, were not compared."""

    findings: tuple[Finding, ...]
    matched: int
    differing: int
    unmatched: int

    def reaching(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings at or above a severity."""
        return tuple(finding for finding in self.findings if finding.severity.reaches(severity))

    @property
    def summary(self) -> dict[str, int]:
        """The three counts by name."""
        return {"matched": self.matched, "differing": self.differing, "unmatched": self.unmatched}


def reconcile_records(
    records: Sequence[Record], catalogue: Catalogue, store: ObservationStore, territory: Territory, title: str = ""
) -> Reconciled:
    """Compare records with the figures of an edition.

    ``territory`` is where a figure stands whose texts name none; ``title`` is what the file's name says of all of them.
    """
    ours = Ours(catalogue, store, territory)
    binder = Binder(catalogue, territory, title)
    slips = Slips(ours)
    places = PrintedPlaces(catalogue, (territory,))
    readings = read_figures(records)
    judged, findings = judge_records(records, readings, [binder.bind(record) for record in records], ours)
    findings += find_unreadable(records, readings)
    misnamed = list(find_misnamed(judged, slips, places))
    findings += misnamed
    findings += find_single(judged, slips, places, {key for finding in misnamed for key in finding.keys})
    findings += find_sums(judged, ours)
    findings += find_mixed(judged, ours)
    order = list(RECONCILE_RULES)
    findings.sort(key=lambda finding: (finding.severity.rank, order.index(finding.rule)))
    matched = sum(one.verdict in (Verdict.MATCHED, Verdict.ROUNDED) for one in judged)
    differing = sum(one.verdict is Verdict.DIFFERS for one in judged)
    return Reconciled(tuple(findings), matched, differing, len(records) - matched - differing)

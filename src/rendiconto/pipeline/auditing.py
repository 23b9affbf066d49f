"""A report or a text audited: its figures by the checks, its sentences by the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rendiconto.audit.figures import audit_figures, compare_figures
from rendiconto.audit.prose import ProseAuditor
from rendiconto.audit.rules import AUDIT_RULES
from rendiconto.check import RULES
from rendiconto.document.claims import AuditReport, JudgedClaim, Passage
from rendiconto.errors import RendicontoError
from rendiconto.findings import Finding, Rule
from rendiconto.observations.layers import layered
from rendiconto.pipeline.editions import DEFAULT_TERRITORY, Edition, load_edition
from rendiconto.pipeline.reading import figures_of, named_territory
from rendiconto.read.pagelines import squeeze, tell_apart
from rendiconto.read.passages import find_passages
from rendiconto.read.raw import read_raw
from rendiconto.read.rawtext import RawText
from rendiconto.read.reading import edition_of, read_report
from rendiconto.read.recognition import recognise_territory
from rendiconto.read.rules import READ_RULES
from rendiconto.territory import Gazetteer, Territory
from rendiconto.workspace import Workspace

_SHORTEST_DECLARED = 20
_CHECKED_ANYWAY = frozenset(("checksum", "impossible"))
"""Doubts of the reader that the checks judge."""


@dataclass(frozen=True, eq=False)
class AuditData:
    """What prose is checked against: an edition's figures as they bear on one territory."""

    edition: Edition
    territory: Territory

    @cached_property
    def auditor(self) -> ProseAuditor:
        """The auditor of prose over these figures; it remembers what it has looked up."""
        return ProseAuditor(self.edition.catalogue, self.edition.observations, self.territory)


def audit_data(territory: str | None = None, *, edition: int | None = None, workspace: Workspace | None = None) -> AuditData:
    """The figures of a workspace, or of the package, for one territory."""
    loaded = load_edition(edition, workspace=workspace)
    if territory is None and loaded.focus is not None and len(loaded.focus) == 1:
        return AuditData(loaded, loaded.focus[0])
    return AuditData(loaded, Gazetteer.load().find(territory or DEFAULT_TERRITORY, loaded.year))


def audit_text(text: str, data: AuditData) -> tuple[JudgedClaim, ...]:
    """The claims of a paragraph and their verdicts, for editors to call as they write; offsets are those of the text."""
    return data.auditor.audit([Passage(text, 0, 1, 1)]).claims


def audit_rules() -> dict[str, Rule]:
    """Every rule that an audit may cite, by id: of reading, of the checks, of the audit itself."""
    return {**READ_RULES, **RULES, **AUDIT_RULES}


def audit_file(
    path: Path, *, territory: str | None = None, edition: int | None = None, workspace: Workspace | None = None
) -> AuditReport:
    """A file audited.

    A report's figures are put through every check and set beside the data; its prose is checked against its own figures and,
    for what it does not print, against the data. A file of prose alone is checked against the data.
    """
    raw = read_raw(path)
    loaded = load_edition(edition or _said_edition(raw, workspace), workspace=workspace)
    lines = tell_apart(raw)
    if len(lines.captions) == 0 or not any(row.segment >= 0 for row in lines.rows):
        return _audit_prose(path, raw, AuditData(loaded, _whose(raw, territory, loaded)))
    read = read_report(raw, loaded.catalogue, named_territory(territory, loaded.year))
    printed = figures_of(read, loaded.catalogue, path)
    figures: list[Finding] = [
        *(finding for finding in read.findings if finding.rule not in _CHECKED_ANYWAY),
        *audit_figures(loaded.catalogue, printed, read.territory),
        *compare_figures(loaded.catalogue, read.cells, loaded.observations),
    ]
    both = layered(loaded.catalogue, loaded.observations, [printed.cubes])
    auditor = ProseAuditor(loaded.catalogue, both, read.territory)
    declared = _declared_texts(loaded)
    prose = [passage for passage in read.passages if not any(text in squeeze(passage.text) for text in declared)]
    return _report(path, auditor, prose, figures, AuditData(loaded, read.territory))


def _declared_texts(loaded: Edition) -> frozenset[str]:
    """What the catalogue itself writes into a report (perimeters, notes, legends, method): definitions, not claims."""
    catalogue, edition = loaded.catalogue, loaded.catalogue.edition
    tables = catalogue.tables.values()
    texts = [
        *(cube.perimeter for cube in catalogue.cubes.values()),
        *(note for table in tables for part in table.parts for note in part.notes),
        *(entry.text for table in tables for part in table.parts for entry in (*table.legend, *part.legend)),
        *(entry.text for entry in catalogue.glossary),
        *(text for section in (*edition.method, *edition.colophon, *edition.licence) for text in section.paragraphs),
        *(erratum.reason for erratum in loaded.observations.errata),
    ]
    return frozenset(squeezed for text in texts if len(squeezed := squeeze(text)) > _SHORTEST_DECLARED)


def _said_edition(raw: RawText, workspace: Workspace | None) -> int | None:
    """The year that a text says it is of, where nobody asks for another; a workspace has its own."""
    return None if workspace is not None else edition_of(raw, None, 0) or None


def _whose(raw: RawText, territory: str | None, loaded: Edition) -> Territory:
    """Whose figures a text is about: as asked, as the workspace says, as the text names it, else the packaged one's."""
    if territory is not None:
        return Gazetteer.load().find(territory, loaded.year)
    if loaded.focus is not None and len(loaded.focus) == 1:
        return loaded.focus[0]
    try:
        return recognise_territory(raw, tell_apart(raw), loaded.year)
    except RendicontoError:
        return Gazetteer.load().find(DEFAULT_TERRITORY, loaded.year)


def _audit_prose(path: Path, raw: RawText, data: AuditData) -> AuditReport:
    passages = find_passages(raw, (), report=False)
    return _report(path, data.auditor, passages, [], data)


def _report(
    path: Path, auditor: ProseAuditor, passages: Sequence[Passage], figures: Sequence[Finding], data: AuditData
) -> AuditReport:
    prose = auditor.audit(passages)
    findings = sorted((*figures, *prose.findings), key=lambda finding: (finding.severity.rank, finding.rule, finding.cells))
    edition = data.edition
    return AuditReport(
        file=path.name,
        title=f"Rendiconto Sociale {edition.year}",
        territory=data.territory.slug,
        edition=edition.year,
        data_version=edition.observations.version,
        passages=tuple(passages),
        claims=prose.claims,
        coverage=prose.coverage,
        unread=prose.unread,
        findings=tuple(findings),
    )

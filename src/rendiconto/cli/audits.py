"""Commands that run the compiler backwards: read what was published, audit what it says."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rendiconto.cli.options import EditionOption, OutFile, SeverityOption, here, needed_workspace, write_result
from rendiconto.findings import Severity

if TYPE_CHECKING:
    from rendiconto.document.review import Review
    from rendiconto.findings import Finding
    from rendiconto.read.reading import ReadReport
    from rendiconto.workspace import Workspace

TerritoryOption = Annotated[
    str | None, typer.Option("--territory", help="Whose report it is, by name, slug or code (said by the file, by default).")
]

_READ_FORMATS = ("json", "text", "csv", "xlsx", "delivery")


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report: text, PDF, Word file, web page or folder of a site.")],
    output: Annotated[
        str, typer.Option("--format", help="json, text, csv, xlsx or delivery (stored in the workspace).")
    ] = "json",
    territory: TerritoryOption = None,
    edition: EditionOption = None,
    severity: SeverityOption = Severity.ERROR,
    out: OutFile = None,
) -> None:
    """Read a report back into data: every table that the catalogue knows, and what could not be placed.

    A Word file of ours shows what was done to its text; a figure that is not the data's is an error.
    """
    from rendiconto.errors import UnknownName, nearest_names
    from rendiconto.pipeline import read_file, review_file

    if output not in _READ_FORMATS:
        raise UnknownName("format", output, nearest_names(output, _READ_FORMATS) or _READ_FORMATS)
    workspace = needed_workspace() if output == "delivery" else here()
    report = read_file(file, territory=territory, edition=edition, workspace=workspace)
    reviewed = None if output == "delivery" else review_file(file, report, workspace=workspace)
    review, changed = reviewed or (None, ())
    findings = (*changed, *report.findings)
    if output == "delivery" and workspace is not None:
        _deliver(report, file, workspace)
    else:
        if output == "xlsx" and out is None:
            out = Path(f"{report.territory.slug}-{report.document.edition}-letto.xlsx")
        write_result(_read_content(report, output, findings, review), out)
    if any(finding.severity.reaches(severity) for finding in findings) or (review is not None and review.contradicted):
        raise typer.Exit(1)


def data(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report as PDF.")],
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the files (one named after FILE).")] = None,
) -> None:
    """Take the data out that a report's PDF carries inside."""
    from rendiconto.pipeline import take_attached

    for path in take_attached(file, out or Path(f"{file.stem}-allegati")):
        print(path)


def _read_content(report: "ReadReport", output: str, findings: "tuple[Finding, ...]", review: "Review | None") -> bytes:
    from rendiconto.pipeline import render_xlsx
    from rendiconto.render.text.readings import reading_as_json
    from rendiconto.render.text.reviews import review_as_text
    from rendiconto.render.text.tables import tables_as_csv, tables_as_text

    if output == "xlsx":
        return render_xlsx(report.document)
    if output == "csv":
        return (tables_as_csv(report.document) + "\n").encode()
    if output == "text":
        return (review_as_text(review, findings) if review else tables_as_text(report.document) + "\n").encode()
    placed = {str(ref): (str(p.how), p.confidence, p.page, p.line) for ref, p in report.placements.items()}
    return reading_as_json(report.document, findings, placed, review)


def _deliver(report: "ReadReport", file: Path, workspace: "Workspace") -> None:
    from rendiconto.pipeline import deliver_reading

    entry, figures = deliver_reading(report, file, workspace)
    print(f"{file.name}: {report.document.subtitle}, edition {report.document.edition}")
    for finding in report.findings:
        print(f"  {finding.severity}: {finding.cells[0]}: {finding.message}")
    print(f"Version {entry.version}: {figures} figures stored.")


def _watched(files: list[Path]) -> Iterable[Path]:
    """The files one by one, with progress where somebody watches and there are several."""
    from rich.console import Console
    from rich.progress import track

    return track(files, description="audit", console=Console(stderr=True), transient=True, disable=len(files) < 2)


def audit(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="A report, or prose alone: text, Markdown, PDF, Word file, web page.")
    ],
    output: Annotated[str, typer.Option("--format", help="text, json, html or sarif.")] = "text",
    territory: TerritoryOption = None,
    edition: EditionOption = None,
    severity: SeverityOption = Severity.ERROR,
    out: OutFile = None,
) -> None:
    """Audit FILEs: their figures by every check, their sentences by the figures."""
    from rendiconto.document.claims import Verdict
    from rendiconto.errors import UnknownName, nearest_names
    from rendiconto.pipeline import audit_file, audit_rules
    from rendiconto.render.audits import AUDIT_FORMATS, render_audit

    if output not in AUDIT_FORMATS:
        raise UnknownName("format", output, nearest_names(output, AUDIT_FORMATS) or tuple(AUDIT_FORMATS))
    reports = [audit_file(file, territory=territory, edition=edition, workspace=here()) for file in _watched(files)]
    write_result(render_audit(output, reports, audit_rules()), out)
    contradicted = any(report.count(Verdict.CONTRADICTED) for report in reports)
    found = any(finding.severity.reaches(severity) for report in reports for finding in report.findings)
    if contradicted or found:
        raise typer.Exit(1)

"""The command that compares somebody's retyped figures with ours."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rendiconto.cli.options import DataVersion, EditionOption, OutFile, SeverityOption, loaded, write_result
from rendiconto.findings import Severity

if TYPE_CHECKING:
    from rendiconto.audit.reconcile import Reconciled


def reconcile(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A dashboard's data or an extract: CSV or JSON.")],
    territory: Annotated[
        str | None, typer.Option("--territory", help="Where figures stand whose texts name no territory (the workspace's own).")
    ] = None,
    severity: SeverityOption = Severity.ERROR,
    output: Annotated[str, typer.Option("--format", help="text, json, html, xlsx or sarif.")] = "text",
    edition: EditionOption = None,
    data_version: DataVersion = None,
    out: OutFile = None,
) -> None:
    """Compare somebody's retyped figures with ours: what differs, what does not add up, what mixes perimeters."""
    from rendiconto.audit.reconcile import RECONCILE_RULES
    from rendiconto.errors import UnknownName, nearest_names
    from rendiconto.pipeline.reconciling import reconcile_file, reconciled_territory
    from rendiconto.render.findings import FINDING_FORMATS, FindingsReport, render_findings

    if output not in FINDING_FORMATS:
        raise UnknownName("format", output, nearest_names(output, FINDING_FORMATS) or tuple(FINDING_FORMATS))
    data = loaded(edition, data_version)
    found = reconcile_file(file, data, reconciled_territory(data, territory))
    # For a reader, what was not compared is counted, unless asked for; for programs and files, everything is there.
    listed = found.reaching(max(severity, Severity.WARNING, key=lambda each: each.rank))
    brief = output == "text"
    report = FindingsReport(
        title=f"{file.name} – Rendiconto Sociale",
        edition=data.year,
        data_version=data.observations.version,
        date=data.observations.date,
        findings=listed if brief else found.findings,
        rules=dict(RECONCILE_RULES),
    )
    if output == "xlsx" and out is None:
        out = Path("riscontro.xlsx")
    content = render_findings(output, report)
    write_result(_with_summary(content, found) if output == "json" else content, out)
    if brief:
        print(", ".join(f"{count} {name}" for name, count in found.summary.items()) + ".")
        if len(listed) < len(found.findings):
            print(f"{len(found.findings) - len(listed)} findings of lesser weight; --severity info lists them.")
    if found.reaching(severity):
        raise typer.Exit(1)


def _with_summary(content: bytes, found: "Reconciled") -> bytes:
    """The findings as JSON with the three counts beside them."""
    import simplejson

    whole = {**simplejson.loads(content, use_decimal=True), "summary": found.summary}
    return (simplejson.dumps(whole, ensure_ascii=False, use_decimal=True, indent=1) + "\n").encode()

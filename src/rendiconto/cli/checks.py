"""Commands that check, waive, and export what is checked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from rendiconto.cli.options import (
    AsPublished,
    DataVersion,
    EditionOption,
    OutFile,
    SeverityOption,
    here,
    loaded,
    needed_workspace,
    write_result,
)
from rendiconto.findings import Severity

_WAIVER_DAYS = 365


def check(
    severity: SeverityOption = Severity.ERROR,
    output: Annotated[str, typer.Option("--format", help="text, json, html, xlsx or sarif.")] = "text",
    rule: Annotated[list[str] | None, typer.Option("--rule", help="Only this rule; repeatable.")] = None,
    as_published: AsPublished = False,
    edition: EditionOption = None,
    data_version: DataVersion = None,
    out: OutFile = None,
) -> None:
    """Check every figure against all that the catalogue says of it."""
    from rendiconto.check import RULES
    from rendiconto.errors import UnknownName, nearest_names
    from rendiconto.pipeline import check_edition
    from rendiconto.render.findings import FINDING_FORMATS, FindingsReport, WaivedFinding, render_findings

    if output not in FINDING_FORMATS:
        raise UnknownName("format", output, nearest_names(output, FINDING_FORMATS) or tuple(FINDING_FORMATS))
    data = loaded(edition, data_version)
    checked = check_edition(data, workspace=here(), as_published=as_published, rules=rule)
    # For a reader, what only looks odd is counted, unless asked for; for programs and files, everything is there.
    listed = checked.reaching(max(severity, Severity.WARNING, key=lambda each: each.rank))
    brief = output == "text"
    report = FindingsReport(
        title="Rendiconto Sociale",
        edition=data.year,
        data_version=data.observations.version,
        date=data.observations.date,
        findings=listed if brief else checked.findings,
        waived=tuple(
            WaivedFinding(each.finding, each.waiver.author, each.waiver.reason, each.waiver.expires) for each in checked.waived
        ),
        rules=dict(RULES),
    )
    if output == "xlsx" and out is None:
        out = Path("controlli.xlsx")
    write_result(render_findings(output, report), out)
    if brief and len(listed) < len(checked.findings):
        print(f"{len(checked.findings) - len(listed)} findings of lesser weight; --severity info lists them.")
    if checked.reaching(severity):
        raise typer.Exit(1)


def waive(
    finding: Annotated[str, typer.Argument(metavar="ID", help="The id of a finding, as `check` prints it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why the finding is accepted.")],
    author: Annotated[str, typer.Option("--author", help="Who accepts it.")],
    expires: Annotated[
        str | None, typer.Option("--expires", help="Until when (2025-12-31); a year from today by default.")
    ] = None,
    as_published: AsPublished = False,
) -> None:
    """Accept a finding: it is passed over until it expires or one of its figures changes."""
    from rendiconto.check.waivers import add_waiver, finding_by_id
    from rendiconto.errors import RendicontoError
    from rendiconto.pipeline import check_edition

    workspace = needed_workspace()
    try:
        until = date.fromisoformat(expires) if expires else date.today() + timedelta(days=_WAIVER_DAYS)  # noqa: DTZ011 - a day where the user is
    except ValueError:
        raise RendicontoError(f"{expires!r} is not a day", todo="Write it as 2025-12-31.") from None
    checked = check_edition(loaded(None), workspace=workspace, as_published=as_published)
    known = [*checked.findings, *(each.finding for each in checked.waived)]
    waiver = add_waiver(workspace.waivers, finding_by_id(known, finding), reason=reason, author=author, expires=until)
    print(f"{waiver.id}: waived by {waiver.author} until {waiver.expires}")


def structures(
    output: Annotated[str, typer.Option("--format", help="sdmx (SDMX-ML structures) or vtl (rules as VTL 2.1).")] = "sdmx",
    edition: EditionOption = None,
    out: OutFile = None,
) -> None:
    """Export the catalogue in the field's standards: codelists and cubes as SDMX-ML, rules as VTL."""
    from rendiconto.catalogue.standards import export_rules, export_structures
    from rendiconto.errors import UnknownName

    catalogue = loaded(edition).catalogue
    if output == "sdmx":
        write_result(export_structures(catalogue), out)
    elif output == "vtl":
        write_result(export_rules(catalogue).encode(), out)
    else:
        raise UnknownName("format", output, ("sdmx", "vtl"))

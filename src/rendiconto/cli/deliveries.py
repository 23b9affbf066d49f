"""Commands on a workspace's deliveries: take in, ask for, list, compare, go back."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rendiconto.cli.options import EditionOption, OutFile, here, loaded, needed_workspace, write_result

if TYPE_CHECKING:
    from rendiconto.observations.deliveries import Change, Entry
    from rendiconto.observations.intake.taking import Intake


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    edition: Annotated[int, typer.Option("--edition", help="Year of the edition.")] = 2024,
    territory: Annotated[
        list[str] | None, typer.Option("--territory", help="Whose report it is for; repeatable, or all.")
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Start without the packaged figures.")] = False,
) -> None:
    """Make a workspace in DIR: settings, deliveries, texts, waivers, results."""
    from rendiconto.catalogue import load_catalogue
    from rendiconto.workspace import init_workspace

    load_catalogue(edition)
    workspace = init_workspace(
        folder, edition=edition, territories=tuple(territory or ()), base="none" if empty else "packaged"
    )
    print(f"{workspace.root}: workspace for the edition {edition}. Next:")
    print(f"  cd {folder}")
    print("  rendiconto ingest FILE --dry-run")
    print("  rendiconto check")


def ingest(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="CSV, XLSX, ODS, Parquet, SDMX, JSON-stat, data package.")
    ],
    cube: Annotated[str | None, typer.Option("--cube", help="The cube that the files hold, where it cannot be told.")] = None,
    profile: Annotated[str | None, typer.Option("--profile", help="The delivery profile that says how to read them.")] = None,
    office: Annotated[str | None, typer.Option("--from", help="The office that sent them.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be stored, and store nothing.")] = False,
    accept_rest: Annotated[bool, typer.Option("--accept-rest", help="Store what is right, list the rest as missing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask to confirm how a file was understood.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write what is wrong for the office: .html, .xlsx, .json or .sarif.")
    ] = None,
    edition: EditionOption = None,
) -> None:
    """Take delivered FILEs in: all of them or, with any error, none."""
    from rendiconto.pipeline import ingest_files, inspect_files

    workspace = here() if dry_run else needed_workspace()
    intakes = _inspected(
        files,
        lambda path: inspect_files([path], workspace=workspace, edition=edition, cube=cube, profile=profile, office=office)[0],
    )
    for intake in intakes:
        _show(intake)
    if report is not None:
        _write_report(intakes, report)
    errors = sum(len(intake.errors) for intake in intakes)
    rows = sum(intake.rows for intake in intakes)
    if errors and not accept_rest:
        print(f"Nothing was stored: {errors} errors. Mend the file, explain it in a profile, or pass --accept-rest.")
        raise typer.Exit(1)
    if not rows:
        print("Nothing was stored: no figure was found.")
        raise typer.Exit(1)
    if dry_run or workspace is None:
        print(f"Dry run: {rows} figures would be stored" + (f", {errors} cells refused." if errors else "."))
        return
    if any(intake.inferred for intake in intakes) and not yes and not _confirmed():
        print("Nothing was stored.")
        raise typer.Exit(1)
    entry = ingest_files(workspace, intakes, edition=edition)
    print(f"Version {entry.version}: {rows} figures stored" + (f", {errors} cells refused and listed." if errors else "."))


def _inspected(files: Sequence[Path], inspect: "object") -> "list[Intake]":
    """Each file read, with progress where somebody watches."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    shown = track(files, description="read", console=console, transient=True, disable=len(files) < 2)
    return [inspect(path) for path in shown]  # type: ignore[operator]


def _write_report(intakes: "list[Intake]", path: Path) -> None:
    """What is wrong with the files, in the format that the report's name asks for; each finding under its office."""
    from dataclasses import replace
    from datetime import date

    from rendiconto.errors import UnknownName
    from rendiconto.observations.intake.rules import INTAKE_RULES
    from rendiconto.render.findings import FINDING_FORMATS, FindingsReport, render_findings

    name = path.suffix.removeprefix(".")
    if name not in FINDING_FORMATS:
        raise UnknownName("format", path.suffix, tuple(f".{known}" for known in FINDING_FORMATS if known != "text"))
    findings = tuple(replace(finding, office=intake.office or "") for intake in intakes for finding in intake.findings)
    title = f"Controllo delle consegne: {', '.join(intake.path.name for intake in intakes)}"
    edition = loaded(None).year
    today = date.today().isoformat()  # noqa: DTZ011 - a day where the user is
    content = render_findings(name, FindingsReport(title, edition, "–", today, findings, rules=dict(INTAKE_RULES)))
    write_result(content, path)


def _confirmed() -> bool:
    """Whether the editor agrees with how a file was understood; nobody can be asked where there is no terminal."""
    if not sys.stdin.isatty():
        return True
    return typer.confirm("Is this how the file is to be read?", default=True)


def _show(intake: "Intake") -> None:
    cubes = ", ".join(f"{taken.cube.name} ({len(taken.columns)} figures)" for taken in intake.taken) or "nothing"
    print(f"{intake.path.name} [{intake.format}] from {intake.office or 'an office not named'}: {cubes}")
    for note in intake.notes:
        print(f"  {note}")
    for finding in intake.findings:
        print(f"  {finding.severity}: {finding.keys[0]}: {finding.message}")


def request(
    office: Annotated[str, typer.Option("--office", help="The office, by its source (entrate) or its full name.")],
    edition: EditionOption = None,
    out: OutFile = None,
) -> None:
    """Write the workbook that an office has to fill; filled in, it is taken in as it is."""
    from rendiconto.pipeline import request_workbook

    workspace = here()
    content = request_workbook(loaded(edition), office)
    name = f"richiesta-{'-'.join(office.casefold().split())}.xlsx"
    write_result(content, out or (workspace.out if workspace else Path()) / name)


def deliveries(
    refused: Annotated[bool, typer.Option("--refused", help="List the cells that were refused, too.")] = False,
) -> None:
    """List what was delivered, and the version of the data that each delivery made."""
    from rendiconto.observations.deliveries import Ledger

    entries = Ledger(needed_workspace().deliveries).entries()
    if not entries:
        print("No delivery yet: version 0.")
    for entry in entries:
        _show_entry(entry, refused=refused)


def _show_entry(entry: "Entry", *, refused: bool) -> None:
    from rendiconto.observations.deliveries.ledger import RestoreEntry

    if isinstance(entry, RestoreEntry):
        print(f"{entry.version:>4}  {entry.at}  {entry.by}  back to version {entry.restores}")
        return
    for delivery in entry.deliveries:
        cubes = ", ".join(f"{name} ({stored.rows})" for name, stored in delivery.cubes.items())
        print(f"{entry.version:>4}  {entry.at}  {entry.by}  {delivery.file}  {delivery.sha256[:12]}")
        print(
            f"      from {delivery.office or '?'}: {cubes or 'nothing'}"
            + (f"; {len(delivery.refused)} refused" if delivery.refused else "")
        )
        for refusal in delivery.refused if refused else ():
            print(f"        {refusal.cell}: {refusal.reason}")


def diff(
    before: Annotated[int | None, typer.Argument(metavar="[A]", help="A version (the last but one by default).")] = None,
    after: Annotated[int | None, typer.Argument(metavar="[B]", help="A later version (the present one by default).")] = None,
    limit: Annotated[int, typer.Option("--limit", help="Changes to print; 0 for all.")] = 100,
    output: Annotated[str, typer.Option("--format", help="text or csv.")] = "text",
) -> None:
    """Compare two versions of the data, cell by cell, the largest change first."""
    from rendiconto.errors import UnknownName
    from rendiconto.observations.deliveries import Ledger, changes_between

    if output not in ("text", "csv"):
        raise UnknownName("format", output, ("text", "csv"))
    latest = len(Ledger(needed_workspace().deliveries).entries())
    second = latest if after is None else after
    first = max(second - 1, 0) if before is None else before
    changes = changes_between(loaded(None, first).observations, loaded(None, second).observations)
    if output == "csv":
        _print_csv(changes)
        return
    print(f"From version {first} to {second}: {len(changes)} figures differ.")
    for change in changes if not limit else changes[:limit]:
        print(f"  {_described(change)}")
    if limit and len(changes) > limit:
        print(f"  … {len(changes) - limit} more; --limit 0 prints all")


def _figures(change: "Change") -> tuple[str, str, str, str]:
    from rendiconto.document.values import Status
    from rendiconto.italian.numbers import MINUS, format_number

    def shown(figure: "tuple[object, Status] | None") -> str:
        if figure is None:
            return "absent"
        value, status = figure
        return status.symbol if value is None else f"{value:f}"

    absolute = "" if change.absolute is None else f"{change.absolute:+f}"
    relative = "" if change.relative is None else f"{format_number(change.relative, 1)}%"
    return shown(change.before), shown(change.after), absolute, relative.replace(MINUS, "-").replace(",", ".")


def _described(change: "Change") -> str:
    before, after, absolute, relative = _figures(change)
    by = f"  ({absolute}" + (f", {relative}" if relative else "") + ")" if absolute else ""
    return f"{change.cube}/{'/'.join(change.codes)}: {before} → {after}{by}"


def _print_csv(changes: "list[Change]") -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["cube", "key", "before", "after", "absolute", "relative"])
    for change in changes:
        writer.writerow([change.cube, "/".join(change.codes), *_figures(change)])


def restore(
    version: Annotated[int, typer.Argument(metavar="VERSION", help="The version to go back to; 0 is before any delivery.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Make an earlier version of the data the present one; nothing is lost, and it can be undone the same way."""
    from rendiconto.observations.deliveries import Ledger, changes_between

    workspace = needed_workspace()
    changes = changes_between(loaded(None).observations, loaded(None, version).observations)
    if dry_run:
        print(f"Dry run: going back to version {version} would change {len(changes)} figures.")
        return
    entry = Ledger(workspace.deliveries).restore(version, edition=workspace.edition)
    print(f"Version {entry.version}: the data are as in version {version} ({len(changes)} figures changed).")

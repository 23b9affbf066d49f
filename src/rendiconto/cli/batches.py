"""Many reports from the command line: which, how far they are, what became of them."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rendiconto.cli.options import format_names, here, out_folder
from rendiconto.errors import RendicontoError

if TYPE_CHECKING:
    from rich.table import Table

    from rendiconto.pipeline import Batch, Edition, Report
    from rendiconto.territory import Territory


@dataclass(frozen=True)
class Wanted:
    """Which reports somebody asks for: by name, of a region, or all."""

    names: tuple[str, ...]
    every: bool
    region: str | None

    def territories(self, year: int) -> "tuple[Territory, ...]":
        """The territories, each once; an error where nothing is asked for."""
        from rendiconto.territory import Gazetteer

        gazetteer = Gazetteer.load()
        found = [gazetteer.find(name, year) for name in self.names]
        if self.every:
            found += gazetteer.all(year)
        if self.region is not None:
            whole = gazetteer.find(self.region, year)
            found += [gazetteer.region_of(whole, year), *gazetteer.provinces_of(whole, year)]
        if not found:
            raise RendicontoError("no territory is named", todo="Name one or more, or give --all or --region NAME.")
        return tuple(dict.fromkeys(found))


def build_many(batch: "Batch", *, jobs: int, explain: bool, with_atlas: bool) -> None:
    """Build the reports of a batch that are not there or no longer hold, or only say which those are.

    ``with_atlas``: then the site of all territories too.
    """
    from rendiconto.pipeline import atlas_folder, plan_atlas, plan_batch

    if explain:
        for territory, why in plan_batch(batch):
            print(f"{territory.slug:24} {why or 'stands as it is'}")
        if with_atlas:
            print(f"{atlas_folder(batch).name:24} {plan_atlas(batch) or 'stands as it is'}")
        return
    reports = _built(batch, jobs)
    _print_summary(reports)
    if with_atlas:
        _build_atlas(batch)
    if any(report.outcome == "failed" for report in reports):
        raise typer.Exit(1)


def batch_of(
    wanted: Wanted,
    edition: "Edition",
    out: Path | None,
    formats: str,
    *,
    as_published: bool,
    data_version: int | None,
    release: bool,
) -> "Batch":
    """The batch that a command asks for."""
    from rendiconto.pipeline import Batch

    workspace = here()
    return Batch(
        edition,
        wanted.territories(edition.year),
        out_folder(out),
        format_names(formats),
        workspace=None if workspace is None else workspace.root,
        data_version=data_version,
        as_published=as_published,
        release=release,
    )


def _built(batch: "Batch", jobs: int) -> "list[Report]":
    from rich.console import Console, Group
    from rich.live import Live
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from rendiconto.pipeline import build_batch

    console = Console(stderr=True)
    columns = (TextColumn("{task.completed}/{task.total}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    reports: list[Report] = []
    bar = Progress(*columns)
    task = bar.add_task("", total=len(batch.territories))
    with Live(bar, console=console, transient=True) as live:
        for report in build_batch(batch, jobs=jobs):
            reports.append(report)
            bar.advance(task)
            live.update(Group(bar, _progress_table(reports)))
            if report.outcome == "failed":
                console.print(f"{report.territory.slug}: {report.why}", style="red", highlight=False)
    return reports


_LATEST = 8
"""Reports that the table shows while others are made."""


def _progress_table(reports: "list[Report]") -> "Table":
    """How many are built, kept, failed, and the latest of them."""
    from rich.table import Table

    counts = ", ".join(f"{sum(r.outcome == outcome for r in reports)} {outcome}" for outcome in ("built", "kept", "failed"))
    table = Table("territory", "outcome", "seconds", title=counts, title_justify="left", box=None, pad_edge=False)
    for report in reports[-_LATEST:]:
        table.add_row(report.territory.slug, str(report.outcome), f"{report.seconds:.1f}" if report.seconds else "")
    return table


def _build_atlas(batch: "Batch") -> None:
    from rich.console import Console

    from rendiconto.pipeline import build_atlas

    with Console(stderr=True).status("the site of all territories") as status:
        built = build_atlas(batch, progress=lambda stage: status.update(f"the site of all territories: {stage}"))
    became = f"{built.seconds:5.1f} s  {built.why}" if built.outcome == "built" else "stands as it is"
    print(f"{built.folder.name:24} {became}")
    print(f"The site of all territories, with {built.reports} reports: {built.folder / 'index.html'}")


def _print_summary(reports: "list[Report]") -> None:
    by_outcome = {outcome: [r for r in reports if r.outcome == outcome] for outcome in ("built", "kept", "failed")}
    built = by_outcome["built"]
    for report in built:
        print(f"{report.territory.slug:24} {report.seconds:5.1f} s  {report.why}")
    print(f"{len(built)} built, {len(by_outcome['kept'])} stand as they are, {len(by_outcome['failed'])} failed")
    for report in by_outcome["failed"]:
        print(f"rendiconto: {report.territory.slug}: {report.why}", file=sys.stderr)

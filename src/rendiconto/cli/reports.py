"""Commands that make and show reports."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rendiconto.cli.options import AsPublished, DataVersion, EditionOption, format_names, loaded, out_folder
from rendiconto.render import RENDERERS

if TYPE_CHECKING:
    from rendiconto.pipeline import Built, Edition


def build(
    territories: Annotated[
        list[str] | None, typer.Argument(metavar="TERRITORY…", help="Names, slugs or Istat codes: massa-carrara, toscana, IT.")
    ] = None,
    edition: EditionOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the results (out, or the workspace's).")] = None,
    formats: Annotated[str, typer.Option("--format", help="Comma-separated; all of them without it.")] = ",".join(RENDERERS),
    as_published: AsPublished = False,
    data_version: DataVersion = None,
    release: Annotated[
        bool, typer.Option("--release", help="Refuse a report with contradicted sentences or errors in its texts (exit 1).")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Every province and region, and Italy.")] = False,
    region: Annotated[str | None, typer.Option("--region", help="A region and its provinces.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="Reports at a time, of several; 0: one a core.")] = 0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which of the reports would be made again, and why; write nothing.")
    ] = False,
) -> None:
    """Build the report of each TERRITORY into OUT/territory-edition; of several, those that are not there or no longer hold."""
    named = territories or []
    if every or region or explain or len(named) != 1:
        from rendiconto.cli.batches import Wanted, batch_of, build_many

        wanted = Wanted(tuple(named), every, region)
        asked = {"as_published": as_published, "release": release}
        batch = batch_of(wanted, loaded(edition, data_version), out, formats, data_version=data_version, **asked)
        build_many(batch, jobs=jobs, explain=explain, with_atlas=every and "site" in batch.formats)
        return
    _build_one(named[0], loaded(edition, data_version), out, formats, as_published, release)


def _build_one(territory: str, edition: "Edition", out: Path | None, formats: str, as_published: bool, release: bool) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from rendiconto.pipeline import ReleaseRefused, build_report

    wanted = format_names(formats)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("load", total=len(wanted) + 2)
        try:
            built = build_report(
                territory,
                out_folder(out),
                edition=edition,
                formats=wanted,
                as_published=as_published,
                release=release,
                progress=lambda stage: bar.update(task, advance=1, description=stage),
            )
        except ReleaseRefused as refused:
            bar.stop()
            print(f"rendiconto: {refused.what}", *refused.obstacles, sep="\n  ", file=sys.stderr)
            raise typer.Exit(1) from None
    _print_summary(built)
    _print_texts(built)


def _print_summary(built: "Built") -> None:
    document = built.document
    print(f"{document.title} – {document.subtitle} (data {document.data_version}, {document.data_sha256[:12]})")
    absent = [entry for entry in document.missing if not entry.cells]
    partial = [entry for entry in document.missing if entry.cells]
    if absent:
        names = ", ".join(f"{entry.table}.{entry.part}" for entry in absent)
        print(f"No data delivered for {len(absent)} parts: {names}")
    for entry in partial:
        print(f"Missing (n.d.): {entry.cells} cells of table {entry.table}, part {entry.part}: {entry.title}")
    if document.errata:
        print(f"Errata: {len(document.errata)} figures, listed in the report")
    entrances = {"site": built.folder / "site" / "index.html", "data": built.folder / "data" / "datapackage.json"}
    for name, files in built.files.items():
        for path in (entrances[name],) if name in entrances else files:
            print(f"{name:7} {path}")


def _print_texts(built: "Built") -> None:
    """How the texts written by hand fared; what is wrong in them goes to standard error."""
    from rendiconto.findings import Severity

    pieces = built.texts.pieces
    if not pieces:
        return
    live = sum(len(block.live) for piece in pieces for block in piece.blocks)
    contradicted = sum(len(piece.contradicted) for piece in pieces)
    print(f"Texts: {len(pieces)} with {live} live figures, {contradicted} claims contradicted")
    for finding in built.texts.findings:
        if finding.severity.reaches(Severity.WARNING):
            print(f"warning: {finding.cells[0]}: {finding.message}", file=sys.stderr)


def table(
    number: Annotated[str, typer.Argument(metavar="ID", help="Table number (17, G1) or all.")],
    territory: Annotated[str, typer.Argument(help="Name, slug or Istat code.")],
    edition: EditionOption = None,
    output: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
    keys: Annotated[bool, typer.Option("--keys", help="With json: each cell's cube and full key.")] = False,
    as_published: AsPublished = False,
    data_version: DataVersion = None,
) -> None:
    """Print a table, or all of them."""
    from rendiconto.pipeline import compose_report
    from rendiconto.render.text import TABLE_FORMATS

    if output not in TABLE_FORMATS:
        from rendiconto.errors import UnknownName, nearest_names

        raise UnknownName("format", output, nearest_names(output, TABLE_FORMATS) or tuple(TABLE_FORMATS))
    wanted = None if number.lower() == "all" else [number]
    document = compose_report(territory, loaded(edition, data_version), as_published=as_published, tables=wanted)
    print(TABLE_FORMATS[output](document, keys=keys))


def tables(edition: EditionOption = None) -> None:
    """List the tables and charts of an edition."""
    for chapter in loaded(edition).catalogue.chapters:
        print(f"{chapter.number}. {chapter.title}")
        for entry in chapter.tables:
            parts = "" if len(entry.parts) == 1 else f"  ({len(entry.parts)} parts)"
            print(f"  {entry.number:>3}  {entry.section:7} {entry.title}{parts}")


def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A built site, or a folder that holds one.")],
    port: Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.")] = 8000,
) -> None:
    """Look at a built site: serves DIR on this machine only."""
    from rendiconto.publish import serve_folder

    serve_folder(folder, port)

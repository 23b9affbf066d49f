"""Commands that make and show reports."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rendiconto.cli.options import AsPublished, DataVersion, EditionOption, here, loaded
from rendiconto.render import RENDERERS

if TYPE_CHECKING:
    from rendiconto.pipeline import Built


def build(
    territory: Annotated[str, typer.Argument(help="Name, slug or Istat code: massa-carrara, toscana, IT.")],
    edition: EditionOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the results (out, or the workspace's).")] = None,
    formats: Annotated[str, typer.Option("--format", help="Comma-separated; all of them without it.")] = ",".join(RENDERERS),
    as_published: AsPublished = False,
    data_version: DataVersion = None,
    release: Annotated[
        bool, typer.Option("--release", help="Refuse a report with contradicted sentences or errors in its texts (exit 1).")
    ] = False,
) -> None:
    """Build the report of TERRITORY into OUT/territory-edition."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from rendiconto.pipeline import ReleaseRefused, build_report, check_formats

    workspace = here()
    out = out or (workspace.out if workspace else Path("out"))
    wanted = check_formats([name.strip() for name in formats.split(",") if name.strip()])
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("load", total=len(wanted) + 2)
        try:
            built = build_report(
                territory,
                out,
                edition=loaded(edition, data_version),
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

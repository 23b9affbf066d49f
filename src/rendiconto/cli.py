"""The command line: a thin face over ``rendiconto.pipeline``."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from rendiconto import __version__
from rendiconto.errors import RendicontoError

app = typer.Typer(
    help="Compile the Rendiconto Sociale of a territory from data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

EditionOption = Annotated[int, typer.Option("--edition", help="Year of the edition.")]
AsPublished = Annotated[bool, typer.Option("--as-published", help="Print every figure as the source did, errata aside.")]


def main() -> None:
    """Run the command line; an error for the caller is printed plainly and exits with 2."""
    # Figures have a real minus and names have accents, whatever the console's encoding; JSON is UTF-8 anyway.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has had enough (`| head`): nothing more can be said, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except RendicontoError as error:
        _print_error(error)
        sys.exit(2)


def _print_error(error: RendicontoError) -> None:
    where = f"{error.where}: " if error.where is not None else ""
    print(f"rendiconto: {where}{error.what}", file=sys.stderr)
    if error.todo:
        print(f"  {error.todo}", file=sys.stderr)


def _show_version(value: bool) -> None:
    if value:
        print(f"rendiconto {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Compile the Rendiconto Sociale of a territory from data."""


@app.command()
def build(
    territory: Annotated[str, typer.Argument(help="Name, slug or Istat code: massa-carrara, toscana, IT.")],
    edition: EditionOption = 2024,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path("out"),
    formats: Annotated[str, typer.Option("--format", help="Comma-separated: pdf, site, xlsx, data.")] = "pdf,site,xlsx,data",
    as_published: AsPublished = False,
) -> None:
    """Build the report of TERRITORY into OUT/territory-edition."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from rendiconto.pipeline import build_report, check_formats, load_edition

    wanted = check_formats([name.strip() for name in formats.split(",") if name.strip()])
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("load", total=len(wanted) + 2)
        built = build_report(
            territory,
            out,
            edition=load_edition(edition),
            formats=wanted,
            as_published=as_published,
            progress=lambda stage: bar.update(task, advance=1, description=stage),
        )
    _print_summary(built)


def _print_summary(built: "object") -> None:
    from rendiconto.pipeline import Built

    assert isinstance(built, Built)
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
    for name, files in built.files.items():
        first = built.folder / name / "index.html" if name == "site" else files[0]
        first = built.folder / "data" / "datapackage.json" if name == "data" else first
        print(f"{name:5} {first}")


@app.command()
def table(
    number: Annotated[str, typer.Argument(metavar="ID", help="Table number (17, G1) or all.")],
    territory: Annotated[str, typer.Argument(help="Name, slug or Istat code.")],
    edition: EditionOption = 2024,
    output: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
    keys: Annotated[bool, typer.Option("--keys", help="With json: each cell's cube and full key.")] = False,
    as_published: AsPublished = False,
) -> None:
    """Print a table, or all of them."""
    from rendiconto.pipeline import compose_report, load_edition
    from rendiconto.render.text import TABLE_FORMATS

    if output not in TABLE_FORMATS:
        from rendiconto.errors import UnknownName, nearest_names

        raise UnknownName("format", output, nearest_names(output, TABLE_FORMATS) or tuple(TABLE_FORMATS))
    wanted = None if number.lower() == "all" else [number]
    document = compose_report(territory, load_edition(edition), as_published=as_published, tables=wanted)
    print(TABLE_FORMATS[output](document, keys=keys))


@app.command()
def tables(edition: EditionOption = 2024) -> None:
    """List the tables and charts of an edition."""
    from rendiconto.pipeline import load_edition

    for chapter in load_edition(edition).catalogue.chapters:
        print(f"{chapter.number}. {chapter.title}")
        for entry in chapter.tables:
            parts = "" if len(entry.parts) == 1 else f"  ({len(entry.parts)} parts)"
            print(f"  {entry.number:>3}  {entry.section:7} {entry.title}{parts}")


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A built site, or a folder that holds one.")],
    port: Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.")] = 8000,
) -> None:
    """Look at a built site: serves DIR on this machine only."""
    from rendiconto.publish import serve_folder

    serve_folder(folder, port)

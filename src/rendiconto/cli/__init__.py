"""The command line: a thin face over ``rendiconto.pipeline``."""

import os
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from rendiconto import __version__
from rendiconto.cli.audits import audit, data, read
from rendiconto.cli.checks import check, structures, waive
from rendiconto.cli.deliveries import deliveries, diff, ingest, init, request, restore
from rendiconto.cli.microdata import aggregate, demo
from rendiconto.cli.reconciling import reconcile
from rendiconto.cli.reports import build, serve, table, tables
from rendiconto.cli.texts import texts
from rendiconto.errors import RendicontoError

app = typer.Typer(
    help="Compile the Rendiconto Sociale of a territory from data, or audit one that was published.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    *(build, table, tables, serve, read, data, audit, reconcile),
    *(init, demo, ingest, aggregate, request, deliveries, diff, restore, check, waive, structures),
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(texts, name="texts")


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

"""Cubes from microdata, and demonstrations with made-up ones, on the command line."""

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from rendiconto.cli.options import EditionOption, here, loaded

if TYPE_CHECKING:
    from rendiconto.observations.microdata import Aggregate, AggregationPlan
    from rendiconto.pipeline.aggregating import Unusable


def aggregate(
    cubes: Annotated[
        list[str], typer.Argument(metavar="CUBE", help="Cubes that are declared from microdata, or all of them: all.")
    ],
    origin: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="PATH",
            help="A Parquet or CSV file, a folder with a file or folder a table, or a database (postgres://…).",
        ),
    ],
    engine: Annotated[
        str | None,
        typer.Option("--engine", help="duckdb, spark, or reference (slow and obvious); a database counts by itself."),
    ] = None,
    memory: Annotated[str, typer.Option("--memory", help="What the engine may take; beyond it, it uses the disk.")] = "2GB",
    master: Annotated[str | None, typer.Option("--master", help="Spark's master (local[2], spark://…, sc://…).")] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="Provinces without rows had none: make their regions' totals.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, say what was found, and store nothing.")] = False,
    accept_rest: Annotated[bool, typer.Option("--accept-rest", help="Store the figures without the rows refused.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write CUBE.parquet there, store nothing.")] = None,
    edition: EditionOption = None,
) -> None:
    """Count CUBEs from microdata, in every total of them, and take the figures into the workspace."""
    from rendiconto.errors import RendicontoError
    from rendiconto.pipeline.aggregating import ingest_aggregates, plan_cubes, write_aggregates

    workspace = here()
    if workspace is None and out is None and not dry_run:
        todo = "Go into one, give --out DIR to write files, or --dry-run to look only."
        raise RendicontoError("this is not a workspace", str(Path.cwd()), todo)
    catalogue = loaded(edition).catalogue
    counted, unusable = _counted(plan_cubes(catalogue, cubes), origin, (engine, memory, master), complete=complete)
    errors = sum(len(each.errors) for each in counted) + sum(len(each.findings) for each in unusable)
    if errors and not accept_rest:
        print(f"Nothing was stored: {errors} errors. Mend the microdata, or pass --accept-rest.")
        raise typer.Exit(1)
    if not counted:
        print("Nothing was stored: no table could be counted.")
        raise typer.Exit(1)
    figures = sum(each.records.num_rows for each in counted)
    if dry_run:
        print(f"Dry run: {figures} figures would be stored.")
    elif out is not None:
        for path in write_aggregates(counted, out):
            print(path)
    elif workspace is not None:
        entry = ingest_aggregates(workspace, catalogue, counted)
        print(f"Version {entry.version}: {figures} figures stored.")


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    edition: Annotated[int, typer.Option("--edition", help="Year of the edition.")] = 2024,
    seed: Annotated[int, typer.Option("--seed", help="Another seed, other figures.")] = 1,
    microdata: Annotated[bool, typer.Option("--microdata", help="Make microdata too: as many rows as figures say.")] = False,
    rows: Annotated[
        int | None, typer.Option("--rows", min=1000, help="Make so many rows of microdata: thinned, or replicated.")
    ] = None,
) -> None:
    """Make a workspace in DIR with a synthetic Italy: figures of every territory, all but the published ones made up."""
    from rich.console import Console

    from rendiconto.pipeline.demonstrating import make_demonstration

    console = Console(stderr=True)
    with console.status("making up a synthetic Italy") as status:
        made = make_demonstration(
            folder, edition=edition, seed=seed, rows=0 if microdata and rows is None else rows, progress=status.update
        )
    print(f"{made.folder}: synthetic workspace for the edition {edition}, {made.figures} figures made up and marked so. Next:")
    print(f"  cd {made.folder}")
    if made.rows:
        told = "as many as the figures say" if made.exact else "thinned or replicated: totals are not those of the figures"
        print(f"  rendiconto aggregate all --from microdati    # {sum(made.rows.values())} rows, {told}")
    print("  rendiconto build firenze toscana")


def _counted(
    plans: "tuple[AggregationPlan, ...]", origin: str, order: tuple[str | None, str, str | None], *, complete: bool
) -> "tuple[list[Aggregate], list[Unusable]]":
    """Every cube counted, each told as it ends; ``order`` is the engine, its memory, its master."""
    from rich.console import Console

    from rendiconto.observations.microdata import Aggregate, start_engine
    from rendiconto.pipeline.aggregating import aggregate_cubes

    files, engine, memory, master = _source(origin, *order)
    counted, unusable = [], []
    console = Console(stderr=True)
    with console.status(f"{engine} starts"):
        started = start_engine(engine, memory=memory, master=master)
    try:
        results = aggregate_cubes(plans, files, started, complete=complete)
        for plan in plans:
            start = perf_counter()
            with console.status(f"counting {plan.cube.name}"):
                result = next(results)
            if isinstance(result, Aggregate):
                counted.append(result)
                _tell(plan, f"{result.rows} rows, {result.records.num_rows} figures", perf_counter() - start)
            else:
                unusable.append(result)
                _tell(plan, "cannot be counted", perf_counter() - start)
            for finding in result.findings:
                print(f"  {finding.severity}: {finding.keys[0]}: {finding.message}")
    finally:
        started.close()
    return counted, unusable


def _source(origin: str, engine: str | None, memory: str, master: str | None) -> tuple[Path | None, str, str, str | None]:
    """Where the tables are and who counts them: files by DuckDB, a database by itself, unless another engine is asked for."""
    from rendiconto.errors import RendicontoError
    from rendiconto.observations.microdata import is_address

    if not is_address(origin):
        return Path(origin), engine or "duckdb", memory, master
    if engine not in (None, "postgres"):
        todo = "Leave --engine out; or write the tables as Parquet, and count those."
        raise RendicontoError(f"a database counts by itself, not with {engine}", todo=todo)
    return None, "postgres", memory, origin


def _tell(plan: "AggregationPlan", what: str, seconds: float) -> None:
    print(f"{plan.cube.name} from {plan.table.name}: {what} ({seconds:.1f} s)")

"""Cubes counted from microdata, and taken into a workspace like any delivery."""

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rendiconto.catalogue.declarations import PERIOD, Catalogue, Cube
from rendiconto.compose.needs import needed_keys
from rendiconto.errors import RendicontoError
from rendiconto.findings import Finding
from rendiconto.observations.deliveries.ledger import IngestEntry
from rendiconto.observations.intake.taking import take_file
from rendiconto.observations.microdata import (
    Aggregate,
    AggregationPlan,
    Engine,
    Origin,
    Prepared,
    figures_of,
    find_cubes,
    plan_aggregation,
    prepare_source,
)
from rendiconto.pipeline.delivering import ingest_files
from rendiconto.territory import Gazetteer
from rendiconto.workspace import Workspace


@dataclass(frozen=True)
class Unusable:
    """A table that could not be counted from: columns are missing or of other types."""

    plan: AggregationPlan
    findings: tuple[Finding, ...]


def plan_cubes(catalogue: Catalogue, names: Sequence[str]) -> tuple[AggregationPlan, ...]:
    """Plans for cubes by name (``all``: every one declared from microdata), for the years that the edition's reports need."""
    years: dict[str, set[int]] = {}
    for cube, codes in needed_keys(catalogue, Gazetteer.load().provinces(catalogue.year)[0]):
        years.setdefault(cube.name, set()).add(int(codes[cube.dimension_names.index(PERIOD)]))
    cubes = find_cubes(catalogue, names)
    return tuple(
        plan_aggregation(catalogue, cube, sorted(years.get(cube.name) or _own_year(catalogue, cube))) for cube in cubes
    )


def _own_year(catalogue: Catalogue, cube: Cube) -> set[int]:
    """The year of a cube that no table shows."""
    return {catalogue.year + cube.offset}


def aggregate_cubes(
    plans: Sequence[AggregationPlan], origin: Path | None, engine: Engine, *, complete: bool = False
) -> Iterator[Aggregate | Unusable]:
    """Each cube counted by an engine from the tables at ``origin`` (a file, or a folder with a file or folder a table).

    An engine that has the tables itself (a database) needs none.
    """
    with tempfile.TemporaryDirectory(prefix="rendiconto-microdata-") as scratch:
        for plan in plans:
            prepared = _prepare(plan, origin, engine, Path(scratch))
            if not prepared.usable:
                yield Unusable(plan, prepared.findings)
                continue
            counted = figures_of(plan, engine.tally(plan, prepared.source), complete=complete)
            yield Aggregate(plan, counted.records, (*prepared.findings, *counted.findings), counted.rows)


def _prepare(plan: AggregationPlan, origin: Path | None, engine: Engine, scratch: Path) -> Prepared:
    if isinstance(engine, Origin):
        return engine.prepare(plan.table, plan.columns())
    if origin is None:
        raise RendicontoError("no table is named", todo="Name a Parquet or CSV file, or a folder of tables.")
    return prepare_source(origin, plan.table, plan.columns(), scratch)


def write_aggregates(aggregates: Sequence[Aggregate], folder: Path) -> tuple[Path, ...]:
    """Each cube as tidy records in ``folder/CUBE.parquet``."""
    import pyarrow.parquet as pq

    from rendiconto.wholefiles import write_whole

    written = []
    for aggregate in aggregates:
        content = io.BytesIO()
        pq.write_table(aggregate.records, content)
        path = folder / f"{aggregate.plan.cube.name}.parquet"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, content.getvalue())
        except OSError as error:
            raise RendicontoError(
                f"cannot write: {error.strerror}", str(path), "Give a folder that you may write to."
            ) from None
        written.append(path)
    return tuple(written)


def ingest_aggregates(workspace: Workspace, catalogue: Catalogue, aggregates: Sequence[Aggregate]) -> IngestEntry:
    """Take what was counted into a workspace, all of it in one step, as tidy deliveries from the microdata."""
    with tempfile.TemporaryDirectory(prefix="rendiconto-microdata-") as scratch:
        files = write_aggregates(aggregates, Path(scratch))
        intakes = []
        for aggregate, file in zip(aggregates, files, strict=True):
            intake = take_file(
                catalogue, file, cube=aggregate.plan.cube.name, office=f"microdati: {aggregate.plan.table.title}"
            )
            if intake.errors:
                raise RendicontoError(intake.errors[0].message, file.name, "This is a fault of the program: tell its makers.")
            intakes.append(intake)
        return ingest_files(workspace, intakes, edition=catalogue.year)

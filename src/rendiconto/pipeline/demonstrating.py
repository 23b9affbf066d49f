"""A workspace for demonstrations: a synthetic Italy, and microdata from which its cubes can be counted."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.document.values import Origin
from rendiconto.errors import RendicontoError
from rendiconto.observations import CubeObservations, load_observations
from rendiconto.observations.intake.taking import take_file
from rendiconto.observations.microdata import AggregationPlan
from rendiconto.observations.microdata.making import make_table
from rendiconto.observations.synthesis import Italy, complete_italy, leaf_figures
from rendiconto.pipeline.aggregating import plan_cubes
from rendiconto.pipeline.delivering import ingest_files
from rendiconto.workspace import ALL, init_workspace

OFFICE = "dati sintetici"
"""Who is said to have sent figures that nobody sent."""
MICRODATA = "microdati"
"""The folder of the tables of microdata in the workspace."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Demonstration:
    """What was made: figures, and rows by table of microdata."""

    folder: Path
    figures: int
    rows: Mapping[str, int]
    exact: bool


def make_demonstration(
    folder: Path, *, edition: int, seed: int, rows: int | None = None, progress: Progress = lambda _what: None
) -> Demonstration:
    """Make a workspace with figures of every territory; the known ones as they are, the others made up and marked so.

    ``rows`` asks for microdata too: so many in all (0: as many as the figures say; only then do these come out exactly).
    The folder is there when all is made, or not at all.
    """
    catalogue = load_catalogue(edition)
    with _made_whole(folder) as fresh:
        known = load_observations(catalogue)
        italy = complete_italy(catalogue, known, seed)
        progress("figures of every territory")
        workspace = init_workspace(fresh / "workspace", edition=edition, territories=(ALL,), base="packaged")
        with tempfile.TemporaryDirectory(prefix="rendiconto-demo-") as scratch:
            files = list(_deliveries(catalogue, italy, Path(scratch)))
            ingest_files(
                workspace, [take_file(catalogue, file, cube=file.stem, office=OFFICE) for file in files], edition=edition
            )
        figures = sum(observation.synthetic for cube in italy.cubes.values() for observation in cube.values())
        progress("taken in as a delivery")
        made: dict[str, int] = {}
        if rows is not None:
            made = _microdata(catalogue, italy, known.cubes, workspace.root / MICRODATA, seed, rows, progress)
    return Demonstration(folder, figures, made, exact=rows == 0)


def _deliveries(catalogue: Catalogue, italy: Italy, folder: Path) -> Iterator[Path]:
    """The made-up figures of each cube as tidy records."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in sorted(italy.cubes):
        made = [(codes, found) for codes, found in sorted(italy.cubes[name].items()) if found.synthetic]
        if not made:
            continue
        columns = {
            dimension: [codes[at] for codes, _ in made] for at, dimension in enumerate(catalogue.cubes[name].dimension_names)
        }
        columns["value"] = ["" if found.value is None else f"{found.value:f}" for _, found in made]
        columns["status"] = ["" if found.value is not None else str(found.status) for _, found in made]
        columns["origin"] = [str(Origin.SYNTHETIC)] * len(made)
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
        yield folder / f"{name}.parquet"


def _microdata(
    catalogue: Catalogue,
    italy: Italy,
    known: Mapping[str, CubeObservations],
    folder: Path,
    seed: int,
    rows: int,
    progress: Progress,
) -> dict[str, int]:
    """A file of rows for each table; how many each has."""
    plans = plan_cubes(catalogue, [ALL])
    leaves = {plan.cube.name: _leaves(italy, plan) for plan in plans}
    natural = sum(int(sum(figures.values())) for name, figures in leaves.items() if _counts_rows(catalogue, name))
    scale = Decimal(rows) / natural if rows else Decimal(1)
    folder.mkdir()
    made = {}
    for name, table in sorted(catalogue.microtables.items()):
        own = [plan for plan in plans if plan.table.name == name]
        made[name] = make_table(
            table, own, lambda plan: leaves[plan.cube.name], known, folder / f"{name}.parquet", seed=seed, scale=scale
        )
        progress(f"{name}: {made[name]} rows")
    return made


def _leaves(italy: Italy, plan: AggregationPlan) -> dict[tuple[int, tuple[str, ...]], Decimal]:
    figures = (
        leaf_figures(plan.cube, italy.cubes[plan.cube.name], italy.sizes) if plan.kind in ("count", "distinct", "sum") else {}
    )
    return {cell: value for cell, value in figures.items() if cell[0] in plan.years}


def _counts_rows(catalogue: Catalogue, name: str) -> bool:
    declared = catalogue.cubes[name].microdata
    return declared is not None and declared.measure.kind == "count"


_MAKING = ".making-"


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """A folder beside, whose ``workspace`` takes the place of ``folder`` when the block ends well; gone when it does not."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RendicontoError("the folder is not empty", str(folder), "Name a new folder, or an empty one.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        for left in folder.parent.glob(f".{folder.name}{_MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)  # what a killed one left half made
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}{_MAKING}", dir=folder.parent))
    except OSError as error:
        raise RendicontoError(f"cannot write: {error.strerror}", str(folder), "Name a folder that you may write to.") from None
    try:
        yield fresh
        if folder.exists():
            folder.rmdir()
        (fresh / "workspace").rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)

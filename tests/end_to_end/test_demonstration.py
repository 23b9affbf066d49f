"""A demonstration: made-up Italy, microdata, the cubes counted from them, and reports that say what they are."""

from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner

from rendiconto.catalogue import load_catalogue
from rendiconto.cli import app
from rendiconto.document.values import SYNTHETIC_NOTICE, Origin
from rendiconto.observations import load_observations
from rendiconto.observations.microdata import figures_of, prepare_source, start_engine
from rendiconto.observations.microdata.cells import stated_leaves
from rendiconto.observations.microdata.making import make_table
from rendiconto.pipeline import build_report, compose_report, load_edition
from rendiconto.pipeline.aggregating import plan_cubes
from rendiconto.render import RENDERERS
from rendiconto.workspace import read_workspace

CATALOGUE = load_catalogue(2024)
KNOWN = load_observations(CATALOGUE)
PLANS = plan_cubes(CATALOGUE, ["all"])

pytestmark = pytest.mark.xdist_group("demonstration")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "italia"
    result = CliRunner().invoke(app, ["demo", str(folder), "--rows", "200000"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("table", sorted(CATALOGUE.microtables))
def test_what_is_counted_from_made_up_rows_is_what_they_were_made_from(table: str, tmp_path: Path) -> None:
    plans = [plan for plan in PLANS if plan.table.name == table]
    for name in ("one", "two"):
        made = make_table(
            CATALOGUE.microtables[table],
            plans,
            lambda plan: stated_leaves(KNOWN.cubes.get(plan.cube.name), plan),
            KNOWN.cubes,
            tmp_path / f"{name}.parquet",
            seed=1,
        )
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    engine = start_engine("duckdb", memory="500MB")
    for plan in plans if made else ():
        prepared = prepare_source(tmp_path / "one.parquet", plan.table, plan.columns(), tmp_path)
        assert prepared.findings == ()
        counted = figures_of(plan, engine.tally(plan, prepared.source))
        assert counted.errors == ()
        found = {tuple(row[name] for name in plan.cube.dimension_names): row for row in counted.records.to_pylist()}
        for codes, observation in KNOWN.cubes[plan.cube.name].items():
            if codes[0] == "045":
                value = None if observation.value is None else f"{observation.value:f}"
                assert (found[codes]["value"], found[codes]["origin"]) == (value, str(Origin.SYNTHETIC)), codes
    engine.close()


def test_the_workspace_says_what_to_do_next_and_has_rows(demonstration: Path) -> None:
    assert {path.stem for path in (demonstration / "microdati").iterdir()} == set(CATALOGUE.microtables)


def test_massa_carrara_is_as_published(demonstration: Path) -> None:
    edition = load_edition(workspace=read_workspace(demonstration))
    ours, published = compose_report("massa-carrara", edition), compose_report("massa-carrara")
    for made, known in zip(ours.grids, published.grids, strict=True):
        for line, expected in zip(made.cells, known.cells, strict=True):
            for cell, there in zip(line, expected, strict=True):
                assert (cell.value, cell.status) == (there.value, there.status), cell.ref


@pytest.fixture(scope="module")
def built(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, ...]]:
    edition = load_edition(workspace=read_workspace(demonstration))
    return build_report("lucca", tmp_path_factory.mktemp("built"), edition=edition).files


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_every_format_says_that_its_figures_are_made_up(name: str, built: dict[str, tuple[Path, ...]]) -> None:
    for path in built[name]:
        if path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as pdf:
                pages = [page.get_textpage().get_text_bounded() for page in pdf]
                assert SYNTHETIC_NOTICE in pdf.get_metadata_dict()["Title"]
            # The cover and the running line of every page after it.
            assert all(SYNTHETIC_NOTICE in page for page in pages), path
        elif path.suffix in (".html", ".md"):
            assert SYNTHETIC_NOTICE in path.read_text(encoding="utf-8"), path
        elif path.name == "datapackage.json":
            assert SYNTHETIC_NOTICE in path.read_text(encoding="utf-8")
        elif path.suffix in (".docx", ".pptx", ".xlsx"):
            assert SYNTHETIC_NOTICE in _core(path), path


def _core(path: Path) -> str:
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        return archive.read("docProps/core.xml").decode()


def test_the_packaged_report_says_nothing_of_it() -> None:
    document = compose_report("massa-carrara")
    assert SYNTHETIC_NOTICE not in repr(document)


def test_every_made_up_cell_is_marked_in_the_data(built: dict[str, tuple[Path, ...]]) -> None:
    cube = next(path for path in built["data"] if path.name == "durc.csv")
    lines = cube.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("origin")
    marks = {line.split(",")[0]: line.rsplit(",", 1)[1] for line in lines[1:]}
    assert (marks["046"], marks["045"]) == ("synthetic", "delivered")


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = CliRunner().invoke(app, ["demo", str(tmp_path)])
    assert "not empty" in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

"""Compile, read back, compare: every cell of every format, for territories of every shape."""

import random
from pathlib import Path

import pikepdf
import pytest

from rendiconto.catalogue import load_catalogue
from rendiconto.document import Document, Status
from rendiconto.pipeline import compose_report, load_edition, read_file, render_pdf, render_site
from rendiconto.read.reading import ReadReport
from rendiconto.render.text.tables import tables_as_text
from rendiconto.territory import Gazetteer
from synthesis import write_observations

FEW = ("lecce", "valle-d-aosta", "toscana")
MANY = (
    *("roma", "la-spezia", "napoli", "trento", "bolzano", "barletta-andria-trani", "verbano-cusio-ossola", "forli-cesena"),
    *(
        "reggio-nell-emilia",
        "sud-sardegna",
        "cagliari",
        "italia",
        "genova",
        "l-aquila",
        "ascoli-piceno",
        "monza-e-della-brianza",
    ),
    *("pesaro-e-urbino", "sicilia", "trieste", "crotone"),
)


def differences(document: Document, report: ReadReport) -> dict[str, object]:
    """The cells that did not come back as they went; those that nobody delivered are missing both ways."""
    read = {cell.ref: (cell.value, cell.status) for grid in report.document.grids for row in grid.cells for cell in row}
    sent = {cell.ref: (cell.value, cell.status) for grid in document.grids for row in grid.cells for cell in row}
    absent = (None, Status.MISSING)
    assert sum(value != absent for value in sent.values()) > 1500
    return {str(ref): (value, read.get(ref)) for ref, value in sent.items() if read.get(ref, absent) != value}


def synthetic(name: str, folder: Path) -> Document:
    """A territory with figures of its own; every other one without some of its tables."""
    catalogue = load_catalogue(2024)
    seed = sum(map(ord, name))
    without = frozenset(random.Random(seed).sample(sorted(catalogue.cubes), 6)) if seed % 2 else frozenset()
    territory = Gazetteer.load().find(name, 2024)
    return compose_report(
        name, load_edition(data=write_observations(catalogue, territory, folder / name, seed, without=without))
    )


def check_formats(document: Document, folder: Path) -> None:
    (folder / "report.pdf").write_bytes(render_pdf(document))
    with pikepdf.open(folder / "report.pdf") as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(folder / "untagged.pdf")
    (folder / "report.txt").write_text(tables_as_text(document), encoding="utf-8")
    for path, content in render_site(document).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    for name in ("report.pdf", "untagged.pdf", "report.txt", "site"):
        report = read_file(folder / name)
        assert report.territory.slug == document.territory.slug, name
        assert differences(document, report) == {}, name


def test_the_packaged_report_comes_back_whole(tmp_path: Path) -> None:
    check_formats(compose_report("massa-carrara"), tmp_path)


@pytest.mark.parametrize("name", FEW)
def test_a_synthetic_report_comes_back_whole(name: str, tmp_path: Path) -> None:
    check_formats(synthetic(name, tmp_path), tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("name", MANY)
def test_many_synthetic_reports_come_back_whole(name: str, tmp_path: Path) -> None:
    check_formats(synthetic(name, tmp_path), tmp_path)

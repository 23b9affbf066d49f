"""Whole reports of territories that nobody transcribed: files made from the catalogue's own sums, through every format."""

from pathlib import Path

import pytest

from rendiconto.catalogue import load_catalogue
from rendiconto.check import check_data, reaching
from rendiconto.compose import compose_report
from rendiconto.document import Document, Status
from rendiconto.findings import Severity
from rendiconto.observations import load_observations
from rendiconto.render import RENDERERS, load_renderer
from rendiconto.territory import Gazetteer
from synthesis import write_observations

TERRITORIES = (("verbano-cusio-ossola", 11), ("sardegna", 12), ("italia", 13))
ABSENT = frozenset({"naspi_accolte", "durc", "personale"})


def synthetic_report(folder: Path, name: str, seed: int) -> Document:
    catalogue = load_catalogue(2024)
    territory = Gazetteer.load().find(name, catalogue.year)
    write_observations(catalogue, territory, folder, seed, without=ABSENT)
    store = load_observations(catalogue, folder)
    assert reaching(check_data(catalogue, store), Severity.WARNING) == []
    return compose_report(catalogue, store, territory)


@pytest.mark.parametrize(("name", "seed"), TERRITORIES)
def test_a_synthetic_territory_has_a_whole_report(tmp_path: Path, name: str, seed: int) -> None:
    document = synthetic_report(tmp_path / "data", name, seed)
    assert len(document.tables) == 67
    absent = {entry.table for entry in document.missing if not entry.cells}
    assert absent == {"20", "21", "58"}
    assert not any(entry.cells for entry in document.missing)
    own = [cell for grid in document.grids for line in grid.cells for cell in line]
    assert all(cell.status in (Status.NORMAL, Status.NIL) for cell in own)
    assert len(own) > 2000
    for name_of_format in RENDERERS:
        files = load_renderer(name_of_format)(document)
        assert files
        assert all(files.values())


@pytest.mark.soak
@pytest.mark.parametrize("territory", [place.slug for place in Gazetteer.load().all(2024)])
def test_every_territory_of_italy_can_be_composed_and_typeset(tmp_path: Path, territory: str) -> None:
    document = synthetic_report(tmp_path / "data", territory, 7)
    assert load_renderer("pdf")(document)

"""There and back: reports of territories that nobody transcribed, and what did not come back as it went."""

import random
from pathlib import Path

from rendiconto.catalogue import load_catalogue
from rendiconto.document import Document, Status
from rendiconto.pipeline import compose_report, load_edition
from rendiconto.read.reading import ReadReport
from rendiconto.territory import Gazetteer
from synthesis import write_observations


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

"""An edition that is not there yet: the catalogue of 2024 a year on, and figures grown into 2025."""

import csv
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.catalogue.loading import PACKAGED
from rendiconto.observations.store import PACKAGED_DATA

GROWTH = {
    "naspi_accolte": "1.05",
    "pensionati": "0.98",
    "pensioni_vigenti": "1.01",
    "tasso_disoccupazione": "0.9",
    "cig_ore": "1.2",
}


def later_catalogue(folder: Path) -> Catalogue:
    """The packaged catalogue with an edition 2025 like that of 2024."""
    edition = folder / "editions" / "2025"
    shutil.copytree(PACKAGED / "editions" / "2024", edition)
    model = edition / "edition.yaml"
    model.write_text(model.read_text(encoding="utf-8").replace('edition: "2024"', 'edition: "2025"'), encoding="utf-8")
    return load_catalogue(2025, (PACKAGED, folder))


def later_rows(cube: str) -> Iterator[list[str]]:
    """The packaged rows of a cube, those of 2024 grown into 2025 after them."""
    with (PACKAGED_DATA / "2024" / f"{cube}.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    yield header
    yield from rows
    period, value = header.index("period"), header.index("value")
    for row in rows:
        if row[period] == "2024" and row[value]:
            old = Decimal(row[value])
            grown = (old * Decimal(GROWTH[cube])).quantize(old)
            yield [*row[:period], "2025", *row[period + 1 : value], str(grown), *row[value + 1 :]]

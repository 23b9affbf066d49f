"""The toy edition with consistent figures of its own, for tests that want a small world."""

from pathlib import Path

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.compose import compose_report
from rendiconto.document import Document
from rendiconto.observations import ObservationStore, load_observations
from rendiconto.territory import Gazetteer, Territory
from synthesis import write_observations

TOY = Path(__file__).parent / "toy" / "catalogue"


def toy_catalogue() -> Catalogue:
    return load_catalogue(2024, (TOY,))


def place(name: str) -> Territory:
    return Gazetteer.load().find(name, 2024)


def toy_store(folder: Path, territory: str = "massa-carrara", seed: int = 1) -> ObservationStore:
    """Consistent observations for a territory; nobody delivers the cube ``immagine``."""
    catalogue = toy_catalogue()
    write_observations(catalogue, place(territory), folder, seed, without=frozenset({"immagine"}))
    return load_observations(catalogue, folder)


def toy_report(folder: Path, territory: str = "massa-carrara") -> Document:
    return compose_report(toy_catalogue(), toy_store(folder, territory), place(territory))

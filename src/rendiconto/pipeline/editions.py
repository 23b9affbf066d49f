"""An edition loaded: what the report says (catalogue) and what the data say (observations), of the package or a workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.catalogue.loading import PACKAGED
from rendiconto.compose import compose_report as compose_document
from rendiconto.document import Document
from rendiconto.errors import RendicontoError
from rendiconto.observations import ObservationStore, load_observations
from rendiconto.observations.deliveries import Ledger, load_state
from rendiconto.territory import Gazetteer, Territory
from rendiconto.workspace import Workspace

DEFAULT_EDITION = 2024
DEFAULT_TERRITORY = "massa-carrara"
"""Whose data the package has."""


@dataclass(frozen=True)
class Edition:
    """One edition: what the report says (catalogue) and what the data say (observations).

    ``focus`` are the territories whose reports it is for; None leaves it to the data. ``texts`` is the folder of texts written
    by hand.
    """

    catalogue: Catalogue
    observations: ObservationStore
    focus: tuple[Territory, ...] | None = None
    texts: Path | None = None

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.catalogue.year


def load_edition(
    year: int | None = None,
    *,
    data: Path | None = None,
    workspace: Workspace | None = None,
    version: int | None = None,
) -> Edition:
    """An edition, the packaged one unless ``workspace`` is given.

    ``data`` is another folder of observations (CSV per cube, errata, version). ``version`` asks for an earlier state of a
    workspace's data; 0 is the state before any delivery.
    """
    if workspace is None:
        if version is not None:
            raise RendicontoError(
                "only a workspace has versions of its data", todo="Go into one, or make it with `rendiconto init`."
            )
        catalogue = load_catalogue(year or DEFAULT_EDITION)
        return Edition(catalogue, load_observations(catalogue, data))
    year = year or workspace.edition
    catalogue = load_catalogue(year, (PACKAGED, workspace.catalogue))
    base = load_base(catalogue, workspace, data)
    store = load_state(catalogue, base, Ledger(workspace.deliveries), version)
    return Edition(catalogue, store, workspace.territories(), workspace.texts)


def load_base(catalogue: Catalogue, workspace: Workspace, data: Path | None = None) -> ObservationStore:
    """What a workspace's deliveries lie over: the packaged figures, or nothing."""
    if workspace.settings.base == "none" and data is None:
        return ObservationStore({}, (), f"{catalogue.year}.0", f"{catalogue.year}-12-31", "")
    return load_observations(catalogue, data)


def compose_report(
    territory: str,
    edition: Edition | None = None,
    *,
    as_published: bool = False,
    tables: Sequence[str] | None = None,
) -> Document:
    """The resolved report of a territory, given by name, slug or Istat code.

    ``as_published`` leaves errata aside and prints what the source printed; ``tables`` keeps only some table numbers.
    """
    edition = edition or load_edition()
    place = Gazetteer.load().find(territory, edition.year)
    numbers = None if tables is None else [edition.catalogue.table(number).number for number in tables]
    return compose_document(edition.catalogue, edition.observations, place, as_published=as_published, tables=numbers)

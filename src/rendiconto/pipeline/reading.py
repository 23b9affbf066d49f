"""A published report read back: as a Document, as figures, as a delivery of a workspace."""

from pathlib import Path

from rendiconto.catalogue import load_catalogue
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.loading import PACKAGED
from rendiconto.document.identity import Identity
from rendiconto.errors import DataError, Place
from rendiconto.observations import ObservationStore
from rendiconto.observations.columns import CubeObservations, Observation
from rendiconto.observations.deliveries import Ledger
from rendiconto.observations.deliveries.ledger import Delivered, IngestEntry
from rendiconto.pipeline.editions import DEFAULT_EDITION
from rendiconto.read.raw import read_raw
from rendiconto.read.rawtext import RawText
from rendiconto.read.reading import ReadReport, edition_of, read_report
from rendiconto.territory import Gazetteer, Territory
from rendiconto.workspace import Workspace


def read_file(
    path: Path, *, territory: str | None = None, edition: int | None = None, workspace: Workspace | None = None
) -> ReadReport:
    """A published report (text, PDF, Word file, web page or site) as data.

    Territory and edition are those that the document says, unless given. Nothing but the catalogue is asked.
    """
    raw = read_raw(path)
    identity = Identity.from_properties(dict(raw.properties))
    if identity is not None:
        territory, edition = territory or identity.territory, edition or identity.edition
    catalogue = catalogue_for(raw, edition, workspace)
    return read_report(raw, catalogue, named_territory(territory, catalogue.year))


def catalogue_for(raw: RawText, edition: int | None, workspace: Workspace | None) -> Catalogue:
    """The catalogue of the edition asked for, else of the workspace's, else of the one that the text says."""
    year = edition_of(raw, edition or (workspace.edition if workspace else None), DEFAULT_EDITION)
    return load_catalogue(year, (PACKAGED, workspace.catalogue)) if workspace else load_catalogue(year)


def named_territory(name: str | None, year: int) -> Territory | None:
    """The territory of that name; None for no name."""
    return None if name is None else Gazetteer.load().find(name, year)


def figures_of(report: ReadReport, catalogue: Catalogue, file: Path) -> ObservationStore:
    """The figures of a report as observations; of a figure printed with two values the first counts (reading says so)."""
    rows: dict[str, dict[Codes, Observation]] = {}
    for cell in report.cells:
        observation = Observation(cell.figure.value, cell.figure.status, Place(file, cell.placement.line))
        rows.setdefault(cell.planned.cube.name, {}).setdefault(cell.planned.codes, observation)
    cubes = {name: CubeObservations(catalogue.cubes[name], rows=found) for name, found in sorted(rows.items())}
    return ObservationStore(cubes, (), f"{catalogue.year}", f"{catalogue.year}-12-31", "")


def deliver_reading(report: ReadReport, file: Path, workspace: Workspace) -> tuple[IngestEntry, int]:
    """Store a report that was read as a delivery of a workspace, the file itself kept; gives the entry and how many figures."""
    catalogue = load_catalogue(report.document.edition, (PACKAGED, workspace.catalogue))
    store = figures_of(report, catalogue, file)
    cubes = {name: (catalogue.cubes[name], observations.columns) for name, observations in store.cubes.items()}
    figures = sum(len(columns) for _, columns in cubes.values())
    if not figures:
        raise DataError("no figure was read, so nothing was stored", Place(file))
    delivered = Delivered(file, report.raw.format, f"Rendiconto pubblicato, {report.document.subtitle}", None, cubes)
    return Ledger(workspace.deliveries).ingest([delivered], edition=workspace.edition), figures

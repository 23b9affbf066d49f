"""Deliveries taken into a workspace, and what an office is asked for."""

from collections.abc import Sequence
from pathlib import Path

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.catalogue.loading import PACKAGED
from rendiconto.compose.requests import compose_request
from rendiconto.observations.deliveries import Ledger
from rendiconto.observations.deliveries.ledger import IngestEntry
from rendiconto.observations.intake.profiles import Profile, read_profiles, save_profile
from rendiconto.observations.intake.taking import Intake, take_file
from rendiconto.pipeline.editions import Edition
from rendiconto.render.requests import render_request
from rendiconto.workspace import Workspace

PROFILES = "profiles"


def profiles_of(workspace: Workspace | None) -> dict[str, Profile]:
    """The packaged profiles with a workspace's own."""
    folders = (PACKAGED / PROFILES, *((workspace.profiles,) if workspace else ()))
    return read_profiles(folders)


def inspect_files(
    paths: Sequence[Path],
    *,
    workspace: Workspace | None = None,
    edition: int | None = None,
    cube: str | None = None,
    profile: str | None = None,
    office: str | None = None,
) -> tuple[Intake, ...]:
    """What files hold and what is wrong with them; nothing is stored."""
    catalogue = _catalogue(workspace, edition)
    profiles = profiles_of(workspace)
    return tuple(take_file(catalogue, path, cube=cube, profile=profile, profiles=profiles, office=office) for path in paths)


def _catalogue(workspace: Workspace | None, edition: int | None) -> Catalogue:
    if workspace is None:
        return load_catalogue(edition or 2024)
    return load_catalogue(edition or workspace.edition, (PACKAGED, workspace.catalogue))


def ingest_files(workspace: Workspace, intakes: Sequence[Intake], *, edition: int | None = None) -> IngestEntry:
    """Store what files hold, all of them in one step; refused cells are listed in the entry.

    Profiles that were inferred are saved first, so that the next file of the kind is known.
    """
    for intake in intakes:
        if intake.inferred and intake.profile_name and intake.rows:
            save_profile(intake.profile, workspace.profiles, intake.profile_name)
    delivered = [intake.delivered() for intake in intakes]
    return Ledger(workspace.deliveries).ingest(delivered, edition=edition or workspace.edition)


def request_workbook(edition: Edition, office: str) -> bytes:
    """The workbook that an office has to fill: every figure that the edition needs of it, last year's beside."""
    return render_request(compose_request(edition.catalogue, edition.observations, office, edition.focus))

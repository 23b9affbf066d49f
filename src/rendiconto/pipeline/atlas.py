"""The site of all territories: composed from the data and the profiles of the reports, put beside these as one folder.

It stands by the same rules as a report: made again only if something that it shows has changed, and replaced whole. The reports
are in it as further names of the same files, so it can be moved or put on a server as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rendiconto.compose.atlas import compose_atlas
from rendiconto.observations import Resolver
from rendiconto.pipeline.batches import KEPT, PROFILE, Batch, Outcome, alone
from rendiconto.pipeline.building import Progress
from rendiconto.pipeline.folders import link_file, replacing, sweep_folder, write_files
from rendiconto.pipeline.manifests import altered_file, read_manifest, write_manifest
from rendiconto.render import RENDERERS
from rendiconto.territory import Gazetteer, Territory

if TYPE_CHECKING:
    from rendiconto.render.atlas.pages import ReportFiles

_KEPT = frozenset({"inputs", "reports", "files"})


@dataclass(frozen=True, slots=True)
class AtlasBuilt:
    """Where the site stands, what became of it and why, how many reports are in it, the seconds of work."""

    folder: Path
    outcome: Outcome
    why: str
    reports: int
    seconds: float


def atlas_folder(batch: Batch) -> Path:
    """Where the site of a batch's edition stands."""
    return batch.out / f"sito-{batch.edition.year}"


def plan_atlas(batch: Batch) -> str:
    """Why the site has to be made again; empty where it stands. Nothing is written."""
    return _reason(batch, _manifests(batch))


def build_atlas(batch: Batch, *, progress: Progress = lambda _stage: None) -> AtlasBuilt:
    """Make the site of all territories from the data and from the reports that stand in the batch's folder.

    ``progress`` is called with what is being done.
    """
    start = perf_counter()
    folder = atlas_folder(batch)
    with alone(batch.out):
        sweep_folder(folder)
        manifests = _manifests(batch)
        why = _reason(batch, manifests)
        if why:
            _make(batch, folder, manifests, progress)
        outcome = Outcome.BUILT if why else Outcome.KEPT
        return AtlasBuilt(folder, outcome, why, len(manifests), perf_counter() - start)


def _manifests(batch: Batch) -> dict[Territory, dict[str, Any]]:
    """The manifest of every report of the edition that stands."""
    found = {}
    for territory in Gazetteer.load().all(batch.edition.year):
        manifest = read_manifest(batch.folder(territory), KEPT)
        if manifest:
            found[territory] = manifest
    return found


def _shown(batch: Batch, manifests: Mapping[Territory, dict[str, Any]]) -> dict[str, Any]:
    """What the site depends on, as its manifest keeps it: texts only as far as the reports show them."""
    inputs = {name: value for name, value in batch.inputs().as_json().items() if name != "texts"}
    reports = {territory.slug: _digest(manifest) for territory, manifest in manifests.items()}
    return {"inputs": inputs, "reports": reports}


def _digest(manifest: Mapping[str, Any]) -> str:
    return sha256(repr((manifest["document"], sorted(manifest["files"].items()))).encode()).hexdigest()


def _reason(batch: Batch, manifests: Mapping[Territory, dict[str, Any]]) -> str:
    folder = atlas_folder(batch)
    if not folder.is_dir():
        return "not built yet"
    manifest = read_manifest(folder, _KEPT)
    if not manifest:
        return "its build was not finished"
    shown = _shown(batch, manifests)
    if manifest["inputs"] != shown["inputs"]:
        return "the program, the catalogue or the data changed"
    if manifest["reports"] != shown["reports"]:
        return "reports changed"
    altered = altered_file(folder, manifest["files"])
    return f"{altered} was altered or is gone" if altered else ""


def _make(batch: Batch, folder: Path, manifests: Mapping[Territory, dict[str, Any]], progress: Progress) -> None:
    from rendiconto.render.atlas import render_atlas

    edition = batch.edition
    resolver = Resolver(edition.catalogue, edition.observations, as_published=batch.as_published)
    profiles = {place.code: PROFILE.validate_python(manifest["profile"]) for place, manifest in manifests.items()}
    progress("the figures of every territory")
    atlas = compose_atlas(edition.catalogue, resolver, profiles)
    progress(f"{len(atlas.indicators)} indicators and {len(atlas.places)} profiles")
    files = render_atlas(atlas, {place.code: _report_files(manifest) for place, manifest in manifests.items()})
    with replacing(folder) as fresh:
        write_files(fresh, files)
        for territory, manifest in manifests.items():
            progress(f"the report of {territory.name}")
            _link_report(batch.folder(territory), fresh / "territori" / territory.slug / "rendiconto", manifest)
    write_manifest(folder, _shown(batch, manifests))


def _report_files(manifest: Mapping[str, Any]) -> "ReportFiles":
    from rendiconto.render.atlas.pages import ReportFiles

    whole = {path: RENDERERS[name].what for path, name in manifest["whole"].items()}
    return ReportFiles(whole, site="site" in manifest["formats"], data="data" in manifest["formats"])


def _link_report(source: Path, target: Path, manifest: Mapping[str, Any]) -> None:
    for path in manifest["files"]:
        link_file(source / path, target / path)

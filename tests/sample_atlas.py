"""The atlas of the packaged figures, with the profiles of three reports."""

from functools import cache

from rendiconto.compose.atlas import compose_atlas
from rendiconto.document.atlas import Atlas, Profile
from rendiconto.observations import Resolver
from rendiconto.pipeline import compose_report, load_edition
from rendiconto.render.atlas.pages import ReportFiles, render_atlas

REPORTED = ("massa-carrara", "toscana", "italia")


@cache
def sample_atlas() -> Atlas:
    edition = load_edition(2024)
    resolver = Resolver(edition.catalogue, edition.observations)
    profiles = {document.territory.code: Profile.of(document) for document in map(compose_report, REPORTED)}
    return compose_atlas(edition.catalogue, resolver, profiles)


@cache
def sample_files() -> dict[str, bytes]:
    """The site of it; Massa-Carrara has all that a report may have, Toscana a PDF, Italia nothing."""
    atlas = sample_atlas()
    pdf = {"rendiconto.pdf": "documento accessibile"}
    codes = {place.slug: place.code for place in atlas.places}
    reports = {
        codes["massa-carrara"]: ReportFiles({**pdf, "rendiconto.docx": "documento per Word"}, site=True, data=True),
        codes["toscana"]: ReportFiles(pdf, site=False, data=False),
    }
    return render_atlas(atlas, reports)

"""Texts for tests: written into a folder, read over the packaged figures of Massa-Carrara."""

from functools import cache
from pathlib import Path

from rendiconto.audit.prose import ProseAuditor
from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.observations import load_observations
from rendiconto.territory import Gazetteer
from rendiconto.texts.drafts import Draft, parse_draft
from rendiconto.texts.pieces import CheckedPiece, PieceReader

HEAD = "---\nplace: presentation\ntitle: Presentazione\n---\n"
FIRST_LINE = 5
"""The line of the file on which a body after ``HEAD`` begins."""


@cache
def packaged_reader(territory: str = "massa-carrara") -> PieceReader:
    catalogue = packaged_catalogue()
    auditor = ProseAuditor(catalogue, load_observations(catalogue), Gazetteer.load().find(territory, 2024))
    return PieceReader(auditor)


def packaged_catalogue() -> Catalogue:
    return load_catalogue(2024)


def draft(body: str, head: str = HEAD) -> Draft:
    return parse_draft(head + body, Path("testo.md"), "testo.md", packaged_catalogue())


def checked(body: str, head: str = HEAD) -> CheckedPiece:
    return packaged_reader().read(draft(body, head))

"""Texts written by hand in a report: read from their folder, resolved on its figures, audited, and put in their places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rendiconto.audit.prose import ProseAuditor
from rendiconto.document import Document
from rendiconto.document.prose import Piece
from rendiconto.document.report import Chapter, Table
from rendiconto.errors import RendicontoError
from rendiconto.findings import Finding, Severity
from rendiconto.pipeline.editions import DEFAULT_TERRITORY, Edition
from rendiconto.territory import Gazetteer, Territory
from rendiconto.texts.drafts import Draft, find_texts, read_draft, read_drafts
from rendiconto.texts.frontmatter import Destination, Where
from rendiconto.texts.pieces import CheckedPiece, PieceReader


class ReleaseRefused(RendicontoError):
    """A report that is not fit to be released: what stands against it, a line each."""

    def __init__(self, obstacles: Sequence[str]) -> None:
        self.obstacles = tuple(obstacles)
        listed = "\n".join(obstacles)
        super().__init__(f"not released: {len(obstacles)} obstacles, nothing was written", todo=listed)


@dataclass(frozen=True)
class CheckedTexts:
    """The texts of one territory's report."""

    territory: Territory
    pieces: tuple[CheckedPiece, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in all of them, in their order."""
        return tuple(finding for piece in self.pieces for finding in piece.findings)


def read_texts(edition: Edition, territory: Territory, *, as_published: bool = False) -> CheckedTexts:
    """The texts that a territory's report has, resolved and audited; none without a workspace."""
    drafts = () if edition.texts is None else read_drafts(edition.texts, edition.catalogue)
    return check_drafts(drafts, edition, territory, as_published=as_published)


def check_drafts(
    drafts: Sequence[Draft], edition: Edition, territory: Territory, *, as_published: bool = False
) -> CheckedTexts:
    """Those of the texts that are for a territory's report, resolved and audited."""
    own = [draft for draft in drafts if draft.front.is_for(territory, edition.year)]
    if not own:
        return CheckedTexts(territory, ())
    auditor = ProseAuditor(edition.catalogue, edition.observations, territory, as_published=as_published)
    reader = PieceReader(auditor)
    return CheckedTexts(territory, tuple(reader.read(draft) for draft in own))


def with_texts(document: Document, texts: CheckedTexts) -> Document:
    """The report with its texts in their places."""

    def at(where: Where, number: str = "") -> tuple[Piece, ...]:
        wanted = Destination(where, number)
        return tuple(checked.piece for checked in texts.pieces if checked.draft.front.destination == wanted)

    def table(own: Table) -> Table:
        return replace(own, pieces=(*own.pieces, *at(Where.TABLE, own.number)))

    def chapter(own: Chapter) -> Chapter:
        tables = tuple(table(each) for each in own.tables)
        return replace(own, tables=tables, pieces=(*own.pieces, *at(Where.CHAPTER, str(own.number))))

    if not texts.pieces:
        return document
    return replace(
        document,
        presentation=(*document.presentation, *at(Where.PRESENTATION)),
        chapters=tuple(chapter(own) for own in document.chapters),
    )


def refuse_unfit(texts: CheckedTexts) -> None:
    """Raise ``ReleaseRefused`` where texts have errors or say what the figures contradict.

    Sentences written by rule are made of the figures and need no judgement here.
    """
    obstacles = [
        f"{finding.cells[0]}: {finding.message}"
        for finding in texts.findings
        if finding.severity is Severity.ERROR or finding.rule == "contradicted_sentence"
    ]
    if obstacles:
        raise ReleaseRefused(obstacles)


def check_texts(edition: Edition, path: Path | None = None, territory: str | None = None) -> tuple[CheckedTexts, ...]:
    """The texts of a folder (the workspace's own by default) or file, for every territory whose reports have them.

    That is the one asked for; else the edition's territories, else those that texts name, else the packaged one's.
    """
    drafts = drafts_at(path or edition.texts, edition)
    return tuple(check_drafts(drafts, edition, each) for each in territories_of(drafts, edition, territory))


def drafts_at(path: Path | None, edition: Edition) -> tuple[Draft, ...]:
    """The texts of a folder, or of one file."""
    if path is None:
        raise RendicontoError("no folder of texts is named", todo="Name one, or go into a workspace.")
    if path.is_dir():
        return read_drafts(path, edition.catalogue)
    if not path.exists():
        raise RendicontoError("there is no such file or folder", str(path))
    return (read_draft(path, edition.catalogue),)


def texts_in(path: Path) -> tuple[Path, ...]:
    """The files of texts at a path, each with nothing read."""
    return tuple(find_texts(path)) if path.is_dir() else (path,)


def territories_of(drafts: Sequence[Draft], edition: Edition, asked: str | None) -> tuple[Territory, ...]:
    """Whose reports texts are looked at in."""
    gazetteer = Gazetteer.load()
    if asked is not None:
        return (gazetteer.find(asked, edition.year),)
    if edition.focus:
        return edition.focus
    named = {own.code: own for draft in drafts for own in draft.front.territories}
    if all(draft.front.territories for draft in drafts) and named:
        return tuple(named[code] for code in sorted(named))
    default = gazetteer.find(DEFAULT_TERRITORY, edition.year)
    return (default, *(own for code, own in sorted(named.items()) if code != default.code))

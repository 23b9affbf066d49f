"""Texts renewed for another edition: read with the old one's figures, moved to the new one's, written beside the originals."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rendiconto.audit.prose import ProseAuditor
from rendiconto.errors import Place, RendicontoError
from rendiconto.pipeline.editions import Edition, load_edition
from rendiconto.pipeline.texts import territories_of
from rendiconto.territory import Territory
from rendiconto.texts.drafts import Draft, find_texts, read_draft
from rendiconto.texts.pieces import PieceReader
from rendiconto.texts.renewing import Renewed, renew_draft
from rendiconto.workspace import Workspace


@dataclass(frozen=True)
class RenewedFile:
    """A text renewed and the file where it is (or would be) written."""

    renewed: Renewed
    target: Path


def renew_texts(
    path: Path,
    edition: int,
    *,
    workspace: Workspace | None = None,
    territory: str | None = None,
    out: Path | None = None,
    write: bool = True,
) -> tuple[RenewedFile, ...]:
    """A text, or all those of a folder, moved on to an edition; written to ``out`` (``texts-EDITION`` beside them).

    A text comes from the edition that it names, else from the year before. No file that is there is touched.
    """
    if not path.exists():
        raise RendicontoError("there is no such file or folder", str(path))
    root = path if path.is_dir() else path.parent
    target = out or root.resolve().parent / f"texts-{edition}"
    new = load_edition(edition, workspace=workspace)
    files = tuple(find_texts(path)) if path.is_dir() else (path,)
    before = load_edition(edition - 1, workspace=workspace)
    drafts = [read_draft(file, before.catalogue, root) for file in files]
    done = []
    for draft in drafts:
        old = _edition_of(draft, edition, before, workspace)
        place = _one_territory(draft, old, territory)
        renewed = renew_draft(draft, _reader(old, place), _reader(new, place))
        done.append(RenewedFile(renewed, target / draft.source))
    if write:
        _write_all(done)
    return tuple(done)


def _edition_of(draft: Draft, edition: int, before: Edition, workspace: Workspace | None) -> Edition:
    own = draft.front.edition
    if own is None or own == before.year:
        return before
    if own >= edition:
        raise RendicontoError(f"the text is of the edition {own} already", Place(draft.file, 1, "edition"))
    return load_edition(own, workspace=workspace)


def _one_territory(draft: Draft, edition: Edition, asked: str | None) -> Territory:
    """Whose figures the plain numbers of a text are."""
    found = [each for each in territories_of([draft], edition, asked) if draft.front.is_for(each, edition.year)]
    if len(found) != 1:
        raise RendicontoError(
            "it is not said whose figures the text has", Place(draft.file), "Name one with --territory, or in the text."
        )
    return found[0]


def _reader(edition: Edition, territory: Territory) -> PieceReader:
    return PieceReader(ProseAuditor(edition.catalogue, edition.observations, territory))


def _write_all(done: Sequence[RenewedFile]) -> None:
    for each in done:
        if each.target.exists():
            raise RendicontoError("the file is there already", str(each.target), "Name another folder with --out.")
    for each in done:
        _write(each)


def _write(each: RenewedFile) -> None:
    """Whole or not at all, with the line ends of the original."""
    content = each.renewed.text
    if b"\r\n" in each.renewed.draft.file.read_bytes():
        content = content.replace("\n", "\r\n")
    try:
        each.target.parent.mkdir(parents=True, exist_ok=True)
        handle, passing = tempfile.mkstemp(prefix=f".{each.target.name}-", dir=each.target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode())
        Path(passing).chmod(0o644)
        Path(passing).replace(each.target)
    except OSError as error:
        raise RendicontoError(f"cannot write: {error.strerror}", str(each.target), "Give a folder with --out.") from None

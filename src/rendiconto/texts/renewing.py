"""Next year the text comes back: each bound figure moved on, each sentence that holds no longer marked for its author.

Live figures move by themselves; years written in them, and years in the prose that bound figures are of, are moved on. What no
figure bears out any more stands between ``==`` and ``==``, and is told in the notes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rendiconto.catalogue.declarations import PERIOD
from rendiconto.document.claims import Verdict
from rendiconto.document.values import Status
from rendiconto.errors import RendicontoError
from rendiconto.italian.sorting import fold_words
from rendiconto.texts.drafts import Draft, parse_draft
from rendiconto.texts.filters import FILTERS
from rendiconto.texts.livesyntax import Argument, LiveSource
from rendiconto.texts.markdown import REVIEW
from rendiconto.texts.moving import Lost, move_claim
from rendiconto.texts.pieces import BoundClaim, CheckedPiece, PieceReader, ReadBlock

_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d)")
_EDITION: Final = re.compile(r"^(edition:\s*[\"']?)(\d{4})", re.MULTILINE)
_PERIOD_NAMES: Final = frozenset(("anno", PERIOD))


@dataclass(frozen=True, slots=True, order=True)
class RenewalNote:
    """What was done, or is left to do, on a line of the new text: ``moved``, ``marked`` or ``left``."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True)
class Renewed:
    """A text for another edition, beside the one that it comes from."""

    draft: Draft
    text: str
    notes: tuple[RenewalNote, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters of the body to be written otherwise."""

    start: int
    end: int
    text: str


@dataclass
class _Renewal:
    """A renewal under way; ``lost`` has the sentences to mark (block, sentence) with the reasons."""

    draft: Draft
    years: int
    edits: dict[int, _Edit] = field(default_factory=dict)
    notes: list[RenewalNote] = field(default_factory=list)
    lost: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The old body."""
        return self.draft.text[self.draft.body_start :]

    def write(self, start: int, end: int, text: str) -> None:
        """Write characters of the body otherwise, once."""
        old = self.body[start:end]
        if start not in self.edits and old != text:
            self.edits[start] = _Edit(start, end, text)
            self.note(start, "moved", f"{old} → {text}")

    def note(self, offset: int, kind: str, text: str) -> None:
        """Note what happens at a character of the body; lines stay what they are."""
        self.notes.append(RenewalNote(self.draft.line_at(offset), kind, " ".join(text.split())))

    def result(self) -> str:
        """The file with all edits."""
        body = self.body
        for edit in sorted(self.edits.values(), key=lambda each: each.start, reverse=True):
            body = body[: edit.start] + edit.text + body[edit.end :]
        return self.draft.text[: self.draft.body_start] + body


def renew_draft(draft: Draft, old: PieceReader, new: PieceReader) -> Renewed:
    """A text moved from the edition that ``old`` reads to that of ``new``; both are of one territory."""
    edition = new.auditor.data.catalogue
    renewal = _Renewal(draft, edition.year - old.auditor.data.catalogue.year)
    checked = old.read(draft)
    for number, block in enumerate(checked.blocks):
        _move_live(renewal, number, block)
        _move_block(renewal, number, block, new)
    head, body = renewal.result()[: draft.body_start], renewal.result()[draft.body_start :]
    moved = _EDITION.sub(lambda match: f"{match[1]}{edition.year}", head) + body
    if draft.front.edition is not None:
        renewal.notes.append(RenewalNote(1, "moved", f"edition: {draft.front.edition} → {edition.year}"))
    if _YEAR.search(draft.front.title):
        renewal.notes.append(RenewalNote(draft.front.title_line, "left", f"the title: {draft.front.title}"))
    if draft.front.date:
        renewal.notes.append(RenewalNote(1, "left", f"the date: {draft.front.date}"))
    text = _marked(renewal, moved, new)
    return Renewed(draft, text, tuple(sorted(set(renewal.notes))))


def _move_live(renewal: _Renewal, number: int, block: ReadBlock) -> None:
    """Move the years that are written out in live figures."""
    sources = zip(renewal.draft.live[number], block.block.live, strict=True)
    for source, span in sources:
        begin = block.block.origin[span.start]
        for argument in _absolute_years(source):
            start = begin + argument.start
            renewal.write(start, start + len(argument.value), str(int(argument.value) + renewal.years))


def _absolute_years(source: LiveSource) -> Iterator[Argument]:
    for call in (source.indicator, *source.filters):
        known = FILTERS.get("_".join(call.name.casefold().split()))
        for argument in call.arguments:
            is_year = fold_words(argument.name) in _PERIOD_NAMES or (
                not argument.name and known is not None and known.years and call is not source.indicator
            )
            if is_year and _YEAR.fullmatch(argument.value):
                yield argument


def _move_block(renewal: _Renewal, number: int, block: ReadBlock, new: PieceReader) -> None:
    live = {(shown.start, shown.end) for shown in block.live}
    written = [bound for bound in block.claims if (bound.claim.start, bound.claim.end) not in live]
    for at, (start, end) in enumerate(block.sentences):
        own = [bound for bound in written if start <= bound.claim.start < end]
        years = {year for shown in block.live if start <= shown.start < end for year in shown.inserted.years}
        for bound in own:
            if bound.claim.verdict is Verdict.SUPPORTED:
                years |= _years_of(bound)
                _move_bound(renewal, (number, at), block, bound, new)
            else:
                state = "contradicted already" if bound.claim.verdict is Verdict.CONTRADICTED else "not checked"
                renewal.note(block.origin[bound.claim.start], "left", f"“{bound.claim.text}” ({state})")
        _move_years(renewal, block, (start, end), years)
    for start, end in block.unread:
        renewal.note(block.origin[start], "left", f"“{block.text[start:end]}” (not understood)")


def _move_bound(renewal: _Renewal, sentence: tuple[int, int], block: ReadBlock, bound: BoundClaim, new: PieceReader) -> None:
    try:
        moved = move_claim(bound, renewal.years, new.auditor.data)
        if moved.text:
            _write_in(renewal, block, moved.start, moved.end, moved.text)
    except Lost as lost:
        renewal.lost.setdefault(sentence, []).append(f"{lost}")


def _write_in(renewal: _Renewal, block: ReadBlock, start: int, end: int, text: str) -> None:
    """Write words of a block otherwise, where they stand in one run in the file."""
    if any(shown.start < end and start < shown.end for shown in block.live):
        return
    begin = block.origin[start]
    if renewal.body[begin : begin + end - start] != block.text[start:end]:
        raise Lost(f"{block.text[start:end]} is not written in one run")
    renewal.write(begin, begin + end - start, text)


def _move_years(renewal: _Renewal, block: ReadBlock, span: tuple[int, int], years: set[int]) -> None:
    """Move the years of a sentence that its bound figures are of; others stay."""
    for match in _YEAR.finditer(block.text, *span):
        if any(shown.start <= match.start() < shown.end for shown in block.live):
            continue
        if int(match[0]) in years:
            _write_in(renewal, block, match.start(), match.end(), str(int(match[0]) + renewal.years))
        else:
            renewal.note(block.origin[match.start()], "left", f"the year {match[0]}")


def _years_of(bound: BoundClaim) -> set[int]:
    return {int(codes[cube.dimension_names.index(PERIOD)]) for cube, codes in bound.cells}


def _marked(renewal: _Renewal, text: str, new: PieceReader) -> str:
    """The moved text with marks around the sentences that do not hold, by what was lost and by an audit of all of it."""
    draft = renewal.draft
    try:
        checked = new.read(parse_draft(text, draft.file, draft.source, new.auditor.data.catalogue))
    except RendicontoError as error:
        renewal.notes.append(RenewalNote(1, "left", f"the new edition does not take it: {error}"))
        return text
    start_of_body = checked.draft.body_start
    for start, end, reasons in sorted(_not_holding(renewal, checked), reverse=True):
        renewal.notes.append(RenewalNote(checked.draft.line_at(start), "marked", "; ".join(dict.fromkeys(reasons))))
        text = text[: start_of_body + end] + REVIEW + text[start_of_body + end :]
        text = text[: start_of_body + start] + REVIEW + text[start_of_body + start :]
    return text


def _not_holding(renewal: _Renewal, checked: CheckedPiece) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Where sentences that do not hold begin and end in the body, with the reasons."""
    for number, block in enumerate(checked.blocks):
        for at, (start, end) in enumerate(block.sentences):
            reasons = [*renewal.lost.get((number, at), ()), *_reasons(block, start, end)]
            begin = block.origin[start]
            until = block.origin[end]
            if reasons and not checked.draft.text.startswith(REVIEW, checked.draft.body_start + begin - len(REVIEW)):
                yield begin, until, reasons


def _reasons(block: ReadBlock, start: int, end: int) -> Iterator[str]:
    for bound in block.claims:
        if start <= bound.claim.start < end and bound.claim.verdict is Verdict.CONTRADICTED:
            yield f"“{bound.claim.text}” should say {bound.claim.should_say}"
    for shown in block.live:
        if start <= shown.start < end and shown.inserted.status is Status.MISSING:
            yield f"{shown.source.text}: {shown.inserted.why}"

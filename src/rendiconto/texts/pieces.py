"""A text becomes a piece of one report: live figures inserted, every sentence audited, every claim with its cells."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rendiconto.audit.prose import ProseAudit, ProseAuditor
from rendiconto.audit.readings import Reading
from rendiconto.check.claims import Cell, Operation
from rendiconto.document.claims import Coverage, JudgedClaim, Passage, Verdict
from rendiconto.document.prose import Paragraph, Piece, Sentence, TextMark
from rendiconto.document.values import Status
from rendiconto.errors import Place, RendicontoError
from rendiconto.findings import Finding
from rendiconto.italian.words import split_sentences
from rendiconto.texts.drafts import Draft, placed, raise_mistakes
from rendiconto.texts.livefigures import Inserted, LiveFigures
from rendiconto.texts.livesyntax import LiveSource
from rendiconto.texts.markdown import Block
from rendiconto.texts.rules import text_finding

_TOLD_AS_FIGURES: Final = frozenset(
    str(operation) for operation in (Operation.VALUE, Operation.DIFFERENCE, Operation.GROWTH, Operation.SHARE, Operation.RATIO)
)
"""Operations that the auditor finds at a number: at a live figure's it is known already."""
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_IN_TEXT: Final = re.compile(r"text@(\d+)")
_STATUS_RULES: Final = {Status.MISSING: "live_missing", Status.CONFIDENTIAL: "live_confidential"}


@dataclass(frozen=True)
class LiveShown:
    """A live figure in a block: what it was, what stands there, and between which offsets of the block's text."""

    source: LiveSource
    inserted: Inserted
    start: int
    end: int
    line: int


@dataclass(frozen=True)
class BoundClaim:
    """A claim found in a block (offsets in its text) with the readings that bear its verdict out."""

    claim: JudgedClaim
    readings: tuple[Reading, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the reading that it was judged by."""
        return tuple(cell for claim in self.readings[0] for cell in claim.cells) if self.readings else ()

    @property
    def is_bound(self) -> bool:
        """Whether the figures bear it out in one way only."""
        keys = {tuple((cube.name, codes) for claim in reading for cube, codes in claim.cells) for reading in self.readings}
        return self.claim.verdict is Verdict.SUPPORTED and len(keys) == 1


@dataclass(frozen=True)
class ReadBlock:
    """A block as the report has it: its text with live figures in their places, and all that was found in it.

    ``origin`` has each character's offset in the body; ``sentences`` and ``unread`` are (start, end) offsets in ``text``.
    """

    block: Block
    text: str
    origin: tuple[int, ...]
    marks: tuple[TextMark, ...]
    live: tuple[LiveShown, ...]
    claims: tuple[BoundClaim, ...]
    sentences: tuple[tuple[int, int], ...]
    unread: tuple[tuple[int, int], ...]
    findings: tuple[Finding, ...]
    coverage: Coverage


@dataclass(frozen=True)
class CheckedPiece:
    """A text as a piece of a report, with what was found in it."""

    draft: Draft
    piece: Piece
    blocks: tuple[ReadBlock, ...]
    findings: tuple[Finding, ...]

    @property
    def contradicted(self) -> tuple[JudgedClaim, ...]:
        """Its contradicted claims."""
        claims = (claim for sentence in self.piece.sentences for claim in sentence.claims)
        return tuple(claim for claim in claims if claim.verdict is Verdict.CONTRADICTED)

    @property
    def coverage(self) -> Coverage:
        """How much of it was understood."""
        parts = [block.coverage for block in self.blocks]
        return Coverage(sum(part.numeric_sentences for part in parts), sum(part.checked for part in parts))

    def line_of(self, block: ReadBlock, at: int) -> int:
        """The line of the file on which a character of a block stands."""
        return self.draft.line_at(block.origin[min(at, len(block.origin) - 1)])


class PieceReader:
    """Makes pieces of one report out of drafts."""

    def __init__(self, auditor: ProseAuditor) -> None:
        self.auditor = auditor
        self.figures = LiveFigures(auditor.data)

    def read(self, draft: Draft) -> CheckedPiece:
        """The piece; live figures that name what is not there are raised together, each with its line."""
        expanded = self._expanded(draft)
        blocks = tuple(self._audited(draft, *parts) for parts in expanded)
        piece = Piece(
            source=draft.source,
            title=draft.front.title,
            paragraphs=tuple(_paragraph(block) for block in blocks),
            bylines=draft.front.bylines,
            date=draft.front.date,
        )
        findings = [*self._title_findings(draft), *_markup_findings(draft)]
        for block in blocks:
            findings.extend(block.findings)
        return CheckedPiece(draft, piece, blocks, tuple(findings))

    def _expanded(self, draft: Draft) -> list[tuple[Block, tuple[LiveShown, ...], "_Expanded"]]:
        mistakes: list[RendicontoError] = []
        found = []
        for block, sources in zip(draft.body.blocks, draft.live, strict=True):
            inserted: list[Inserted] = []
            for source, span in zip(sources, block.live, strict=True):
                try:
                    inserted.append(self.figures.insert(source))
                except RendicontoError as error:
                    mistakes.append(placed(error, Place(draft.file, span.line)))
            if len(inserted) == len(sources):
                expanded = _expand(block, inserted)
                shown = (
                    LiveShown(source, each, start, start + len(each.text), span.line)
                    for source, each, span, start in zip(sources, inserted, block.live, expanded.starts, strict=True)
                )
                found.append((block, tuple(shown), expanded))
        raise_mistakes(mistakes)
        return found

    def _audited(self, draft: Draft, block: Block, live: tuple[LiveShown, ...], expanded: "_Expanded") -> ReadBlock:
        audit = self.auditor.audit([Passage(expanded.text, 0, 1, block.line)])
        found = [BoundClaim(claim, readings) for claim, readings in zip(audit.claims, audit.readings, strict=True)]
        claims = [BoundClaim(_at(shown), ()) for shown in live if shown.inserted.judged is not None]
        claims += [bound for bound in found if not _known(bound.claim, live, expanded.text)]
        claims.sort(key=lambda bound: (bound.claim.start, bound.claim.end))
        read = ReadBlock(
            block=block,
            text=expanded.text,
            origin=expanded.origin,
            marks=expanded.marks,
            live=live,
            claims=tuple(claims),
            sentences=split_sentences(expanded.text),
            unread=tuple(span for span in audit.unread if not any(span[0] <= shown.start < span[1] for shown in live)),
            findings=(),
            coverage=audit.coverage,
        )
        doubted = [bound.claim for bound in found if bound not in claims and bound.claim.verdict is Verdict.CONTRADICTED]
        return replace(read, findings=(*_findings(draft, read, expanded, audit), *_doubts(draft, read, doubted)))

    def _title_findings(self, draft: Draft) -> Iterator[Finding]:
        for claim in self.auditor.audit([Passage(draft.front.title, 0, 1, 1)]).claims:
            if claim.verdict is Verdict.CONTRADICTED:
                words = {"text": draft.front.title, "right": claim.should_say}
                yield text_finding("contradicted_sentence", draft.place(draft.front.title_line), words)


@dataclass(frozen=True)
class _Expanded:
    """A block's text with figures in their places; ``starts`` of the figures, ``review`` where marks ``==`` stood."""

    text: str
    origin: tuple[int, ...]
    marks: tuple[TextMark, ...]
    starts: tuple[int, ...]
    review: tuple[int, ...]


def _expand(block: Block, inserted: Sequence[Inserted]) -> _Expanded:
    """The block with what its live figures print."""
    text, at = "", 0
    origin: list[int] = []
    moved: list[int] = []
    starts: list[int] = []
    for span, figure in zip(block.live, inserted, strict=True):
        moved.extend(range(len(text), len(text) + span.start - at))
        text += block.text[at : span.start]
        origin.extend(block.origin[at : span.start])
        starts.append(len(text))
        moved.extend([len(text)] * (span.end - span.start))
        text += figure.text
        origin.extend([block.origin[span.start]] * len(figure.text))
        at = span.end
    moved.extend(range(len(text), len(text) + len(block.text) - at + 1))
    text += block.text[at:]
    origin.extend(block.origin[at:])
    marks = tuple(replace(mark, start=moved[mark.start], end=moved[mark.end]) for mark in block.marks)
    return _Expanded(text, tuple(origin), marks, tuple(starts), tuple(moved[each] for each in block.review))


def _at(shown: LiveShown) -> JudgedClaim:
    judged = shown.inserted.judged
    assert judged is not None
    return replace(judged, start=shown.start, end=shown.end)


def _known(claim: JudgedClaim, live: Sequence[LiveShown], text: str) -> bool:
    """Whether a claim is only about a live figure, which says itself what it is.

    It is not where the sentence names years and none of them is the figure's: then its words are wrong.
    """
    if claim.operation not in _TOLD_AS_FIGURES:
        return False
    about = [shown for shown in live if shown.inserted.judged and claim.start <= shown.start and shown.end <= claim.end]
    if not about or claim.verdict is not Verdict.CONTRADICTED:
        return bool(about)
    start, end = next(span for span in split_sentences(text) if span[0] <= claim.start < span[1])
    said = {int(year) for year in _YEAR.findall(text[start:end])}
    return not said or any(year in said for shown in about for year in shown.inserted.years)


def _paragraph(read: ReadBlock) -> Paragraph:
    sentences = tuple(_sentence(read, start, end) for start, end in read.sentences)
    return Paragraph(sentences, read.block.kind, read.block.level, read.block.ordered)


def _sentence(read: ReadBlock, start: int, end: int) -> Sentence:
    claims = tuple(
        replace(bound.claim, start=bound.claim.start - start, end=bound.claim.end - start)
        for bound in read.claims
        if start <= bound.claim.start < end
    )
    marks = tuple(
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in read.marks
        if mark.start < end and start < mark.end
    )
    return Sentence(read.text[start:end], claims, marks)


def _findings(draft: Draft, read: ReadBlock, expanded: _Expanded, audit: ProseAudit) -> Iterator[Finding]:
    def place(at: int) -> str:
        return draft.place(draft.line_at(read.origin[min(at, len(read.origin) - 1)]))

    for shown in read.live:
        rule = _STATUS_RULES.get(shown.inserted.status)
        if rule is not None:
            yield text_finding(rule, draft.place(shown.line), {"text": shown.source.text, "right": shown.inserted.why})
    for bound in read.claims:
        if bound.claim.verdict is Verdict.CONTRADICTED:
            words = {"text": bound.claim.text, "right": bound.claim.should_say or bound.claim.why}
            yield text_finding("contradicted_sentence", place(bound.claim.start), words)
    for start, end in read.sentences:
        if any(start <= at < end for at in expanded.review[::2]):
            yield text_finding("marked_sentence", place(start), {"text": read.text[start:end]})
    for start, end in read.unread:
        yield text_finding("unread_sentence", place(start), {"text": read.text[start:end]})
    for finding in audit.findings:
        yield _relocated(finding, place)


def _relocated(finding: Finding, place: Callable[[int], str]) -> Finding:
    """A finding of the auditor at its line, where it cites a place in the text and no cell."""
    match = _IN_TEXT.fullmatch(finding.keys[0])
    return replace(finding, keys=(place(int(match[1])),), cells=()) if match else finding


def _doubts(draft: Draft, read: ReadBlock, doubted: Sequence[JudgedClaim]) -> Iterator[Finding]:
    """Words around a live figure that the auditor reads as saying something else of it."""
    for claim in doubted:
        place = draft.place(draft.line_at(read.origin[claim.start]))
        yield text_finding("live_unlike_words", place, {"text": claim.text, "right": claim.why})


def _markup_findings(draft: Draft) -> Iterator[Finding]:
    for problem in draft.body.problems:
        yield text_finding(problem.rule, draft.place(problem.line), {"text": problem.text, "right": problem.right})

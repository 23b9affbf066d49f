"""Prose as HTML needs it: runs of items become lists, and each paragraph has the figures that it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rendiconto.address import CellRef
from rendiconto.document.claims import Evidence
from rendiconto.document.prose import Paragraph, ParagraphKind
from rendiconto.errors import RendicontoError
from rendiconto.render.runs import Run, sentence_runs


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A figure that a paragraph rests on: how it reads, what it is, and its place in the page (empty where none prints it)."""

    shown: str
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph: the runs of each sentence, the figures behind them, and its place in a list."""

    sentences: tuple[tuple[Run, ...], ...]
    evidence: tuple[EvidenceView, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs set as one: ``tag`` is p, h, ul, ol or blockquote."""

    tag: str
    paragraphs: tuple[ParagraphView, ...]


_TAGS = {ParagraphKind.TEXT: "p", ParagraphKind.HEADING: "h", ParagraphKind.QUOTE: "blockquote"}


def view_prose(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """The blocks in order: items that follow one another are one list, quoted paragraphs one quotation."""
    return tuple(_blocks(paragraphs))


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    for tag, run in groupby(paragraphs, _tag):
        views = tuple(map(_view, run))
        if tag in {"p", "h"}:
            yield from (Block(tag, (view,)) for view in views)
        else:
            yield Block(tag, views)


def _tag(paragraph: Paragraph) -> str:
    if paragraph.kind is ParagraphKind.ITEM:
        return "ol" if paragraph.ordered else "ul"
    return _TAGS[paragraph.kind]


def _view(paragraph: Paragraph) -> ParagraphView:
    found: dict[Evidence, None] = {}
    for sentence in paragraph.sentences:
        for claim in sentence.claims:
            found.update(dict.fromkeys(claim.evidence))
    evidence = tuple(EvidenceView(item.shown, item.label, _target(item.cell)) for item in found)
    return ParagraphView(tuple(map(sentence_runs, paragraph.sentences)), evidence, paragraph.level)


def _target(cell: str) -> str:
    """The anchor of a cell that some table prints; evidence of other kinds has none."""
    try:
        return f"#{CellRef.parse(cell)}"
    except RendicontoError:
        return ""

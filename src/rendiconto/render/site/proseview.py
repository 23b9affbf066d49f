"""Prose as HTML needs it: runs of items become lists, and each sentence has the figures that it rests on, one click away."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rendiconto.address import CellRef
from rendiconto.document.prose import Paragraph, ParagraphKind, Sentence
from rendiconto.italian.phrases import listed
from rendiconto.render.runs import Run, sentence_runs

Place = Callable[[CellRef], str]
"""The link to a cell from the page that the prose stands on."""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A figure that a sentence rests on: how it reads, what it is, the link to its cell (empty where none prints it)."""

    shown: str
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence: its runs, its figures, the tables that they stand in ("tav. 12"), and an id of its own in the page."""

    runs: tuple[Run, ...]
    evidence: tuple[EvidenceView, ...]
    tables: str
    id: str


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph's sentences, and its depth in a list or under a heading."""

    sentences: tuple[SentenceView, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs set as one: ``tag`` is p, h, ul, ol or blockquote."""

    tag: str
    paragraphs: tuple[ParagraphView, ...]

    @property
    def told(self) -> tuple[SentenceView, ...]:
        """Its sentences that rest on figures."""
        return tuple(s for paragraph in self.paragraphs for s in paragraph.sentences if s.evidence)


_TAGS = {ParagraphKind.TEXT: "p", ParagraphKind.HEADING: "h", ParagraphKind.QUOTE: "blockquote"}


def view_prose(paragraphs: Sequence[Paragraph], place: Place, mark: str) -> tuple[Block, ...]:
    """The blocks in order: items that follow one another are one list, quoted paragraphs one quotation.

    ``mark`` begins the ids of the sentences: it must be the text's own in the page.
    """
    return tuple(_blocks(paragraphs, place, mark))


def _blocks(paragraphs: Sequence[Paragraph], place: Place, mark: str) -> Iterator[Block]:
    for tag, run in groupby(enumerate(paragraphs, start=1), lambda pair: _tag(pair[1])):
        views = tuple(_view(paragraph, place, f"{mark}-{number}") for number, paragraph in run)
        if tag in {"p", "h"}:
            yield from (Block(tag, (view,)) for view in views)
        else:
            yield Block(tag, views)


def _tag(paragraph: Paragraph) -> str:
    if paragraph.kind is ParagraphKind.ITEM:
        return "ol" if paragraph.ordered else "ul"
    return _TAGS[paragraph.kind]


def _view(paragraph: Paragraph, place: Place, mark: str) -> ParagraphView:
    sentences = enumerate(paragraph.sentences, start=1)
    return ParagraphView(tuple(_sentence(each, place, f"{mark}-{at}") for at, each in sentences), paragraph.level)


def _sentence(sentence: Sentence, place: Place, mark: str) -> SentenceView:
    figures = ((item, item.ref) for item in sentence.evidence)
    evidence = tuple(EvidenceView(item.shown, item.label, place(ref) if ref else "") for item, ref in figures)
    return SentenceView(sentence_runs(sentence), evidence, name_tables(sentence.tables), mark)


def name_tables(numbers: Sequence[str]) -> str:
    """Tables in short: ``tav. 12``, ``tavv. 3 e 5``, ``graf. 1``; ``cifre`` for those that no table prints."""
    said = []
    for one, many, chart in (("tav.", "tavv.", False), ("graf.", "graff.", True)):
        kind = [number.lstrip("G") for number in numbers if number.startswith("G") is chart]
        if kind:
            said.append(f"{one if len(kind) == 1 else many} {listed(kind)}")
    return ", ".join(said) or "cifre"

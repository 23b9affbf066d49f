"""Prose as paragraphs of a Word file: what the Document marks in a sentence becomes runs and links."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rendiconto.document.prose import Paragraph, ParagraphKind, Piece, Sentence
from rendiconto.italian.dates import format_date
from rendiconto.render.docx.blocks import Span, Style, Text
from rendiconto.render.runs import sentence_runs

_HEADINGS = (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3)


def sentence_spans(sentence: Sentence) -> tuple[Span, ...]:
    """The runs of a sentence as spans of a Word paragraph."""
    return tuple(Span(run.text, bold=run.strong, italic=run.emphasis, target=run.target) for run in sentence_runs(sentence))


def sentences_block(style: Style, sentences: Sequence[Sentence], *, anchor: str, place: str) -> Text:
    """One paragraph of sentences, a space between them."""
    spans: list[Span] = []
    for sentence in sentences:
        spans += [Span(" ")] if spans else []
        spans += sentence_spans(sentence)
    return Text(style, tuple(spans), anchor, place, tuple(sentence.text for sentence in sentences))


class ProseWriter:
    """Writes paragraphs and pieces; it numbers the ordered lists of the file, each from 1."""

    def __init__(self) -> None:
        self.series = 0

    def paragraphs(self, paragraphs: Sequence[Paragraph], *, anchor: str, place: str, below: int) -> Iterator[Text]:
        """The paragraphs; headings among them stand ``below`` that level (1 or 2, then never deeper than 3)."""
        listing = False
        for number, paragraph in enumerate(paragraphs, start=1):
            ordered = paragraph.kind is ParagraphKind.ITEM and paragraph.ordered
            self.series += ordered and not listing
            listing = ordered
            style = _style(paragraph, below)
            block = sentences_block(style, paragraph.sentences, anchor=f"{anchor}_p{number}", place=place)
            if paragraph.kind is ParagraphKind.ITEM:
                block = replace(block, level=max(paragraph.level, 1), series=self.series if ordered else 0)
            yield replace(block, keep=paragraph.kind is ParagraphKind.HEADING)

    def piece(self, piece: Piece, *, anchor: str, place: str, level: int) -> Iterator[Text]:
        """A text written by hand: its title at a heading ``level`` (1 to 3), its paragraphs, who wrote it and when."""
        if piece.title:
            yield Text(_HEADINGS[level - 1], (Span(piece.title),), f"_Toc_{anchor}", place, (piece.title,), keep=True)
        yield from self.paragraphs(piece.paragraphs, anchor=anchor, place=place, below=level)
        for byline in piece.bylines:
            spans = (Span(byline.name, bold=True), *((Span(f", {byline.role}"),) if byline.role else ()))
            yield Text(Style.BYLINE, spans, "", place, ("".join(span.text for span in spans),))
        if piece.date:
            day = format_date(date.fromisoformat(piece.date))
            yield Text(Style.BYLINE, (Span(day),), "", place, (day,))


def _style(paragraph: Paragraph, below: int) -> Style:
    if paragraph.kind is ParagraphKind.HEADING:
        return _HEADINGS[min(below + max(paragraph.level, 1), 3) - 1]
    if paragraph.kind is ParagraphKind.ITEM:
        return Style.NUMBER if paragraph.ordered else Style.BULLET
    return Style.QUOTE if paragraph.kind is ParagraphKind.QUOTE else Style.TEXT

"""The report of Massa-Carrara with prose of every kind in it, as a committee gets it in Word."""

from dataclasses import replace
from functools import cache

from rendiconto.document import Document
from rendiconto.document.prose import Byline, MarkKind, Paragraph, ParagraphKind, Piece, Sentence, TextMark
from rendiconto.pipeline import compose_report

COMMENTARY = (
    "Le domande di NASpI accolte nel 2024 sono 8.924.",
    "Le entrate contributive ammontano a 219.216.355,46 euro.",
    "Ai sensi dell'art. 52, il dato della tab. 17 va letto con prudenza.",
)
LINKED = "Si veda la nota dell'Istat, che è molto chiara."
ADDRESS = "https://www.istat.it/"


def sentences(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(text) for text in texts)


def linked() -> Sentence:
    """A sentence with a link, an emphasis and a strong word, one inside the other."""
    link, strong, emphasis = LINKED.index("nota"), LINKED.index("Istat"), LINKED.index("molto")
    return Sentence(
        LINKED,
        marks=(
            TextMark(link, LINKED.index(","), MarkKind.LINK, ADDRESS),
            TextMark(strong, strong + 5, MarkKind.STRONG),
            TextMark(emphasis, emphasis + 5, MarkKind.EMPHASIS),
        ),
    )


def piece() -> Piece:
    return Piece(
        source="presentazione.md",
        title="Presentazione del Comitato",
        paragraphs=(
            Paragraph(sentences("Il Comitato presenta il Rendiconto.", "Lo fa ogni anno.")),
            Paragraph(sentences("Che cosa contiene"), ParagraphKind.HEADING, level=1),
            Paragraph(sentences("Il lavoro."), ParagraphKind.ITEM, level=1),
            Paragraph(sentences("Le pensioni."), ParagraphKind.ITEM, level=2),
            Paragraph(sentences("Primo passo."), ParagraphKind.ITEM, level=1, ordered=True),
            Paragraph(sentences("Secondo passo."), ParagraphKind.ITEM, level=1, ordered=True),
            Paragraph(sentences("Chi legge giudichi."), ParagraphKind.QUOTE),
            Paragraph((linked(),)),
            Paragraph(sentences("Altro primo passo."), ParagraphKind.ITEM, level=1, ordered=True),
        ),
        bylines=(Byline("Anna Rossi", "presidente del Comitato provinciale"), Byline("Bruno Bianchi")),
        date="2025-10-31",
    )


@cache
def report_with_prose() -> Document:
    document = compose_report("massa-carrara")
    third = document.chapters[2]
    noted = replace(third.tables[0], pieces=(replace(piece(), title="", bylines=(), date=""),))
    chapter = replace(
        third,
        commentary=(Paragraph(sentences(*COMMENTARY)), Paragraph(sentences("Il quadro resta stabile."))),
        pieces=(replace(piece(), title="Il commento della sede"),),
        tables=(noted, *third.tables[1:]),
    )
    return replace(
        document,
        chapters=(*document.chapters[:2], chapter, *document.chapters[3:]),
        presentation=(piece(),),
    )

"""Prose as the Typst template takes it: paragraphs as runs, with the tables that their sentences rest on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rendiconto.document.prose import Paragraph, Piece
from rendiconto.italian.dates import format_date
from rendiconto.render.charts.typeface import has_glyph
from rendiconto.render.excerpts import table_label
from rendiconto.render.runs import sentence_runs


def prose_lines(paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """The paragraphs in order; ``tables`` are the labels and slugs of those that a paragraph rests on."""
    return [
        {
            "kind": str(paragraph.kind),
            "level": paragraph.level,
            "ordered": paragraph.ordered,
            "runs": _runs(paragraph),
            "tables": [{"label": _label(number), "slug": number.lower()} for number in _tables(paragraph)],
        }
        for paragraph in paragraphs
    ]


def piece_lines(piece: Piece) -> dict[str, Any]:
    """A text written by hand, with who answers for it."""
    names = [f"{byline.name}, {byline.role}" if byline.role else byline.name for byline in piece.bylines]
    day = [format_date(date.fromisoformat(piece.date))] if piece.date else []
    return {
        "title": printable(piece.title),
        "paragraphs": prose_lines(piece.paragraphs),
        "bylines": [printable(line) for line in (*names, *day)],
    }


def printable(text: str) -> str:
    """The text with each character that the typeface has not, written as its number: nothing is left out unseen."""
    return "".join(
        character if character.isspace() or has_glyph(character) else f"[U+{ord(character):04X}]" for character in text
    )


def _runs(paragraph: Paragraph) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    for sentence in paragraph.sentences:
        if runs:
            runs.append({"text": " ", "strong": False, "emphasis": False, "target": ""})
        for run in sentence_runs(sentence):
            text = printable(run.text)
            runs.append({"text": text, "strong": run.strong, "emphasis": run.emphasis, "target": run.target})
    return runs


def _tables(paragraph: Paragraph) -> list[str]:
    """The numbers of the tables whose cells a paragraph cites, in the order in which it does."""
    return list(dict.fromkeys(number for sentence in paragraph.sentences for number in sentence.tables))


def _label(number: str) -> str:
    return table_label(number).lower()

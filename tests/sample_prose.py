"""Prose put into a Document by hand: commentary, highlights, and pieces with every kind of paragraph and mark."""

from dataclasses import replace

from rendiconto.document import Cell, Chapter, Document, Grid, Status, cell_text
from rendiconto.document.claims import Evidence, JudgedClaim, Verdict
from rendiconto.document.prose import Byline, MarkKind, Paragraph, ParagraphKind, Piece, Sentence, TextMark


def with_prose(document: Document) -> Document:
    """The Document with three sentences and a piece a chapter, one highlight a chapter, and a presentation."""
    chapters = tuple(_with_commentary(chapter) for chapter in document.chapters)
    highlights = tuple(chapter.commentary[0].sentences[0] for chapter in chapters if chapter.commentary)
    return replace(document, chapters=chapters, highlights=highlights, presentation=(presentation(),))


def without_prose(document: Document) -> Document:
    """The Document with its figures only."""
    chapters = tuple(replace(chapter, commentary=(), pieces=()) for chapter in document.chapters)
    return replace(document, chapters=chapters, highlights=(), presentation=())


def _with_commentary(chapter: Chapter) -> Chapter:
    grids = [(table.title, grid) for table in chapter.tables for grid in table.grids if grid.available]
    sentences = tuple(_sentence(title, grid) for title, grid in grids[:3])
    first = chapter.tables[0]
    noted = replace(first, pieces=(piece("nota.md", f"Nota alla {first.label}"),))
    pieces = (piece("commento.md", f"Commento al capitolo {chapter.number}"),)
    return replace(
        chapter,
        commentary=(Paragraph(sentences[:2]), Paragraph(sentences[2:])) if sentences else (),
        pieces=pieces,
        tables=(noted, *chapter.tables[1:]),
    )


def _sentence(title: str, grid: Grid) -> Sentence:
    """A sentence that says one cell, and rests on it."""
    row, column, cell = next(
        (grid.rows[r].label, grid.columns[c].label, cell)
        for r, line in enumerate(grid.cells)
        for c, cell in enumerate(line)
        if cell.status is Status.NORMAL
    )
    text = f"Per «{title}» si contano {cell_text(cell)} {cell.unit} alla voce {row}, sotto {column.lower()}."
    start = text.index(cell_text(cell))
    return Sentence(text, (claim(cell, start, f"{row}, {column}"),), (TextMark(0, 3, MarkKind.EMPHASIS),))


def claim(cell: Cell, start: int, label: str) -> JudgedClaim:
    shown = cell_text(cell)
    evidence = Evidence(str(cell.ref), cell.value, cell.status, shown, label)
    return JudgedClaim(shown, start, start + len(shown), Verdict.SUPPORTED, "value", (evidence,))


def piece(source: str, title: str) -> Piece:
    strong = "Il comitato ringrazia gli uffici e invita a leggere le note."
    linked = "Il regolamento sta sul portale."
    return Piece(
        source,
        title,
        (
            Paragraph((Sentence("Di che si tratta"),), ParagraphKind.HEADING, level=1),
            Paragraph((Sentence(strong, marks=(TextMark(3, 11, MarkKind.STRONG), TextMark(24, 30, MarkKind.EMPHASIS))),)),
            Paragraph((Sentence("Leggere prima le unità."),), ParagraphKind.ITEM, level=1),
            Paragraph((Sentence("Poi i perimetri <script>alert(1)</script>."),), ParagraphKind.ITEM, level=2),
            Paragraph((Sentence("Prima cosa."),), ParagraphKind.ITEM, level=1, ordered=True),
            Paragraph((Sentence("Ogni cifra ha la sua fonte."),), ParagraphKind.QUOTE),
            Paragraph((Sentence(linked, marks=(TextMark(23, 30, MarkKind.LINK, "https://example.org/"),)),)),
        ),
        (Byline("Anna Rossi", "presidente del comitato"), Byline("Ugo Bianchi")),
        "2025-05-31",
    )


def presentation() -> Piece:
    return piece("presentazione.md", "Presentazione")

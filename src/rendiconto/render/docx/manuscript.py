"""The report as blocks, in the order in which it is read: what a Word file says, without how it is written."""

from collections.abc import Callable, Iterator
from datetime import date

from rendiconto.document import Chapter, Document, Figure, Grid, Note
from rendiconto.document.layout import mark_letters
from rendiconto.document.report import ErratumEntry, KeyFigure, Section
from rendiconto.document.report import Table as ReportTable
from rendiconto.italian.dates import format_date
from rendiconto.render.docx.blocks import Block, Contents, Picture, Span, Style, Text, Turn, plain
from rendiconto.render.docx.grids import column_widths, grid_table
from rendiconto.render.docx.prose import ProseWriter
from rendiconto.render.excerpts import missing_line

ABSENT = "Dati non disponibili in questa edizione."
CONTENTS = "Indice"
PICTURE_WIDTH = 400.0
"""Points."""
_KEY_FIGURES = 6

DrawPicture = Callable[[Figure], bytes]
"""The PNG of a figure."""


def report_blocks(document: Document, draw: DrawPicture | None) -> tuple[Block, ...]:
    """Every block of the report; without ``draw`` pictures are left out."""
    return tuple(_Manuscript(document, draw).blocks())


class _Manuscript:
    def __init__(self, document: Document, draw: DrawPicture | None) -> None:
        self.document = document
        self.draw = draw
        self.prose = ProseWriter()

    def blocks(self) -> Iterator[Block]:
        document = self.document
        yield from self._cover()
        yield Contents(CONTENTS)
        for number, piece in enumerate(document.presentation, start=1):
            place = piece.title or "Presentazione"
            if not piece.title:
                yield _heading(Style.HEADING_1, place, f"presentazione_{number}")
            yield from self.prose.piece(piece, anchor=f"presentazione_{number}", place=place, level=1)
        for chapter in document.chapters:
            yield from self._chapter(chapter)
        yield from self._back()

    def _cover(self) -> Iterator[Block]:
        document = self.document
        yield plain(Style.TITLE, document.title, place="Copertina")
        yield plain(Style.SUBTITLE, document.subtitle, place="Copertina")
        for key in document.key_figures[:_KEY_FIGURES]:
            yield from _key_figure(key)
        issued = format_date(date.fromisoformat(document.issued))
        words = f"Edizione {document.edition}. Versione dei dati {document.data_version}, {issued}."
        if document.as_published:
            words += " Cifre come pubblicate dalla fonte, errori compresi."
        yield plain(Style.NOTE, words, place="Copertina")

    def _chapter(self, chapter: Chapter) -> Iterator[Block]:
        place = f"Capitolo {chapter.number}"
        anchor = f"capitolo_{chapter.number}"
        yield _heading(Style.HEADING_1, f"{chapter.number}. {chapter.title}", anchor)
        yield from self.prose.paragraphs(chapter.commentary, anchor=f"{anchor}_commento", place=f"{place}, commento", below=1)
        for number, piece in enumerate(chapter.pieces, start=1):
            words = f"{place}, {piece.title}" if piece.title else place
            yield from self.prose.piece(piece, anchor=f"{anchor}_testo_{number}", place=words, level=2)
        for table in chapter.tables:
            yield from self._table(table)

    def _table(self, table: ReportTable) -> Iterator[Block]:
        anchor = f"tavola_{table.slug}"
        yield _heading(Style.HEADING_2, f"{table.label} – {table.title}", anchor, place=table.label)
        place = " · ".join(filter(None, (f"Paragrafo {table.section}", table.group, self.document.subtitle)))
        yield plain(Style.NOTE, place, place=table.label, keep=True)
        for grid in table.grids:
            yield from self._part(table, grid)
        if table.legend:
            yield plain(Style.HEADING_3, "Legenda", place=table.label, keep=True)
            yield from _terms(Style.NOTE, table.legend, place=table.label)
        for number, piece in enumerate(table.pieces, start=1):
            yield from self.prose.piece(piece, anchor=f"{anchor}_testo_{number}", place=table.label, level=3)

    def _part(self, table: ReportTable, grid: Grid) -> Iterator[Block]:
        caption = _caption(table, grid)
        head = plain(Style.CAPTION, caption, anchor=part_anchor(grid), place=table.label, keep=True)
        if grid.available:
            widths = column_widths(grid)
            if widths.sideways:
                yield Turn(sideways=True)
            yield head
            yield grid_table(grid, widths, caption)
            yield from _under(grid, table.label)
            if widths.sideways:
                yield Turn(sideways=False)
        else:
            yield head
            yield plain(Style.NOTICE, ABSENT, place=table.label)
            yield from _under(grid, table.label)
        for figure in table.figures:
            if figure.part == grid.part:
                yield from self._figure(figure, table.label)

    def _figure(self, figure: Figure, place: str) -> Iterator[Block]:
        yield plain(Style.CAPTION, figure.title, place=place, keep=True)
        if self.draw is not None:
            yield Picture(self.draw(figure), figure.alt, figure.title, PICTURE_WIDTH)
        if figure.note:
            yield plain(Style.NOTE, figure.note, place=place)

    def _back(self) -> Iterator[Block]:
        document = self.document
        yield _heading(Style.HEADING_1, "Rettifiche", "rettifiche")
        if not document.errata:
            yield plain(Style.TEXT, "Nessuna rettifica in questo Rendiconto.", place="Rettifiche")
        for entry in document.errata:
            yield from _erratum(entry)
        yield _heading(Style.HEADING_1, "Metodo e fonti", "metodo")
        yield from _sections(document.method, "Metodo e fonti")
        yield plain(Style.BACK_HEADING, "Fonti", place="Metodo e fonti", keep=True)
        yield from _terms(Style.TERM, document.sources, place="Fonti")
        if document.missing:
            yield plain(Style.BACK_HEADING, "Dati non pervenuti", place="Metodo e fonti", keep=True)
            for missing in document.missing:
                text = missing_line(missing)
                yield Text(Style.BULLET, (Span(text),), "", "Dati non pervenuti", (text,), level=1)
        yield _heading(Style.HEADING_1, "Glossario", "glossario")
        yield from _terms(Style.TERM, document.glossary, place="Glossario")
        yield _heading(Style.HEADING_1, "Colophon", "colophon")
        yield from _sections((*document.colophon, *document.licence), "Colophon")
        yield plain(Style.BACK_HEADING, "Versione", place="Colophon", keep=True)
        issued = format_date(date.fromisoformat(document.issued))
        yield plain(
            Style.TEXT, f"Edizione {document.edition}. Versione dei dati {document.data_version}, {issued}.", place="Colophon"
        )
        yield plain(Style.TEXT, f"Impronta dei dati (SHA-256): {document.data_sha256}", place="Colophon")


def part_anchor(grid: Grid) -> str:
    """The bookmark of the caption over a grid."""
    return f"tavola_{grid.table.lower()}_parte_{grid.part}"


def _heading(style: Style, text: str, anchor: str, *, place: str = "") -> Text:
    return plain(style, text, anchor=f"_Toc_{anchor}", place=place or text, keep=True)


def _caption(table: ReportTable, grid: Grid) -> str:
    parts = len(table.grids)
    number = f", parte {table.grids.index(grid) + 1} di {parts}" if parts > 1 else ""
    return f"{table.label}{number} – {grid.title}"


def _key_figure(key: KeyFigure) -> Iterator[Text]:
    percent = "%" if key.unit == "%" else ""
    context = " · ".join(filter(None, ("" if percent else key.unit, f"{key.context}{percent}" if key.context else "")))
    yield plain(Style.KEY_LABEL, key.label, place="Copertina", keep=True)
    yield plain(Style.KEY_VALUE, f"{key.value}{percent}", place="Copertina", keep=bool(context))
    if context:
        yield plain(Style.KEY_CONTEXT, context, place="Copertina")


def _under(grid: Grid, place: str) -> Iterator[Text]:
    """What stands under a table: what its letters mean, notes, who is counted, sources."""
    for letter, text in mark_letters(grid).values():
        yield Text(Style.NOTE, (Span(letter, raised=True), Span(f" {text}")), "", place, (text,))
    for note in grid.notes:
        yield _term(Style.NOTE, note, place) if note.term else plain(Style.NOTE, f"Nota: {note.text}", place=place)
    for perimeter in grid.perimeters:
        words = f" ({perimeter.unit}). {perimeter.text.rstrip('.')}."
        yield Text(Style.NOTE, (Span(perimeter.title, bold=True), Span(words)), "", place, (f"{perimeter.title}{words}",))
    for source in grid.sources:
        yield plain(Style.SOURCE, f"Fonte: {source}", place=place)


def _term(style: Style, note: Note, place: str) -> Text:
    spans = (Span(f"{note.term}: ", bold=True), Span(note.text)) if note.term else (Span(note.text),)
    return Text(style, spans, "", place, ("".join(span.text for span in spans),))


def _terms(style: Style, notes: tuple[Note, ...], *, place: str) -> Iterator[Text]:
    for note in notes:
        yield _term(style, note, place)


def _sections(sections: tuple[Section, ...], place: str) -> Iterator[Text]:
    for section in sections:
        yield plain(Style.BACK_HEADING, section.title, place=place, keep=True)
        for paragraph in section.paragraphs:
            yield plain(Style.TEXT, paragraph, place=f"{place}, {section.title}")


def _erratum(entry: ErratumEntry) -> Iterator[Text]:
    proposed = "Corretto" if entry.decidable else "Secondo le altre cifre"
    printed = "Si stampa la cifra corretta." if entry.decidable else "Si stampa la cifra pubblicata: la fonte deve decidere."
    yield plain(Style.BACK_HEADING, f"{entry.table}: {entry.where}", place="Rettifiche", keep=True)
    spans = (
        Span("Pubblicato: "),
        Span(entry.published, bold=True),
        Span(f". {proposed}: "),
        Span(entry.proposed, bold=True),
        Span(f". {entry.reason} {printed}"),
    )
    yield Text(Style.TEXT, spans, "", "Rettifiche", ("".join(span.text for span in spans),))

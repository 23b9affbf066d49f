"""The sheets that are not tables: cover, contents, errata, method, glossary."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from rendiconto.document import Document, Table
from rendiconto.document.prose import Sentence
from rendiconto.document.report import Section
from rendiconto.italian.dates import format_date
from rendiconto.render.xlsx.page import Formats, Page, sheet_address
from rendiconto.render.xlsx.tablesheet import note_line

COVER, CONTENTS, ERRATA, METHOD, GLOSSARY = "Copertina", "Indice", "Rettifiche", "Metodo e fonti", "Glossario"
COMMENTARY = "Commento"
_TEXT_WIDTH = 72

SYMBOLS = (
    ("-", "Il fenomeno non esiste o non si è presentato."),
    ("*", "Dato riservato: noto ma non divulgabile."),
    ("n.d.", "Dato non disponibile: atteso e non pervenuto."),
)


def write_cover(workbook: Any, formats: Formats, document: Document, *, contents: bool = True) -> None:
    """Title, how to read the file, symbols, key figures, licence and colophon; ``contents``: there is such a sheet."""
    page = _page(workbook, formats, COVER, (_TEXT_WIDTH,))
    page.title(f"{document.title} – {document.subtitle}")
    page.line(f"Dati del {format_date(date.fromisoformat(document.issued))}, versione {document.data_version}.")
    page.line(f"Impronta SHA-256 dei dati: {document.data_sha256}")
    if document.as_published:
        page.line("Le cifre sono quelle pubblicate dalla fonte, senza rettifiche.")
    if contents:
        page.link(sheet_address(CONTENTS), f"Vai a: {CONTENTS}")
        page.row += 1
    page.skip()
    page.heading("Come leggere il file")
    page.line("Ogni tavola ha il suo foglio. Unità, insieme osservato, note e fonti stanno sopra le cifre.")
    page.line('Le intestazioni su più livelli sono unite in una riga sola da una barra (" / ").')
    page.line("Una cifra sottolineata a punti è commentata sopra la tabella a cui appartiene.")
    page.skip()
    page.heading("Simboli")
    for symbol, meaning in SYMBOLS:
        page.line(f"{symbol}  {meaning}")
    figures = document.key_figures if contents else ()
    if figures:
        page.skip()
        page.heading("Cifre principali")
    for figure in figures:
        value = f"{figure.value} {figure.unit}".strip()
        context = f" ({figure.context})" if figure.context else ""
        page.line(f"{figure.label}: {value}{context}")
    for section in (*document.licence, *document.colophon):
        _write_section(page, section)


def write_contents(workbook: Any, formats: Formats, document: Document) -> None:
    """Every sheet with a link; the tables under their chapters."""
    page = _page(workbook, formats, CONTENTS, (18, 70, 44, 16))
    page.title("Indice dei fogli")
    page.remark("Questo foglio contiene una tabella.")
    top = page.row
    others = [(COVER, "Presentazione, simboli, licenza")]
    after = [name for name in closing_sheets(document) if name != COVER]
    titles = {
        COMMENTARY: "Che cosa dicono le cifre, e su quali celle poggia ogni frase",
        ERRATA: "Cifre rettificate o da verificare",
        METHOD: "Come sono calcolate le cifre",
        GLOSSARY: "Termini e sigle",
    }
    rows = [(name, title, "", "") for name, title in others]
    rows += [
        (table.label, table.title, f"{chapter.number}. {chapter.title}", _state(table))
        for chapter in document.chapters
        for table in chapter.tables
    ]
    rows += [(name, titles[name], "", "") for name in after]
    page.table("Indice", ("Foglio", "Titolo", "Capitolo", "Dati"), [[c or "–" for c in row] for row in rows])
    end = page.row
    for offset, row in enumerate(rows):
        page.row = top + 1 + offset
        page.link(sheet_address(row[0]), row[0])
    page.row = end
    page.sheet.freeze_panes(top + 1, 0)
    page.sheet.repeat_rows(top)


def _state(table: Table) -> str:
    if not table.available:
        return "non disponibili"
    return "disponibili" if all(grid.available for grid in table.grids) else "in parte"


def closing_sheets(document: Document) -> list[str]:
    """The sheets after the tables that this document has something for."""
    has = {
        COMMENTARY: any(chapter.commentary or chapter.pieces for chapter in document.chapters) or bool(document.presentation),
        ERRATA: bool(document.errata),
        METHOD: bool(document.method or document.sources or document.missing),
        GLOSSARY: bool(document.glossary),
    }
    return [name for name, wanted in has.items() if wanted]


def write_closing(workbook: Any, formats: Formats, document: Document) -> None:
    """Commentary, errata, method and sources, glossary."""
    writers = {COMMENTARY: _write_commentary, ERRATA: _write_errata, METHOD: _write_method, GLOSSARY: _write_glossary}
    for name in closing_sheets(document):
        writers[name](workbook, formats, document)


def _write_commentary(workbook: Any, formats: Formats, document: Document) -> None:
    page = _page(workbook, formats, COMMENTARY, (44, 90, 60))
    page.title("Commento")
    page.remark("Questo foglio contiene una tabella.")
    _link_back(page)
    page.sheet.freeze_panes(page.row + 1, 0)
    rows = [(where, sentence.text, _cited(sentence)) for where, sentence in _sentences(document)]
    page.table("Commento", ("Dove", "Frase", "Celle"), rows)


def _cited(sentence: Sentence) -> str:
    return " ".join(item.cell for item in sentence.evidence) or "–"


def _sentences(document: Document) -> Iterator[tuple[str, Sentence]]:
    """Every sentence of the report with the part that it stands in."""
    yield from (("Presentazione", sentence) for piece in document.presentation for sentence in piece.sentences)
    for chapter in document.chapters:
        title = f"{chapter.number}. {chapter.title}"
        yield from ((title, sentence) for paragraph in chapter.commentary for sentence in paragraph.sentences)
        yield from ((title, sentence) for piece in chapter.pieces for sentence in piece.sentences)
        for table in chapter.tables:
            yield from ((table.label, sentence) for piece in table.pieces for sentence in piece.sentences)


def _write_errata(workbook: Any, formats: Formats, document: Document) -> None:
    page = _page(workbook, formats, ERRATA, (14, 22, 50, 18, 18, 16, 70))
    page.title("Cifre rettificate o da verificare")
    page.remark("Questo foglio contiene una tabella.")
    _link_back(page)
    page.sheet.freeze_panes(page.row + 1, 0)
    headers = ("Codice", "Tavola", "Dove", "Cifra pubblicata", "Cifra proposta", "Esito", "Motivo")
    rows = [
        (
            e.id,
            e.table,
            e.where,
            e.published,
            e.proposed,
            "rettificata" if e.decidable else "da verificare",
            e.reason,
        )
        for e in document.errata
    ]
    page.table("Rettifiche", headers, rows)


def _write_method(workbook: Any, formats: Formats, document: Document) -> None:
    page = _page(workbook, formats, METHOD, (_TEXT_WIDTH,))
    page.title(METHOD)
    _link_back(page)
    for section in document.method:
        _write_section(page, section)
    if document.sources:
        page.skip()
        page.heading("Fonti")
    for note in document.sources:
        page.line(note_line(note))
    if document.missing:
        page.skip()
        page.heading("Dati non pervenuti")
    labels = {table.number: table.label for table in document.tables}
    for entry in document.missing:
        what = "tutta la tabella" if not entry.cells else f"{entry.cells} cifre"
        page.line(f"{labels.get(entry.table, entry.table)}, parte {entry.part + 1}, {entry.title}: {what}")


def _write_glossary(workbook: Any, formats: Formats, document: Document) -> None:
    page = _page(workbook, formats, GLOSSARY, (30, _TEXT_WIDTH))
    page.title(GLOSSARY)
    page.remark("Questo foglio contiene una tabella.")
    _link_back(page)
    page.sheet.freeze_panes(page.row + 1, 0)
    page.table("Glossario", ("Termine", "Significato"), [(note.term or "–", note.text) for note in document.glossary])


def _page(workbook: Any, formats: Formats, name: str, widths: Sequence[int]) -> Page:
    sheet = workbook.add_worksheet(name)
    if len(widths) > 1:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return Page(sheet, formats, widths)


def _link_back(page: Page) -> None:
    page.link(sheet_address(CONTENTS), f"Torna a: {CONTENTS}")
    page.row += 1


def _write_section(page: Page, section: Section) -> None:
    page.skip()
    page.heading(section.title)
    for paragraph in section.paragraphs:
        page.line(paragraph)

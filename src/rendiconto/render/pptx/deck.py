"""Makes the deck: cover, key figures, the territory beside others, the chapters, what is missing, sources and method."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rendiconto.document import Chapter, Document, Figure, Grid, Table
from rendiconto.document.layout import mark_letters
from rendiconto.document.report import KeyFigure
from rendiconto.italian.phrases import listed
from rendiconto.italian.words import split_sentences
from rendiconto.render.charts import chart_png, chart_svg, sparkline_svg, svg_png
from rendiconto.render.charts.sparklines import series_alternative, series_span
from rendiconto.render.charts.typeface import BOLD
from rendiconto.render.excerpts import (
    chapter_figure,
    chapter_grid,
    compare_key_figures,
    highlight_of,
    missing_line,
    read_key_figure,
    rests_on,
    version_line,
)
from rendiconto.render.officefiles import office_bytes, set_properties
from rendiconto.render.pptx.slides import Line, SlideWriter, one_line_size
from rendiconto.render.pptx.tables import fits_slide, write_comparison, write_grid
from rendiconto.render.pptx.theme import BLUE, BODY, COVER, OPEN, QUIET, TEXT, Box, new_presentation

if TYPE_CHECKING:
    from pptx.slide import Slide

_LARGE = 6
"""A chapter of so many tables has two slides."""

_TALLEST = 420
"""Pixels of a chart that is still read on a slide; taller ones stay in the report."""

_LISTED = 11
_ASIDE = 3.3
_HEIGHT = re.compile(r'<svg [^>]*\bheight="([\d.]+)"')


def render_deck(document: Document) -> dict[str, bytes]:
    """One PPTX file. The same Document gives the same bytes."""
    deck = new_presentation()
    writer = SlideWriter(deck, f"{document.title}, {document.subtitle} · {version_line(document)}")
    _add_cover(writer, document)
    _add_key_figures(writer, document)
    _add_comparison(writer, document)
    for chapter in document.chapters:
        _add_chapter(writer, document, chapter)
    _add_missing(writer, document)
    _add_sources(writer, document)
    _add_method(writer, document)
    writer.finish()
    set_properties(deck, document, f"{document.title}, {document.subtitle}", version_line(document))
    return {f"rendiconto-sociale-{document.territory.slug}-{document.edition}.pptx": office_bytes(deck)}


def _add_cover(writer: SlideWriter, document: Document) -> None:
    slide = writer.add(COVER, document.title)
    published = " Cifre come pubblicate dalla fonte, errori compresi." if document.as_published else ""
    slide.placeholders[1].text_frame.text = f"{document.subtitle}\n{version_line(document)}.{published}"
    pieces = [paragraph.text for piece in document.presentation for paragraph in piece.paragraphs]
    writer.notes(slide, pieces or [f"{document.title}, {document.subtitle}.", *_method_paragraphs(document, 1)])


def _add_key_figures(writer: SlideWriter, document: Document) -> None:
    keys = document.key_figures
    if not keys:
        return
    slide = writer.add(OPEN, "Le cifre principali")
    columns = min(5, -(-len(keys) // 2)) if len(keys) > 4 else len(keys)
    rows = -(-len(keys) // columns)
    width, height = (BODY.width + 0.3) / columns - 0.3, (BODY.height + 0.55) / rows
    for number, key in enumerate(keys):
        left, top = BODY.left + number % columns * (width + 0.3), BODY.top + number // columns * height
        _add_card(writer, slide, key, Box(left, top, width, height - 0.2))
    writer.notes(slide, [series_alternative(key) for key in keys if key.series])


def _add_card(writer: SlideWriter, slide: "Slide", key: KeyFigure, box: Box) -> None:
    """A key figure in a box named by its cell, and its years as a line."""
    read = read_key_figure(key)
    size = one_line_size(read.value, box.width, 28, BOLD)
    lines = [Line(read.key.label, 14, colour=QUIET), Line(read.value, size, bold=True, colour=BLUE)]
    if read.beside:
        lines.append(Line(read.beside, 13, above=2))
    writer.write(slide, Box(box.left, box.top, box.width, box.height - 0.5), lines, name=key.ref)
    drawing = sparkline_svg(key)
    if drawing:
        place = Box(box.left, box.top + box.height - 0.55, min(1.6, box.width), 0.36)
        writer.picture(
            slide, svg_png(drawing), place, name=f"Andamento {series_span(key.series)}", alternative=series_alternative(key)
        )


def _add_comparison(writer: SlideWriter, document: Document) -> None:
    comparison = compare_key_figures(document)
    if comparison is None:
        return
    slide = writer.add(OPEN, f"{listed(comparison.places)} a confronto")
    write_comparison(slide, comparison)
    writer.caption(slide, ["Le tavole del Rendiconto dicono di ogni cifra che cosa conta e chi l'ha fornita."])
    writer.notes(slide, [f"{key.label}: {key.context}." for key, _ in comparison.rows if key.context])


def _add_chapter(writer: SlideWriter, document: Document, chapter: Chapter) -> None:
    """A chart and a table for a large chapter, one of the two for the others; a list of its tables where nothing fits."""
    shown = _choose(document, chapter)[: 2 if len(chapter.tables) >= _LARGE else 1]
    for place, (table, content) in enumerate(shown):
        if isinstance(content, Figure):
            _add_chart(writer, document, chapter, table, content, opens=place == 0)
        else:
            _add_table(writer, document, chapter, table, content, opens=place == 0)
    if not shown:
        _add_contents(writer, document, chapter)


def _choose(document: Document, chapter: Chapter) -> list[tuple[Table, Figure | Grid]]:
    """Chart before table, unless the chapter's sentence rests on the table; a chart too tall rather than nothing."""
    figure = chapter_figure(document, chapter, fits=lambda figure: _chart_height(figure) <= _TALLEST)
    grid = chapter_grid(document, chapter, fits_slide, figure[0] if figure else None)
    sentence = highlight_of(document, chapter)
    found: list[tuple[Table, Figure | Grid]] = [entry for entry in (figure, grid) if entry is not None]
    if sentence is not None:
        found.sort(key=lambda entry: not rests_on(sentence, entry[0]))
    tall = None if found else chapter_figure(document, chapter)
    return [tall] if tall else found


def _chart_height(figure: Figure) -> float:
    match = _HEIGHT.search(chart_svg(figure))
    return float(match[1]) if match else 0.0


def _opening(document: Document, chapter: Chapter) -> tuple[str, str]:
    """Title and kicker of a chapter's first slide: its sentence, or its name."""
    sentence = highlight_of(document, chapter)
    if sentence is None:
        return chapter.title, f"Capitolo {chapter.number}"
    return sentence.text.removesuffix("."), f"{chapter.number}. {chapter.title}"


def _add_chart(writer: SlideWriter, document: Document, chapter: Chapter, table: Table, figure: Figure, *, opens: bool) -> None:
    title, kicker = _opening(document, chapter) if opens else (figure.title, f"{chapter.number}. {chapter.title}")
    slide = writer.add(OPEN, title, kicker=kicker)
    own = {entry.number for entry in chapter.tables}
    cards = [key for key in document.key_figures if key.table in own][:2]
    width = BODY.width - (_ASIDE + 0.4 if cards else 0)
    writer.write(slide, Box(BODY.left, BODY.top, width, 0.4), [Line(figure.title, 16, bold=True)], name="Titolo del grafico")
    place = Box(BODY.left, BODY.top + 0.45, width, BODY.height - 0.45)
    writer.picture(slide, chart_png(figure), place, name=figure.id, alternative=figure.alt)
    for number, key in enumerate(cards):
        box = Box(BODY.left + BODY.width - _ASIDE, BODY.top + number * 2.1, _ASIDE, 2.0)
        _add_card(writer, slide, key, box)
    writer.caption(slide, [f"{table.label}.", figure.note or "", *(f"Fonte: {source}." for source in figure.sources)])
    writer.notes(slide, [*(_commentary(chapter) if opens else ()), figure.alt, *_perimeters(table.grids[figure.part])])


def _add_table(writer: SlideWriter, document: Document, chapter: Chapter, table: Table, grid: Grid, *, opens: bool) -> None:
    title, kicker = _opening(document, chapter) if opens else (grid.title, f"{chapter.number}. {chapter.title}")
    slide = writer.add(OPEN, title, kicker=kicker)
    letters = mark_letters(grid)
    write_grid(slide, document, table, grid, letters)
    units = ", ".join(dict.fromkeys(perimeter.unit for perimeter in grid.perimeters))
    notes = [f"{letter}) {text}" for letter, text in letters.values()]
    lead = f"{table.label}, {grid.title} ({units})." if opens else f"{table.label} ({units})."
    writer.caption(slide, [lead, *notes, *(f"Fonte: {source}." for source in grid.sources)])
    writer.notes(slide, [*(_commentary(chapter) if opens else ()), *(note.text for note in grid.notes), *_perimeters(grid)])


def _add_contents(writer: SlideWriter, document: Document, chapter: Chapter) -> None:
    title, kicker = _opening(document, chapter)
    slide = writer.add(TEXT, title, kicker=kicker)
    absent = "dati non disponibili in questa edizione"
    entries = [f"{table.label}, {table.title}{'' if table.available else f': {absent}'}" for table in chapter.tables]
    writer.bullets(slide, entries or ["Nessuna tavola in questa edizione."])
    writer.notes(slide, _commentary(chapter))


def _commentary(chapter: Chapter) -> list[str]:
    """What is said of the chapter: written by rule, then by hand."""
    pieces = [paragraph.text for piece in chapter.pieces for paragraph in piece.paragraphs]
    return [*(paragraph.text for paragraph in chapter.commentary), *pieces]


def _perimeters(grid: Grid) -> list[str]:
    return [f"{perimeter.title} ({perimeter.unit}). {perimeter.text.removesuffix('.')}." for perimeter in grid.perimeters]


def _add_missing(writer: SlideWriter, document: Document) -> None:
    if not document.missing:
        return
    slide = writer.add(TEXT, "Che cosa manca in questa edizione")
    lines = [missing_line(entry) for entry in document.missing]
    rest = len(lines) - _LISTED
    shown = lines if rest <= 0 else [*lines[:_LISTED], "e un'altra parte" if rest == 1 else f"e altre {rest} parti"]
    writer.bullets(slide, shown)
    writer.notes(slide, lines)


def _add_sources(writer: SlideWriter, document: Document) -> None:
    if not document.sources:
        return
    slide = writer.add(TEXT, "Chi ha fornito i dati")
    writer.bullets(slide, [note.term or note.text for note in document.sources])
    writer.notes(slide, [f"{note.term}: {note.text}." if note.term else note.text for note in document.sources])


def _add_method(writer: SlideWriter, document: Document) -> None:
    slide = writer.add(TEXT, "Metodo, versione dei dati, riuso")
    texts = [
        f"{section.title}. {_first_sentence(section.paragraphs[0])}" for section in document.method[1:5] if section.paragraphs
    ]
    texts += [_first_sentence(section.paragraphs[0]) for section in document.licence if section.paragraphs]
    errata = len(document.errata)
    if errata:
        texts.insert(0, f"{'Una rettifica' if errata == 1 else f'{errata} rettifiche'}: elencate e spiegate nel Rendiconto.")
    writer.bullets(slide, [f"{version_line(document)}.", *texts])
    writer.notes(slide, [*_method_paragraphs(document, 5), *(p for section in document.licence for p in section.paragraphs)])


def _method_paragraphs(document: Document, sections: int) -> Iterator[str]:
    for section in document.method[:sections]:
        yield from section.paragraphs


def _first_sentence(text: str) -> str:
    start, end = split_sentences(text)[0]
    return text[start:end]

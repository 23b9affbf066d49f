"""What the Typst template is given: the Document as plain lists and strings, with every table already laid out.

Widths are decided here from the typeface's own metrics, so that no figure is ever broken over two lines: a table that
cannot be set upright goes on a page turned sideways.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rendiconto.document import Document, Figure, Grid, Note, Table, cell_text
from rendiconto.document.layout import HeaderCell, headers_over, mark_letters, place_headers
from rendiconto.italian.dates import format_date
from rendiconto.render.charts.typeface import REGULAR, SEMIBOLD, text_width
from rendiconto.render.excerpts import read_key_figure, table_label
from rendiconto.render.pdf.prose import piece_lines, printable, prose_lines
from rendiconto.render.pdf.tagging import StubShape

SIZE = 9.0
"""Points of a table's text: never smaller."""
PORTRAIT, LANDSCAPE = 487.0, 735.0
"""Points between the margins of a page, upright and sideways."""
PAGE_HEIGHT = 690.0
_INSET = 3.0
_LINE = SIZE * 1.3
_ROW_GAP = 5.0
_STUB_LEAST, _STUB_MOST = 62.0, 230.0
_HEAD_LEAST = 27.0
_WORD_MOST = 52.0
_SPREAD = 46.0

HeaderLevels = tuple[tuple[HeaderCell, ...], ...]


@dataclass(frozen=True)
class Widths:
    """Column widths in points: the stub's, then the figures'."""

    stub: tuple[float, ...]
    figures: tuple[float, ...]
    sideways: bool

    @property
    def all(self) -> tuple[float, ...]:
        """Every column, left to right."""
        return (*self.stub, *self.figures)


def write_manuscript(document: Document, charts: dict[str, str]) -> dict[str, Any]:
    """The template's input; ``charts`` names the SVG file of each figure."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "edition": str(document.edition),
        "as_published": document.as_published,
        "issued": format_date(date.fromisoformat(document.issued)),
        "data_version": document.data_version,
        "sha256": document.data_sha256,
        "chapters": [
            {
                "number": str(chapter.number),
                "title": chapter.title,
                "tables": [_table(table, charts) for table in chapter.tables],
                "commentary": prose_lines(chapter.commentary),
                "pieces": [piece_lines(piece) for piece in chapter.pieces],
            }
            for chapter in document.chapters
        ],
        "presentation": [piece_lines(piece) for piece in document.presentation],
        "in_brief": [{"text": printable(sentence.text)} for sentence in document.highlights],
        "key_figures": [
            {"label": key.label, "value": read.value, "unit": read.unit, "context": read.context}
            for key in document.key_figures
            for read in (read_key_figure(key),)
        ],
        "errata": [
            {
                "table": entry.table,
                "where": entry.where,
                "published": entry.published,
                "proposed": entry.proposed,
                "reason": entry.reason,
                "decidable": entry.decidable,
            }
            for entry in document.errata
        ],
        "method": _sections(document.method),
        "sources": _notes(document.sources),
        "glossary": _notes(document.glossary),
        "colophon": _sections(document.colophon),
        "licence": _sections(document.licence),
        "missing": [
            {"table": table_label(entry.table), "title": entry.title, "cells": entry.cells} for entry in document.missing
        ],
    }


def _sections(sections: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"title": section.title, "paragraphs": list(section.paragraphs)} for section in sections]


def _notes(notes: Iterable[Note]) -> list[dict[str, str]]:
    return [{"term": note.term or "", "text": note.text} for note in notes]


def _table(table: Table, charts: dict[str, str]) -> dict[str, Any]:
    return {
        "label": table.label,
        "slug": table.slug,
        "section": table.section,
        "group": table.group,
        "title": table.title,
        "pieces": [piece_lines(piece) for piece in table.pieces],
        "legend": _notes(table.legend),
        "parts": [
            {**_part(grid), "figures": [_figure(figure, charts) for figure in table.figures if figure.part == grid.part]}
            for grid in table.grids
        ],
    }


def _figure(figure: Figure, charts: dict[str, str]) -> dict[str, str]:
    return {"title": figure.title, "alt": figure.alt, "file": charts[figure.id], "note": figure.note or ""}


def _part(grid: Grid) -> dict[str, Any]:
    letters = mark_letters(grid)
    part: dict[str, Any] = {
        "title": grid.title,
        "available": grid.available,
        "notes": _notes(grid.notes),
        "perimeters": [
            {"title": perimeter.title, "unit": perimeter.unit, "text": perimeter.text} for perimeter in grid.perimeters
        ],
        "sources": list(grid.sources),
        "marks": [{"letter": letter, "text": text} for letter, text in letters.values()],
    }
    if grid.available:
        part |= _body(grid, letters)
    return part


def _body(grid: Grid, letters: dict[str, tuple[str, str]]) -> dict[str, Any]:
    heading, stub = place_headers(grid.heading, "h"), place_headers(grid.stub, "s")
    widths = measure_columns(grid, stub)
    head = head_rows(heading, widths.figures, flat=_is_flat(grid, heading, stub))
    rows = []
    for position, (leaf, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        starting = [cell for level in stub for cell in level if cell.start == position]
        rows.append(
            {
                "stub": [
                    _cell(
                        cell.header.label,
                        cell.thickness,
                        cell.length,
                        cell.header.level,
                        sum(widths.stub[cell.level : cell.level + cell.thickness]) - 11.0 * cell.header.level,
                    )
                    for cell in starting
                ],
                "cells": [
                    {"text": cell_text(cell), "marks": "".join(letters[mark.id][0] for mark in cell.marks)} for cell in cells
                ],
                "total": leaf.total and not leaf.level,
            }
        )
    titles = list(grid.stub_titles[: len(stub)]) + [""] * (len(stub) - len(grid.stub_titles))
    return {
        "widths": [round(width, 1) for width in widths.all],
        "sideways": widths.sideways,
        "tall": _height(grid, heading, stub, widths) > PAGE_HEIGHT,
        "corner": titles,
        "head": head,
        "rows": rows,
    }


def _is_flat(grid: Grid, heading: HeaderLevels, stub: HeaderLevels) -> bool:
    """Whether a table is so small that nested headings would outnumber its figures: then they are joined in one row."""
    headers = sum(map(len, heading)) + sum(map(len, stub))
    return len(heading) > 1 and headers > len(grid.cells) * len(grid.columns) + len(stub)


def head_rows(heading: HeaderLevels, widths: Sequence[float], *, flat: bool) -> list[list[dict[str, Any]]]:
    """The rows of the table's header: a heading that ends early stands on the last row, under empty cells.

    (A cell that spans the last rows would do as well, but checkers of tagged PDF count it wrongly.)
    """
    if flat:
        leaves = [cell for level in heading for cell in level if not cell.header.children]
        paths = [" · ".join(c.header.label for c in headers_over(heading, cell.start)) for cell in leaves]
        ordered = sorted(zip((cell.start for cell in leaves), paths, strict=True))
        return [[_cell(path, 1, 1, 0, widths[start]) for start, path in ordered]]
    rows: list[list[tuple[int, dict[str, Any]]]] = [[] for _ in heading]
    for level in heading:
        for cell in level:
            last = cell.level + cell.thickness - 1
            rows[last].append((cell.start, _cell(cell.header.label, cell.length, 1, 0, _span(widths, cell))))
            for above in range(cell.level, last):
                rows[above].append((cell.start, _cell("", cell.length, 1, 0, 0)))
    return [[cell for _, cell in sorted(row, key=lambda pair: pair[0])] for row in rows]


def _cell(text: str, columns: int, rows: int, level: int, width: float) -> dict[str, Any]:
    """A header cell; its words are only broken where the longest of them does not fit the width."""
    too_long = _longest_word(text) > width - 2 * _INSET
    return {"text": text, "colspan": columns, "rowspan": rows, "level": level, "hyphenate": too_long}


def stub_shapes(document: Document) -> list[StubShape]:
    """For each table in the order of the PDF, how its stub lies."""
    shapes = []
    for grid in document.grids:
        if grid.available:
            stub = place_headers(grid.stub, "s")
            starts = [cell.start for level in stub for cell in level]
            shapes.append(StubShape(len(stub), tuple(starts.count(row) for row in range(len(grid.cells)))))
    return shapes


def measure_columns(grid: Grid, stub: HeaderLevels) -> Widths:
    """Widths that keep every figure on one line, on an upright page if at all possible."""
    figures = [
        max(
            *(text_width(cell_text(line[column]), SIZE, SEMIBOLD) for line in grid.cells),
            min(_longest_word(leaf.header.label), _WORD_MOST),
            _HEAD_LEAST - 2 * _INSET,
        )
        + 2 * _INSET
        + (5.0 if any(line[column].marks for line in grid.cells) else 0.0)
        for column, leaf in enumerate(grid.columns)
    ]
    titles = [*grid.stub_titles, *[""] * len(stub)]
    natural = [
        max(_natural_stub(level, len(stub) == 1), _longest_word(title) + 2 * _INSET)
        for level, title in zip(stub, titles, strict=False)
    ]
    room = PORTRAIT
    least = sum(min(width, _STUB_LEAST) for width in natural)
    sideways = sum(figures) + least > room
    room = LANDSCAPE if sideways else room
    spare = room - sum(figures)
    shares = _fit_stub(natural, spare)
    extra = max(spare - sum(shares), 0.0)
    spread = min(extra / len(figures), _SPREAD)
    figures = [width + spread for width in figures]
    return Widths(tuple(shares), tuple(figures), sideways)


def _natural_stub(level: Sequence[HeaderCell], alone: bool) -> float:
    most = _STUB_MOST if alone else _STUB_MOST * 0.62
    widest = (
        max(text_width(cell.header.label, SIZE, SEMIBOLD) + 12.0 * cell.header.level for cell in level if cell.thickness == 1)
        if any(cell.thickness == 1 for cell in level)
        else _STUB_LEAST
    )
    return min(widest + 2 * _INSET + 2, most)


def _fit_stub(natural: Sequence[float], spare: float) -> list[float]:
    """The stub's columns at their natural width, or shrunk in proportion to what is left for them."""
    total = sum(natural)
    return list(natural) if total <= spare else [width * spare / total for width in natural]


def _longest_word(label: str) -> float:
    return max((text_width(word, SIZE, SEMIBOLD) for word in label.split()), default=0.0)


def _height(grid: Grid, heading: HeaderLevels, stub: HeaderLevels, widths: Widths) -> float:
    """A generous estimate of the table's height with its notes, in points."""
    head = sum(max((_lines(c.header.label, _span(widths.figures, c), SEMIBOLD) for c in level), default=1) for level in heading)
    body = [1] * len(grid.cells)
    for level, width in zip(stub, widths.stub, strict=True):
        for cell in level:
            lines = _lines(cell.header.label, width, REGULAR)
            body[cell.start] = max(body[cell.start], -(-lines // cell.length))
    notes = sum(_lines(note.text, PORTRAIT, REGULAR) for note in grid.notes)
    notes += sum(_lines(p.title + p.text, PORTRAIT, REGULAR) for p in grid.perimeters) + 2 * len(grid.sources)
    return head * _LINE + len(heading) * _ROW_GAP + sum(body) * _LINE + len(body) * _ROW_GAP + notes * _LINE + 60.0


def _span(widths: Sequence[float], cell: HeaderCell) -> float:
    return sum(widths[cell.start : cell.start + cell.length])


def _lines(text: str, width: float, weight: int) -> int:
    return max(1, -(-int(text_width(text, SIZE, weight) * 1.08) // max(int(width - 2 * _INSET), 1)))

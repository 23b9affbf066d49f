"""Sets the press sheet: a headline, a few figures and sentences, one chart, and how to cite."""

from pathlib import Path
from typing import Any

from rendiconto.document import Document, Figure, Table
from rendiconto.render.charts import chart_svg
from rendiconto.render.excerpts import evidence_cells, leading_highlight, rests_on, source_text, table_label, version_line
from rendiconto.render.pdf.house import fit_pages, house_manuscript, write_cards
from rendiconto.render.pdf.typesetting import typeset

KIND = "Scheda per la stampa"
PAGES = 1
KEY_FIGURES, SENTENCES = 6, 5
"""Figures and sentences that the sheet shows at most."""

_TEMPLATE = Path(__file__).with_name("sheet.typ")
_ATTEMPTS = ((10.5, 100), (10.5, 84), (10.5, 70), (10.0, 64), (9.5, 60), (9.0, 60), (8.5, 56), (8.0, 50))
"""Points of the text and per cent of the chart's width: the chart gives way first."""

_CHART = "grafico.svg"


def render_sheet(document: Document) -> dict[str, bytes]:
    """One page, PDF/UA-1. The same Document gives the same bytes."""
    cards, _ = write_cards(document.key_figures[:KEY_FIGURES])
    leading = leading_highlight(document)
    chosen = leading_figure(document)
    manuscript = {
        **house_manuscript(document, KIND, PAGES),
        "headline": leading.text.removesuffix(".") if leading else document.title,
        "cards": cards,
        "sentences": [sentence.text for sentence in document.highlights if sentence is not leading][:SENTENCES],
        "charts": [_chart(*chosen)] if chosen else [],
        "sources": source_text(document),
        "cite": f"{document.title}, {document.subtitle}, {version_line(document).partition(', ')[2]}.",
        "licence": [section.paragraphs[0] for section in document.licence if section.paragraphs][:2],
        "as_published": document.as_published,
    }
    pictures = {_CHART: chart_svg(chosen[1])} if chosen else {}

    def make(attempt: tuple[float, int]) -> bytes:
        size, chart = attempt
        return typeset(_TEMPLATE, {**manuscript, "size": size, "chart": chart}, pictures, document)

    return {f"scheda-stampa-{document.territory.slug}-{document.edition}.pdf": fit_pages(make, PAGES, _ATTEMPTS)}


def leading_figure(document: Document) -> tuple[Table, Figure] | None:
    """The chart that shows what the headline says; else that of the first key figure that has one; else the first."""
    leading = leading_highlight(document)
    cells = evidence_cells(leading) if leading else set()
    order = [key.table for key in document.key_figures]

    def worth(entry: tuple[Table, Figure]) -> tuple[int, bool, int]:
        table, figure = entry
        shown = sum(point.ref in cells for point in figure.points)
        return (
            shown,
            leading is not None and rests_on(leading, table),
            -order.index(table.number) if table.number in order else -len(order),
        )

    return max(((table, figure) for table in document.tables for figure in table.figures), key=worth, default=None)


def _chart(table: Table, figure: Figure) -> dict[str, Any]:
    note = " ".join(piece for piece in (figure.note or "", f"{table_label(table.number)}.") if piece)
    return {"heading": figure.title, "file": _CHART, "alt": figure.alt, "note": note}

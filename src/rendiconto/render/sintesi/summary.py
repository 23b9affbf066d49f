"""Sets the note: two pages as PDF, and the same content for Word."""

from pathlib import Path
from typing import Any

from rendiconto.document import Document
from rendiconto.render.excerpts import ABSENT, compare_key_figures, source_text
from rendiconto.render.pdf.house import fit_pages, house_manuscript, write_cards
from rendiconto.render.pdf.tagging import StubShape, tag_row_headers
from rendiconto.render.pdf.typesetting import typeset
from rendiconto.render.sintesi import contents
from rendiconto.render.sintesi.word import write_word

PAGES = 2
_TEMPLATE = Path(__file__).with_name("summary.typ")
_ATTEMPTS = (*((size, contents.HIGHLIGHTS) for size in (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)), (8.0, 7), (8.0, 4), (8.0, 1))
"""Points of the text and sentences: words grow smaller before any is left out."""


def render_summary(document: Document) -> dict[str, bytes]:
    """Two files, PDF (PDF/UA-1, two pages) and DOCX. The same Document gives the same bytes."""
    stem = contents.file_stem(document)
    return {f"{stem}.docx": write_word(document), f"{stem}.pdf": _set_note(document)}


def _set_note(document: Document) -> bytes:
    cards, pictures = write_cards(document.key_figures)
    manuscript: dict[str, Any] = {
        **house_manuscript(document, contents.KIND, PAGES),
        "cards": cards,
        "comparison": _comparison(document),
        "highlights": contents.highlight_texts(document),
        "missing": contents.missing_text(document.missing),
        "sources": source_text(document),
        "licence": contents.licence_texts(document),
        "as_published": document.as_published,
        "sha256": document.data_sha256,
    }

    def make(attempt: tuple[float, int]) -> bytes:
        size, sentences = attempt
        fitted = {**manuscript, "size": size, "highlights": manuscript["highlights"][:sentences]}
        fitted["shortened"] = len(fitted["highlights"]) < len(manuscript["highlights"])
        return typeset(_TEMPLATE, fitted, pictures, document)

    pdf = fit_pages(make, PAGES, _ATTEMPTS)
    rows = len(manuscript["comparison"]["rows"])
    return tag_row_headers(pdf, [StubShape(1, (1,) * rows)]) if rows else pdf


def _comparison(document: Document) -> dict[str, Any]:
    comparison = compare_key_figures(document)
    if comparison is None:
        return {"places": [], "rows": []}
    return {
        "places": list(comparison.places),
        "rows": [
            {"label": key.label, "unit": key.unit or "numero", "figures": [text or ABSENT for text in figures]}
            for key, figures in comparison.rows
        ],
    }

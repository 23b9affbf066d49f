"""What the manuscripts of short documents share: cards of key figures, and text made smaller until all stands on its pages."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from rendiconto.document import Document
from rendiconto.document.report import KeyFigure
from rendiconto.render.charts.sparklines import series_alternative, series_span, sparkline_svg
from rendiconto.render.excerpts import read_key_figure, version_line

T = TypeVar("T")


def house_manuscript(document: Document, kind: str, pages: int) -> dict[str, Any]:
    """What ``house.typ`` needs of every document; ``kind`` is the document's Italian name ("Nota di sintesi").

    A single page has no footer: what stands once is text, and must be read aloud.
    """
    return {
        "kind": kind,
        "pages": pages,
        "title": document.title,
        "subtitle": document.subtitle,
        "version": version_line(document),
    }


def write_cards(keys: Sequence[KeyFigure]) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The cards of key figures, and the sparklines that they name by file."""
    cards, pictures = [], {}
    for number, key in enumerate(keys):
        read = read_key_figure(key)
        line = sparkline_svg(key)
        file = f"linea-{number}.svg" if line else ""
        if line:
            pictures[file] = line
        cards.append(
            {
                "label": key.label,
                "value": read.value,
                "beside": read.beside,
                "file": file,
                "alt": series_alternative(key),
                "span": series_span(key.series),
            }
        )
    return cards, pictures


def fit_pages(make: Callable[[T], bytes], pages: int, attempts: Sequence[T]) -> bytes:
    """The document made with the first of ``attempts``, from large to small, that takes at most ``pages``; else the last."""
    made = b""
    for attempt in attempts:
        made = make(attempt)
        if count_pages(made) <= pages:
            break
    return made


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()

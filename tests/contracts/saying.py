"""What a Document says, and how the suites recognise it: labels of headers, texts, figures in texts."""

import re
from collections.abc import Iterator

from readback import squeeze

from rendiconto.document import Cell, cell_text
from rendiconto.document.grid import HeaderLeaf
from rendiconto.document.report import SeriesPoint
from rendiconto.document.text import point_text

FIGURE = re.compile(r"(?<![\w.,])[-−]?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?![\w]|[.,]\d)")
"""An Italian number that can only be a figure: grouped thousands or decimals (years and page numbers are neither)."""


def acceptable(leaf: HeaderLeaf) -> set[str]:
    """The joined label; without that of the leading row, which indentation shows; without a label said twice running."""
    path = [header.label for header in leaf.path]
    full = [*path[:-1], *leaf.header.under, path[-1]]
    short = [label for i, label in enumerate(full) if i == 0 or label != full[i - 1]]
    return {squeeze(" / ".join(labels)) for labels in (full, path, short)}


def figures_in(text: str) -> Iterator[str]:
    for match in FIGURE.finditer(text):
        yield match[0].lstrip("-−")


def all_text(value: object) -> str:
    """Everything that a Document says, figures in their printed form."""
    return " ; ".join(texts_of(value, cells=True))


def texts_of(value: object, *, cells: bool = False) -> Iterator[str]:
    """Every text of a Document; with ``cells`` also its figures in their printed form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, SeriesPoint):
        yield point_text(value)
    elif isinstance(value, Cell):
        if cells:
            yield cell_text(value)
        yield from texts_of(value.marks, cells=cells)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item, cells=cells)
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from texts_of(getattr(value, field), cells=cells)

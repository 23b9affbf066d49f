"""What the conformance suite asks of a format: to read back what a renderer wrote.

Each format of ``rendiconto.render.RENDERERS`` has an adapter beside this file, ``readback_FORMAT.py``
(``from readback import ReadGrid, squeeze``), with two functions:

``read_grids(files) -> dict[(table, part), ReadGrid]``
    every grid found, each once, by table number ("17", "G1") and part (0, 1, …). An adapter raises ``AssertionError``
    when it meets a grid twice, or a body that it cannot assign. A part without data is there with no rows and no cells.

``read_text(files) -> str``
    all text that a reader meets, in order, blanks squeezed by ``squeeze``: titles, notes, sources, perimeters, errata,
    glossary, alternative texts. The drawing of a chart (axis ticks) is left out, for its numbers are no figures.

A format that shows a selection (``Format.whole`` is False) has ``read_shown(files) -> list[Shown]`` in place of ``read_grids``.

An adapter reads the files only: it imports nothing of ``rendiconto.render`` or ``rendiconto.document`` and knows nothing
of the Document, or it would find what it looks for.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

Files = dict[str, bytes]
GridId = tuple[str, int]


@dataclass(frozen=True)
class ReadGrid:
    """A grid as found in a file.

    ``columns`` and ``rows`` are the labels of each column's (row's) own header cells, outermost first, joined with
    " / ", found the way an assistive technology or a script finds them (``headers``/``scope`` in HTML, TH and /Headers
    in PDF, the header row in a sheet). A row under a leading row ("di cui") may leave out the leading row's label.

    ``cells`` are what stands there: a ``Decimal`` where the format stores a number (exact, at the decimals that it
    shows), otherwise the printed text ("1.347", "−0,9", "-", "*", "n.d.") without reference marks to notes.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Decimal | str, ...], ...]


class ReadBack(Protocol):
    """An adapter module."""

    def read_grids(self, files: Files) -> dict[GridId, ReadGrid]:
        """Every grid found in the files."""
        ...

    def read_text(self, files: Files) -> str:
        """All text that a reader meets."""
        ...


@dataclass(frozen=True)
class Shown:
    """A figure that a selection shows, and what the file says that it is.

    ``text`` is as printed, without a per cent sign. ``ref`` is the cell's address, where the format has room for it; else
    ``label`` is the key figure's name as printed and ``place`` whose figure it is (empty: the report's own). In a table of the
    report ``row`` and ``column`` are the labels of its headers.
    """

    text: str
    ref: str = ""
    label: str = ""
    place: str = ""
    row: str = ""
    column: str = ""


class ReadSelection(Protocol):
    """An adapter module of a format that shows a selection."""

    def read_shown(self, files: Files) -> list[Shown]:
        """Every figure found in the files."""
        ...

    def read_text(self, files: Files) -> str:
        """All text that a reader meets."""
        ...


def squeeze(text: str) -> str:
    """Runs of blanks (no-break and thin ones too) become one space; soft hyphens go."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()

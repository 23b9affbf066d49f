"""What a file says before anybody knows what it means: lines in reading order, some of them rows of a table.

Every reader of a format (``READERS``) gives a ``RawText``; from there on text, PDF, Word files and web pages are read alike.
"""

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What the file itself says of a line."""

    TEXT = "text"  # a line as it stands on the page; it may be a row of a table all the same
    HEADING = "heading"  # the file's own markup calls it a heading or caption
    PARAGRAPH = "paragraph"  # a whole paragraph (no line break means anything in it)
    ROW = "row"  # a row of a table with the borders of its cells
    HEADER_ROW = "header row"  # a row of column headers


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    ``page`` and ``number`` (of the line within the file) count from 1; ``start`` is its offset in ``RawText.text``, in
    characters. ``cells`` are the texts of a row's cells from left to right, blank ones included: a cell that spans several
    columns stands in the first and leaves the others blank, one that spans several rows is repeated in each.
    """

    text: str
    page: int
    number: int
    start: int
    kind: LineKind = LineKind.TEXT
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawText:
    """A file as lines.

    ``text`` is what offsets refer to: the file itself for text and Markdown, else the lines joined by line ends. ``title`` is
    what the file's own metadata call it; ``pages`` is 1 where the format has none; ``properties`` are those that whoever made
    the file added to it (name, value).
    """

    format: str
    text: str
    lines: tuple[Line, ...]
    pages: int = 1
    title: str = ""
    properties: tuple[tuple[str, str], ...] = ()


def joined(
    format_name: str,
    lines: list[Line],
    *,
    pages: int = 1,
    title: str = "",
    properties: tuple[tuple[str, str], ...] = (),
) -> RawText:
    """Lines that have no file text of their own, with their offsets in the text that they make together."""
    placed = []
    offset = 0
    for number, line in enumerate(lines, start=1):
        placed.append(Line(line.text, line.page, number, offset, line.kind, line.cells))
        offset += len(line.text) + 1
    return RawText(format_name, "\n".join(line.text for line in lines), tuple(placed), pages, title, properties)

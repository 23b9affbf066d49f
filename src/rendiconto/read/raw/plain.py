"""Plain text and Markdown: the lines as they stand, at their offsets."""

from pathlib import Path
from typing import Final

from rendiconto.errors import DataError, Place
from rendiconto.read.rawtext import Line, RawText

MOST_BYTES: Final = 50_000_000


def read_text(path: Path) -> RawText:
    """A text in UTF-8 (with or without a mark) or, failing that, in Windows' Western encoding; a form feed ends a page."""
    if path.stat().st_size > MOST_BYTES:
        raise DataError("the text is larger than 50 MB", Place(path), "Give the report alone.")
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text_lines(text)


def text_lines(text: str) -> RawText:
    """A text as lines; ``RawText.text`` is the text itself."""
    lines = []
    start, page = 0, 1
    for number, line in enumerate(text.split("\n"), start=1):
        page += line.count("\f")
        lines.append(Line(line.rstrip("\r").replace("\f", " ").replace("\x00", " "), page, number, start))
        start += len(line) + 1
    return RawText("text", text, tuple(lines), page)

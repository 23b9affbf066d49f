"""Readers of formats: a file becomes a ``RawText``, nothing is understood yet."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from rendiconto.errors import DataError, Place
from rendiconto.read.rawtext import RawText

Reader = Callable[[Path], RawText]

READERS: Final[dict[str, str]] = {
    "text": "rendiconto.read.raw.plain:read_text",
    "pdf": "rendiconto.read.raw.pdf:read_pdf",
    "docx": "rendiconto.read.raw.docx:read_docx",
    "html": "rendiconto.read.raw.html:read_html",
}
"""Format name to "module:function"; each takes a path and """

APART: Final = frozenset(("pdf", "docx", "html"))
"""Formats whose readers run in quarantine."""


def read_raw(path: Path) -> RawText:
    """A file as lines; one that is not there, cannot be read or is unsafe is a ``DataError``."""
    from rendiconto.read.raw.detect import detect_format

    try:
        if not path.exists():
            raise DataError("there is no such file", Place(path))
        name = detect_format(path)
        if name in APART:
            from rendiconto.quarantine import read_apart

            found: RawText = read_apart(READERS[name], path)
            return found
        module, function = READERS[name].split(":")
        reader: Reader = getattr(import_module(module), function)
        return reader(path)
    except OSError as error:
        raise DataError(f"the file cannot be read: {error.strerror or error}", Place(path)) from None

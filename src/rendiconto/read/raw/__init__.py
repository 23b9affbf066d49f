"""Readers of formats: a file becomes a ``RawText``, nothing is understood yet."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from rendiconto.read.rawtext import RawText

Reader = Callable[[Path], RawText]

READERS: Final[dict[str, str]] = {
    "text": "rendiconto.read.raw.plain:read_text",
    "pdf": "rendiconto.read.raw.pdf:read_pdf",
    "docx": "rendiconto.read.raw.docx:read_docx",
    "html": "rendiconto.read.raw.html:read_html",
}
"""Format name to "module:function"; each takes a path and runs in quarantine."""

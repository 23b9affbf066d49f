"""Which format a file is, by what is in it."""

import zipfile
from pathlib import Path
from typing import Final

from rendiconto.errors import DataError, Place

_HEAD: Final = 4096
_KNOWN: Final = "Give a text, a PDF, a Word file (.docx) or a web page."
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"


def detect_format(path: Path) -> str:
    """A key of ``READERS``; a file that is none of them is an error that says what it seems to be."""
    if path.is_dir():
        return "html"
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip():
        raise DataError("the file is empty", Place(path), _KNOWN)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _in_zip(path)
    if head.startswith(_OLD_OFFICE):
        raise DataError("this is a file of an old Office", Place(path), "Save it as .docx or PDF.")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in head.lower():
        return "html"
    if b"\x00" in head:
        raise DataError("this is no text that can be read", Place(path), _KNOWN)
    return "text"


def _in_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        raise DataError("the file is damaged", Place(path), "Ask for it again.") from None
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise DataError("this is a workbook, not a report", Place(path), "Take it in with `rendiconto ingest`.")
    raise DataError("this is an archive of something else", Place(path), _KNOWN)

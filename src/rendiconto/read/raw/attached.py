"""Files that lie inside a PDF, as our own reports carry their data."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from rendiconto.errors import DataError, Place

if TYPE_CHECKING:
    from pikepdf import Pdf

MOST_FILES: Final = 200
MOST_BYTES: Final = 200 << 20
"""Of all of them together, unpacked."""
_LONGEST_NAME: Final = 120
_UNSAFE: Final = re.compile(r"[^\w.+() -]")
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def read_attached(path: Path) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each file in a PDF, by name.

    Names are made safe: the last part of what the PDF says, letters and few signs, each once. A PDF that is locked, damaged or
    holds too much is a ``DataError``. Runs in quarantine.
    """
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            return tuple(sorted(_files(path, pdf)))
    except pikepdf.PasswordError:
        raise DataError("the PDF is locked with a password", Place(path), "Save it without a password.") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, AttributeError, KeyError):
        raise DataError("this is no PDF, or a damaged one", Place(path), "Ask for it again.") from None


def _files(path: Path, pdf: "Pdf") -> Iterator[tuple[str, bytes]]:
    names = list(pdf.attachments)
    if len(names) > MOST_FILES:
        raise _too_much(path, f"the PDF holds {len(names)} files")
    taken: set[str] = set()
    room = MOST_BYTES
    for name in names:
        specification = pdf.attachments[name]
        content = specification.get_file().read_bytes()
        room -= len(content)
        if room < 0:
            raise _too_much(path, f"the files in the PDF are more than {MOST_BYTES >> 20} MB")
        safe = safe_name(specification.filename or name, taken)
        taken.add(safe.casefold())
        yield safe, content


def _too_much(path: Path, what: str) -> DataError:
    return DataError(what, Place(path), "A report carries its data and claims only: this PDF is something else.")


def safe_name(said: str, taken: set[str]) -> str:
    """A file's name that stays in its folder on any system and is none of ``taken`` (in lower case)."""
    last = PurePosixPath(said.replace("\\", "/")).name
    name = _UNSAFE.sub("_", last)[-_LONGEST_NAME:].strip(". ") or "allegato"
    if _DEVICE.match(name):
        name = f"_{name}"
    pure, number = PurePosixPath(name), 1
    while name.casefold() in taken:
        number += 1
        name = f"{pure.stem}-{number}{pure.suffix}"
    return name

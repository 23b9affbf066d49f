"""Archives looked at before they are opened: how much would come out, and whether anything in them is not figures.

What an archive declares of itself may be a lie: members are unpacked here once, in pieces that are thrown away, and counted.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from rendiconto.errors import DataError, Place

MOST_MEMBERS = 5_000
MOST_BYTES = 512 << 20
MOST_RATIO = 200
SMALL = 10 << 20
CHUNK = 1 << 16
_TODO = "Ask the office for a plain file: values only, without links, macros or attachments."
_FORBIDDEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"vbaproject|/basic/|^basic/|^scripts/", re.IGNORECASE), "macros"),
    (re.compile(r"xl/externallinks/", re.IGNORECASE), "links to other files"),
    (
        re.compile(r"/embeddings/|/activex/|/oleobject|xl/model/|xl/connections\.xml|xl/querytables/", re.IGNORECASE),
        "attached objects",
    ),
)
_DOCUMENT_TYPE = re.compile(rb"<!(DOCTYPE|ENTITY)")


def check_archive(path: Path) -> None:
    """Refuse an archive that would unpack beyond bounds, or that carries macros, links, objects or document types."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_names(path, [member.filename for member in members])
            _check_sizes(path, members)
            _unpack(path, archive, members)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise DataError(f"the file is damaged: {error}", Place(path), "Ask the office to send it again.") from None
    except Exception as error:
        if type(error).__name__ == "error":  # zlib.error, lzma's likewise: damaged data inside
            raise DataError(f"the file is damaged: {error}", Place(path), "Ask the office to send it again.") from None
        raise


def _check_names(path: Path, names: list[str]) -> None:
    if len(names) > MOST_MEMBERS:
        raise DataError(f"the file holds {len(names)} parts, more than {MOST_MEMBERS}", Place(path), _TODO)
    seen: set[str] = set()
    for name in names:
        pure = PurePosixPath(name.replace("\\", "/"))
        if pure.is_absolute() or ".." in pure.parts or (pure.parts and ":" in pure.parts[0]):
            raise DataError(f"a part of the file would be written elsewhere: {name}", Place(path), _TODO)
        if name in seen:
            raise DataError(f"the file holds the part {name} twice", Place(path), _TODO)
        seen.add(name)
        for pattern, what in _FORBIDDEN:
            if pattern.search(name):
                raise DataError(f"the file holds {what} ({name})", Place(path), _TODO)


def _check_sizes(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise DataError("the file is locked with a password", Place(path), "Ask the office for one without.")
    total = sum(member.file_size for member in members)
    if total > MOST_BYTES:
        raise _too_much(path, total)
    for member in members:
        if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise _too_much(path, member.file_size)


def _too_much(path: Path, size: int) -> DataError:
    what = f"the file would unpack to {size >> 20} MB or more"
    return DataError(what, Place(path), f"No delivery is that large (at most {MOST_BYTES >> 20} MB). {_TODO}")


def _unpack(path: Path, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Count what really comes out, and look for document types in what is XML."""
    total = 0
    for member in members:
        is_xml = member.filename.endswith((".xml", ".rels"))
        size = 0
        tail = b""
        for chunk in read_member(archive, member):
            size += len(chunk)
            total += len(chunk)
            if total > MOST_BYTES or (size > SMALL and size > MOST_RATIO * max(member.compress_size, 1)):
                raise _too_much(path, total)
            if is_xml and _DOCUMENT_TYPE.search(tail + chunk):
                raise DataError(f"a part of the file has a document type ({member.filename})", Place(path), _TODO)
            tail = chunk[-16:]


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a member in pieces."""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk

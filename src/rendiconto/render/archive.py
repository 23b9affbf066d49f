"""The one writer of zip archives: sorted names, fixed times, so that the same files give the same bytes.

Office libraries stamp each member with the clock, and order members as they come; what they write is repacked here.
"""

import io
import re
import zipfile

from rendiconto.render import Files

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the zip format can say."""

_THUMBNAIL = re.compile(rb'<Relationship [^>]*metadata/thumbnail"[^>]*/>')
_UNIX = 3
_READABLE = 0o644 << 16


def write_zip(files: Files) -> bytes:
    """An archive of ``files`` (POSIX paths), members by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = _UNIX
            member.external_attr = _READABLE
            archive.writestr(member, files[name])
    return stream.getvalue()


def read_zip(archive: bytes) -> Files:
    """The members of an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}


def repack_office(content: bytes) -> bytes:
    """What an office library wrote, with fixed times, and without the picture of the template that it began from."""
    files = read_zip(content)
    pictures = [name for name in files if name.startswith("docProps/thumbnail.")]
    for name in pictures:
        del files[name]
    if pictures:
        files["_rels/.rels"] = _THUMBNAIL.sub(b"", files["_rels/.rels"])
    return write_zip(files)

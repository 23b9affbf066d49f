"""Frictionless data packages: a folder with ``datapackage.json``, that file itself, or a zip of it.

Every tabular resource that is a CSV or Parquet file of the package is read, under its own name; which of them are figures is
for others to know. Nothing outside the package is opened and nothing is fetched. ``missingValues`` are left as written: in
statistics a mark says why there is no figure.
"""

import errno
import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.archives import check_archive
from rendiconto.observations.intake.content import Content, Records
from rendiconto.observations.intake.csvdialect import read_dialect
from rendiconto.observations.intake.jsonstat import parse_json
from rendiconto.observations.intake.textcolumns import LinePlace, distinct_names, read_columns, read_header

DESCRIPTOR = "datapackage.json"
MOST_RESOURCES = 1_000
MOST_BYTES = 2 << 30
"""Of all resources together."""
_PARQUET_READER = "rendiconto.observations.intake.parquet:read_parquet"
_HASHES = {"md5", "sha1", "sha256", "sha512"}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TEXT_FORMATS = {"csv", "tsv"}
_INSIDE = "A data package holds its own files: ask for one that is whole."

Descriptor = dict[str, Any]


@dataclass(frozen=True)
class _Package:
    """An opened package: its folder (unpacked, where it came as a zip), its descriptor, and the name that people know."""

    root: Path
    descriptor: Path
    shown: Path

    def place(self, inside: str, line: int | None = None, key: str | None = None) -> Place:
        """Where in the package something is, as people know it."""
        return Place(self.shown / inside, line, key)


def read_datapackage(path: Path) -> tuple[Records, ...]:
    """Each tabular resource with a file, named after it. What leaves the package, lacks or was changed is a ``DataError``."""
    with _opened(path) as package:
        with _own_places(package, package.descriptor, package.descriptor.name):
            described = parse_json(package.descriptor)
        resources = described.get("resources") if isinstance(described, dict) else None
        if not isinstance(resources, list) or not all(isinstance(resource, dict) for resource in resources):
            raise DataError("the package has no list of resources", package.place(package.descriptor.name, key="resources"))
        if len(resources) > MOST_RESOURCES:
            what = f"the package has {len(resources)} resources"
            raise DataError(what, package.place(package.descriptor.name), f"At most {MOST_RESOURCES} can be read.")
        return tuple(_read_all(package, resources))


@contextmanager
def _opened(path: Path) -> Iterator[_Package]:
    if path.is_dir():
        if not (path / DESCRIPTOR).is_file():
            raise DataError(f"this folder has no {DESCRIPTOR}", Place(path), "Name a data package, or the files in the folder.")
        if not (path / DESCRIPTOR).resolve().is_relative_to(path.resolve()):
            raise DataError(f"{DESCRIPTOR} leads out of the package", Place(path), _INSIDE)
        yield _Package(path, path / DESCRIPTOR, path)
        return
    with path.open("rb") as stream:
        zipped = stream.read(2) == b"PK"
    if not zipped:
        yield _Package(path.parent, path, path.parent)
        return
    _check_zip(path)
    with tempfile.TemporaryDirectory(prefix="rendiconto-") as folder:
        root = _unpacked(path, Path(folder))
        yield _Package(root, root / DESCRIPTOR, path)


def _check_zip(path: Path) -> None:
    try:
        check_archive(path)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        # Its list of contents points before its beginning: the start was cut off.
        raise DataError("the file is damaged", Place(path), "Ask the office to send it again.") from None


def _unpacked(path: Path, folder: Path) -> Path:
    """The folder of the package in an archive that was found safe: where its uppermost descriptor lies."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [PurePosixPath(name) for name in archive.namelist() if PurePosixPath(name).name == DESCRIPTOR]
            uppermost = [name for name in names if len(name.parts) == min(len(each.parts) for each in names)]
            if len(uppermost) != 1:
                what = f"the file holds {len(uppermost)} data packages" if uppermost else f"the file holds no {DESCRIPTOR}"
                raise DataError(what, Place(path), "Name a zip of one data package.")
            archive.extractall(folder)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise DataError(f"the file cannot be unpacked: {error}", Place(path), "Ask the office to send it again.") from None
    return folder / uppermost[0].parent


def _read_all(package: _Package, resources: list[Descriptor]) -> Iterator[Records]:
    seen: set[str] = set()
    size = 0
    for position, resource in enumerate(resources):
        where = package.place(package.descriptor.name, key=f"resources.{position}")
        if not _is_tabular(where, resource):
            continue
        inside = _checked_path(where, resource)
        name = resource.get("name", PurePosixPath(inside).stem)
        if not isinstance(name, str) or not name or name in seen:
            raise DataError(f"the resource's name {name!r} is not its own", where, "Give every resource a name of its own.")
        seen.add(name)
        file = _file(package, where, inside)
        size += file.stat().st_size
        if size > MOST_BYTES:
            raise DataError(f"the package has more than {MOST_BYTES >> 20} MB", where, "Ask for it in parts.")
        _check_bytes(package, resource, inside, file)
        with _own_places(package, file, inside):
            yield _read(where, resource, name, file)


def _is_tabular(where: Place, resource: Descriptor) -> bool:
    """Whether a resource is a table, by what it says of itself or by its file's name."""
    said = resource.get("type") == "table" or resource.get("profile") == "tabular-data-resource"
    if not said and _format(resource) not in {*_TEXT_FORMATS, "parquet"}:
        return False
    if "path" in resource:
        return True
    if said:
        what = f"the data of the resource {resource.get('name')!r} stand in {DESCRIPTOR} itself"
        raise DataError(what, where, "Only resources with a file are read: save them as CSV.")
    return False


def _format(resource: Descriptor) -> str:
    said = resource.get("format")
    if isinstance(said, str) and said:
        return said.casefold()
    path = resource.get("path")
    first = path[0] if isinstance(path, list) and path else path
    return PurePosixPath(first).suffix.removeprefix(".").casefold() if isinstance(first, str) else ""


def _checked_path(where: Place, resource: Descriptor) -> str:
    """The path of a resource's one file, which by its words stays inside the package."""
    path = resource["path"]
    if isinstance(path, list):
        if len(path) != 1:
            raise DataError(f"the resource has {len(path)} files", where, "Only resources of one file are read: join them.")
        path = path[0]
    if not isinstance(path, str) or not path or "\0" in path:
        raise DataError("the resource's path is no path", where, _INSIDE)
    if _ADDRESS.match(path):
        raise DataError(f"the resource is elsewhere: {path}", where, _INSIDE)
    parts = PurePosixPath(path.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts:
        raise DataError(f"the resource's path leads out of the package: {path}", where, _INSIDE)
    if "compression" in resource:
        raise DataError(f"the resource is compressed: {path}", where, "Ask for it unpacked.")
    return path


def _file(package: _Package, where: Place, inside: str) -> Path:
    """The file itself, which in fact lies inside the package."""
    try:
        file = (package.root / inside).resolve()
        inward = file.is_relative_to(package.root.resolve())
        exists = file.is_file()
    except (OSError, RuntimeError, ValueError):  # a name too long, links in a ring
        inward, exists = True, False
    if not inward:
        raise DataError(f"the resource's path leads out of the package: {inside}", where, _INSIDE)
    if not exists:
        raise DataError(f"the package lacks a file that it names: {inside}", where, _INSIDE)
    return file


def _check_bytes(package: _Package, resource: Descriptor, inside: str, file: Path) -> None:
    """The file against the size and the hash that the package gives."""
    changed = "It was changed or cut short on its way: ask for the package again."
    size = file.stat().st_size
    if "bytes" in resource and str(resource["bytes"]) != str(size):
        raise DataError(f"the file has {size} bytes, and the package says {resource['bytes']}", package.place(inside), changed)
    given = resource.get("hash")
    if given is None:
        return
    algorithm, _, digest = str(given).rpartition(":")
    algorithm = algorithm.casefold() or "md5"
    if algorithm not in _HASHES:
        raise DataError(f"the hash is of a kind that is not known: {algorithm}", package.place(inside), "Use sha256.")
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, algorithm).hexdigest()
    if found != digest.casefold():
        raise DataError(f"the file's {algorithm} is {found}, and the package says {digest}", package.place(inside), changed)


def _read(where: Place, resource: Descriptor, name: str, file: Path) -> Records:
    kind = _format(resource)
    if kind == "parquet":
        from rendiconto.quarantine import read_apart

        (content,) = read_apart(_PARQUET_READER, file)
        return _named(content, name)
    if kind not in _TEXT_FORMATS:
        raise DataError(
            f"the resource {name!r} is {kind or 'of a kind that is not said'}", where, "Only CSV and Parquet are read."
        )
    dialect = read_dialect(where, resource, "\t" if kind == "tsv" else ",")
    names = distinct_names(file, read_header(file, dialect.delimiter, dialect.encoding, dialect.quote))
    return Records(name, read_columns(file, names, dialect.delimiter, dialect.encoding, dialect.quote), LinePlace())


def _named(content: Content, name: str) -> Records:
    assert isinstance(content, Records)
    return Records(name, content.table, content.locate)


@contextmanager
def _own_places(package: _Package, file: Path, inside: str) -> Iterator[None]:
    """Errors in a file that was unpacked elsewhere name it as people know it."""
    try:
        yield
    except DataError as error:
        if isinstance(error.where, Place) and error.where.file in (file, file.resolve()):
            place = package.place(inside, error.where.line, error.where.key)
            raise DataError(error.what, place, error.todo) from None
        raise

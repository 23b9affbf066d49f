"""The ledger: a numbered entry for every change of the data, and the files it speaks of under their SHA-256.

::

    files/<sha256>                  a delivery, byte for byte
    observations/<sha256>.parquet   the observations of one cube in it
    log/000007.json                 entry 7: what was delivered, by whom, from which file, with which profile

Files are written whole under a name of their own before anything speaks of them. An entry appears in one step (a hard
link that fails where the number is taken), and with it the new state: a run killed before leaves the state as it was, one
killed after has ended well, and two runs at once take two numbers. What a killed run leaves behind is never looked at.
"""

import getpass
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import simplejson
from pydantic import Field, TypeAdapter, ValidationError

from rendiconto.catalogue.declarations import Cube
from rendiconto.catalogue.formulas import Strict
from rendiconto.errors import DataError, Place, RendicontoError
from rendiconto.observations.columns import Columns, columns_from_arrow, columns_to_arrow

CHUNK = 1 << 20


class Refusal(Strict):
    """A cell (or row) of a delivery that was not taken in, and why."""

    cell: str
    reason: str


class Stored(Strict):
    """The observations of one cube in a delivery."""

    sha256: str
    rows: int


class Delivery(Strict):
    """A file that an office sent: name, content, how it was read, what was taken in and what was refused."""

    file: str
    sha256: str
    size: int
    format: str
    office: str | None = None
    profile: str | None = None
    cubes: dict[str, Stored] = Field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()


class IngestEntry(Strict):
    """Deliveries that were taken in together."""

    kind: Literal["ingest"] = "ingest"
    version: int
    at: str
    by: str
    edition: int
    deliveries: tuple[Delivery, ...]


class RestoreEntry(Strict):
    """A return to an earlier state; 0 is the state before any delivery."""

    kind: Literal["restore"] = "restore"
    version: int
    at: str
    by: str
    edition: int
    restores: int


Entry = IngestEntry | RestoreEntry
_E = TypeVar("_E", IngestEntry, RestoreEntry)
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


@dataclass(frozen=True)
class Delivered:
    """A file that has been read: what to store of it."""

    path: Path
    format: str
    office: str | None
    profile: str | None
    cubes: Mapping[str, tuple[Cube, Columns]]
    refused: tuple[Refusal, ...] = ()


class Ledger:
    """The deliveries of a workspace, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self) -> tuple[Entry, ...]:
        """Every entry in order. One that is missing or damaged is an error: states are never guessed."""
        files = sorted((self.folder / "log").glob("[0-9]*.json"))
        found = []
        for number, file in enumerate(files, start=1):
            if file.stem != f"{number:06}":
                raise DataError(f"entry {number} of the deliveries is missing", Place(file.parent), "Bring the file back.")
            try:
                found.append(_ENTRY.validate_json(file.read_bytes()))
            except ValidationError as error:
                raise DataError(f"the entry is damaged: {error.errors()[0]['msg']}", Place(file)) from None
        return tuple(found)

    def ingest(self, files: Sequence[Delivered], *, edition: int) -> IngestEntry:
        """Store files and observations, then the entry that makes them count."""
        with self._writing():
            deliveries = tuple(self._keep(each) for each in files)

            def entry(version: int) -> IngestEntry:
                return IngestEntry(version=version, at=_now(), by=_user(), edition=edition, deliveries=deliveries)

            return self._append(entry)

    def restore(self, version: int, *, edition: int) -> RestoreEntry:
        """Make an earlier state the present one, by a new entry."""
        known = len(self.entries())
        if not 0 <= version <= known:
            raise RendicontoError(f"there is no version {version}", todo=f"Versions go from 0 (no delivery) to {known}.")
        with self._writing():
            return self._append(
                lambda number: RestoreEntry(version=number, at=_now(), by=_user(), edition=edition, restores=version)
            )

    def observations(self, cube: Cube, stored: Stored, delivery: Delivery) -> Columns:
        """The observations of one cube in a delivery; what is stored is what was hashed, or an error."""
        import pyarrow.parquet as pq

        path = self.folder / "observations" / f"{stored.sha256}.parquet"
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DataError(f"stored observations cannot be read: {error.strerror}", Place(path)) from None
        if sha256(content).hexdigest() != stored.sha256:
            raise DataError("stored observations have been changed", Place(path), "Bring the file back from a copy.")
        import pyarrow as pa

        return columns_from_arrow(cube, pq.read_table(pa.BufferReader(content)), delivery.file)

    def original(self, delivery: Delivery) -> Path:
        """Where a delivered file is kept."""
        return self.folder / "files" / delivery.sha256

    def _keep(self, delivered: Delivered) -> Delivery:
        digest, size = self._keep_file(delivered.path)
        cubes = {name: self._keep_observations(*content) for name, content in sorted(delivered.cubes.items())}
        return Delivery(
            file=delivered.path.name,
            sha256=digest,
            size=size,
            format=delivered.format,
            office=delivered.office,
            profile=delivered.profile,
            cubes=cubes,
            refused=delivered.refused,
        )

    def _keep_file(self, path: Path) -> tuple[str, int]:
        digest, size = sha256(), 0

        def copy(target: Any) -> None:
            nonlocal size
            with path.open("rb") as source:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)

        self._write(self.folder / "files", copy, digest.hexdigest)
        return digest.hexdigest(), size

    def _keep_observations(self, cube: Cube, columns: Columns) -> Stored:
        import pyarrow as pa
        import pyarrow.parquet as pq

        sink = pa.BufferOutputStream()
        pq.write_table(columns_to_arrow(cube, columns), sink, compression="zstd", store_schema=True)
        content = sink.getvalue().to_pybytes()
        digest = sha256(content).hexdigest()
        self._write(self.folder / "observations", lambda target: target.write(content), lambda: f"{digest}.parquet")
        return Stored(sha256=digest, rows=len(columns))

    def _write(self, folder: Path, fill: Callable[[Any], object], name: Callable[[], str]) -> None:
        """Write a file under a passing name, then give it its own; one that is there already is the same."""
        folder.mkdir(parents=True, exist_ok=True)
        with self._passing(folder) as (stream, path):
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
            target = folder / name()
            if not target.exists():
                path.chmod(0o644)
                path.replace(target)
        _sync(folder)

    def _append(self, make: Callable[[int], _E]) -> _E:
        log = self.folder / "log"
        log.mkdir(parents=True, exist_ok=True)
        while True:
            number = len(list(log.glob("[0-9]*.json"))) + 1
            entry = make(number)
            with self._passing(log) as (stream, path):
                stream.write(simplejson.dumps(entry.model_dump(), ensure_ascii=False, indent=1).encode())
                stream.flush()
                os.fsync(stream.fileno())
                path.chmod(0o644)
                try:
                    os.link(path, log / f"{number:06}.json")
                except FileExistsError:
                    continue
            _sync(log)
            return entry

    @staticmethod
    @contextmanager
    def _passing(folder: Path) -> Iterator[tuple[Any, Path]]:
        """A file with a name that nobody looks for, gone at the end unless it has been given another."""
        descriptor, name = tempfile.mkstemp(prefix=".passing-", dir=folder)
        path = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                yield stream, path
        finally:
            with suppress(FileNotFoundError):
                path.unlink()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RendicontoError(
                f"the delivery was not stored: {error.strerror or error}",
                str(self.folder),
                "Nothing has changed. Make room on the disk, or a folder that you may write to, and try again.",
            ) from None


def _sync(folder: Path) -> None:
    """Make sure that names in a folder outlive a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"

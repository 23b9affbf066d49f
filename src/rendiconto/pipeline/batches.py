"""Many reports at once: built beside each other, only as far as something they depend on has changed, resumable at any moment.

A report's folder keeps what it was made from and of what it consists (a manifest). When nothing has changed it stands; when
something has, the report is composed, and written again only if it has come out different. A folder is replaced whole or not at
all, so a build that is killed leaves reports of before and reports of now, and the next one goes on from there.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any, TextIO

from pydantic import TypeAdapter

from rendiconto.document import Document
from rendiconto.document.atlas import Profile
from rendiconto.errors import RendicontoError
from rendiconto.pipeline.building import build_report, compose_whole
from rendiconto.pipeline.editions import Edition, load_edition
from rendiconto.pipeline.folders import sweep_folder
from rendiconto.pipeline.manifests import altered_file, read_manifest, write_manifest
from rendiconto.pipeline.texts import ReleaseRefused, refuse_unfit
from rendiconto.territory import Gazetteer, Territory
from rendiconto.workspace import read_workspace

_LOCK = ".rendiconto.lock"
_PACKAGE = Path(__file__).resolve().parents[1]


class Outcome(StrEnum):
    """What became of one report."""

    BUILT = "built"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a batch, with what became of it and why; ``seconds`` of its own work."""

    territory: Territory
    outcome: Outcome
    why: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Inputs:
    """What every report of a batch depends on: program, catalogue, observations, texts, areas, and how it was asked for."""

    program: str
    catalogue: str
    observations: str
    texts: str
    areas: str
    as_published: bool

    def as_json(self) -> dict[str, Any]:
        """As the manifest keeps it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True)
class Batch:
    """Reports to build: whose, where to, in which formats, from what."""

    edition: Edition
    territories: tuple[Territory, ...]
    out: Path
    formats: tuple[str, ...]
    workspace: Path | None = None
    data_version: int | None = None
    as_published: bool = False
    release: bool = False

    def folder(self, territory: Territory) -> Path:
        """Where a report stands."""
        return self.out / f"{territory.slug}-{self.edition.year}"

    def inputs(self) -> Inputs:
        """What the reports depend on, now."""
        return Inputs(
            program_digest(),
            self.edition.catalogue.sha256,
            self.edition.observations.sha256,
            _digest(self.edition.texts) if self.edition.texts is not None else "",
            sha256(repr(Gazetteer.load().areas(self.edition.year)).encode()).hexdigest(),
            self.as_published,
        )


def plan_batch(batch: Batch) -> Iterator[tuple[Territory, str]]:
    """Each territory with why its report has to be looked at again; empty where it stands as it is. Nothing is written."""
    inputs = batch.inputs()
    for territory in batch.territories:
        yield territory, _reason(batch, territory, inputs)


def build_batch(batch: Batch, *, jobs: int = 0) -> Iterator[Report]:
    """Build what is not there or no longer holds, ``jobs`` at a time (0: one a core); reports as they end.

    A report that fails does not stop the others. Raises ``RendicontoError`` where another build is writing to the same folder.
    """
    with alone(batch.out):
        _sweep(batch)
        planned = list(plan_batch(batch))
        for territory, why in planned:
            if not why:
                yield Report(territory, Outcome.KEPT, "")
        todo = [(territory, why) for territory, why in planned if why]
        yield from _in_parallel(batch, todo, jobs or os.cpu_count() or 1)


def _in_parallel(batch: Batch, todo: Sequence[tuple[Territory, str]], jobs: int) -> Iterator[Report]:
    """Reports by processes that have loaded the edition once; one that dies takes only its own report with it."""
    left = list(todo)
    while left:
        reached: set[str] = set()
        for report in _by_pool(batch, left, min(jobs, len(left))):
            reached.add(report.territory.code)
            yield report
        left = [(territory, why) for territory, why in left if territory.code not in reached]
        if left and not reached:
            # Whichever ends its process would end the others' again: the first by itself.
            first = left.pop(0)
            ended = Report(first[0], Outcome.FAILED, "the process that built it was ended")
            yield next(_by_pool(batch, [first], 1), ended)


def _by_pool(batch: Batch, todo: Sequence[tuple[Territory, str]], jobs: int) -> Iterator[Report]:
    """What a pool of processes brings to an end; a pool that breaks leaves the rest undone."""
    threads = max((os.cpu_count() or 1) // jobs, 1)
    order = (batch.workspace, batch.data_version, batch.edition.year, threads)
    pool = ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=get_context("spawn"),
        initializer=_prepare,
        initargs=order,
    )
    asked = (batch.out, batch.formats, batch.as_published, batch.release)
    with pool:
        waiting = [pool.submit(_work, territory, why, *asked) for territory, why in todo]
        for future in as_completed(waiting):
            with suppress(BrokenProcessPool):
                yield future.result()


_PREPARED: dict[str, tuple[Edition, Path | None]] = {}


def _prepare(workspace: Path | None, data_version: int | None, year: int, threads: int) -> None:
    """In a process of the pool: load the edition, once for all its reports; end when the build that asked for them does."""
    Thread(target=_end_with_parent, daemon=True).start()
    os.environ["RAYON_NUM_THREADS"] = str(threads)  # the typesetter's: processes and threads share the cores
    room = None if workspace is None else read_workspace(workspace)
    _PREPARED["edition"] = (load_edition(year, workspace=room, version=data_version), workspace)


def _end_with_parent() -> None:
    """A build that is killed must not leave processes that go on writing."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(territory: Territory, why: str, out: Path, formats: tuple[str, ...], as_published: bool, release: bool) -> Report:
    from rendiconto.render.pdf.typesetting import forget_layouts

    edition, workspace = _PREPARED["edition"]
    batch = Batch(edition, (territory,), out, formats, workspace, as_published=as_published, release=release)
    report = _built(batch, territory, why, batch.inputs())
    forget_layouts()
    return report


def _built(batch: Batch, territory: Territory, why: str, inputs: Inputs) -> Report:
    start = perf_counter()
    try:
        document, texts = compose_whole(territory.slug, batch.edition, as_published=batch.as_published)
        if batch.release:
            refuse_unfit(texts)
        if _stands(batch, territory, inputs, document):
            manifest = read_manifest(batch.folder(territory), KEPT)
            _write_manifest(batch, territory, inputs, document, manifest["formats"], manifest["whole"])
            return Report(territory, Outcome.KEPT, "", perf_counter() - start)
        built = build_report(territory.slug, batch.out, formats=batch.formats, composed=(document, texts))
        whole = {path.name: name for name, paths in built.files.items() for path in paths if path.parent == built.folder}
        _write_manifest(batch, territory, inputs, document, batch.formats, whole)
    except ReleaseRefused as refused:
        why = "; ".join((refused.what, *refused.obstacles))
        return Report(territory, Outcome.FAILED, why, perf_counter() - start)
    except RendicontoError as error:
        return Report(territory, Outcome.FAILED, str(error), perf_counter() - start)
    except Exception as error:  # noqa: BLE001 - one report's fault must not stop the others; it is told in the summary
        return Report(territory, Outcome.FAILED, f"{type(error).__name__}: {error}", perf_counter() - start)
    return Report(territory, Outcome.BUILT, why, perf_counter() - start)


def _reason(batch: Batch, territory: Territory, inputs: Inputs) -> str:
    """Why a report is to be looked at again; empty where nothing says so."""
    folder = batch.folder(territory)
    if not folder.is_dir():
        return "not built yet"
    manifest = read_manifest(folder, KEPT)
    if not manifest:
        return "its build was not finished"
    changed = [name for name, value in inputs.as_json().items() if manifest.get("inputs", {}).get(name) != value]
    if changed:
        return " and ".join(_CHANGED[name] for name in changed)
    missing = [name for name in batch.formats if name not in manifest["formats"]]
    if missing:
        return f"not made as {', '.join(missing)}"
    if batch.release and not manifest["released"]:
        return "not examined for release"
    altered = altered_file(folder, manifest["files"])
    return f"{altered} was altered or is gone" if altered else ""


_CHANGED: Mapping[str, str] = {
    "program": "the program changed",
    "catalogue": "the catalogue changed",
    "observations": "the data changed",
    "texts": "the texts changed",
    "areas": "the workspace's areas changed",
    "as_published": "it is asked for with errata otherwise",
}


def _stands(batch: Batch, territory: Territory, inputs: Inputs, document: Document) -> bool:
    """Whether a report that was composed again has come out as it stands, in all the formats asked for."""
    folder = batch.folder(territory)
    manifest = read_manifest(folder, KEPT) if folder.is_dir() else {}
    if not manifest or manifest["inputs"].get("program") != inputs.program or manifest["document"] != _shown(document):
        return False
    return set(batch.formats) <= set(manifest["formats"]) and not altered_file(folder, manifest["files"])


def _shown(document: Document) -> str:
    """A digest of all that a report says."""
    return sha256(repr(document).encode()).hexdigest()


KEPT = frozenset({"inputs", "document", "formats", "whole", "released", "profile", "files"})
"""What the manifest of a report says; ``whole`` are the formats of the files that are a report each, by name."""


def _write_manifest(
    batch: Batch,
    territory: Territory,
    inputs: Inputs,
    document: Document,
    formats: Sequence[str],
    whole: Mapping[str, str],
) -> None:
    content = {
        "inputs": inputs.as_json(),
        "document": _shown(document),
        "formats": list(formats),
        "whole": dict(whole),
        "released": batch.release,
        "profile": PROFILE.dump_python(Profile.of(document), mode="json"),
    }
    write_manifest(batch.folder(territory), content)


PROFILE = TypeAdapter(Profile)
"""How a manifest keeps what a site of many reports shows of one."""


@cache
def program_digest() -> str:
    """A digest of the program: code, templates, styles; not the catalogue and the data, which have their own."""
    return _digest(_PACKAGE, lambda inside: inside.parts[0] != "data" and inside.suffix not in (".yaml", ".pyc"))


def _digest(folder: Path, counts: Callable[[Path], bool] = lambda _inside: True) -> str:
    """A digest of the files below a folder, names and contents, as far as they count."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = path.relative_to(folder)
        if counts(inside):
            # The digest of each keeps one file's end apart from the next one's name.
            digest.update(inside.as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """While this build writes to a folder no other does; the system frees it when the process ends, however it ends."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / _LOCK).open("w") as lock:
        try:
            _take(lock)
        except OSError:
            todo = "Wait for it to end, or build into another folder with --out."
            raise RendicontoError("another build is writing here", str(out), todo) from None
        yield


def _take(lock: TextIO) -> None:
    """The system's own lock on an open file, or ``OSError`` where another process holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(batch: Batch) -> None:
    """Take away what killed builds have left half made."""
    for territory in batch.territories:
        sweep_folder(batch.folder(territory))

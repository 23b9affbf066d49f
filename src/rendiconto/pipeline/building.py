"""A report built: composed, rendered in every format, put in place whole."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Self

from rendiconto.compose import with_cited_cubes
from rendiconto.document import Document
from rendiconto.errors import RendicontoError, UnknownName, nearest_names
from rendiconto.observations import Resolver
from rendiconto.pipeline.editions import Edition, compose_report, load_edition
from rendiconto.pipeline.texts import CheckedTexts, read_texts, refuse_unfit, with_texts
from rendiconto.render import RENDERERS, Charts, Files, load_renderer
from rendiconto.territory import Gazetteer

Progress = Callable[[str], None]
"""Called with the name of each stage as it ends."""


@dataclass(frozen=True)
class Built:
    """What a build wrote: the folder, the files of each format, the report itself, and what its texts were found to say."""

    folder: Path
    files: dict[str, tuple[Path, ...]]
    document: Document
    texts: CheckedTexts


def render_pdf(document: Document) -> bytes:
    """The report as a tagged PDF (PDF/UA-1)."""
    return next(iter(load_renderer("pdf")(document).values()))


def render_xlsx(document: Document) -> bytes:
    """The report as a workbook, one sheet per table."""
    return next(iter(load_renderer("xlsx")(document).values()))


def render_docx(document: Document) -> bytes:
    """The report as a Word file, to be commented on and read back."""
    return next(iter(load_renderer("docx")(document).values()))


def render_site(document: Document) -> Files:
    """The report as a static site: relative paths to bytes."""
    return load_renderer("site")(document)


def render_data(document: Document) -> Files:
    """The report as a data package: relative paths to bytes."""
    return load_renderer("data")(document)


def build_report(
    territory: str,
    out: Path,
    *,
    edition: Edition | None = None,
    formats: Sequence[str] = tuple(RENDERERS),
    as_published: bool = False,
    release: bool = False,
    progress: Progress | None = None,
    composed: tuple[Document, CheckedTexts] | None = None,
    alone: bool = True,
) -> Built:
    """Compose and render a report into ``out/SLUG-YEAR``, atomically: the folder is replaced when all is ready.

    With ``release`` a report that is not fit to be seen is refused (``ReleaseRefused``) and nothing is written. ``composed`` is
    what ``compose_whole`` gave, if it was asked before; ``alone`` says that no other report is built beside this one.
    """
    formats = check_formats(formats)
    done = progress or (lambda _stage: None)
    with _Drawing(formats, alone=alone) as drawing:
        document, texts = composed or compose_whole(territory, edition, as_published=as_published)
        if release:
            refuse_unfit(texts)
        done("compose")
        drawing.start(document)
        files: dict[str, Files] = {}
        for name in sorted(formats, key=list(RENDERERS).index):
            drawing.wait_for(name)
            files[name] = _render(name, document, _attachments(files))
            done(name)
    folder = out / f"{document.territory.slug}-{document.edition}"
    with _replacing(folder) as fresh:
        for name in formats:
            _write_files(fresh, files[name])
        if "site" in formats:
            _attach(fresh, _attachments(files))
    done("write")
    written = {name: tuple(folder / path for path in files[name]) for name in formats}
    return Built(folder, written, document, texts)


def compose_whole(
    territory: str, edition: Edition | None = None, *, as_published: bool = False
) -> tuple[Document, CheckedTexts]:
    """The resolved report with the texts written by hand, and what was found in them."""
    edition = edition or load_edition()
    document = compose_report(territory, edition, as_published=as_published)
    place = Gazetteer.load().by_code(document.territory.code)
    texts = read_texts(edition, place, as_published=as_published)
    resolver = Resolver(edition.catalogue, edition.observations, as_published=as_published)
    return with_cited_cubes(with_texts(document, texts), edition.catalogue, resolver), texts


class _Drawing:
    """Draws the charts while the formats that need none are written.

    The drawing engine is one thread, outside Python's lock: the wide charts (for every format) are drawn by a thread here, the
    narrow ones (for the site on a phone) by a process of their own, unless the cores are busy with other reports.
    """

    def __init__(self, formats: Sequence[str], *, alone: bool) -> None:
        self.wide = {name for name in formats if RENDERERS[name].charts >= Charts.WIDE}
        self.narrow = {name for name in formats if alone and RENDERERS[name].charts >= Charts.BOTH}
        self.pending: dict[str, list[Callable[[], object]]] = {}

    def __enter__(self) -> Self:
        self.thread = ThreadPoolExecutor(max_workers=1)
        self.process = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
        if self.wide:
            self.thread.submit(_warm_charts)
        if self.narrow:
            self.process.submit(_warm_charts)
        return self

    def start(self, document: Document) -> None:
        """Begin to draw; a process that cannot be had costs time, not charts: they are then drawn when asked for."""
        if not self.wide:
            return
        from rendiconto.render.charts import NARROW_WIDTH, charts_svg, keep_charts

        figures = [figure for table in document.tables for figure in table.figures]
        wide = self.thread.submit(charts_svg, figures)
        self.pending = {name: [wide.result] for name in self.wide}
        if self.narrow:
            narrow = self.process.submit(charts_svg, figures, width=NARROW_WIDTH)
            # It goes as soon as it has drawn: its memory is wanted for setting the PDF.
            narrow.add_done_callback(lambda _: self.process.shutdown(wait=False))
            for name in self.narrow:
                self.pending[name].append(lambda: keep_charts(figures, narrow.result(), width=NARROW_WIDTH))

    def wait_for(self, name: str) -> None:
        """Until what the format needs is drawn."""
        for ready in self.pending.get(name, ()):
            with suppress(BrokenExecutor):
                ready()

    def __exit__(self, *_: object) -> None:
        self.thread.shutdown()
        self.process.shutdown(cancel_futures=True)


def _warm_charts() -> None:
    from rendiconto.render.charts import warm_up

    warm_up()


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats, each once and known."""
    for name in formats:
        if name not in RENDERERS:
            raise UnknownName("format", name, nearest_names(name, RENDERERS) or tuple(RENDERERS))
    return tuple(dict.fromkeys(formats))


def _render(name: str, document: Document, attachments: Mapping[str, str]) -> Files:
    if name == "site":
        from rendiconto.render.site.pages import render_site as render_with_attachments

        files: Files = render_with_attachments(document, attachments)
        return files
    return load_renderer(name)(document)


def _attachments(files: Mapping[str, Files]) -> dict[str, str]:
    """The whole-report files that the site offers for download, relative to the report's folder, with what each is."""
    return {path: RENDERERS[name].what for name, made in files.items() for path in made if "/" not in path}


def _attach(folder: Path, attachments: Iterable[str]) -> None:
    target = folder / "site" / "scarica"
    target.mkdir(parents=True, exist_ok=True)
    for name in attachments:
        shutil.copyfile(folder / name, target / name)


def _write_files(folder: Path, files: Files) -> None:
    for path, content in files.items():
        target = (folder / path).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise RendicontoError(f"a renderer wants to write outside its folder: {path}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of ``folder`` when the block ends well, and vanishes when it does not."""
    if folder.exists() and not folder.is_dir():
        raise RendicontoError("a file stands where the report's folder should be", str(folder), "Move it, or build with --out.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        fresh.chmod(0o755)
        yield fresh
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
            folder.rename(old / folder.name)
            fresh.rename(folder)
            shutil.rmtree(old)
        else:
            fresh.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> RendicontoError:
    return RendicontoError(
        f"cannot write: {error.strerror}",
        str(folder),
        "Give a folder you may write to with --out, and room on the disk.",
    )

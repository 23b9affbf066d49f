"""The journey of the data in one place: load, compose, render, put in place.

These functions are the Python API too. Figures are ``Decimal``; errors are ``rendiconto.errors.RendicontoError`` with
what happened, where, and what to do.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.compose import compose_report as compose_document
from rendiconto.document import Document
from rendiconto.errors import RendicontoError, UnknownName, nearest_names
from rendiconto.observations import ObservationStore, load_observations
from rendiconto.render import RENDERERS, Files, load_renderer
from rendiconto.territory import Gazetteer

DEFAULT_EDITION = 2024
Progress = Callable[[str], None]
"""Called with the name of each stage as it ends."""


@dataclass(frozen=True)
class Edition:
    """One edition: what the report says (catalogue) and what the data say (observations)."""

    catalogue: Catalogue
    observations: ObservationStore

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.catalogue.year


@dataclass(frozen=True)
class Built:
    """What a build wrote: the folder, the files of each format, and the report itself."""

    folder: Path
    files: dict[str, tuple[Path, ...]]
    document: Document


def load_edition(year: int = DEFAULT_EDITION, *, data: Path | None = None) -> Edition:
    """The packaged edition of a year; ``data`` is another folder of observations (CSV per cube, errata, version)."""
    catalogue = load_catalogue(year)
    return Edition(catalogue, load_observations(catalogue, data))


def compose_report(
    territory: str,
    edition: Edition | None = None,
    *,
    as_published: bool = False,
    tables: Sequence[str] | None = None,
) -> Document:
    """The resolved report of a territory, given by name, slug or Istat code.

    ``as_published`` leaves errata aside and prints what the source printed; ``tables`` keeps only some table numbers.
    """
    edition = edition or load_edition()
    place = Gazetteer.load().find(territory, edition.year)
    numbers = None if tables is None else [edition.catalogue.table(number).number for number in tables]
    return compose_document(edition.catalogue, edition.observations, place, as_published=as_published, tables=numbers)


def render_pdf(document: Document) -> bytes:
    """The report as a tagged PDF (PDF/UA-1)."""
    return next(iter(load_renderer("pdf")(document).values()))


def render_xlsx(document: Document) -> bytes:
    """The report as a workbook, one sheet per table."""
    return next(iter(load_renderer("xlsx")(document).values()))


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
    progress: Progress | None = None,
) -> Built:
    """Compose and render a report into ``out/SLUG-YEAR``, atomically: the folder is replaced when all is ready."""
    formats = check_formats(formats)
    done = progress or (lambda _stage: None)
    with ThreadPoolExecutor(max_workers=2) as pool:
        drawn = {"pdf", "site"} & set(formats)
        warming = pool.submit(_warm_charts) if drawn else None
        document = compose_report(territory, edition, as_published=as_published)
        done("compose")
        # The drawing engine works outside Python's lock: it draws while the formats without charts are written.
        drawing = pool.submit(_draw_charts, document) if drawn else warming
        files: dict[str, Files] = {}
        for name in sorted(formats, key=_NEEDS_CHARTS.__contains__):
            if name in _NEEDS_CHARTS and drawing is not None:
                drawing.result()
            files[name] = _render(name, document, formats)
            done(name)
    folder = out / f"{document.territory.slug}-{document.edition}"
    with _replacing(folder) as fresh:
        for name in formats:
            _write_files(fresh, files[name])
        if "site" in formats:
            _attach(fresh, _attachments(document, formats))
    done("write")
    written = {name: tuple(folder / path for path in files[name]) for name in formats}
    return Built(folder, written, document)


_NEEDS_CHARTS = ("pdf", "site")


def _warm_charts() -> None:
    from rendiconto.render.charts import warm_up

    warm_up()


def _draw_charts(document: Document) -> None:
    from rendiconto.render.charts import charts_svg

    charts_svg(figure for table in document.tables for figure in table.figures)


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats, each once and known."""
    for name in formats:
        if name not in RENDERERS:
            raise UnknownName("format", name, nearest_names(name, RENDERERS) or tuple(RENDERERS))
    return tuple(dict.fromkeys(formats))


def _render(name: str, document: Document, formats: Sequence[str]) -> Files:
    if name == "site":
        from rendiconto.render.site.pages import render_site as render_with_attachments

        files: Files = render_with_attachments(document, _attachments(document, formats))
        return files
    return load_renderer(name)(document)


def _attachments(document: Document, formats: Sequence[str]) -> list[str]:
    """The whole-report files that the site offers for download, relative to the report's folder."""
    stem = f"rendiconto-sociale-{document.territory.slug}-{document.edition}"
    return [f"{stem}.{name}" for name in ("pdf", "xlsx") if name in formats]


def _attach(folder: Path, attachments: Sequence[str]) -> None:
    target = folder / "site" / "scarica"
    target.mkdir(parents=True, exist_ok=True)
    for name in attachments:
        os.link(folder / name, target / name)


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

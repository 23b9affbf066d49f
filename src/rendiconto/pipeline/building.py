"""A report built: composed, rendered in every format, put in place whole."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rendiconto.compose import with_cited_cubes
from rendiconto.document import Document
from rendiconto.errors import UnknownName, nearest_names
from rendiconto.observations import Resolver
from rendiconto.pipeline.editions import Edition, compose_report, load_edition
from rendiconto.pipeline.folders import replacing, write_files
from rendiconto.pipeline.texts import CheckedTexts, read_texts, refuse_unfit, with_texts
from rendiconto.render import RENDERERS, Files, load_renderer
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
) -> Built:
    """Compose and render a report into ``out/SLUG-YEAR``, atomically: the folder is replaced when all is ready.

    With ``release`` a report that is not fit to be seen is refused (``ReleaseRefused``) and nothing is written. ``composed`` is
    what ``compose_whole`` gave, if it was asked before.
    """
    formats = check_formats(formats)
    done = progress or (lambda _stage: None)
    document, texts = composed or compose_whole(territory, edition, as_published=as_published)
    if release:
        refuse_unfit(texts)
    done("compose")
    files: dict[str, Files] = {}
    for name in sorted(formats, key=list(RENDERERS).index):
        files[name] = _render(name, document, files)
        done(name)
    folder = out / f"{document.territory.slug}-{document.edition}"
    with replacing(folder) as fresh:
        for name in formats:
            write_files(fresh, files[name])
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


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats, each once and known."""
    for name in formats:
        if name not in RENDERERS:
            raise UnknownName("format", name, nearest_names(name, RENDERERS) or tuple(RENDERERS))
    return tuple(dict.fromkeys(formats))


def _render(name: str, document: Document, made: Mapping[str, Files]) -> Files:
    """A format. The PDF carries the data package and the site offers all whole files, both as they were ``made`` before."""
    if name == "pdf":
        from rendiconto.render.pdf.report import render_pdf as render_with_package

        return render_with_package(document, made.get("data"))
    if name == "site":
        from rendiconto.render.site.pages import render_site as render_with_attachments

        return render_with_attachments(document, _attachments(made))
    return load_renderer(name)(document)


def _attachments(files: Mapping[str, Files]) -> dict[str, str]:
    """The whole-report files that the site offers for download, relative to the report's folder, with what each is."""
    return {path: RENDERERS[name].what for name, made in files.items() for path in made if "/" not in path}


def _attach(folder: Path, attachments: Iterable[str]) -> None:
    target = folder / "site" / "scarica"
    target.mkdir(parents=True, exist_ok=True)
    for name in attachments:
        shutil.copyfile(folder / name, target / name)

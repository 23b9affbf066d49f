"""Renderers: pure functions from a Document to files.

A renderer takes a ``Document`` and returns ``Files``: relative POSIX paths to bytes. It decides nothing about
content and writes nothing; the pipeline puts the files in place, atomically. The same Document gives the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from rendiconto.document import Document

Files = dict[str, bytes]
Renderer = Callable[[Document], Files]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its renderer, and what others must know of it.

    ``renderer`` is "module:function", loaded when first asked for, because each brings a heavy library. ``what`` says in
    Italian what the file is, where it is offered for download. ``whole``: every table stands in it; else a selection of
    figures does, each of which names its cell.
    """

    renderer: str
    what: str
    whole: bool = True


RENDERERS: dict[str, Format] = {
    "data": Format("rendiconto.render.data.package:render_data", "pacchetto di dati aperti"),
    "xlsx": Format("rendiconto.render.xlsx.workbook:render_xlsx", "foglio di calcolo"),
    "sintesi": Format("rendiconto.render.sintesi.summary:render_summary", "nota di sintesi, due pagine", whole=False),
    "pdf": Format("rendiconto.render.pdf.report:render_pdf", "documento accessibile"),
    "stampa": Format("rendiconto.render.stampa.sheet:render_sheet", "scheda per la stampa", whole=False),
    "docx": Format("rendiconto.render.docx.report:render_docx", "documento per Word"),
    "pptx": Format("rendiconto.render.pptx.deck:render_deck", "presentazione", whole=False),
    "html": Format("rendiconto.render.html.page:render_html", "una sola pagina, anche senza rete"),
    "site": Format("rendiconto.render.site.pages:render_site", "sito statico"),
}
"""Every format, in the order in which they are made: the PDF carries the data package; the site, last, offers the others."""


def load_renderer(name: str) -> Renderer:
    """The renderer of a format in ``RENDERERS``."""
    module, function = RENDERERS[name].renderer.split(":")
    renderer: Renderer = getattr(import_module(module), function)
    return renderer

"""Renderers: pure functions from a Document to files.

A renderer takes a ``Document`` and returns ``Files``: relative POSIX paths to bytes. It decides nothing about
content and writes nothing; the pipeline puts the files in place, atomically. The same Document gives the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from importlib import import_module

from rendiconto.document import Document

Files = dict[str, bytes]
Renderer = Callable[[Document], Files]


class Charts(IntEnum):
    """Which drawings of the charts a format shows."""

    NONE = 0
    WIDE = 1
    BOTH = 2  # the narrow ones too, for a phone


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its renderer, and what others must know before it runs.

    ``renderer`` is "module:function", loaded when first asked for, because each brings a heavy library. ``what`` says in
    Italian what the file is, where it is offered for download. ``whole``: every table stands in it; else a selection of
    figures does, each of which names its cell.
    """

    renderer: str
    what: str
    charts: Charts = Charts.NONE
    whole: bool = True


RENDERERS: dict[str, Format] = {
    "data": Format("rendiconto.render.data.package:render_data", "pacchetto di dati aperti"),
    "xlsx": Format("rendiconto.render.xlsx.workbook:render_xlsx", "foglio di calcolo"),
    "sintesi": Format("rendiconto.render.sintesi.summary:render_summary", "nota di sintesi, due pagine", whole=False),
    "pdf": Format("rendiconto.render.pdf.report:render_pdf", "documento accessibile", Charts.WIDE),
    "stampa": Format("rendiconto.render.stampa.sheet:render_sheet", "scheda per la stampa", Charts.WIDE, whole=False),
    "docx": Format("rendiconto.render.docx.report:render_docx", "documento per Word", Charts.WIDE),
    "pptx": Format("rendiconto.render.pptx.deck:render_deck", "presentazione", Charts.WIDE, whole=False),
    "html": Format("rendiconto.render.html.page:render_html", "una sola pagina, anche senza rete", Charts.BOTH),
    "site": Format("rendiconto.render.site.pages:render_site", "sito statico", Charts.BOTH),
}
"""Every format, in the order in which they are made: charts are drawn while those without are written, and the site, last,
offers the others for download."""


def load_renderer(name: str) -> Renderer:
    """The renderer of a format in ``RENDERERS``."""
    module, function = RENDERERS[name].renderer.split(":")
    renderer: Renderer = getattr(import_module(module), function)
    return renderer

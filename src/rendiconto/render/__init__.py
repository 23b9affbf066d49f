"""Renderers: pure functions from a Document to files.

A renderer takes a ``Document`` and returns ``Files``: relative POSIX paths to bytes. It decides nothing about
content and writes nothing; the pipeline puts the files in place, atomically. The same Document gives the same bytes.
"""

from collections.abc import Callable
from importlib import import_module

from rendiconto.document import Document

Files = dict[str, bytes]
Renderer = Callable[[Document], Files]

RENDERERS: dict[str, str] = {
    "pdf": "rendiconto.render.pdf.report:render_pdf",
    "site": "rendiconto.render.site.pages:render_site",
    "xlsx": "rendiconto.render.xlsx.workbook:render_xlsx",
    "docx": "rendiconto.render.docx.report:render_docx",
    "data": "rendiconto.render.data.package:render_data",
}
"""Format name to "module:function"; loaded when first asked for, because each brings a heavy library."""


def load_renderer(name: str) -> Renderer:
    """The renderer of a format in ``RENDERERS``."""
    module, function = RENDERERS[name].split(":")
    renderer: Renderer = getattr(import_module(module), function)
    return renderer

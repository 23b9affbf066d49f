"""Typst over a template: manuscript, pictures and attachments into a folder of its own, a tagged PDF out of it."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import simplejson

from rendiconto.document import Document
from rendiconto.render.charts.typeface import font_directory
from rendiconto.render.pdf.attachments import Attachment

HOUSE = Path(__file__).with_name("house.typ")
"""What short documents share: colours, page, cards of key figures. Their templates import it."""


def typeset(
    template: Path,
    manuscript: dict[str, Any],
    pictures: Mapping[str, str],
    document: Document,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The PDF as it leaves Typst, written to PDF/A-3a and PDF/UA-1: what these forbid, Typst refuses.

    ``pictures`` are SVG elements by file name. A template with ``attachments`` finds the files beside it under their names, and
    what they are in the manuscript. Dates are those of the data, so that the same input gives the same bytes.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="rendiconto-") as folder:
        root = Path(folder)
        for name, svg in pictures.items():
            (root / name).write_text(svg, encoding="utf-8")
        for attachment in attachments:
            (root / attachment.name).write_bytes(attachment.content)
        whole = {**manuscript, "attachments": [attachment.described for attachment in attachments]}
        (root / "manuscript.json").write_text(simplejson.dumps(whole, ensure_ascii=False), encoding="utf-8")
        for source in (template, HOUSE):
            (root / source.name).write_bytes(source.read_bytes())
        pdf: bytes = typst.compile(
            str(root / template.name),
            root=str(root),
            font_paths=_fonts(),
            sys_inputs={"manuscript": "manuscript.json"},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(_issued(document).timestamp()),
        )
    return pdf


def _issued(document: Document) -> datetime:
    return datetime.fromisoformat(document.issued).replace(tzinfo=UTC)


def forget_layouts() -> None:
    """Free what Typst keeps of the documents set so far, a hundred MB each: it lets go of what ten compilations did not use."""
    import typst

    if not _fonts.cache_info().currsize:
        return  # nothing was set
    for _ in range(11):
        typst.compile(b"", font_paths=_fonts())


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_directory())])

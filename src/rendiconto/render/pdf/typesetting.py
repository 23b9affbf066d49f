"""Typst over a template: manuscript and pictures into a folder of its own, a tagged PDF (PDF/UA-1) out of it."""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import simplejson

from rendiconto.document import Document
from rendiconto.render.charts.typeface import font_directory

HOUSE = Path(__file__).with_name("house.typ")
"""What short documents share: colours, page, cards of key figures. Their templates import it."""


def typeset(template: Path, manuscript: dict[str, Any], pictures: Mapping[str, str], document: Document) -> bytes:
    """The PDF as it leaves Typst.

    ``pictures`` are SVG elements by file name. Dates are those of the data, so that the same input gives the same bytes.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="rendiconto-") as folder:
        root = Path(folder)
        for name, svg in pictures.items():
            (root / name).write_text(svg, encoding="utf-8")
        (root / "manuscript.json").write_text(simplejson.dumps(manuscript, ensure_ascii=False), encoding="utf-8")
        for source in (template, HOUSE):
            (root / source.name).write_bytes(source.read_bytes())
        pdf: bytes = typst.compile(
            str(root / template.name),
            root=str(root),
            font_paths=_fonts(),
            sys_inputs={"manuscript": "manuscript.json"},
            pdf_standards=["ua-1"],
            timestamp=int(_issued(document).timestamp()),
        )
    return pdf


def _issued(document: Document) -> datetime:
    return datetime.fromisoformat(document.issued).replace(tzinfo=UTC)


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_directory())])

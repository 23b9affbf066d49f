"""Renders the report as one file: the site's own tables, charts and style sheet, everything inside, no script."""

import base64
import re
from collections.abc import Sequence
from pathlib import Path

from rendiconto.document import Chapter, Document, Table
from rendiconto.document.prose import Paragraph
from rendiconto.document.report import ErratumEntry, KeyFigure
from rendiconto.render.site.gridview import GridView, view_grid
from rendiconto.render.site.pages import draw_charts, italian_date, site_environment, style_sheet, tally
from rendiconto.render.site.proseview import Block, view_prose

_HERE = Path(__file__).parent
_FACES = {"TitilliumWeb-Regular.ttf", "TitilliumWeb-SemiBold.ttf"}
_FONT_FACE = re.compile(r'@font-face \{[^}]*url\("(?P<name>[^"]+)"\)[^}]*\}\n')


def render_html(document: Document) -> dict[str, bytes]:
    """One file; what it shows it holds, and it asks nothing of anybody."""
    page = (
        site_environment(_HERE / "templates")
        .get_template("whole.html")
        .render(
            document=document,
            style=_inline_fonts(style_sheet()) + (_HERE / "whole.css").read_text(encoding="utf-8"),
            table_views=_table_views,
            draw_charts=draw_charts,
            view_prose=_view_prose,
            key_figure_link=_key_figure_link,
            erratum_link=_erratum_link,
            chapter_id=_chapter_id,
            table_id=_table_id,
            date=italian_date,
            tally=tally,
        )
    )
    return {f"rendiconto-sociale-{document.territory.slug}-{document.edition}.html": page.encode()}


def _table_views(table: Table) -> list[GridView]:
    return [view_grid(grid) for grid in table.grids]


def _view_prose(paragraphs: Sequence[Paragraph], mark: str) -> tuple[Block, ...]:
    return view_prose(paragraphs, lambda cell: f"#{cell}", mark)


def _key_figure_link(key: KeyFigure) -> str:
    return f"#{key.ref}"


def _erratum_link(entry: ErratumEntry) -> str:
    return f"#{entry.refs[0]}"


def _chapter_id(chapter: Chapter) -> str:
    return f"capitolo-{chapter.number}"


def _table_id(table: Table) -> str:
    return f"tavola-{table.slug}"


def _inline_fonts(style: str) -> str:
    """The style sheet with its faces inside; italics are left to the browser to slant."""
    return _FONT_FACE.sub(lambda match: _inline_face(match[0], match["name"]), style)


def _inline_face(rule: str, name: str) -> str:
    from rendiconto.render.charts.typeface import font_directory

    if name not in _FACES:
        return ""
    content = base64.b64encode((font_directory() / name).read_bytes()).decode("ascii")
    return rule.replace(f'"{name}"', f'"data:font/ttf;base64,{content}"')

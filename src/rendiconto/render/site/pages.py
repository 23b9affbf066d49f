"""Renders every page of the site from Jinja templates, with its tables, charts, downloads and assets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import simplejson

from rendiconto.address import CellRef
from rendiconto.document import Chapter, Document, Figure, Table
from rendiconto.document.gridjson import tables_json
from rendiconto.document.prose import Sentence
from rendiconto.document.report import ErratumEntry, KeyFigure
from rendiconto.italian.dates import format_date
from rendiconto.render.excerpts import missing_line
from rendiconto.render.site import addresses
from rendiconto.render.site.gridview import view_grid
from rendiconto.render.site.proseview import view_prose

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "site"
_HERE = Path(__file__).parent
_FONTS = ("TitilliumWeb-Regular.ttf", "TitilliumWeb-SemiBold.ttf", "TitilliumWeb-Italic.ttf")
_SCRIPTS = ("theme.js", "search.js")


def render_site(document: Document, attachments: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """All files of the site by path under ``site/``.

    ``attachments`` names the whole-report files that stand beside the download page (``scarica/``), with what each is.
    """
    site = _Site(document, attachments or {})
    files = {path: html.encode() for path, html in site.pages()}
    files.update(site.table_files())
    files.update(common_assets())
    return {f"{FOLDER}/{path}": content for path, content in files.items()}


@dataclass(frozen=True)
class _Site:
    document: Document
    attachments: Mapping[str, str]

    def pages(self) -> Iterator[tuple[str, str]]:
        yield self.page(addresses.HOME, "home.html", title=self.document.title, **self.front())
        yield self.page(addresses.TABLES, "tables.html", title="Tavole e grafici")
        yield self.page(addresses.METHOD, "method.html", title="Metodo e fonti")
        yield self.page(addresses.ERRATA, "errata.html", title="Rettifiche", figure_link=self.figure_link)
        yield self.page(addresses.GLOSSARY, "glossary.html", title="Glossario")
        yield self.page(addresses.SEARCH, "search.html", title="Cerca", indicators=self.indicators())
        yield self.page(addresses.DOWNLOADS, "downloads.html", title="Scarica", attachments=self.attachments)
        for chapter in self.document.chapters:
            crumbs = ((addresses.HOME, "Inizio"),)
            title = f"{chapter.number}. {chapter.title}"
            yield self.page(
                addresses.chapter_page(chapter), "chapter.html", title=title, crumbs=crumbs, chapter=chapter, draw=_draw_narrow
            )
        yield from self.table_pages()

    def front(self) -> dict[str, Any]:
        """What the front page shows besides what every page does."""
        return {"tally": tally, "figure_link": _key_figure_link, "in_brief": self.in_brief()}

    def table_pages(self) -> Iterator[tuple[str, str]]:
        tables = [(chapter, table) for chapter in self.document.chapters for table in chapter.tables]
        for index, (chapter, table) in enumerate(tables):
            yield self.page(
                addresses.table_page(table),
                "table.html",
                title=f"{table.label} – {table.title}",
                crumbs=((addresses.HOME, "Inizio"), (addresses.chapter_page(chapter), chapter.title)),
                chapter=chapter,
                table=table,
                views=[view_grid(grid) for grid in table.grids],
                charts=draw_charts(table),
                before=tables[index - 1][1] if index else None,
                after=tables[index + 1][1] if index + 1 < len(tables) else None,
            )

    def page(self, path: str, template: str, **values: Any) -> tuple[str, str]:
        """A page; ``to(target)`` in its template is the link from here to a file of the site."""
        html = (
            site_environment()
            .get_template(template)
            .render(
                document=self.document,
                path=path,
                to=lambda target: addresses.link(path, target),
                addresses=addresses,
                date=italian_date,
                view_prose=lambda paragraphs, mark: view_prose(paragraphs, lambda cell: self.cell_link(path, cell), mark),
                **values,
            )
        )
        return path, html

    def indicators(self) -> list[tuple[str, str, list[Table]]]:
        """What is measured: title, perimeter, and the tables that show it, by title."""
        tables = {table.number: table for table in self.document.tables}
        found = [
            (cube.title, cube.perimeter, [tables[number] for number in cube.tables if number in tables])
            for cube in self.document.cubes
        ]
        return sorted((entry for entry in found if entry[2]), key=lambda entry: entry[0].casefold())

    def figure_link(self, entry: ErratumEntry) -> str:
        """From the page of errata to the first cell of an erratum."""
        return self.cell_link(addresses.ERRATA, CellRef.parse(entry.refs[0]))

    def cell_link(self, page: str, cell: CellRef) -> str:
        """From a page to a cell of a table; empty where the report has no such table, or it is another report's cell."""
        table = next((table for table in self.document.tables if table.number == cell.table), None)
        own = cell.territory == self.document.territory.slug
        return f"{addresses.link(page, addresses.table_page(table))}#{cell}" if table is not None and own else ""

    def in_brief(self) -> list[tuple[Chapter, Sentence]]:
        """The sentences for the front page, each with the chapter whose tables it rests on."""
        chapters = {table.number: chapter for chapter in self.document.chapters for table in chapter.tables}
        found = []
        for sentence in self.document.highlights:
            chapter = next((chapters[number] for number in sentence.tables if number in chapters), None)
            if chapter is not None:
                found.append((chapter, sentence))
        return found

    def table_files(self) -> dict[str, bytes]:
        """The downloads of each table: CSV per part, XLSX, JSON."""
        from rendiconto.render.data.tablecsv import grid_csv
        from rendiconto.render.xlsx.workbook import table_workbook

        files: dict[str, bytes] = {}
        for table in self.document.tables:
            folder = addresses.table_folder(table)
            shape = tables_json(self.document, [table])
            files[f"{folder}/tavola.json"] = simplejson.dumps(shape, ensure_ascii=False, use_decimal=True).encode()
            if table.available:
                files[f"{folder}/tavola.xlsx"] = table_workbook(self.document, table)
            for grid in table.grids:
                if grid.available:
                    files[f"{folder}/tavola-{grid.part + 1}.csv"] = grid_csv(grid).encode()
        return files


def _draw_wide(figure: Figure) -> str:
    from rendiconto.render.charts import chart_svg

    return chart_svg(figure)


def _draw_narrow(figure: Figure) -> str:
    """For a phone and for a gallery: another layout of the same chart, whose words stay as large."""
    from rendiconto.render.charts import NARROW_WIDTH, chart_svg

    return chart_svg(figure, width=NARROW_WIDTH)


def _key_figure_link(key: KeyFigure) -> str:
    """From the home page to the cell of a key figure."""
    return f"tavole/{key.table.lower()}/index.html#{key.ref}"


def tally(tables: Sequence[Table]) -> str:
    """How many tables and charts, in words: 65 tavole e 2 grafici."""
    charts = sum(table.number.startswith("G") for table in tables)
    counts = ((len(tables) - charts, "tavola", "tavole"), (charts, "grafico", "grafici"))
    return " e ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)


def italian_date(iso: str) -> str:
    """``31 ottobre 2025`` from an ISO date."""
    return format_date(date.fromisoformat(iso))


def draw_charts(table: Table) -> dict[int, list[tuple[Figure, str, str]]]:
    """The charts of a table by the part they belong to, drawn wide and narrow; the style sheet shows one of the two."""
    charts: dict[int, list[tuple[Figure, str, str]]] = {}
    for figure in table.figures:
        charts.setdefault(figure.part, []).append((figure, _draw_wide(figure), _draw_narrow(figure)))
    return charts


@cache
def site_environment(*more: Path) -> "Environment":
    """The site's templates, and those in the folders ``more``, which may use them."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([_HERE / "templates", *more]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["missing_line"] = missing_line
    return environment


def style_sheet() -> str:
    """The whole style sheet: the site's own rules, and the charts' colours in the dark."""
    from rendiconto.render.charts import dark_rules

    chosen = dark_rules(':root[data-theme="scuro"] svg.chart')
    asked = dark_rules(":root:not([data-theme]) svg.chart")
    charts = f"@media screen {{\n{chosen}\n}}\n@media screen and (prefers-color-scheme: dark) {{\n{asked}\n}}\n"
    return (_HERE / "assets" / "site.css").read_text(encoding="utf-8") + charts


def common_assets(more_style: str = "") -> dict[str, bytes]:
    """Styles, scripts and fonts by path; ``more_style`` is added to the style sheet."""
    from rendiconto.render.charts.typeface import font_directory

    fonts = font_directory()
    files = {f"risorse/{name}": (_HERE / "assets" / name).read_bytes() for name in _SCRIPTS}
    files["risorse/site.css"] = (style_sheet() + more_style).encode()
    files.update({f"risorse/{name}": (fonts / name).read_bytes() for name in _FONTS})
    return files

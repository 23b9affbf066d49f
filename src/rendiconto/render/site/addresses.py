"""Where every page of the site stands, and how one page links to another.

All links are relative and end in a file name, so that the site opens from a folder and under any sub-path.
"""

import posixpath

from rendiconto.document import Chapter, Table

HOME = "index.html"
TABLES = "tavole/index.html"
METHOD = "metodo/index.html"
ERRATA = "rettifiche/index.html"
GLOSSARY = "glossario/index.html"
SEARCH = "cerca/index.html"
DOWNLOADS = "scarica/index.html"

SECTIONS = (
    (HOME, "Inizio"),
    (TABLES, "Tavole"),
    (METHOD, "Metodo e fonti"),
    (ERRATA, "Rettifiche"),
    (GLOSSARY, "Glossario"),
    (DOWNLOADS, "Scarica"),
)
"""The main navigation."""


def chapter_page(chapter: Chapter) -> str:
    """``capitoli/3-entrate/index.html``."""
    return f"capitoli/{chapter.number}-{chapter.slug}/index.html"


def table_folder(table: Table) -> str:
    """``tavole/17``."""
    return f"tavole/{table.slug}"


def table_page(table: Table) -> str:
    """``tavole/17/index.html``."""
    return f"{table_folder(table)}/index.html"


def link(page: str, target: str) -> str:
    """A relative link from one page to a file of the site."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")

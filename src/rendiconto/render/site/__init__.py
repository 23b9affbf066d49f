"""The static site: a home page, a page per chapter and per table, method, errata, glossary, search, downloads."""

from rendiconto.render.site.pages import render_site

__all__ = ["render_site"]

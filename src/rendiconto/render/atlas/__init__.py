"""The site of all territories: maps, rankings, profiles, comparison, downloads, from an Atlas."""

from rendiconto.render.atlas.pages import render_atlas

__all__ = ["render_atlas"]

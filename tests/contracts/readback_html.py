"""Reads the single page back: its tables are marked as those of the site are, and are read as a screen reader reads those."""

import readback_site
from readback import Files, GridId, ReadGrid


def read_grids(files: Files) -> dict[GridId, ReadGrid]:
    """Every part of every table; each once in the one page."""
    (path,) = files
    assert path.endswith(".html")
    return readback_site.read_grids(files)


def read_text(files: Files) -> str:
    """The text of the page in order."""
    return readback_site.read_text(files)

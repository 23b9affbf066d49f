"""The resolved report: texts, grids, figures and order, all decided."""

from rendiconto.document.figure import Figure, FigureKind, Point
from rendiconto.document.grid import Cell, Grid, Header, Note
from rendiconto.document.report import Chapter, CubeData, Document, Table
from rendiconto.document.text import cell_text
from rendiconto.document.values import Origin, Status

__all__ = [
    "Cell",
    "Chapter",
    "CubeData",
    "Document",
    "Figure",
    "FigureKind",
    "Grid",
    "Header",
    "Note",
    "Origin",
    "Point",
    "Status",
    "Table",
    "cell_text",
]

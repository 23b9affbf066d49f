"""Commentary: what a chapter's figures say, chosen by rule and said in Italian, every number bound to its cell.

Topics (declared in the chapter) meet the figures and become *facts*; each fact knows how much it tells and in which *forms* it
can be said; a chapter takes the facts that tell most, and the first of each chapter has a form of its own.
"""

from collections.abc import Mapping

from rendiconto.catalogue.declarations import Catalogue
from rendiconto.compose.commentary.figures import Figures
from rendiconto.compose.commentary.writing import Commentator, Written
from rendiconto.document.grid import Grid
from rendiconto.observations import Resolver
from rendiconto.territory import Territory


def compose_commentary(
    catalogue: Catalogue, resolver: Resolver, territory: Territory, grids: Mapping[tuple[str, int], Grid]
) -> dict[int, Written]:
    """The commentary of every chapter, by number; its evidence cites the cells of ``grids``.

    Tables of which no grid has data are named at the end of their chapter.
    """
    printed: dict[tuple[str, tuple[str, ...]], str] = {}
    for grid in grids.values():
        for cell in (cell for line in grid.cells for cell in line):
            printed.setdefault((cell.cube, tuple(code for _, code in cell.key)), str(cell.ref))
    there = {grid.table for grid in grids.values() if grid.available}
    commentator = Commentator(Figures(catalogue, resolver, territory, printed))
    return {
        chapter.number: commentator.write(chapter, [table for table in chapter.tables if table.number not in there])
        for chapter in catalogue.chapters
    }

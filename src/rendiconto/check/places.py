"""Where a key is printed: the cell refs of findings."""

from collections.abc import Sequence

from rendiconto.address import CellRef
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.gridplan import plan_table
from rendiconto.check.evidence import Cell, key_address
from rendiconto.territory import Gazetteer, Territory


class PrintedPlaces:
    """The first cell where each key is printed, in the report of its own territory if that is made, else of another.

    Reports are planned when first asked for.
    """

    def __init__(self, catalogue: Catalogue, focus: Sequence[Territory]) -> None:
        self.catalogue = catalogue
        self.focus = {territory.code: territory for territory in focus}
        self._reports: dict[str, dict[Cell, list[CellRef]]] = {}

    def address(self, cell: Cell, *, table: str | None = None) -> str:
        """The cell ref of a key (in one table, if said), or the key itself where no report prints it."""
        for territory in self._candidates(cell[1][0]):
            found = self._report(territory).get(cell, [])
            wanted = [ref for ref in found if table is None or f"{ref.table}.{ref.part}" == table]
            if wanted:
                return str(wanted[0])
        return key_address(cell)

    def _candidates(self, code: str) -> list[Territory]:
        """The report of the territory itself, then those that compare themselves with it."""
        own = self.focus.get(code)
        year = self.catalogue.year
        gazetteer = Gazetteer.load()
        others = [
            territory
            for territory in self.focus.values()
            if territory is not own
            and (
                gazetteer.region_of(territory, year).code == code
                or code == gazetteer.country().code
                or self._shows(territory, code)
            )
        ]
        return [*([own] if own else []), *others[:3]]

    def _shows(self, territory: Territory, code: str) -> bool:
        """Whether a report may list a territory among its provinces."""
        year = self.catalogue.year
        return any(unit.code == code for unit in Gazetteer.load().provinces_of(territory, year))

    def _report(self, territory: Territory) -> dict[Cell, list[CellRef]]:
        if territory.code not in self._reports:
            places: dict[Cell, list[CellRef]] = {}
            for table in self.catalogue.tables.values():
                for plan in plan_table(self.catalogue, table, territory):
                    for row, line in enumerate(plan.cells):
                        for column, planned in enumerate(line):
                            ref = CellRef(table.number, plan.part.index, territory.slug, self.catalogue.year, row, column)
                            places.setdefault((planned.cube.name, planned.codes), []).append(ref)
            self._reports[territory.code] = places
        return self._reports[territory.code]

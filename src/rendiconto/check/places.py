"""Where a key is printed: the cell refs of findings."""

from collections.abc import Sequence
from itertools import islice

from rendiconto.address import CellRef
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.gridplan import plan_table
from rendiconto.check.evidence import Cell, key_address
from rendiconto.territory import Gazetteer, Territory

_OTHER_REPORTS = 3
"""Reports of others that are looked at where the territory's own does not print a figure (or is not made)."""


class PrintedPlaces:
    """The first cell where each key is printed, in the report of its own territory if that is made, else of another.

    Reports are planned when first asked for.
    """

    def __init__(self, catalogue: Catalogue, focus: Sequence[Territory]) -> None:
        self.catalogue = catalogue
        self.focus = {territory.code: territory for territory in focus}
        self._reports: dict[str, dict[Cell, list[CellRef]]] = {}
        self._readers: dict[str, tuple[Territory, ...]] = {}
        self._provinces: dict[str, set[str]] = {}

    def address(self, cell: Cell, *, table: str | None = None) -> str:
        """The cell ref of a key (in one table, if said), or the key itself where no report prints it."""
        for territory in self._candidates(cell[1][0]):
            found = self._report(territory).get(cell, [])
            wanted = [ref for ref in found if table is None or f"{ref.table}.{ref.part}" == table]
            if wanted:
                return str(wanted[0])
        return key_address(cell)

    def _candidates(self, code: str) -> tuple[Territory, ...]:
        """The report of the territory itself, then some of those that compare themselves with it."""
        if code not in self._readers:
            own = [self.focus[code]] if code in self.focus else []
            others = (unit for unit in self.focus.values() if unit.code != code and self._prints(unit, code))
            self._readers[code] = (*own, *islice(others, _OTHER_REPORTS))
        return self._readers[code]

    def _prints(self, territory: Territory, code: str) -> bool:
        """Whether a report compares its territory with another: its region, Italy, the provinces of its region."""
        year, gazetteer = self.catalogue.year, Gazetteer.load()
        if code in (gazetteer.country().code, gazetteer.region_of(territory, year).code):
            return True
        if territory.code not in self._provinces:
            self._provinces[territory.code] = {unit.code for unit in gazetteer.provinces_of(territory, year)}
        return code in self._provinces[territory.code]

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

"""A report's own tables in a workbook: matched to the plan of the table that the sheet says it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rendiconto.catalogue.declarations import Catalogue, TableDeclaration
from rendiconto.catalogue.gridplan import Codes, GridPlan, plan_table
from rendiconto.catalogue.matching import MatchedCell, MatchedPart, matched_parts
from rendiconto.findings import Finding, Severity
from rendiconto.observations.intake.assembly import Reading, Taken, assemble, columns_of_readings, describe_key
from rendiconto.observations.intake.content import Sheet
from rendiconto.observations.intake.figures import ITALIAN, MARKS, Unreadable, notation_of, read_figure
from rendiconto.observations.intake.layout import Grid, column_letter
from rendiconto.observations.intake.rules import intake_finding
from rendiconto.territory import Gazetteer, Territory

_TITLE = re.compile(r"(Tavola|Grafico)\s+([0-9]+)\b")
UNAVAILABLE = "Dati non disponibili"


@dataclass(frozen=True, slots=True)
class OwnTable:
    """Which table of whose report a sheet is."""

    table: TableDeclaration
    territory: Territory


def own_table(catalogue: Catalogue, grid: Grid) -> OwnTable | None:
    """The table that a sheet's first lines name, with its territory; None for any other sheet."""
    match = _TITLE.match(grid.text(0, 0))
    if match is None:
        return None
    number = match[2] if match[1] == "Tavola" else f"G{match[2]}"
    if number not in catalogue.tables:
        return None
    for row in range(1, min(4, grid.rows)):
        place = Gazetteer.load().named(grid.text(row, 0).split(",")[0], catalogue.year)
        if place is not None:
            return OwnTable(catalogue.tables[number], place)
    return None


def take_own_table(catalogue: Catalogue, own: OwnTable, grid: Grid, sheet: Sheet, file: str) -> Iterator[Taken]:
    """The observations of every part of the table; a header that the plan has and the sheet has not is a finding."""
    reader = _TableReader(grid, sheet, file)
    plans = plan_table(catalogue, own.table, own.territory)
    texts = {(row, column): grid.text(row, column) for row, column in grid.cells}
    unavailable = any(text.startswith(UNAVAILABLE) for text in texts.values())
    for found in matched_parts(plans, texts):
        if not isinstance(found, GridPlan):
            reader.read_part(found)
        elif not unavailable:
            reader.absent(f"the columns of part {found.part.index + 1} ({found.part.title})")
    findings = reader.findings
    for name, cells in reader.readings.items():
        cube = catalogue.cubes[name]
        yield assemble(catalogue, cube, columns_of_readings(cube, file, sheet.name, cells.values()), findings)
        findings = []
    if findings:
        cube = plans[0].cubes[0]
        yield assemble(catalogue, cube, columns_of_readings(cube, file, sheet.name, ()), findings)


class _TableReader:
    """Reads the matched cells of one sheet, a figure printed twice once."""

    def __init__(self, grid: Grid, sheet: Sheet, file: str) -> None:
        self.grid = grid
        self.sheet = sheet
        self.file = file
        self.findings: list[Finding] = []
        self.readings: dict[str, dict[Codes, Reading]] = {}

    def read_part(self, part: MatchedPart) -> None:
        for label in part.absent:
            self.absent(f"the row {label!r}")
        for cell in part.cells:
            self._read(cell)

    def absent(self, what: str) -> None:
        self.findings.append(intake_finding("label", f"{self.file} {self.sheet.name}", read="nothing", expected=what))

    def _read(self, cell: MatchedCell) -> None:
        letter = column_letter(cell.column)
        place = f"{self.file} {self.sheet.name}!{letter}{cell.row + 1}"
        value = self.grid.at(cell.row, cell.column)
        notation = notation_of([value], 0) if isinstance(value, str) else ITALIAN
        figure = read_figure(value, notation=notation, marks=MARKS)
        if (cell.row, cell.column) in self.sheet.formulas:
            self.findings.append(intake_finding("stored_formula", place, read=self.grid.text(cell.row, cell.column)))
        elif isinstance(figure, Unreadable):
            self.findings.append(intake_finding("number", place, read=figure.read, expected=figure.expected))
        elif figure is not None:
            reading = Reading(cell.planned.codes, figure, cell.row + 1, letter)
            cube = cell.planned.cube
            before = self.readings.setdefault(cube.name, {}).setdefault(cell.planned.codes, reading)
            if before.figure != figure:
                # A report may print one figure with two values: the first is taken, and it is said.
                words = {
                    "read": f"{self.sheet.name}!{before.column}{before.row}",
                    "expected": describe_key(cube, reading.codes),
                }
                self.findings.append(replace(intake_finding("duplicate", place, **words), severity=Severity.WARNING))

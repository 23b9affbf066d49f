"""A report's own tables in a workbook: matched to the plan of the table that the sheet says it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rendiconto.catalogue.declarations import Catalogue, Cube, TableDeclaration
from rendiconto.catalogue.gridplan import Codes, GridPlan, plan_table
from rendiconto.catalogue.matching import matched_parts
from rendiconto.findings import Finding, Severity
from rendiconto.observations.intake.assembly import Reading, Taken, assemble, columns_of_readings
from rendiconto.observations.intake.content import Sheet
from rendiconto.observations.intake.figures import Unreadable, marks_with, notation_of, read_figure
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
    texts = {(row, column): grid.text(row, column) for row, column in grid.cells}
    findings: list[Finding] = []
    readings: dict[str, dict[Codes, Reading]] = {}
    marks = marks_with({})
    for found in matched_parts(plan_table(catalogue, own.table, own.territory), texts):
        if isinstance(found, GridPlan):
            if not any(text.startswith(UNAVAILABLE) for text in texts.values()):
                findings.append(_absent(file, sheet, f"the columns of part {found.part.index + 1} ({found.part.title})"))
            continue
        findings.extend(_absent(file, sheet, f"the row {label!r}") for label in found.absent)
        for cell in found.cells:
            name = f"{sheet.name}!{column_letter(cell.column)}{cell.row + 1}"
            value = grid.at(cell.row, cell.column)
            notation = notation_of([value], 0) if isinstance(value, str) else "italian"
            figure = read_figure(value, notation=notation, marks=marks)
            if (cell.row, cell.column) in sheet.formulas:
                findings.append(intake_finding("stored_formula", f"{file} {name}", read=grid.text(cell.row, cell.column)))
            elif isinstance(figure, Unreadable):
                findings.append(intake_finding("number", f"{file} {name}", read=figure.read, expected=figure.expected))
            elif figure is not None:
                reading = Reading(cell.planned.codes, figure, cell.row + 1, column_letter(cell.column))
                before = readings.setdefault(cell.planned.cube.name, {}).setdefault(cell.planned.codes, reading)
                if before.figure != figure:
                    where = f"{sheet.name}!{before.column}{before.row}"
                    words = {"read": where, "expected": f"{cell.planned.cube.name} {'/'.join(cell.planned.codes)}"}
                    findings.append(intake_finding("duplicate", f"{file} {name}", severity=Severity.WARNING, **words))
    for cube_name, cells in readings.items():
        cube: Cube = catalogue.cubes[cube_name]
        columns = columns_of_readings(cube, file, sheet.name, cells.values())
        yield assemble(catalogue, cube, columns, findings)
        findings = []
    if findings:
        cube = next(iter(plan_table(catalogue, own.table, own.territory)[0].cubes))
        yield assemble(catalogue, cube, columns_of_readings(cube, file, sheet.name, ()), findings)


def _absent(file: str, sheet: Sheet, what: str) -> Finding:
    return intake_finding("label", f"{file} {sheet.name}", read="nothing", expected=what)

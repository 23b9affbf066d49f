"""An office's own sheet to observations of one cube, by its layout."""

from hashlib import sha256

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.document.values import Status
from rendiconto.findings import Finding
from rendiconto.italian.sorting import fold_words
from rendiconto.observations.errata import Figure
from rendiconto.observations.intake.assembly import (
    Reading,
    Taken,
    assemble,
    columns_of_readings,
    with_refused_as_missing,
)
from rendiconto.observations.intake.content import Sheet
from rendiconto.observations.intake.figures import Unreadable, marks_with, notation_of, read_figure
from rendiconto.observations.intake.labels import YEAR, indexes
from rendiconto.observations.intake.layout import Grid, Layout, column_letter, find_layout
from rendiconto.observations.intake.locating import Located, locate_figures
from rendiconto.observations.intake.profiles import Profile
from rendiconto.observations.intake.rules import intake_finding
from rendiconto.observations.intake.tidy import default_code, label_words


def take_sheet(
    catalogue: Catalogue, cube: Cube, sheet: Sheet, grid: Grid, file: str, profile: Profile, title: str
) -> tuple[Taken | None, list[str], str]:
    """The observations of a sheet, what was understood of its layout, and its signature."""
    layout = find_layout(catalogue, cube, grid, profile, title)
    if layout is None:
        return None, [], ""
    reader = _SheetReader(catalogue, cube, sheet, grid, file, profile, layout)
    return reader.take(), describe_layout(catalogue, cube, layout, sheet.name or file), _signature(grid, layout)


class _SheetReader:
    def __init__(
        self, catalogue: Catalogue, cube: Cube, sheet: Sheet, grid: Grid, file: str, profile: Profile, layout: Layout
    ) -> None:
        self.catalogue = catalogue
        self.cube = cube
        self.sheet = sheet
        self.grid = grid
        self.file = file
        self.profile = profile
        self.layout = layout
        self.findings: list[Finding] = []
        self.said: set[tuple[int, int]] = set()
        self.in_row: dict[tuple[Codes, int], Figure] = {}
        self.indexes = indexes(catalogue, cube, profile.labels)

    def take(self) -> Taken:
        marks = marks_with(self.profile.marks)
        located = list(locate_figures(self.catalogue, self.cube, self.grid, self.layout, self.profile))
        typed = [text for each in located if isinstance(text := self.grid.at(each.row, each.column), str)]
        notation = self.profile.notation or notation_of(typed, self.cube.decimals)
        readings: list[Reading] = []
        lost: list[Reading] = []
        for each in located:
            codes = self._codes(each)
            figure = read_figure(self.grid.at(each.row, each.column), notation=notation, marks=marks, scale=self.profile.scale)
            if codes is None or figure is None:
                continue
            letter = column_letter(each.column)
            if (each.row, each.column) in self.sheet.formulas:
                self._say("stored_formula", each.row, each.column, read=self.grid.text(each.row, each.column))
                lost.append(Reading(codes, Figure(None, Status.MISSING), each.row + 1, letter))
            elif isinstance(figure, Unreadable):
                self._say("number", each.row, each.column, read=figure.read, expected=figure.expected)
                lost.append(Reading(codes, Figure(None, Status.MISSING), each.row + 1, letter))
            elif not self._repeats(codes, figure, each.row):
                readings.append(Reading(codes, figure, each.row + 1, letter))
        columns = columns_of_readings(self.cube, self.file, self.sheet.name, readings)
        taken = assemble(self.catalogue, self.cube, columns, self.findings)
        return with_refused_as_missing(taken, lost, self.file, self.sheet.name)

    def _repeats(self, codes: Codes, figure: Figure, row: int) -> bool:
        """Whether the row has the same figure already: a total stands at the end of each block of a heading."""
        before = self.in_row.get((codes, row))
        self.in_row[codes, row] = figure
        return before == figure

    def _codes(self, located: Located) -> Codes | None:
        """The full key of a cell; what is not known is said once for its label."""
        for name, text, row, column in located.unknown:
            if (row, column) not in self.said:
                self.said.add((row, column))
                self._unknown_label(name, text, row, column)
        if located.unknown:
            return None
        codes = []
        for dimension in self.cube.dimensions:
            code = located.codes.get(dimension.name) or default_code(self.catalogue, self.cube, dimension)
            if code is None:
                self._say_once_missing(dimension.name, located)
                return None
            codes.append(code)
        return tuple(codes)

    def _unknown_label(self, name: str | None, text: str, row: int, column: int) -> None:
        if name is not None:
            words = label_words(self.indexes[name], text, self.indexes[name].codes(text) if text else ())
        else:
            near = [each for index in self.indexes.values() for each in index.near(text, 1)]
            offered = " or ".join(f"{each.label!r} ({each.code})" for each in near[:3])
            words = {"read": repr(text), "expected": f"a label of {self.cube.name}"}
            words["near"] = f": did you mean {offered}?" if near else ""
            words["near_it"] = f": forse {offered}?" if near else ""
        self._say("label", row, column, **words)

    def _say_once_missing(self, name: str, located: Located) -> None:
        if (-1, hash(name)) not in self.said:
            self.said.add((-1, hash(name)))
            expected = (
                f"nothing says the {name} of this figure, and {name!r} of {self.cube.name} has no total; say it in a profile"
            )
            expected_it = f"nulla dice {name!r} di questa cifra, e {self.cube.name} non ha un totale: indicarlo in un profilo"
            self._say("layout", located.row, located.column, expected=expected, expected_it=expected_it)

    def _say(self, rule: str, row: int, column: int, **words: str) -> None:
        cell = f"{column_letter(column)}{row + 1}"
        place = f"{self.file} {self.sheet.name}!{cell}" if self.sheet.name else f"{self.file} {cell}"
        self.findings.append(intake_finding(rule, place, **words))


def describe_layout(catalogue: Catalogue, cube: Cube, layout: Layout, name: str) -> list[str]:
    """What was understood, for whoever is to confirm it."""
    titles = {d.name: d.title for d in cube.dimensions}
    notes = [f"{name}: {cube.name} ({cube.title})"]
    if layout.header:
        rows = ", ".join(
            f"row {row + 1} → {titles[level] if (level := layout.levels.get(row)) else 'mixed'}" for row in layout.header
        )
        notes.append(f"header: {rows}")
    notes += [f"column {column_letter(column)} → {titles[name]}" for column, name in sorted(layout.stub.items())]
    letters = [column_letter(column) for column in layout.data]
    notes.append(f"figures: {letters[0]}{layout.first + 1}:{letters[-1]}{layout.last + 1}")
    given = {*layout.stub.values(), *(level for level in layout.levels.values() if level)}
    for dimension in cube.dimensions:
        if dimension.name not in given:
            code = layout.context.get(dimension.name) or default_code(catalogue, cube, dimension)
            notes.append(f"{dimension.title}: {code or 'by column or row'} throughout" if code else f"{dimension.title}: mixed")
    return notes


def signature_of(catalogue: Catalogue, cube: Cube, grid: Grid, profile: Profile, title: str) -> str:
    """What a sheet's headers look like, as a cube's layout sees them; empty where it sees none."""
    layout = find_layout(catalogue, cube, grid, profile, title)
    return _signature(grid, layout) if layout is not None else ""


def _signature(grid: Grid, layout: Layout) -> str:
    """A fingerprint of header texts and label columns, years aside."""
    texts = [
        YEAR.sub("", fold_words(grid.text(row, column)))
        for row in layout.header
        for column in (*sorted(layout.stub), *layout.data)
    ]
    shape = [f"{column}:{name}" for column, name in sorted(layout.stub.items())]
    return sha256("\n".join([*texts, *shape]).encode()).hexdigest()[:16]

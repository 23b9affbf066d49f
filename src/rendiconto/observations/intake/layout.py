"""The layout of an office's sheet: where its header ends, what rows and columns stand for, which cells are figures.

A sheet has a title, a header of one or more rows (merged or not), rows with labels at their left, totals among them, notes
below. Each header row and each label column is taken for the dimension that knows most of its texts; what stands above the
header says what is the same for the whole sheet.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.italian.sorting import fold_words
from rendiconto.observations.intake.content import Scalar, Sheet
from rendiconto.observations.intake.figures import MARKS, PLAIN, Unreadable, read_figure
from rendiconto.observations.intake.labels import YEAR, LabelIndex, indexes
from rendiconto.observations.intake.profiles import IGNORED, NO_PROFILE, Profile

Cells = dict[tuple[int, int], Scalar]
DEEPEST_HEADER = 8


@dataclass(frozen=True)
class Grid:
    """A sheet's cells with merged ranges filled in; rows and columns from 0. ``origin`` has merged cells once."""

    cells: Cells
    rows: int
    columns: int

    def at(self, row: int, column: int) -> Scalar:
        """What stands in a cell, or in the merged range that it is part of."""
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """The same as text; a whole number without decimals."""
        value = self.at(row, column)
        return f"{value:f}" if isinstance(value, Decimal) else "" if value is None else str(value).strip()


def grid_of(sheet: Sheet) -> Grid:
    """The cells of a sheet, merged ranges filled with what their first cell holds."""
    cells: Cells = {}
    for row, line in enumerate(sheet.rows):
        for column, value in enumerate(line):
            if value is not None and value != "":
                cells[row, column] = value
    for area in sheet.merged:
        value = cells.get((area.first_row, area.first_column))
        if value is not None:
            for row in range(area.first_row, area.last_row + 1):
                for column in range(area.first_column, area.last_column + 1):
                    cells.setdefault((row, column), value)
    rows = max((row for row, _ in cells), default=-1) + 1
    columns = max((column for _, column in cells), default=-1) + 1
    return Grid(cells, rows, columns)


@dataclass
class Layout:
    """What a sheet's rows and columns stand for.

    ``stub`` are the label columns with their dimensions, ``levels`` the header rows with theirs (None where a row's texts
    belong to several). ``data`` are the columns of figures, ``first`` and ``last`` the rows of figures; ``strange`` are
    label columns that no dimension knows, ``context`` is what holds for the whole sheet.
    """

    header: tuple[int, ...]
    stub: dict[int, str]
    levels: dict[int, str | None]
    data: tuple[int, ...]
    first: int
    last: int
    strange: tuple[int, ...] = ()
    context: dict[str, str] = field(default_factory=dict)


def is_figure(scalar: Scalar) -> bool:
    """Whether a cell holds a figure or a mark rather than a label; a year alone does not tell."""
    if scalar is None or isinstance(scalar, bool):
        return False
    if isinstance(scalar, Decimal):
        return True
    if not isinstance(scalar, str):
        return False
    notations = ("italian", PLAIN)
    return any(
        figure is not None and not isinstance(figure, Unreadable)
        for figure in (read_figure(scalar, notation=notation, marks=MARKS) for notation in notations)
    )


def is_year(scalar: Scalar) -> bool:
    """Whether a cell may be a year in a header."""
    text = f"{scalar:f}" if isinstance(scalar, Decimal) else scalar if isinstance(scalar, str) else ""
    return bool(YEAR.fullmatch(text.strip()))


def find_layout(catalogue: Catalogue, cube: Cube, grid: Grid, profile: Profile = NO_PROFILE, title: str = "") -> Layout | None:
    """The layout of a sheet of a cube; None where no table is found. ``title`` is what else is known: sheet and file name."""
    return _Finder(catalogue, cube, grid, profile, title).find()


class _Finder:
    def __init__(self, catalogue: Catalogue, cube: Cube, grid: Grid, profile: Profile, title: str) -> None:
        self.catalogue = catalogue
        self.cube = cube
        self.grid = grid
        self.profile = profile
        self.title = title
        self.indexes = indexes(catalogue, cube, profile.labels)
        self.numbering: set[int] = set()

    def find(self) -> Layout | None:
        body = self._body()
        if body is None:
            return None
        first, last, data = body
        rows = range(first, last + 1)
        filled = [column for column in range(data[0]) if any(self.grid.text(row, column) for row in rows)]
        stub_columns = [column for column in filled if column not in self.numbering]
        header = self._header(first, data)
        layout = Layout(tuple(header), {}, {}, tuple(data), first, last)
        self._read_context(layout)
        self._assign_stub(layout, stub_columns)
        self._assign_levels(layout)
        return layout

    def _body(self) -> tuple[int, int, list[int]] | None:
        """First and last row of figures, and their columns."""
        grid = self.grid
        start = self.profile.header[1] if self.profile.header is not None else 0
        figures: dict[int, list[int]] = {}
        for row in range(start, grid.rows):
            columns = [c for c in range(grid.columns) if is_figure(grid.at(row, c)) and self._role(c) != IGNORED]
            if columns:
                figures[row] = columns
        # A header row holds years and labels only: figures begin where something else is counted.
        rows = [r for r in figures if any(not is_year(grid.at(r, c)) for c in figures[r]) or self._labelled(r, figures[r])]
        rows = [r for r in rows if not self._only_codes(r, figures[r])]
        if self.profile.last_row is not None:
            rows = [r for r in rows if r < self.profile.last_row]
        if not rows:
            return None
        counts: dict[int, int] = {}
        for row in rows:
            for column in figures[row]:
                counts[column] = counts.get(column, 0) + 1
        labels = self._label_columns(rows)
        data = sorted(column for column in counts if column not in labels)
        return (min(rows), max(rows), data) if data else None

    def _role(self, column: int) -> str | None:
        return self.profile.columns.get(column_letter(column))

    def _labelled(self, row: int, figures: list[int]) -> bool:
        """Whether a row of nothing but years has a label of the cube at its left: then they are figures after all."""
        texts = [self.grid.text(row, c) for c in range(figures[0])]
        return any(text and self._known(text) for text in texts)

    def _known(self, text: str) -> bool:
        return any(index.codes(text) for index in self.indexes.values())

    def _only_codes(self, row: int, figures: list[int]) -> bool:
        """Whether the row's figures are a title's numbers: one, in the first column, with nothing beside it."""
        filled = [c for c in range(self.grid.columns) if self.grid.text(row, c)]
        return filled == figures[:1] and figures[0] == 0

    def _label_columns(self, rows: list[int]) -> set[int]:
        """The columns of labels at the left: texts, or codes that look like figures under a header that says so."""
        found: set[int] = set()
        for column in range(self.grid.columns):
            filled = [row for row in rows if self.grid.text(row, column)]
            if self._role(column) is not None or not filled:
                found.add(column)
                continue
            texts = [row for row in filled if not is_figure(self.grid.at(row, column))]
            if self._counts_rows(column, filled):
                self.numbering.add(column)
                found.add(column)
            elif len(texts) * 2 > len(filled) or self._holds_codes(column, filled):
                found.add(column)
            else:
                break
        return found

    def _counts_rows(self, column: int, rows: list[int]) -> bool:
        """Whether a first column only numbers the rows: 1, 2, 3 …, with labels beside it."""
        numbered = [self.grid.text(row, column) for row in rows] == [str(number + 1) for number in range(len(rows))]
        beside = [self.grid.at(row, column + 1) for row in rows]
        return numbered and len(rows) > 2 and all(isinstance(value, str) and not is_figure(value) for value in beside)

    def _holds_codes(self, column: int, rows: list[int]) -> bool:
        """Whether a column of numbers holds codes or years that its header announces (045, 2024)."""
        above = {fold_words(self.grid.text(row, column)) for row in range(rows[0])}
        for name, index in self.indexes.items():
            announced = {fold_words(name), fold_words(index.dimension.title)}
            announced |= {"codice", "cod", "istat", "codice istat", "sigla"} if name == TERRITORY else set()
            if above & announced and all(index.codes(self.grid.text(row, column)) for row in rows):
                return True
        return False

    def _header(self, first: int, data: list[int]) -> list[int]:
        """The rows just above the figures that say something over their columns, top to bottom."""
        if self.profile.header is not None:
            return list(range(self.profile.header[0] - 1, self.profile.header[1]))
        rows: list[int] = []
        for row in range(first - 1, max(first - 1 - DEEPEST_HEADER, -1), -1):
            texts = {self.grid.text(row, column) for column in data} - {""}
            if not texts:
                if rows:
                    break
                continue
            if self._is_title(row, data):
                break
            rows.append(row)
        return rows[::-1]

    def _is_title(self, row: int, data: list[int]) -> bool:
        """A text alone, spread over the table and known to no dimension, is a title."""
        filled = {self.grid.text(row, column) for column in range(self.grid.columns)} - {""}
        if len(filled) != 1:
            return False
        text = next(iter(filled))
        spread = all(self.grid.text(row, column) == text for column in data)
        return not self._codes_in(text) or (spread and len(data) > 1 and self.grid.text(row, 0) == text and len(text) > 30)

    def _codes_in(self, text: str) -> dict[str, tuple[str, ...]]:
        return {name: codes for name, index in self.indexes.items() if (codes := index.codes(text))}

    def _read_context(self, layout: Layout) -> None:
        """What title, sheet and file say of the whole sheet: a year, a territory."""
        above = [
            self.grid.text(row, column)
            for row in range(layout.header[0] if layout.header else layout.first)
            for column in range(self.grid.columns)
        ]
        texts = [text for text in dict.fromkeys([*above, *self.title.split("\n")]) if text]
        for text in texts:
            years = set(YEAR.findall(text))
            if len(years) == 1 and PERIOD not in layout.context:
                layout.context[PERIOD] = years.pop()
            if TERRITORY not in layout.context and (place := self._territory_in(text)):
                layout.context[TERRITORY] = place

    def _territory_in(self, text: str) -> str | None:
        """The territory that a title names: the longest run of words, capitals first, that is one."""
        words = text.replace("(", " ").replace(")", " ").replace(":", " ").replace(",", " ").split()
        for length in range(min(5, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                piece = " ".join(words[start : start + length])
                if len(piece) > 3 and piece[0].isupper() and (found := self.indexes[TERRITORY].codes(piece)):
                    return found[0]
        return None

    def _assign_stub(self, layout: Layout, columns: list[int]) -> None:
        """Each label column goes to the dimension that knows most of its texts; a second one of a kind is only its name."""
        scores = []
        for column in columns:
            role = self._role(column)
            if role is not None:
                if role != IGNORED:
                    layout.stub[column] = role
                continue
            texts = {self.grid.text(row, column) for row in range(layout.first, layout.last + 1)} - {""}
            for name, index in self.indexes.items():
                known = sum(bool(index.codes(text)) for text in texts)
                if known:
                    named = self._names(layout, column, index)
                    scores.append((named, known / len(texts), known, -column, column, name))
        for _named, share, _known, _, column, name in sorted(scores, reverse=True):
            if column not in layout.stub and name not in layout.stub.values() and share >= 0.3:
                layout.stub[column] = name
        free = (column for column in columns if column not in layout.stub and self._role(column) is None)
        layout.strange = tuple(column for column in free if self._is_strange(layout, column))

    def _is_strange(self, layout: Layout, column: int) -> bool:
        """Whether no dimension knows most of a column's texts: they divide the figures as the cube does not."""
        values = [self.grid.at(row, column) for row in range(layout.first, layout.last + 1)]
        texts = {value for value in values if isinstance(value, str) and not is_figure(value)}
        return bool(texts) and sum(bool(self._codes_in(text)) for text in texts) * 2 < len(texts)

    def _names(self, layout: Layout, column: int, index: LabelIndex) -> bool:
        """Whether the header over a label column names the dimension."""
        wanted = {fold_words(index.dimension.name), fold_words(index.dimension.title)}
        rows = range(max(layout.first - 4, 0), layout.first)
        return any(fold_words(self.grid.text(row, column)) in wanted for row in rows)

    def _assign_levels(self, layout: Layout) -> None:
        """Each header row goes to the dimension that knows most of its texts, among those not in the stub."""
        free = {name: index for name, index in self.indexes.items() if name not in layout.stub.values()}
        taken: set[str] = set()
        for row in layout.header:
            texts = {self.grid.text(row, column) for column in layout.data} - {""}
            scores = {
                name: sum(bool(index.codes(text)) for text in texts) / len(texts)
                for name, index in free.items()
                if name not in taken and texts
            }
            best = max(scores, key=lambda name: scores[name], default=None)
            layout.levels[row] = best if best is not None and scores[best] > 0.5 else None
            if layout.levels[row] is not None:
                taken.add(layout.levels[row] or "")


def column_letter(column: int) -> str:
    """``0`` is ``A``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

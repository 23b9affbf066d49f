"""The key of every figure in a sheet, once its layout is known: headers over it, labels at its left, totals recognised."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.italian.sorting import fold_words
from rendiconto.observations.intake.labels import YEAR, LabelIndex, indexes, territory_total
from rendiconto.observations.intake.layout import Grid, Layout
from rendiconto.observations.intake.profiles import IGNORED, Profile

ALIKE = 75
"""Out of 100: how alike two texts are of which one may be the other misspelt."""

Unknown = tuple[str | None, str, int, int]
"""A text that stands for no code: the dimension it should belong to (if known), text, row, column."""


@dataclass(frozen=True)
class Located:
    """A cell of figures with the codes that its row and column give, and what could not be told of them."""

    row: int
    column: int
    codes: Mapping[str, str]
    unknown: tuple[Unknown, ...] = ()


def locate_figures(catalogue: Catalogue, cube: Cube, grid: Grid, layout: Layout, profile: Profile) -> Iterator[Located]:
    """Every cell of figures with its codes, row by row; what could not be told stands in ``unknown``."""
    known = indexes(catalogue, cube, profile.labels)
    heads = _Columns(cube, grid, layout, known).all()
    rows = _Rows(catalogue, cube, grid, layout, known)
    for row in range(layout.first, layout.last + 1):
        here = rows.read(row)
        if here is None:
            continue
        codes, unknown = here
        for column in layout.data:
            if grid.at(row, column) is None or column not in heads:
                continue
            over, strange = heads[column]
            # A label that the profile passes over takes its whole row or column with it.
            if IGNORED not in over.values() and IGNORED not in codes.values():
                yield Located(row, column, {**layout.context, **profile.fix, **over, **codes}, (*unknown, *strange))


Read = tuple[dict[str, str], tuple[Unknown, ...]]


class _Columns:
    """The codes over each column of figures."""

    def __init__(self, cube: Cube, grid: Grid, layout: Layout, known: Mapping[str, LabelIndex]) -> None:
        self.cube = cube
        self.grid = grid
        self.layout = layout
        self.known = known

    def all(self) -> dict[int, Read]:
        """By column; a column without any header at all is left out only where others have one."""
        found: dict[int, Read] = {}
        used: dict[tuple[object, ...], int] = {}
        for column in self.layout.data:
            found[column] = self._read(column, used)
        return found

    def _read(self, column: int, used: dict[tuple[object, ...], int]) -> Read:
        codes: dict[str, str] = {}
        unknown: list[Unknown] = []
        path: list[str] = []
        for position, row in enumerate(self.layout.header):
            text = self.grid.text(row, column)
            if not text and position < len(self.layout.header) - 1:
                text = self._from_left(row, column)
            if not text:
                continue
            path.append(text)
            self._resolve(text, row, column, codes, unknown, (*path[:-1], row), used)
        return codes, tuple(unknown)

    def _from_left(self, row: int, column: int) -> str:
        """A label over several columns that nobody merged stands over the first of them."""
        for left in range(column - 1, self.layout.data[0] - 1, -1):
            if self.grid.text(row, left):
                return self.grid.text(row, left)
        return ""

    def _resolve(
        self,
        text: str,
        row: int,
        column: int,
        codes: dict[str, str],
        unknown: list[Unknown],
        under: tuple[object, ...],
        used: dict[tuple[object, ...], int],
    ) -> None:
        level = self.layout.levels.get(row)
        order = [level] if level else []
        order += [name for name in self.known if name != level and name not in self.layout.stub.values()]
        for name in order:
            found = self.known[name].codes(text) if name not in codes else ()
            if found:
                turn = used.setdefault((name, *under, text), column)
                place = sorted(c for key, c in used.items() if key[0] == name and key[1:-1] == under and key[-1] == text)
                codes[name] = found[min(place.index(turn), len(found) - 1)]
                return
        pieces = split_label(text, {name: self.known[name] for name in order if name not in codes})
        if pieces:
            codes.update(pieces)
        elif not self._says_nothing(text) and not (len(self.layout.data) == 1 and not self._nearly(text)):
            unknown.append((level, text, row, column))

    def _nearly(self, text: str) -> bool:
        """Whether a text is a label misspelt: over the only column of figures anything else is what they are called."""
        near = [each.label for index in self.known.values() for each in index.near(text, 1)]
        return any(fuzz.ratio(fold_words(text), fold_words(label)) >= ALIKE for label in near)

    def _says_nothing(self, text: str) -> bool:
        """A header that names the cube, its unit, a dimension or "valore" says nothing about the key."""
        folded = fold_words(text)
        names = [self.cube.title, self.cube.label, *self.cube.terms, "valore", "valori", "numero", "importo", "n", "totale"]
        names += [d.title for d in self.cube.dimensions] + [d.name for d in self.cube.dimensions]
        return any(folded == fold_words(name) or fold_words(name).startswith(folded + " ") for name in names)


def split_label(text: str, known: Mapping[str, LabelIndex]) -> dict[str, str]:
    """The codes of a text that names several dimensions at once ("Femmine 2024"); empty unless every word is told."""
    years = set(YEAR.findall(text))
    codes: dict[str, str] = {}
    rest = text
    if len(years) == 1 and PERIOD in known:
        codes[PERIOD] = years.pop()
        rest = YEAR.sub(" ", text)
    pieces = [piece.strip(" -–,;:()/") for piece in rest.replace("/", "|").replace(" - ", "|").replace(",", "|").split("|")]
    for piece in (piece for piece in pieces if piece and fold_words(piece) not in {"anno", "anni", "al", "nel", "31 12"}):
        for name, index in known.items():
            found = index.codes(piece) if name not in codes else ()
            if found:
                codes[name] = found[0]
                break
        else:
            return {}
    return codes


class _Rows:
    """The codes at the left of each row, labels filled down, totals recognised."""

    def __init__(self, catalogue: Catalogue, cube: Cube, grid: Grid, layout: Layout, known: Mapping[str, LabelIndex]) -> None:
        self.catalogue = catalogue
        self.cube = cube
        self.grid = grid
        self.layout = layout
        self.known = known
        self.above: dict[int, str] = {}
        self.seen: list[str] = []
        self.turns: dict[tuple[str, ...], list[tuple[str, ...]]] = {}

    def read(self, row: int) -> Read | None:
        """The codes of a row; None for one without figures or labels (a note, a blank line)."""
        if all(self.grid.at(row, column) is None for column in self.layout.data):
            return None
        codes: dict[str, str] = {}
        unknown: list[Unknown] = []
        columns = sorted(self.layout.stub)
        outer: tuple[str, ...] = ()
        for position, column in enumerate(columns):
            text = self.grid.text(row, column)
            name = self.layout.stub[column]
            if text:
                self.above[column] = text
                for inner in columns[position + 1 :]:
                    self.above.pop(inner, None)
            elif position < len(columns) - 1 or len(columns) == 1:
                text = self.above.get(column, "") if len(columns) > 1 else ""
            code = self._code(name, text, outer, row)
            outer = (*outer, text)
            if code is not None:
                codes[name] = code
            else:
                unknown.append((name, text, row, column))
        # A label that divides the figures as the cube does not makes their keys unknown, all of them.
        strange = ((column, self.grid.text(row, column)) for column in self.layout.strange)
        unknown.extend((None, text, row, column) for column, text in strange if text)
        if codes.get(TERRITORY, IGNORED) != IGNORED:
            self.seen.append(codes[TERRITORY])
        return codes, tuple(unknown)

    def _code(self, name: str, text: str, outer: tuple[str, ...], row: int) -> str | None:
        found = self.known[name].codes(text) if text else ()
        if not found and name == TERRITORY and text:
            return territory_total(text, self.seen, self.catalogue.year)
        if not found:
            pieces = split_label(text, {name: self.known[name]}) if text else {}
            return pieces.get(name)
        if len(found) == 1:
            return found[0]
        # A label that codes share: the first time the first of them, in the order of the codelist.
        turn = self.turns.setdefault((name, *outer, text), [])
        here = (str(row),)
        if here not in turn:
            turn.append(here)
        return found[min(turn.index(here), len(found) - 1)]

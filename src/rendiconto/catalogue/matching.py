"""Printed headers matched to a plan: where the body of a part stands in a sheet of texts, and which cell is which.

For workbooks that repeat a report's tables (ours above all) and for readers of published reports. Headers are compared folded,
by the labels that the plan prints; rows and columns may have moved, but each must be there once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rendiconto.catalogue.gridplan import GridPlan, PlannedCell
from rendiconto.document.grid import HeaderLeaf, leaves
from rendiconto.italian.sorting import fold_words

Texts = Mapping[tuple[int, int], str]
"""The texts of a sheet by row and column from 0; blanks are left out."""


@dataclass(frozen=True, slots=True)
class MatchedCell:
    """A cell of a sheet and what the plan says of it."""

    row: int
    column: int
    planned: PlannedCell


@dataclass(frozen=True, slots=True)
class MatchedPart:
    """A part found in a sheet: its header row, its cells, and the labels of the plan that were not found."""

    plan: GridPlan
    header: int
    cells: tuple[MatchedCell, ...]
    absent: tuple[str, ...]


def match_part(plan: GridPlan, texts: Texts, start: int = 0) -> MatchedPart | None:
    """The part's body from row ``start`` on; None where no row has its column headers."""
    columns = [leaf.label for leaf in leaves(plan.heading)]
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        by_row.setdefault(row, {})[column] = fold_words(text)
    for row in sorted(by_row):
        if row >= start:
            found = _columns(columns, by_row[row])
            if found:
                return _match_rows(plan, row, found, by_row)
    return None


def _columns(wanted: Sequence[str], row: Mapping[int, str]) -> list[int]:
    """The columns under these headers, in order; empty unless all of them stand there from left to right."""
    found: list[int] = []
    folded = [fold_words(text) for text in wanted]
    for column in sorted(row):
        if len(found) < len(folded) and _is_header(row[column], folded[len(found)]):
            found.append(column)
    return found if len(found) == len(folded) else []


def _is_header(text: str, wanted: str) -> bool:
    """Whether a header is the one wanted; a second one of the same name may have been numbered ("Totale (2)")."""
    return text == wanted or (text.startswith(wanted + " ") and text[len(wanted) + 1 :].isdecimal())


def _match_rows(plan: GridPlan, header: int, columns: list[int], by_row: Mapping[int, Mapping[int, str]]) -> MatchedPart:
    stub = list(leaves(plan.stub))
    wanted = [_path(leaf) for leaf in stub]
    cells: list[MatchedCell] = []
    absent: list[str] = []
    rows = _body_rows(header, columns[0], by_row)
    position = 0
    for leaf, path, planned in zip(stub, wanted, plan.cells, strict=True):
        at = next((i for i in range(position, len(rows)) if _is_row(path, rows[i][1])), None)
        if at is None:
            absent.append(leaf.label)
            continue
        row = rows[at][0]
        position = at + 1
        cells.extend(MatchedCell(row, column, cell) for column, cell in zip(columns, planned, strict=True))
    return MatchedPart(plan, header, tuple(cells), tuple(absent))


def _body_rows(header: int, first_column: int, by_row: Mapping[int, Mapping[int, str]]) -> list[tuple[int, tuple[str, ...]]]:
    """The rows below a header with the labels at their left, until a blank row."""
    rows = []
    row = header + 1
    while row in by_row:
        labels = tuple(text for column, text in sorted(by_row[row].items()) if column < first_column)
        rows.append((row, labels))
        row += 1
    return rows


def _path(leaf: HeaderLeaf) -> tuple[str, ...]:
    """The labels at a row's left, outermost first; a row under a leading one carries its label too."""
    own = " / ".join([*leaf.header.under, leaf.header.label])
    return (*(fold_words(header.label) for header in leaf.path[:-1]), fold_words(own))


def _is_row(path: tuple[str, ...], labels: tuple[str, ...]) -> bool:
    """Whether the labels at a row's left are those of a leaf: the innermost last, the outer ones before it."""
    shown = tuple(label for label in labels if label)
    return bool(shown) and shown[-1] == path[-1] and all(label in path for label in shown)


def matched_parts(plans: Sequence[GridPlan], texts: Texts) -> Iterator[MatchedPart | GridPlan]:
    """The parts of a table one below the other: each found, or the plan of one that is not there."""
    start = 0
    for plan in plans:
        found = match_part(plan, texts, start)
        if found is None:
            yield plan
        else:
            start = max((cell.row for cell in found.cells), default=found.header) + 1
            yield found

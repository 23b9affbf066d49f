"""Rows under a header as records: tidy (a column of values), or wide (a column for each year or category, labels first)."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rendiconto.audit.reconcile.numbers import looks_like_figure
from rendiconto.audit.reconcile.records import (
    CUBE_NAMES,
    IGNORED_NAMES,
    REF_NAMES,
    STATUS_NAMES,
    SUBJECT_NAMES,
    VALUE_NAMES,
    Raw,
    Record,
    Text,
    fold_name,
    is_coordinate,
)

Value = Raw | None
_LOOKED_AT = 200
"""Rows that tell how wide a table is."""
_TITLED = frozenset(("tavola", "tabella", "table"))


@dataclass(frozen=True)
class Table:
    """A header, its rows (with their numbers in the file), and what was said above them.

    ``coordinates`` are the names of columns that say a code of some dimension; ``place`` names a row's cell.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Value, ...]], ...]
    context: tuple[Text, ...]
    coordinates: frozenset[str]
    place: Callable[[int, str], str]
    series: str = ""


def descriptor(name: str, text: str, *, weak: bool = False) -> Text:
    """A text with the name it stands under; "21" under "tavola" is "Tavola 21"."""
    if fold_name(name) in _TITLED and text.strip().removeprefix("T").isdecimal():
        return Text(f"Tavola {text.strip().removeprefix('T')}")
    return Text(text.strip(), name, weak)


def table_records(table: Table) -> Iterator[Record]:
    """The figures of a table."""
    columns = _Columns(table)
    yield from _tidy_records(table, columns) if columns.value is not None else _wide_records(table, columns)


class _Columns:
    """What each column of a table is for."""

    def __init__(self, table: Table) -> None:
        self.names = [fold_name(name) for name in table.header]
        self.value = self._one(VALUE_NAMES - {"y", "v", "n", "data"})
        self.status = self._one(STATUS_NAMES)
        self.ref = self._one(REF_NAMES)
        self.cube = self._one(CUBE_NAMES)
        special = {self.status, self.ref, self.cube, self.value}
        self.others = [at for at in range(len(self.names)) if at not in special]
        self.measures = [] if self.value is not None else [at for at in self.others if self._measures(table, at)]
        self.labels = [at for at in self.others if at not in self.measures and self.names[at] not in IGNORED_NAMES]
        self.weak = {at for at in self.labels if self._says_nothing(table, at)}

    def _one(self, names: frozenset[str]) -> int | None:
        return next((at for at, name in enumerate(self.names) if name in names), None)

    def _measures(self, table: Table, at: int) -> bool:
        """Whether a column holds figures: most of its cells are, and it is no column of years or codes."""
        name = self.names[at]
        if not name or is_coordinate(name) or name in table.coordinates | SUBJECT_NAMES | IGNORED_NAMES:
            return False
        filled = [row[at] for _, row in table.rows if at < len(row) and row[at] is not None]
        figures = sum(1 for value in filled if not isinstance(value, str) or looks_like_figure(value))
        return bool(filled) and 2 * figures > len(filled)

    def _says_nothing(self, table: Table, at: int) -> bool:
        """Whether a column of unknown name has one text throughout: it tells no figures apart."""
        name = self.names[at]
        if is_coordinate(name) or name in table.coordinates | SUBJECT_NAMES or len(table.rows) < 3:
            return False
        return len({row[at] for _, row in table.rows if at < len(row)}) == 1


def _texts(table: Table, columns: _Columns, row: Sequence[Value]) -> tuple[Text, ...]:
    found = (
        descriptor(table.header[at], str(row[at]), weak=at in columns.weak)
        for at in columns.labels
        if at < len(row) and row[at] is not None
    )
    return (*table.context, *found)


def _cell(row: Sequence[Value], at: int | None) -> str:
    """The text in a column of a row; empty where there is none."""
    value = row[at] if at is not None and at < len(row) else None
    return "" if value is None else str(value).strip()


def _tidy_records(table: Table, columns: _Columns) -> Iterator[Record]:
    assert columns.value is not None
    name = table.header[columns.value]
    for number, row in table.rows:
        raw = row[columns.value] if columns.value < len(row) else None
        if raw is None and columns.status is not None and columns.status < len(row):
            raw = row[columns.status]
        if raw is not None:
            texts = _texts(table, columns, row)
            yield Record(
                table.place(number, name),
                raw,
                texts,
                name,
                table.series,
                ref=_cell(row, columns.ref),
                cube=_cell(row, columns.cube),
            )


def _wide_records(table: Table, columns: _Columns) -> Iterator[Record]:
    section: tuple[Text, ...] = ()
    for number, row in table.rows:
        filled = [at for at, value in enumerate(row) if value is not None]
        if columns.labels and filled == columns.labels[:1]:
            # A label alone heads the rows below it.
            section = (Text(str(row[filled[0]]).strip()),)
            continue
        texts = (*section, *_texts(table, columns, row))
        ref = _cell(row, columns.ref) if len(columns.measures) == 1 else ""
        for at in columns.measures:
            raw = row[at] if at < len(row) else None
            if raw is not None:
                name = table.header[at]
                own = (*texts, Text(name))
                yield Record(
                    table.place(number, name),
                    raw,
                    own,
                    str(at),
                    f"{table.series}|{name}",
                    ref=ref,
                    cube=_cell(row, columns.cube),
                )


def split_header(rows: Sequence[tuple[int, tuple[Value, ...]]]) -> tuple[tuple[str, ...], int, tuple[Text, ...]]:
    """The header of a sheet (two lines of headers joined), the position of the first row below, and the titles above.

    The header is the first row with two filled cells; a second line of headers has no figures and stands under the first.
    """
    titles: list[Text] = []
    widths = Counter(len(row) for _, row in rows[:_LOOKED_AT] if row)
    width = max(widths, key=lambda each: (widths[each], each), default=0)
    for at, (_, row) in enumerate(rows):
        filled = [str(value) for value in row if value is not None]
        # A title with commas is cut into cells too, but not into as many as the table has.
        if len(filled) > 1 and (len(row) == width or at >= _LOOKED_AT):
            header = tuple("" if value is None else str(value).strip() for value in row)
            below = rows[at + 1][1] if at + 1 < len(rows) else ()
            if _heads_too(header, below):
                return _joined(header, below), at + 2, tuple(titles)
            return header, at + 1, tuple(titles)
        titles += [Text(", ".join(text.strip() for text in filled))] if filled else []
    return (), len(rows), tuple(titles)


def _heads_too(header: Sequence[str], below: Sequence[Value]) -> bool:
    """Whether the row below a header with gaps is one too."""
    gaps = any(left and not right for left, right in pairwise(header))
    filled = [str(value) for value in below if value is not None]
    return gaps and len(filled) > 1 and not any(looks_like_figure(text) for text in filled)


def _joined(header: Sequence[str], below: Sequence[Value]) -> tuple[str, ...]:
    joined = []
    above = ""
    for at in range(max(len(header), len(below))):
        own = header[at] if at < len(header) else ""
        second = below[at] if at < len(below) else None
        above = own or above
        joined.append(" / ".join(part for part in (above, "" if second is None else str(second).strip()) if part))
    return tuple(joined)

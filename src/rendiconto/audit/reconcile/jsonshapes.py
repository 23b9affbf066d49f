"""JSON as dashboards have it, as records: objects within objects, arrays of objects, charts, tables as arrays of arrays."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rendiconto.audit.reconcile.charts import Plotted, chart_titles, find_plotted
from rendiconto.audit.reconcile.numbers import looks_like_figure
from rendiconto.audit.reconcile.records import (
    CONTAINERS,
    CUBE_NAMES,
    IGNORED_NAMES,
    REF_NAMES,
    STATUS_NAMES,
    SUBJECT_NAMES,
    VALUE_NAMES,
    Record,
    Text,
    fold_name,
    is_coordinate,
)
from rendiconto.audit.reconcile.tabular import Table, descriptor, split_header, table_records
from rendiconto.audit.reconcile.words import YEAR_WORD
from rendiconto.errors import DataError, Place

DEEPEST = 50
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SHOWN_KEY = 60


@dataclass(frozen=True, slots=True)
class _Node:
    """Where the walk stands: path, the column whose notation figures share, texts from far to near, nesting."""

    path: str
    column: str
    texts: tuple[Text, ...] = ()
    depth: int = 0
    figures: frozenset[str] = frozenset()

    def into(self, key: str, *texts: Text, figures: frozenset[str] = frozenset()) -> "_Node":
        """One step down, by a key."""
        shown = key[:_SHOWN_KEY]
        step = f".{key}" if _PLAIN_KEY.fullmatch(key) and key == shown else f"[{shown!r}]"
        return _Node(self.path + step, self.column + step, (*self.texts, *texts), self.depth + 1, figures)

    def item(self, number: int, *texts: Text, figures: frozenset[str] = frozenset()) -> "_Node":
        """One step down, by a position."""
        return _Node(f"{self.path}[{number}]", f"{self.column}[]", (*self.texts, *texts), self.depth + 1, figures)


class JsonShapes:
    """Walks what a JSON file holds. ``coordinates`` are names of dimensions: what stands under them says where a figure is."""

    def __init__(self, file: str, coordinates: frozenset[str]) -> None:
        self.file = file
        self.coordinates = coordinates

    def records(self, content: Any) -> Iterator[Record]:
        """The figures of the whole file; nesting beyond ``DEEPEST`` is a ``DataError``."""
        yield from self._walk(content, _Node("$", "$"))

    def _walk(self, content: Any, node: _Node) -> Iterator[Record]:
        if node.depth > DEEPEST:
            raise DataError(
                f"the file nests deeper than {DEEPEST} levels", Place(self.file, None, node.path[:200]), "This is no data file."
            )
        if isinstance(content, Mapping):
            yield from self._object(content, node)
        elif isinstance(content, list):
            yield from self._array(content, node)

    def _object(self, content: Mapping[str, Any], node: _Node) -> Iterator[Record]:
        if isinstance(content.get("parts"), list) and "table" in content and "territory" in content and "edition" in content:
            yield from self._grid(content, node)
            return
        own = tuple(self._own_texts(content, node))
        node = _Node(node.path, node.column, (*node.texts, *chart_titles(content), *own), node.depth, node.figures)
        plotted = find_plotted(content)
        for series in plotted:
            yield from self._series(series, node)
        taken = {key for series in plotted for key in series.taken}
        ref, cube = _own_name(content, REF_NAMES), _own_name(content, CUBE_NAMES)
        for key, value in content.items():
            if key in taken:
                continue
            if isinstance(value, Mapping | list):
                named = () if fold_name(key) in CONTAINERS else (Text(key),)
                yield from self._walk(value, node.into(key, *named))
            elif isinstance(value, str | Decimal) and self._is_figure(key, value, node):
                named = () if fold_name(key) in VALUE_NAMES else (Text(key),)
                below = node.into(key, *named)
                yield Record(self._place(below), value, below.texts, below.column, node.path, ref=ref, cube=cube)

    def _own_texts(self, content: Mapping[str, Any], node: _Node) -> Iterator[Text]:
        """What an object's own labels say: strings, and years or codes even where they are numbers."""
        for key, value in content.items():
            name = fold_name(key)
            special = name in IGNORED_NAMES | REF_NAMES | CUBE_NAMES | STATUS_NAMES
            if not isinstance(value, str | Decimal) or special or self._is_figure(key, value, node):
                continue
            if str(value).strip():
                yield descriptor(key, str(value), weak=not (self._is_coordinate(name) or name in SUBJECT_NAMES))

    def _is_coordinate(self, name: str) -> bool:
        return is_coordinate(name) or name in self.coordinates

    def _is_figure(self, key: str, value: str | Decimal, node: _Node) -> bool:
        """Whether a key holds a figure: a number or what is written like one, or whatever stands where figures are due."""
        name = fold_name(key)
        if self._is_coordinate(name) or name in IGNORED_NAMES | SUBJECT_NAMES | REF_NAMES | CUBE_NAMES | STATUS_NAMES:
            return False
        if isinstance(value, Decimal) or key in node.figures:
            return True
        return bool(value.strip()) and (
            looks_like_figure(value) or bool(YEAR_WORD.fullmatch(name)) or name in ("valore", "value")
        )

    def _array(self, content: Sequence[Any], node: _Node) -> Iterator[Record]:
        objects = [item for item in content if isinstance(item, Mapping)]
        if len(content) > 1 and all(isinstance(item, list) for item in content):
            yield from self._rows(content, node)
            return
        figures = _figure_keys(objects)
        for number, item in enumerate(content):
            if isinstance(item, Mapping | list):
                yield from self._walk(item, node.item(number, figures=figures))
            elif isinstance(item, Decimal):
                # Nothing says what stands at a position: the figure is nobody's.
                below = node.item(number, Text(f"#{number}"))
                yield Record(self._place(below), item, below.texts, below.column, node.path)

    def _series(self, series: Plotted, node: _Node) -> Iterator[Record]:
        """The figures of one series of a chart, each at its label of the axis."""
        own = tuple(self._own_texts(series.about, node))
        named = () if fold_name(series.key) in VALUE_NAMES | CONTAINERS else (Text(series.key),)
        for at, raw in enumerate(series.values):
            if isinstance(raw, str | Decimal):
                label = descriptor(series.axis, series.label(at))
                path = f"{node.path}{series.path}"
                texts = (*node.texts, *named, *own, label)
                yield Record(f"{self.file} {path}[{at}]", raw, texts, node.column + series.path, path, plotted=True)

    def _rows(self, content: Sequence[Sequence[Any]], node: _Node) -> Iterator[Record]:
        """A table as an array of arrays, the header first."""
        rows = [
            (at, tuple(value if isinstance(value, str | Decimal) else None for value in row)) for at, row in enumerate(content)
        ]
        header, first, _ = split_header(rows)

        def place(number: int, name: str) -> str:
            return f"{self.file} {node.path}[{number}] ({name})"

        yield from table_records(Table(header, tuple(rows[first:]), node.texts, self.coordinates, place, node.path))

    def _grid(self, content: Mapping[str, Any], node: _Node) -> Iterator[Record]:
        """A table as our own grid JSON has it: every cell says where it is printed."""
        table = str(content["table"])
        prefix = table if table.startswith("G") else f"T{table}"
        for at, part in enumerate(content["parts"]):
            rows = part.get("rows") if isinstance(part, Mapping) else None
            for row, line in enumerate(rows if isinstance(rows, list) else ()):
                cells = line.get("cells") if isinstance(line, Mapping) else None
                for column, raw in enumerate(cells if isinstance(cells, list) else ()):
                    if isinstance(raw, str | Decimal):
                        ref = f"{prefix}.{part.get('part', at)}/{content['territory']}/{content['edition']}/r{row}/c{column}"
                        path = f"{node.path}.parts[{at}].rows[{row}].cells[{column}]"
                        yield Record(f"{self.file} {path}", raw, (), node.column, node.path, ref=ref)

    def _place(self, node: _Node) -> str:
        return f"{self.file} {node.path}"


def _figure_keys(objects: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The keys that hold numbers in most objects of an array: what else stands there should be one."""
    present: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    for item in objects:
        present.update(key for key, value in item.items() if isinstance(value, str | Decimal))
        numbers.update(key for key, value in item.items() if isinstance(value, Decimal))
    return frozenset(key for key, count in numbers.items() if 2 * count > present[key])


def _own_name(content: Mapping[str, Any], names: frozenset[str]) -> str:
    """What an object says of our own names for its figures: a cell ref, a cube."""
    return next((value.strip() for key, value in content.items() if fold_name(key) in names and isinstance(value, str)), "")

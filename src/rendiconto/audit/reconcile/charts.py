"""Charts in JSON, as the usual libraries have them: an axis of labels, and series of as many figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rendiconto.audit.reconcile.records import Text, fold_name

_AXES = frozenset(
    ("labels", "categories", "categorie", "etichette", "x", "anni", "years", "periodi", "territori", "province", "regioni")
)
_AXIS_OBJECTS = frozenset(("xaxis", "x axis"))
_VALUES = ("data", "values", "valori", "dati", "y")
_ABOUT_TITLES = ("title", "options", "layout", "plugins")
_DEEPEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Plotted:
    """A series: the key that it stands under, its path below the chart, its figures, what is said of it, and its axis.

    ``taken`` are the keys of the chart that the series explains.
    """

    key: str
    path: str
    values: Sequence[Any]
    about: Mapping[str, Any]
    axis: str
    labels: Sequence[str]
    taken: tuple[str, ...]

    def label(self, at: int) -> str:
        """The label at a position; one that there is none for is nobody's."""
        return self.labels[at] if at < len(self.labels) else f"#{at}"


def find_plotted(content: Mapping[str, Any]) -> tuple[Plotted, ...]:
    """The series of an object that is a chart (or has lists side by side); none of another."""
    axis = _axis(content)
    if axis is None:
        return ()
    key, labels = axis
    found: list[Plotted] = []
    for name, value in content.items():
        if name == key or not isinstance(value, list):
            continue
        if _is_figures(value) and len(value) == len(labels):
            found.append(Plotted(name, f".{name}", value, {}, key, labels, (key, name)))
        else:
            found.extend(_datasets(name, value, key, labels))
    return tuple(found)


def _datasets(name: str, value: Sequence[Any], key: str, labels: Sequence[str]) -> Iterator[Plotted]:
    """The series of a list of them, if each has figures by position."""
    if not value or not all(isinstance(item, Mapping) for item in value):
        return
    held = [next((inner for inner in _VALUES if _is_figures(item.get(inner))), None) for item in value]
    if None in held:
        return
    for at, (item, inner) in enumerate(zip(value, held, strict=True)):
        assert inner is not None
        yield Plotted("data", f".{name}[{at}].{inner}", item[inner], item, key, labels, (key, name))


def _axis(content: Mapping[str, Any]) -> tuple[str, list[str]] | None:
    """The key of the labels, and the labels."""
    for key, value in content.items():
        name = fold_name(key)
        labels = value
        if name in _AXIS_OBJECTS and isinstance(value, Mapping):
            labels = next((value[inner] for inner in ("categories", "data") if inner in value), None)
        elif name not in _AXES:
            continue
        if isinstance(labels, list) and labels and all(isinstance(label, str | Decimal) for label in labels):
            return key, [str(label) for label in labels]
    return None


def _is_figures(value: Any) -> bool:
    """Whether a list is one of figures: numbers, with texts and gaps between them."""
    if not isinstance(value, list) or not value:
        return False
    return all(item is None or isinstance(item, str | Decimal) for item in value) and any(isinstance(i, Decimal) for i in value)


def chart_titles(content: Mapping[str, Any], depth: int = 0) -> Iterator[Text]:
    """The titles that a chart's options hide: ``{"options": {"plugins": {"title": {"text": …}}}}``."""
    if depth > _DEEPEST_TITLE:
        return
    for key in _ABOUT_TITLES:
        value = content.get(key)
        if isinstance(value, Mapping):
            if key == "title" and isinstance(value.get("text"), str):
                yield Text(value["text"])
            yield from chart_titles(value, depth + 1)
        elif isinstance(value, str) and depth:
            yield Text(value)

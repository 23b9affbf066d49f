"""Draws this folder's specifications as Vega does, mark for mark and to the same bytes, in a fortieth of its time.

What is understood of Vega-Lite is what ``canvas`` and the kinds of chart write: marks on scales with a given domain, on bands,
or in pixels; filters and attributes by field; axes with given ticks. The tests draw every chart with Vega too and compare.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, sqrt
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rendiconto.render.charts.typeface import FAMILY_LIST

Datum = Mapping[str, Any]
Place = Callable[[Datum], float]

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_LABELS = re.compile(r"'((?:[^'\\]|\\.)*)': '((?:[^'\\]|\\.)*)'")
_MIDDLE, _TOP = 0.3, 0.79
"""How far below the point that words hang from their baseline is, in ems, as Vega reckons it for every typeface."""


@dataclass(frozen=True, slots=True)
class _Along:
    """One position channel of a layer: where a datum begins, how broad its band is, where its other end is if it has one."""

    start: Place
    breadth: float = 0.0
    other: Place | None = None

    def middle(self, datum: Datum) -> float:
        return self.start(datum) + self.breadth * 0.5

    def span(self, datum: Datum) -> tuple[float, float]:
        """Beginning and length of a bar."""
        if self.other is None:
            return self.start(datum), max(0.25, self.breadth)
        low, high = sorted((self.start(datum), self.other(datum)))
        return low, high - low


def draw_specification(specification: Mapping[str, Any]) -> str:
    """The specification as an SVG element, its description in ``aria-label``."""
    width, height = specification["width"], specification["height"]
    room = specification["padding"]
    size = f"{room['left'] + width + room['right']:g}", f"{room['top'] + height + room['bottom']:g}"
    layers = specification["layer"]
    marks = "".join(_draw_layer(layer, specification["data"]["values"], width, height) for layer in layers)
    return (
        f'<svg class="chart" role="img" aria-label={quoteattr(specification["description"])} '
        f'xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}">'
        f'<g fill="none" transform="translate({_number(room["left"])},{_number(room["top"])})"><g>'
        f'<g transform="translate(0,0)"><path d="{_rectangle(0, 0, width, height)}"/>'
        f"<g>{_axes(layers, specification)}{marks}</g></g></g></g></svg>"
    )


def _number(value: float) -> str:
    """A coordinate to a hundredth of a pixel."""
    return "0" if value == 0 else f"{round(value, 2):.2f}".rstrip("0").rstrip(".")


def _rounded(value: float) -> float:
    """As Vega writes the coordinates of lines and symbols."""
    return floor(value * 1000 + 0.5) / 1000


def _linear(scale: Mapping[str, Any], length: float, *, up: bool) -> Callable[[float], float]:
    low, high = scale["domain"]
    start, end = scale.get("range") or ((length, 0) if up else (0, length))

    def place(value: float) -> float:
        share = (value - low) / (high - low)
        return float(start * (1 - share) + end * share)

    return place


def _bands(scale: Mapping[str, Any], length: float) -> tuple[Mapping[str, float], float]:
    """Where each category's band begins, and how broad they are."""
    domain, inner, outer = scale["domain"], scale["paddingInner"], scale.get("paddingOuter", 0)
    step = length / (len(domain) - inner + outer * 2)
    first = (length - step * (len(domain) - inner)) * 0.5
    return {category: first + step * index for index, category in enumerate(domain)}, step * (1 - inner)


def _along(encoding: Mapping[str, Any], axis: str, length: float) -> _Along:
    channel = encoding[axis]
    field = channel["field"]
    second = encoding.get(f"{axis}2")
    if channel["scale"] is None:
        return _Along(lambda datum: datum[field], 0, None if second is None else lambda datum: datum[second["field"]])
    if channel["type"] == "ordinal":
        starts, breadth = _bands(channel["scale"], length)
        if f"{axis}Offset" not in encoding:
            return _Along(lambda datum: starts[datum[field]], breadth)
        offset = encoding[f"{axis}Offset"]
        within, breadth = _bands(offset["scale"], breadth)
        return _Along(lambda datum: starts[datum[field]] + within[datum[offset["field"]]], breadth)
    scale = _linear(channel["scale"], length, up=axis == "y")
    return _Along(lambda datum: scale(datum[field]), 0, lambda datum: scale(0 if second is None else datum[second["field"]]))


@dataclass(frozen=True, slots=True)
class _Layer:
    """The data of a layer that pass its filters, where they stand, and how they are drawn."""

    rows: Sequence[Datum]
    x: _Along
    y: _Along
    mark: Mapping[str, Any]
    encoding: Mapping[str, Any]

    def colour(self, datum: Datum) -> Any:
        return datum[self.encoding["color"]["field"]]


def _draw_layer(layer: Mapping[str, Any], shared: Sequence[Datum], width: float, height: float) -> str:
    encoding, mark = layer["encoding"], layer["mark"]
    rows = layer["data"]["values"] if "data" in layer else shared
    rows = [row for row in rows if all(_passes(row, step["filter"]) for step in layer.get("transform", ()))]
    marks = _Layer(rows, _along(encoding, "x", width), _along(encoding, "y", height), mark, encoding)
    items = "".join(_MARKS[mark["type"]](marks))
    return f"<g>{items}</g>" if rows else "<g/>"


def _passes(datum: Datum, predicate: Mapping[str, Any]) -> bool:
    value = datum[predicate["field"]]
    if "valid" in predicate:
        return value is not None
    return bool(value == predicate["equal"]) if "equal" in predicate else value in predicate["oneOf"]


def _of(attribute: Any, datum: Datum) -> Any:
    """A mark's attribute: itself, or the datum's own (``{"expr": "datum.align"}``)."""
    return datum[attribute["expr"].removeprefix("datum.")] if isinstance(attribute, dict) else attribute


def _strokes(mark: Mapping[str, Any]) -> str:
    dash = ",".join(map(str, mark.get("strokeDash", ())))
    known = (
        ("stroke", mark.get("stroke")),
        ("stroke-width", mark.get("strokeWidth")),
        ("stroke-linejoin", mark.get("strokeJoin")),
        ("stroke-dasharray", dash or None),
        ("opacity", mark.get("opacity")),
    )
    return "".join(f' {name}="{value}"' for name, value in known if value is not None)


def _bars(layer: _Layer) -> Iterator[str]:
    strokes = _strokes(layer.mark)
    for row in layer.rows:
        (left, width), (top, height) = layer.x.span(row), layer.y.span(row)
        yield f'<path d="{_rectangle(left, top, width, height)}" fill="{layer.colour(row)}"{strokes}/>'


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"M{_number(x)},{_number(y)}h{_number(width)}v{_number(height)}h{_number(-width)}Z"


def _rules(layer: _Layer) -> Iterator[str]:
    for row in layer.rows:
        left, top = layer.x.start(row), layer.y.start(row)
        right, bottom = (row[layer.encoding[end]["field"]] for end in ("x2", "y2"))
        yield _rule(left, top, right - left, bottom - top, _strokes({**layer.mark, "stroke": layer.colour(row)}))


def _rule(x: float, y: float, across: float, down: float, strokes: str) -> str:
    return f'<line transform="translate({_number(x)},{_number(y)})" x2="{_number(across)}" y2="{_number(down)}"{strokes}/>'


def _lines(layer: _Layer) -> Iterator[str]:
    """One line, broken where there is no value."""
    field = layer.encoding["y"]["field"]
    runs: list[list[str]] = [[]]
    for row in sorted(layer.rows, key=layer.x.start):
        if row[field] is None:
            runs.append([])
        else:
            runs[-1].append(f"{_number(_rounded(layer.x.start(row)))},{_number(_rounded(layer.y.start(row)))}")
    path = "".join(f"M{'L'.join(run)}" + ("Z" if len(run) == 1 else "") for run in runs if run)
    if path:
        yield f'<path d="{path}"{_strokes({**layer.mark, "stroke": layer.mark["color"]})}/>'


def _symbols(layer: _Layer) -> Iterator[str]:
    strokes = _strokes({"strokeWidth": 2, **layer.mark})
    for row in layer.rows:
        shape = row[layer.encoding["shape"]["field"]] if "shape" in layer.encoding else layer.mark["shape"]
        place = f"translate({_number(layer.x.middle(row))},{_number(layer.y.middle(row))})"
        yield f'<path transform="{place}" d="{_symbol(shape, layer.mark["size"])}" fill="{layer.colour(row)}"{strokes}/>'


def _symbol(shape: str, size: float) -> str:
    """The outline of a symbol ``size`` square pixels large."""
    radius = sqrt(size) / 2
    tall, thin = radius * sqrt(3) / 2, radius / 2.5
    if shape == "circle":
        r = _number(_rounded(radius))
        return f"M{r},0A{r},{r},0,1,1,-{r},0A{r},{r},0,1,1,{r},0"
    if shape == "square":
        return _rectangle(*map(_rounded, (-radius, -radius, 2 * radius, 2 * radius)))
    corners = {
        "diamond": ((-radius, 0), (0, -radius), (radius, 0), (0, radius)),
        "triangle-up": ((0, -tall), (-radius, tall), (radius, tall)),
        "triangle-down": ((0, tall), (-radius, -tall), (radius, -tall)),
        "cross": (
            *((-radius, -thin), (-radius, thin), (-thin, thin), (-thin, radius), (thin, radius), (thin, thin)),
            *((radius, thin), (radius, -thin), (thin, -thin), (thin, -radius), (-thin, -radius), (-thin, -thin)),
        ),
    }[shape]
    return f"M{'L'.join(f'{_number(_rounded(x))},{_number(_rounded(y))}' for x, y in corners)}Z"


def _texts(layer: _Layer) -> Iterator[str]:
    halo = _strokes(layer.mark)
    for row in layer.rows:
        size, weight = _of(layer.mark["fontSize"], row), _of(layer.mark.get("fontWeight"), row)
        down = _of(layer.mark.get("dy", 0), row) + floor(_MIDDLE * size + 0.5)
        place = layer.x.middle(row) + _of(layer.mark.get("dx", 0), row), layer.y.middle(row) + down
        words, align = str(row[layer.encoding["text"]["field"]]), _of(layer.mark["align"], row)
        yield _text(words, place, align, (FAMILY_LIST, size, weight), layer.colour(row), halo)


def _text(words: str, place: tuple[float, float], align: str, font: tuple[str, int, int | None], ink: str, more: str) -> str:
    family, size, weight = font
    halo = ' paint-order="stroke"' if " stroke=" in more else ""  # it lies under the letters, which Vega-Lite cannot say
    heavy = "" if weight is None else f' font-weight="{weight}"'
    return (
        f'<text{halo} text-anchor="{_ANCHORS[align]}" transform="translate({_number(place[0])},{_number(place[1])})" '
        f'font-family="{family}" font-size="{size}px"{heavy} fill="{ink}"{more}>{escape(words)}</text>'
    )


_MARKS = {"bar": _bars, "rule": _rules, "line": _lines, "point": _symbols, "text": _texts}


def _axes(layers: Sequence[Mapping[str, Any]], specification: Mapping[str, Any]) -> str:
    """The grids, then the axes; a channel's axis is that of the first layer that has one."""
    drawn = []
    lengths = {"x": specification["width"], "y": specification["height"]}
    for part in (_grid, _ticks):
        for name in ("x", "y"):
            channels = (layer["encoding"].get(name, {}) for layer in layers)
            channel = next((channel for channel in channels if channel.get("axis")), None)
            if channel is not None:
                style = {**specification["config"]["axis"], **channel["axis"]}
                scale = _linear(channel["scale"], lengths[name], up=name == "y")
                drawn.append(part(name, style, scale, lengths))
    return "".join(drawn)


def _axis(groups: Sequence[str], down: float) -> str:
    inside = "".join(f"<g>{group}</g>" for group in groups)
    return f'<g><g transform="translate(0.5,{_number(down + 0.5)})"><path d="M0,0h0v0h0Z"/><g>{inside}</g></g></g>'


def _grid(name: str, style: Mapping[str, Any], scale: Callable[[float], float], lengths: Mapping[str, float]) -> str:
    if not style["grid"]:
        return ""
    strokes = _strokes({"stroke": style["gridColor"], "strokeWidth": style["gridWidth"], "opacity": 1})
    places = [floor(scale(value) + 0.5) for value in style["values"]]
    if name == "y":
        return _axis(["".join(_rule(0, place, lengths["x"], 0, strokes) for place in places)], 0)
    return _axis(["".join(_rule(place, 0, 0, -lengths["y"], strokes) for place in places)], lengths["y"])


def _ticks(name: str, style: Mapping[str, Any], scale: Callable[[float], float], lengths: Mapping[str, float]) -> str:
    below = name == "x"
    size = style["labelFontSize"]
    font = style["labelFont"], size, None
    groups = []
    if style["ticks"]:
        strokes = _strokes({"stroke": style["tickColor"], "strokeWidth": 1, "opacity": 1})
        groups.append("".join(_rule(floor(scale(v) + 0.5), 0, 0, style["tickSize"], strokes) for v in style["values"]))
    away = style["labelPadding"] + (style["tickSize"] if style["ticks"] else 0)
    labels = []
    for value, (_, text) in zip(style["values"], _LABELS.findall(style["labelExpr"]), strict=True):
        at = scale(value)
        place = (at, away + floor(_TOP * size + 0.5)) if below else (-away, at + floor(_MIDDLE * size + 0.5))
        words = re.sub(r"\\(.)", r"\1", text)
        labels.append(_text(words, place, "center" if below else "right", font, style["labelColor"], ' opacity="1"'))
    groups.append("".join(labels))
    if style["domain"]:
        strokes = _strokes({"stroke": style["domainColor"], "strokeWidth": 1, "opacity": 1})
        groups.append(_rule(0, 0, lengths["x"], 0, strokes))
    return _axis(groups, lengths["y"] if below else 0)

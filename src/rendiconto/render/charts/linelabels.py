"""The words of a line chart: names at the ends of lines, values beside points, symbols in gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.document.figure import Point
from rendiconto.render.charts.canvas import LINE_HEIGHT, SIZE, SMALL, Canvas, Row, known, lines_of_words, word
from rendiconto.render.charts.scales import Scale
from rendiconto.render.charts.spacing import dodge
from rendiconto.render.charts.style import Style
from rendiconto.render.charts.typeface import BOLD, SEMIBOLD, text_width, wrap_text

_REACH, _FAR_REACH, _NARROW_REACH = 5, 34, 18  # from the plot to the labels of its lines
_FOOT = 6  # room that values leave to the periods under the axis
_FEW = 6  # periods up to which the own line says each of its values


@dataclass(frozen=True, slots=True)
class LinePlot:
    """A line chart with its scales settled."""

    canvas: Canvas
    styles: Mapping[str, Style]
    places: Mapping[str, Decimal]
    across: Scale
    up: Scale

    def line(self, label: str) -> list[Point | None]:
        """The points of a series in the order of the periods, None where there is none."""
        at = self.canvas.at()
        return [at.get((x, label)) for x in self.canvas.figure.x_labels]

    def last(self, label: str) -> tuple[float, float] | None:
        """Where the last point that a line has is drawn, in pixels."""
        points = [(point.x, value) for point in self.line(label) if point and (value := known(point)) is not None]
        return (self.across(self.places[points[-1][0]]), self.up(points[-1][1])) if points else None


def end_labels(canvas: Canvas) -> dict[str, tuple[str, ...]]:
    """The name of each series with its last value (and its period, when not the last one), wrapped to the room there is."""
    room = canvas.width * (0.3 if canvas.narrow else 0.28)
    at = canvas.at()
    labels: dict[str, tuple[str, ...]] = {}
    for series in canvas.figure.series_labels:
        points = [point for x in canvas.figure.x_labels if (point := at.get((x, series))) and known(point) is not None]
        value = canvas.text(points[-1]) if points else "n.d."
        if points and points[-1].x != canvas.figure.x_labels[-1]:
            value += f" ({points[-1].x})"
        whole = f"{series} {value}"
        fits = text_width(whole, SIZE, BOLD) <= room
        labels[series] = (whole,) if fits else (*wrap_text(series, room, SIZE, BOLD, 2), value)
    return labels


def place_ends(canvas: Canvas, ends: Mapping[str, tuple[str, ...]], up: Scale) -> tuple[list[float], float]:
    """The middle height of each end label, none over another, and how far from the plot they stand.

    Labels that had to move far stand further off, so that their leaders run gently.
    """
    lasts = {point.series: value for point in _in_order(canvas) if (value := known(point)) is not None}
    wanted = [up(lasts[label]) if label in lasts else up.start for label in ends]
    sizes = [len(lines) * LINE_HEIGHT + 2 for lines in ends.values()]
    middles = dodge(wanted, sizes, -LINE_HEIGHT / 2, up.start + LINE_HEIGHT / 2)
    furthest = max(abs(want - middle) for want, middle in zip(wanted, middles, strict=True))
    if furthest < 2 * LINE_HEIGHT:
        return middles, _REACH
    return middles, _NARROW_REACH if canvas.narrow else _FAR_REACH


def _in_order(canvas: Canvas) -> list[Point]:
    at = canvas.at()
    figure = canvas.figure
    return [point for x in figure.x_labels for series in figure.series_labels if (point := at.get((x, series)))]


def set_ends(
    plot: LinePlot, ends: Mapping[str, tuple[str, ...]], middles: Sequence[float], reach: float
) -> tuple[list[Row], list[Row]]:
    """The end labels, and a thin leader to each that is not beside its line's end."""
    words: list[Row] = []
    leaders: list[Row] = []
    edge = plot.across.end
    for (label, lines), middle in zip(ends.items(), middles, strict=True):
        style = plot.styles[label]
        words += lines_of_words(lines, edge + reach, middle, style.ink, weight=style.weight)
        last = plot.last(label)
        if last and (reach > _REACH or abs(middle - last[1]) > LINE_HEIGHT * 0.75 or edge - last[0] > 2 * _REACH):
            end = {"x2": round(edge + reach - 3, 2), "y2": round(middle, 2)}
            leaders.append({"x": last[0] + 6, "y": last[1], **end, "ink": style.fill})
    return words, leaders


def value_words(plot: LinePlot) -> list[Row]:
    """The values of the line that matters, where it runs over or under all others and there is room to say them."""
    canvas = plot.canvas
    label = canvas.figure.series_labels[0] if len(plot.styles) == 1 else canvas.figure.emphasis
    if label is None or label not in plot.styles or len(canvas.figure.x_labels) > _FEW:
        return []
    ys = [plot.up(value) if point and (value := known(point)) is not None else None for point in plot.line(label)]
    words: list[Row] = []
    for index, (point, y) in enumerate(zip(plot.line(label), ys, strict=True)):
        if point is None or y is None or plot.last(label) == (plot.across(plot.places[point.x]), y):
            continue
        others = [
            plot.up(value) for p in canvas.figure.points if p.x == point.x and p is not point if (value := known(p)) is not None
        ]
        before = ys[index - 1] if index else None
        after = ys[index + 1] if index + 1 < len(ys) else None
        above = _side(y, others, before, after)
        if above is None:
            continue
        align, shift = _lean(y, before, after, above=above)
        x = plot.across(plot.places[point.x]) + shift
        ink = plot.styles[label].ink
        middle = y - 13 if above else y + 14
        said = word(canvas.text(point), x, middle, ink, align=align, weight=SEMIBOLD, size=SMALL)
        centre = x + {"left": 0.5, "right": -0.5, "center": 0.0}[align] * text_width(said["text"], SMALL, SEMIBOLD)
        inside = 0 <= middle <= plot.up.start - _FOOT
        if inside and not any(_meet(centre, middle, said["text"], other) for other in words):
            words.append(said)
    return words


def _side(y: float, others: list[float], before: float | None, after: float | None) -> bool | None:
    """Whether a value goes above its point; None when other lines are on both sides."""
    over, under = all(y < other - 4 for other in others), all(y > other + 4 for other in others)
    if over and under:
        neighbours = [other for other in (before, after) if other is not None]
        return sum(neighbours) >= y * len(neighbours)
    return True if over else False if under else None


def _lean(y: float, before: float | None, after: float | None, *, above: bool) -> tuple[str, float]:
    """Alignment and shift of a value, away from the line's own next or previous stretch."""
    sign = 1 if above else -1
    rises_before = before is not None and (y - before) * sign > 6
    rises_after = after is not None and (y - after) * sign > 6
    if before is None or (rises_before and not rises_after):
        return "left", -4
    if after is None or (rises_after and not rises_before):
        return "right", 4
    return "center", 0


def gap_words(plot: LinePlot, said: Sequence[Row]) -> list[Row]:
    """What stands in a line's gaps: the symbol of the status, between the neighbours that there are.

    It goes up or down to where nothing of ``said`` is yet; where all is taken, it is not said again.
    """
    words: list[Row] = []
    for label, style in plot.styles.items():
        line = plot.line(label)
        for index, point in enumerate(line):
            if point is None or known(point) is not None:
                continue
            x, wanted = plot.across(plot.places[point.x]), _between(plot, line, index)
            text = plot.canvas.text(point)
            steps = range(int(plot.up.start // LINE_HEIGHT) + 1)
            heights = (wanted + side * step * LINE_HEIGHT for step in steps for side in (-1, 1))
            inside = (y for y in heights if _FOOT <= y <= plot.up.start - _FOOT)
            free = (y for y in inside if not any(_meet(x, y, text, other) for other in (*said, *words)))
            y = next(free, None)
            if y is not None:
                words.append(word(text, x, y, style.ink, align="center", size=SMALL))
    return words


def _meet(x: float, y: float, text: str, other: Row) -> bool:
    """Whether ``text`` centred at a place would touch other words."""
    width = text_width(other["text"], SMALL, SEMIBOLD)
    shift = {"left": width / 2, "right": -width / 2, "center": 0.0}[other["align"]]
    room = (text_width(text, SMALL, SEMIBOLD) + width) / 2 + 2
    return bool(abs(x - other["label_x"] - shift) < room and abs(y - other["label_y"]) < LINE_HEIGHT)


def _between(plot: LinePlot, line: list[Point | None], index: int) -> float:
    """The height between the nearest points before and after; just over the axis when there are none."""
    before = next((v for p in reversed(line[:index]) if p and (v := known(p)) is not None), None)
    after = next((v for p in line[index + 1 :] if p and (v := known(p)) is not None), None)
    near = [plot.up(value) for value in (before, after) if value is not None]
    return sum(near) / len(near) if near else plot.up.start - LINE_HEIGHT

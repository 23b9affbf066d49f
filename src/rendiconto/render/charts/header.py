"""What stands above a plot: the unit, and the key where names cannot stand beside their marks."""

from collections.abc import Mapping
from dataclasses import dataclass

from rendiconto.render.charts.canvas import LINE_HEIGHT, SIZE, SMALL, Canvas, Row, word
from rendiconto.render.charts.spacing import dodge
from rendiconto.render.charts.style import Style
from rendiconto.render.charts.typeface import SEMIBOLD, cut_text, text_width

_LINE = 20
_SWATCH, _GAP = 16, 18
_CLEAR = 4
_BETWEEN = 12
NAMES_HEIGHT = 18
"""Room that names above the first category take."""


@dataclass(frozen=True, slots=True)
class Header:
    """Words and swatches above the plot, and the height that they take."""

    height: float
    words: list[Row]
    swatches: list[Row]


def set_header(
    canvas: Canvas, title: str, left: float, key: Mapping[str, Style] | None = None, *, extra: float = 0, dots: bool = False
) -> Header:
    """The unit on the first line, then the entries of ``key``, from the chart's left edge.

    ``left`` is the plot's distance from that edge; ``extra`` is room that the plot itself wants above; with ``dots`` the
    key shows the shapes of points, else squares.
    """
    key = key or {}
    lines = _fill_key(canvas, key)
    height = _LINE * (bool(title) + len(lines)) + _CLEAR + extra
    middle = -height + LINE_HEIGHT / 2
    words, swatches = [], []
    if title:
        words.append(word(title, -left, middle, canvas.palette.quiet, size=SMALL))
        middle += _LINE
    for line in lines:
        for name, x in line:
            style = key[name]
            swatches.append({"x": x - left + 6, "y": middle, "fill": style.fill, "shape": style.shape if dots else "square"})
            text = cut_text(name, canvas.width - _SWATCH, SIZE, SEMIBOLD)
            words.append(word(text, x - left + _SWATCH, middle, style.ink, weight=SEMIBOLD))
        middle += _LINE
    return Header(height, words, swatches)


def _fill_key(canvas: Canvas, key: Mapping[str, Style]) -> list[list[tuple[str, float]]]:
    lines: list[list[tuple[str, float]]] = []
    x = 0.0
    for name in key:
        width = _SWATCH + text_width(name, SIZE, SEMIBOLD)
        if not lines or x + width > canvas.width:
            lines.append([])
            x = 0
        lines[-1].append((name, x))
        x += width + _GAP
    return lines


def names_above(
    wanted: Mapping[str, float], spare: Mapping[str, float], styles: Mapping[str, Style], ends: tuple[float, float]
) -> list[Row]:
    """Names of series over the marks of the first category, between two ``ends``; none when they would not stand clearly.

    ``wanted`` is where each name should be centred and ``spare`` how far it may be moved.
    """
    widths = [text_width(name, SIZE, SEMIBOLD) + _BETWEEN for name in wanted]
    low, high = ends
    if sum(widths) > high - low:
        return []
    centres = dodge(list(wanted.values()), widths, low - _BETWEEN / 2, high + _BETWEEN / 2)
    moves = (abs(centre - wanted[name]) <= spare[name] for name, centre in zip(wanted, centres, strict=True))
    if not all(moves):
        return []
    return [
        word(name, centre, -NAMES_HEIGHT / 2, styles[name].ink, align="center", weight=SEMIBOLD)
        for name, centre in zip(wanted, centres, strict=True)
    ]

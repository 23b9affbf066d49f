"""How each series looks: the report's own territory in colour and weight, what it is compared with in greys.

No series is told by colour alone: lines have a dash and a point shape of their own, bars keep their order and step in
lightness, and names stand beside the marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rendiconto.document.figure import Figure
from rendiconto.render.charts.palette import Palette
from rendiconto.render.charts.typeface import BOLD, REGULAR, SEMIBOLD

_SHAPES = ("circle", "diamond", "square", "triangle-up", "triangle-down", "cross")
_DASHES = ((), (6, 3), (2, 2), (10, 3, 2, 3))
_FEW = 4


@dataclass(frozen=True, slots=True)
class Style:
    """The look of one series' marks and words; ``dash`` is empty for a whole line."""

    fill: str
    ink: str
    weight: int
    shape: str
    dash: tuple[int, ...]
    stroke: float


def series_styles(figure: Figure, palette: Palette) -> Mapping[str, Style]:
    """A style for each series."""
    if figure.emphasis in figure.series_labels:
        others = [label for label in figure.series_labels if label != figure.emphasis]
        crowd = len(others) > _FEW
        greys = {label: _other(palette, index, crowd=crowd) for index, label in enumerate(others)}
        own = Style(palette.own, palette.own_ink, BOLD, "circle", (), 3)
        return {label: greys.get(label, own) for label in figure.series_labels}
    count = len(palette.series)
    return {
        label: Style(
            palette.series[index % count],
            palette.series_ink[index % count],
            SEMIBOLD,
            _SHAPES[index % len(_SHAPES)],
            () if index < _FEW else _DASHES[1 + index % (len(_DASHES) - 1)],
            2.25,
        )
        for index, label in enumerate(figure.series_labels)
    }


def bar_styles(figure: Figure, palette: Palette) -> Mapping[tuple[str, str], Style]:
    """A style for each (x, series): when the own territory is an x, the bars of the others are grey."""
    styles = series_styles(figure, palette)
    greyed = figure.emphasis in figure.x_labels and len(figure.series_labels) <= len(palette.others)
    lightest = len(figure.series_labels) == 1  # many heavy bars would drown the own one
    found = {}
    for x in figure.x_labels:
        for index, series in enumerate(figure.series_labels):
            grey = greyed and x != figure.emphasis
            found[x, series] = _other(palette, index, crowd=lightest) if grey else styles[series]
    return found


def x_weight(figure: Figure, x: str) -> int:
    """The weight that a category's name is set in."""
    return BOLD if x == figure.emphasis else REGULAR


def _other(palette: Palette, index: int, *, crowd: bool) -> Style:
    if crowd:
        return Style(palette.others[1], palette.others_ink[1], REGULAR, "circle", (), 1.25)
    grey = index % len(palette.others)
    return Style(
        palette.others[grey],
        palette.others_ink[grey],
        REGULAR,
        _SHAPES[(index + 1) % len(_SHAPES)],
        _DASHES[index % len(_DASHES)],
        2,
    )

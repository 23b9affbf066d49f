"""Colours of the charts, light and dark.

Series colours stand at least 3:1 off the paper, stay apart for the common kinds of colour blindness and step down in
lightness, so that a grey print keeps them apart; the colours of words stand at least 4.5:1. The tests compute all of it.
The report's own territory takes ``own``; what it is compared with takes greys.
"""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, by role, as ``#rrggbb``.

    ``series`` and ``others`` are marks, ``series_ink`` and ``others_ink`` the words that name them, in the same order.
    ``on_dark`` and ``on_light`` are words that stand on a mark.
    """

    paper: str
    ink: str
    quiet: str
    rule: str
    grid: str
    own: str
    own_ink: str
    series: tuple[str, ...]
    series_ink: tuple[str, ...]
    others: tuple[str, ...]
    others_ink: tuple[str, ...]
    on_dark: str
    on_light: str

    def on(self, mark: str) -> str:
        """The ink for words that stand on ``mark``: the one that is read better."""
        return max((self.on_dark, self.on_light), key=lambda ink: contrast(ink, mark))

    @property
    def colours(self) -> tuple[str, ...]:
        """Every colour in a fixed order, that of the other theme's."""
        singles = (self.paper, self.ink, self.quiet, self.rule, self.grid, self.own, self.own_ink)
        runs = (*self.series, *self.series_ink, *self.others, *self.others_ink)
        return (*singles, *runs, self.on_dark, self.on_light)


LIGHT = Palette(
    paper="#ffffff",
    ink="#1a1d21",
    quiet="#565e66",
    rule="#3b4249",
    grid="#dfe3e7",
    own="#04418a",
    own_ink="#04408a",
    series=("#013e80", "#ea681e", "#2d8365", "#7f4b75", "#3a2115", "#9f864a"),
    series_ink=("#013d80", "#b54a0b", "#287a5d", "#7e4a75", "#3a2015", "#78652f"),
    others=("#5c666f", "#899199", "#6d767e", "#444d55"),
    others_ink=("#59636c", "#666e76", "#616a72", "#424b53"),
    on_dark="#fffffe",
    on_light="#1a1d20",
)

DARK = Palette(
    paper="#17191c",
    ink="#eceff2",
    quiet="#aeb6be",
    rule="#c3c9cf",
    grid="#353b41",
    own="#8dc2f6",
    own_ink="#8ec2f6",
    series=("#9bbdef", "#eb7a2f", "#88e8e2", "#bd678c", "#fcf0c9", "#7f955f"),
    series_ink=("#9cbdef", "#ec7f38", "#89e8e2", "#c87799", "#fdf0c9", "#8ca36b"),
    others=("#a0a8b0", "#6f777f", "#858d95", "#bfc6cd"),
    others_ink=("#a3abb3", "#8f979f", "#98a0a8", "#c0c7ce"),
    on_dark="#15181a",
    on_light="#15181b",
)

PALETTES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def dark_rules(scope: str = ".chart") -> str:
    """CSS rules that turn the charts of the light theme, inline in a page, into those of the dark one.

    A style sheet wraps them in its own condition (``prefers-color-scheme`` or a switch); ``scope`` is the SVG's selector.
    """
    pairs = zip(LIGHT.colours, DARK.colours, strict=True)
    return "\n".join(f'{scope} [{name}="{light}"]{{{name}:{dark}}}' for light, dark in pairs for name in ("fill", "stroke"))

"""Colours, computed: off the paper, apart from each other for every eye, and apart in grey."""

import math
import re
from itertools import combinations

import pytest

from rendiconto.render.charts import chart_svg, dark_rules
from rendiconto.render.charts.palette import DARK, LIGHT, Palette, contrast, luminance
from sample_charts import FIGURES

themes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])

# Machado, Oliveira and Fernandes (2009), full severity, on linear light.
EYES = {
    "common": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    """CIELAB of a colour as an eye sees it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = (min(1.0, max(0.0, sum(k * c for k, c in zip(row, linear, strict=True)))) for row in EYES[eye])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def lightness(colour: str) -> float:
    return seen(colour, "common")[0]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert luminance("#ffffff") == pytest.approx(1)


@themes
def test_marks_stand_three_to_one_off_the_paper(palette: Palette) -> None:
    for colour in (palette.own, *palette.series, *palette.others, palette.rule):
        assert contrast(colour, palette.paper) >= 3, colour


@themes
def test_words_stand_four_and_a_half_to_one_off_the_paper(palette: Palette) -> None:
    for colour in (palette.ink, palette.quiet, palette.own_ink, *palette.series_ink, *palette.others_ink):
        assert contrast(colour, palette.paper) >= 4.5, colour


@themes
def test_words_on_marks_are_read(palette: Palette) -> None:
    for mark in (palette.own, *palette.series):
        assert contrast(palette.on(mark), mark) >= 4.5, mark


@themes
@pytest.mark.parametrize("eye", list(EYES))
def test_series_are_told_apart_by_every_eye(palette: Palette, eye: str) -> None:
    for one, other in combinations(palette.series, 2):
        assert math.dist(seen(one, eye), seen(other, eye)) >= 14, (one, other)


@themes
def test_the_first_four_series_are_told_apart_in_grey(palette: Palette) -> None:
    for one, other in combinations(palette.series[:4], 2):
        assert abs(lightness(one) - lightness(other)) >= 8, (one, other)
    assert abs(lightness(palette.series[0]) - lightness(palette.series[1])) >= 12
    assert abs(lightness(palette.others[0]) - lightness(palette.others[1])) >= 12


@themes
def test_the_own_territory_is_no_grey_and_its_comparators_are(palette: Palette) -> None:
    def chroma(colour: str) -> float:
        _, a, b = seen(colour, "common")
        return math.hypot(a, b)

    assert chroma(palette.own) > 30
    assert all(chroma(colour) < 8 for colour in palette.others)


@themes
def test_the_grid_is_quieter_than_anything_drawn_on_it(palette: Palette) -> None:
    assert contrast(palette.grid, palette.paper) < 2


def test_each_light_colour_has_its_own_dark_one() -> None:
    assert len(set(LIGHT.colours)) == len(LIGHT.colours) == len(DARK.colours)


def test_the_dark_rules_reach_every_colour_that_is_drawn() -> None:
    ruled = set(re.findall(r'\.c \[(?:fill|stroke)="(#[0-9a-f]{6})"\]\{(?:fill|stroke):#[0-9a-f]{6}\}', dark_rules(".c")))
    drawn = {colour for figure in FIGURES for colour in re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', chart_svg(figure))}
    assert drawn <= ruled

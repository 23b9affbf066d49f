"""The SVG: what is written in it, where it stands, and that nothing stands on anything else."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rendiconto.document.figure import Figure
from rendiconto.document.values import Status
from rendiconto.render.charts import NARROW_WIDTH, WIDTH, chart_svg, charts_svg
from rendiconto.render.charts.typeface import text_width
from sample import sample_document
from sample_charts import BY_ID, FIGURES, any_figure

ALL = (*FIGURES, *(figure for table in sample_document().tables for figure in table.figures))
every_figure = pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
every_width = pytest.mark.parametrize("width", [WIDTH, NARROW_WIDTH])
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """Where a line of words stands, in pixels of the picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def boxes(svg: str) -> list[Box]:
    return list(_boxes(fromstring(svg), 0.0, 0.0))


def _boxes(element: Element, x: float, y: float) -> Iterator[Box]:
    for dx, dy in re.findall(r"translate\((-?[\d.]+),(-?[\d.]+)\)", element.get("transform", "")):
        x, y = x + float(dx), y + float(dy)
    if element.tag == f"{SVG}text" and element.text:
        size = float(element.get("font-size", "").removesuffix("px"))
        width = text_width(element.text, size, int(element.get("font-weight", "400")))
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
        # Digits and capitals stand 0.7 em high on the baseline; a descender takes a little below.
        yield Box(element.text, left, y - 0.7 * size, left + width, y + 0.12 * size)
    for child in element:
        yield from _boxes(child, x, y)


@every_figure
@every_width
def test_no_label_covers_another_or_leaves_the_picture(figure: Figure, width: int) -> None:
    svg = chart_svg(figure, width=width)
    found = boxes(svg)
    height = float(fromstring(svg).get("height", "0"))
    assert not [(one.text, other.text) for one, other in combinations(found, 2) if one.meets(other)]
    outside = [b for b in found if b.left < -0.5 or b.right > width + 0.5 or b.top < -0.5 or b.bottom > height + 0.5]
    assert not outside


@every_figure
@every_width
def test_what_has_no_value_is_said(figure: Figure, width: int) -> None:
    texts = [box.text for box in boxes(chart_svg(figure, width=width))]
    for point in figure.points:
        if point.value is None:
            assert any(re.search(rf"(?<![\w*]){re.escape(point.status.symbol)}(?![\w*])", text) for text in texts)


@pytest.mark.parametrize(
    "name", ["eta", "saldo-naturale", "naspi", "contenzioso", "tempi", "emigrati", "importi", "retribuzioni"]
)
def test_values_are_written_as_the_tables_write_them(name: str) -> None:
    figure = BY_ID[name]
    row_texts = {box.text for box in boxes(chart_svg(figure))}
    printed = {
        f"{p.value:,.{figure.decimals}f}".translate(str.maketrans(",.-", ".,−")) for p in figure.points if p.value is not None
    }
    assert printed <= row_texts


def test_what_a_bar_lacks_is_said_once_for_each_symbol() -> None:
    texts = [box.text for box in boxes(chart_svg(BY_ID["cig"]))]
    assert "CIGS 29.114; Fondi di solidarietà 309; CIGD -" in texts
    figure = BY_ID["cig"]
    points = tuple(
        replace(point, value=None, status=Status.NIL) if (point.x, point.series) == ("2024", "CIGS") else point
        for point in figure.points
    )
    texts = [box.text for box in boxes(chart_svg(replace(figure, points=points)))]
    assert "Fondi di solidarietà 309; CIGD, CIGS -" in texts


def test_sums_of_money_are_read_in_millions() -> None:
    texts = [box.text for box in boxes(chart_svg(BY_ID["riscossioni-linee"]))]
    assert "2\u00a0mln" in texts
    assert "Gestione Artigiani 2.326.918,46" in texts or "2.326.918,46" in texts


@every_figure
def test_it_is_one_picture_with_its_alternative(figure: Figure) -> None:
    root = fromstring(chart_svg(figure))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.alt
    assert root.get("viewBox") == f"0 0 {WIDTH} {root.get('height')}"
    assert not [element for element in root.iter() if element is not root and element.get("role")]


@every_figure
def test_nothing_is_fetched(figure: Figure) -> None:
    svg = chart_svg(figure)
    assert re.findall(r"\w+://[^\"' ]+", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|image|style|foreignObject|a)\b", svg)


def test_the_same_figure_gives_the_same_bytes_in_another_process() -> None:
    here = chart_svg(BY_ID["lacune"])
    code = (
        "from sample_charts import BY_ID; from rendiconto.render.charts import chart_svg;"
        "print(chart_svg(BY_ID['lacune']), end='')"
    )
    path = {"PYTHONPATH": "tests", "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"}
    there = subprocess.run([sys.executable, "-c", code], env=path, capture_output=True, check=True, encoding="utf-8")
    assert there.stdout == here


def test_two_pictures_in_one_page_share_no_id() -> None:
    assert not [figure.id for figure in FIGURES if re.search(r"\bid=", chart_svg(figure))]


def test_labels_that_look_like_markup_are_words() -> None:
    figure = BY_ID["saldi-barre"]
    strange = "<b>A & 'B'</b> \\n \"C\""
    points = tuple(replace(point, x=strange) if point.x == "Massa" else point for point in figure.points)
    odd = replace(figure, points=points, x_labels=(strange, *figure.x_labels[1:]), alt=f"{strange}: −310")
    root = fromstring(chart_svg(odd))
    assert root.get("aria-label") == f"{strange}: −310"
    assert strange in " ".join(element.text or "" for element in root.iter(f"{SVG}text"))


def test_many_are_drawn_by_their_ids_and_kept() -> None:
    drawn = charts_svg(FIGURES[:3])
    assert list(drawn) == [figure.id for figure in FIGURES[:3]]
    assert drawn[FIGURES[0].id] is chart_svg(FIGURES[0])


def test_the_dark_theme_changes_colours_only() -> None:
    light, dark = (chart_svg(BY_ID["cig"], theme=theme) for theme in ("light", "dark"))
    assert light != dark
    assert [box.text for box in boxes(light)] == [box.text for box in boxes(dark)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_figure(), st.sampled_from([WIDTH, NARROW_WIDTH]))
def test_no_figure_at_all_has_labels_over_each_other(figure: Figure, width: int) -> None:
    found = boxes(chart_svg(figure, width=width))
    assert not [(one.text, other.text) for one, other in combinations(found, 2) if one.meets(other)]
    assert not [box for box in found if box.left < -0.5 or box.right > width + 0.5 or box.top < -0.5]

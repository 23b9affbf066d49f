"""Lines the size of a word."""

import io
import re
from dataclasses import replace
from decimal import Decimal

from documents import document_named
from PIL import Image

from rendiconto.document.report import KeyFigure, SeriesPoint
from rendiconto.render.charts import chart_png, sparkline_svg, svg_png
from rendiconto.render.charts.sparklines import HEIGHT, WIDTH, series_alternative, series_span

KEY = KeyFigure("NASpI, 2024", "8.924", "domande", "", "21", "T21.0/massa-carrara/2024/r0/c8")


def key_of(*years: tuple[str, str | None]) -> KeyFigure:
    points = tuple(SeriesPoint(year, None if value is None else Decimal(value)) for year, value in years)
    return replace(KEY, series=points)


def places(svg: str) -> list[list[tuple[float, float]]]:
    runs = re.findall(r'points="([^"]+)"', svg)
    return [[(float(x), float(y)) for x, y in (pair.split(",") for pair in run.split())] for run in runs]


def test_years_go_right_and_figures_go_up() -> None:
    (line,) = places(sparkline_svg(key_of(("2022", "10"), ("2023", "30"), ("2024", "20"))))
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    assert min(line, key=lambda place: place[1]) == line[1]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in line)


def test_a_year_without_a_number_breaks_the_line() -> None:
    svg = sparkline_svg(key_of(("2019", "1"), ("2020", "2"), ("2021", None), ("2022", "3"), ("2023", "4")))
    assert [len(run) for run in places(svg)] == [2, 2]


def test_no_change_is_a_level_line() -> None:
    (line,) = places(sparkline_svg(key_of(("2023", "5"), ("2024", "5"))))
    assert len({y for _, y in line}) == 1


def test_one_year_is_no_line() -> None:
    assert sparkline_svg(KEY) == ""
    assert sparkline_svg(key_of(("2023", None), ("2024", "5"))) == ""


def test_it_is_told_in_figures() -> None:
    key = key_of(("2023", "-1310"), ("2024", None))
    assert series_alternative(key) == "NASpI, 2024, anno per anno: 2023: −1.310; 2024: n.d.."
    assert series_span(key.series) == "2023–2024"
    assert series_span(()) == ""


def test_pictures_are_png_and_always_the_same() -> None:
    svg = sparkline_svg(key_of(("2023", "5"), ("2024", "7")))
    assert svg_png(svg).startswith(b"\x89PNG")
    figure = document_named("sample").tables[0].figures[0]
    first = chart_png(figure)
    svg_png.cache_clear()
    assert chart_png(figure) == first
    assert Image.open(io.BytesIO(first)).convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)

"""One specification for a figure: its data are the figure's points, its marks begin where they must."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import vl_convert

from rendiconto.document.figure import Figure, FigureKind
from rendiconto.document.values import Status
from rendiconto.errors import RendicontoError
from rendiconto.italian.numbers import format_number
from rendiconto.render.charts import NARROW_WIDTH, WIDTH, vega_lite
from sample import sample_document
from sample_charts import BY_ID, FIGURES, OWN

ALL = (*FIGURES, *(figure for table in sample_document().tables for figure in table.figures))
WIDTHS = (WIDTH, NARROW_WIDTH)
FROM_ZERO = {FigureKind.BAR, FigureKind.COLUMN, FigureKind.STACKED, FigureKind.PYRAMID}
every_figure = pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
every_width = pytest.mark.parametrize("width", WIDTHS)


def test_every_kind_is_tried() -> None:
    assert {figure.kind for figure in FIGURES} == set(FigureKind)


@every_figure
@every_width
def test_each_point_stands_once_in_the_data_with_its_value(figure: Figure, width: int) -> None:
    rows = vega_lite(figure, width=width)["data"]["values"]
    drawn = {(row["x"], row["series"]): row for row in rows}
    assert len(drawn) == len(rows) == len(figure.points)
    for point in figure.points:
        row = drawn[point.x, point.series]
        if point.status is Status.NORMAL and point.value is not None:
            assert Decimal(str(row["value"])) == point.value
            assert row["text"] == format_number(point.value, figure.decimals)
        else:
            assert row["value"] is None
            assert row["text"] == point.status.symbol


def test_a_confidential_value_never_reaches_the_specification() -> None:
    from dataclasses import replace

    secret = BY_ID["naspi"]
    hidden = replace(secret.points[0], status=Status.CONFIDENTIAL)
    figure = replace(secret, points=(hidden, *secret.points[1:]))
    assert "4714" in json.dumps(vega_lite(secret))
    assert "4714" not in json.dumps(vega_lite(figure))
    assert "4.714" not in json.dumps(vega_lite(figure))


@every_figure
@every_width
def test_it_is_plain_json_and_says_the_same_twice(figure: Figure, width: int) -> None:
    first = json.dumps(vega_lite(figure, width=width))
    assert first == json.dumps(vega_lite(figure, width=width))
    assert "NaN" not in first
    assert "Infinity" not in first


@every_figure
@every_width
def test_width_is_what_was_asked_and_no_title_is_inside(figure: Figure, width: int) -> None:
    specification = vega_lite(figure, width=width)
    padding = specification["padding"]
    assert specification["width"] + padding["left"] + padding["right"] == pytest.approx(width, abs=0.05)
    assert specification["width"] > width / 5
    assert "title" not in specification
    words = [row["text"] for row in helper_rows(specification, "words")]
    assert figure.title not in words or figure.title in (*figure.x_labels, *figure.series_labels)


@every_figure
def test_no_request_can_leave_it(figure: Figure) -> None:
    addresses = [text for text in strings(vega_lite(figure)) if "://" in text]
    assert addresses == ["https://vega.github.io/schema/vega-lite/v6.json"]
    assert "url" not in json.dumps(vega_lite(figure)["data"])


MARKS = {
    FigureKind.LINE: "line",
    FigureKind.BAR: "bar",
    FigureKind.COLUMN: "bar",
    FigureKind.STACKED: "bar",
    FigureKind.DOT: "point",
    FigureKind.PYRAMID: "bar",
}


@every_figure
def test_a_kind_is_drawn_with_its_mark(figure: Figure) -> None:
    marks = [layer["mark"]["type"] for layer in vega_lite(figure)["layer"]]
    assert MARKS[figure.kind] in marks
    if figure.kind is FigureKind.LINE:
        assert marks.count("line") == len(figure.series_labels)


@pytest.mark.parametrize("figure", [f for f in ALL if f.kind in FROM_ZERO], ids=lambda figure: figure.id)
@every_width
def test_bars_begin_at_zero_and_are_as_long_as_their_values(figure: Figure, width: int) -> None:
    specification = vega_lite(figure, width=width)
    upright = "columns" in [layer.get("name") for layer in specification["layer"]]
    lengths = sorted(item["height" if upright else "width"] for item in bars(specification))
    values = sorted(float(abs(point.value)) for point in figure.points if point.value is not None)
    assert len(lengths) == len(values)
    scale = max(lengths, default=0) / max(values, default=1)
    for length, value in zip(lengths, values, strict=True):
        assert length == pytest.approx(value * scale, abs=0.6)
    if figure.kind is not FigureKind.STACKED:
        zeros = {rule["y" if upright else "x"] for rule in helper_rows(specification, "zero")}
        for item in bars(specification):
            start = item["y" if upright else "x"]
            ends = (start, start + item["height" if upright else "width"])
            assert any(end == pytest.approx(zero, abs=0.02) for end in ends for zero in zeros)


def test_columns_lie_down_where_their_names_do_not_fit() -> None:
    names = {width: [layer.get("name") for layer in vega_lite(BY_ID["assunzioni"], width=width)["layer"]] for width in WIDTHS}
    assert "columns" in names[WIDTH]
    assert "bars" in names[NARROW_WIDTH]
    assert "columns" in [layer.get("name") for layer in vega_lite(BY_ID["saldo-naturale"], width=NARROW_WIDTH)["layer"]]


def test_parts_of_a_bar_follow_each_other_without_gap() -> None:
    rows = vega_lite(BY_ID["cig"])["data"]["values"]
    first = [row for row in rows if row["x"] == "2021"]
    assert first[0]["start"] == 0
    assert [row["end"] for row in first[:-1]] == [row["start"] for row in first[1:]]
    assert first[-1]["end"] == 1_752_724


def test_both_sides_of_a_pyramid_have_one_scale() -> None:
    layers = {layer["name"]: layer for layer in vega_lite(BY_ID["emigrati"])["layer"]}
    left, right = (layers[f"bars {side}"]["encoding"]["x"]["scale"] for side in ("left", "right"))
    assert left["domain"] == right["domain"] == [0, 98]
    assert left["range"][0] - left["range"][1] == pytest.approx(right["range"][1] - right["range"][0], abs=0.02)


def test_a_pyramid_of_three_sides_is_refused() -> None:
    from dataclasses import replace

    with pytest.raises(RendicontoError, match="two sides"):
        vega_lite(replace(BY_ID["eta"], kind=FigureKind.PYRAMID))


def test_a_line_breaks_where_a_value_is_missing_and_says_so() -> None:
    specification = vega_lite(BY_ID["lacune"])
    own = [row for row in specification["data"]["values"] if row["series"] == OWN]
    assert [row["value"] for row in own] == [49, None, 44, None, 38, None]
    said = [row["text"] for row in helper_rows(specification, "values")]
    assert sorted(text for text in said if not text[0].isdigit()) == ["*", "-", "-", "n.d.", "n.d.", "n.d."]
    assert f"{OWN} 38 (2023)" in [row["text"] for row in helper_rows(specification, "words")]


def test_the_own_territory_stands_out_among_lines() -> None:
    layers = {layer["name"]: layer for layer in vega_lite(BY_ID["durc"])["layer"] if "name" in layer}
    own = layers[f"line {OWN}"]["mark"]
    others = [layers[name]["mark"] for name in layers if name.startswith("line ") and not name.endswith(OWN)]
    assert all(own["strokeWidth"] > other["strokeWidth"] for other in others)
    assert own["color"] not in [other["color"] for other in others]
    named = {row["text"]: row["weight"] for row in helper_rows(vega_lite(BY_ID["durc"]), "words")}
    assert named[f"{OWN} 14,6"] == 700
    assert named["Italia 16,2"] == 400


def test_the_own_territory_stands_out_among_bars() -> None:
    rows = vega_lite(BY_ID["eta-media"])["data"]["values"]
    fills = {row["x"]: row["fill"] for row in rows}
    assert len({fill for x, fill in fills.items() if x != OWN}) == 1
    assert fills[OWN] not in {fill for x, fill in fills.items() if x != OWN}


def test_years_stand_at_their_own_distance() -> None:
    from dataclasses import replace

    figure = BY_ID["migrazioni"]
    some = ("2013", "2014", "2023")
    thinned = replace(figure, x_labels=some, points=tuple(point for point in figure.points if point.x in some))
    places = {row["x"]: row["x_at"] for row in vega_lite(thinned)["data"]["values"]}
    assert places == {"2013": 2013, "2014": 2014, "2023": 2023}


def helper_rows(specification: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [
        row for layer in specification["layer"] if layer.get("name") == name for row in layer.get("data", {}).get("values", ())
    ]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def bars(specification: dict[str, Any]) -> list[dict[str, float]]:
    """The bars that Vega really draws: its scene, after scales."""
    scene = vl_convert.vegalite_to_scenegraph(json.dumps(specification), vl_version="6.4")
    return list(rectangles(scene["scenegraph"]))


def rectangles(node: dict[str, Any]) -> Iterator[dict[str, float]]:
    for item in node.get("items", ()):
        if node.get("marktype") == "rect":
            yield item
        yield from rectangles(item)

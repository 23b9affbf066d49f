"""Maps: rates and means colour the territories, counts and amounts are circles whose area says how much.

A map is a drawing beside a table that says the same in figures. It has no words of its own but its legend, which is text.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape

from rendiconto.document.atlas import Atlas, AtlasPlace, Indicator, Ring
from rendiconto.render.atlas.standing import ColourClass, colour_classes, legend, ranking

LARGEST = 62
"""The radius of the largest circle, in units of a box 1000 wide."""
SMALLEST = 3
"""No circle is smaller than this, or it would not be seen."""
_MARGIN = 6
_ONE = {"province": "provincia", "regioni": "regione"}


@dataclass(frozen=True, slots=True)
class MapView:
    """What a map shows: ``level`` is "province" or "regioni"; by code the text and, where there is a number, a mark.

    ``marks`` are classes of colour (0 to 4) or, for ``circles``, radii with the sign of the figure. ``legend`` are pairs of a
    mark's kind and what it means; ``ranked`` the codes of those with a number, from the highest.
    """

    level: str
    circles: bool
    places: tuple[AtlasPlace, ...]
    texts: Mapping[str, str]
    marks: Mapping[str, int]
    legend: tuple[tuple[str, str], ...]
    ranked: tuple[str, ...]


def view_map(atlas: Atlas, indicator: Indicator) -> MapView:
    """How an indicator is shown on a map."""
    places = map_places(atlas, indicator)
    level = "province" if places == atlas.provinces else "regioni"
    texts = {place.code: reading_text(indicator, place) for place in places}
    absent = sum(indicator.number(place.code) is None for place in places)
    if indicator.intensive:
        marks = colour_classes(indicator, places)
        lines = [(f"c{each.number}", _class_text(indicator, each, level)) for each in legend(indicator, marks)]
    else:
        marks = radii(indicator, places)
        lines = list(_circle_lines(indicator, places))
    if absent:
        lines.append(("absent", f"nessuna cifra ({absent} {level if absent != 1 else _ONE[level]})"))
    ranked = tuple(each.place.code for each in ranking(indicator, places) if each.position is not None)
    return MapView(level, not indicator.intensive, places, texts, marks, tuple(lines), ranked)


def draw_map(atlas: Atlas, view: MapView, label: str) -> str:
    """The map as SVG; ``label`` names it for those who do not see it."""
    kinds = {code: "land" if view.circles else f"c{mark}" for code, mark in view.marks.items()}
    areas = "".join(_area(place, kinds.get(place.code, "absent"), view.texts[place.code]) for place in view.places)
    circles = "".join(_circles(view.places, view.marks, view.texts)) if view.circles else ""
    return _svg(atlas, label, areas, _borders(atlas), circles)


def draw_any(atlas: Atlas, view: MapView, label: str) -> str:
    """As ``draw_map``, with everything in it that a script needs to show another indicator in its place."""
    kinds = {code: "land" if view.circles else f"c{mark}" for code, mark in view.marks.items()}
    areas = []
    for place in atlas.provinces:
        code = place.code if view.level == "province" else place.region or ""
        areas.append(_area(place, kinds.get(code, "absent"), view.texts[code]))
    marks = view.marks if view.circles else {}
    places = dict.fromkeys((*atlas.regions, *atlas.provinces))
    circles = "".join(_circles(tuple(places), marks, view.texts, every=True))
    return _svg(atlas, label, "".join(areas), _borders(atlas), circles)


def _class_text(indicator: Indicator, each: ColourClass, level: str) -> str:
    unit = with_unit(indicator.unit)
    least, most = indicator.text(each.least), indicator.text(each.most)
    named = level if each.count != 1 else _ONE[level]
    return f"{least if least == most else f'da {least} a {most}'}{unit} ({each.count} {named})"


def _circle_lines(indicator: Indicator, places: Sequence[AtlasPlace]) -> Iterator[tuple[str, str]]:
    numbers = {place: number for place in places if (number := indicator.number(place.code)) is not None}
    if any(numbers.values()):
        top = max(numbers, key=lambda place: (abs(numbers[place]), place.code))
        figure = f"{indicator.text(numbers[top])}{with_unit(indicator.unit)}"
        yield (
            "minus" if numbers[top] < 0 else "plus",
            f"l'area del cerchio è come la cifra; il più grande: {top.name}, {figure}",
        )
    if any(number < 0 for number in numbers.values()) and any(number > 0 for number in numbers.values()):
        yield "minus", "cerchio vuoto: cifra negativa"


def map_places(atlas: Atlas, indicator: Indicator) -> tuple[AtlasPlace, ...]:
    """The provinces, or the regions where the figures are of more of these."""
    provinces, regions = atlas.provinces, atlas.regions
    known = [sum(indicator.number(place.code) is not None for place in places) for places in (provinces, regions)]
    return regions if known[1] > known[0] else provinces


def reading_text(indicator: Indicator, place: AtlasPlace) -> str:
    """``Lucca: 48,3 %``, ``Lucca: n.d.``."""
    number = indicator.number(place.code)
    unit = "" if number is None else with_unit(indicator.unit)
    return f"{place.name}: {indicator.text(indicator.reading(place.code))}{unit}"


def with_unit(unit: str) -> str:
    """A unit as it stands after a figure; none for plain numbers."""
    return "" if unit == "numero" else unit if unit == "%" else f" {unit}"


def radii(indicator: Indicator, places: Sequence[AtlasPlace]) -> dict[str, int]:
    """The radius of each place's circle, with the sign of its figure: areas are as the figures, 0 is nought."""
    numbers = {place.code: number for place in places if (number := indicator.number(place.code)) is not None}
    most = max(map(abs, numbers.values()), default=Decimal(0))
    return {code: _radius(number, most) for code, number in numbers.items()}


def _radius(number: Decimal, most: Decimal) -> int:
    if not number:
        return 0
    size = max(SMALLEST, round(LARGEST * math.sqrt(abs(number) / most)))
    return size if number > 0 else -size


def locator(atlas: Atlas, place: AtlasPlace, label: str) -> str:
    """Italy's regions, with one territory marked."""
    own = f'<path class="own" d="{_path(place.rings)}"/>' if place.rings else ""
    whole = "own" if place.region is None else "land"
    land = "".join(f'<path class="{whole}" d="{_path(region.rings)}"/>' for region in atlas.regions)
    return _svg(atlas, label, land, own)


def _svg(atlas: Atlas, label: str, *layers: str) -> str:
    box = f"{-_MARGIN} {-_MARGIN} {atlas.width + 2 * _MARGIN} {atlas.height + 2 * _MARGIN}"
    return f'<svg class="map" role="img" aria-label="{escape(label)}" viewBox="{box}">{"".join(layers)}</svg>'


def _area(place: AtlasPlace, kind: str, text: str) -> str:
    """An area in its colour, as mere land, or as one of which nothing is known ("absent")."""
    at = f'data-code="{place.code}" data-region="{place.region}" data-slug="{place.slug}" data-text="{escape(text)}"'
    return f'<path class="{kind}" {at} d="{_path(place.rings)}"/>'


def _circles(
    places: Sequence[AtlasPlace], marks: Mapping[str, int], texts: Mapping[str, str], *, every: bool = False
) -> Iterator[str]:
    """Circles, the largest below the others; with ``every``, those too that have nothing to show."""
    for place in sorted(places, key=lambda place: (-abs(marks.get(place.code, 0)), place.code)):
        mark = marks.get(place.code, 0)
        if mark or every:
            x, y = centre(place)
            said = f'data-code="{place.code}" data-slug="{place.slug}" data-text="{escape(texts.get(place.code, ""))}"'
            yield f'<circle class="{"minus" if mark < 0 else "plus"}" {said} cx="{x}" cy="{y}" r="{abs(mark)}"/>'


def _borders(atlas: Atlas) -> str:
    return f'<path class="borders" d="{_region_paths(tuple(region.rings for region in atlas.regions))}"/>'


@cache
def _region_paths(regions: tuple[tuple[Ring, ...], ...]) -> str:
    return "".join(_path(rings) for rings in regions)


@cache
def _path(rings: tuple[Ring, ...]) -> str:
    """Moves from point to point, which are shorter than places."""
    drawn = []
    for ring in rings:
        (x, y), *rest = ring
        moves = [f"M{x} {y}"]
        for u, v in rest:
            moves.append(f"l{u - x} {v - y}")
            x, y = u, v
        drawn.append("".join(moves).replace(" -", "-") + "z")
    return "".join(drawn)


@cache
def centre(place: AtlasPlace) -> tuple[int, int]:
    """The centre of gravity of a territory's largest piece."""
    ring = max(place.rings, key=lambda ring: abs(_moments(ring)[0]))
    area, across, down = _moments(ring)
    return round(across / (3 * area)), round(down / (3 * area))


def _moments(ring: Ring) -> tuple[int, int, int]:
    """Twice the area, and six times area times centre along both axes over two."""
    area = across = down = 0
    for (x, y), (u, v) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = x * v - u * y
        area, across, down = area + cross, across + (x + u) * cross, down + (y + v) * cross
    return area, across, down

"""What the scripts of the site load: small files of figures that call back, for pages opened from a folder cannot fetch."""

from collections.abc import Iterator, Mapping
from typing import Any

import simplejson

from rendiconto.document.atlas import Atlas, AtlasPlace, Indicator
from rendiconto.render.atlas import addresses
from rendiconto.render.atlas.mapping import MapView, with_unit

EXTREMES = 5
"""Territories named beside a map, from either end of the ranking."""


def data_scripts(atlas: Atlas, views: Mapping[str, MapView]) -> Iterator[tuple[str, bytes]]:
    """The files by path: the list of indicators, one for each indicator's map (``views``, by id), one for each territory."""
    yield "risorse/indicatori.js", _call("indicators", [_listed(atlas, indicator) for indicator in atlas.indicators])
    places = [{"slug": place.slug, "name": _listed_name(place)} for place in atlas.places]
    yield "risorse/territori.js", _call("places", places)
    for indicator in atlas.indicators:
        yield addresses.map_data(indicator), _call("map", _map(indicator, views[indicator.id]))
    for place in atlas.places:
        yield addresses.place_data(place), _call("place", _figures(atlas, place))


def _call(name: str, value: Any) -> bytes:
    """A call of the page's own object; ``<`` is escaped so that nothing in it can be taken for markup."""
    text = simplejson.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"atlante.{name}({text});\n".encode()


def _listed(atlas: Atlas, indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "name": indicator.name,
        "chapter": indicator.chapter,
        "title": next(chapter.title for chapter in atlas.chapters if chapter.number == indicator.chapter),
        "headline": indicator.headline,
        "period": indicator.period,
        "unit": indicator.unit,
    }


def _listed_name(place: AtlasPlace) -> str:
    return place.name if place.is_province or place.region is None else place.title


def _map(indicator: Indicator, view: MapView) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "name": indicator.name,
        "period": indicator.period,
        "unit": indicator.unit,
        "level": view.level,
        "circles": view.circles,
        "texts": view.texts,
        "marks": view.marks,
        "legend": view.legend,
        "highest": view.ranked[:EXTREMES],
        "lowest": view.ranked[: -EXTREMES - 1 : -1],
    }


def _figures(atlas: Atlas, place: AtlasPlace) -> dict[str, Any]:
    """A territory's figures in the order of the indicators, as printed."""
    figures = []
    for indicator in atlas.indicators:
        reading = indicator.reading(place.code)
        unit = with_unit(indicator.unit) if indicator.unit == "%" and indicator.number(place.code) is not None else ""
        figures.append(indicator.text(reading) + unit)
    return {"slug": place.slug, "name": place.name, "title": place.title, "figures": figures}

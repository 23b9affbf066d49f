"""Where territories lie: their outlines on a plane, for maps.

The borders are those of the provinces of 2010 to 2016 (``geometry.json``, made by ``scripts/geometry.py``). A unit of other
years is drawn as those of them that it covers best (``areas.csv``): the municipalities that changed hands in between are too
small for these maps, but for those between Cagliari and Sud Sardegna from 2017 to 2025, whose common border is drawn where it
was before.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import simplejson

from rendiconto.territory.gazetteer import Gazetteer

Point = tuple[int, int]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of a year's provinces and regions, by code: closed rings of points in a box of ``width`` by ``height``.

    ``source`` says in Italian where the borders come from. Rings run on without repeating their first point.
    """

    width: int
    height: int
    source: str
    rings: Mapping[str, tuple[Ring, ...]]


@cache
def outlines(year: int) -> Outlines:
    """The outlines of every province and region of a year."""
    geometry = _geometry()
    gazetteer = Gazetteer.load()
    areas = {unit.code: _areas(unit.code, year) for unit in gazetteer.provinces(year)}
    for region in gazetteer.regions(year):
        parts = gazetteer.provinces_of(region, year)
        areas[region.code] = tuple(area for part in parts for area in areas[part.code])
    rings = {code: tuple(_dissolved(geometry, codes)) for code, codes in areas.items()}
    return Outlines(geometry["width"], geometry["height"], geometry["source"], rings)


@cache
def _geometry() -> dict[str, Any]:
    found: dict[str, Any] = simplejson.loads(_resource("geometry.json"))
    return found


def _resource(name: str) -> str:
    return files("rendiconto.territory").joinpath(name).read_text(encoding="utf-8")


def _areas(code: str, year: int) -> tuple[str, ...]:
    """The areas of the map that a unit of a year covers: its own, where nothing else is said."""
    for row in csv.DictReader(_resource("areas.csv").splitlines()):
        if row["code"] == code and int(row["valid_from"] or year) <= year <= int(row["valid_to"] or year):
            return tuple(row["areas"].split("|"))
    return (code,)


def _dissolved(geometry: Mapping[str, Any], codes: Iterable[str]) -> list[Ring]:
    """The rings around several areas; the borders between them, which two of them have, fall away."""
    arcs = [arc for code in codes for ring in geometry["areas"][code] for arc in ring]
    sides = set(arcs)
    outer = [arc for arc in arcs if ~arc not in sides]
    by_start: dict[Point, list[list[Point]]] = {}
    for arc in outer:
        line = _line(geometry["arcs"], arc)
        by_start.setdefault(line[0], []).append(line)
    rings = []
    for start, lines in by_start.items():
        while lines:
            ring = [start]
            while onward := by_start[ring[-1]]:
                ring += onward.pop()[1:]
            rings.append(tuple(ring[:-1]))
    return rings


def _line(arcs: Sequence[Sequence[Sequence[int]]], arc: int) -> list[Point]:
    """A border's points, in the direction asked for: ``~n`` is border ``n`` from its end."""
    points = [(x, y) for x, y in arcs[arc if arc >= 0 else ~arc]]
    return points if arc >= 0 else points[::-1]

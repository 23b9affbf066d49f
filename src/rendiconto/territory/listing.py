"""Reads ``territories.csv``: one line a code, and from its kind and name how it is called in full."""

import csv
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from rendiconto.italian.phrases import articulate
from rendiconto.territory.territory import Kind, Territory

_TITLE: Final[Mapping[Kind, str]] = {
    Kind.COUNTRY: "{name}",
    Kind.REGION: "Regione {name}",
    Kind.PROVINCE: "Provincia {of}",
    Kind.METROPOLITAN_CITY: "Città metropolitana {of}",
    Kind.FREE_CONSORTIUM: "Libero consorzio comunale {of}",
    Kind.AUTONOMOUS_PROVINCE: "Provincia autonoma {of}",
    Kind.NON_ADMINISTRATIVE_UNIT: "Provincia {of}",
}
_ROW_LABEL: Final[Mapping[Kind, str]] = {Kind.REGION: "Regione {name}"}
_LOCATIVE: Final[Mapping[Kind, str]] = {
    Kind.COUNTRY: "in {name}",
    Kind.REGION: "in {name}",
    Kind.PROVINCE: "in provincia {of}",
    Kind.METROPOLITAN_CITY: "nella città metropolitana {of}",
    Kind.FREE_CONSORTIUM: "nel libero consorzio comunale {of}",
    Kind.AUTONOMOUS_PROVINCE: "nella provincia autonoma {of}",
    Kind.NON_ADMINISTRATIVE_UNIT: "in provincia {of}",
}
_GENITIVE: Final[Mapping[Kind, str]] = {
    Kind.COUNTRY: "{of_article}",
    Kind.REGION: "{of_article}",
    Kind.PROVINCE: "della provincia {of}",
    Kind.METROPOLITAN_CITY: "della città metropolitana {of}",
    Kind.FREE_CONSORTIUM: "del libero consorzio comunale {of}",
    Kind.AUTONOMOUS_PROVINCE: "della provincia autonoma {of}",
    Kind.NON_ADMINISTRATIVE_UNIT: "della provincia {of}",
}


def read_territories() -> tuple[Territory, ...]:
    """Every territory of every year, in the order of the file: Italy, regions, provinces by code."""
    text = files("rendiconto.territory").joinpath("territories.csv").read_text(encoding="utf-8")
    return tuple(_territory(row) for row in csv.DictReader(text.splitlines()))


def _territory(row: Mapping[str, str]) -> Territory:
    kind = Kind(row["kind"])
    of_article = articulate("di", row["article"], row["name"]) if row["article"] else ""
    words = {"name": row["name"], "of": row["of"] or f"di {row['name']}", "of_article": of_article}
    return Territory(
        code=row["code"],
        alternates=_several(row["alternates"]),
        kind=kind,
        region=row["region"] or None,
        name=row["name"],
        slug=row["slug"],
        title=_TITLE[kind].format_map(words),
        row_label=_ROW_LABEL.get(kind, "{name}").format_map(words),
        locative=row["locative"] or _LOCATIVE[kind].format_map(words),
        genitive=_GENITIVE[kind].format_map(words),
        plate=row["plate"] or None,
        nuts=row["nuts"] or None,
        division=row["division"] or None,
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        aliases=_several(row["aliases"]),
        adjective=row["adjective"] or None,
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()

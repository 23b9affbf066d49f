"""Reads ``territories.csv``: one line a code, and from its kind and name how it is called in full; and ``succession.csv``."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Final

from rendiconto.italian.phrases import articulate, join_article
from rendiconto.territory.territory import Kind, Succession, Territory

_TITLE: Final[Mapping[Kind, str]] = {
    Kind.COUNTRY: "{name}",
    Kind.REGION: "Regione {name}",
    Kind.PROVINCE: "Provincia {of}",
    Kind.METROPOLITAN_CITY: "Città metropolitana {of}",
    Kind.FREE_CONSORTIUM: "Libero consorzio comunale {of}",
    Kind.AUTONOMOUS_PROVINCE: "Provincia autonoma {of}",
    Kind.NON_ADMINISTRATIVE_UNIT: "Provincia {of}",
    Kind.AREA: "Territorio {of}",
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
    Kind.AREA: "nel territorio {of}",
}
_DEFINITE: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.COUNTRY: ("{article}", "{name}"),
    Kind.REGION: ("{article}", "{name}"),
    Kind.PROVINCE: ("la", "provincia {of}"),
    Kind.METROPOLITAN_CITY: ("la", "città metropolitana {of}"),
    Kind.FREE_CONSORTIUM: ("il", "libero consorzio comunale {of}"),
    Kind.AUTONOMOUS_PROVINCE: ("la", "provincia autonoma {of}"),
    Kind.NON_ADMINISTRATIVE_UNIT: ("la", "provincia {of}"),
    Kind.AREA: ("il", "territorio {of}"),
}
"""Article and noun."""


def read_territories() -> tuple[Territory, ...]:
    """Every territory of every year, in the order of the file: Italy, regions, provinces by code."""
    return tuple(_territory(row) for row in _rows("territories.csv"))


def read_succession() -> tuple[Succession, ...]:
    """Every passage of area from a province to another."""
    return tuple(Succession(int(row["year"]), row["before"], row["after"]) for row in _rows("succession.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("rendiconto.territory").joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def area(name: str, slug: str, region: str, parts: tuple[str, ...], title: str = "", of: str = "") -> Territory:
    """A territory that somebody names: ``parts`` are the codes of its provinces, ``region`` that of what it is compared with.

    ``title`` ("Direzione provinciale di Ivrea") and ``of`` ("della Lunigiana") are made from the name where they are empty.
    """
    row = dict.fromkeys(_COLUMNS, "") | {
        "code": slug,
        "kind": str(Kind.AREA),
        "region": region,
        "name": name,
        "slug": slug,
        "of": of,
    }
    made = _territory(row)
    return replace(made, title=title or made.title, parts=parts)


_COLUMNS = ("alternates", "plate", "nuts", "valid_from", "valid_to", "division", "locative", "aliases", "adjective", "article")


def _territory(row: Mapping[str, str]) -> Territory:
    kind = Kind(row["kind"])
    words = {"name": row["name"], "of": row["of"] or f"di {row['name']}", "article": row["article"]}
    article, noun = (part.format_map(words) for part in _DEFINITE[kind])
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
        definite=join_article(article, noun),
        genitive=articulate("di", article, noun),
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

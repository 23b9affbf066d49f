"""A data package as it grows: its files, what describes them, and the cubes that every package has.

Data Package standard, version 2. Parquet files are not resources of their own but ``alternates`` of the CSV resource
that holds the same observations: a tool that loads every resource would otherwise load each cube twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import simplejson

from rendiconto.document import Document
from rendiconto.document.atlas import Atlas
from rendiconto.document.report import CubeData
from rendiconto.render import Files
from rendiconto.render.data.cubefiles import cube_csv, cube_parquet, cube_schema
from rendiconto.render.data.provenance import holders, source_items
from rendiconto.render.data.tablecsv import csv_text, safe_label

Descriptor = dict[str, Any]
_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_PARQUET = "application/vnd.apache.parquet"


@dataclass
class Package:
    """Files by path inside the package, and the resources that describe them."""

    files: Files = field(default_factory=dict)
    resources: list[Descriptor] = field(default_factory=list)

    def add(self, path: str, content: bytes) -> Descriptor:
        """Keep a file; gives the properties of the standard that say what its bytes are."""
        self.files[path] = content
        return {"path": path, "bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}

    def add_csv(self, name: str, path: str, text: str, schema: Descriptor, **more: object) -> Descriptor:
        """Keep a CSV file as a tabular resource."""
        resource = {"name": name, "type": "table", **self.add(path, text.encode())}
        resource |= {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", **more, "schema": schema}
        self.resources.append(resource)
        return resource


def json_bytes(value: object) -> bytes:
    """Readable JSON with exact decimals."""
    text: str = simplejson.dumps(value, ensure_ascii=False, use_decimal=True, indent=1)
    return text.encode() + b"\n"


def describe(document: Document | Atlas, slug: str, keyword: str, about: str, resources: list[Descriptor]) -> Descriptor:
    """``datapackage.json``: whose figures these are, on which terms, from when; ``slug`` names the package."""
    lines = [line for cube in document.cubes for line in cube.sources]
    known = holders(lines)
    identity = f"rendiconto:{slug}/{document.edition}/{document.data_sha256}"
    return {
        "$schema": _SCHEMA,
        "name": f"rendiconto-sociale-{slug}",
        "id": str(uuid5(NAMESPACE_URL, identity)),
        "title": f"{document.title} – {document.subtitle}",
        "description": "\n\n".join(
            (
                about,
                *(paragraph for section in document.licence for paragraph in section.paragraphs),
            )
        ),
        "version": document.data_version,
        "created": f"{document.issued}T00:00:00Z",
        "edition": document.edition,
        "language": document.language,
        "dataSha256": document.data_sha256,
        "asPublished": document.as_published,
        "keywords": ["statistica", "previdenza", "lavoro", "welfare", keyword],
        "licenses": [holder.as_licence() for holder in known],
        "sources": source_items(list(dict.fromkeys(lines))),
        "contributors": [holder.as_contributor() for holder in known],
        "resources": resources,
    }


def text_field(name: str, title: str, *, required: bool = True) -> Descriptor:
    """A column of text."""
    constraints = {"constraints": {"required": True}} if required else {}
    return {"name": name, "title": title, "type": "string", **constraints}


def add_cubes(package: Package, cubes: Sequence[CubeData]) -> None:
    """Each cube as CSV and Parquet, and the list of them."""
    for cube in cubes:
        resource = package.add_csv(
            cube.name, f"cubes/{cube.name}.csv", cube_csv(cube), cube_schema(cube), **_cube_properties(cube)
        )
        parquet = package.add(f"cubes/{cube.name}.parquet", cube_parquet(cube))
        resource["alternates"] = [{**parquet, "format": "parquet", "mediatype": _PARQUET}]
    fields = [
        text_field("cube", "Cubo"),
        text_field("title", "Titolo"),
        text_field("unit", "Unità"),
        {"name": "decimals", "title": "Decimali stampati", "type": "integer"},
        text_field("perimeter", "Insieme osservato", required=False),
        text_field("reference", "Periodo di riferimento", required=False),
        text_field("formula", "Formula dei cubi derivati", required=False),
        text_field("sources", "Fonti", required=False),
        text_field("tables", "Tavole", required=False),
    ]
    rows = [
        [
            cube.name,
            *map(safe_label, (cube.title, cube.unit)),
            str(cube.decimals),
            *map(safe_label, (cube.perimeter, cube.reference, cube.formula or "", " | ".join(cube.sources))),
            " ".join(cube.tables),
        ]
        for cube in cubes
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["cube"]}
    text = csv_text([f["name"] for f in fields], rows)
    package.add_csv("cubes", "cubes.csv", text, schema, title="Elenco dei cubi")


def _cube_properties(cube: CubeData) -> Descriptor:
    properties: Descriptor = {
        "title": cube.title,
        "description": " ".join(text for text in (cube.perimeter, f"Formula: {cube.formula}." if cube.formula else "") if text),
        "unit": cube.unit,
        "reference": cube.reference,
        "tables": list(cube.tables),
    }
    known = holders(cube.sources)
    if known:
        properties["sources"] = source_items(cube.sources)
        properties["licenses"] = [holder.as_licence() for holder in known]
    return properties


def add_codelists(package: Package, cubes: Sequence[CubeData]) -> None:
    """The codes that occur, with their labels."""
    fields = [
        text_field("cube", "Cubo"),
        text_field("dimension", "Dimensione"),
        text_field("dimension_title", "Titolo della dimensione"),
        text_field("code", "Codice"),
        text_field("label", "Etichetta"),
        {"name": "position", "title": "Ordine", "type": "integer"},
        text_field("unit", "Unità, se propria del codice", required=False),
        {"name": "decimals", "title": "Decimali, se propri del codice", "type": "integer"},
    ]
    schema = {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": ["cube", "dimension", "code"],
        "foreignKeys": [{"fields": ["cube"], "reference": {"resource": "cubes", "fields": ["cube"]}}],
    }
    text = csv_text([f["name"] for f in fields], _codelist_rows(cubes))
    package.add_csv("codelists", "codelists.csv", text, schema, title="Codici ed etichette")


def _codelist_rows(cubes: Sequence[CubeData]) -> Iterator[list[str]]:
    for cube in cubes:
        own = {code: (unit, str(decimals)) for code, unit, decimals in cube.units}
        for dimension in cube.dimensions:
            for position, code in enumerate(dimension.codes, start=1):
                labels = (safe_label(dimension.title), code.code, safe_label(code.label))
                yield [cube.name, dimension.name, *labels, str(position), *own.get(code.code, ("", ""))]

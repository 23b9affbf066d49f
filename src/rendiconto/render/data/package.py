"""The data package: every cube, codelist and table of a report, described by ``datapackage.json``.

Data Package standard, version 2. Parquet files are not resources of their own but ``alternates`` of the CSV resource
that holds the same observations: a tool that loads every resource would otherwise load each cube twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import simplejson

from rendiconto.document import Document, Grid, Note, Table
from rendiconto.document.gridjson import tables_json
from rendiconto.document.report import CubeData
from rendiconto.render import Files
from rendiconto.render.data.cubefiles import cube_csv, cube_parquet, cube_schema
from rendiconto.render.data.provenance import holders, source_items
from rendiconto.render.data.readme import readme_text
from rendiconto.render.data.tablecsv import csv_text, grid_csv, safe_label, stub_title

Descriptor = dict[str, Any]
FOLDER = "data/"
_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_PARQUET = "application/vnd.apache.parquet"


@dataclass
class _Package:
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


def render_data(document: Document) -> Files:
    """The folder ``data/``: ``datapackage.json``, README, cubes, codelists, tables, errata."""
    package = _Package()
    _add_cubes(package, document)
    _add_codelists(package, document)
    _add_errata(package, document)
    _add_claims(package, document)
    for table in document.tables:
        _add_table(package, document, table)
    package.files["README.md"] = readme_text(document).encode()
    package.files["datapackage.json"] = json_bytes(_descriptor(document, package.resources))
    return {FOLDER + path: package.files[path] for path in sorted(package.files)}


def json_bytes(value: object) -> bytes:
    """Readable JSON with exact decimals."""
    text: str = simplejson.dumps(value, ensure_ascii=False, use_decimal=True, indent=1)
    return text.encode() + b"\n"


def _descriptor(document: Document, resources: list[Descriptor]) -> Descriptor:
    lines = [line for cube in document.cubes for line in cube.sources]
    known = holders(lines)
    identity = f"rendiconto:{document.territory.slug}/{document.edition}/{document.data_sha256}"
    return {
        "$schema": _SCHEMA,
        "name": f"rendiconto-sociale-{document.territory.slug}",
        "id": str(uuid5(NAMESPACE_URL, identity)),
        "title": f"{document.title} – {document.subtitle}",
        "description": "\n\n".join(
            (
                f"I dati delle tavole di {document.title}, {document.subtitle}, come osservazioni e come tavole.",
                *(paragraph for section in document.licence for paragraph in section.paragraphs),
            )
        ),
        "version": document.data_version,
        "created": f"{document.issued}T00:00:00Z",
        "edition": document.edition,
        "language": document.language,
        "dataSha256": document.data_sha256,
        "asPublished": document.as_published,
        "keywords": ["statistica", "previdenza", "lavoro", "welfare", document.territory.name],
        "licenses": [holder.as_licence() for holder in known],
        "sources": source_items(list(dict.fromkeys(lines))),
        "contributors": [holder.as_contributor() for holder in known],
        "resources": resources,
    }


def _text_field(name: str, title: str, *, required: bool = True) -> Descriptor:
    constraints = {"constraints": {"required": True}} if required else {}
    return {"name": name, "title": title, "type": "string", **constraints}


def _add_cubes(package: _Package, document: Document) -> None:
    for cube in document.cubes:
        resource = package.add_csv(
            cube.name, f"cubes/{cube.name}.csv", cube_csv(cube), cube_schema(cube), **_cube_properties(cube)
        )
        parquet = package.add(f"cubes/{cube.name}.parquet", cube_parquet(cube))
        resource["alternates"] = [{**parquet, "format": "parquet", "mediatype": _PARQUET}]
    fields = [
        _text_field("cube", "Cubo"),
        _text_field("title", "Titolo"),
        _text_field("unit", "Unità"),
        {"name": "decimals", "title": "Decimali stampati", "type": "integer"},
        _text_field("perimeter", "Insieme osservato", required=False),
        _text_field("reference", "Periodo di riferimento", required=False),
        _text_field("formula", "Formula dei cubi derivati", required=False),
        _text_field("sources", "Fonti", required=False),
        _text_field("tables", "Tavole", required=False),
    ]
    rows = [
        [
            cube.name,
            *map(safe_label, (cube.title, cube.unit)),
            str(cube.decimals),
            *map(safe_label, (cube.perimeter, cube.reference, cube.formula or "", " | ".join(cube.sources))),
            " ".join(cube.tables),
        ]
        for cube in document.cubes
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


def _add_codelists(package: _Package, document: Document) -> None:
    fields = [
        _text_field("cube", "Cubo"),
        _text_field("dimension", "Dimensione"),
        _text_field("dimension_title", "Titolo della dimensione"),
        _text_field("code", "Codice"),
        _text_field("label", "Etichetta"),
        {"name": "position", "title": "Ordine", "type": "integer"},
        _text_field("unit", "Unità, se propria del codice", required=False),
        {"name": "decimals", "title": "Decimali, se propri del codice", "type": "integer"},
    ]
    schema = {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": ["cube", "dimension", "code"],
        "foreignKeys": [{"fields": ["cube"], "reference": {"resource": "cubes", "fields": ["cube"]}}],
    }
    text = csv_text([f["name"] for f in fields], _codelist_rows(document))
    package.add_csv("codelists", "codelists.csv", text, schema, title="Codici ed etichette")


def _codelist_rows(document: Document) -> Iterator[list[str]]:
    for cube in document.cubes:
        own = {code: (unit, str(decimals)) for code, unit, decimals in cube.units}
        for dimension in cube.dimensions:
            for position, code in enumerate(dimension.codes, start=1):
                labels = (safe_label(dimension.title), code.code, safe_label(code.label))
                yield [cube.name, dimension.name, *labels, str(position), *own.get(code.code, ("", ""))]


def _add_errata(package: _Package, document: Document) -> None:
    fields = [
        _text_field("id", "Codice"),
        _text_field("table", "Tavola"),
        _text_field("where", "Dove"),
        _text_field("published", "Cifra pubblicata"),
        _text_field("proposed", "Cifra proposta", required=False),
        {"name": "decidable", "title": "Rettifica applicabile", "type": "boolean"},
        _text_field("reason", "Motivo"),
        _text_field("cells", "Celle"),
    ]
    rows = [
        [
            e.id,
            *map(safe_label, (e.table, e.where)),
            e.published,
            e.proposed,
            str(e.decidable).lower(),
            safe_label(e.reason),
            " ".join(e.refs),
        ]
        for e in document.errata
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["id"]}
    text = csv_text([f["name"] for f in fields], rows)
    package.add_csv("errata", "errata.csv", text, schema, title="Cifre rettificate o da verificare")


def _add_claims(package: _Package, document: Document) -> None:
    """Every figure that a sentence of the report rests on."""
    names = ("sentence", "text", "claim", "start", "end", "operation", "cell", "shown", "label")
    titles = ("Frase", "Testo della frase", "Affermazione", "Inizio", "Fine", "Operazione", "Cella", "Cifra", "Che cosa è")
    numbers = {"sentence", "start", "end"}
    fields = [
        {"name": name, "title": title, "type": "integer"} if name in numbers else _text_field(name, title)
        for name, title in zip(names, titles, strict=True)
    ]
    rows = [
        [
            str(number),
            *map(safe_label, (sentence.text, claim.text)),
            *(str(claim.start), str(claim.end), claim.operation, item.cell, item.shown, safe_label(item.label)),
        ]
        for number, sentence in enumerate(document.sentences, start=1)
        for claim in sentence.claims
        for item in claim.evidence
    ]
    text = csv_text(list(names), rows)
    schema = {"fields": fields, "missingValues": [""]}
    package.add_csv("claims", "claims.csv", text, schema, title="Le cifre su cui poggia ogni frase del testo")


def _add_table(package: _Package, document: Document, table: Table) -> None:
    name = table.label.lower().replace(" ", "-")
    content = json_bytes(tables_json(document, [table], keys=True))
    package.resources.append(
        {
            "name": name,
            **package.add(f"tables/{table.slug}.json", content),
            "format": "json",
            "mediatype": "application/json",
            "encoding": "utf-8",
            "title": f"{table.label} – {table.title}",
            "description": "\n\n".join(_note_text(note) for note in table.legend),
        }
    )
    for grid in table.grids:
        package.add_csv(
            f"{name}-{grid.part}",
            f"tables/{table.slug}-{grid.part}.csv",
            grid_csv(grid),
            _grid_schema(grid),
            title=f"{table.label} – {table.title}: {grid.title}",
            description="\n\n".join(_about(grid)),
            sources=source_items(grid.sources),
            licenses=[holder.as_licence() for holder in holders(grid.sources)],
        )


def _about(grid: Grid) -> Iterator[str]:
    """What a reader of the printed part finds around it."""
    for perimeter in grid.perimeters:
        yield f"{perimeter.title} (unità: {perimeter.unit}). {perimeter.text}".strip()
    yield from map(_note_text, grid.notes)
    for cell in (cell for line in grid.cells for cell in line):
        for mark in cell.marks:
            yield f"{grid.rows[cell.ref.row].label}, {grid.columns[cell.ref.column].label}. {mark.text}"


def _note_text(note: Note) -> str:
    return note.text if note.term is None else f"{note.term}: {note.text}"


def _grid_schema(grid: Grid) -> Descriptor:
    columns = [{"name": safe_label(leaf.label), "type": "number"} for leaf in grid.columns]
    for column, cell in zip(columns, grid.cells[0] if grid.cells else (), strict=False):
        column["unit"] = cell.unit
    return {
        "fields": [{"name": stub_title(grid), "type": "string"}, *columns],
        "missingValues": ["", "-", "*", "n.d."],
    }

"""The data package: every cube, codelist and table of a report, described by ``datapackage.json``."""

from collections.abc import Iterator

from rendiconto.document import Document, Grid, Note, Table
from rendiconto.document.gridjson import tables_json
from rendiconto.render import Files
from rendiconto.render.data.cubepackage import (
    Descriptor,
    Package,
    add_codelists,
    add_cubes,
    describe,
    json_bytes,
    text_field,
)
from rendiconto.render.data.provenance import holders, source_items
from rendiconto.render.data.readme import readme_text
from rendiconto.render.data.tablecsv import csv_text, grid_csv, safe_label, stub_title

FOLDER = "data/"


def render_data(document: Document) -> Files:
    """The folder ``data/``: ``datapackage.json``, README, cubes, codelists, tables, errata."""
    package = Package()
    add_cubes(package, document.cubes)
    add_codelists(package, document.cubes)
    _add_errata(package, document)
    _add_claims(package, document)
    for table in document.tables:
        _add_table(package, document, table)
    package.files["README.md"] = readme_text(document).encode()
    package.files["datapackage.json"] = json_bytes(_descriptor(document, package))
    return {FOLDER + path: package.files[path] for path in sorted(package.files)}


def _descriptor(document: Document, package: Package) -> Descriptor:
    about = f"I dati delle tavole di {document.title}, {document.subtitle}, come osservazioni e come tavole."
    return describe(document, document.territory.slug, document.territory.name, about, package.resources)


def _add_errata(package: Package, document: Document) -> None:
    fields = [
        text_field("id", "Codice"),
        text_field("table", "Tavola"),
        text_field("where", "Dove"),
        text_field("published", "Cifra pubblicata"),
        text_field("proposed", "Cifra proposta", required=False),
        {"name": "decidable", "title": "Rettifica applicabile", "type": "boolean"},
        text_field("reason", "Motivo"),
        text_field("cells", "Celle"),
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


def _add_claims(package: Package, document: Document) -> None:
    """Every figure that a sentence of the report rests on."""
    names = ("sentence", "text", "claim", "start", "end", "operation", "cell", "shown", "label")
    titles = ("Frase", "Testo della frase", "Affermazione", "Inizio", "Fine", "Operazione", "Cella", "Cifra", "Che cosa è")
    numbers = {"sentence", "start", "end"}
    fields = [
        {"name": name, "title": title, "type": "integer"} if name in numbers else text_field(name, title)
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


def _add_table(package: Package, document: Document, table: Table) -> None:
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

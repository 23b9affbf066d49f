"""Reads the data package back: grids from ``tables/*.json``, which must agree with the CSV of each part."""

import csv
import io
import json
from decimal import Decimal

from readback import Files, GridId, ReadGrid, squeeze

MISSING = "n.d."


def read_grids(files: Files) -> dict[GridId, ReadGrid]:
    """Every part of every table; JSON and CSV say the same."""
    found: dict[GridId, ReadGrid] = {}
    for path in sorted(files):
        if not (path.startswith("data/tables/") and path.endswith(".json")):
            continue
        for table in json.loads(files[path], parse_float=Decimal, parse_int=Decimal)["tables"]:
            for part in table["parts"]:
                where = (table["table"], int(part["part"]))
                assert where not in found, f"{where} is there twice"
                found[where] = ReadGrid(
                    columns=tuple(part["columns"]),
                    rows=tuple(row["label"] for row in part["rows"]),
                    cells=tuple(tuple(MISSING if cell is None else cell for cell in row["cells"]) for row in part["rows"]),
                )
                _check_csv(files[f"{path.removesuffix('.json')}-{where[1]}.csv"], found[where])
    return found


def _check_csv(content: bytes, grid: ReadGrid) -> None:
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8")))
    assert tuple(map(_label, header[1:])) == grid.columns
    assert tuple(_label(row[0]) for row in rows) == grid.rows
    assert [row[1:] for row in rows] == [[str(cell) for cell in line] for line in grid.cells]


def _label(text: str) -> str:
    """A label that a spreadsheet would take for a formula has an apostrophe before it."""
    return text[1:] if text.startswith("'") and text[1:2] in set("=+-@\t\r") else text


def read_text(files: Files) -> str:
    """README, every text of the descriptor, and the CSV files that hold texts."""
    descriptor = json.loads(files["data/datapackage.json"])
    texts = [files["data/README.md"].decode()]
    texts += [resource[key] for resource in descriptor["resources"] for key in ("title", "description") if key in resource]
    texts += [source["title"] for resource in descriptor["resources"] for source in resource.get("sources", ())]
    for name in ("cubes", "codelists", "errata"):
        for row in csv.reader(io.StringIO(files[f"data/{name}.csv"].decode())):
            texts += map(_label, row)
    return squeeze(" ".join(texts))

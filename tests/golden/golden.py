"""What the golden files hold: the grid JSON of every table of the packaged report, and the plans of the hard shapes.

``python tests/golden/golden.py`` (or ``make golden``) writes them again after a change that is meant.
"""

from functools import cache
from pathlib import Path

import simplejson

from rendiconto.catalogue import load_catalogue, plan_table
from rendiconto.document import Document
from rendiconto.document.grid import leaves
from rendiconto.document.gridjson import table_json
from rendiconto.pipeline import compose_report
from rendiconto.territory import Gazetteer

HERE = Path(__file__).parent
HARD = ("1", "3", "7", "12", "20", "31", "32", "41", "57")
"""Tables whose shapes the language was settled on."""


@cache
def packaged_report() -> Document:
    """The report of Massa-Carrara 2024."""
    return compose_report("massa-carrara")


def grid_text(number: str) -> str:
    """The grid JSON of a table, a row a line."""
    document = packaged_report()
    table = next(table for table in document.tables if table.number == number)
    shape = table_json(document, table)
    lines = [f'{{"table": "{number}", "territory": "{shape["territory"]}", "edition": {shape["edition"]}, "parts": [']
    for index, part in enumerate(shape["parts"]):
        head = {key: part[key] for key in ("part", "title", "columns")}
        rows = ",\n  ".join(_json(row) for row in part["rows"])
        comma = "," if index + 1 < len(shape["parts"]) else ""
        lines.append(
            f'{_json(head)[:-1]}, "rows": [\n  {rows}]}}{comma}' if rows else f'{_json(head)[:-1]}, "rows": []}}{comma}'
        )
    return "\n".join([*lines, "]}"]) + "\n"


def plan_text(number: str) -> str:
    """The plan of a hard table: columns, then for each row its label and what stands in each cell."""
    catalogue = load_catalogue(2024)
    territory = Gazetteer.load().find("massa-carrara", 2024)
    lines = []
    for plan in plan_table(catalogue, catalogue.table(number), territory):
        lines.append(f"part {plan.part.index}: {plan.part.title}")
        lines.append("columns: " + " | ".join(leaf.label for leaf in leaves(plan.heading)))
        for leaf, cells in zip(leaves(plan.stub), plan.cells, strict=True):
            shown = " | ".join(f"{cell.cube.name}({' '.join(cell.codes)})" for cell in cells)
            lines.append(f"{'> ' * leaf.level}{leaf.label} | {shown}")
    return "\n".join(lines) + "\n"


def _json(value: object) -> str:
    return simplejson.dumps(value, ensure_ascii=False, use_decimal=True)


def golden_files() -> dict[Path, str]:
    """Every golden file and what it should hold."""
    files = {HERE / "grids" / f"{table.number}.json": grid_text(table.number) for table in packaged_report().tables}
    files.update({HERE / "plans" / f"{number}.txt": plan_text(number) for number in HARD})
    return files


if __name__ == "__main__":
    for path, text in golden_files().items():
        path.write_text(text, encoding="utf-8")

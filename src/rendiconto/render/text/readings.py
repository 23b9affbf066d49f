"""A report that was read back, as JSON: the grid JSON with how each cell was placed, and what was in doubt."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import simplejson

from rendiconto.document import Document
from rendiconto.document.gridjson import tables_json
from rendiconto.document.review import Review
from rendiconto.findings import Finding

Placements = Mapping[str, tuple[str, Decimal, int, int]]
"""By cell address: what placed the figure, how surely (0 to 1), page and line."""


def reading_as_json(document: Document, findings: Sequence[Finding], placed: Placements, review: Review | None = None) -> bytes:
    """``{"territory", "edition", "tables", "findings"}``; a row's ``placed`` is in the order of its cells, null for none.

    ``"review"`` stands beside them where the file was a report of ours that came back.
    """
    tables: list[dict[str, Any]] = tables_json(document, document.tables)["tables"]
    for table, shown in zip(document.tables, tables, strict=True):
        for grid, part in zip(table.grids, shown["parts"], strict=True):
            for cells, row in zip(grid.cells, part["rows"], strict=True):
                row["placed"] = [_placement(placed.get(str(cell.ref))) for cell in cells]
    content = {
        "territory": document.territory.slug,
        "edition": document.edition,
        "tables": tables,
        "findings": [finding.as_json() for finding in findings],
    }
    if review is not None:
        content["review"] = review.as_json()
    return (simplejson.dumps(content, ensure_ascii=False, use_decimal=True, indent=1) + "\n").encode()


def _placement(placed: tuple[str, Decimal, int, int] | None) -> dict[str, Any] | None:
    if placed is None:
        return None
    how, confidence, page, line = placed
    return {"by": how, "confidence": confidence, "page": page, "line": line}

"""Row headers in the tag tree.

Typst tags the cells of a table's header as column headers, gives them ids, and has each cell below name its column's headers.
Here the stub's cells become header cells too, with scope and id, and each figure names the rows that it stands in.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StubShape:
    """How a table's stub lies: its ``columns``, and for each body row how many header cells begin in it."""

    columns: int
    counts: tuple[int, ...]


def tag_row_headers(pdf: bytes, stubs: Sequence[StubShape]) -> bytes:
    """The PDF with the stub's cells of each body row as row headers.

    Tables are taken in the order of the tag tree, which is that of the text. A table whose rows are not as many as
    expected is an error of ours and raises ``ValueError``: tagging the wrong cells would mislead whoever listens.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        tree = document.Root.StructTreeRoot
        tables = list(_elements(tree.K, "/Table"))
        if len(tables) != len(stubs):
            raise ValueError(f"{len(tables)} tables in the tag tree, {len(stubs)} expected")
        added: dict[str, Any] = {}
        removed: set[bytes] = set()
        for number, (table, stub) in enumerate(zip(tables, stubs, strict=True)):
            rows = [row for body in _elements(table.K, "/TBody") for row in _elements(body.K, "/TR")]
            if len(rows) != len(stub.counts):
                raise ValueError(f"{len(rows)} rows in table {number} of the tag tree, {len(stub.counts)} expected")
            removed |= _untag_corner(table, stub.columns)
            added.update(_tag_table(rows, stub.counts, number))
        for table in tables:
            _forget_headers(table, removed)
        _set_ids(tree, added, removed)
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=False,
        )
    return out.getvalue()


def _elements(kids: Any, kind: str) -> Iterator[Any]:
    """The structure elements of a kind below ``kids``, in order, not looking inside those found."""
    import pikepdf

    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) == kind:
                yield kid
            elif "/K" in kid:
                yield from _elements(kid.K, kind)


def _untag_corner(table: Any, columns: int) -> set[bytes]:
    """Make plain cells of the header cells that head no figures, blank ones and those over the stub; their ids."""
    import pikepdf

    removed: set[bytes] = set()
    rows = [row for head in _elements(table.K, "/THead") for row in _elements(head.K, "/TR")]
    for position, row in enumerate(rows):
        for index, cell in enumerate(list(row.K)):
            over_stub = position == 0 and index < columns
            if over_stub or "/K" not in cell or not len(cell.K if isinstance(cell.K, pikepdf.Array) else [cell.K]):
                cell.S = pikepdf.Name.TD
                if "/ID" in cell:
                    removed.add(bytes(cell.ID))
                    del cell["/ID"]
                attributes = _table_attributes(cell)
                for key in ("/Scope", "/Headers"):
                    if key in attributes:
                        del attributes[key]
    return removed


def _tag_table(rows: Sequence[Any], counts: Sequence[int], number: int) -> dict[str, Any]:
    """Tag one table's rows; the ids given, with their elements."""
    added: dict[str, Any] = {}
    spanning: list[tuple[str, int]] = []  # ids of group headers, and the row after their last
    for position, (row, count) in enumerate(zip(rows, counts, strict=True)):
        spanning = [(name, end) for name, end in spanning if end > position]
        above = [name for name, _ in spanning]
        own: list[str] = []
        for index, cell in enumerate(list(row.K)):
            if index < count:
                name = f"R{number}y{position}x{index}"
                span = _tag_header(cell, name, [*above, *own])
                added[name] = cell
                own.append(name)
                if span > 1:
                    spanning.append((name, position + span))
            else:
                _name_headers(cell, [*above, *own])
    return added


def _tag_header(cell: Any, name: str, containing: Sequence[str]) -> int:
    """Make a data cell a row header; how many rows it spans."""
    import pikepdf

    cell.S = pikepdf.Name.TH
    cell.ID = pikepdf.String(name)
    attributes = _table_attributes(cell)
    attributes.Scope = pikepdf.Name.Row
    attributes.Headers = pikepdf.Array([pikepdf.String(header) for header in containing])
    return int(attributes.get("/RowSpan", 1))


def _name_headers(cell: Any, names: Sequence[str]) -> None:
    """Add row headers to those that a data cell already names."""
    import pikepdf

    attributes = _table_attributes(cell)
    present = list(attributes.get("/Headers", []))
    attributes.Headers = pikepdf.Array([*present, *(pikepdf.String(name) for name in names)])


def _table_attributes(cell: Any) -> Any:
    """The attribute dictionary of a cell whose owner is /Table, made when it is not there."""
    import pikepdf

    owned = cell.get("/A")
    dictionaries = [] if owned is None else list(owned) if isinstance(owned, pikepdf.Array) else [owned]
    for attributes in dictionaries:
        if attributes.get("/O") == pikepdf.Name.Table:
            return attributes
    attributes = pikepdf.Dictionary(O=pikepdf.Name.Table)
    cell.A = pikepdf.Array([*dictionaries, attributes])
    return cell.A[-1]


def _forget_headers(table: Any, removed: set[bytes]) -> None:
    """Take the ids that are no more out of what cells name as their headers."""
    import pikepdf

    for row in _elements(table.K, "/TR"):
        for cell in row.K:
            attributes = _table_attributes(cell)
            if "/Headers" in attributes:
                kept = [name for name in attributes.Headers if bytes(name) not in removed]
                attributes.Headers = pikepdf.Array(kept)


def _set_ids(tree: Any, added: dict[str, Any], removed: set[bytes]) -> None:
    """Enter the new ids into the id tree, which is kept in order, and drop those that are no more."""
    import pikepdf

    names: dict[bytes, Any] = {}
    for node in _leaves(tree.IDTree):
        entries = list(node.Names)
        names.update({bytes(name): element for name, element in zip(entries[::2], entries[1::2], strict=True)})
    names.update({name.encode("ascii"): element for name, element in added.items()})
    names = {name: element for name, element in names.items() if name not in removed}
    flat = [item for name in sorted(names) for item in (pikepdf.String(name), names[name])]
    tree.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(flat))


def _leaves(node: Any) -> Iterator[Any]:
    if "/Names" in node:
        yield node
    for kid in node.get("/Kids", []):
        yield from _leaves(kid)

"""The tag tree after the row headers are in it: what each cell says that it is, and which headers it names."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from rendiconto.document import Document, Grid
from rendiconto.render.pdf.manuscript import stub_shapes
from rendiconto.render.pdf.report import typeset_report
from rendiconto.render.pdf.tagging import StubShape, tag_row_headers
from sample import sample_document

SAMPLE: Document = sample_document()
AVAILABLE: list[Grid] = [grid for grid in SAMPLE.grids if grid.available]


@pytest.fixture(scope="module")
def typeset() -> bytes:
    return typeset_report(SAMPLE)


@pytest.fixture(scope="module")
def tagged(typeset: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(tag_row_headers(typeset, stub_shapes(SAMPLE))))


def walk(element: Any) -> Iterator[Any]:
    """Every structure element, parents first."""
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from walk(kid)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        if "/K" in element:
            yield from walk(element.K)


def of_kind(element: Any, kind: str) -> list[Any]:
    return [found for found in walk(element) if str(found.S) == kind]


def tables(pdf: pikepdf.Pdf) -> list[Any]:
    return of_kind(pdf.Root.StructTreeRoot.K, "/Table")


def attributes(cell: Any) -> Any:
    return next(found for found in cell.A if found.get("/O") == "/Table")


def headers_named(cell: Any) -> list[bytes]:
    return [bytes(name) for name in attributes(cell).get("/Headers", [])]


def body_rows(table: Any) -> list[Any]:
    return [row for body in of_kind(table, "/TBody") for row in of_kind(body, "/TR")]


def table_of(pdf: pikepdf.Pdf, number: str, part: int = 0) -> Any:
    position = next(i for i, grid in enumerate(AVAILABLE) if (grid.table, grid.part) == (number, part))
    return tables(pdf)[position]


def id_tree(pdf: pikepdf.Pdf) -> list[tuple[bytes, Any]]:
    names = list(pdf.Root.StructTreeRoot.IDTree.Names)
    return [(bytes(name), element) for name, element in zip(names[::2], names[1::2], strict=True)]


def test_each_row_begins_with_its_headers(tagged: pikepdf.Pdf) -> None:
    for table, shape in zip(tables(tagged), stub_shapes(SAMPLE), strict=True):
        for row, count in zip(body_rows(table), shape.counts, strict=True):
            kinds = [str(cell.S) for cell in row.K]
            assert kinds == ["/TH"] * count + ["/TD"] * (len(kinds) - count)
            assert all(attributes(cell).Scope == "/Row" for cell in list(row.K)[:count])


def test_each_figure_names_one_header_for_each_level_on_both_axes(tagged: pikepdf.Pdf) -> None:
    rows = next(grid.rows for grid in AVAILABLE if grid.table == "31")
    for row, leaf in zip(body_rows(table_of(tagged, "31")), rows, strict=True):
        for cell in of_kind(row, "/TD"):
            names = headers_named(cell)
            assert sum(name.startswith(b"R") for name in names) == len(leaf.path)
            assert sum(not name.startswith(b"R") for name in names) == 2


def test_a_group_spans_its_rows_and_heads_the_rows_within(tagged: pikepdf.Pdf) -> None:
    rows = body_rows(table_of(tagged, "31"))
    group, first = list(rows[0].K)[:2]
    assert int(attributes(group).RowSpan) == 4
    assert headers_named(first) == [bytes(group.ID)]
    for row in rows[1:4]:
        assert headers_named(row.K[0]) == [bytes(group.ID)]
        assert bytes(group.ID) in headers_named(row.K[-1])
    assert bytes(group.ID) not in headers_named(rows[4].K[-1])


def test_a_row_header_over_two_columns_keeps_its_span(tagged: pikepdf.Pdf) -> None:
    last = body_rows(table_of(tagged, "31"))[-1]
    assert int(attributes(last.K[0]).ColSpan) == 2


def test_every_name_of_a_header_leads_to_a_header_of_the_same_table(tagged: pikepdf.Pdf) -> None:
    for table in tables(tagged):
        own = {bytes(cell.ID) for cell in of_kind(table, "/TH")}
        for cell in walk(table):
            if str(cell.S) in ("/TH", "/TD"):
                assert set(headers_named(cell)) <= own


def test_ids_are_unique_and_the_id_tree_knows_each_in_order(tagged: pikepdf.Pdf) -> None:
    with_id = [element for element in walk(tagged.Root.StructTreeRoot.K) if "/ID" in element]
    names = [bytes(element.ID) for element in with_id]
    listed = id_tree(tagged)
    assert len(set(names)) == len(names)
    assert [name for name, _ in listed] == sorted(names)
    assert all(bytes(element.ID) == name for name, element in listed)


def test_no_header_cell_is_empty(tagged: pikepdf.Pdf) -> None:
    for table in tables(tagged):
        assert all("/K" in cell for cell in of_kind(table, "/TH"))


def test_the_corner_over_the_stub_heads_nothing(tagged: pikepdf.Pdf) -> None:
    for table, shape in zip(tables(tagged), stub_shapes(SAMPLE), strict=True):
        (head,) = of_kind(table, "/THead")
        corner = list(of_kind(head, "/TR")[0].K)[: shape.columns]
        assert [str(cell.S) for cell in corner] == ["/TD"] * shape.columns
        assert not any("/ID" in cell or "/Scope" in attributes(cell) for cell in corner)


def test_tables_that_are_not_those_expected_are_refused(typeset: bytes) -> None:
    shapes = stub_shapes(SAMPLE)
    with pytest.raises(ValueError, match=f"{len(shapes)} tables in the tag tree, {len(shapes) - 1} expected"):
        tag_row_headers(typeset, shapes[:-1])
    shorter = StubShape(shapes[0].columns, shapes[0].counts[:-1])
    with pytest.raises(ValueError, match=r"rows in table 0 of the tag tree"):
        tag_row_headers(typeset, [shorter, *shapes[1:]])


def test_the_words_are_left_as_they_were(typeset: bytes, tagged: pikepdf.Pdf) -> None:
    with pikepdf.open(io.BytesIO(typeset)) as before:
        kinds = [[str(e.S) for e in walk(pdf.Root.StructTreeRoot.K)] for pdf in (before, tagged)]
        assert len(kinds[0]) == len(kinds[1])
        painted = [[page.Contents.read_bytes() for page in pdf.pages] for pdf in (before, tagged)]
        assert painted[0] == painted[1]

"""Addresses, findings, header layout and grid JSON."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.address import CellRef
from rendiconto.document.grid import Header, leaves
from rendiconto.document.gridjson import cell_json, grid_json
from rendiconto.document.layout import headers_over, place_headers
from rendiconto.errors import RendicontoError
from rendiconto.findings import Finding, Severity
from sample import sample_document


@given(st.sampled_from(["1", "17", "G1", "65"]), st.integers(0, 9), st.integers(0, 99), st.integers(0, 99))
def test_print_and_parse_of_an_address_are_inverses(table: str, part: int, row: int, column: int) -> None:
    ref = CellRef(table, part, "massa-carrara", 2024, row, column)
    assert CellRef.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["", "T17", "T17.1/Massa/2024/r0/c0", "X1.0/a/2024/r0/c0", "T1.0/a/24/r0/c0"])
def test_a_malformed_address_shows_a_right_one(text: str) -> None:
    with pytest.raises(RendicontoError, match="not a cell address") as caught:
        CellRef.parse(text)
    assert "T17.1/massa-carrara/2024/r0/c2" in str(caught.value.todo)


def finding(*cells: str, observed: str = "1") -> Finding:
    return Finding("sum", Severity.ERROR, cells, "message", "messaggio", observed=Decimal(observed))


def test_a_findings_id_is_of_rule_and_cells_and_not_of_values() -> None:
    assert finding("a", "b").id == finding("b", "a", observed="2").id
    assert finding("a", "b").id != finding("a", "c").id


HEADERS = st.recursive(
    st.builds(Header, st.text("ab", min_size=1, max_size=3)),
    lambda inner: st.builds(Header, st.text("ab", min_size=1, max_size=3), st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=12,
)


@given(st.lists(HEADERS, min_size=1, max_size=4).map(tuple))
def test_each_column_has_one_header_at_every_level(headers: tuple[Header, ...]) -> None:
    levels = place_headers(headers, "h")
    width = sum(header.span for header in headers)
    covered = [
        (level, column)
        for cells in levels
        for cell in cells
        for level in range(cell.level, cell.level + cell.thickness)
        for column in range(cell.start, cell.start + cell.length)
    ]
    assert sorted(covered) == [(level, column) for level in range(len(levels)) for column in range(width)]
    for column, leaf in enumerate(leaves(headers)):
        assert [cell.header for cell in headers_over(levels, column)] == list(leaf.path)
    ids = [cell.id for cells in levels for cell in cells]
    assert len(ids) == len(set(ids))


def test_grid_json_keeps_numbers_symbols_and_levels() -> None:
    document = sample_document()
    for grid in document.grids:
        shape = grid_json(grid, keys=True)
        assert [row["label"] for row in shape["rows"]] == [leaf.label for leaf in grid.rows]
        assert [row.get("level", 0) for row in shape["rows"]] == [leaf.level for leaf in grid.rows]
        for row, line in zip(shape["rows"], grid.cells, strict=True):
            assert row["cells"] == [cell_json(cell) for cell in line]
            assert [key["cube"] for key in row["keys"]] == [cell.cube for cell in line]
    found = {type(cell_json(cell)) for grid in document.grids for line in grid.cells for cell in line}
    assert found == {Decimal, str, type(None)}

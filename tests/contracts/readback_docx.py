"""Reads the Word file back from its own XML: each figure under the header rows of its column, beside the labels of its row."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree
from readback import Files, GridId, ReadGrid, squeeze

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
ABSENT = "Dati non disponibili in questa edizione."
CAPTION = re.compile(r"(Tavola|Grafico) (\d+)(?:, parte (\d+) di (\d+))? – ")
FIGURES = ("Cifra", "CifraTotale")


def body_of(files: Files) -> Any:
    (content,) = files.values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return etree.fromstring(archive.read("word/document.xml"))[0]


def read_grids(files: Files) -> dict[GridId, ReadGrid]:
    """Every table under its caption; a caption over the line that says so has no data."""
    found: dict[GridId, ReadGrid] = {}
    where: GridId | None = None
    for element in body_of(files):
        if element.tag == f"{W}tbl":
            assert where is not None, "a table without a caption"
            assert where not in found, f"{where} is there twice"
            found[where], where = read_table(element), None
        elif element.tag == f"{W}p":
            caption = CAPTION.match(text_of(element)) if style_of(element) == "Caption" else None
            if caption:
                where = (caption[2] if caption[1] == "Tavola" else f"G{caption[2]}", int(caption[3] or 1) - 1)
            elif text_of(element) == ABSENT:
                assert where is not None
                assert where not in found
                found[where], where = ReadGrid((), (), ()), None
    return found


def read_table(table: Any) -> ReadGrid:
    """Header rows are those that Word repeats on each page; a cell that goes on from above says nothing of its own."""
    heads: list[list[tuple[Any, bool]]] = []
    rows: list[str] = []
    cells: list[tuple[str, ...]] = []
    above: dict[int, str] = {}
    for row in table.iter(f"{W}tr"):
        marked = row.find(f"{W}trPr/{W}tblHeader") is not None
        assert not (marked and rows), "a header row below the body"
        laid = list(spread(row))
        if marked:
            heads.append(laid)
            continue
        labels, figures = [], []
        for column, (cell, start) in enumerate(laid):
            if style_of(cell.find(f"{W}p")) in FIGURES:
                figures.append(text_of(cell))
            elif start:
                above[column] = above[column] if goes_on(cell) else text_of(cell)
                labels.append(above[column])
        rows.append(" / ".join(labels))
        cells.append(tuple(figures))
    stub = len(heads[0]) - len(cells[0])
    columns = tuple(join_heads([head[column] for head in heads]) for column in range(stub, len(heads[0])))
    return ReadGrid(columns, tuple(rows), tuple(cells))


def join_heads(cells: list[tuple[Any, bool]]) -> str:
    return " / ".join(text_of(cell) for cell, _ in cells if not goes_on(cell))


def spread(row: Any) -> Iterator[tuple[Any, bool]]:
    """Each column's cell, and whether the cell begins there."""
    for cell in row.findall(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        for position in range(int(span.get(f"{W}val")) if span is not None else 1):
            yield cell, not position


def goes_on(cell: Any) -> bool:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val") != "restart"


def style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val") if style is not None else ""


def text_of(element: Any) -> str:
    """What is printed, without raised letters."""
    raised = element.iterfind(f".//{W}vertAlign[@{W}val='superscript']")
    marks = {run for mark in raised for run in mark.iterancestors(f"{W}r")}
    return squeeze("".join(item.text or "" for item in element.iter(f"{W}t") if item.getparent() not in marks))


def read_text(files: Files) -> str:
    """Every paragraph, and the alternative of every picture."""
    items = body_of(files).iter(f"{W}p", DRAWN)
    return squeeze(" ".join(item.get("descr") if item.tag == DRAWN else text_of(item) for item in items))

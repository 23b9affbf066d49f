"""Reads the PDF back as assistive technology does: through the tag tree, each cell with the headers that it names."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
import pikepdf
from readback import Files, GridId, ReadGrid, Shown, squeeze

ABSENT = "Dati non disponibili in questa edizione."
TITLE = re.compile(r"(Tavola|Grafico) (\d+) – ")
MARKED = re.compile(r"^(.*[\d*.]|-)[a-z]+$")
YEAR = re.compile(r", \d{4}$")
BLOCKS = {"/P", "/H1", "/H2", "/H3", "/TR", "/TH", "/TD", "/LI", "/Caption", "/Figure", "/TOCI", "/Div", "/Sect"}


@dataclass
class Reader:
    """One PDF: the text of every marked piece of content by page and number."""

    pdf: pikepdf.Pdf
    pieces: dict[tuple[int, int], str] = field(default_factory=dict)
    pages: dict[tuple[int, int], int] = field(default_factory=dict)

    def text(self, element: Any, page: int | None = None) -> str:
        """The text below an element, in the order of the tree; an alternative text stands for a figure."""
        if isinstance(element, pikepdf.Array):
            return "".join(self.text(kid, page) for kid in element)
        if isinstance(element, int):
            return self.pieces.get((page if page is not None else -1, element), "")
        if not isinstance(element, pikepdf.Dictionary):
            return ""
        if "/Pg" in element:
            page = self.pages[element.Pg.objgen]
        if "/MCID" in element:
            return self.pieces.get((page if page is not None else -1, int(element.MCID)), "")
        if "/Alt" in element:
            return f" {element.Alt} "
        inner = self.text(element.K, page) if "/K" in element else ""
        return f" {inner} " if str(element.get("/S")) in BLOCKS else inner


def open_pdf(files: Files) -> Reader:
    (content,) = files.values()
    reader = Reader(pikepdf.open(io.BytesIO(content)))
    reader.pages = {page.obj.objgen: index for index, page in enumerate(reader.pdf.pages)}
    with pdfplumber.open(io.BytesIO(content)) as plumber:
        for index, page in enumerate(plumber.pages):
            for mcid, chars in by_mcid(page).items():
                reader.pieces[index, mcid] = "".join(chars)
    return reader


def by_mcid(page: Any) -> dict[int, list[str]]:
    """The characters of each marked piece as painted, with a blank where a line ends."""
    found: dict[int, list[str]] = {}
    last: dict[int, Any] = {}
    for char in page.chars:
        mcid = char.get("mcid")
        if mcid is None:
            continue
        text = found.setdefault(mcid, [])
        before = last.get(mcid)
        if before is not None and char["top"] > before["bottom"] - 1:
            text.append(" ")
        text.append(char["text"])
        last[mcid] = char
    return found


def walk(element: Any) -> Iterator[Any]:
    """Every structure element, parents first."""
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from walk(kid)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        if "/K" in element:
            yield from walk(element.K)


def read_grids(files: Files) -> dict[GridId, ReadGrid]:
    """Every table of the tag tree, under the heading that precedes it."""
    reader = open_pdf(files)
    found: dict[GridId, ReadGrid] = {}
    table, part = "", 0
    for element in walk(reader.pdf.Root.StructTreeRoot.K):
        kind = str(element.S)
        if kind == "/H2" and (title := TITLE.match(squeeze(reader.text(element)))):
            table, part = (title[2] if title[1] == "Tavola" else f"G{title[2]}"), 0
        elif kind == "/Table":
            assert (table, part) not in found, f"{(table, part)} is there twice"
            found[table, part] = read_table(reader, element)
            part += 1
        elif kind == "/P" and table and squeeze(reader.text(element)) == ABSENT:
            assert (table, part) not in found
            found[table, part] = ReadGrid((), (), ())
            part += 1
    return found


def read_table(reader: Reader, table: Any) -> ReadGrid:
    headers = {bytes(cell.ID): squeeze(reader.text(cell)) for cell in walk(table) if str(cell.S) == "/TH" and "/ID" in cell}
    columns: tuple[str, ...] = ()
    rows, cells = [], []
    bodies = (element for element in walk(table) if str(element.S) == "/TBody")
    for row in (element for body in bodies for element in walk(body) if str(element.S) == "/TR"):
        data = [cell for cell in row.K if str(cell.S) == "/TD"]
        named = [[bytes(name) for name in names_of(cell)] for cell in data]
        over = tuple(join(headers, [name for name in names if name.startswith(b"U")]) for names in named)
        assert columns in ((), over), "the rows of a table disagree on its columns"
        columns = over
        beside = {join(headers, [name for name in names if name.startswith(b"R")]) for names in named}
        assert len(beside) == 1, beside
        rows.append(beside.pop())
        cells.append(tuple(plain(squeeze(reader.text(cell))) for cell in data))
    return ReadGrid(columns, tuple(rows), tuple(cells))


def read_cards(reader: Reader, heading: str) -> list[Shown]:
    """The key figures under a heading: a paragraph that ends in a year names the figure of the next one."""
    here, label, found = False, "", []
    for element in walk(reader.pdf.Root.StructTreeRoot.K):
        kind = str(element.S)
        if kind in {"/H1", "/H2"}:
            here = squeeze(reader.text(element)) == heading
        elif kind == "/P" and here:
            text = squeeze(reader.text(element))
            if label:
                found.append(Shown(text.removesuffix("%"), label=label))
            label = text if YEAR.search(text) and not label else ""
    return found


def names_of(cell: Any) -> list[Any]:
    for attributes in cell.A:
        if attributes.get("/O") == "/Table":
            return list(attributes.get("/Headers", []))
    return []


def join(headers: dict[bytes, str], names: list[bytes]) -> str:
    """Labels joined as elsewhere; a heading joined in one row ("2024 · Femmine") is taken apart."""
    return " / ".join(headers[name] for name in names).replace(" · ", " / ")


def plain(text: str) -> str:
    """A figure without the letters of its notes."""
    marked = MARKED.match(text)
    return marked[1].strip() if marked and text != "n.d." else text


def read_text(files: Files) -> str:
    """All tagged text, alternatives of figures included."""
    reader = open_pdf(files)
    return squeeze(reader.text(reader.pdf.Root.StructTreeRoot.K))

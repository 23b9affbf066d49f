"""Word files: paragraphs and tables in the order of the document, tracked changes as accepted."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rendiconto.errors import DataError, Place
from rendiconto.read.figures import is_year, read_token
from rendiconto.read.rawtext import Line, LineKind, RawText, joined

MOST_BYTES: Final = 300_000_000
MOST_ENTRIES: Final = 10_000
MOST_SPAN: Final = 200
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CUSTOM: Final = "/custom-properties"
_MOST_PROPERTIES: Final = 200
_LONGEST_PROPERTY: Final = 2_000
_AGAIN: Final = "Save it again from Word or LibreOffice."


def read_docx(path: Path) -> RawText:
    """The text of a Word file; headers, footers, notes and deleted text are left aside."""
    try:
        document = open_word(path)
        headings = {style.style_id for style in document.styles if _is_heading(style.name)}
        lines = list(_blocks(document.element.body, headings))
        title = document.core_properties.title or ""
        properties = tuple(_properties(document))
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged file breaks the library wherever it is opened first
        raise damaged(path, error) from None
    return joined("docx", lines, title=title, properties=properties)


def open_word(path: Path) -> Any:
    """The file as python-docx has it; one that is larger inside than a report can be is refused."""
    _guard(path)
    from docx import api

    return api.Document(str(path))


def damaged(path: Path, error: Exception) -> DataError:
    """What is said of a file that breaks the library."""
    return DataError(f"the Word file is damaged: {error}", Place(path), _AGAIN)


def _properties(document: Any) -> Iterator[tuple[str, str]]:
    """The custom properties of the file, as text."""
    from docx.oxml import parse_xml

    for relation in document.part.package.rels.values():
        if relation.reltype.endswith(_CUSTOM) and not relation.is_external:
            for entry in list(parse_xml(relation.target_part.blob))[:_MOST_PROPERTIES]:
                value = "".join(entry.itertext())
                if entry.get("name") and len(value) <= _LONGEST_PROPERTY:
                    yield entry.get("name"), value


def _guard(path: Path) -> None:
    """Refuse an archive that is larger inside than a report can be."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise DataError("the Word file is damaged", Place(path), _AGAIN) from None
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise DataError("the Word file is too large inside", Place(path), "Give the report alone, with smaller pictures.")


def _is_heading(name: str | None) -> bool:
    folded = (name or "").casefold()
    return folded.startswith(("heading", "titolo", "title", "caption", "didascalia"))


def _blocks(body: Any, headings: set[str]) -> Iterator[Line]:
    """Paragraphs and tables, also within content controls, without recursion."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}p":
            text = text_of(element)
            if text:
                style = element.find(f"{_W}pPr/{_W}pStyle")
                heading = style is not None and style.get(f"{_W}val") in headings
                yield Line(text, 1, 0, 0, LineKind.HEADING if heading else LineKind.PARAGRAPH)
        elif element.tag == f"{_W}tbl":
            yield from _table(element)
        elif element.tag not in (f"{_W}del", f"{_W}moveFrom", f"{_W}sectPr"):
            stack.extend(reversed(element))


def text_of(element: Any) -> str:
    """The text of a paragraph or cell as it will read when its changes are accepted."""
    parts: list[str] = []
    stack = [element]
    while stack:
        item = stack.pop()
        if item.tag == f"{_W}t":
            parts.append(item.text or "")
        elif item.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        elif item.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif item.tag not in (f"{_W}del", f"{_W}moveFrom", f"{_W}footnoteReference", f"{_W}endnoteReference") and not _is_mark(
            item
        ):
            if item.tag == f"{_W}p" and parts:
                parts.append(" ")
            stack.extend(reversed(item))
    return " ".join("".join(parts).split())


def _is_mark(item: Any) -> bool:
    """Whether a run is a raised letter: the mark of a note."""
    if item.tag != f"{_W}r":
        return False
    raised = item.find(f"{_W}rPr/{_W}vertAlign")
    return raised is not None and raised.get(f"{_W}val") == "superscript"


def _table(table: Any) -> Iterator[Line]:
    headers = True
    for row, cells in lay_rows(table):
        if not any(cells):
            continue
        marked = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        headers = marked or (headers and not _has_figures(cells))
        kind = LineKind.HEADER_ROW if headers else LineKind.ROW
        yield Line(" ".join(cell for cell in cells if cell), 1, 0, 0, kind, tuple(cells))


def lay_rows(table: Any) -> Iterator[tuple[Any, list[str]]]:
    """Each row with the texts of its columns: a cell over several columns stands in the first, one over rows in each."""
    above: dict[int, str] = {}
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str] = []
        for cell in _cells(row):
            properties = cell.find(f"{_W}tcPr")
            merged = properties.find(f"{_W}vMerge") if properties is not None else None
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            value = span.get(f"{_W}val") if span is not None else "1"
            width = min(max(int(value), 1), MOST_SPAN) if value and value.isdecimal() else 1
            continues = merged is not None and merged.get(f"{_W}val") != "restart"
            text = above.get(len(cells), "") if continues else text_of(cell)
            above[len(cells)] = text
            cells.extend([text, *[""] * (width - 1)])
        yield row, cells


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag == f"{_W}sdt":
            yield from child.iter(f"{_W}tc")


def _has_figures(cells: list[str]) -> bool:
    return any(
        cell and not is_year(cell) and (figure := read_token(cell)) is not None and figure.value is not None for cell in cells
    )

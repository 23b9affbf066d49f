"""PDF: the tables of its tag tree where it has one, else its lines of text.

A tagged PDF says itself which text is a heading, a paragraph, a cell. Running titles and page numbers are no part of the tree.
Of an untagged one the lines are read as they stand, and the catalogue has to do the rest.
"""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rendiconto.errors import DataError, Place
from rendiconto.read.rawtext import Line, LineKind, RawText, joined

MOST_PAGES: Final = 2_000
MOST_CHARACTERS: Final = 20_000_000
MOST_ELEMENTS: Final = 200_000
DEEPEST: Final = 60
_MARK: Final = re.compile(r"[a-z]{1,2}")
_FIGURE_END: Final = re.compile(r"(?:\d|[-−*])\s*$")
_FIGURE_START: Final = re.compile(r"\s*(?:[-−]?\d|[-−*](?:\s|$))")
_HEADINGS: Final = frozenset(("Title", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption"))
_BLOCKS: Final = frozenset(("P", "LI", "LBody", "Note", "BlockQuote", "Span", "Quote"))
_SKIPPED: Final = frozenset(("Figure", "TOC", "TOCI", "Artifact", "Formula"))


def read_pdf(path: Path) -> RawText:
    """The lines of a PDF; one that is locked, damaged or too long is an error."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
        pages = len(document)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).casefold()
        what = "the PDF is locked with a password" if locked else "the PDF is damaged"
        todo = "Save it without a password." if locked else "Ask for it again."
        raise DataError(what, Place(path), todo) from None
    if pages > MOST_PAGES:
        raise DataError(f"the PDF has {pages} pages", Place(path), f"A report has fewer than {MOST_PAGES}: give it alone.")
    reader = _Reader(path)
    try:
        title = _title(document)
        for number in range(pages):
            reader.read_page(document[number], number + 1)
    except pdfium.PdfiumError:
        raise DataError(f"page {len(reader.tagged) + 1} of the PDF is damaged", Place(path), "Ask for it again.") from None
    finally:
        document.close()
    has_tables = any(line.kind is LineKind.ROW for lines in reader.tagged for line in lines)
    lines = [line for own in (reader.tagged if has_tables else reader.plain) for line in own]
    return joined("pdf", lines, pages=pages, title=title)


def _title(document: Any) -> str:
    try:
        return str(document.get_metadata_value("Title") or "")
    except Exception:  # noqa: BLE001 - metadata are a courtesy; a closed or odd document has none
        return ""


@dataclass(frozen=True, slots=True)
class _Element:
    """A structure element with what is below it, up to the depth that is read."""

    kind: str
    children: tuple["_Element | int", ...]


class _Reader:
    """Reads pages both ways; which one counts is known at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tagged: list[list[Line]] = []
        self.plain: list[list[Line]] = []
        self.characters = 0
        self.elements = 0

    def read_page(self, page: Any, number: int) -> None:
        """One page, counted from 1."""
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS:
            raise DataError("the PDF holds more text than a report can", Place(self.path), "Give the report alone.")
        lines = text.replace("\ufffe", "-").replace("\u00ad", "-").replace("\u0002", "-").splitlines()
        self.plain.append([Line(line, number, 0, 0) for line in _rejoined(lines)])
        self.tagged.append(list(self._tagged_lines(page, textpage, number)))
        textpage.close()
        page.close()

    def _tagged_lines(self, page: Any, textpage: Any, number: int) -> Iterator[Line]:
        from pypdfium2 import raw

        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        if not tree:
            return
        try:
            texts: dict[int, list[str]] | None = None
            for at in range(max(raw.FPDF_StructTree_CountChildren(tree), 0)):
                root = self._element(raw.FPDF_StructTree_GetChildAtIndex(tree, at), 0)
                if root is None:
                    continue
                texts = _marked_texts(page, textpage) if texts is None else texts
                yield from _lines(root, texts, number)
        finally:
            raw.FPDF_StructTree_Close(tree)

    def _element(self, handle: Any, depth: int) -> _Element | None:
        from pypdfium2 import raw

        self.elements += 1
        if not handle or depth > DEEPEST or self.elements > MOST_ELEMENTS * max(len(self.plain), 1):
            return None
        count = max(raw.FPDF_StructElement_CountChildren(handle), 0)
        children: list[_Element | int] = []
        for at in range(min(count, MOST_ELEMENTS)):
            marked = raw.FPDF_StructElement_GetChildMarkedContentID(handle, at)
            if marked >= 0:
                children.append(marked)
                continue
            child = self._element(raw.FPDF_StructElement_GetChildAtIndex(handle, at), depth + 1)
            if child is not None:
                children.append(child)
        return _Element(_kind(handle), tuple(children))


def _kind(handle: Any) -> str:
    from pypdfium2 import raw

    size = raw.FPDF_StructElement_GetType(handle, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(handle, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")


def _marked_texts(page: Any, textpage: Any) -> dict[int, list[str]]:
    """The text of each marked piece of a page, in the order painted."""
    from pypdfium2 import raw

    found: dict[int, list[str]] = defaultdict(list)
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        marked = raw.FPDFPageObj_GetMarkedContentID(item)
        if marked >= 0:
            found[marked].append(_object_text(item, textpage))
    return found


def _object_text(item: Any, textpage: Any) -> str:
    from pypdfium2 import raw

    size = raw.FPDFTextObj_GetText(item, textpage.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(item, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")


def _text(element: _Element | int, texts: dict[int, list[str]]) -> str:
    if isinstance(element, int):
        return "".join(texts.get(element, ()))
    if element.kind in _SKIPPED:
        return ""
    inner = "".join(_text(child, texts) for child in element.children)
    return f" {inner} " if element.kind in _BLOCKS - {"Span"} else inner


def _rejoined(lines: list[str]) -> list[str]:
    """Lines that a raised note mark has broken in three, whole again and without the mark."""
    found: list[str] = []
    joining = False
    for at, line in enumerate(lines):
        bare = line.strip()
        if (
            found
            and _MARK.fullmatch(bare)
            and _FIGURE_END.search(found[-1])
            and (at + 1 == len(lines) or _FIGURE_START.match(lines[at + 1]))
        ):
            joining = True
        elif joining and _FIGURE_START.match(line):
            found[-1] = f"{found[-1].rstrip()} {line.lstrip()}"
            joining = False
        else:
            found.append(line)
            joining = False
    return found


def _clean(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def _lines(element: _Element, texts: dict[int, list[str]], page: int) -> Iterator[Line]:
    if element.kind in _SKIPPED:
        return
    if element.kind in _HEADINGS or element.kind in _BLOCKS:
        kind = LineKind.HEADING if element.kind in _HEADINGS else LineKind.PARAGRAPH
        yield from _paragraph(_text(element, texts), page, kind)
        return
    for child in element.children:
        if isinstance(child, int):
            yield from _paragraph(_text(child, texts), page, LineKind.PARAGRAPH)
        elif child.kind == "TR":
            yield from _row(child, texts, page, LineKind.HEADER_ROW if element.kind == "THead" else LineKind.ROW)
        else:
            yield from _lines(child, texts, page)


def _paragraph(text: str, page: int, kind: LineKind) -> Iterator[Line]:
    cleaned = _clean(text)
    if cleaned:
        yield Line(cleaned, page, 0, 0, kind)


def _row(row: _Element, texts: dict[int, list[str]], page: int, kind: LineKind) -> Iterator[Line]:
    cells = [child for child in row.children if isinstance(child, _Element) and child.kind in ("TH", "TD")]
    shown = tuple(_clean(_text(cell, texts)) for cell in cells)
    if not any(shown):
        return
    if all(cell.kind == "TH" or not text for cell, text in zip(cells, shown, strict=True)):
        kind = LineKind.HEADER_ROW
    yield Line(" ".join(text for text in shown if text), page, 0, 0, kind, shown)

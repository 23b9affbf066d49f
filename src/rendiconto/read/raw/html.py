"""Web pages: headings, paragraphs and tables of one page, or of all the pages of a site."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from rendiconto.errors import DataError, Place
from rendiconto.read.rawtext import Line, LineKind, RawText, joined

MOST_BYTES: Final = 100_000_000
MOST_PAGES: Final = 500
MOST_SPAN: Final = 200
_SKIPPED: Final = frozenset(("script", "style", "template", "svg", "nav", "noscript", "head", "form", "button"))
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption"))
_PARAGRAPHS: Final = frozenset(("p", "li", "dt", "dd", "blockquote", "summary", "pre"))
_FIGURE: Final = re.compile(r"[-−]?[\d.,]+|[-−*]|n\.d\.")


def read_html(path: Path) -> RawText:
    """A page; a folder, or a front page beside the pages that it links to, is read as the one report that it is."""
    start = path / "index.html" if path.is_dir() else path
    if not start.is_file():
        raise DataError("the folder has no index.html", Place(path), "Name the page to read.")
    root = start.parent.resolve()
    pages = _site(start.resolve(), root) if path.is_dir() or start.name == "index.html" else [start.resolve()]
    lines: list[Line] = []
    title = ""
    for number, page in enumerate(pages, start=1):
        tree = _parse(page)
        title = title or " ".join((tree.findtext(".//title") or "").split())
        lines.extend(_page_lines(tree, number))
    return joined("html", lines, pages=len(pages), title=title)


def _site(start: Path, root: Path) -> list[Path]:
    """The page and those that it links to below its folder, each once, in the order of the first link to it."""
    pages = [start]
    known = {start}
    for page in pages:
        for target in _links(page, root):
            if target not in known and len(pages) < MOST_PAGES:
                known.add(target)
                pages.append(target)
    return pages


def _links(page: Path, root: Path) -> Iterator[Path]:
    for anchor in _parse(page).iter("a"):
        parts = urlsplit(anchor.get("href") or "")
        if parts.scheme or parts.netloc or not parts.path or posixpath.isabs(parts.path):
            continue
        target = (page.parent / unquote(parts.path)).resolve()
        target = target / "index.html" if target.is_dir() else target
        if target.suffix.lower() in (".html", ".htm") and target.is_relative_to(root) and target.is_file():
            yield target


def _parse(path: Path) -> Any:
    from lxml import etree, html

    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise DataError("the page is larger than 100 MB", Place(path), "Give the report alone.")
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding=_encoding(content))
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DataError(f"the page cannot be read: {error}", Place(path), "Save it again from a browser.") from None
    return tree


def _encoding(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _page_lines(tree: Any, page: int) -> Iterator[Line]:
    body = tree.find(".//body")
    yield from _walk(tree if body is None else body, page)


def _walk(top: Any, page: int) -> Iterator[Line]:
    """Blocks in the order of the page, without recursion: a stranger's page may be nested as deep as it likes."""
    stack = [top]
    while stack:
        element = stack.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if not name or name in _SKIPPED or _is_hidden(element) or _is_furniture(element):
            continue
        if name == "table":
            yield from _table(element, page)
        elif name in _HEADINGS:
            yield from _line(_text(element), page, LineKind.HEADING)
        elif name in _PARAGRAPHS and not any(True for _ in element.iter("table", "p", "li") if _ is not element):
            yield from _line(_text(element), page, LineKind.PARAGRAPH)
        else:
            yield from _line(" ".join((element.text or "").split()), page, LineKind.TEXT)
            stack.extend(reversed(element))


def _is_hidden(element: Any) -> bool:
    """Whether a reader does not see an element until something is pressed: it is no part of the running text."""
    return element.get("hidden") is not None or element.get("popover") is not None


def _is_furniture(element: Any) -> bool:
    """Whether an element is the running head or foot of the page."""
    parent = element.getparent()
    return element.tag in ("header", "footer") and parent is not None and parent.tag == "body"


def _line(text: str, page: int, kind: LineKind) -> Iterator[Line]:
    if text:
        yield Line(text, page, 0, 0, kind)


def _text(element: Any) -> str:
    """The text of an element as read: blanks folded, what is skipped left out, note marks after a figure taken off."""
    parts: list[str] = []
    stack: list[Any] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        name = item.tag if isinstance(item.tag, str) else ""
        marks = name == "sup" and _FIGURE.fullmatch("".join(parts).strip()) is not None
        if name and name not in _SKIPPED and not _is_hidden(item) and not marks:
            if name == "br":
                parts.append(" ")
            for child in reversed(item):
                if child.tail:
                    stack.append(child.tail)
                stack.append(child)
            if item.text:
                stack.append(item.text)
    return " ".join("".join(parts).split())


def _table(table: Any, page: int) -> Iterator[Line]:
    for caption in table.iter("caption"):
        yield from _line(_text(caption), page, LineKind.HEADING)
    held: dict[int, tuple[str, int]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        cell_elements = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in cell_elements:
            _fill_held(cells, held)
            text = _text(cell)
            columns, rows = _span(cell, "colspan"), _span(cell, "rowspan")
            for offset in range(columns):
                shown = text if offset == 0 else ""
                if rows > 1:
                    held[len(cells)] = (shown, rows - 1)
                cells.append(shown)
        _fill_held(cells, held)
        if not any(cells):
            continue
        heads = all(cell.tag == "th" for cell in cell_elements) or row.getparent().tag == "thead"
        kind = LineKind.HEADER_ROW if heads else LineKind.ROW
        yield Line(" ".join(cell for cell in cells if cell), page, 0, 0, kind, tuple(cells))


def _fill_held(cells: list[str], held: dict[int, tuple[str, int]]) -> None:
    """Cells that reach down from a row above."""
    while len(cells) in held:
        text, rows = held.pop(len(cells))
        if rows > 1:
            held[len(cells)] = (text, rows - 1)
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), MOST_SPAN) if value.isdecimal() else 1

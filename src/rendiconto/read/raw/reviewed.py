"""A Word file as its reviewers left it: paragraphs with their bookmarks, tables, tracked changes, comments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rendiconto.document.review import Edit, ReviewComment, TrackedChange
from rendiconto.errors import DataError, Place
from rendiconto.read.raw.docx import damaged, lay_rows, open_word, text_of

REVIEWED: Final = "rendiconto.read.raw.reviewed:read_reviewed"
"""For the quarantine."""
MOST_ITEMS: Final = 20_000
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMMENTS: Final = "/comments"
_TRACKED: Final = {
    f"{_W}ins": Edit.ADDED,
    f"{_W}moveTo": Edit.ADDED,
    f"{_W}del": Edit.REMOVED,
    f"{_W}moveFrom": Edit.REMOVED,
}


@dataclass(frozen=True, slots=True)
class ReviewedParagraph:
    """The text of a paragraph as it reads when all changes are accepted, and the bookmarks in it."""

    text: str
    bookmarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewedTable:
    """The texts of a table, row by row, merged cells laid out."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """Paragraphs and tables in order (the contents left out); changes and comments with the index of the item they stand in."""

    items: tuple[ReviewedParagraph | ReviewedTable, ...]
    tracked: tuple[tuple[int, TrackedChange], ...]
    comments: tuple[tuple[int, ReviewComment], ...]


def read_reviewed(path: Path) -> ReviewedFile:
    """What stands in the file; headers, footers and footnotes are left aside."""
    try:
        document = open_word(path)
        contents = {style.style_id for style in document.styles if (style.name or "").casefold().startswith("toc ")}
        reader = _Reader(contents)
        reader.read(document.element.body)
        comments = tuple(_comments(document, reader))
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged file breaks the library wherever it is opened first
        raise damaged(path, error) from None
    if len(reader.items) > MOST_ITEMS:
        raise DataError("there is more than a report in the Word file", Place(path), "Give the report alone.")
    return ReviewedFile(tuple(reader.items), tuple(_joined(reader.tracked)), comments)


@dataclass
class _Reader:
    """Walks the body once; ranges of comments may run over several paragraphs."""

    contents: set[str]
    items: list[ReviewedParagraph | ReviewedTable] = field(default_factory=list)
    tracked: list[tuple[int, TrackedChange]] = field(default_factory=list)
    started: dict[str, int] = field(default_factory=dict)
    quoted: dict[str, list[str]] = field(default_factory=dict)
    open: dict[str, None] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    def read(self, body: Any) -> None:
        stack = [body]
        while stack:
            element = stack.pop()
            if element.tag in (f"{_W}p", f"{_W}tbl"):
                self._marks(element)
                self._item(element)
            elif element.tag == f"{_W}sdt" and _is_contents(element):
                continue
            elif element.tag != f"{_W}sectPr":
                self._mark(element)
                stack.extend(reversed(element))

    def _item(self, element: Any) -> None:
        if element.tag == f"{_W}tbl":
            self.items.append(ReviewedTable(tuple(tuple(cells) for _, cells in lay_rows(element))))
            return
        text = text_of(element)
        style = element.find(f"{_W}pPr/{_W}pStyle")
        if text and not (style is not None and style.get(f"{_W}val") in self.contents):
            names = [mark.get(f"{_W}name") or "" for mark in element.iter(f"{_W}bookmarkStart")]
            self.items.append(ReviewedParagraph(text, (*self.waiting, *names)))
            self.waiting.clear()

    def _marks(self, element: Any) -> None:
        """Changes and ranges of comments within a paragraph or table."""
        for item in element.iter():
            if item.tag in _TRACKED:
                self._track(item)
            elif item.tag == f"{_W}t":
                for name in self.open:
                    self.quoted[name].append(item.text or "")
            elif item.tag == f"{_W}p" and item is not element:
                for name in self.open:
                    self.quoted[name].append(" ")
            elif item.tag != f"{_W}bookmarkStart":
                self._mark(item)

    def _mark(self, item: Any) -> None:
        name = item.get(f"{_W}id") or ""
        if item.tag == f"{_W}commentRangeStart":
            self.open[name] = None
            self.quoted.setdefault(name, [])
            self.started.setdefault(name, len(self.items))
        elif item.tag == f"{_W}commentRangeEnd":
            self.open.pop(name, None)
        elif item.tag == f"{_W}commentReference":
            self.started.setdefault(name, len(self.items))
        elif item.tag == f"{_W}bookmarkStart":
            self.waiting.append(item.get(f"{_W}name") or "")

    def _track(self, item: Any) -> None:
        text = "".join(piece.text or "" for piece in item.iter(f"{_W}t", f"{_W}delText"))
        if text:
            author, date = item.get(f"{_W}author") or "", item.get(f"{_W}date") or ""
            self.tracked.append((len(self.items), TrackedChange(_TRACKED[item.tag], author, date, text)))


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"


def _joined(tracked: list[tuple[int, TrackedChange]]) -> Iterator[tuple[int, TrackedChange]]:
    """Runs that Word has split, as the one change that they are."""
    last: tuple[int, TrackedChange] | None = None
    for at, change in tracked:
        if last is not None:
            before = last[1]
            if (last[0], before.edit, before.author, before.date) == (at, change.edit, change.author, change.date):
                last = (at, TrackedChange(before.edit, before.author, before.date, before.text + change.text))
                continue
            yield last
        last = (at, change)
    if last is not None:
        yield last


def _comments(document: Any, reader: _Reader) -> Iterator[tuple[int, ReviewComment]]:
    """The comments in the order of the text that they are about."""
    from docx.oxml import parse_xml

    found = []
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_COMMENTS) and not relation.is_external:
            for element in parse_xml(relation.target_part.blob).iterchildren(f"{_W}comment"):
                name = element.get(f"{_W}id") or ""
                on = " ".join("".join(reader.quoted.get(name, [])).split())
                author, date = element.get(f"{_W}author") or "", element.get(f"{_W}date") or ""
                found.append((reader.started.get(name, len(reader.items)), ReviewComment(author, date, text_of(element), on)))
    yield from sorted(found, key=lambda pair: pair[0])

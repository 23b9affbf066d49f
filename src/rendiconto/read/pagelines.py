"""Lines told apart: captions, boundaries, headers, rows of figures. What is left is text.

A *figure row* is a run of figures with the words before it; the words may stand on lines above it. Where the file has real
table rows, their cells are kept; else the blanks between words are all there is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rendiconto.italian.sorting import fold_words
from rendiconto.read.figures import BLANK, Figure, is_year, read_token
from rendiconto.read.rawtext import Line, LineKind, RawText

_CAPTION: Final = re.compile(
    r"^\s*(?:(?P<section>\d+(?:\.\d+)+)\.?\s+)?(?P<kind>Tavola|Tabella|Tav\.|Grafico)\s+(?P<number>\d+)\s*(?:[-–—:.)]|$)\s*(?P<title>.*)",
    re.IGNORECASE,
)
_HEADED: Final = re.compile(
    r"^\s*(?:(?P<section>\d+(?:\.\d+)+)\.?\s+)?(?P<kind>Tavola|Tabella|Grafico)\s+(?P<number>\d+)\b[\s,]*(?P<title>.*)",
    re.IGNORECASE,
)
"""As a heading: the markup says that it is one, so nothing need follow the number."""
_BOUNDARY: Final = re.compile(r"^\s*(Fonte\b|Nota\s*\d*\s*\)|Note\b|LEGENDA\b|CAPITOLO\b)", re.IGNORECASE)
_ABBREVIATED: Final = re.compile(r"[^\W\d_]{2,}\.")
_ROWS = (LineKind.ROW, LineKind.HEADER_ROW)
LABEL_LINES: Final = 5
"""Lines of words above a row that may be the beginning of its label."""


@lru_cache(maxsize=65_536)
def squeeze(text: str) -> str:
    """A label as labels are compared: folded, without blanks ("Massa- Carrara" is "massacarrara").

    The full stop of an abbreviation stays, for what it leaves out ("escluse pens. suppl." is "esclusepens.suppl.").
    """
    return "".join(fold_words(word) + ("." if _ABBREVIATED.fullmatch(word) else "") for word in text.split())


@dataclass(frozen=True, slots=True)
class Caption:
    """``Tavola 17 – …`` at the beginning of a line; ``number`` is "17" or "G1"."""

    number: str
    title: str
    line: Line
    at: int


@dataclass(frozen=True)
class HeaderBlock:
    """The words over a run of rows, and the years among them in the order printed."""

    words: frozenset[str]
    years: tuple[str, ...]
    text: str


NO_HEADER: Final = HeaderBlock(frozenset(), (), "")


@dataclass(frozen=True)
class FigureRow:
    """Figures with what may be their label.

    ``at`` is the place among the lines, ``segment`` the caption that it stands under (-1 for none), ``above`` the lines of
    words before it. ``alternative`` marks another way to read the same line.
    """

    line: Line
    at: int
    head: tuple[str, ...]
    tail: tuple[str, ...]
    above: tuple[str, ...]
    header: HeaderBlock
    segment: int
    cells: tuple[str, ...] = ()
    alternative: bool = False
    _offers: dict[int, "Offer | None"] = field(default_factory=dict, compare=False, repr=False)

    def offer(self, width: int) -> "Offer | None":
        """The row read as one of ``width`` figures; None where that cannot be. Asked for by many plans, made once."""
        if width not in self._offers:
            self._offers[width] = self._offer_cells(width) if self.cells else self._offer_tail(width)
        return self._offers[width]

    def _offer_cells(self, width: int) -> "Offer | None":
        if len(self.cells) <= width:
            return None
        figures = tuple(BLANK if not cell.strip() else read_token(_closed(cell)) for cell in self.cells[-width:])
        if any(figure is None for figure in figures) or all(figure is BLANK for figure in figures):
            return None
        labels = [cell for cell in dict.fromkeys(self.cells[:-width]) if cell.strip()]
        variants = tuple(dict.fromkeys(squeeze(" ".join(labels[start:])) for start in range(len(labels)))) if labels else ("",)
        return Offer(variants, tuple(figure for figure in figures if figure is not None), 0, 0)

    def _offer_tail(self, width: int) -> "Offer":
        figures = tuple(figure for token in self.tail[-width:] if (figure := read_token(token)) is not None)
        surplus = self.tail[:-width] if len(self.tail) > width else ()
        own = " ".join((*self.head, *surplus))
        variants = [own] + [" ".join((*self.above[-count:], own)) for count in range(1, len(self.above) + 1)]
        if len(surplus) == 1 and self.head:
            variants.append(" ".join(self.head))
        return Offer(tuple(dict.fromkeys(map(squeeze, variants))), figures, width - len(figures), len(surplus))

    @property
    def label(self) -> str:
        """The label as printed, with no plan to say where it begins."""
        if self.cells:
            words = [cell for cell in dict.fromkeys(self.cells) if cell.strip() and read_token(_closed(cell)) is None]
            return " / ".join(words)
        return " ".join(self.head) or " ".join(self.above[-1:])

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All the figures at its end."""
        if not self.cells:
            return tuple(figure for token in self.tail if (figure := read_token(token)) is not None)
        found: list[Figure] = []
        for cell in reversed(self.cells):
            figure = BLANK if not cell.strip() else read_token(_closed(cell))
            if figure is None:
                break
            found.append(figure)
        return tuple(reversed(found))


def _closed(cell: str) -> str:
    """A cell's text as one token: figures may be set with thin or no-break blanks, or the sign apart."""
    return "".join(cell.split()) if any(character.isdigit() for character in cell) else cell.strip()


@dataclass(frozen=True, slots=True)
class Offer:
    """A row read at a width: what its label may be (squeezed), its figures, how many lack or are too many."""

    labels: tuple[str, ...]
    figures: tuple[Figure, ...]
    shortage: int
    surplus: int


@dataclass
class PageLines:
    """A text told apart: captions, and the rows under them."""

    captions: list[Caption] = field(default_factory=list)
    rows: list[FigureRow] = field(default_factory=list)


def tell_apart(raw: RawText) -> PageLines:
    """Every line of a text as caption, boundary, header, row of figures, or words."""
    return _Sorter(raw).sort()


def is_caption(line: Line) -> bool:
    """Whether a line is the caption of a table or chart."""
    return _caption(line, 0) is not None


def is_boundary(line: Line) -> bool:
    """Whether a line begins a note or source under a table, a legend, a chapter."""
    return _BOUNDARY.match(line.text) is not None


class _Sorter:
    def __init__(self, raw: RawText) -> None:
        self.raw = raw
        self.found = PageLines()
        self.above: list[str] = []
        self.between: list[str] = []
        self.header = NO_HEADER
        self.fresh = True

    def sort(self) -> PageLines:
        for at, line in enumerate(self.raw.lines):
            caption = _caption(line, at)
            if caption is not None:
                self.found.captions.append(caption)
                self._boundary()
            elif is_boundary(line):
                self._boundary()
            elif line.text.strip() or line.cells:
                self._content(at, line)
        return self.found

    def _boundary(self) -> None:
        self.above, self.between, self.fresh = [], [], True

    def _content(self, at: int, line: Line) -> None:
        rows = list(_rows_of(line)) if line.kind not in (LineKind.PARAGRAPH, LineKind.HEADING, LineKind.HEADER_ROW) else []
        if not rows:
            self._words(line.text if line.kind not in _ROWS else " ".join(dict.fromkeys(line.cells)))
            return
        for number, (head, tail, trailing) in enumerate(rows):
            self._take(at, line, head, tail, alternative=number > 0)
            if trailing:
                self._words(" ".join(trailing))

    def _words(self, text: str) -> None:
        self.above = [*self.above, text][-LABEL_LINES:]
        self.between.append(text)

    def _take(self, at: int, line: Line, head: tuple[str, ...], tail: tuple[str, ...], *, alternative: bool) -> None:
        if self.between and (self.fresh or any(is_year(word) for text in self.between for word in text.split())):
            self.header = _header(self.between)
        elif self.fresh:
            self.header = NO_HEADER
        cells = line.cells if line.kind is LineKind.ROW else ()
        segment = len(self.found.captions) - 1
        self.found.rows.append(FigureRow(line, at, head, tail, tuple(self.above), self.header, segment, cells, alternative))
        self.above, self.between, self.fresh = [], [], False


def _caption(line: Line, at: int) -> Caption | None:
    if line.kind in _ROWS:
        return None
    match = _CAPTION.match(line.text) or (_HEADED.match(line.text) if line.kind is LineKind.HEADING else None)
    if match is None:
        return None
    number = str(int(match["number"]))
    return Caption(f"G{number}" if match["kind"].casefold() == "grafico" else number, match["title"].strip(), line, at)


def _header(lines: Sequence[str]) -> HeaderBlock:
    text = " ".join(lines)
    years = [word for word in text.replace("-", " ").split() if is_year(word)]
    return HeaderBlock(frozenset(fold_words(text).split()), tuple(dict.fromkeys(years)), text)


_Chunk = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _rows_of(line: Line) -> Iterator[_Chunk]:
    """The ways to read a line as words and figures: whole, and in pieces where figures are followed by words again."""
    if line.kind is LineKind.ROW:
        if any(read_token(_closed(cell)) is not None for cell in line.cells[1:]):
            yield (), (), ()
        return
    words = line.text.split()
    end = len(words)
    while end and read_token(words[end - 1]) is not None:
        end -= 1
    if all(is_year(word) for word in words[end:]) and (len(words) - end > 1 or not end):
        return  # years over columns
    if end < len(words):
        yield tuple(words[:end]), tuple(words[end:]), ()
    pieces = [piece for piece in _pieces(words) if not (len(piece[1]) > 1 and all(map(is_year, piece[1])))]
    if len(pieces) > 1 or (end == len(words) and pieces and (pieces[0][0] or len(pieces[0][1]) > 1)):
        yield from pieces


def _pieces(words: Sequence[str]) -> list[_Chunk]:
    """A line of several rows run together: each ends where words follow figures. A lone dash between words is no figure."""
    pieces: list[_Chunk] = []
    head: list[str] = []
    tail: list[str] = []
    for at, word in enumerate(words):
        figure = read_token(word)
        lone_dash = figure is not None and figure.value is None and not tail and at + 1 < len(words)
        if figure is not None and not (lone_dash and read_token(words[at + 1]) is None):
            tail.append(word)
            continue
        if tail:
            pieces.append((tuple(head), tuple(tail), ()))
            head, tail = [], []
        head.append(word)
    if tail:
        pieces.append((tuple(head), tuple(tail), ()))
    elif pieces and head:
        pieces[-1] = (pieces[-1][0], pieces[-1][1], tuple(head))
    return pieces

"""What a Word file is made of, before any XML: paragraphs in named styles, tables of cells, pictures, in order."""

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """The paragraph styles of ``styles.xml``, by id."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    HEADING_1 = "Heading1"
    HEADING_2 = "Heading2"
    HEADING_3 = "Heading3"
    BACK_HEADING = "TitoloSezione"  # a heading of level 2 that the contents leave out
    CONTENTS_TITLE = "TOCHeading"
    TEXT = "BodyText"
    QUOTE = "Quote"
    BULLET = "ListBullet"
    NUMBER = "ListNumber"
    BYLINE = "Firma"
    CAPTION = "Caption"
    NOTE = "NotaTavola"
    SOURCE = "FonteTavola"
    NOTICE = "Avviso"
    TERM = "Voce"
    KEY_LABEL = "CifraChiaveNome"
    KEY_VALUE = "CifraChiave"
    KEY_CONTEXT = "CifraChiaveConfronto"
    PICTURE = "Figura"
    COLUMN = "IntestazioneColonna"
    COLUMN_GROUP = "IntestazioneGruppo"
    CORNER = "IntestazioneRighe"
    ROW = "EtichettaRiga"
    ROW_INNER = "EtichettaInterna"
    FIGURE = "Cifra"
    FIGURE_TOTAL = "CifraTotale"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters; ``target`` is an address outside the file, ``raised`` the letter of a note."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    ``anchor`` is the bookmark around it, by which it is found again (at most 40 letters, digits and underscores); ``place``
    says in Italian where it stands; ``sentences`` are the pieces in which prose is compared (one where it is no prose).
    ``level`` is the depth of a list item, from 1, and ``series`` the number of its ordered list within the file (0: not
    ordered); ``keep`` keeps it on the page of what follows.
    """

    style: Style
    spans: tuple[Span, ...]
    anchor: str = ""
    place: str = ""
    sentences: tuple[str, ...] = ()
    level: int = 0
    series: int = 0
    keep: bool = False

    @property
    def text(self) -> str:
        """What a reader sees, without the letters of notes."""
        return "".join(span.text for span in self.spans if not span.raised)


class Merge(StrEnum):
    """How a cell is merged with the one below or above."""

    NONE = ""
    STARTS = "restart"
    GOES_ON = "continue"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell over ``columns`` columns; one that goes on from the cell above has no text of its own."""

    spans: tuple[Span, ...]
    style: Style
    columns: int = 1
    merge: Merge = Merge.NONE
    indent: int = 0

    @property
    def text(self) -> str:
        """What a reader sees, without the letters of notes."""
        return "".join(span.text for span in self.spans if not span.raised)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; ``header`` rows are repeated on each page, a ``total`` has a rule above."""

    cells: tuple[TableCell, ...]
    header: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table under the caption that goes before it; ``widths`` in points; ``stub`` columns of row headers.

    ``keep``: its rows stay on one page. ``refs`` are the addresses of its figures, row by row.
    """

    rows: tuple[TableRow, ...]
    widths: tuple[float, ...]
    title: str
    stub: int = 1
    keep: bool = False
    refs: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its text alternative; ``width`` in points, the height in proportion."""

    png: bytes
    alt: str
    name: str
    width: float


@dataclass(frozen=True, slots=True)
class Contents:
    """The field of contents, filled with the headings of levels 1 and 2 that the file has."""

    title: str


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on pages are ``sideways``, or upright again."""

    sideways: bool


Block = Text | Table | Picture | Contents | Turn


def lay_table(table: Table) -> list[list[str]]:
    """The texts of a table by row and column: a cell over several columns stands in the first, one over rows in each."""
    rows: list[list[str]] = []
    for row in table.rows:
        laid: list[str] = []
        for cell in row.cells:
            text = rows[-1][len(laid)] if cell.merge is Merge.GOES_ON else cell.text
            laid += [text, *[""] * (cell.columns - 1)]
        rows.append(laid)
    return rows


def plain(style: Style, text: str, *, place: str = "", anchor: str = "", keep: bool = False) -> Text:
    """A paragraph without anything special in it."""
    return Text(style, (Span(text),), anchor, place, (text,), keep=keep)

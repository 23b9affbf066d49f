"""What a short document takes from the report: a chart, a table and a sentence of each chapter, the key figures as they read.

The choice follows what the Document says already (its highlights, the cells that they rest on, its order), never the size
of a figure: a format adds no judgement of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rendiconto.document import Chapter, Document, Figure, Grid, Status, Table
from rendiconto.document.prose import Sentence
from rendiconto.document.report import KeyFigure, MissingEntry
from rendiconto.italian.dates import format_date

ABSENT = Status.MISSING.symbol
"""What stands for a figure that another place has not."""

_PLAIN = 2
"""Header rows that are still read at a glance."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A key figure as it reads: "68,3%", its unit where that is no sign ("persone"), what it is compared with."""

    key: KeyFigure
    value: str
    unit: str
    context: str

    @property
    def beside(self) -> str:
        """Unit and comparison in a line."""
        return " · ".join(piece for piece in (self.unit, self.context) if piece)


def read_key_figure(key: KeyFigure) -> Reading:
    """A per cent sign stands at the figure itself; other units stand beside."""
    if key.unit != "%":
        return Reading(key, key.value, key.unit, key.context)
    return Reading(key, f"{key.value}%", "", f"{key.context}%" if key.context else "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Key figures of the territory beside those of others: ``places`` names the columns, own first.

    In a row a printed form is None where the other place has no such figure.
    """

    places: tuple[str, ...]
    rows: tuple[tuple[KeyFigure, tuple[str | None, ...]], ...]


def compare_key_figures(document: Document) -> Comparison | None:
    """Every key figure that some other place has too; None where there is nothing to compare with."""
    own = document.territory.name
    compared = [key for key in document.key_figures if key.references]
    if not compared:
        return None
    others = tuple(dict.fromkeys(name for key in compared for name, _ in key.references))
    rows = tuple((key, (key.value, *(dict(key.references).get(name) for name in others))) for key in compared)
    return Comparison((own, *others), rows)


def highlight_of(document: Document, chapter: Chapter) -> Sentence | None:
    """The sentence that stands for a chapter: the highlight that its commentary says, or that rests on its cells."""
    said = {sentence.text for paragraph in chapter.commentary for sentence in paragraph.sentences}
    for sentence in document.highlights:
        if sentence.text in said:
            return sentence
    own = {table.number for table in chapter.tables}
    return next((s for s in document.highlights if own.intersection(s.tables)), None)


def leading_highlight(document: Document) -> Sentence | None:
    """The sentence that opens a press sheet: the first that rests on a key figure, in the order that the edition gives them."""
    for key in document.key_figures:
        for sentence in document.highlights:
            if key.ref in evidence_cells(sentence):
                return sentence
    return next(iter(document.highlights), None)


def evidence_cells(sentence: Sentence) -> set[str]:
    """The addresses that the claims of a sentence rest on."""
    return {item.cell for item in sentence.evidence}


def rests_on(sentence: Sentence, table: Table) -> bool:
    """Whether a sentence says something of a table's cells."""
    return table.number in sentence.tables


def chapter_figure(
    document: Document, chapter: Chapter, fits: Callable[[Figure], bool] = lambda _: True
) -> tuple[Table, Figure] | None:
    """The chart that shows what the chapter's sentence says; else that of a key figure; else one that compares; else the first.

    Only those that fit are chosen among.
    """
    sentence = highlight_of(document, chapter)
    cells = evidence_cells(sentence) if sentence else set()
    tables = sentence.tables if sentence else ()
    key_tables = {key.table for key in document.key_figures}

    def worth(entry: tuple[Table, Figure]) -> tuple[int, bool, bool, bool]:
        table, figure = entry
        shown = sum(point.ref in cells for point in figure.points)
        return shown, table.number in tables, table.number in key_tables, figure.emphasis is not None

    drawn = [(table, figure) for table in chapter.tables for figure in table.figures if fits(figure)]
    return max(drawn, key=worth, default=None)


def chapter_grid(
    document: Document, chapter: Chapter, fits: Callable[[Grid], bool], besides: Table | None = None
) -> tuple[Table, Grid] | None:
    """The part that the chapter's sentence rests on; else one that compares territories, plainly headed; then the fullest.

    Only parts that fit are chosen among, and none of the table ``besides`` (the chart's).
    """
    sentence = highlight_of(document, chapter)
    cells = evidence_cells(sentence) if sentence else set()

    def worth(entry: tuple[Table, Grid]) -> tuple[int, bool, bool, int]:
        grid = entry[1]
        printed = [cell for line in grid.cells for cell in line]
        resting = sum(str(cell.ref) in cells for cell in printed)
        places = {dict(cell.key).get("territory") for cell in printed}
        return resting, len(places) > 1, grid.heading_depth <= _PLAIN, len(printed)

    others = [table for table in chapter.tables if table is not besides]
    fitting = [(table, grid) for table in others for grid in table.grids if grid.available and fits(grid)]
    return max(fitting, key=worth, default=None)


def version_line(document: Document) -> str:
    """``Edizione 2024, versione dei dati 2024.1 del 31 ottobre 2025``."""
    issued = format_date(date.fromisoformat(document.issued))
    return f"Edizione {document.edition}, versione dei dati {document.data_version} del {issued}"


def source_text(document: Document) -> str:
    """Who delivered the figures, in a line."""
    return "; ".join(note.term for note in document.sources if note.term) + "."


def missing_line(entry: MissingEntry) -> str:
    """What is not there: "Tavola 23, NASpI – tempi di accoglimento: nessun dato"."""
    count = "nessun dato" if entry.cells == 0 else "una cifra" if entry.cells == 1 else f"{entry.cells} cifre"
    return f"{table_label(entry.table)}, {entry.title}: {count}"


def table_label(number: str) -> str:
    """``Tavola 17``, ``Grafico 1``."""
    return f"Grafico {number[1:]}" if number.startswith("G") else f"Tavola {number}"

"""The Document: one report, resolved. Renderers are pure functions of it; nothing in it is left to decide."""

from dataclasses import dataclass
from decimal import Decimal

from rendiconto.document.figure import Figure
from rendiconto.document.grid import Grid, Key, Note
from rendiconto.document.prose import Paragraph, Piece, Sentence
from rendiconto.document.values import Origin, Status


@dataclass(frozen=True, slots=True)
class Place:
    """The territory of the report: Istat code, slug, name ("Massa-Carrara"), title ("Provincia di Massa-Carrara")."""

    code: str
    slug: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table (or chart: number "G1"). ``label`` is "Tavola 17" or "Grafico 1"; ``slug`` its address "17".

    ``group`` is the section of the chapter that it stands in ("5.1 Pensioni vigenti e liquidate"), empty if there is none;
    ``pieces`` are notes to the table written by hand.
    """

    number: str
    label: str
    slug: str
    section: str
    title: str
    grids: tuple[Grid, ...]
    figures: tuple[Figure, ...]
    legend: tuple[Note, ...]
    group: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def available(self) -> bool:
        """Whether any part has data."""
        return any(grid.available for grid in self.grids)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the ten chapters; ``slug`` is stable ("entrate-contributive").

    ``commentary`` is written by rule from the chapter's own figures; ``pieces`` are comments written by hand.
    """

    number: int
    slug: str
    title: str
    tables: tuple[Table, ...]
    commentary: tuple[Paragraph, ...] = ()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ErratumEntry:
    """A figure that the published source errs on: a line of the errata page.

    ``refs`` are the cells where it is printed; ``published`` and ``proposed`` are printed forms. When not
    ``decidable`` the report prints what was published and says so.
    """

    id: str
    table: str
    where: str
    published: str
    proposed: str
    reason: str
    decidable: bool
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a cube as the report uses it (unrounded as delivered or computed)."""

    key: Key
    value: Decimal | None
    status: Status
    origin: Origin


@dataclass(frozen=True, slots=True)
class CodeLabel:
    """A code that occurs in a dimension of a cube, with its Italian label."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class DimensionData:
    """A dimension of a cube: its name in the data ("age"), its Italian title ("Età") and the codes that occur."""

    name: str
    title: str
    codes: tuple[CodeLabel, ...]


@dataclass(frozen=True, slots=True)
class CubeData:
    """A cube that the report uses, whole enough to be published as open data.

    ``formula`` is the Italian sentence that says how a derived cube is computed, None for a delivered one.
    ``unit`` and ``decimals`` are the cube's; an indicator dimension's codes may override them in ``units``
    (code, unit, decimals).
    """

    name: str
    title: str
    unit: str
    decimals: int
    perimeter: str
    reference: str
    sources: tuple[str, ...]
    formula: str | None
    dimensions: tuple[DimensionData, ...]
    observations: tuple[Observation, ...]
    tables: tuple[str, ...]
    units: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A figure of one year in a short series; None where there is no number."""

    period: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure for the front page: its cell, its comparison cells, in words and printed form.

    ``series`` are the same figure's years (for a sparkline, empty for a single one); ``references`` are the same figure
    elsewhere: names ("Toscana") with printed forms.
    """

    label: str
    value: str
    unit: str
    context: str
    table: str
    ref: str
    series: tuple[SeriesPoint, ...] = ()
    references: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of paragraphs (method page, colophon)."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingEntry:
    """Something expected and not delivered: a whole part (``cells`` 0 means all of it) or some of its cells."""

    table: str
    part: int
    title: str
    cells: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The resolved report.

    ``presentation`` are the texts that open it, written by hand; ``highlights`` one sentence a chapter, for summaries.
    """

    title: str
    subtitle: str
    territory: Place
    edition: int
    language: str
    issued: str  # ISO date of the data version, never of the clock
    data_version: str
    data_sha256: str
    as_published: bool
    chapters: tuple[Chapter, ...]
    key_figures: tuple[KeyFigure, ...]
    errata: tuple[ErratumEntry, ...]
    method: tuple[Section, ...]
    sources: tuple[Note, ...]
    glossary: tuple[Note, ...]
    colophon: tuple[Section, ...]
    licence: tuple[Section, ...]
    cubes: tuple[CubeData, ...]
    missing: tuple[MissingEntry, ...]
    presentation: tuple[Piece, ...] = ()
    highlights: tuple[Sentence, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables and charts in the order of the report."""
        return tuple(table for chapter in self.chapters for table in chapter.tables)

    @property
    def grids(self) -> tuple[Grid, ...]:
        """All grids in the order of the report."""
        return tuple(grid for table in self.tables for grid in table.grids)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All prose: highlights and presentation, then by chapter commentary, pieces, notes to tables."""
        found = [*self.highlights, *(sentence for piece in self.presentation for sentence in piece.sentences)]
        for chapter in self.chapters:
            found += [sentence for paragraph in chapter.commentary for sentence in paragraph.sentences]
            pieces = [*chapter.pieces, *(piece for table in chapter.tables for piece in table.pieces)]
            found += [sentence for piece in pieces for sentence in piece.sentences]
        return tuple(found)

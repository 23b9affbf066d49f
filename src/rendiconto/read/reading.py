"""A published report read: raw lines in, the Document and everything that was in doubt out.

Only the catalogue is asked, never the data: what stands in the file is what is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rendiconto.address import CellRef, table_prefix
from rendiconto.catalogue.declarations import Catalogue, ChapterDeclaration, TableDeclaration
from rendiconto.catalogue.gridplan import GridPlan
from rendiconto.document.claims import Passage
from rendiconto.document.grid import Cell, Grid, Header
from rendiconto.document.report import Chapter, Document, Place, Table
from rendiconto.document.values import Origin, Status
from rendiconto.findings import Finding
from rendiconto.italian.numbers import decimals_of
from rendiconto.read.figures import Figure
from rendiconto.read.pagelines import FigureRow, PageLines, tell_apart
from rendiconto.read.passages import find_passages
from rendiconto.read.placing import Placed, PlacedPart, place_rows
from rendiconto.read.rawtext import RawText
from rendiconto.read.recognition import recognise_edition, recognise_territory
from rendiconto.read.rules import read_finding
from rendiconto.read.settling import Placement, ReadCell, Settled, settle
from rendiconto.territory import Territory

UNNUMBERED = "0"
"""The number under which tables without a caption are kept."""


@dataclass(frozen=True)
class ReadReport:
    """A report as read.

    ``document`` has the tables with what was read in them (method, sources and open data are the compiler's, and empty here);
    ``placements`` how each cell was placed; ``passages`` the prose; ``findings`` what could not be placed, or is in doubt.
    """

    document: Document
    territory: Territory
    placements: Mapping[CellRef, Placement]
    cells: tuple[ReadCell, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    raw: RawText


def read_report(raw: RawText, catalogue: Catalogue, territory: Territory | None = None) -> ReadReport:
    """The report that a text is: of ``territory``, or of the one that the text names."""
    lines = tell_apart(raw)
    place = territory or recognise_territory(raw, lines, catalogue.year)
    placed = place_rows(catalogue, place, lines)
    settled = settle(catalogue, place, placed)
    builder = _Builder(catalogue, place, placed, settled)
    document = builder.document(raw)
    passages = find_passages(raw, _table_lines(lines, placed), report=bool(placed.parts))
    return ReadReport(
        document=document,
        territory=place,
        placements={cell.ref: cell.placement for cells in settled.cells.values() for cell in cells.values()},
        cells=tuple(cell for cells in settled.cells.values() for cell in cells.values()),
        passages=passages,
        findings=tuple(_ordered([*settled.findings, *builder.findings(passages)])),
        raw=raw,
    )


def edition_of(raw: RawText, asked: int | None, default: int) -> int:
    """The edition: the one asked for, the one that the text says, or the default."""
    return asked or recognise_edition(raw) or default


def _ordered(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.severity.rank, finding.rule, finding.cells))


def _table_lines(lines: PageLines, placed: Placed) -> frozenset[int]:
    """The places of lines that stand in tables."""
    rows = [pair.found for part in placed.parts.values() for pair in part.pairs]
    rows += [row for part in placed.parts.values() for row in part.extra]
    rows += [row for stretch in _unknown_stretches(placed.left) for row in stretch]
    known = {row.at for row in rows}
    captions = {caption.at for caption in lines.captions}
    return frozenset(known | captions)


class _Builder:
    """The Document out of settled cells, and the findings about what was not placed."""

    def __init__(self, catalogue: Catalogue, territory: Territory, placed: Placed, settled: Settled) -> None:
        self.catalogue = catalogue
        self.territory = territory
        self.placed = placed
        self.settled = settled
        self.unknown = list(_unknown_stretches(placed.left))

    def document(self, raw: RawText) -> Document:
        chapters = [self._chapter(chapter) for chapter in self.catalogue.chapters]
        generic = tuple(self._generic_tables())
        if generic:
            chapters.append(Chapter(len(chapters) + 1, "altre-tavole", "Tavole non previste dal catalogo", generic))
        edition = self.catalogue.edition
        place = self.territory
        return Document(
            title=raw.title or f"{edition.title} {edition.edition}",
            subtitle=place.title,
            territory=Place(place.code, place.slug, place.name, place.title),
            edition=edition.edition,
            language="it",
            issued=f"{edition.edition}-12-31",
            data_version="",
            data_sha256="",
            as_published=True,
            chapters=tuple(chapters),
            **dict.fromkeys(
                ("key_figures", "errata", "method", "sources", "glossary", "colophon", "licence", "cubes", "missing"), ()
            ),
        )

    def _chapter(self, chapter: ChapterDeclaration) -> Chapter:
        return Chapter(chapter.number, chapter.slug, chapter.title, tuple(self._table(table) for table in chapter.tables))

    def _table(self, table: TableDeclaration) -> Table:
        grids = tuple(self._grid(plan) for plan in self.placed.plans[table.number])
        return Table(table.number, table.label, table.number.lower(), table.section, table.title, grids, (), ())

    def _grid(self, plan: GridPlan) -> Grid:
        key = (plan.table.number, plan.part.index)
        part = self.placed.parts.get(key)
        read = self.settled.cells.get(key, {})
        if part is None or not (read or part.extra):
            return Grid(key[0], key[1], plan.part.title, (), plan.heading, (), (), (), (), (), available=False)
        rows = [
            tuple(self._cell(part, read, row, column) for column in range(len(line)))
            for row, line in enumerate(part.plan.cells)
        ]
        extra = [
            tuple(self._loose(key, len(rows) + at, column, figure) for column, figure in enumerate(row.figures))
            for at, row in enumerate(part.extra)
        ]
        stub = (*part.plan.stub, *(Header(row.label, kind="label") for row in part.extra))
        return Grid(key[0], key[1], plan.part.title, (), part.plan.heading, stub, (*rows, *extra), (), (), ())

    def _cell(self, part: PlacedPart, read: Mapping[tuple[int, int], ReadCell], row: int, column: int) -> Cell:
        planned = part.plan.cells[row][column]
        found = read.get((row, column))
        unit, decimals = planned.cube.unit_of(dict(planned.key))
        number, index = part.plan.table.number, part.plan.part.index
        figure = found.figure if found is not None else None
        value = figure.value if figure is not None else None
        return Cell(
            ref=CellRef(number, index, self.territory.slug, self.catalogue.year, row, column),
            cube=planned.cube.name,
            key=planned.key,
            value=value,
            status=figure.status if figure is not None else Status.MISSING,
            decimals=decimals if value is None else max(decimals, decimals_of(value)),
            unit=self.catalogue.units[unit].label,
            origin=Origin.DELIVERED if figure is not None else Origin.NONE,
        )

    def _loose(self, key: tuple[str, int], row: int, column: int, figure: Figure) -> Cell:
        """A figure that no key is known for."""
        ref = CellRef(key[0], key[1], self.territory.slug, self.catalogue.year, row, column)
        decimals = 0 if figure.value is None else decimals_of(figure.value)
        return Cell(ref, "", (), figure.value, figure.status, decimals, "", Origin.DELIVERED)

    def _generic_tables(self) -> Iterator[Table]:
        numbers: dict[str, list[list[FigureRow]]] = {}
        for stretch in self.unknown:
            number = self.placed.captions.get(stretch[0].segment, UNNUMBERED)
            numbers.setdefault(number if number not in self.catalogue.tables else UNNUMBERED, []).append(stretch)
        for number, stretches in numbers.items():
            grids = tuple(self._generic_grid(number, index, rows) for index, rows in enumerate(stretches))
            yield Table(number, f"Tavola {number}", number.lower(), "", "Tavola non prevista dal catalogo", grids, (), ())

    def _generic_grid(self, number: str, index: int, rows: Sequence[FigureRow]) -> Grid:
        width = max(len(row.figures) for row in rows)
        words = rows[0].header.text.split()
        names = (
            words[-width:]
            if len(words) >= width and len(set(words[-width:])) == width
            else [str(at + 1) for at in range(width)]
        )
        heading = tuple(Header(name, kind="label") for name in names)
        stub = tuple(Header(row.label, kind="label") for row in rows)
        filler = Figure("", None, Status.MISSING)
        cells = tuple(
            tuple(
                self._loose((number, index), at, column, row.figures[column] if column < len(row.figures) else filler)
                for column in range(width)
            )
            for at, row in enumerate(rows)
        )
        title = " ".join(rows[0].header.text.split())[:200]
        return Grid(number, index, title, (), heading, stub, cells, (), (), ())

    def findings(self, passages: Sequence[Passage]) -> Iterator[Finding]:
        """What was not where it should be, or has no place at all; a line of prose that ends in figures needs none."""
        for caption, number in self.placed.misnumbered:
            line = caption.line
            yield read_finding(
                "misnumbered", (table_prefix(number),), line.page, line.number, text=caption.number, table=number
            )
        for key, part in self.placed.parts.items():
            yield from self._part_findings(key, part)
        for number, table in self.catalogue.tables.items():
            for part_declared in table.parts:
                if (number, part_declared.index) not in self.placed.parts:
                    text = f"{table.label}, {part_declared.title}"
                    yield read_finding("absent_table", (f"{table_prefix(number)}.{part_declared.index}",), 0, 0, text=text)
        for stretch in self.unknown:
            line = stretch[0].line
            place = f"p{line.page}/l{line.number}"
            yield read_finding("unknown_table", (place,), line.page, line.number, text=stretch[0].label)
        told = {id(row) for stretch in self.unknown for row in stretch}
        for row in self.placed.left:
            prose = any(0 <= row.line.start - passage.start < len(passage.text) for passage in passages)
            if id(row) not in told and _is_loose(row) and not prose:
                place = f"p{row.line.page}/l{row.line.number}"
                yield read_finding("not_placed", (place,), row.line.page, row.line.number, text=row.line.text.strip()[:120])

    def _part_findings(self, key: tuple[str, int], part: PlacedPart) -> Iterator[Finding]:
        number, index = key
        line = part.pairs[0].found.line
        title = f"{part.plan.table.label}, {part.plan.part.title}"
        own = next(plan for plan in self.placed.plans[number] if plan.part.index == index)
        if part.displaced:
            yield read_finding("displaced", (f"{table_prefix(number)}.{index}",), line.page, line.number, text=title)
        if own.heading != part.plan.heading:
            years = ", ".join(header.label for header in part.plan.heading)
            yield read_finding(
                "other_periods", (f"{table_prefix(number)}.{index}",), line.page, line.number, text=title, expected=years
            )
        for at, row in enumerate(part.extra):
            ref = CellRef(number, index, self.territory.slug, self.catalogue.year, len(part.plan.cells) + at, 0)
            yield read_finding("extra_row", (str(ref),), row.line.page, row.line.number, text=row.label)
        rows = {pair.expected.row for pair in part.pairs}
        for row_number in range(len(part.plan.cells)):
            if row_number not in rows:
                ref = CellRef(number, index, self.territory.slug, self.catalogue.year, row_number, 0)
                yield read_finding("absent_row", (str(ref),), line.page, line.number, text=f"{title}, r{row_number}")


def _unknown_stretches(left: Sequence[FigureRow]) -> Iterator[list[FigureRow]]:
    """Rows that nobody claims and that stand together as those of a table do: alike in width, one below the other."""
    run: list[FigureRow] = []
    for row in left:
        if row.alternative or not _is_loose(row):
            continue
        joins = run and row.at - run[-1].at <= 3 and len(row.figures) == len(run[-1].figures) and row.segment == run[-1].segment
        if run and not joins:
            if len(run) > 1:
                yield run
            run = []
        run.append(row)
    if len(run) > 1:
        yield run


def _is_loose(row: FigureRow) -> bool:
    """Whether a row has figures that somebody will miss: two numbers at least, and no sentence before them."""
    numbers = [figure for figure in row.figures if figure.value is not None]
    return len(numbers) >= 2 and len(row.head) <= 12 and bool(row.label)

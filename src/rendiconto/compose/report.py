"""Compose: from catalogue, figures and territory to the Document, with nothing left to decide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rendiconto.catalogue.declarations import Catalogue, ChapterDeclaration, TableDeclaration
from rendiconto.catalogue.gridplan import GridPlan, plan_table
from rendiconto.catalogue.models import SectionModel
from rendiconto.compose.commentary import compose_commentary
from rendiconto.compose.cubes import compose_cubes, with_cited_cubes
from rendiconto.compose.figures import compose_figures
from rendiconto.compose.grids import GridComposer, figure_text, legend_notes, part_label, where_text
from rendiconto.compose.keyfigures import compose_key_figures
from rendiconto.compose.method import compose_method
from rendiconto.document.grid import Cell, Grid, Note
from rendiconto.document.report import Chapter, Document, ErratumEntry, MissingEntry, Place, Section, Table
from rendiconto.document.values import SYNTHETIC_NOTICE, Origin, Status
from rendiconto.observations import Erratum, ObservationStore, Resolver
from rendiconto.territory import Territory


def compose_report(
    catalogue: Catalogue,
    store: ObservationStore,
    territory: Territory,
    *,
    as_published: bool = False,
    tables: Sequence[str] | None = None,
) -> Document:
    """The report of a territory.

    ``as_published`` prints every figure as the source did, errata included. ``tables`` restricts the report to some
    table numbers (for looking at one without composing all).
    """
    resolver = Resolver(catalogue, store, as_published=as_published)
    composer = _ReportComposer(catalogue, resolver, territory, GridComposer(catalogue, resolver, territory))
    chapters = []
    plans: list[GridPlan] = []
    for declaration in catalogue.chapters:
        chapter = composer.chapter(declaration, plans, tables)
        if chapter.tables or tables is None:
            chapters.append(chapter)
    grids = {(grid.table, grid.part): grid for c in chapters for t in c.tables for grid in t.grids}
    written = compose_commentary(catalogue, resolver, territory, grids) if tables is None else {}
    chapters = [replace(c, commentary=written[c.number].paragraphs) if c.number in written else c for c in chapters]
    edition = catalogue.edition
    document = Document(
        title=f"{edition.title} {edition.edition}",
        subtitle=territory.title,
        territory=Place(territory.code, territory.slug, territory.name, territory.title),
        edition=edition.edition,
        language="it",
        issued=store.date,
        data_version=store.version,
        data_sha256=store.sha256,
        as_published=as_published,
        chapters=tuple(chapters),
        key_figures=compose_key_figures(catalogue, resolver, territory, grids) if tables is None else (),
        errata=tuple(composer.errata(grids)),
        method=(*sections_of(edition.method), *compose_method(catalogue, resolver, plans, grids)),
        sources=_sources(catalogue, plans),
        glossary=legend_notes(catalogue.glossary),
        colophon=sections_of(edition.colophon),
        licence=sections_of(edition.licence),
        cubes=compose_cubes(catalogue, resolver, territory, plans),
        missing=tuple(composer.missing(plans, grids)),
        highlights=tuple(found.highlight for found in written.values() if found.highlight is not None),
    )
    return _told_if_synthetic(with_cited_cubes(document, catalogue, resolver))


def _told_if_synthetic(document: Document) -> Document:
    """A report with made-up figures says so in its title, which stands on the cover, in every footer and in the metadata."""
    if not any(observation.origin is Origin.SYNTHETIC for cube in document.cubes for observation in cube.observations):
        return document
    return replace(document, title=f"{document.title} – {SYNTHETIC_NOTICE}")


def sections_of(models: Sequence[SectionModel]) -> tuple[Section, ...]:
    """Titled paragraphs of the edition, as they are declared."""
    return tuple(Section(model.title, model.paragraphs) for model in models)


def _sources(catalogue: Catalogue, plans: Sequence[GridPlan]) -> tuple[Note, ...]:
    """Each source with the tables whose figures it delivers."""
    tables: dict[str, dict[str, None]] = {}
    for plan in plans:
        for cube in plan.cubes:
            for source in cube.sources:
                tables.setdefault(source, {})[plan.table.number] = None
    return tuple(
        Note(_listed(list(tables[name])), source.label) for name, source in catalogue.sources.items() if name in tables
    )


def _listed(numbers: Sequence[str]) -> str:
    """``Tavole 1, 2, 3; Grafico 1``."""
    charts = [number[1:] for number in numbers if number.startswith("G")]
    named = (("Tavola", "Tavole", [n for n in numbers if not n.startswith("G")]), ("Grafico", "Grafici", charts))
    return "; ".join(f"{one if len(found) == 1 else many} {', '.join(found)}" for one, many, found in named if found)


@dataclass(frozen=True)
class _ReportComposer:
    catalogue: Catalogue
    resolver: Resolver
    territory: Territory
    grids: GridComposer

    def chapter(self, chapter: ChapterDeclaration, plans: list[GridPlan], only: Sequence[str] | None) -> Chapter:
        tables = [table for table in chapter.tables if only is None or table.number in only]
        return Chapter(
            chapter.number,
            chapter.slug,
            chapter.title,
            tuple(self.table(table, plans, chapter.section_of(table)) for table in tables),
        )

    def table(self, table: TableDeclaration, plans: list[GridPlan], group: str) -> Table:
        own = plan_table(self.catalogue, table, self.territory)
        plans.extend(own)
        grids = tuple(self.grids.compose(plan) for plan in own)
        figures = tuple(
            figure
            for plan, grid in zip(own, grids, strict=True)
            for figure in compose_figures(plan, grid, self.catalogue, self.territory)
        )
        slug = table.number.lower()
        return Table(
            number=table.number,
            label=table.label,
            slug=slug,
            section=table.section,
            title=table.title,
            grids=grids,
            figures=figures,
            legend=legend_notes(table.legend),
            group=group,
        )

    def errata(self, grids: dict[tuple[str, int], Grid]) -> list[ErratumEntry]:
        """The errata that touch a printed cell, in the order of the report."""
        printed: dict[tuple[str, tuple[str, ...]], list[Cell]] = {}
        for grid in grids.values():
            for line in grid.cells:
                for cell in line:
                    printed.setdefault((cell.cube, tuple(code for _, code in cell.key)), []).append(cell)
        entries = []
        for erratum in self.resolver.store.errata:
            cells = [
                cell
                for cell in printed.get((erratum.cube, erratum.codes), [])
                if erratum.concerns(cell.ref.table, cell.ref.part)
            ]
            if cells:
                entries.append((_order(list(grids), cells[0]), self._entry(erratum, cells, grids)))
        return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]

    def _entry(self, erratum: Erratum, cells: list[Cell], grids: dict[tuple[str, int], Grid]) -> ErratumEntry:
        first = cells[0]
        table = self.catalogue.tables[first.ref.table]
        return ErratumEntry(
            id=erratum.id,
            table=part_label(table, table.parts[first.ref.part]),
            where=where_text(grids[first.ref.table, first.ref.part], first),
            published=figure_text(erratum.published, first.decimals),
            proposed=figure_text(erratum.proposed, first.decimals),
            reason=erratum.reason,
            decidable=erratum.decidable,
            refs=tuple(str(cell.ref) for cell in cells),
        )

    def missing(self, plans: Sequence[GridPlan], grids: dict[tuple[str, int], Grid]) -> list[MissingEntry]:
        entries = []
        for plan in plans:
            grid = grids[plan.table.number, plan.part.index]
            absent = sum(cell.status is Status.MISSING for line in grid.cells for cell in line)
            if absent or not grid.available:
                entries.append(MissingEntry(plan.table.number, plan.part.index, grid.title, absent, grid.sources))
        return entries


def _order(grids: list[tuple[str, int]], cell: Cell) -> tuple[int, int, int]:
    return (grids.index((cell.ref.table, cell.ref.part)), cell.ref.row, cell.ref.column)

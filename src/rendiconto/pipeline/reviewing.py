"""A Word file of ours that comes back from a committee: what they did to its text, and which figures they changed.

It is held against the report composed again from the data that it says it was made from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from rendiconto.address import table_prefix
from rendiconto.document import Cell, Document, Status, cell_text
from rendiconto.document.identity import Identity
from rendiconto.document.review import Edit, Review, TextChange
from rendiconto.findings import Finding
from rendiconto.pipeline.auditing import AuditData, audit_text
from rendiconto.pipeline.building import compose_whole
from rendiconto.pipeline.editions import Edition, load_edition
from rendiconto.pipeline.revisions import Pair, align_paragraphs, even_out, sentence_changes, split_text
from rendiconto.quarantine import read_apart
from rendiconto.read.figures import read_token
from rendiconto.read.raw.reviewed import REVIEWED, ReviewedFile, ReviewedParagraph, ReviewedTable
from rendiconto.read.reading import ReadReport
from rendiconto.read.rules import READ_RULES
from rendiconto.render.docx.blocks import Block, Table, Text, lay_table
from rendiconto.render.docx.manuscript import report_blocks
from rendiconto.territory import Gazetteer
from rendiconto.workspace import Workspace


def review_file(
    path: Path, report: ReadReport, *, workspace: Workspace | None = None
) -> tuple[Review, tuple[Finding, ...]] | None:
    """What was done to a file of ours, and a finding for each figure that is not the data's; None for somebody else's file."""
    identity = Identity.from_properties(dict(report.raw.properties))
    if identity is None:
        return None
    edition = _data_of(identity, workspace)
    document, _ = compose_whole(identity.territory, edition, as_published=identity.as_published)
    review, findings = compare_with(document, edition, path, report)
    return replace(review, identity=identity), (*_other_data(identity, document), *findings)


def compare_with(document: Document, edition: Edition, path: Path, report: ReadReport) -> tuple[Review, tuple[Finding, ...]]:
    """The file at ``path``, read as ``report``, beside the document that it was made from."""
    reviewed: ReviewedFile = read_apart(REVIEWED, path)
    comparison = _Comparison(document, report_blocks(document, None), reviewed, report)
    review = Review(
        identity=Identity.of(document),
        compared_with=document.data_version,
        changes=tuple(_audited(comparison.text_changes(), edition, document.territory.slug)),
        tracked=tuple(replace(change, place=comparison.place(at)) for at, change in reviewed.tracked),
        comments=tuple(replace(comment, place=comparison.place(at)) for at, comment in reviewed.comments),
    )
    return review, tuple(comparison.figure_findings())


def _data_of(identity: Identity, workspace: Workspace | None) -> Edition:
    """The data that the file was made from, where the workspace still has that version; else the present ones."""
    latest = load_edition(identity.edition, workspace=workspace)
    if workspace is None or latest.observations.version == identity.data_version:
        return latest
    base, _, number = identity.data_version.partition("+")
    known, _, last = latest.observations.version.partition("+")
    if base != known or not (number or "0").isdecimal() or int(number or 0) > int(last or 0):
        return latest
    return load_edition(identity.edition, workspace=workspace, version=int(number or 0))


def _other_data(identity: Identity, document: Document) -> Iterator[Finding]:
    if (identity.data_version, identity.data_sha256) != (document.data_version, document.data_sha256):
        words = {"text": identity.data_version or "?", "expected": document.data_version}
        yield READ_RULES["other_data"].finding((f"{identity.territory}/{identity.edition}",), words)


def _audited(changes: Iterator[TextChange], edition: Edition, territory: str) -> Iterator[TextChange]:
    """The changes with what their new words say of the data."""
    data = AuditData(edition, Gazetteer.load().find(territory, edition.year))
    for change in changes:  # the auditor is made when first asked: a file without changes needs none
        yield replace(change, claims=audit_text(change.after, data)) if change.after else change


@dataclass(frozen=True, eq=False)
class _Comparison:
    """Our blocks beside the items of the file that came back."""

    document: Document
    blocks: Sequence[Block]
    reviewed: ReviewedFile
    report: ReadReport

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Text))

    @cached_property
    def paragraphs(self) -> dict[int, ReviewedParagraph]:
        """The paragraphs that came back, by the index of their item."""
        return {at: item for at, item in enumerate(self.reviewed.items) if isinstance(item, ReviewedParagraph)}

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Our texts (by position) and the items that they came back as, in order."""
        places = tuple(self.paragraphs)
        ours = [(text.anchor, text.text) for text in self.texts]
        theirs = [(item.bookmarks, item.text) for item in self.paragraphs.values()]
        return tuple((mine, None if other is None else places[other]) for mine, other in align_paragraphs(ours, theirs))

    @cached_property
    def places(self) -> dict[int, str]:
        """Where each item stands, as far as it is one of ours."""
        return {other: self.texts[mine].place for mine, other in self.pairs if mine is not None and other is not None}

    def place(self, at: int) -> str:
        """Where an item stands: what is not ours stands where the one before it does."""
        return next((self.places[before] for before in range(at, -1, -1) if before in self.places), "")

    def text_changes(self) -> Iterator[TextChange]:
        """Sentence by sentence, then the labels of tables."""
        for mine, other in self.pairs:
            theirs = "" if other is None else self.paragraphs[other].text
            if mine is not None:
                text = self.texts[mine]
                ours = text.sentences if len(text.sentences) > 1 else split_text(even_out(text.text))
                if even_out(text.text) != even_out(theirs):
                    yield from sentence_changes(ours, theirs, place=text.place, anchor=text.anchor)
            elif other is not None:
                yield from sentence_changes((), theirs, place=self.place(other), anchor="")
        for caption, table in self._tables():
            found = self._found(caption)
            if found is not None and _fits(table, found):
                yield from _label_changes(table, found, self.texts[caption])

    def figure_findings(self) -> Iterator[Finding]:
        """A finding for each figure of a table that is not the data's."""
        cells = {str(cell.ref): cell for grid in self.document.grids for line in grid.cells for cell in line}
        names = _names(self.document)
        read = {str(cell.ref): cell.figure.text for cell in self.report.cells}
        for caption, table in self._tables():
            found = self._found(caption)
            if found is not None and _fits(table, found):
                printed = _printed(table, found)
            else:
                first = cells[table.refs[0][0]]
                key = f"{table_prefix(first.ref.table)}.{first.ref.part}"
                yield READ_RULES["changed_table"].finding((key,), {"where": table.title, "where_it": table.title})
                # What can still be told by its labels is compared all the same.
                printed = {ref: read[ref] for line in table.refs for ref in line if ref in read} if found else {}
            for ref, text in printed.items():
                if not _same_figure(cells[ref], text):
                    yield _changed(cells[ref], text, names[ref])

    def _tables(self) -> Iterator[tuple[int, Table]]:
        """Our tables, each with the position of the text before it: its caption."""
        position = -1
        for block in self.blocks:
            position += isinstance(block, Text)
            if isinstance(block, Table):
                yield position, block

    def _found(self, caption: int) -> ReviewedTable | None:
        """The table that came back under a caption."""
        at = next((other for mine, other in self.pairs if mine == caption), None)
        if at is None or at + 1 >= len(self.reviewed.items):
            return None
        item = self.reviewed.items[at + 1]
        return item if isinstance(item, ReviewedTable) else None


def _fits(table: Table, found: ReviewedTable) -> bool:
    """Whether a table came back with the rows and columns that it had."""
    return [len(row) for row in found.rows] == [len(row) for row in lay_table(table)]


def _label_changes(table: Table, found: ReviewedTable, caption: Text) -> Iterator[TextChange]:
    """Headers and row labels that read otherwise."""
    head = sum(row.header for row in table.rows)
    seen = set()
    for row, (ours, theirs) in enumerate(zip(lay_table(table), found.rows, strict=True)):
        width = len(ours) if row < head else table.stub
        for mine, other in zip(ours[:width], theirs[:width], strict=True):
            if even_out(mine) != even_out(other) and (mine, other) not in seen:
                seen.add((mine, other))
                edit = Edit.ADDED if not mine else Edit.CHANGED if other else Edit.REMOVED
                yield TextChange(edit, f"{caption.place}, etichette", caption.anchor, mine, other)


def _printed(table: Table, found: ReviewedTable) -> dict[str, str]:
    """What stands at each figure's place, by its address."""
    head = sum(row.header for row in table.rows)
    bodies = found.rows[head:]
    return {
        ref: text
        for refs, row in zip(table.refs, bodies, strict=True)
        for ref, text in zip(refs, row[table.stub :], strict=True)
    }


def _same_figure(cell: Cell, text: str) -> bool:
    """Whether what is printed is the cell's figure, however its digits are grouped."""
    shown = cell_text(cell)
    if even_out(text) == shown:
        return True
    read = read_token(even_out(text))
    return read is not None and (read.value, read.status) == (cell.value, cell.status)


def _changed(cell: Cell, text: str, where: str) -> Finding:
    """The finding of one figure; of a confidential one nothing is said but that it was changed."""
    read = read_token(even_out(text))
    hidden = cell.status is Status.CONFIDENTIAL
    shown = "…" if hidden else even_out(text) or "(vuoto)"
    words = {"where": where, "where_it": where, "text": shown, "expected": cell_text(cell)}
    return READ_RULES["changed_figure"].finding(
        (str(cell.ref),),
        words,
        values=(shown,),
        expected=cell.value,
        observed=None if hidden or read is None else read.value,
    )


def _names(document: Document) -> Mapping[str, str]:
    """What each cell is called: table, row, column."""
    return {
        str(cell.ref): f"{table.label}, {row.label}, {column.label}"
        for table in document.tables
        for grid in table.grids
        for row, line in zip(grid.rows, grid.cells, strict=True)
        for column, cell in zip(grid.columns, line, strict=True)
    }

"""Which row of the text is which row of the report: under its caption first, then wherever its rows turn up.

Captions lead, but are not believed alone: a sub-table may stand under the next caption, a caption may be lost or wrong, pages
may be out of order. A part that its own caption does not have is looked for among the rows that nobody has claimed, and is
taken only where its title or its own labels speak for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from rendiconto.catalogue.declarations import TERRITORY, Catalogue, TableDeclaration
from rendiconto.catalogue.gridplan import GridPlan, plan_table
from rendiconto.catalogue.periods import with_periods
from rendiconto.italian.sorting import fold_words
from rendiconto.read.alignment import Pair, align, header_likeness
from rendiconto.read.expected import ExpectedPart, expect_part
from rendiconto.read.pagelines import Caption, FigureRow, PageLines, squeeze
from rendiconto.territory import Gazetteer, Territory

PartId = tuple[str, int]
_SAME_TITLE: Final = 88
_OTHER_TITLE: Final = 60
_ENOUGH_ROWS: Final = 0.6
_SPOKEN_FOR: Final = 0.25
_OWN_LABELS: Final = 3
_SURE_LABEL: Final = 0.9


@dataclass
class PlacedPart:
    """A part found in the text: its plan (with the periods printed), its pairs, and rows of its body that the plan has not."""

    plan: GridPlan
    pairs: list[Pair]
    extra: list[FigureRow] = field(default_factory=list)
    displaced: bool = False


@dataclass
class Placed:
    """What was found: parts by table and index; rows that nobody claims; captions by what they turned out to be.

    ``plans`` are what was looked for: the parts of each table as this edition has them.
    """

    plans: Mapping[str, Sequence[GridPlan]]
    parts: dict[PartId, PlacedPart] = field(default_factory=dict)
    left: list[FigureRow] = field(default_factory=list)
    captions: dict[int, str] = field(default_factory=dict)
    misnumbered: list[tuple[Caption, str]] = field(default_factory=list)


def place_rows(catalogue: Catalogue, territory: Territory, lines: PageLines) -> Placed:
    """Every row of the text at its place in the report, as far as that can be said."""
    return _Placer(catalogue, territory, lines).place()


class _Placer:
    def __init__(self, catalogue: Catalogue, territory: Territory, lines: PageLines) -> None:
        self.catalogue = catalogue
        self.lines = lines
        self.territory = territory
        self.plans = {number: plan_table(catalogue, table, territory) for number, table in catalogue.tables.items()}
        self.found = Placed(self.plans)
        self.used: set[int] = set()
        self.used_lines: set[int] = set()
        self._header_words: dict[str, tuple[frozenset[str], ...]] = {}

    def place(self) -> Placed:
        self._name_captions()
        by_table: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(self.lines.rows):
            by_table[self.found.captions.get(row.segment, "")].append(index)
        for number in self.plans:
            self._place_table(number, by_table.get(number, []))
        for number, plans in self.plans.items():
            missing = [plan for plan in plans if (number, plan.part.index) not in self.found.parts]
            for plan in missing:
                self._look_for(plan)
        self._take_extras()
        free = (row for index, row in enumerate(self.lines.rows) if self._is_free(index))
        self.found.left = [row for row in free if not self._is_header(row)]
        return self.found

    def _is_free(self, index: int) -> bool:
        row = self.lines.rows[index]
        return index not in self.used and row.at not in self.used_lines

    def _is_header(self, row: FigureRow) -> bool:
        """Whether a line that ends in figures is a line of column headers ("ALLA NASCITA 65 85")."""
        headers = self._headers(self.found.captions.get(row.segment, ""))
        words = set(fold_words(row.line.text).split())
        return any(words <= header for header in headers)

    def _headers(self, number: str) -> tuple[frozenset[str], ...]:
        """The words over the columns of each part of a table."""
        if number not in self._header_words:
            plans = self.plans.get(number, ())
            self._header_words[number] = tuple(expect_part(self.catalogue, plan, 0).words for plan in plans)
        return self._header_words[number]

    def _name_captions(self) -> None:
        """Each caption's table: that of its number, unless its title is clearly another's."""
        for at, caption in enumerate(self.lines.captions):
            number = caption.number
            own = self._title_likeness(caption, self.catalogue.tables[number]) if number in self.catalogue.tables else 0.0
            if caption.title and own < _OTHER_TITLE:
                likely = max(self.catalogue.tables.values(), key=lambda table: self._title_likeness(caption, table))
                if self._title_likeness(caption, likely) >= _SAME_TITLE:
                    number = likely.number
                    self.found.misnumbered.append((caption, number))
            self.found.captions[at] = number

    def _title_likeness(self, caption: Caption, table: TableDeclaration) -> float:
        """How much a caption says a table's title, the territory aside; 0 to 100."""
        title = fold_words(caption.title).split(fold_words(self.territory.title))[0]
        names = [table.title, *(part.title for part in table.parts)]
        return max(fuzz.token_set_ratio(title, fold_words(name)) for name in names) if title else 0.0

    def _place_table(self, number: str, indexes: Sequence[int]) -> None:
        parts = [expect_part(self.catalogue, plan, at) for at, plan in enumerate(self.plans[number])]
        rows = [self.lines.rows[index] for index in indexes]
        if not rows:
            return
        parts = [self._as_printed(part, rows) for part in parts]
        pairs = align(parts, rows)
        for part in parts:
            own = [pair for pair in pairs if pair.expected.part == part.index]
            if own and self._is_credible(part, own):
                self._claim(part, own, indexes)

    def _as_printed(self, part: ExpectedPart, rows: Sequence[FigureRow]) -> ExpectedPart:
        """The part with the years that stand over its rows, where more of its rows fit those than the edition's."""
        best, most = part, _exact_rows(part, rows)
        if not part.years or most >= _ENOUGH_ROWS * len(part.rows):
            return part
        for years in dict.fromkeys(row.header.years for row in rows):
            plan = with_periods(part.plan, years) if years and years != part.years else None
            if plan is not None:
                other = expect_part(self.catalogue, plan, part.index)
                if (count := _exact_rows(other, rows)) > most:
                    best, most = other, count
        return best

    @staticmethod
    def _is_credible(part: ExpectedPart, pairs: Sequence[Pair]) -> bool:
        sure = [pair for pair in pairs if not pair.offer.shortage and pair.likeness > 0.9]
        return bool(sure) or 2 * len(pairs) >= len(part.rows)

    def _claim(self, part: ExpectedPart, pairs: list[Pair], indexes: Iterable[int], *, displaced: bool = False) -> None:
        taken = {id(pair.found) for pair in pairs}
        for index in indexes:
            row = self.lines.rows[index]
            if id(row) in taken:
                self.used.add(index)
                self.used_lines.add(row.at)
        self.found.parts[part.plan.table.number, part.plan.part.index] = PlacedPart(part.plan, pairs, displaced=displaced)

    def _look_for(self, plan: GridPlan) -> None:
        """A part that its caption has not, among the rows that nobody has claimed."""
        part = expect_part(self.catalogue, plan, 0)
        if not part.rows:
            return
        best: list[Pair] = []
        within: list[int] = []
        for stretch in self._stretches():
            pairs = align([part], [self.lines.rows[index] for index in stretch])
            if self._is_spoken_for(part, pairs) and sum(p.score for p in pairs) > sum(p.score for p in best):
                best, within = pairs, stretch
        if best:
            self._claim(part, best, within, displaced=True)

    def _is_spoken_for(self, part: ExpectedPart, pairs: Sequence[Pair]) -> bool:
        """Whether rows found anywhere are this part's: enough of them, and title, header or labels of its own say so."""
        sure = [pair for pair in pairs if not pair.offer.shortage and pair.likeness > 0.9]
        if len(sure) < max(1, _ENOUGH_ROWS * len(part.rows)):
            return False
        header = sure[0].found.header
        titled = part.title_words and len(part.title_words & header.words) >= 0.8 * len(part.title_words)
        if header_likeness(part, header) < 0:
            return False
        if titled and header_likeness(part, header) >= _SPOKEN_FOR:
            return True
        own = [pair for pair in sure if not _is_territory(pair) and len(max(pair.expected.names, key=len)) > 5]
        return len(own) >= _OWN_LABELS and header_likeness(part, header) > 0

    def _stretches(self) -> Iterator[list[int]]:
        """Runs of unclaimed rows, broken where a claimed one stands between."""
        run: list[int] = []
        for index in range(len(self.lines.rows)):
            if self._is_free(index):
                run.append(index)
            elif index in self.used and run:
                yield run
                run = []
        if run:
            yield run

    def _take_extras(self) -> None:
        """Rows within the body of a part that its plan does not have."""
        spans = {}
        for key, part in self.found.parts.items():
            places = [pair.found.at for pair in part.pairs]
            spans[key] = (min(places), max(places))
        for index, row in enumerate(self.lines.rows):
            if not self._is_free(index) or row.alternative:
                continue
            for key, (first, last) in spans.items():
                part = self.found.parts[key]
                width = len(part.plan.cells[0])
                near = first <= row.at <= last or (0 < row.at - last <= 4 and row.header is part.pairs[-1].found.header)
                if near and row.label and len(row.figures) == width and not row.above[1:]:
                    part.extra.append(row)
                    self.used.add(index)
                    self.used_lines.add(row.at)
                    spans[key] = (first, max(last, row.at))
                    break


def _exact_rows(part: ExpectedPart, rows: Sequence[FigureRow]) -> int:
    """How many of a part's rows stand under its own years, with as many figures as it has columns."""
    pairs = align([part], [row for row in rows if row.header.years == part.years])
    return sum(not pair.offer.shortage and not pair.offer.surplus and pair.likeness > _SURE_LABEL for pair in pairs)


def _is_territory(pair: Pair) -> bool:
    """Whether the row is a whole territory's, as rows of most tables are: its label says nothing of the table."""
    codes = {dict(cell.key)[TERRITORY] for cell in pair.expected.cells}
    return (
        len(codes) == 1
        and not pair.expected.groups
        and squeeze(Gazetteer.load().by_code(codes.pop()).name) in pair.expected.names
    )

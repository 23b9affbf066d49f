"""What a sentence's words stand for in the data: which cube, which codes, whose figure, of which year.

Where words leave a dimension open its total is meant; where there is no total, every code of it. What a number or a turn of
phrase is about is asked of its own clause first, then of the sentence, then of the sentence before.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from typing import Final

from rendiconto.audit.annotations import Sentence
from rendiconto.audit.vocabulary import CodeMention, Mention
from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.formulas import Share
from rendiconto.catalogue.gridplan import Codes
from rendiconto.check.citing import printed_figure
from rendiconto.check.claims import Cell
from rendiconto.document.values import Status
from rendiconto.observations.resolution import Resolver
from rendiconto.territory import Territory

_CODE_WITHIN: Final = 14
_MOST_KEYS: Final = 64
_BREAKS: Final = frozenset((",", ";", ":", ")", "e", "ed", "mentre", "contro"))


@dataclass(frozen=True)
class Subject:
    """What is spoken of: a cube with the codes that words fix (several of one dimension: each of them).

    ``at`` is its place in the sentence, None where it is taken from the sentence before. ``companions`` are cubes of the same
    name that may have what it has not.
    """

    cube: Cube
    codes: Mapping[str, tuple[str, ...]]
    at: int | None = None
    companions: tuple[Cube, ...] = ()


@dataclass
class Context:
    """What the sentences before have left open to be taken up."""

    subjects: list[Subject] = field(default_factory=list)
    of: int | None = None
    step: int | None = None
    place: str | None = None


class Data:
    """The figures of one report's territory as prose is checked against them; ``shares`` are the declared ones."""

    def __init__(self, catalogue: Catalogue, resolver: Resolver, territory: Territory) -> None:
        self.catalogue = catalogue
        self.resolver = resolver
        self.territory = territory
        self.shares = [(cube, cube.formula) for cube in catalogue.cubes.values() if isinstance(cube.formula, Share)]
        self._years: dict[Hashable, list[int]] = {}

    def figure(self, cube: Cube, codes: Codes) -> tuple[Decimal | None, Status]:
        """The figure at its printed decimals, and its status."""
        return printed_figure(self.resolver, cube, codes)

    def share_of(self, subject: Subject) -> Subject | None:
        """The one declared share that a count is the part of: what is told of it in points, or beside other places."""
        found = [
            cube
            for cube, share in self.shares
            if share.part.cube == subject.cube.name
            and all(subject.codes.get(name) == (code,) for name, code in share.part.fix.items())
        ]
        if len(found) != 1:
            return None
        codes = {name: chosen for name, chosen in subject.codes.items() if found[0].dimension(name) is not None}
        return Subject(found[0], codes, subject.at)

    def whole_of(self, subject: Subject) -> Subject | None:
        """The same at the total of the last code that words single out; None where nothing is singled out of a total."""
        for dimension in reversed(subject.cube.dimensions):
            codelist = dimension.codelist
            chosen = subject.codes.get(dimension.name)
            if codelist is not None and codelist.total is not None and chosen is not None and chosen != (codelist.total,):
                return replace(subject, codes={**subject.codes, dimension.name: (codelist.total,)})
        return None

    def is_there(self, cube: Cube, codes: Codes) -> bool:
        """Whether anything is known at a key."""
        return self.resolver.resolve(cube, codes).status is not Status.MISSING

    def keys(self, subject: Subject, place: str, year: int) -> list[Codes]:
        """The keys that a subject stands for at a place and year, those alone that have a figure where not all do."""
        axes: list[Sequence[str]] = []
        for dimension in subject.cube.dimensions:
            if dimension.name == TERRITORY:
                axes.append((place,))
            elif dimension.name == PERIOD:
                axes.append((str(year),))
            elif dimension.name in subject.codes:
                axes.append(subject.codes[dimension.name])
            elif dimension.codelist is not None:
                axes.append((dimension.codelist.total,) if dimension.codelist.total else tuple(dimension.codelist.codes))
        keys = [tuple(codes) for codes in product(*axes)][:_MOST_KEYS]
        there = [codes for codes in keys if self.is_there(subject.cube, codes)]
        return there or self._without_totals(subject, keys) or keys

    def opening(self, cell: Cell) -> Cell | None:
        """For a stock at the end of a year the same at its beginning, where the codelist says which that is."""
        cube, codes = cell
        for at, dimension in enumerate(cube.dimensions):
            opening = dimension.codelist.codes[codes[at]].opening if dimension.codelist is not None else None
            if opening is not None:
                return cube, (*codes[:at], opening, *codes[at + 1 :])
        return None

    def _without_totals(self, subject: Subject, keys: Sequence[Codes]) -> list[Codes]:
        """Where nobody gives a total that words leave open, the figures below it."""
        found: list[Codes] = []
        for codes in keys:
            axes: list[Sequence[str]] = []
            for dimension, code in zip(subject.cube.dimensions, codes, strict=True):
                open_total = dimension.codelist is not None and dimension.name not in subject.codes
                parts = tuple(dimension.codelist.codes) if open_total and dimension.codelist is not None else (code,)
                small = len(parts) <= 3
                axes.append(parts if small else (code,))
            found.extend(each for each in product(*axes) if self.is_there(subject.cube, each))
        return found[:_MOST_KEYS]

    def default_year(self, subject: Subject, place: str) -> int:
        """The year that a figure is of where nobody says: the cube's own in this edition, else the last that there is."""
        own = self.catalogue.year + subject.cube.offset
        years = self.years(subject, place)
        return own if own in years or not years else years[-1]

    def years(self, subject: Subject, place: str) -> list[int]:
        """The years for which a subject has figures, in order."""
        key = (subject.cube.name, *(cube.name for cube in subject.companions), place, *sorted(subject.codes.items()))
        if key not in self._years:
            self._years[key] = self._years_of(subject, place)
        return self._years[key]

    def _years_of(self, subject: Subject, place: str) -> list[int]:
        return [
            year
            for year in self.catalogue.years
            if any(self.is_there(cube, codes) for cube, codes in self.cells(subject, place, year))
        ]

    def cells(self, subject: Subject, place: str, year: int) -> list[Cell]:
        """The cells of a subject at a place and year; of a companion where it has none itself."""
        for cube in (subject.cube, *subject.companions):
            same = {name: codes for name, codes in subject.codes.items() if cube.dimension(name) is not None}
            cells = [(cube, codes) for codes in self.keys(Subject(cube, same), place, year)]
            if any(self.is_there(cube, codes) for cube, codes in cells):
                return cells
        return [(subject.cube, codes) for codes in self.keys(subject, place, year)]

    def pairs(self, subject: Subject, place: str, first: int, last: int) -> list[tuple[Cell, Cell]]:
        """A subject's cells at two years; a stock that the earlier year lacks is taken from the opening of the later."""
        of, base = self.cells(subject, place, last), self.cells(subject, place, first)
        pairs = list(zip(base, of, strict=False))
        if not any(self.is_there(cube, codes) for cube, codes in base):
            opened = [(before, cell) for cell in of if (before := self.opening(cell)) is not None]
            return opened or pairs
        return pairs


def subjects_of(
    data: Data, sentence: Sentence, mention: Mention, near: int | None = None, until: int | None = None
) -> list[Subject]:
    """What a mention may stand for, the likeliest first.

    ``near`` is the word (a number's end) that codes may stand beside; codes from the word ``until`` on are of something else.
    """
    found = []
    for name in mention.cubes:
        cube = data.catalogue.cubes[name]
        codes = _codes(data.catalogue, sentence, cube, mention, near, until)
        companions = tuple(
            other for each in mention.cubes if (other := data.catalogue.cubes[each]) is not cube and other.unit == cube.unit
        )
        found.append(Subject(cube, codes, mention.first, companions))
    # Of cubes of one name those count that leave least open, and of these those that all the words narrow down.
    found.sort(key=lambda subject: (_open_dimensions(subject), -len(subject.codes)))
    best = found[0]
    return [s for s in found if _open_dimensions(s) == _open_dimensions(best) and len(s.codes) == len(best.codes)]


def _open_dimensions(subject: Subject) -> int:
    """Dimensions that are neither said nor have a total."""
    return sum(
        d.codelist is not None and d.codelist.total is None and d.name not in subject.codes for d in subject.cube.dimensions
    )


def _codes(
    catalogue: Catalogue, sentence: Sentence, cube: Cube, mention: Mention, near: int | None, until: int | None
) -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {name: (code,) for name, code in mention.codes.items()}
    for dimension in cube.dimensions:
        if dimension.codelist is None:
            continue
        named = sentence.codes.get(dimension.codelist.name, ())
        said = [
            c
            for c in named
            if _applies(catalogue, sentence, c, mention) and (until is None or c.first < until or c.first < mention.first)
        ]
        if mention.antecedent is not None:
            said = [code for code in said if code.first >= mention.first]
        if not said and mention.antecedent is not None:
            said = [code for code in named if code.first < mention.first]
        chosen = (
            _nearest(sentence, said, near)
            if near is not None
            else [code for code in said if not _beside_number(sentence, code)]
        )
        free = dimension.name not in mention.codes or mention.antecedent is not None
        if chosen and (free or (near is not None and chosen[0].first <= near + 3)):
            codes[dimension.name] = tuple(dict.fromkeys(code.code for code in chosen))
    return codes


def _applies(catalogue: Catalogue, sentence: Sentence, code: CodeMention, mention: Mention) -> bool:
    """Whether a code's words are about a mention: its own, following it before the next of its kind, or before all of them."""
    if mention.first <= code.first and code.last <= mention.last:
        return True
    for other in sentence.mentions:
        if other is not mention and other.first <= code.first and code.last <= other.last:
            return False
    alike = [m for m in sentence.mentions if code.codelist in _codelists(catalogue, m)]
    before = [m for m in alike if m.last < code.first]
    if before:
        return before[-1] is mention or (before[-1].cubes == mention.cubes and mention.first > code.first)
    return True


def _codelists(catalogue: Catalogue, mention: Mention) -> set[str]:
    """The codelists of the cubes that a mention may mean."""
    dimensions = (dimension for name in mention.cubes for dimension in catalogue.cubes[name].dimensions)
    return {dimension.codelist.name for dimension in dimensions if dimension.codelist is not None}


def _beside_number(sentence: Sentence, code: CodeMention) -> bool:
    """Whether a code's words belong to a number just before them ("4.961 donne")."""
    return any(0 < code.first - number.last <= 2 and not number.quantity.percent for number in sentence.numbers)


def _nearest(sentence: Sentence, said: Sequence[CodeMention], near: int) -> list[CodeMention]:
    """Of codes of one dimension those that belong to the number that ends at ``near``."""
    numbers = sorted(number.last for number in sentence.numbers)
    following = [last for last in numbers if last > near]
    until = min(following[0] if following else len(sentence.words), near + _CODE_WITHIN)
    stops = {at for at in range(near + 1, until) if sentence.words[at].text in _BREAKS}
    until = min(stops) if stops else until
    after = [code for code in said if near < code.first < until]
    if after:
        return after[:1]
    claimed = {
        id(code)
        for last in numbers
        if last != near
        for code in said
        if last < code.first <= last + 5
        and not any(last < other < code.first for other in numbers)
        and not any(sentence.words[at].text in _BREAKS for at in range(last + 1, code.first))
    }
    free = [code for code in said if id(code) not in claimed and code.first < near]
    return free[-1:]


def adjacent_mention(sentence: Sentence, at: int) -> Mention | None:
    """The mention that begins right after a word: "37 sportelli di Patronato"."""
    return next((m for m in sentence.mentions if 0 < m.first - at <= 2 and not _mark_between(sentence, at, m.first)), None)


def nearest_mentions(sentence: Sentence, at: int) -> list[Mention]:
    """The mentions of a sentence by how likely a word at ``at`` is about them: following closely, before, after."""
    clause = sentence.chunk(at, clause=True)

    def rank(mention: Mention) -> tuple[int, int]:
        inside = mention.first in clause
        if at <= mention.first <= at + 4 and inside and not _mark_between(sentence, at, mention.first):
            return (0, mention.first - at)
        if mention.last < at:
            return (1 if inside else 2, at - mention.last)
        if mention.first <= at <= mention.last:
            return (0, 0)
        return (1 if inside and not _mark_between(sentence, at, mention.first) else 3, 20 + mention.first - at)

    return sorted(sentence.mentions, key=rank)


def _mark_between(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.words[at].is_mark and sentence.words[at].text in ",;:()" for at in range(first, last))

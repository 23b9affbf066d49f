"""Comparisons: a figure beside another place's, another code's, another indicator's."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from rendiconto.audit.binding import Subject, nearest_mentions, subjects_of
from rendiconto.audit.numbers import Found
from rendiconto.audit.scope import TREND_NOUNS, TurnScope
from rendiconto.audit.shares import Reading
from rendiconto.audit.turns import Turn
from rendiconto.audit.vocabulary import Mention
from rendiconto.catalogue.declarations import TERRITORY
from rendiconto.check.claims import Cell, Claim, Operation
from rendiconto.italian.lexicon import Direction, is_transitive

_NEXT: Final = 3
_BARE: Final = frozenset(("piu", "meno"))
_LINKS: Final = frozenset(("rispetto", "alle", "ai", "agli", "al", "alla", "delle", "degli", "dei", "di", "a", "che"))


class ComparisonReader:
    """Reads the comparatives of one sentence."""

    def __init__(self, scope: TurnScope) -> None:
        self.scope = scope

    def is_in_time(self, turn: Turn) -> bool:
        """Whether a comparative sets a figure beside its own of another year: "superiore rispetto all'anno precedente"."""
        until = self._comparison_end(turn)
        places = any(turn.last < place.at < until for place in self.scope.sentence.places)
        if turn.direction is Direction.LEVEL and any(0 < n.first - turn.last <= _NEXT for n in self.scope.sentence.numbers):
            return False  # "pari a 65, in calo rispetto al 2023" says a figure
        years = [year for year in self.scope.sentence.years if turn.last < year.at < until]
        return not places and bool(years) and all(year.base or year.back for year in years)

    def read(self, turn: Turn) -> Found | None:
        """The comparison that a comparative makes; None where it makes none that figures can show."""
        sentence = self.scope.sentence
        until = self._comparison_end(turn)
        if turn.direction is Direction.LEVEL and any(0 < n.first - turn.last <= _NEXT for n in sentence.numbers):
            return None  # "pari al 6,2%, contro il 4,0% della Toscana" says a figure
        if turn.last + 1 < len(sentence.words) and sentence.words[turn.last + 1].folded == "quota":
            return None  # "superano quota 1.000" is a hedge
        places = [place for place in sentence.places if turn.last < place.at < until]
        if places:
            return self._with_places(turn, [place.code for place in places])
        numbers = any(turn.last < number.first < until for number in sentence.numbers)
        if numbers and turn.direction is Direction.LEVEL:
            return None
        after = [mention for mention in sentence.mentions if turn.last < mention.first < until]
        found = self._with_mentions(turn, after) if after and turn.direction is not Direction.LEVEL else None
        return found or (None if numbers else self._with_code(turn, until) or self._with_sister(turn))

    def _with_code(self, turn: Turn, until: int) -> Found | None:
        """A code set against another named after it: "gli artigiani superano i commercianti"."""
        mentions = nearest_mentions(self.scope.sentence, turn.at)
        for subject in (s for m in mentions for s in subjects_of(self.scope.data, self.scope.sentence, m)):
            for dimension in subject.cube.dimensions:
                named = self.scope.sentence.codes.get(dimension.codelist.name, ()) if dimension.codelist is not None else ()
                this = [code.code for code in named if code.last < turn.at]
                other = [code.code for code in named if turn.last < code.first < until]
                if this and other and this[-1] != other[0] and self._is_object(turn, until):
                    reading = self._beside_code(turn, subject, dimension.name, (this[-1], other[0]))
                    return self.scope.found(turn, [reading], Operation.COMPARISON, subject)
        return None

    def _is_object(self, turn: Turn, until: int) -> bool:
        """Whether what follows a comparative is what it compares with."""
        verb = is_transitive(self.scope.words[turn.at].folded)
        return verb or any(word.folded.removesuffix("'") in _LINKS for word in self.scope.words[turn.last + 1 : until][:2])

    def _beside_code(self, turn: Turn, subject: Subject, name: str, codes: tuple[str, str]) -> Reading:
        place = self.scope.data.territory.code
        year = self.scope.year_of(turn, subject, place)
        sides = [replace(subject, codes={**subject.codes, name: (code,)}) for code in codes]
        pairs = zip(*(self.scope.data.cells(side, place, year) for side in sides), strict=False)
        return tuple(Claim(Operation.COMPARISON, (this, that), direction=turn.direction) for this, that in pairs)

    def _with_sister(self, turn: Turn) -> Found | None:
        """One code set against the other of two: "un minor numero di assunzioni per le donne", "DURC regolari e irregolari"."""
        for mention in self.scope.mentions(turn):
            for subject in subjects_of(self.scope.data, self.scope.sentence, mention):
                for name in subject.codes:
                    reading = self._sisters(turn, subject, name)
                    if reading:
                        return self.scope.found(turn, [reading], Operation.COMPARISON, subject)
        return None

    def _sisters(self, turn: Turn, subject: Subject, name: str) -> Reading:
        """A code of a dimension that has two against the other; none where it has more."""
        dimension, chosen = subject.cube.dimension(name), subject.codes[name]
        codelist = dimension.codelist if dimension is not None else None
        codes = [code for code in codelist.codes if code != codelist.total] if codelist is not None else []
        if len(codes) != 2 or len(chosen) > 2:
            return ()
        near = self.scope.sentence.chunk(turn.at)
        said = self.scope.sentence.codes.get(codelist.name, ()) if codelist is not None else ()
        first = next((code.code for code in said if code.first in near and code.code in codes), chosen[0])
        other = next(code for code in codes if code != first)
        return self._beside_code(turn, subject, name, (first, other))

    def _comparison_end(self, turn: Turn) -> int:
        later = [t.at for t in self.scope.sentence.turns if t.at > turn.last]
        clause = self.scope.sentence.chunk(turn.at, clause=True).stop
        return min([clause, *later])

    def _with_places(self, turn: Turn, places: Sequence[str]) -> Found | None:
        alternatives = self._before(turn)
        readings: list[Reading] = []
        others = [place for place in dict.fromkeys(places) if place != self.scope.data.territory.code]
        for subject in alternatives:
            claims = tuple(claim for place in others for claim in self._set_against(turn, subject, place))
            if claims:
                readings.append(claims)
        return self.scope.found(turn, readings, Operation.COMPARISON, alternatives[0]) if alternatives else None

    def _set_against(self, turn: Turn, subject: Subject, place: str) -> Iterator[Claim]:
        """A figure beside another place's: rates as they are; counts by their change, or by their share of a whole."""
        own = self.scope.data.territory.code
        year = self.scope.year_of(turn, subject, own)
        if TERRITORY not in subject.cube.sums and not subject.cube.is_balance:
            for cell in self.scope.data.cells(subject, own, year):
                other = self._elsewhere_cell(cell, place)
                yield Claim(Operation.COMPARISON, (cell, other), direction=turn.direction, degree=self.scope.degree(turn))
            return
        share = self.scope.data.share_of(subject)
        change = next((t for t in self.scope.sentence.turns if not t.compares), None)
        between = {word.folded for word in self.scope.words[turn.at : turn.last + 8]}
        if between & TREND_NOUNS or (change is not None and turn.direction is Direction.LEVEL):
            yield from self._beside(Operation.LIKENESS, turn, subject, place, year)
        elif share is not None:
            yield from self._set_against(turn, share, place)
        elif change is not None:
            yield from self._beside(Operation.PACE, turn, subject, place, year)
        elif self.scope.words[turn.last].folded in _BARE:
            for cell in self.scope.data.cells(subject, own, year):
                yield Claim(Operation.COMPARISON, (cell, self._elsewhere_cell(cell, place)), direction=turn.direction)

    def _beside(self, operation: Operation, turn: Turn, subject: Subject, place: str, year: int) -> Iterator[Claim]:
        for base, of in self.scope.data.pairs(subject, self.scope.data.territory.code, year - 1, year):
            other = (self._elsewhere_cell(base, place), self._elsewhere_cell(of, place))
            yield Claim(operation, (base, of, *other), direction=turn.direction)

    @staticmethod
    def _elsewhere_cell(cell: Cell, place: str) -> Cell:
        cube, codes = cell
        at = cube.dimension_names.index(TERRITORY)
        return cube, (*codes[:at], place, *codes[at + 1 :])

    def _before(self, turn: Turn) -> list[Subject]:
        """What is compared: the term before, or the one that the comparative qualifies."""
        mentions = [m for m in nearest_mentions(self.scope.sentence, turn.at) if m.first < turn.at]
        shares = self._share_said(mentions)
        if shares:
            return shares
        if not mentions:
            if self.scope.context.subjects:
                return [self.scope.narrowed(subject) for subject in self.scope.context.subjects]
            mentions = self.scope.mentions(turn)
        return [subject for mention in mentions for subject in subjects_of(self.scope.data, self.scope.sentence, mention)][:4]

    def _share_said(self, mentions: Sequence[Mention]) -> list[Subject]:
        """The declared share whose part and whole the sentence names beside a percentage: "rappresentano il 32,9% dei …"."""
        if not any(number.quantity.percent for number in self.scope.sentence.numbers):
            return []
        named = {name for mention in mentions for name in mention.cubes}
        return [
            Subject(cube, {}, None)
            for cube, share in self.scope.data.shares
            if share.part.cube != share.whole.cube and {share.part.cube, share.whole.cube} <= named
        ]

    def _with_mentions(self, turn: Turn, after: Sequence[Mention]) -> Found | None:
        """One indicator set against another: "un numero maggiore di assunzioni rispetto alle cessazioni"."""
        verb = is_transitive(self.scope.words[turn.at].folded)
        rivals = [m for m in after if verb or any(w.folded in _LINKS for w in self.scope.words[turn.last + 1 : m.first])]
        if len(rivals) >= 2:
            this, other = rivals[0], rivals[1]
        elif rivals and (left := [m for m in nearest_mentions(self.scope.sentence, turn.at) if m.last < turn.at]):
            this, other = left[0], rivals[0]
        else:
            return None
        readings = []
        for first in subjects_of(self.scope.data, self.scope.sentence, this):
            for second in subjects_of(self.scope.data, self.scope.sentence, other):
                if first.cube.unit == second.cube.unit:
                    place = self.scope.data.territory.code
                    year = self.scope.year_of(turn, first, place)
                    pairs = zip(
                        self.scope.data.cells(first, place, year), self.scope.data.cells(second, place, year), strict=False
                    )
                    readings.append(tuple(Claim(Operation.COMPARISON, pair, direction=turn.direction) for pair in pairs))
        return self.scope.found(turn, [r for r in readings if r], Operation.COMPARISON, None) if readings else None

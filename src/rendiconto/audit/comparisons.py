"""Comparisons: a figure beside another place's, another code's, another term's, or its own of another year."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from rendiconto.audit.attachment import Span
from rendiconto.audit.binding import Subject
from rendiconto.audit.candidates import Bound
from rendiconto.audit.directions import DirectionReader
from rendiconto.audit.phrases import TREND_NOUNS, Complement, Phrases
from rendiconto.audit.readings import Found, Weighed
from rendiconto.audit.turns import Turn
from rendiconto.catalogue.declarations import TERRITORY
from rendiconto.check.claims import Cell, Claim, Operation
from rendiconto.italian.lexicon import Direction, is_transitive, is_unlike

_Against = Callable[[str], Iterator[Claim]]
"""What sets a figure beside that of a place: the claims of it."""
_NEXT: Final = 3
_BARE: Final = frozenset(("piu", "meno"))
_LINKS: Final = frozenset(
    (
        "rispetto",
        "alle",
        "ai",
        "agli",
        "al",
        "alla",
        "all'",
        "delle",
        "degli",
        "dei",
        "del",
        "della",
        "di",
        "a",
        "che",
        "sulle",
        "sugli",
        "sui",
    )
)
_SHARED: Final = frozenset(("quota", "percentuale", "incidenza", "peso", "valore", "dato", "proporzione", "rapporto"))
_GROWTH_NOUNS: Final = frozenset(
    ("crescita", "variazione", "ritmo", "incremento", "aumento", "calo", "riduzione", "flessione", "dinamica")
)
_MOST: Final = 6
_PLAIN: Final = 1.0
"""The cost of comparing counts of places of different size as they are."""


class ComparisonReader:
    """Reads the comparatives of one sentence."""

    def __init__(self, phrases: Phrases, directions: DirectionReader) -> None:
        self.phrases = phrases
        self.directions = directions
        self.data = phrases.data
        self.words = phrases.words
        self.sentence = phrases.sentence

    def read(self, turn: Turn) -> Iterator[Found]:
        """The comparisons that a comparative makes: one with each place, but "sia … sia" names them together."""
        if self.phrases.of_something_else(turn):
            return
        level = turn.direction is Direction.LEVEL
        following = self.words[turn.last + 1].folded if turn.last + 1 < len(self.words) else ""
        if (level and any(0 < n.first - turn.last <= _NEXT for n in self.sentence.numbers)) or following == "quota":
            return  # "pari al 6,2%" says a figure, "superano quota 1.000" hedges one
        complement = self.phrases.complement(turn)
        own = self.data.territory.code
        if len({place.code for place in complement.places if place.code != own}) > 1 and not self._is_joint(complement):
            start = turn.at
            for place in complement.places:
                readings = list(self._with_places(turn, replace(complement, places=(place,))))
                if readings:
                    yield self.phrases.found(turn, readings, Operation.COMPARISON, place.last, start)
                    start = place.last + 1
            return
        found = self._read(turn, complement)
        if found is not None:
            yield found

    def _is_joint(self, complement: Complement) -> bool:
        """Whether both places are named at once: "superiore a entrambe"."""
        return any(
            word.folded in ("entrambi", "entrambe") for word in self.words[complement.places[0].at - 3 : complement.until]
        )

    def _read(self, turn: Turn, complement: Complement) -> Found | None:
        level = turn.direction is Direction.LEVEL
        readings: list[Weighed] = []
        end = turn.last
        if complement.places:
            readings = list(self._with_places(turn, complement))
            end = max(place.last for place in complement.places)
        if readings:
            pass
        elif self._is_in_time(turn, complement):
            readings = list(self._in_time(turn))
            end = max(year.end for year in complement.years)
        elif not any(turn.last < number.first < complement.until for number in self.sentence.numbers) or not level:
            readings = [*self._with_codes(turn, complement), *self._with_terms(turn, complement)]
            ends = [code.last for code in complement.codes] + [mention.last for mention in complement.mentions]
            end = max(ends, default=turn.last)
            if not readings:
                readings = list(self._with_sisters(turn))
        if not readings and (level or not self.phrases.bounds(turn)):
            return None
        return self.phrases.found(turn, readings, Operation.COMPARISON, end)

    # In time

    @staticmethod
    def _is_in_time(turn: Turn, complement: Complement) -> bool:
        """Whether a comparative sets a figure beside its own of another year: "superiore rispetto all'anno precedente"."""
        years = complement.years
        if turn.direction is Direction.LEVEL and not any(year.base or year.back for year in years):
            return False
        first = min((mention.first for mention in complement.mentions), default=complement.until)
        based = all(year.base or year.back or year.all_before or year.step for year in years)
        return bool(years) and years[0].at < first and based

    def _in_time(self, turn: Turn) -> Iterator[Weighed]:
        changed = replace(turn, compares=False)
        for bound in self.phrases.bounds(turn)[:_MOST]:
            yield from self.directions.readings(changed, bound)

    # With other places

    def _with_places(self, turn: Turn, complement: Complement) -> Iterator[Weighed]:
        anchor = Span(turn.at, turn.last)
        bounds = [*self._shares_said(), *(self.phrases.bounds(turn, before=True) or self.phrases.bounds(turn))]
        faced = {place.code for place in complement.places}
        for bound in bounds[:_MOST]:
            for own in self.phrases.candidates.whereabouts.places(anchor, facing=turn.last)[:3]:
                others = [code for code in dict.fromkeys(place.code for place in complement.places) if code != own.value]
                if not others or (own.value in faced and len(faced) == 1):
                    continue
                for year in self.phrases.candidates.whereabouts.years(anchor, bound.subject, own.value, measured=True)[:3]:
                    cost = bound.cost + own.cost + year.cost
                    for ways in self._ways(turn, bound.subject, own.value, int(year.value)):
                        claims = [claim for other in others for claim in ways[0](other)]
                        if claims:
                            yield Weighed(tuple(claims), cost + ways[1], bound.sure)

    def _shares_said(self) -> Iterator[Bound]:
        """The declared share whose part and whole the sentence names beside a percentage: "rappresentano il 32,9% dei …"."""
        named = {name for mention in self.sentence.mentions for name in mention.cubes}
        if any(number.quantity.percent for number in self.sentence.numbers):
            for cube, share in self.data.shares:
                if share.part.cube != share.whole.cube and {share.part.cube, share.whole.cube} <= named:
                    yield Bound(Subject(cube, {}), 0.0)

    def _ways(self, turn: Turn, subject: Subject, own: str, year: int) -> Iterator[tuple[_Against, float]]:
        """How a subject may be set beside another place's, and what each way costs."""
        degree = self.phrases.degree(turn)
        change = self._change(turn)
        near = {word.folded for word in self.words[max(turn.at - 4, 0) : turn.last + 8]}
        alike = is_unlike(self.words[turn.at].folded) or (
            turn.direction is Direction.LEVEL and (change is not None or bool(near & TREND_NOUNS))
        )
        if alike or near & TREND_NOUNS & {word.folded for word in self.words[turn.at : turn.last + 8]}:
            yield self._beside(Operation.LIKENESS, turn, subject, own, year), 0.0
            return
        bare = self.words[turn.at].folded in _BARE and turn.at == turn.last
        pace = change is not None and (bare or turn.last - change.at <= 4 or bool(near & _GROWTH_NOUNS))
        if pace and change is not None:
            way = turn.direction if change.direction is not Direction.DOWN else turn.direction.opposite
            yield self._beside(Operation.PACE, replace(turn, direction=way), subject, own, year), 0.0
        plain = TERRITORY not in subject.cube.sums and not self.data.is_balance(subject.cube)
        extra = 1.0 if pace else 0.0
        if plain:
            yield self._figures(turn, subject, own, year, degree), extra
            return
        share, whole = self.data.share_of(subject), self.data.whole_of(subject)
        if share is not None:
            yield self._figures(turn, share, own, year, degree), extra
        elif whole is not None and (self._told_as_share(turn) or near & _SHARED):
            yield self._shares(turn, subject, whole, own, year), extra
        elif change is not None and not pace:
            way = turn.direction if change.direction is not Direction.DOWN else turn.direction.opposite
            yield self._beside(Operation.PACE, replace(turn, direction=way), subject, own, year), 0.2
        elif self.words[turn.last].folded in _BARE or all(self._same_size(own, place.code) for place in self.sentence.places):
            yield self._figures(turn, subject, own, year, ""), _PLAIN

    def _same_size(self, own: str, other: str) -> bool:
        """Whether two territories are of one kind, so that counts may be compared as they are."""
        return len(own) == len(other)

    def _change(self, turn: Turn) -> Turn | None:
        """The word of change of the clause that a comparative qualifies: "cresce meno che in Toscana"."""
        clause = self.sentence.chunk(turn.at, clause=True)
        near = [t for t in self.sentence.turns if not t.compares and t.at in clause and t.at < turn.at]
        if near or turn.direction is not Direction.LEVEL:
            return near[-1] if near else None
        return next((t for t in self.sentence.turns if not t.compares and t.at in clause), None)

    def _told_as_share(self, turn: Turn) -> bool:
        before = [number for number in self.sentence.numbers if number.last < turn.at]
        return bool(before) and before[-1].quantity.percent

    def _figures(self, turn: Turn, subject: Subject, own: str, year: int, degree: str) -> _Against:
        def against(place: str) -> Iterator[Claim]:
            for cell in self.data.cells(subject, own, year):
                yield Claim(Operation.COMPARISON, (cell, _elsewhere(cell, place)), direction=turn.direction, degree=degree)

        return against

    def _shares(self, turn: Turn, subject: Subject, whole: Subject, own: str, year: int) -> _Against:
        def against(place: str) -> Iterator[Claim]:
            for part, all_of in zip(self.data.cells(subject, own, year), self.data.cells(whole, own, year), strict=False):
                cells = (part, all_of, _elsewhere(part, place), _elsewhere(all_of, place))
                yield Claim(Operation.COMPARISON, cells, direction=turn.direction)

        return against

    def _beside(self, operation: Operation, turn: Turn, subject: Subject, own: str, year: int) -> _Against:
        direction = Direction.DOWN if is_unlike(self.words[turn.at].folded) else turn.direction

        def against(place: str) -> Iterator[Claim]:
            anchor = Span(turn.at, turn.last)
            base = self.phrases.contrasts.base_years(anchor, subject, own, year)[0][0]
            for before, after in self.data.pairs(subject, own, base, year):
                cells = (before, after, _elsewhere(before, place), _elsewhere(after, place))
                yield Claim(operation, cells, direction=direction)

        return against

    # With another code or term

    def _with_codes(self, turn: Turn, complement: Complement) -> Iterator[Weighed]:
        """A code set against another named after it: "gli artigiani superano i commercianti"."""
        if not self._is_object(turn, complement.until):
            return
        for bound in self.phrases.bounds(turn)[:_MOST]:
            for dimension in bound.subject.cube.dimensions:
                named = self.sentence.codes.get(dimension.codelist.name, ()) if dimension.codelist is not None else ()
                this = [code for code in named if code.last < turn.at]
                other = [code for code in named if turn.last < code.first < complement.until]
                if this and other and this[-1].code != other[0].code:
                    yield from self._between(turn, bound, dimension.name, this[-1].code, other[0].code)

    def _is_object(self, turn: Turn, until: int) -> bool:
        """Whether what follows a comparative is what it compares with."""
        verb = is_transitive(self.words[turn.at].folded)
        return verb or any(word.folded in _LINKS for word in self.words[turn.last + 1 : until][:2])

    def _between(self, turn: Turn, bound: Bound, name: str, this: str, other: str) -> Iterator[Weighed]:
        anchor = Span(turn.at, turn.last)
        sides = [replace(bound.subject, codes={**bound.subject.codes, name: (code,)}) for code in (this, other)]
        for place in self.phrases.candidates.whereabouts.places(anchor)[:2]:
            for year in self.phrases.candidates.whereabouts.years(anchor, bound.subject, place.value)[:2]:
                cells = (self.data.cells(side, place.value, int(year.value)) for side in sides)
                claims = [Claim(Operation.COMPARISON, pair, direction=turn.direction) for pair in zip(*cells, strict=False)]
                if claims:
                    yield Weighed(tuple(claims), bound.cost + place.cost + year.cost, bound.sure)

    def _with_terms(self, turn: Turn, complement: Complement) -> Iterator[Weighed]:
        """One term set against another: "un numero maggiore di assunzioni rispetto alle cessazioni"."""
        mentions = complement.mentions
        verb = is_transitive(self.words[turn.at].folded)
        rivals = [m for m in mentions if verb or any(w.folded in _LINKS for w in self.words[turn.last + 1 : m.first])]
        left = [mention for mention in self.sentence.mentions if mention.last < turn.at]
        if len(rivals) >= 2 and not verb:
            this, other = rivals[0], rivals[1]
        elif rivals and left:
            this, other = left[-1], rivals[0]
        else:
            return
        anchor = Span(turn.at, turn.last)
        firsts = [b for b in self.phrases.candidates.subjects(Span(this.first, this.last)) if b.subject.at == this.first]
        for first in firsts[:3]:
            for second, extra in self.phrases.contrasts.subjects_at(other, first.subject):
                for place in self.phrases.candidates.whereabouts.places(anchor)[:2]:
                    for year in self.phrases.candidates.whereabouts.years(anchor, first.subject, place.value)[:2]:
                        at = (place.value, int(year.value))
                        pairs = zip(self.data.cells(first.subject, *at), self.data.cells(second, *at), strict=False)
                        claims = [
                            Claim(Operation.COMPARISON, pair, direction=turn.direction) for pair in pairs if pair[0] != pair[1]
                        ]
                        if claims:
                            yield Weighed(tuple(claims), first.cost + extra + place.cost + year.cost, first.sure)

    def _with_sisters(self, turn: Turn) -> Iterator[Weighed]:
        """One code set against the others that nobody names: "in maggioranza donne", "prevalgono gli uomini"."""
        if turn.direction is Direction.LEVEL:
            return
        for bound in self.phrases.bounds(turn)[:_MOST]:
            for name, chosen in bound.subject.codes.items():
                dimension = bound.subject.cube.dimension(name)
                codelist = dimension.codelist if dimension is not None else None
                if codelist is None or not self._is_beside(turn, codelist.name, chosen):
                    continue
                others = [code for code in codelist.codes if code != codelist.total and code not in chosen]
                if len(others) == 1:
                    yield from self._between(turn, bound, name, chosen[0], others[0])

    def _is_beside(self, turn: Turn, codelist: str, chosen: Sequence[str]) -> bool:
        """Whether a code stands in the phrase of a comparative."""
        chunk = self.sentence.chunk(turn.at, clause=True)
        return any(code.code in chosen and code.first in chunk for code in self.sentence.codes.get(codelist, ()))


def _elsewhere(cell: Cell, place: str) -> Cell:
    cube, codes = cell
    at = cube.dimension_names.index(TERRITORY)
    return cube, (*codes[:at], place, *codes[at + 1 :])

"""Changes without a number: "in calo rispetto al 2023", "sono aumentate", "diminuiscono ogni anno", "andamento decrescente"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from rendiconto.audit.attachment import Span
from rendiconto.audit.binding import Subject
from rendiconto.audit.candidates import Bound
from rendiconto.audit.phrases import TREND_NOUNS, Phrases
from rendiconto.audit.readings import Found, Weighed
from rendiconto.audit.turns import Turn
from rendiconto.audit.whereabouts import Placed
from rendiconto.check.claims import Claim, Operation
from rendiconto.italian.lexicon import NUMBER_WORDS, ORDINALS, SIGNS, SPANS, Direction, is_distance, judges, wavers

_ADJECTIVES: Final = frozenset(("crescente", "crescenti", "decrescente", "decrescenti"))
_LOOSE: Final = frozenset(("tendenzialmente", "complessivamente", "sostanzialmente", "circa", "grosso"))
_EVERY: Final = re.compile(r"costante(?:mente)?|ininterrott\w*|progressiv\w*|sempre")
_SHARED: Final = frozenset(("quota", "peso", "incidenza", "percentuale", "presenza", "componente", "rapporto"))
_WIDTH: Final = 9
_MOST: Final = 8
_APPOSED: Final = 3
_NOUN: Final = 5
"""Words of up to so many letters before a verb are taken for no noun."""


class DirectionReader:
    """Reads words of change and trends of one sentence."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.data = phrases.data
        self.words = phrases.words
        self.sentence = phrases.sentence

    def read(self, turn: Turn) -> Iterator[Found]:
        """The changes that a word of change says: of things listed after it ("sia delle A sia delle B"), each by itself."""
        if self.words[turn.at].folded in _ADJECTIVES or self.phrases.of_something_else(turn) or self._is_of_distance(turn):
            return
        bounds = self.phrases.bounds(turn)[:_MOST]
        if judges(self.words[turn.at].folded):
            yield from self._judged(turn, bounds)
            return
        if self._has_foreign_subject(turn, bounds):
            return
        parts = self._parts(turn, bounds)
        for first, last, chosen in parts:
            alone = len(parts) > 1
            readings = [each for bound in chosen for each in self.readings(turn, bound, alone=alone)]
            if not readings and not self.sentence.mentions and not self.phrases.takes_up(turn):
                return
            end = max(last, 0 if alone else self._end(turn))
            yield self.phrases.found(turn, readings, Operation.DIRECTION, end, first)

    def _has_foreign_subject(self, turn: Turn, bounds: Sequence[Bound]) -> bool:
        """Whether a verb's subject is none of ours, and what is ours stands past an "e": "la fiducia sale e le nascite …"."""
        at = bounds[0].subject.at if bounds else None
        if at is None or at < turn.last:
            return False
        chunk = self.sentence.chunk(turn.at)
        before = (i for i in range(chunk.start, turn.at) if not self.phrases.is_marked(i))
        nouns = [i for i in before if len(self.words[i].folded) > _NOUN]
        joined = any(word.folded in ("e", "ed") for word in self.words[turn.last + 1 : at])
        return joined and bool(nouns)

    def _parts(self, turn: Turn, bounds: Sequence[Bound]) -> list[tuple[int, int, list[Bound]]]:
        """The things listed after a word of change, each with its words and what it may be; all in one elsewhere."""
        whole = [(turn.at, turn.last, list(bounds))]
        if not bounds:
            return whole
        best = bounds[0].subject
        name = next((name for name, codes in best.codes.items() if len(codes) > 1), None)
        if name is not None:
            return self._by_code(turn, bounds, name) or whole
        own = next((mention for mention in self.sentence.mentions if mention.first == best.at), None)
        run = self.phrases.layout.run_of(self.sentence.mentions, own) if own is not None else []
        if len(run) < 2 or run[0].first < turn.at:
            return whole
        parts = []
        for at, mention in enumerate(run):
            mine = self.phrases.candidates.subjects(Span(mention.first, mention.last), joint=True)
            chosen = [bound for bound in mine if bound.subject.at == mention.first]
            parts.append((turn.at if not at else mention.first, mention.last, chosen[:_MOST]))
        return parts

    def _by_code(self, turn: Turn, bounds: Sequence[Bound], name: str) -> list[tuple[int, int, list[Bound]]]:
        codes = bounds[0].subject.codes[name]
        dimension = bounds[0].subject.cube.dimension(name)
        named = self.sentence.codes.get(dimension.codelist.name, ()) if dimension is not None and dimension.codelist else ()
        marks = [next((mark for mark in named if mark.code == code and mark.first > turn.last), None) for code in codes]
        found = []
        for at, (code, mark) in enumerate(zip(codes, marks, strict=True)):
            if mark is None:
                return []
            chosen = [
                replace(bound, subject=replace(bound.subject, codes={**bound.subject.codes, name: (code,)}))
                for bound in bounds
                if bound.subject.codes.get(name) == codes
            ]
            found.append((turn.at if not at else mark.first, mark.last, chosen))
        return found

    def _is_of_distance(self, turn: Turn) -> bool:
        """Whether what changes is a distance between figures ("la forbice si è ridotta"): no figure shows that by itself."""
        chunk = self.sentence.chunk(turn.at)
        last = next((at for at in range(turn.at, chunk.start - 1, -1) if is_distance(self.words[at].folded)), None)
        terms = [mention.first for mention in self.sentence.mentions if chunk.start <= mention.first < turn.at]
        return last is not None and (all(at < last for at in terms) or all(at > last for at in terms))

    def _is_of_share(self, turn: Turn) -> bool:
        """Whether it is a share just told that changes: "l'81% delle verifiche, quota in calo"."""
        near = range(max(turn.at - _APPOSED, 1), turn.at)
        return any(self.words[at].folded in _SHARED and self.words[at - 1].text == "," for at in near)

    def _judged(self, turn: Turn, bounds: Sequence[Bound]) -> Iterator[Found]:
        """Words that say better or worse, of what it is known of which way is better: balances, and times."""
        readings: list[Weighed] = []
        for bound in bounds:
            units = self.data.catalogue.units
            shorter = any(units[name].word in ("giorni", "giorno") for name in bound.subject.cube.units)
            if self.data.is_balance(bound.subject.cube) or shorter:
                way = turn.direction.opposite if shorter else turn.direction
                readings += self.readings(replace(turn, direction=way), bound)
        if readings:
            yield self.phrases.found(turn, readings, Operation.DIRECTION, self._end(turn))

    def _end(self, turn: Turn) -> int:
        """Where its words end: with the year that it is measured from, if one follows."""
        complement = self.phrases.complement(turn)
        return max((year.end for year in complement.years), default=turn.last)

    def readings(self, turn: Turn, bound: Bound, *, alone: bool = False) -> Iterator[Weighed]:
        """The ways to read a change of one subject, and (unless it is to be judged alone) of those that are joined with it."""
        anchor = Span(turn.at, turn.last)
        subjects = [bound.subject] if alone else self.phrases.joined(bound)
        for places, place_cost in self._places(anchor):
            for of, year_cost in self._years(turn, subjects[0], places[0]):
                for base, base_cost in self._bases(turn, subjects[0], places[0], of):
                    claims = [
                        claim
                        for subject in subjects
                        for place in places
                        for claim in self._claims(turn, subject, place, base, of)
                    ]
                    if claims:
                        yield Weighed(tuple(claims), bound.cost + place_cost + year_cost + base_cost, bound.sure)

    def _places(self, anchor: Span) -> list[tuple[tuple[str, ...], float]]:
        """Whose change it may be; places that are listed are meant together."""
        marks = [Placed(place.at, place.last, place) for place in self.sentence.places]
        found: list[tuple[tuple[str, ...], float]] = []
        for option in self.phrases.candidates.whereabouts.places(anchor):
            own = [mark for mark in marks if mark.place.code == option.value]
            mark = min(own, key=lambda mark: self.phrases.layout.cost(anchor, mark.first, mark.last), default=None)
            run = self.phrases.layout.run_of(marks, mark) if mark is not None else []
            joint = tuple(dict.fromkeys(each.place.code for each in run)) or (option.value,)
            found.append((joint, option.cost))
        return found[:4]

    def _years(self, turn: Turn, subject: Subject, place: str) -> list[tuple[int, float]]:
        for year in self.sentence.asides:
            if 0 < year.at - turn.last <= 2:
                return [(year.last, 0.0)]
        anchor = Span(turn.at, turn.last)
        years = self.phrases.candidates.whereabouts.years(anchor, subject, place, measured=True)
        return [(int(year.value), year.cost) for year in years[:4]]

    def _bases(self, turn: Turn, subject: Subject, place: str, of: int) -> list[tuple[int, float]]:
        anchor = Span(turn.at, turn.last)
        earlier = [year for year in self.data.years(subject, place) if year < of]
        if any(year.all_before for year in self.sentence.years) and earlier:
            return [(0, 0.0)]
        if self._every_year(turn) and earlier and not any(year.base for year in self.sentence.years):
            span = next((year.first for year in self.sentence.years if year.first < year.last), earlier[0])
            return [(span, 0.0)]
        return self.phrases.contrasts.base_years(anchor, subject, place, of, any_year=True)[:3]

    def _claims(self, turn: Turn, subject: Subject, place: str, base: int, of: int) -> Iterator[Claim]:
        degree = self.phrases.degree(turn)
        running = self.running(turn)
        if running:
            yield from self._along(turn, subject, place, range(of - running, of + 1))
            return
        if not base:
            yield from self._since_all(turn, subject, place, of)
            return
        if of - base > 1 and self._every_year(turn):
            yield from self._along(turn, subject, place, [y for y in self.data.years(subject, place) if base <= y <= of])
            return
        if not subject.cube.is_rate and self._speaks_of_share(turn):
            declared = self.data.share_of(subject)
            whole = self.data.whole_of(subject)
            if declared is not None:
                subject = declared
            elif whole is not None:
                yield from self._shares(turn, subject, whole, place, base, of)
                return
            elif self._is_of_share(turn):
                return  # a count says nothing of a share
        for before, after in self.data.pairs(subject, place, base, of):
            yield Claim(Operation.DIRECTION, (before, after), direction=turn.direction, degree=degree)

    def _since_all(self, turn: Turn, subject: Subject, place: str, of: int) -> Iterator[Claim]:
        """A change from every year before: "rispetto agli anni precedenti"."""
        for earlier in (year for year in self.data.years(subject, place) if year < of):
            for before, after in self.data.pairs(subject, place, earlier, of):
                yield Claim(Operation.DIRECTION, (before, after), direction=turn.direction, degree=self.phrases.degree(turn))

    def _along(self, turn: Turn, subject: Subject, place: str, years: Sequence[int]) -> Iterator[Claim]:
        """The same way year after year."""
        for cells in zip(*(self.data.cells(subject, place, year) for year in years), strict=False):
            if len(cells) > 1:
                yield Claim(Operation.TREND, tuple(cells), direction=turn.direction)

    def _shares(self, turn: Turn, part: Subject, whole: Subject, place: str, base: int, of: int) -> Iterator[Claim]:
        """What is told of a share of a count ("la quota femminile è in calo"): part and whole of both years."""
        sides = ((base, part), (base, whole), (of, part), (of, whole))
        cells = [self.data.cells(each, place, year)[:1] for year, each in sides]
        if all(cells):
            yield Claim(Operation.DIRECTION, tuple(cell[0] for cell in cells), direction=turn.direction)

    def _speaks_of_share(self, turn: Turn) -> bool:
        """Whether a change is that of a share: "la quota femminile è in calo", "il 33,3%, in calo sul 2023"."""
        named = {at for codes in self.sentence.codes.values() for code in codes for at in range(code.first, code.last + 1)}
        near = range(max(turn.at - _WIDTH, 0), min(turn.last + 3, len(self.words)))
        if any(self.words[at].folded in _SHARED and at not in named for at in near):
            return True
        clause = self.sentence.chunk(turn.at, clause=True)
        before = [number for number in self.sentence.numbers if number.last < turn.at and number.first in clause]
        told = bool(before) and before[-1].quantity.percent and not before[-1].quantity.signed
        turns = [t for t in self.sentence.turns if not t.compares and t.at in clause and t.at != turn.at]
        turned = not told or any(t.at < turn.at for t in turns)
        return told and not turned and turn.at - before[-1].last <= _WIDTH

    def _every_year(self, turn: Turn) -> bool:
        clause = self.sentence.chunk(turn.at, clause=True)
        folded = [self.words[at].folded for at in clause]
        every = any(word in ("ogni", "ciascun") and after in ("anno", "annualita") for word, after in pairwise(folded))
        return every or any(_EVERY.fullmatch(word) for word in folded) or "interruzioni" in folded or "interruzione" in folded

    def running(self, turn: Turn) -> int:
        """For how many years on end a change is said to go on ("per il quinto anno consecutivo"); 0 where that is not said."""
        clause = self.sentence.chunk(turn.at, clause=True)
        for at in clause:
            following = [word.folded for word in self.words[at + 1 : at + 3]]
            if self.words[at].folded == "anno" and (following[:1] == ["consecutivo"] or following == ["di", "fila"]):
                return ORDINALS.get(self.words[at - 1].folded, 0)
            if self.words[at].folded == "anni" and (following[:1] == ["consecutivi"] or following == ["di", "fila"]):
                return NUMBER_WORDS.get(self.words[at - 1].folded, 0)
        return 0

    # Trends

    def trends(self) -> Iterator[Found]:
        """Series told as a whole: "un andamento tendenzialmente decrescente nel quadriennio"."""
        for at, word in enumerate(self.words):
            if word.folded not in TREND_NOUNS:
                continue
            near = range(at + 1, min(at + _WIDTH, self.sentence.chunk(at, clause=True).stop))
            turn = next(
                (t for t in self.sentence.turns if t.at in near and not t.compares and t.at not in self.phrases.used), None
            )
            sign = next((SIGNS[self.words[i].folded] for i in near if self.words[i].folded in SIGNS), None)
            wavering = any(wavers(self.words[i].folded) for i in near)
            if turn is None and not wavering and (sign is None or word.folded == "andamento"):
                continue
            direction = turn.direction if turn is not None else None if wavering else sign
            anchor = turn or Turn(at, at, direction or Direction.LEVEL, compares=wavering)
            self.phrases.used.add(anchor.at)
            yield self._trend(anchor, direction)

    def _trend(self, turn: Turn, direction: Direction | None) -> Found:
        anchor = Span(turn.at, turn.last)
        loose = any(word.folded in _LOOSE for word in self.words[max(turn.at - 4, 0) : turn.at])
        readings = []
        for bound in self.phrases.bounds(turn)[:_MOST]:
            for places, cost in self._places(anchor)[:2]:
                claims = []
                for subject in self.phrases.joined(bound):
                    by_key = [self.data.cells(subject, places[0], year) for year in self.series(turn, subject, places[0])]
                    claims += [
                        Claim(Operation.TREND, tuple(cells), direction=direction, loose=loose)
                        for cells in zip(*by_key, strict=False)
                        if len(cells) > 1
                    ]
                if claims:
                    readings.append(Weighed(tuple(claims), bound.cost + cost, bound.sure))
        return self.phrases.found(turn, readings, Operation.TREND)

    def series(self, turn: Turn, subject: Subject, place: str) -> list[int]:
        """The years of a trend: the span that is said, else all that there are; for what is level, the last two."""
        there = self.data.years(subject, place)
        spans = [year for year in self.sentence.years if year.first < year.last]
        if spans:
            return [year for year in there if spans[0].first <= year <= spans[0].last]
        since = next((year.first for year in self.sentence.years if self._since(year.at)), 0)
        if since:
            return [year for year in there if year >= since]
        count = next((SPANS[word.folded] for word in self.words if word.folded in SPANS), 0)
        if turn.direction is Direction.LEVEL and not turn.compares and not count:
            return there[-2:]
        return there[-count:]

    def _since(self, at: int) -> bool:
        """Whether a year begins a series that runs until now: "dal 2013"."""
        return at > 0 and self.words[at - 1].folded in ("dal", "dall'")

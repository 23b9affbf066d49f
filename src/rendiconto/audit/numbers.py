"""What each number of a sentence says: the figure of a place and year, the size of a change, a distance, a share, a ratio."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from rendiconto.audit.attachment import Span
from rendiconto.audit.binding import Subject
from rendiconto.audit.candidates import Bound, Candidates
from rendiconto.audit.contrasts import Contrasts, Pair
from rendiconto.audit.cues import Cues
from rendiconto.audit.quantities import Number
from rendiconto.audit.readings import Found, Weighed
from rendiconto.audit.shares import ShareReader
from rendiconto.audit.turns import Turn
from rendiconto.check.claims import Cell, Claim, Operation, Quantity
from rendiconto.italian.lexicon import EXTREME_NOUNS, Direction, Hedge, judges

_HUNDRED: Final = 100
_REACH: Final = 4.0
_UNLIKELY: Final = 2.0
_RATHER: Final = 0.4
_OWN: Final = 1.0
"""Up to this cost a year, a place or a code after a number is its own."""
"""What it costs to take a number for what its words say less plainly."""
_MOST: Final = 400
_BESIDE: Final = 0.7
_EXTREME_WITHIN: Final = 12
_FACED: Final = 0.8
_CHAINED: Final = 1.4
"""The cost of an earlier year in a passage of several steps: "da 65,5 a 65,9 e infine a 66,2"."""
_ELLIPTIC: Final = 0.8
_SLACK: Final = {0: 0.6, 1: 0.8, 2: 1.6, 3: 3.5}
_EXACT: Final = 6.0


class NumberReader:
    """Reads the numbers of one sentence."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.contrasts = Contrasts(candidates)
        self.data = candidates.data
        self.sentence = candidates.sentence
        self.words = candidates.words
        self.cues = Cues(candidates.sentence)
        self.shares = ShareReader(candidates, self.contrasts)

    def read(self) -> Iterator[Found]:
        """Every number as a claim, from left to right."""
        for number in self.sentence.numbers:
            if self.cues.counts_places(number):
                continue
            if number.literal or number.points or number.quantity.percent or number.times or self._counts_something(number):
                yield self._found(number)

    def _counts_something(self, number: Number) -> bool:
        """Whether a number in letters counts what the report counts, or days and the like."""
        near = range(number.last + 1, number.last + 4)
        named = [mention.first for mention in self.sentence.mentions] + [
            code.first for found in self.sentence.codes.values() for code in found
        ]
        units = any(self.words[at].folded in ("giorni", "giorno", "gg", "euro") for at in near if at < len(self.words))
        return units or number.quantity.scaled or self.cues.is_step(number) or any(at in near for at in named)

    def _found(self, number: Number) -> Found:
        last = number.last
        if last + 1 < len(self.words) and not self.words[last + 1].is_mark and not number.quantity.percent:
            last += 1
        readings = sorted(self._readings(number), key=lambda each: each.cost)[:_MOST]
        if number.last in self.sentence.strange or self.cues.is_unclear(number):
            readings = [replace(each, sure=False) for each in readings]
        if self.cues.is_balance(number):
            readings = [
                replace(each, sure=each.sure and self.data.is_balance(each.reading[0].cells[0][0])) for each in readings
            ]
        operation = readings[0].reading[0].operation if readings else Operation.VALUE
        start, end = self.words[number.first].start, self.words[last].end
        return Found(start, end, tuple(readings), operation, _slack(number.quantity), "" if readings else "no subject")

    def _readings(self, number: Number) -> Iterator[Weighed]:
        best = None
        signed = number.quantity.signed and number.quantity.percent
        measured = (
            number.points
            or signed
            or self.cues.apposed(number) is not number
            or (self.cues.is_step(number) and bool(self.cues.change(number) or self.cues.gap(number)))
        )
        measured = (measured or number.times or not number.literal) and not self.cues.is_given(number)
        facing = self.cues.facing(number)
        counted = self.sentence.counting[number.last]
        for bound in self.candidates.subjects(number, self._units(number), facing=facing):
            if (
                bound.subject.cube.is_rate
                and not number.quantity.percent
                and not number.points
                and number.quantity.value > _HUNDRED
            ):
                continue
            places = self.candidates.whereabouts.places(number, facing=facing)
            for place in places:
                for year in self.candidates.whereabouts.years(number, bound.subject, place.value, measured=measured):
                    cost = bound.cost + place.cost + year.cost
                    best = cost if best is None else min(best, cost)
                    if cost <= best + _REACH:
                        sure = bound.sure and (not counted or bound.subject.cube.name in counted)
                        yield from self._at(number, replace(bound, cost=cost, sure=sure), place.value, int(year.value))

    def _units(self, number: Number) -> frozenset[str] | None:
        """The units that a number may be told in; None where its words leave that open."""
        if number.quantity.percent or number.points or number.times:
            return None
        units = self.data.catalogue.units
        following = ["giorni" if word.folded == "gg" else word.folded for word in self.words[number.last + 1 : number.last + 3]]
        told = {name for name, unit in units.items() if unit.measure and unit.word in following}
        return frozenset(told) or None

    def _at(self, number: Number, bound: Bound, place: str, year: int) -> Iterator[Weighed]:
        """The readings of a number at one subject, place and year."""
        for reading, cost in self._operations(number, bound.subject, place, year):
            yield Weighed(reading, bound.cost + cost, bound.sure)

    def _operations(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[tuple[tuple[Claim, ...], float]]:
        which = self.cues.passage(number)
        if which is not None:
            yield from self._passages(number, subject, place, year, which)
            return
        if number.times:
            yield from self.shares.ratios(number, subject, place, year)
            return
        if not number.points:
            yield from self._values(number, subject, place, year)
        yield from self._changes(number, subject, place, year)
        yield from self._gaps(number, subject, place, year)
        if number.quantity.percent and not subject.cube.is_rate:
            yield from self.shares.shares(number, subject, place, year)
        if self.cues.is_part(number):
            yield from self.shares.parts(number, subject, place, year)

    # Figures

    def _values(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[tuple[tuple[Claim, ...], float]]:
        """A number as the figure of a place and year."""
        if number.quantity.percent and not subject.cube.is_rate:
            return
        cost = 0.0
        measured = self.cues.is_step(number) and (self.cues.change(number) or self.cues.gap(number))
        if (
            (measured or self.cues.distance(number) is not None)
            and not self.cues.is_given(number)
            and not (self.data.is_balance(subject.cube) and number.quantity.signed)
        ):
            cost += _UNLIKELY
        cost += _ELLIPTIC if self.cues.like(number) is not None else 0.0
        if self.cues.is_whole(number):
            yield from self._wholes(number, subject, place, year)
            cost += _RATHER
        if self.cues.is_base(number):
            faced = _FACED if self.contrasts.faces(number) else 0.0
            cost += faced
            if not self._has_own(number):
                for pair in self.contrasts.in_time(number, subject, place, year):
                    yield (self._value(number, subject, pair.against),), _RATHER + faced + pair.cost
                for pair in self._set_against(Span(number.first, number.last), subject, place, year):
                    yield (self._value(number, subject, pair.against),), max(_RATHER + pair.cost - 2 * faced, 0.0)
        for cell in self.data.cells(subject, place, year)[:3]:
            yield (self._value(number, subject, cell),), cost
        for cell in self._extremes(number, subject, place):
            yield (self._value(number, subject, cell),), cost + _RATHER

    def _extremes(self, number: Number, subject: Subject, place: str) -> Iterator[Cell]:
        """The most or the least of a series, where words near a number say that it is that: "il massimo dei decessi, 2.972"."""
        clause = self.sentence.chunk(number.first, clause=True)
        near = range(max(number.first - _EXTREME_WITHIN, clause.start), min(number.last + 4, clause.stop))
        words = [self.words[at].folded for at in near if EXTREME_NOUNS.fullmatch(self.words[at].folded)]
        words += ["minimo" if t.direction is Direction.DOWN else "massimo" for t in self.sentence.turns if self._tops(t, near)]
        for word in words[:1]:
            cells = [c for year in self.data.years(subject, place) for c in self.data.cells(subject, place, year)[:1]]
            known = [(value, cell) for cell in cells if (value := self.data.figure(*cell)[0]) is not None]
            if known:
                yield (min if word.startswith("minim") else max)(known, key=lambda pair: pair[0])[1]

    def _tops(self, turn: Turn, near: range) -> bool:
        """Whether a comparative says the most or the least of a series: "il valore più basso"."""
        behind = [word.folded for word in self.words[max(turn.at - 3, 0) : turn.at]]
        named = any(word in ("valore", "livello", "punto", "dato", "risultato") for word in behind)
        return turn.compares and turn.direction is not Direction.LEVEL and turn.at in near and named and "un" not in behind

    def _has_own(self, number: Number) -> bool:
        """Whether a year, a place or a code stands right after a number: "contro le 4.108 del 2023", "i 12 della Toscana"."""
        layout = self.candidates.layout
        marks = [year.at for year in self.sentence.years] + [place.at for place in self.sentence.places]
        marks += [code.first for codes in self.sentence.codes.values() for code in codes]
        return any(at > number.last and layout.after(number.last, at) <= _OWN for at in marks)

    def _value(self, number: Number, subject: Subject, cell: Cell) -> Claim:
        side = self.cues.side(number) if self.data.is_balance(subject.cube) and not number.quantity.signed else None
        return Claim(Operation.VALUE, (cell,), self._in_unit(number, cell), side)

    def _wholes(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[tuple[tuple[Claim, ...], float]]:
        """The whole of what the words single out: each code that they say, at its total."""
        for dimension in subject.cube.dimensions:
            total = dimension.codelist.total if dimension.codelist is not None else None
            if total is not None and dimension.name in subject.codes:
                whole = replace(subject, codes={**subject.codes, dimension.name: (total,)})
                for cell in self.data.cells(whole, place, year)[:1]:
                    yield (Claim(Operation.VALUE, (cell,), number.quantity),), 0.0

    def _passages(
        self, number: Number, subject: Subject, place: str, year: int, which: int
    ) -> Iterator[tuple[tuple[Claim, ...], float]]:
        """The first or second figure of "passa da … a …": that of the earlier or the later year."""
        if (number.quantity.percent and not subject.cube.is_rate) or number.points or self.cues.distance(number) is not None:
            return
        spans = [mark for mark in self.sentence.years if mark.first < mark.last]
        if which == 1:
            of = spans[0].last if spans else year
            steps = [(of, 0.0), *((each, _CHAINED) for each in self.data.years(subject, place) if each == of - 1)]
            for each, cost in steps if self.cues.goes_on(number) else steps[:1]:
                for cell in self.data.cells(subject, place, each)[:3]:
                    yield (self._value(number, subject, cell),), cost
            return
        beside = (mark for mark in self.sentence.years if mark.at > number.last and mark.first == mark.last == year)
        if any(self.candidates.layout.after(number.last, mark.at) < _BESIDE for mark in beside):
            for cell in self.data.cells(subject, place, year)[:3]:
                yield (self._value(number, subject, cell),), 0.0
            return
        bases = self.contrasts.base_years(Span(number.first, number.last), subject, place, year)
        if any(self.cues.goes_on(other) for other in self.sentence.numbers if other.first > number.last):
            bases += [(each, _CHAINED) for each in self.data.years(subject, place) if each < year - 1]
        for base, cost in bases:
            for pair in self.data.pairs(subject, place, base, year)[:3]:
                cell = pair[0] if self.data.is_there(*pair[0]) else pair[1]
                yield (self._value(number, subject, cell),), cost

    # Changes

    def _changes(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[tuple[tuple[Claim, ...], float]]:
        """The size of a change that a number may be: in points, in per cent, in units."""
        told = self.cues.apposed(number)
        change = self.cues.change(told)
        quantity, rate = number.quantity, subject.cube.is_rate
        like = self.cues.like(number)
        step = self.cues.is_step(number) or like is not None
        if number.points or (like is not None and like.points and not quantity.percent):
            of = subject if rate else self.data.share_of(subject)
            if of is not None:
                yield from self._change(
                    Operation.DIFFERENCE, number, of, place, year, change, _RATHER if change is None else 0.0
                )
        elif quantity.percent and not rate:
            plain = change is not None and (step or told is not number)
            cost = (
                0.0
                if plain or quantity.signed
                else _RATHER
                if change is not None and not self.cues.is_of(number)
                else _UNLIKELY
            )
            yield from self._change(Operation.GROWTH, number, subject, place, year, change, cost)
        elif quantity.percent and change is not None and step and not self.cues.is_given(number):
            yield from self._change(Operation.DIFFERENCE, number, subject, place, year, change, 0.0)
            yield from self._change(Operation.GROWTH, number, subject, place, year, change, 0.0)
        elif not quantity.percent and step and (change is not None or quantity.signed):
            yield from self._change(Operation.DIFFERENCE, number, subject, place, year, change, 0.0)

    def _change(
        self, operation: Operation, number: Number, subject: Subject, place: str, year: int, change: Turn | None, cost: float
    ) -> Iterator[tuple[tuple[Claim, ...], float]]:
        told = change is not None and change.direction is not Direction.LEVEL and not judges(self.words[change.at].folded)
        direction = change.direction if change is not None and told else None
        for pair in self.contrasts.in_time(number, subject, place, year):
            quantity = self._in_unit(number, pair.of) if operation is Operation.DIFFERENCE else number.quantity
            yield (Claim(operation, (pair.against, pair.of), quantity, direction),), cost + pair.cost

    # Distances

    def _gaps(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[tuple[tuple[Claim, ...], float]]:
        """How far a figure is from another place's, code's or term's: "inferiore di 2,6 punti a quello regionale"."""
        turn = self.cues.gap(number)
        if turn is None and self.cues.distance(number) is not None:
            yield from self._distances(number, subject, place, year)
        if turn is None or self.cues.is_given(number):
            return
        anchor = Span(min(number.first, turn.at), max(number.last, turn.last))
        share = self.data.share_of(subject) if number.points and not subject.cube.is_rate else subject
        if share is None:
            return
        for pair in self._set_against(anchor, share, place, year):
            if number.quantity.percent:
                yield (Claim(Operation.GROWTH, (pair.against, pair.of), number.quantity, turn.direction),), pair.cost
            if not number.quantity.percent or share.cube.is_rate:
                quantity = self._in_unit(number, pair.of)
                yield (Claim(Operation.DIFFERENCE, (pair.against, pair.of), quantity, turn.direction),), pair.cost

    def _distances(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[tuple[tuple[Claim, ...], float]]:
        """A distance that nobody says the side of: "il divario fra donne e uomini è di 2,2 anni"."""
        if number.quantity.percent and not subject.cube.is_rate:
            return
        for pair in self._set_against(Span(number.first, number.last), subject, place, year):
            quantity = self._in_unit(number, pair.of)
            for ends in ((pair.against, pair.of), (pair.of, pair.against)):
                yield (Claim(Operation.DIFFERENCE, ends, quantity),), pair.cost
                if not quantity.signed:
                    break

    def _set_against(self, anchor: Span, subject: Subject, place: str, year: int) -> Iterator[Pair]:
        yield from self.contrasts.places(anchor, subject, place, year)
        yield from self.contrasts.codes(anchor, subject, place, year)
        yield from self.contrasts.terms(anchor, subject, place, year)

    def _in_unit(self, number: Number, cell: Cell) -> Quantity:
        """A number told in full ("81 mila") of a measure that is counted in thousands."""
        cube, codes = cell
        scale = self.data.catalogue.units[cube.unit_at(codes)[0]].scale
        quantity = number.quantity
        if not scale or quantity.value < 10**scale:
            return quantity
        return replace(quantity, value=quantity.value.scaleb(-scale), step=quantity.step.scaleb(-scale))


def _slack(quantity: Quantity) -> float:
    """How far from the likeliest a reading may be to bear a number out: by its digits that a chance would have to hit."""
    if quantity.hedge in (Hedge.MORE, Hedge.LESS, Hedge.AT_LEAST, Hedge.AT_MOST):
        return _SLACK[0]
    steps = abs(quantity.value / quantity.step) if quantity.step else Decimal(1)
    digits = len(str(int(steps)))
    return _SLACK.get(digits, _EXACT)

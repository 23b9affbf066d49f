"""Numbers in a sentence as claims: which figure, share, change or ratio a number says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rendiconto.audit.binding import Subject, adjacent_mention, nearest_mentions, subjects_of
from rendiconto.audit.numberscope import NumberScope
from rendiconto.audit.quantities import Number
from rendiconto.audit.shares import Reading, ShareReader
from rendiconto.audit.turns import Turn
from rendiconto.check.claims import Cell, Claim, Operation, Quantity
from rendiconto.italian.lexicon import Direction

_HUNDRED = 100


@dataclass(frozen=True)
class Found:
    """Something said, from one offset to another, with the ways to read it, the likeliest first.

    Any reading may bear it out; only one of the ``primary`` first ones contradicts it.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    operation: Operation
    subject: Subject | None = None
    reason: str = ""
    primary: int = 1


class NumberReader:
    """Reads the numbers of one sentence."""

    def __init__(self, scope: NumberScope) -> None:
        self.scope = scope
        self.shares = ShareReader(scope)

    def read(self) -> Iterator[Found]:
        """Every number as a claim, from left to right."""
        for at, number in enumerate(self.scope.sentence.numbers):
            previous = self.scope.sentence.numbers[at - 1] if at else None
            if self.scope.counts_places(number):
                continue
            if number.literal or number.points or number.quantity.percent or number.times or self._counts_something(number):
                yield self._found(number, previous)

    def _counts_something(self, number: Number) -> bool:
        """Whether a number in letters counts what the report counts, or days and the like."""
        near = range(number.last + 1, number.last + 4)
        named = [mention.first for mention in self.scope.sentence.mentions] + [
            code.first for found in self.scope.sentence.codes.values() for code in found
        ]
        units = any(
            self.scope.words[at].folded in ("giorni", "giorno", "gg", "euro") for at in near if at < len(self.scope.words)
        )
        return units or number.quantity.scaled or self.scope.is_step(number) or any(at in near for at in named)

    def _found(self, number: Number, previous: Number | None) -> Found:
        chunk = self.scope.sentence.chunk(number.first)
        first = max(chunk.start, previous.last + 1 if previous is not None and previous.last in chunk else chunk.start)
        end = (
            self.scope.words[min(number.last + 1, chunk.stop - 1)].end
            if number.last + 1 in chunk
            else self.scope.words[number.last].end
        )
        subjects = self._subjects(number)
        by_subject = [tuple(self._readings(number, subject)) for subject in subjects]
        readings = tuple(reading for own in by_subject for reading in own)
        operation = readings[0][0].operation if readings else Operation.VALUE
        subject = subjects[0] if subjects else None
        clause = self.scope.sentence.chunk(number.first, clause=True)
        several = len({mention.cubes for mention in self.scope.sentence.mentions}) > 1
        far = several and subject is not None and subject.at is not None and subject.at not in clause
        strange = number.last in self.scope.sentence.strange
        primary = 0 if far or strange else len(next((own for own in by_subject if own), ()))
        return Found(
            self.scope.words[first].start, end, readings, operation, subject, "" if readings else "no subject", primary
        )

    def _subjects(self, number: Number) -> list[Subject]:
        """What a number may count, the likeliest first."""
        found: list[Subject] = []
        at = self.scope.anchor(number)
        adjacent = adjacent_mention(self.scope.sentence, at)
        for mention in [adjacent] if adjacent is not None else nearest_mentions(self.scope.sentence, at):
            found.extend(subjects_of(self.scope.data, self.scope.sentence, mention, at))
        if not found:
            found = [self._taken_up(subject, number) for subject in self.scope.context.subjects]
        return [self._contrasted(subject, number) for subject in found[:6]]

    def _contrasted(self, subject: Subject, number: Number) -> Subject:
        """The subject at the code that a number has in "le donne più degli uomini: A contro B"."""
        codes = dict(subject.codes)
        for dimension in subject.cube.dimensions:
            code = self.scope.contrasted_codes(number, dimension.codelist.name) if dimension.codelist is not None else None
            if code is not None:
                codes[dimension.name] = (code,)
        return replace(subject, codes=codes)

    def _taken_up(self, subject: Subject, number: Number) -> Subject:
        """The subject of the sentence before, with the codes that this one says."""
        codes = dict(subject.codes)
        for dimension in subject.cube.dimensions:
            if dimension.codelist is not None:
                said = [c for c in self.scope.sentence.codes.get(dimension.codelist.name, ()) if 0 < c.first - number.last <= 4]
                said = (
                    said
                    or [c for c in self.scope.sentence.codes.get(dimension.codelist.name, ()) if c.last < number.first][-1:]
                )
                if said:
                    codes[dimension.name] = (said[0].code,)
        return Subject(subject.cube, codes)

    def _readings(self, number: Number, subject: Subject) -> Iterator[Reading]:
        quantity = number.quantity
        if subject.cube.is_rate and not quantity.percent and not number.points and quantity.value > _HUNDRED:
            return
        rate = self._in_points(number, subject)
        if rate is None or not self._fits(number, subject):
            return
        subject = rate
        gap = () if self.scope.is_given(number) else tuple(self._gap(number, subject))
        if gap:
            yield from gap
            return
        place = self.scope.place(number)
        which = self.scope.passage(number)
        if which is not None:
            yield from self._passages(number, subject, place, which)
            return
        year = self.scope.year(number, subject, place)
        if self.scope.is_part(number):
            yield from self.shares.parts(number, subject, place, year)
        if number.times:
            yield from self.shares.ratios(number, subject, place, year)
        else:
            yield from self._figures(number, subject, place, year)

    def _figures(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """A number as the figure of a place and year, as the size of its change, as its share of a whole."""
        if self.scope.is_whole(number):
            yield from self._wholes(number, subject, place, year)
        if self.scope.is_base(number) and not number.quantity.percent and self.scope.faced_before(number) is None:
            for base, _ in self.scope.data.pairs(subject, place, year - 1, year)[:3]:
                yield (Claim(Operation.VALUE, (base,), self._in_unit(number, base)),)
        changes = (*self._rivals(number, subject, place, year), *self._changes(number, subject, place, year))
        yield from changes
        if number.quantity.percent and not subject.cube.is_rate:
            yield from self.shares.shares(number, subject, place, year)
        elif not changes:
            for cell in self.scope.data.cells(subject, place, year)[:3]:
                yield (Claim(Operation.VALUE, (cell,), self._in_unit(number, cell), self._side(number, subject)),)

    def _wholes(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """The whole of what the words single out: each code that they say, at its total."""
        for dimension in subject.cube.dimensions:
            total = dimension.codelist.total if dimension.codelist is not None else None
            if total is not None and dimension.name in subject.codes:
                whole = replace(subject, codes={**subject.codes, dimension.name: (total,)})
                for cell in self.scope.data.cells(whole, place, year)[:1]:
                    yield (Claim(Operation.VALUE, (cell,), number.quantity),)

    def _in_points(self, number: Number, subject: Subject) -> Subject | None:
        """The subject; of what is told in points of a count, its declared share (None without one)."""
        return self.scope.data.share_of(subject) if number.points and not subject.cube.is_rate else subject

    def _side(self, number: Number, subject: Subject) -> Direction | None:
        """On which side of nought the words put a balance that is told without a sign: "negativo per 1.721 unità"."""
        return self.scope.side(number) if subject.cube.is_balance and not number.quantity.signed else None

    def _fits(self, number: Number, subject: Subject) -> bool:
        """Whether the unit told after a number can be the subject's: 12 "giorni" are no applications."""
        units = self.scope.data.catalogue.units
        measures = {unit.word for unit in units.values() if unit.measure}
        told = [word.folded for word in self.scope.words[number.last + 1 : number.last + 3] if word.folded in measures]
        own = {units[name].word for name in subject.cube.units}
        return number.points or number.quantity.percent or not told or told[0] in own

    def _gap(self, number: Number, subject: Subject) -> Iterator[Reading]:
        """How far a figure is from another territory's: "inferiore di 2,6 punti a quello regionale"."""
        turn = self.scope.gap(number)
        if turn is None:
            return
        operation = Operation.GROWTH if number.quantity.percent else Operation.DIFFERENCE
        for other, of in self._sides(number, subject, turn):
            yield (Claim(operation, (other, of), number.quantity, turn.direction),)
            if subject.cube.is_rate:
                yield (Claim(Operation.DIFFERENCE, (other, of), number.quantity, turn.direction),)

    def _sides(self, number: Number, subject: Subject, turn: Turn) -> Iterator[tuple[Cell, Cell]]:
        """The figures that a gap lies between, the one measured to first: of two territories, or of two codes."""
        cells = self.scope.data.cells
        facing, own = self.scope.facing(number, turn), self.scope.own_place(number)
        year = self.scope.year(number, subject, own)
        if facing is not None and facing != own:
            yield from zip(cells(subject, facing, year), cells(subject, own, year), strict=False)
            return
        for dimension in subject.cube.dimensions:
            named = dimension.codelist.name if dimension.codelist is not None else ""
            codes = self.scope.facing_codes(number, turn, named)
            if codes is not None:
                to, of = (replace(subject, codes={**subject.codes, dimension.name: (code,)}) for code in codes)
                yield from zip(cells(to, own, year), cells(of, own, year), strict=False)

    def _rivals(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """By how much one term's figure passes another's."""
        turn = self.scope.rival(number)
        if turn is None or number.quantity.percent:
            return
        left = [mention for mention in self.scope.sentence.mentions if mention.last < turn.at]
        for mention in left[-1:]:
            for other in subjects_of(self.scope.data, self.scope.sentence, mention):
                pairs = zip(
                    self.scope.data.cells(subject, place, year), self.scope.data.cells(other, place, year), strict=False
                )
                for against, of in pairs:
                    yield (Claim(Operation.DIFFERENCE, (against, of), number.quantity, turn.direction),)

    def _passages(self, number: Number, subject: Subject, place: str, which: int) -> Iterator[Reading]:
        """The first or second figure of "passa da … a …": that of the earlier or the later year."""
        of = self.scope.passage_year(number, subject, place, 1)
        base = self.scope.passage_year(number, subject, place, 0)
        for pair in self.scope.data.pairs(subject, place, base, of)[:3]:
            cell = pair[which] if self.scope.data.is_there(*pair[which]) else pair[1]
            yield (Claim(Operation.VALUE, (cell,), self._in_unit(number, cell)),)

    def _changes(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """The size of a change that a number may be: in points, in per cent, in units."""
        told = self.scope.apposed(number)
        if told is not number:
            base = self.scope.year(told, subject, place)
            yield from self._change_readings(told, subject, place, base, self.scope.change(told), Operation.GROWTH, number)
            return
        if subject.cube.is_rate and number.quantity.percent and self.scope.is_given(number):
            return
        change = self.scope.change(number)
        rate = subject.cube.is_rate
        measured = change is not None and (not rate or self.scope.is_step(number))
        if number.points:
            yield from self._change_readings(number, subject, place, year, change, Operation.DIFFERENCE)
        elif number.quantity.percent and (number.quantity.signed or measured):
            yield from self._change_readings(number, subject, place, year, change, Operation.GROWTH)
            if rate:
                yield from self._change_readings(number, subject, place, year, change, Operation.DIFFERENCE)
        elif not number.quantity.percent and change is not None and self.scope.is_step(number):
            yield from self._change_readings(number, subject, place, year, change, Operation.DIFFERENCE)

    def _in_unit(self, number: Number, cell: Cell) -> Quantity:
        """A number told in full ("81 mila") of a measure that is counted in thousands."""
        cube, codes = cell
        scale = self.scope.data.catalogue.units[cube.unit_at(codes)[0]].scale
        quantity = number.quantity
        if not scale or quantity.value < 10**scale:
            return quantity
        return replace(quantity, value=quantity.value.scaleb(-scale), step=quantity.step.scaleb(-scale))

    def _change_readings(
        self,
        number: Number,
        subject: Subject,
        place: str,
        year: int,
        change: Turn | None,
        operation: Operation,
        again: Number | None = None,
    ) -> Iterator[Reading]:
        """The change that a number measures; ``again`` is one that says the same change another way."""
        quantity = (again or number).quantity
        others = [
            p
            for p in self.scope.sentence.places
            if p.code != place and p.at in self.scope.sentence.chunk(number.first, clause=True)
        ]
        base = self.scope.base_year(number, year)
        direction = change.direction if change is not None else None
        of_cells = self.scope.data.cells(subject, place, year)
        for before, after in self.scope.data.pairs(subject, place, base, year):
            yield (Claim(operation, (before, after), quantity, direction),)
        for other in others:
            for this, that in zip(of_cells, self.scope.data.cells(subject, other.code, year), strict=False):
                yield (Claim(operation, (that, this), quantity, direction),)

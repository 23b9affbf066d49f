"""Numbers in a sentence as claims: which figure, share, change or ratio a number says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rendiconto.audit.annotations import Number, PlaceMention, Sentence, Turn, YearMention
from rendiconto.audit.binding import Context, Data, Subject, adjacent_mention, nearest_mentions, subjects_of
from rendiconto.catalogue.formulas import Share
from rendiconto.catalogue.inputs import input_key
from rendiconto.check.claims import Cell, Claim, Operation, Quantity
from rendiconto.italian.lexicon import Direction

Reading = tuple[Claim, ...]
"""Claims that hold together or not at all."""

_LINKS: Final = frozenset(
    [
        "nel",
        "nell",
        "del",
        "dell",
        "dello",
        "della",
        "anno",
        "per",
        "il",
        "in",
        "l",
        "di",
        "relativo",
        "relativa",
        "registrato",
        "registrate",
        "registrati",
        "al",
        "(",
        "di",
        "era",
        "erano",
        "a",
        "livello",
        "e",
    ]
)
_INTRODUCED: Final = frozenset(
    ("pari", "uguale", "uguali", "(", "ammontava", "ammontavano", "era", "erano", "n", "attestato", "fermo", "ossia", "cioe")
)


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

    def __init__(self, data: Data, sentence: Sentence, context: Context) -> None:
        self.data = data
        self.sentence = sentence
        self.context = context
        self.words = sentence.words

    def read(self) -> Iterator[Found]:
        """Every number as a claim, from left to right."""
        for at, number in enumerate(self.sentence.numbers):
            previous = self.sentence.numbers[at - 1] if at else None
            if number.literal or number.quantity.percent or number.times or self._counts_something(number):
                yield self._found(number, previous)

    def _counts_something(self, number: Number) -> bool:
        """Whether a number in letters counts what the report counts, or days and the like."""
        near = range(number.last + 1, number.last + 4)
        named = [mention.first for mention in self.sentence.mentions] + [
            code.first for found in self.sentence.codes.values() for code in found
        ]
        units = any(self.words[at].folded in ("giorni", "giorno", "gg", "euro") for at in near if at < len(self.words))
        return units or number.quantity.scaled or any(at in near for at in named)

    def _found(self, number: Number, previous: Number | None) -> Found:
        chunk = self.sentence.chunk(number.first)
        first = max(chunk.start, previous.last + 1 if previous is not None and previous.last in chunk else chunk.start)
        end = self.words[min(number.last + 1, chunk.stop - 1)].end if number.last + 1 in chunk else self.words[number.last].end
        subjects = self._subjects(number)
        by_subject = [tuple(self._readings(number, subject)) for subject in subjects]
        readings = tuple(reading for own in by_subject for reading in own)
        operation = readings[0][0].operation if readings else Operation.VALUE
        primary = len(next((own for own in by_subject if own), ()))
        subject = subjects[0] if subjects else None
        return Found(self.words[first].start, end, readings, operation, subject, "" if readings else "no subject", primary)

    def _subjects(self, number: Number) -> list[Subject]:
        """What a number may count, the likeliest first."""
        found: list[Subject] = []
        adjacent = adjacent_mention(self.sentence, number.last)
        for mention in [adjacent] if adjacent is not None else nearest_mentions(self.sentence, number.last):
            found.extend(subjects_of(self.data, self.sentence, mention, number.last))
        if not found:
            found = [self._taken_up(subject, number) for subject in self.context.subjects]
        return found[:6]

    def _taken_up(self, subject: Subject, number: Number) -> Subject:
        """The subject of the sentence before, with the codes that this one says."""
        codes = dict(subject.codes)
        for dimension in subject.cube.dimensions:
            if dimension.codelist is not None:
                said = [c for c in self.sentence.codes.get(dimension.codelist.name, ()) if 0 < c.first - number.last <= 4]
                said = said or [c for c in self.sentence.codes.get(dimension.codelist.name, ()) if c.last < number.first][-1:]
                if said:
                    codes[dimension.name] = (said[0].code,)
        return Subject(subject.cube, codes, None, subject.assumed)

    def _readings(self, number: Number, subject: Subject) -> Iterator[Reading]:
        place = self._place(number)
        passage = self._passage(number)
        year = self._year(number, subject, place) if passage is None else self._passage_year(number, subject, place, passage)
        change = self._change(number) if passage is None else None
        if self._is_part(number):
            yield from self._part_readings(number, subject, place, year)
        if number.points:
            yield from self._change_readings(number, subject, place, year, change, Operation.DIFFERENCE)
        elif number.times:
            yield from self._ratio_readings(number, subject, place, year)
        elif number.quantity.percent and subject.cube.unit != "percent":
            if change is not None or number.quantity.signed:
                yield from self._change_readings(number, subject, place, year, change, Operation.GROWTH)
            yield from self._share_readings(number, subject, place, year)
        elif change is not None and self._is_step(number):
            yield from self._change_readings(number, subject, place, year, change, Operation.DIFFERENCE)
        elif number.quantity.percent and change is not None and self._is_step(number):
            yield from self._change_readings(number, subject, place, year, change, Operation.GROWTH)
        elif passage is not None:
            of = self._passage_year(number, subject, place, 1)
            base = self._passage_year(number, subject, place, 0)
            for pair in self.data.pairs(subject, place, base, of)[:3]:
                cell = pair[passage] if self.data.is_there(*pair[passage]) else pair[1]
                yield (Claim(Operation.VALUE, (cell,), number.quantity),)
        else:
            for cell in self.data.cells(subject, place, year)[:3]:
                yield (Claim(Operation.VALUE, (cell,), self._in_unit(number, cell)),)

    def _in_unit(self, number: Number, cell: Cell) -> Quantity:
        """A number told in full ("81 mila") of a measure that is counted in thousands."""
        cube, codes = cell
        unit, _ = cube.unit_of(dict(zip(cube.dimension_names, codes, strict=True)))
        scale = self.data.catalogue.units[unit].scale
        quantity = number.quantity
        if not scale or quantity.value < 10**scale:
            return quantity
        return replace(quantity, value=quantity.value.scaleb(-scale), step=quantity.step.scaleb(-scale))

    def _passage(self, number: Number) -> int | None:
        """In "passa da 5 a 4": 0 for the first number, 1 for the second; None elsewhere."""
        numbers = self.sentence.numbers
        at = numbers.index(number)
        if at + 1 < len(numbers) and self._leads_to(number, numbers[at + 1]):
            return 0
        return 1 if at and self._leads_to(numbers[at - 1], number) else None

    def _leads_to(self, first: Number, second: Number) -> bool:
        origin = [word.folded for word in self.words[max(first.first - 5, 0) : first.first]]
        between = [word.folded for word in self.words[first.last + 1 : second.first]]
        starts = any(word in ("da", "dal", "dai", "dalle", "dagli", "dall'") for word in origin[-4:])
        ends = any(word in ("a", "ai", "al", "alle", "agli", "all'") for word in between[-4:])
        return starts and ends and len(between) <= 10 and not any(word in (";", ":") for word in between)

    def _passage_year(self, number: Number, subject: Subject, place: str, which: int) -> int:
        """The years that a passage from one figure to another runs over: those said, else this one and the one before."""
        own = next((year for year in self.sentence.years if self._claims(number, year)), None)
        if own is not None and own.first:
            return own.last
        said = [year.first for year in self.sentence.years if year.first == year.last and year.first]
        of = max(said) if said else self.data.default_year(subject, place)
        base = min(said) if len(set(said)) > 1 else next((of - y.back for y in self.sentence.years if y.back), of - 1)
        if len(set(said)) == 1 and all(year.base for year in self.sentence.years if year.first):
            base, of = said[0], self.data.default_year(subject, place)
        return of if which else base

    def _is_part(self, number: Number) -> bool:
        """Whether a number in brackets follows a percentage: the count that it is of the whole ("il 59 % (n. 10)")."""
        at = self.sentence.numbers.index(number)
        previous = self.sentence.numbers[at - 1] if at else None
        between = self.words[previous.last + 1 : number.first] if previous is not None else ()
        return previous is not None and previous.quantity.percent and len(between) <= 3 and any(w.text == "(" for w in between)

    def _part_readings(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        for reading in self._declared_shares(number, subject, place, year):
            yield (Claim(Operation.VALUE, (reading[0].cells[0],), number.quantity),)

    def _place(self, number: Number) -> str:
        """Whose figure a number is: the place named just after it, or before it in its own phrase."""
        after = self._first_after(number, self.sentence.places)
        if after is not None:
            return after.code
        before = [place for place in self.sentence.places if place.last < number.first]
        chunk = self.sentence.chunk(number.first)
        own = [place for place in before if place.at in chunk and not self._number_between(place.last, number.first)]
        if own:
            return own[-1].code
        if self._is_introduced(number) and before:
            earlier = self.sentence.chunk(max(chunk.start - 2, 0))
            linked = [place for place in before if place.at in earlier and not self._number_between(place.last, number.first)]
            if linked:
                return linked[-1].code
        opening = [place for place in before if not place.weak and not self._compared(place) and place.at <= 6]
        return opening[0].code if opening else self.data.territory.code

    def _compared(self, place: PlaceMention) -> bool:
        return any(turn.compares and turn.last < place.at <= turn.last + 8 for turn in self.sentence.turns)

    def _number_between(self, first: int, last: int) -> bool:
        return any(first < other.first and other.last < last for other in self.sentence.numbers)

    def _is_introduced(self, number: Number) -> bool:
        return any(word.folded in _INTRODUCED for word in self.words[max(number.first - 4, 0) : number.first])

    def _first_after(self, number: Number, marks: Sequence[PlaceMention]) -> PlaceMention | None:
        for mark in marks:
            if number.last < mark.at <= number.last + 5 and self._linked(number.last, mark.at):
                return mark
        return None

    def _linked(self, first: int, last: int) -> bool:
        """Whether only words that link a number to its year or place stand between."""
        between = self.words[first + 1 : last]
        return all(
            word.folded.removesuffix("'") in _LINKS or (len(word.folded) > 3 and at == 0) for at, word in enumerate(between)
        )

    def _year(self, number: Number, subject: Subject, place: str) -> int:
        of = self.data.default_year(subject, place)
        year = self._year_mention(number)
        if year is None:
            return self.context.of or of if subject.at is None else of
        if year.back:
            return of - year.back
        return year.last or of

    def _year_mention(self, number: Number) -> YearMention | None:
        years = [year for year in self.sentence.years if not year.all_before and not year.step]
        claimed = {
            id(year) for other in self.sentence.numbers for year in years if other is not number and self._claims(other, year)
        }
        own = next((year for year in years if self._claims(number, year)), None)
        if own is not None:
            return own
        chunk = self.sentence.chunk(number.first)
        before = [year for year in years if year.end < number.first and id(year) not in claimed]
        near = [year for year in before if not self._number_between(year.end, number.first)]
        close = [
            year
            for year in near
            if year.at in chunk or (self._is_introduced(number) and year.at in self.sentence.chunk(max(chunk.start - 2, 0)))
        ]
        if close and (not close[-1].base or self._is_introduced(number)):
            return close[-1]
        plain = [year for year in before if not year.base]
        if plain:
            return plain[-1]
        later = [year for year in years if year.at > number.last and not year.base and id(year) not in claimed]
        return later[0] if later and later[0].at in chunk else None

    def _claims(self, number: Number, year: YearMention) -> bool:
        return number.last < year.at <= number.last + 5 and self._linked(number.last, year.at)

    def _change(self, number: Number) -> Turn | None:
        """The word of change that a number measures: "aumentate del 3,3%", "+3,3%", "un calo di 41 unità"."""
        chunk = self.sentence.chunk(number.first)
        near = [turn for turn in self.sentence.turns if not turn.compares and turn.at in chunk]
        before = [turn for turn in near if turn.last < number.first and not self._number_between(turn.last, number.first)]
        after = [turn for turn in near if number.last < turn.at <= number.last + 4]
        if before and number.first - before[-1].last <= 12:
            return before[-1]
        more = next((turn for turn in after), None)
        if more is not None:
            return more
        following = self.words[number.last + 1 : number.last + 5]
        for at, word in enumerate(following):
            if word.folded in ("piu", "meno") and at < 3:
                return Turn(
                    number.last + 1 + at,
                    number.last + 1 + at,
                    Direction.UP if word.folded == "piu" else Direction.DOWN,
                    compares=False,
                )
        return None

    def _is_step(self, number: Number) -> bool:
        """Whether a number is introduced as the size of a change: "di 286 unità", "del 3,3%"."""
        before = self.words[number.first - 1].folded if number.first else ""
        return before in ("di", "del", "dell'", "dello", "d'") or number.quantity.signed or self._said_as_more(number)

    def _said_as_more(self, number: Number) -> bool:
        return any(
            word.folded in ("piu", "meno") and "in" in (self.words[number.last + at].folded,)
            for at, word in enumerate(self.words[number.last + 1 : number.last + 4])
        )

    def _base_year(self, number: Number, of: int) -> int:
        chunk = self.sentence.chunk(number.first, clause=True)
        for year in self.sentence.years:
            if year.base and year.at in chunk and not year.all_before and not year.step:
                return of - year.back if year.back else year.first
        spans = [year for year in self.sentence.years if year.first < year.last]
        return spans[0].first if spans else of - 1

    def _change_readings(
        self, number: Number, subject: Subject, place: str, year: int, change: Turn | None, operation: Operation
    ) -> Iterator[Reading]:
        others = [p for p in self.sentence.places if p.code != place and p.at in self.sentence.chunk(number.first, clause=True)]
        base = self._base_year(number, year)
        direction = change.direction if change is not None else None
        of_cells = self.data.cells(subject, place, year)
        for before, after in self.data.pairs(subject, place, base, year):
            yield (Claim(operation, (before, after), number.quantity, direction),)
        for other in others:
            for this, that in zip(of_cells, self.data.cells(subject, other.code, year), strict=False):
                yield (Claim(operation, (that, this), number.quantity, direction),)

    def _ratio_readings(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        others = [mention for mention in self.sentence.mentions if mention.first != subject.at]
        for cell in self.data.cells(subject, place, year)[:2]:
            for mention in others:
                for other in subjects_of(self.data, self.sentence, mention):
                    for against in self.data.cells(other, place, year)[:1]:
                        yield (Claim(Operation.RATIO, (cell, against), number.quantity),)
            for base in self.data.cells(subject, place, self._base_year(number, year))[:1]:
                yield (Claim(Operation.RATIO, (cell, base), number.quantity),)
            codes = [name for name, chosen in subject.codes.items() if len(chosen) == 1]
            for name in codes:
                yield from self._against_sisters(number, subject, name, cell, place, year)

    def _against_sisters(
        self, number: Number, subject: Subject, name: str, cell: Cell, place: str, year: int
    ) -> Iterator[Reading]:
        dimension = subject.cube.dimension(name)
        if dimension is None or dimension.codelist is None:
            return
        said = [
            code.code for code in self.sentence.codes.get(dimension.codelist.name, ()) if code.code not in subject.codes[name]
        ]
        for code in said:
            other = replace(subject, codes={**subject.codes, name: (code,)})
            for against in self.data.cells(other, place, year)[:1]:
                yield (Claim(Operation.RATIO, (cell, against), number.quantity),)

    def _share_readings(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """A percentage of something that is counted: a declared share with these inputs, a code of its whole, one of another."""
        yield from self._declared_shares(number, subject, place, year)
        for name, chosen in subject.codes.items():
            dimension = subject.cube.dimension(name)
            if len(chosen) == 1 and dimension is not None and dimension.codelist is not None:
                for part in self.data.cells(subject, place, year)[:1]:
                    yield from self._part_of_whole(number, subject, name, part, place, year)
        for mention in self.sentence.mentions:
            if mention.first != subject.at:
                for other in subjects_of(self.data, self.sentence, mention):
                    if other.cube.unit == subject.cube.unit:
                        for part, whole in zip(
                            self.data.cells(subject, place, year)[:1], self.data.cells(other, place, year)[:1], strict=False
                        ):
                            yield (Claim(Operation.SHARE, (part, whole), number.quantity),)
                            yield (Claim(Operation.SHARE, (whole, part), number.quantity),)

    def _declared_shares(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        for cube in self.data.catalogue.cubes.values():
            if not isinstance(cube.formula, Share):
                continue
            inputs = cube.formula.inputs()
            fits = any(
                need.cube == subject.cube.name and all(subject.codes.get(d, (c,)) == (c,) for d, c in need.fix.items())
                for need in inputs
            )
            named = cube.name == subject.cube.name
            if fits or named:
                codes = {name: chosen for name, chosen in subject.codes.items() if cube.dimension(name) is not None}
                for _, key in self.data.cells(Subject(cube, codes), place, year)[:1]:
                    cells = tuple(input_key(self.data.catalogue, cube, key, need) for need in inputs)
                    if cells[0] != cells[1]:
                        yield (Claim(Operation.SHARE, cells, number.quantity),)

    def _part_of_whole(
        self, number: Number, subject: Subject, name: str, part: Cell, place: str, year: int
    ) -> Iterator[Reading]:
        codelist = next((d.codelist for d in subject.cube.dimensions if d.name == name), None)
        total = codelist.total if codelist is not None else None
        if total is None and codelist is not None:
            others = [code for code in codelist.codes if (code,) != subject.codes[name]]
            for code in others[:4]:
                for whole in self.data.cells(replace(subject, codes={**subject.codes, name: (code,)}), place, year)[:1]:
                    yield (Claim(Operation.SHARE, (part, whole), number.quantity),)
        elif total is not None:
            for whole in self.data.cells(replace(subject, codes={**subject.codes, name: (total,)}), place, year)[:1]:
                yield (Claim(Operation.SHARE, (part, whole), number.quantity),)

"""A number in its sentence: whose figure it is, of which year, whether it measures a change or a passage."""

from collections.abc import Sequence
from typing import Final

from rendiconto.audit.annotations import PlaceMention, Sentence
from rendiconto.audit.binding import Context, Data, Subject
from rendiconto.audit.quantities import Number
from rendiconto.audit.turns import Turn
from rendiconto.audit.years import BASE_WORDS, YearMention
from rendiconto.italian.lexicon import SIGNS, Direction

_LINKS: Final = frozenset(
    (
        *("nel", "nell", "del", "dell", "dello", "della", "anno", "per", "il", "in", "l", "di", "al", "(", "era", "erano"),
        *("relativo", "relativa", "registrato", "registrate", "registrati", "a", "livello", "e"),
    )
)
_INTRODUCED: Final = frozenset(
    ("pari", "uguale", "uguali", "(", "ammontava", "ammontavano", "era", "erano", "n", "attestato", "fermo", "ossia", "cioe")
)
_AGAINST: Final = frozenset(("contro", "rispetto"))
_MEASURED_WITHIN: Final = 12
_MEASURED_AFTER: Final = 2
_FACING_WITHIN: Final = 9
_CONTRAST_WITHIN: Final = 3
_SIGNED_WITHIN: Final = 3
_SET_IN: Final = 2
_COUNTED: Final = 1
"""The thing counted, which may stand after a number."""
_AGAIN: Final = frozenset(("(", "vale", "ossia", "cioe", "ovvero", "pari"))
_APPOSING: Final = _AGAIN | {
    *("in", "piu", "meno", "del", "dell", "al", "all", "un", "a", "nel", "che", "rispetto", "dire", "circa", "il", "l"),
    *("+", "-", "−", "–", ",", "unita", "euro", "persone", "aumento", "calo", "anno"),
}


class NumberScope:
    """Answers for the numbers of one sentence."""

    def __init__(self, data: Data, sentence: Sentence, context: Context) -> None:
        self.data = data
        self.sentence = sentence
        self.context = context
        self.words = sentence.words

    def place(self, number: Number) -> str:
        """Whose figure a number is: the place named just after it, or before it in its own phrase."""
        faced = self.faced_before(number)
        if faced is not None:
            return faced
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
        """Whether only words that link a number to its year or place stand between; what it is set against is not its own."""
        between = self.words[first + 1 : last]
        return all(
            word.folded.removesuffix("'") in _LINKS or (len(word.folded) > 3 and at == 0 and word.folded not in BASE_WORDS)
            for at, word in enumerate(between)
        )

    def year(self, number: Number, subject: Subject, place: str) -> int:
        """The year of a number: the one beside it, else the one that holds for the sentence, else the subject's own."""
        of = self.data.default_year(subject, place)
        year = None if self._more_or_less(number) is not None else self._year_mention(number)
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
        if close and (not close[-1].base or (self._is_introduced(number) and not number.quantity.signed)):
            return close[-1]
        plain = [year for year in before if not year.base]
        if plain:
            return plain[-1]
        later = [year for year in years if year.at > number.last and not year.base and id(year) not in claimed]
        return later[0] if later and later[0].at in chunk else None

    def _claims(self, number: Number, year: YearMention) -> bool:
        return number.last < year.at <= number.last + 5 and self._linked(number.last, year.at)

    def change(self, number: Number) -> Turn | None:
        """The word of change that a number measures: "aumentate del 3,3%", "+3,3%", "41 in meno"."""
        chunk = self.sentence.chunk(number.first)
        near = [turn for turn in self.sentence.turns if not turn.compares and turn.at in chunk]
        before = [turn for turn in near if turn.last < number.first and not self._number_between(turn.last, number.first)]
        if before and number.first - before[-1].last <= _MEASURED_WITHIN:
            return before[-1]
        after = [turn for turn in near if number.last < turn.at <= number.last + 4]
        return after[0] if after else self._more_or_less(number)

    def _more_or_less(self, number: Number) -> Turn | None:
        """The way that "286 in più" or "41 unità in meno" say after it."""
        for at in range(number.last + 1, min(number.last + 4, len(self.words))):
            if self.words[at].folded in ("piu", "meno"):
                way = Direction.UP if self.words[at].folded == "piu" else Direction.DOWN
                return Turn(at, at, way, compares=False)
        return None

    def is_base(self, number: Number) -> bool:
        """Whether a number is what another is set against, with nothing said of its year or place: "8.924 contro 8.638"."""
        before = [word.folded for word in self.words[max(number.first - 3, 0) : number.first]]
        said = any(self._claims(number, year) for year in self.sentence.years)
        placed = self._first_after(number, self.sentence.places) is not None
        return any(word in _AGAINST for word in before) and not said and not placed

    def rival(self, number: Number) -> Turn | None:
        """The comparative whose distance a number is: "gli immigrati superano gli emigrati di 418 unità"."""
        clause = self.sentence.chunk(number.first, clause=True)
        before = [t for t in self.sentence.turns if t.compares and t.at in clause and t.last < number.first]
        return before[-1] if before and self.is_step(number) and before[-1].direction is not Direction.LEVEL else None

    def gap(self, number: Number) -> Turn | None:
        """The comparative whose distance a number tells: "supera di 2 punti", "8 giorni in meno", "2 anni più tardi"."""
        before = self.rival(number)
        if before is not None:
            return before
        until = number.last + _MEASURED_AFTER
        near = (turn for turn in self.sentence.turns if turn.compares and number.last < turn.at <= until)
        after = (t for t in near if t.direction is not Direction.LEVEL and not self.words[number.last + 1].is_mark)
        return next(after, None) or (self._more_or_less(number) if self._said_as_more(number) else None)

    def facing(self, number: Number, turn: Turn) -> str | None:
        """The territory that a gap is measured to: the first one named after both, before the next number."""
        start = max(number.last, turn.last)
        later = [other.first for other in self.sentence.numbers if other.first > number.last]
        until = min([start + _FACING_WITHIN, *later])
        return next((place.code for place in self.sentence.places if start < place.at < until), None)

    def faced_before(self, number: Number) -> str | None:
        """The territory that a comparative before "6,2% contro 4,0%" names: the second figure is its."""
        compared = [place.code for place in self.sentence.places if place.last < number.first and self._compared(place)]
        return compared[-1] if compared and self.is_base(number) else None

    def facing_codes(self, number: Number, turn: Turn, codelist: str) -> tuple[str, str] | None:
        """The two codes that a gap lies between, the one it is measured to first: "le donne 2 anni più tardi degli uomini"."""
        start = max(number.last, turn.last)
        later = [other.first for other in self.sentence.numbers if other.first > number.last]
        until = min([start + _FACING_WITHIN, *later])
        named = self.sentence.codes.get(codelist, ())
        to = next((code.code for code in named if start < code.first < until), None)
        of = next((code.code for code in reversed(named) if code.last < number.first), None)
        return (to, of) if to is not None and of is not None and to != of else None

    def contrasted(self, number: Number) -> tuple[int, Number] | None:
        """In "A contro B": 0 or 1, and the first of the two; None elsewhere."""
        numbers = self.sentence.numbers
        at = numbers.index(number)
        for which, pair in ((0, numbers[at : at + 2]), (1, numbers[max(at - 1, 0) : at + 1] if at else [])):
            if len(pair) == 2:
                between = [word.folded for word in self.words[pair[0].last + 1 : pair[1].first]]
                if "contro" in between and len(between) <= _CONTRAST_WITHIN:
                    return which, pair[0]
        return None

    def contrasted_codes(self, number: Number, codelist: str) -> str | None:
        """In "le donne più degli uomini: A contro B" the code that a number is of."""
        found = self.contrasted(number)
        if found is None:
            return None
        which, first = found
        named = self.sentence.codes.get(codelist, ())
        before = list(dict.fromkeys(code.code for code in named if code.last < first.first))
        after = any(code.first > first.last for code in named)
        return before[which] if len(before) == 2 and not after else None

    def own_place(self, number: Number) -> str:
        """Whose figure a gap is measured from: a place that opens the clause, else the report's own."""
        clause = self.sentence.chunk(number.first, clause=True)
        before = [p for p in self.sentence.places if p.at in clause and p.last < number.first and not self._compared(p)]
        return before[0].code if before else self.data.territory.code

    def is_step(self, number: Number) -> bool:
        """Whether a number is introduced as the size of a change: "di 286 unità", "del 3,3%"."""
        before = self.words[number.first - 1].folded if number.first else ""
        return before in ("di", "del", "dell'", "dello", "d'") or number.quantity.signed or self._said_as_more(number)

    def _said_as_more(self, number: Number) -> bool:
        more = self._more_or_less(number)
        return more is not None and self.words[more.at - 1].folded == "in"

    def is_given(self, number: Number) -> bool:
        """Whether a figure with a sign is said outright: "è pari al -0,9%", "quella della Toscana (-0,5%)"."""
        pari = any(word.folded == "pari" for word in self.words[max(number.first - 2, 0) : number.first])
        bracketed = number.first > 1 and self.words[number.first - 1].text == "("
        placed = bracketed and any(place.last == number.first - 2 for place in self.sentence.places)
        return number.quantity.signed and (pari or placed)

    def apposed(self, number: Number) -> Number:
        """For a percentage that says a change again ("642 in più del 2023 (3,7%)"), the number that said it first."""
        at = self.sentence.numbers.index(number)
        first = self.sentence.numbers[at - 1] if at else None
        if first is None or not number.quantity.percent or first.quantity.percent or not self.is_step(first):
            return number
        years = {word for year in self.sentence.years for word in range(year.at, year.end + 1)}
        between = [at for at in range(first.last + 1, number.first) if at not in years]
        said = all(self.words[at].folded.removesuffix("'") in _APPOSING for at in between[_COUNTED:])
        again = any(self.words[at].folded in _AGAIN for at in between)
        return first if said and again and self.change(first) is not None else number

    def counts_places(self, number: Number) -> bool:
        """Whether a number says how many places something is set among: "tra le 10 province della Toscana"."""
        after = self.words[number.last + 1].folded if number.last + 1 < len(self.words) else ""
        before = [word.folded for word in self.words[max(number.first - 2, 0) : number.first]]
        return after in ("province", "regioni") and any(word in ("tra", "fra") for word in before)

    def is_whole(self, number: Number) -> bool:
        """Whether a count is what another is set in: "4.961 su 8.924"."""
        at = self.sentence.numbers.index(number)
        part = self.sentence.numbers[at - 1] if at else None
        plain = part is not None and not part.quantity.percent and number.first - part.last == _SET_IN
        return plain and self.words[number.first - 1].folded == "su"

    def anchor(self, number: Number) -> int:
        """Where a number's codes are looked for: at its end, for the part in "il 33,5% …: 48.370 su 144.498" at the share's."""
        at = self.sentence.numbers.index(number)
        share = self.sentence.numbers[at - 1] if at else None
        after = self.sentence.numbers[at + 1] if at + 1 < len(self.sentence.numbers) else None
        counts = after is not None and self.is_whole(after) and share is not None and share.quantity.percent
        return share.last if counts and share is not None else number.last

    def side(self, number: Number) -> Direction | None:
        """The side of nought that a word just before a number says: "in rosso per 1.721", "negativo per 1.310"."""
        near = self.words[max(number.first - _SIGNED_WITHIN, 0) : number.first]
        return next((SIGNS[word.folded] for word in reversed(near) if word.folded in SIGNS), None)

    def base_year(self, number: Number, of: int) -> int:
        """The year that a change is measured from."""
        own = next((year for year in self.sentence.years if self._claims(number, year)), None)
        if own is not None and own.first and own.first < of:
            return own.first
        chunk = self.sentence.chunk(number.first, clause=True)
        for year in self.sentence.years:
            if year.base and year.at in chunk and not year.all_before and not year.step:
                return of - year.back if year.back else year.first
        spans = [year for year in self.sentence.years if year.first < year.last]
        if spans:
            return spans[0].first
        said = [year.first for year in self.sentence.years if year.first and year.at < number.first]
        passed = number.quantity.signed and len(said) > 1 and said[-2] < said[-1] == of
        return said[-2] if passed else of - 1

    def passage(self, number: Number) -> int | None:
        """In "passa da 5 a 4": 0 for the first number, 1 for the second; None elsewhere."""
        numbers = self.sentence.numbers
        at = numbers.index(number)
        if at + 1 < len(numbers) and self._leads_to(number, numbers[at + 1]):
            return 0
        return 1 if at and self._leads_to(numbers[at - 1], number) else None

    def _leads_to(self, first: Number, second: Number) -> bool:
        origin = [word.folded for word in self.words[max(first.first - 5, 0) : first.first]]
        between = [word.folded for word in self.words[first.last + 1 : second.first]]
        alike = first.quantity.percent == second.quantity.percent
        starts = alike and any(word in ("da", "dal", "dai", "dalle", "dagli", "dall'") for word in origin[-4:])
        ends = any(word in ("a", "ai", "al", "alle", "agli", "all'") for word in between[-4:])
        return starts and ends and len(between) <= 10 and not any(word in (";", ":") for word in between)

    def passage_year(self, number: Number, subject: Subject, place: str, which: int) -> int:
        """The years that a passage from one figure to another runs over: those said, else this one and the one before."""
        own = next((year for year in self.sentence.years if self._claims(number, year)), None)
        if own is not None and own.first:
            return own.last
        said = [year for each in self.sentence.years if each.first for year in {each.first, each.last}]
        of = max(said) if said else self.data.default_year(subject, place)
        base = min(said) if len(set(said)) > 1 else next((of - y.back for y in self.sentence.years if y.back), of - 1)
        if len(set(said)) == 1 and all(year.base for year in self.sentence.years if year.first):
            base, of = said[0], self.data.default_year(subject, place)
        return of if which else base

    def is_part(self, number: Number) -> bool:
        """Whether a number in brackets follows a percentage: the count that it is of the whole ("il 59 % (n. 10)")."""
        at = self.sentence.numbers.index(number)
        previous = self.sentence.numbers[at - 1] if at else None
        between = self.words[previous.last + 1 : number.first] if previous is not None else ()
        return previous is not None and previous.quantity.percent and len(between) <= 3 and any(w.text == "(" for w in between)

"""A turn of phrase in its sentence: what it is about, whose figure, of which years."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rendiconto.audit.annotations import Sentence
from rendiconto.audit.binding import Context, Data, Subject, nearest_mentions, subjects_of
from rendiconto.audit.numbers import Found
from rendiconto.audit.shares import Reading
from rendiconto.audit.turns import Turn
from rendiconto.audit.vocabulary import Mention
from rendiconto.audit.years import YearMention
from rendiconto.check.claims import Operation
from rendiconto.italian.lexicon import OF, ORDINALS, SIZES, SPANS, Direction
from rendiconto.italian.words import Word

TREND_NOUNS: Final = frozenset(("tendenza", "andamento", "trend", "dinamica"))
_BESIDE: Final = 3
_ANAPHORS: Final = frozenset(
    ("dato", "dati", "valore", "valori", "numero", "importo", "cifra", "quota", "percentuale", "media", "tempi")
)
_AUXILIARIES: Final = frozenset(("in", "sono", "ha", "hanno", "era", "erano", "non"))
_JOINING: Final = frozenset(("e", "ed", "sia", "che", "come", "quanto"))
_PREPOSITIONS: Final = frozenset(("rispetto", "a", "in", "sul", "nel", "su", "per", "al", "alla", "da", "dal"))
_BREAKING: Final = frozenset(("mentre", "ma", "quando", "dove", "rispetto"))
_LIGHT: Final = ("de", "il", "l", "gl", "le", "la", "i", "un", "nu", "tot", "sia", "e", "che", "anch", "com")
_REFERENCES: Final = frozenset(("rispetto", "media", "linea", "dato", "quella", "quello", "valore", "confronto", "tendenza"))
_MOST_WORDS_BETWEEN: Final = 5


class TurnScope:
    """Answers for the turns of phrase of one sentence; ``used`` are the places of turns that have been read."""

    def __init__(self, data: Data, sentence: Sentence, context: Context) -> None:
        self.data = data
        self.sentence = sentence
        self.context = context
        self.words = sentence.words
        self.used: set[int] = set()

    def mentions(self, turn: Turn) -> list[Mention]:
        """The terms that a turn of phrase is about: those it governs ("riduzione sia delle A sia delle B"), or its subject."""
        after = self._governed(turn)
        if after:
            return after
        if self._of_something_else(turn):
            return []
        ranked = [mention for mention in nearest_mentions(self.sentence, turn.at) if not self._elsewhere(mention, turn)]
        if not ranked:
            return []
        first = ranked[0]
        joined = [m for m in ranked[1:] if m.last < first.first and self._joined(m, first) and first.last < turn.at]
        return [first, *joined]

    def _of_something_else(self, turn: Turn) -> bool:
        """Whether a noun of change has an object that is no term: "la riduzione del divario di genere"."""
        following = self.words[turn.last + 1 : turn.last + 3]
        return (
            not turn.compares
            and len(following) == 2
            and following[0].folded.removesuffix("'") in OF
            and not following[1].is_number
        )

    def _governed(self, turn: Turn) -> list[Mention]:
        """Terms that follow and depend on it: "aumento delle A e delle B", "diminuiscono le A"."""
        found: list[Mention] = []
        at = turn.last
        for mention in self.sentence.mentions:
            if mention.first <= turn.at:
                continue
            between = self.words[at + 1 : mention.first]
            if not self._is_linked(between, mention, turn, first=not found):
                break
            found.append(mention)
            at = mention.last
        return found

    def _is_linked(self, between: Sequence[Word], mention: Mention, turn: Turn, *, first: bool) -> bool:
        """Whether only light words stand between a turn of phrase and a term, or between two terms that it governs."""
        if any(word.text in ";:()." or word.folded in _BREAKING for word in between):
            return False
        if any(turn.at < other.at < mention.first for other in self.sentence.turns):
            return False
        heavy = sum(not word.is_mark and not word.folded.startswith(_LIGHT) for word in between)
        if heavy > _MOST_WORDS_BETWEEN - (not first):
            return False
        if first:
            commas = any(word.text == "," for word in between)
            return bool(between) and not commas and between[0].folded.removesuffix("'") not in _PREPOSITIONS
        return any(word.folded in _JOINING for word in between)

    def _elsewhere(self, mention: Mention, turn: Turn) -> bool:
        """Whether a term stands in what something is compared with."""
        return mention.first > turn.last and mention.first not in self.sentence.chunk(turn.at, clause=True)

    def _joined(self, first: Mention, second: Mention) -> bool:
        """Whether two terms are joined by "e", "sia … sia" and the like."""
        between = self.words[first.last + 1 : second.first]
        return (
            len(between) <= 6
            and any(word.folded in _JOINING for word in between)
            and not any(word.text in ";:" for word in between)
        )

    def subjects(self, turn: Turn) -> list[list[Subject]]:
        """For each thing that is spoken of, what it may be; without any, what the sentence before spoke of."""
        mentions = self.mentions(turn)
        if mentions:
            until = self._next_turn(turn)
            return [subjects_of(self.data, self.sentence, mention, until=until) for mention in mentions]
        if not self._takes_up(turn):
            return []
        return [[self.narrowed(subject)] for subject in self.context.subjects[:1]]

    def _next_turn(self, turn: Turn) -> int | None:
        """Where the next turn of phrase begins to speak of something else."""
        later = [t.at for t in self.sentence.turns if t.at > turn.last]
        return later[0] if later else None

    def _takes_up(self, turn: Turn) -> bool:
        """Whether a sentence without a term of its own speaks of what the one before spoke of: "il dato è in calo"."""
        words = [self.words[at].folded for at in self.sentence.chunk(turn.at)]
        before = self.words[turn.at - 1].folded if turn.at else ""
        after = self.words[turn.last + 1].folded if turn.last + 1 < len(self.words) else ""
        return after.removesuffix("'") not in OF and (before in _AUXILIARIES or any(word in _ANAPHORS for word in words))

    def narrowed(self, subject: Subject) -> Subject:
        """The subject of the sentence before with the codes that this one says."""
        codes = dict(subject.codes)
        for dimension in subject.cube.dimensions:
            if dimension.codelist is not None:
                said = self.sentence.codes.get(dimension.codelist.name, ())
                if said:
                    codes[dimension.name] = tuple(dict.fromkeys(code.code for code in said))
        return replace(subject, codes=codes, at=None)

    def place(self, turn: Turn, subject: Subject) -> str:
        """Whose figure: a place that opens the clause, else the report's own."""
        clause = self.sentence.chunk(turn.at, clause=True)
        limit = turn.at if subject.at is None else max(turn.at, subject.at + 4)
        named = [p for p in self.sentence.places if p.at in clause and p.last < limit and not self._is_reference(p.at)]
        return named[-1].code if named else self.data.territory.code

    def _is_reference(self, at: int) -> bool:
        """Whether a place is what something is compared with ("rispetto alla media regionale", "in linea con la tendenza…")."""
        before = [word.folded for word in self.words[max(at - 6, 0) : at]]
        linked = any(word in _REFERENCES for word in before)
        return linked or any(turn.compares and turn.last < at <= turn.last + 8 for turn in self.sentence.turns)

    def change_years(self, turn: Turn, subject: Subject, place: str) -> list[int]:
        """The years that a change runs over, its base first."""
        clause = self.sentence.chunk(turn.at, clause=True)
        there = self.data.years(subject, place)
        free = [year for year in self.sentence.years if not self._is_a_numbers(year, turn)]
        near = [year for year in free if year.at in clause] or free
        own = next((year for year in (*near, *self.sentence.asides) if self._is_turns(year, turn)), None)
        if own is not None:
            return [own.last - 1, own.last]
        spans = [year for year in near if year.first < year.last]
        if spans:
            return [year for year in there if spans[0].first <= year <= spans[0].last]
        plain = [year.last for year in near if not year.base and year.first == year.last and year.first]
        if len(plain) >= 2 and plain[0] < plain[-1]:
            return [plain[0], plain[-1]]
        of = plain[-1] if plain else self.data.default_year(subject, place)
        base = next((year for year in near if year.base and not year.all_before), None)
        if base is not None:
            return [of - (self.context.step or 1) if base.step else of - base.back if base.back else base.first, of]
        earlier = [year for year in there if year < of] or [of - 1]
        return [*earlier, of] if any(year.all_before for year in near) else [earlier[-1], of]

    def running(self, turn: Turn) -> int:
        """For how many years on end a change is said to go on ("per il quinto anno consecutivo"); 0 where that is not said."""
        clause = self.sentence.chunk(turn.at, clause=True)
        for at in clause:
            if self.words[at].folded == "anno" and at + 1 in clause and self.words[at + 1].folded == "consecutivo":
                return ORDINALS.get(self.words[at - 1].folded, 0)
        return 0

    def _is_turns(self, year: YearMention, turn: Turn) -> bool:
        """Whether a year stands right after a noun of change: "dopo l'aumento del 2022"."""
        between = self.words[turn.last + 1 : year.at]
        return year.first == year.last != 0 and len(between) == 1 and between[0].folded.removesuffix("'") in OF

    def _is_a_numbers(self, year: YearMention, turn: Turn) -> bool:
        """Whether a year stands beside a number further on: "è stabile (6,2% contro il 6,1% del 2023)"."""
        beside = any(0 < year.at - number.last <= _BESIDE for number in self.sentence.numbers)
        return beside and year.at > turn.last and not year.base

    def series(self, turn: Turn, subject: Subject, place: str) -> list[int]:
        """The years of a trend: the span that is said, else all that there are; for what is level, the last two."""
        there = self.data.years(subject, place)
        spans = [year for year in self.sentence.years if year.first < year.last]
        if spans:
            return [year for year in there if spans[0].first <= year <= spans[0].last]
        count = next((SPANS[word.folded] for word in self.words if word.folded in SPANS), 0)
        if turn.direction is Direction.LEVEL and not turn.compares and not count:
            return there[-2:]
        return there[-count:]

    def year_of(self, turn: Turn, subject: Subject, place: str) -> int:
        """The year of a figure that is compared: the one said in or before the clause, else the subject's own."""
        clause = self.sentence.chunk(turn.at, clause=True)
        plain = [
            y
            for y in self.sentence.years
            if y.first and y.first == y.last and not y.base and (y.at in clause or y.at < turn.at)
        ]
        return plain[-1].last if plain else self.data.default_year(subject, place)

    def degree(self, turn: Turn) -> str:
        """The word of degree beside it ("leggermente"); empty for none."""
        near = self.words[max(turn.at - 3, 0) : turn.last + 3]
        return next((word.folded for word in near if word.folded in SIZES), "")

    def found(self, turn: Turn, readings: Sequence[Reading], operation: Operation, subject: Subject | None) -> Found:
        """What was read of a turn of phrase: its own words, and its subject's where that stands in the clause."""
        places = list(self.sentence.chunk(turn.at))
        if subject is not None and subject.at is not None and subject.at in self.sentence.chunk(turn.at, clause=True):
            places.append(subject.at)
        start, end = self.words[min(places)].start, self.words[max(places)].end
        return Found(start, end, tuple(readings), operation, subject, "" if readings else "no subject")

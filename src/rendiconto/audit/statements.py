"""What a sentence says without a number: extremes, trends, signs, absences, comparisons, directions."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from rendiconto.audit.attachment import Span
from rendiconto.audit.binding import Subject
from rendiconto.audit.candidates import Candidates
from rendiconto.audit.comparisons import ComparisonReader
from rendiconto.audit.directions import DirectionReader
from rendiconto.audit.extremes import ExtremeReader
from rendiconto.audit.phrases import Phrases
from rendiconto.audit.readings import Found, Weighed
from rendiconto.audit.turns import Turn
from rendiconto.audit.vocabulary import CodeMention
from rendiconto.check.claims import Claim, Operation, Quantity
from rendiconto.italian.lexicon import SIGNS, Direction

_PRESENT: Final = frozenset(("presenti", "presente", "esistono", "esiste", "risultano", "risulta", "contano", "conta", "ci"))
_ALWAYS: Final = frozenset(("costante", "costantemente", "sempre", "costanti"))
_MOST: Final = 4
_ARTICLES: Final = frozenset(("i", "gli", "le", "gl"))
_KIND_WITHIN: Final = 6
_ALL: Final = Quantity(Decimal(100), Decimal(1), percent=True)


class StatementReader:
    """Reads the turns of phrase of one sentence."""

    def __init__(self, candidates: Candidates) -> None:
        self.phrases = Phrases(candidates)
        self.directions = DirectionReader(self.phrases)
        self.comparisons = ComparisonReader(self.phrases, self.directions)
        self.extremes = ExtremeReader(self.phrases, self.directions)

    def read(self) -> Iterator[Found]:
        """Every statement, in no particular order."""
        yield from self.extremes.read()
        yield from self._signs()
        yield from self.directions.trends()
        yield from self._absences()
        yield from self._wholes()
        for turn in self.phrases.sentence.turns:
            if turn.at in self.phrases.used or self._is_a_gap(turn):
                continue
            yield from self.comparisons.read(turn) if turn.compares else self.directions.read(turn)

    def _is_a_gap(self, turn: Turn) -> bool:
        """Whether a comparative is told in the number just before it: "tre punti sopra quello toscano"."""
        numbers = self.phrases.sentence.numbers
        return turn.compares and any(number.last + 1 == turn.at and (number.points or not number.literal) for number in numbers)

    def _signs(self) -> Iterator[Found]:
        """A balance above or below nought: "saldo naturale negativo", "il saldo è positivo"."""
        words = self.phrases.words
        for at, word in enumerate(words):
            if word.folded not in SIGNS or any(
                w.folded in ("tendenza", "trend", "piu", "meno") for w in words[max(at - 3, 0) : at]
            ):
                continue
            turn = Turn(at, at, SIGNS[word.folded], compares=False)
            bounds = [
                b
                for b in self.phrases.bounds(turn)
                if self.phrases.data.is_balance(b.subject.cube) or turn.direction is Direction.LEVEL
            ]
            always = any(w.folded in _ALWAYS for w in words[max(at - 2, 0) : at + 3])
            self.phrases.used.update(
                t.at for t in self.phrases.sentence.turns if abs(t.at - at) <= 2 and t.direction is Direction.LEVEL
            )
            readings = [each for bound in bounds[:_MOST] for each in self._sign(turn, bound.subject, bound.cost, always=always)]
            if readings:
                yield self.phrases.found(turn, readings, Operation.SIGN)

    def _sign(self, turn: Turn, subject: Subject, cost: float, *, always: bool) -> Iterator[Weighed]:
        anchor = Span(turn.at, turn.last)
        candidates = self.phrases.candidates
        for place in candidates.whereabouts.places(anchor)[:2]:
            spoken = self.phrases.data.years(subject, place.value)
            options = (
                [(spoken, 0.0)]
                if always
                else [([int(year.value)], year.cost) for year in candidates.whereabouts.years(anchor, subject, place.value)[:2]]
            )
            for years, year_cost in options:
                claims = [
                    Claim(Operation.SIGN, (cell,), direction=turn.direction)
                    for year in years
                    for cell in self.phrases.data.cells(subject, place.value, year)
                ]
                if claims:
                    yield Weighed(tuple(claims), cost + place.cost + year_cost)

    def _absences(self) -> Iterator[Found]:
        """What is said not to be there: "non sono presenti né unità agricole né fabbricati"."""
        words, sentence, data = self.phrases.words, self.phrases.sentence, self.phrases.data
        for at, word in enumerate(words):
            following = [after.folded for after in words[at + 1 : at + 4]]
            denied = word.folded == "non" and any(f in _PRESENT for f in following)
            denied = denied or word.folded in ("assenti", "assente", "inesistenti")
            said = word.folded in ("presenti", "presente") and not any(w.folded == "non" for w in words[max(at - 3, 0) : at])
            if not denied and not said:
                continue
            way = Direction.LEVEL if denied else Direction.UP
            clause = sentence.chunk(at, clause=True)
            claims = []
            for mention in (mention for mention in sentence.mentions if mention.first in clause):
                for bound in self.phrases.candidates.subjects(Span(mention.first, mention.last))[:1]:
                    place = self.phrases.candidates.whereabouts.places(Span(at, at))[0].value
                    year = data.default_year(bound.subject, place)
                    claims += [Claim(Operation.SIGN, (cell,), direction=way) for cell in data.cells(bound.subject, place, year)]
            if claims:
                turn = Turn(at, at, way, compares=False)
                end = max(mention.last for mention in sentence.mentions if mention.first in clause)
                yield self.phrases.found(turn, [Weighed(tuple(claims), 0.0)], Operation.SIGN, end)

    def _wholes(self) -> Iterator[Found]:
        """What is said to be all of one kind: "9 giudizi, tutti con esito favorevole all'Istituto"."""
        words = self.phrases.words
        for at, word in enumerate(words[:-1]):
            if word.folded not in ("tutti", "tutte") or words[at + 1].folded.removesuffix("'") in _ARTICLES:
                continue
            chunk = self.phrases.sentence.chunk(at)
            near = range(at + 1, min(at + _KIND_WITHIN, chunk.stop))
            codes = [code for named in self.phrases.sentence.codes.values() for code in named if code.first in near]
            readings = [each for code in codes for each in self._of_a_kind(Span(at, at), code)]
            if readings:
                turn = Turn(at, at, Direction.LEVEL, compares=False)
                yield self.phrases.found(turn, readings, Operation.SHARE, max(code.last for code in codes))

    def _of_a_kind(self, anchor: Span, code: CodeMention) -> Iterator[Weighed]:
        data, whereabouts = self.phrases.data, self.phrases.candidates.whereabouts
        for bound in self.phrases.candidates.subjects(anchor)[:_MOST]:
            cube = bound.subject.cube
            dimension = next((d for d in cube.dimensions if d.codelist and d.codelist.name == code.codelist), None)
            total = dimension.codelist.total if dimension is not None and dimension.codelist is not None else None
            if dimension is None or total is None or not cube.sums:
                continue
            kinds = ({**bound.subject.codes, dimension.name: (chosen,)} for chosen in (code.code, total))
            part, whole = (replace(bound.subject, codes=codes) for codes in kinds)
            place = whereabouts.places(anchor)[0].value
            year = int(whereabouts.years(anchor, whole, place)[0].value)
            cells = [data.cells(side, place, year)[0] for side in (part, whole)]
            yield Weighed((Claim(Operation.SHARE, tuple(cells), _ALL),), bound.cost, bound.sure)

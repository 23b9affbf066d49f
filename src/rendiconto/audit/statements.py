"""What a sentence says without a number: directions, trends, signs, absences; comparisons and extremes with them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rendiconto.audit.binding import Subject, nearest_mentions, subjects_of
from rendiconto.audit.comparisons import ComparisonReader
from rendiconto.audit.extremes import ExtremeReader
from rendiconto.audit.numbers import Found
from rendiconto.audit.scope import TREND_NOUNS, TurnScope
from rendiconto.audit.shares import Reading
from rendiconto.audit.turns import Turn
from rendiconto.check.claims import Claim, Operation
from rendiconto.italian.lexicon import SIGNS, Direction, wavers

_ADJECTIVES: Final = frozenset(("crescente", "crescenti", "decrescente", "decrescenti"))
_PRESENT: Final = frozenset(("presenti", "presente", "esistono", "esiste", "risultano", "risulta"))
_LOOSE: Final = frozenset(("tendenzialmente", "complessivamente", "sostanzialmente", "circa", "grosso"))
_ALL_YEARS: Final = re.compile(r"anni|annualita|sempre|continu\w*|progressiv\w*|costante(?:mente)?|ininterrott\w*")


class StatementReader:
    """Reads the turns of phrase of one sentence."""

    def __init__(self, scope: TurnScope) -> None:
        self.scope = scope

    def read(self) -> Iterator[Found]:
        """Every statement, in no particular order."""
        yield from ExtremeReader(self.scope).read()
        yield from self._signs()
        yield from self._trends()
        yield from self._absences()
        comparisons = ComparisonReader(self.scope)
        for turn in self.scope.sentence.turns:
            if turn.at in self.scope.used:
                continue
            found = comparisons.read(turn) if turn.compares and not comparisons.is_in_time(turn) else self._direction(turn)
            if found is not None:
                yield found

    def _direction(self, turn: Turn) -> Found | None:
        if self.scope.words[turn.at].folded in _ADJECTIVES:
            return None
        alternatives = self.scope.subjects(turn)
        if not alternatives:
            return None
        readings: list[Reading] = []
        for choice in range(max(len(options) for options in alternatives)):
            chosen = [options[min(choice, len(options) - 1)] for options in alternatives if options]
            claims: list[Claim] = []
            for subject in chosen:
                claims.extend(self._changes(turn, subject))
            if claims:
                readings.append(tuple(claims))
        first = alternatives[0][0] if alternatives[0] else None
        return self.scope.found(turn, readings, Operation.DIRECTION, first)

    def _changes(self, turn: Turn, subject: Subject) -> Iterator[Claim]:
        place = self.scope.place(turn, subject)
        years = self.scope.change_years(turn, subject, place)
        if len(years) < 2:
            return
        running = self.scope.running(turn)
        if running:
            yield from self._streak(turn, subject, place, range(years[-1] - running, years[-1] + 1))
            return
        steps = list(pairwise(years)) if self._continues(turn) else [(years[0], years[-1])]
        for first, last in steps:
            for base, of in self.scope.data.pairs(subject, place, first, last):
                yield Claim(Operation.DIRECTION, (base, of), direction=turn.direction, degree=self.scope.degree(turn))

    def _streak(self, turn: Turn, subject: Subject, place: str, years: range) -> Iterator[Claim]:
        """The same way year after year: "diminuisce per il quinto anno consecutivo"."""
        by_key = [self.scope.data.cells(subject, place, year) for year in years]
        for cells in zip(*by_key, strict=False):
            yield Claim(Operation.TREND, tuple(cells), direction=turn.direction)

    def _continues(self, turn: Turn) -> bool:
        clause = self.scope.sentence.chunk(turn.at, clause=True)
        return any(_ALL_YEARS.fullmatch(self.scope.words[at].folded) for at in clause)

    def _trends(self) -> Iterator[Found]:
        for at, word in enumerate(self.scope.words):
            if word.folded not in TREND_NOUNS:
                continue
            near = range(at + 1, min(at + 7, len(self.scope.words)))
            turn = next(
                (t for t in self.scope.sentence.turns if t.at in near and not t.compares and t.at not in self.scope.used), None
            )
            sign = next((SIGNS[self.scope.words[i].folded] for i in near if self.scope.words[i].folded in SIGNS), None)
            wavering = any(wavers(self.scope.words[i].folded) for i in near)
            if turn is None and not wavering and (sign is None or word.folded == "andamento"):
                continue
            direction = turn.direction if turn is not None else None if wavering else sign
            anchor = turn or Turn(at, at, direction or Direction.LEVEL, compares=wavering)
            self.scope.used.add(anchor.at)
            found = self._trend(anchor, direction)
            if found is not None:
                yield found

    def _trend(self, turn: Turn, direction: Direction | None) -> Found | None:
        readings: list[Reading] = []
        alternatives = self.scope.subjects(turn)
        loose = any(word.folded in _LOOSE for word in self.scope.words[max(turn.at - 4, 0) : turn.at])
        for options in alternatives[:1]:
            for subject in options:
                place = self.scope.place(turn, subject)
                series = self.scope.series(turn, subject, place)
                by_key = [self.scope.data.cells(subject, place, year) for year in series]
                claims = [
                    Claim(Operation.TREND, tuple(cells), direction=direction, loose=loose)
                    for cells in zip(*by_key, strict=False)
                    if len(cells) > 1
                ]
                if claims:
                    readings.append(tuple(claims))
        first = alternatives[0][0] if alternatives and alternatives[0] else None
        return self.scope.found(turn, readings, Operation.TREND, first)

    def _signs(self) -> Iterator[Found]:
        """A balance above or below nought: "saldo naturale negativo", "il saldo è positivo"."""
        for at, word in enumerate(self.scope.words):
            if word.folded not in SIGNS:
                continue
            mention = next(
                (m for m in nearest_mentions(self.scope.sentence, at) if m.last < at <= m.last + 14 or at <= m.first <= at + 3),
                None,
            )
            if mention is None or any(w.folded in ("tendenza", "trend") for w in self.scope.words[max(at - 3, 0) : at]):
                continue
            for subject in subjects_of(self.scope.data, self.scope.sentence, mention)[:1]:
                if not subject.cube.is_balance and SIGNS[word.folded] is not Direction.LEVEL:
                    continue
                turn = Turn(at, at, SIGNS[word.folded], compares=False)
                constant = next(
                    (t for t in self.scope.sentence.turns if 0 < t.at - at <= 2 and t.direction is Direction.LEVEL), None
                )
                place = self.scope.place(turn, subject)
                years = (
                    self.scope.data.years(subject, place)
                    if constant is not None
                    else [self.scope.change_years(turn, subject, place)[-1]]
                )
                if constant is not None:
                    self.scope.used.add(constant.at)
                claims = [
                    Claim(Operation.SIGN, (cell,), direction=turn.direction)
                    for year in years
                    for cell in self.scope.data.cells(subject, place, year)
                ]
                yield self.scope.found(turn, [tuple(claims)], Operation.SIGN, subject)

    def _absences(self) -> Iterator[Found]:
        """What is said not to be there: "non sono presenti né unità agricole né fabbricati"."""
        for at, word in enumerate(self.scope.words):
            following = [after.folded for after in self.scope.words[at + 1 : at + 4]]
            denied = word.folded == "non" and any(f in _PRESENT for f in following)
            if not denied and word.folded not in ("assenti", "assente", "inesistenti"):
                continue
            clause = self.scope.sentence.chunk(at, clause=True)
            mentions = [mention for mention in self.scope.sentence.mentions if mention.first in clause]
            place = self.scope.data.territory.code
            subjects = [subjects_of(self.scope.data, self.scope.sentence, mention)[0] for mention in mentions]
            cells = [c for s in subjects for c in self.scope.data.cells(s, place, self.scope.data.default_year(s, place))]
            if cells:
                turn = Turn(at, at, Direction.LEVEL, compares=False)
                reading = tuple(Claim(Operation.SIGN, (cell,), direction=Direction.LEVEL) for cell in cells)
                yield self.scope.found(turn, [reading], Operation.SIGN, subjects[0])

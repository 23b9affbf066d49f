"""Extremes: the year or the province with the most, or the least."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rendiconto.audit.binding import Subject, nearest_mentions, subjects_of
from rendiconto.audit.numbers import Found
from rendiconto.audit.scope import TurnScope
from rendiconto.audit.turns import Turn
from rendiconto.check.claims import Cell, Claim, Operation, Quantity
from rendiconto.italian.lexicon import EXTREME_NOUNS, OF, ORDINALS, SPANS, Direction
from rendiconto.territory import Gazetteer

_ANCHORS: Final = frozenset(("anno", "provincia", "province", "valore", "livello", "dato", "punto"))
_YEAR_WORDS: Final = frozenset(("anno", "anni", "serie", "periodo", *SPANS))
_TO: Final = frozenset(("a", "al", "all", "alla", "allo", "ai", "alle"))
_PLACE_WORDS: Final = frozenset(("provincia", "province", "regione"))


class ExtremeReader:
    """Reads the superlatives of one sentence."""

    def __init__(self, scope: TurnScope) -> None:
        self.scope = scope

    def read(self) -> Iterator[Found]:
        """Superlatives such as "il 2021 rimane l'anno con il maggior numero di pensioni" or "il valore più alto"."""
        for at in range(len(self.scope.words)):
            turn = self._superlative(at)
            found = self._extreme(turn) if turn is not None else None
            if found is not None:
                self.scope.used.add(at)
                yield found
        yield from self._ranks()

    def _ranks(self) -> Iterator[Found]:
        """Places in an order: "è al terzo posto tra le province della Toscana per età media"."""
        words = self.scope.words
        for at, word in enumerate(words[:-1]):
            place = ORDINALS.get(word.folded)
            if place is None or words[at + 1].folded != "posto":
                continue
            turn = Turn(at, at + 1, Direction.UP, compares=True)
            mentions = nearest_mentions(self.scope.sentence, at)[:1]
            subjects = [s for mention in mentions for s in subjects_of(self.scope.data, self.scope.sentence, mention)]
            readings = [
                (Claim(Operation.RANK, tuple(cells), Quantity(Decimal(place), Decimal(1)), Direction.UP),)
                for cells in (self._among_places(turn, subject) for subject in subjects)
                if len(cells) > 1
            ]
            if subjects:
                yield self.scope.found(turn, readings, Operation.RANK, subjects[0])

    def _superlative(self, at: int) -> Turn | None:
        """The superlative that begins at a word: with an article before it, of a year, a province, a value."""
        words = self.scope.words
        turn = next((t for t in self.scope.sentence.turns if t.at == at and t.compares), None)
        if turn is not None and turn.direction is Direction.LEVEL:
            return None
        noun = EXTREME_NOUNS.fullmatch(words[at].folded) is not None
        anchored = any(word.folded in _ANCHORS for word in words[max(at - 6, 0) : at + 5])
        if not noun and (turn is None or not anchored):
            return None
        if turn is not None and any(word.folded == "rispetto" for word in words[turn.last + 1 : turn.last + 6]):
            return None
        if turn is not None and self._has_rival(turn):
            return None
        down = words[at].folded.startswith("minim") or (turn is not None and turn.direction is Direction.DOWN)
        return Turn(at, at if turn is None else turn.last, Direction.DOWN if down else Direction.UP, compares=True)

    def _has_rival(self, turn: Turn) -> bool:
        """Whether a comparative names what it compares with: "più basso della Toscana", "superiore al dato regionale"."""
        following = self.scope.words[turn.last + 1 : turn.last + 2]
        against = any(word.folded.removesuffix("'") in OF | _TO for word in following)
        return against and any(turn.last + 2 <= place.at <= turn.last + 4 for place in self.scope.sentence.places)

    def _extreme(self, turn: Turn) -> Found | None:
        data, sentence = self.scope.data, self.scope.sentence
        mentions = self.scope.mentions(turn) or nearest_mentions(sentence, turn.at)[:1]
        subjects = [subject for mention in mentions[:1] for subject in subjects_of(data, sentence, mention)]
        subjects = subjects or [self.scope.narrowed(subject) for subject in self.scope.context.subjects[:1]]
        among = self._among_years if self._is_of_years(turn) else self._among_places
        readings = []
        for subject in subjects:
            cells = among(turn, subject)
            if len(cells) > 1:
                readings.append((Claim(Operation.EXTREME, tuple(cells), direction=turn.direction),))
        return self.scope.found(turn, readings, Operation.EXTREME, subjects[0]) if subjects else None

    def _is_of_years(self, turn: Turn) -> bool:
        """Whether the extreme is one of a series of years rather than of the provinces."""
        words = self.scope.words
        among = [word.folded for word in words[turn.last + 1 : turn.last + 4]]
        if any(word in ("tra", "fra") for word in among) and any(word in _PLACE_WORDS for word in among):
            return False
        if any(word.folded in _YEAR_WORDS for word in words):
            return True
        return not any(word.folded in _PLACE_WORDS for word in words[max(turn.at - 8, 0) : turn.at + 12])

    def _among_years(self, turn: Turn, subject: Subject) -> list[Cell]:
        """The cell of the year that is named (or the subject's own), then those of the others."""
        data, place = self.scope.data, self.scope.data.territory.code
        years = self.scope.series(turn, subject, place)
        said = [year.last for year in self.scope.sentence.years if year.first == year.last and year.first]
        named = said[0] if said else data.default_year(subject, place)
        order = [named, *(year for year in years if year != named)]
        return [cell for year in order for cell in data.cells(subject, place, year)[:1]]

    def _among_places(self, turn: Turn, subject: Subject) -> list[Cell]:
        """The cell of the province that is named (or the report's own), then those of the others of its region."""
        data, gazetteer = self.scope.data, Gazetteer.load()
        named = [p.code for p in self.scope.sentence.places if not p.weak and gazetteer.by_code(p.code).is_province]
        place = named[0] if named else data.territory.code
        year = self.scope.year_of(turn, subject, place)
        units = [unit.code for unit in gazetteer.provinces_of(data.territory, data.catalogue.year)]
        order = [place, *(unit for unit in units if unit != place)]
        return [cell for unit in order for cell in data.cells(subject, unit, year)[:1]]

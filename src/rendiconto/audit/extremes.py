"""Extremes and ranks: the year, the province or the group with the most, or the least, and places in an order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from rendiconto.audit.attachment import Span
from rendiconto.audit.binding import Subject
from rendiconto.audit.candidates import Bound
from rendiconto.audit.directions import DirectionReader
from rendiconto.audit.phrases import Phrases
from rendiconto.audit.readings import Found, Weighed
from rendiconto.audit.turns import Turn
from rendiconto.audit.vocabulary import CodeMention
from rendiconto.check.claims import Cell, Claim, Operation, Quantity
from rendiconto.italian.lexicon import EXTREME_NOUNS, OF, ORDINALS, SPANS, Direction, last_place
from rendiconto.territory import Gazetteer

_ANCHORS: Final = frozenset(
    ("anno", "provincia", "province", "valore", "livello", "dato", "punto", "quella", "quello", "risultato")
)
_YEAR_WORDS: Final = frozenset(("anno", "anni", "serie", "periodo", "anticipo", *SPANS))
_TO: Final = frozenset(("a", "al", "all", "alla", "allo", "ai", "alle", "rispetto", "che"))
_PLACE_WORDS: Final = frozenset(("provincia", "province", "regione", "territorio", "territori"))
_LOSSES: Final = re.compile(r"disavanz[oi]|deficit|perdit[ae]|passiv[oi]|sbilanci[o]?")
_LOSS_WITHIN: Final = 4
_SPAN_WORDS: Final = frozenset(("serie", "periodo", *SPANS))
_CODE_WORDS: Final = frozenset(
    (
        *("classe", "classi", "fascia", "fasce", "settore", "settori", "gestione", "canale", "tipologia", "categoria"),
        *("materia", "modalita", "componente", "fondo", "contratto", "gruppo", "comparto", "voce", "forma", "tipo"),
        "prestazione",
    )
)
_ARTICLES: Final = frozenset(
    ("il", "la", "lo", "l", "i", "gli", "le", "del", "della", "dal", "dalla", "al", "alla", "suo", "con")
)
_NAMED_WITHIN: Final = 14
_MOST: Final = 4


@dataclass(frozen=True)
class _Among:
    """What an extreme is one of: years, places, or the codes of a codelist (the one that is named)."""

    axis: str
    named: CodeMention | None = None


class ExtremeReader:
    """Reads the superlatives of one sentence."""

    def __init__(self, phrases: Phrases, directions: DirectionReader) -> None:
        self.phrases = phrases
        self.directions = directions
        self.data = phrases.data
        self.words = phrases.words
        self.sentence = phrases.sentence

    def read(self) -> Iterator[Found]:
        """Superlatives such as "il 2021 rimane l'anno con il maggior numero di pensioni" or "il valore più alto"."""
        for at in range(len(self.words)):
            turn = self._superlative(at)
            found = self._extreme(turn) if turn is not None else None
            if found is not None:
                self.phrases.used.add(at)
                yield found
        yield from self._ranks()

    # Places in an order

    def _ranks(self) -> Iterator[Found]:
        """Places in an order: "è al terzo posto tra le province della Toscana per età media"."""
        for at, word in enumerate(self.words[:-1]):
            following = [each.folded for each in self.words[at + 1 : at + 4]]
            place, turn = ORDINALS.get(word.folded), Turn(at, at + 1, Direction.UP, compares=True)
            ranked = following[0] in ("posto", "posizione") or (
                following[0] in ("provincia", "in", "tra", "fra", "della") and self._ranks_places(at)
            )
            last = last_place(word.folded)
            if not ranked or (place is None and last is None):
                continue
            readings = []
            for bound in self.phrases.bounds(turn)[:_MOST]:
                cells = self._among_places(turn, bound.subject)
                told = Decimal(place) if place is not None else Decimal(len(cells) + 1 - (last or 0))
                if len(cells) > 1:
                    claim = Claim(Operation.RANK, tuple(cells), Quantity(told, Decimal(1)), Direction.UP)
                    readings.append(Weighed((claim,), bound.cost, bound.sure))
            yield self.phrases.found(turn, readings, Operation.RANK)

    def _ranks_places(self, at: int) -> bool:
        """Whether an ordinal is a place among provinces: "seconda in Toscana", "ultima provincia della regione"."""
        following = [word.folded for word in self.words[at + 1 : at + 5]]
        named = any(at < place.at < at + 5 for place in self.sentence.places)
        return named or any(word in _PLACE_WORDS for word in following)

    # Extremes

    def _superlative(self, at: int) -> Turn | None:
        """The superlative that begins at a word: with an article before it, of a year, a province, a value."""
        words = self.words
        turn = next((t for t in self.sentence.turns if t.at == at and t.compares), None)
        if turn is not None and turn.direction is Direction.LEVEL:
            return None
        noun = EXTREME_NOUNS.fullmatch(words[at].folded) is not None
        if not noun and (turn is None or not self._is_relative(turn)):
            return None
        if turn is not None and (self._has_rival(turn) or self._outdoes(turn) or self.phrases.of_something_else(turn)):
            return None
        down = words[at].folded.startswith("minim") or (turn is not None and turn.direction is Direction.DOWN)
        return Turn(at, at if turn is None else turn.last, Direction.DOWN if down else Direction.UP, compares=True)

    def _is_relative(self, turn: Turn) -> bool:
        """Whether a comparative is a superlative: after an article, or beside what it is the most of."""
        behind = [word.folded.removesuffix("'") for word in self.words[max(turn.at - 3, 0) : turn.at]]
        near = self.words[max(turn.at - 6, 0) : turn.last + 5]
        anchored = any(word.folded in _ANCHORS or word.folded in _CODE_WORDS for word in near)
        return (anchored and not any(word in ("un", "una", "uno") for word in behind)) or behind[-1:] in (
            [a] for a in _ARTICLES
        )

    def _outdoes(self, turn: Turn) -> bool:
        return self.words[turn.at].folded.startswith(("super", "preval", "eccede", "sopravanz", "maggioranz", "minoranz"))

    def _has_rival(self, turn: Turn) -> bool:
        """Whether a comparative names what it compares with: "più basso della Toscana", "superiore al dato regionale"."""
        if any(word.folded == "rispetto" for word in self.words[turn.last + 1 : turn.last + 6]):
            return True
        following = [word.folded.removesuffix("'") for word in self.words[turn.last + 1 : turn.last + 3]]
        if not following or following[0] not in OF | _TO | {"sia"}:
            return False
        if following[1:] and following[1] in _PLACE_WORDS | _SPAN_WORDS:
            return False
        complement = self.phrases.complement(turn)
        near = turn.last + 6
        faced = any(place.at <= near and place.code != self.data.territory.code for place in complement.places)
        plain = following[0] in OF and self.words[turn.at - 1].folded.removesuffix("'") in _ARTICLES
        compared = any(year.at <= near for year in complement.years) or any(code.first <= near for code in complement.codes)
        return (faced and not plain) or (compared and following[0] in _TO | OF and not plain)

    def _extreme(self, turn: Turn) -> Found | None:
        bounds = self.phrases.bounds(turn)
        among = self._axis(turn, bounds)
        readings = []
        for bound in bounds[:_MOST]:
            cells = self._cells(turn, bound.subject, among)
            loses = self.data.is_balance(bound.subject.cube) and self._speaks_of_loss(turn)
            if len(cells) > 1:
                way = turn.direction.opposite if loses else turn.direction
                claim = Claim(Operation.EXTREME, tuple(cells), direction=way)
                readings.append(Weighed((claim,), bound.cost, bound.sure))
        if not readings:
            return None
        first, last = self._named_words(turn, among)
        return self.phrases.found(turn, readings, Operation.EXTREME, last, first)

    def _speaks_of_loss(self, turn: Turn) -> bool:
        """Whether the most is the furthest below nought: "il disavanzo più ampio"."""
        near = self.words[max(turn.at - _LOSS_WITHIN, 0) : turn.at] + self.words[turn.last + 1 : turn.last + _LOSS_WITHIN]
        return any(_LOSSES.fullmatch(word.folded) for word in near)

    def _named_words(self, turn: Turn, among: _Among) -> tuple[int, int]:
        """The words of what is named as the most or the least, near the superlative; its own elsewhere."""
        marks = [(year.at, year.end) for year in self.sentence.years if among.axis == "years" and not self._opens(year.at)]
        marks += [(place.at, place.last) for place in self.sentence.places if among.axis == "places" and not place.weak]
        marks += [(among.named.first, among.named.last)] if among.named is not None else []
        clause = self.sentence.chunk(turn.at, clause=True)
        near = [mark for mark in marks if mark[0] in clause and not self._number_between(turn, mark)]
        anchor = Span(turn.at, turn.last)
        return min(near, key=lambda mark: self.phrases.layout.cost(anchor, *mark), default=(turn.at, turn.last))

    def _number_between(self, turn: Turn, mark: tuple[int, int]) -> bool:
        first, last = min(turn.last, mark[1]), max(turn.at, mark[0])
        return any(first < number.first < last for number in self.sentence.numbers)

    def _axis(self, turn: Turn, bounds: list[Bound]) -> _Among:
        """Whether the extreme is one of years, of the provinces, or of groups of people or things."""
        folded = [word.folded for word in self.words]
        clause = self.sentence.chunk(turn.at, clause=True)
        near = folded[max(turn.at - 8, clause.start) : turn.last + 9]
        following = folded[turn.last + 1 : turn.last + 5]
        if any(word in ("tra", "fra") for word in following) and any(word in _PLACE_WORDS for word in following):
            return _Among("places")
        named = self._named_code(turn, bounds)
        if named is not None and any(word in _CODE_WORDS for word in near):
            return _Among("codes", named)
        if any(folded[at] in _YEAR_WORDS for at in clause) or self._since(clause):
            return _Among("years")
        if any(word in _PLACE_WORDS for word in near):
            return _Among("places")
        return _Among("years")

    def _since(self, clause: range) -> bool:
        return any(
            self.words[year.at - 1].folded in ("dal", "dall'") for year in self.sentence.years if year.at in clause and year.at
        )

    def _named_code(self, turn: Turn, bounds: list[Bound]) -> CodeMention | None:
        """The code that is said to have the most, of a dimension of what is spoken of: after the superlative, or before it."""
        lists = {d.codelist.name for bound in bounds[:2] for d in bound.subject.cube.dimensions if d.codelist is not None}
        marks = sorted((code for name in lists for code in self.sentence.codes.get(name, ())), key=lambda code: code.first)
        after = [code for code in marks if 0 < code.first - turn.last <= _NAMED_WITHIN and code.codelist != "sex"]
        before = [code for code in marks if code.last < turn.at and code.codelist != "sex"]
        return after[0] if after else before[-1] if before else None

    def _cells(self, turn: Turn, subject: Subject, among: _Among) -> list[Cell]:
        if among.axis == "codes" and among.named is not None:
            return self._among_codes(turn, subject, among.named)
        return self._among_places(turn, subject) if among.axis == "places" else self._among_years(turn, subject)

    def _among_codes(self, turn: Turn, subject: Subject, named: CodeMention) -> list[Cell]:
        """The cell of the code that is named, then those of the others beside it that are no sums of codes."""
        dimension = next(
            (d for d in subject.cube.dimensions if d.codelist is not None and d.codelist.name == named.codelist), None
        )
        codelist = dimension.codelist if dimension is not None else None
        if dimension is None or codelist is None:
            return []
        anchor = Span(turn.at, turn.last)
        place = self.phrases.candidates.whereabouts.places(anchor)[0].value
        year = int(self.phrases.candidates.whereabouts.years(anchor, subject, place)[0].value)
        others = [
            code.code for code in codelist.codes.values() if not code.sum and code.code not in (named.code, codelist.total)
        ]
        order = [named.code, *others]
        sides = (replace(subject, codes={**subject.codes, dimension.name: (code,)}) for code in order)
        cells = [cell for side in sides for cell in self.data.cells(side, place, year)[:1]]
        return [cell for at, cell in enumerate(cells) if at == 0 or self.data.is_there(*cell)]

    def _among_years(self, turn: Turn, subject: Subject) -> list[Cell]:
        """The cell of the year that is named (or the subject's own), then those of the others."""
        place = self.phrases.candidates.whereabouts.places(Span(turn.at, turn.last))[0].value
        years = self.directions.series(turn, subject, place)
        marks = [y for y in self.sentence.years if y.first == y.last and y.first and not y.base and not self._opens(y.at)]
        anchor = Span(turn.at, turn.last)
        marks.sort(key=lambda year: self.phrases.layout.cost(anchor, year.at, year.end))
        named = marks[0].last if marks else self.data.default_year(subject, place)
        order = [named, *(year for year in years if year != named)]
        return [cell for year in order for cell in self.data.cells(subject, place, year)[:1]]

    def _opens(self, at: int) -> bool:
        """Whether a year is where a series begins: "il più basso dal 2013"."""
        behind = [word.folded for word in self.words[max(at - 3, 0) : at]]
        return behind[-1:] in (["dal"], ["dall'"]) or any(word.startswith(("inizi", "avviat", "partire")) for word in behind)

    def _among_places(self, turn: Turn, subject: Subject) -> list[Cell]:
        """The cell of the province that is named (or the report's own), then those of the others of its region."""
        gazetteer = Gazetteer.load()
        anchor = Span(turn.at, turn.last)
        chunk = self.sentence.chunk(turn.at, clause=True)
        named = [p for p in self.sentence.places if not p.weak and p.at in chunk and gazetteer.by_code(p.code).is_province]
        named.sort(key=lambda place: self.phrases.layout.cost(anchor, place.at, place.last))
        place = named[0].code if named else self.data.territory.code
        year = int(self.phrases.candidates.whereabouts.years(anchor, subject, place)[0].value)
        units = [unit.code for unit in gazetteer.provinces_of(self.data.territory, self.data.catalogue.year)]
        order = [place, *(unit for unit in units if unit != place)]
        return [cell for unit in order for cell in self.data.cells(subject, unit, year)[:1]]

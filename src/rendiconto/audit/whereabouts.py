"""Whose figure and of which year a figure or a turn of phrase may speak, each with what it costs to think so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rendiconto.audit.annotations import PlaceMention, Sentence
from rendiconto.audit.attachment import REACH, REFERENCE, TOPICAL, Layout, Spanned, left_out
from rendiconto.audit.binding import Context, Data, Subject
from rendiconto.audit.years import YearMention

_REFERRING: Final = frozenset(
    ("rispetto", "confronto", "contro", "che", "fronte", "preceduta", "preceduto", "precedute", "preceduti", "dopo")
)
_TOPIC: Final = 0.6
"""The most that the span of years costs that a sentence speaks of."""
_JUST: Final = 0.15


@dataclass(frozen=True, slots=True)
class Option:
    """A place (its code) or a year, and what it costs to take it."""

    value: str
    cost: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A territory on words of a sentence."""

    first: int
    last: int
    place: PlaceMention


@dataclass(frozen=True, slots=True)
class Dated:
    """A year on words of a sentence."""

    first: int
    last: int
    year: YearMention


class Whereabouts:
    """Answers for one sentence."""

    def __init__(self, data: Data, sentence: Sentence, context: Context, layout: Layout) -> None:
        self.data = data
        self.sentence = sentence
        self.context = context
        self.layout = layout
        self.words = sentence.words

    def places(self, anchor: Spanned, *, facing: int | None = None) -> list[Option]:
        """Whose figure it may be; ``facing``: what stands after this word is what it is measured from."""
        own = self.data.territory.code
        named = [Placed(place.at, place.last, place) for place in self.sentence.places]
        paired = self.layout.aligned(anchor, named)
        costs: dict[str, float] = {}
        for each in named:
            cost = self._place_cost(each, anchor) + (REFERENCE if facing is not None and each.first > facing else 0.0)
            if paired is not None:
                cost = 0.0 if each is paired else cost + REFERENCE
            costs[each.place.code] = min(costs.get(each.place.code, 2 * REACH), cost)
        self.layout.own(anchor, {code: [mark for mark in named if mark.place.code == code] for code in costs}, costs)
        if not costs and self.context.place is not None and not self.sentence.mentions:
            costs[self.context.place] = 0.0
        marks = [(p.code, p.at) for p in self.sentence.places if p.code in costs and self.layout.is_topic(p.at)]
        self.layout.open_topic(anchor, marks, costs)
        nearest = min((cost for code, cost in costs.items() if code != own), default=REACH)
        default = left_out(nearest)
        costs[own] = min(costs.get(own, default), default)
        return [Option(code, cost) for code, cost in sorted(costs.items(), key=lambda pair: pair[1])]

    def _place_cost(self, place: Placed, anchor: Spanned) -> float:
        cost = self.layout.cost(anchor, place.first, place.last)
        if place.last < anchor.first and self.layout.goes_on(place.last):
            return min(cost, 0.1)
        beside = anchor.last < place.first and cost <= 0.5
        just_before = self.layout.is_number(anchor) and place.last < anchor.first and cost <= _JUST
        compared = any(turn.compares and turn.last < place.first <= turn.last + 4 for turn in self.sentence.turns)
        if beside or (just_before and not compared):
            return cost
        introduced = self.layout.introduces(place.last, anchor) and not self._is_faced(anchor)
        return cost + REFERENCE if self.is_reference(place) and not introduced else cost

    def _is_faced(self, anchor: Spanned) -> bool:
        """Whether a figure is set against the next: "più basso rispetto al dato nazionale (1.006,4 contro 1.013,6)"."""
        following = [word.folded for word in self.words[anchor.last + 1 : anchor.last + 3]]
        return "contro" in following

    def is_reference(self, place: Spanned) -> bool:
        """Whether a place is what something is compared with: "superiore alla media regionale", "in linea con l'Italia"."""
        for turn in self.sentence.turns:
            if turn.compares and turn.last < place.first <= turn.last + 9:
                between = self.words[turn.last + 1 : place.first]
                if not any(word.is_mark and word.text in ",;:(" for word in between):
                    return True
        for word in reversed(self.words[max(place.first - 5, 0) : place.first]):
            if word.text in (";", ":"):
                return False
            if word.folded in _REFERRING:
                return True
        return False

    def years(self, anchor: Spanned, subject: Subject, place: str, *, measured: bool = False) -> list[Option]:
        """Of which year it may be; the subject's own where nobody says; ``measured``: a year beside it may be its base."""
        own = self.data.default_year(subject, place)
        costs: dict[int, float] = {}
        marks = [Dated(year.at, year.end, year) for year in self.sentence.years if not (year.step or year.all_before)]
        paired = self.layout.aligned(anchor, [mark for mark in marks if mark.year.first == mark.year.last])
        listed = self._listed_year(anchor, marks)
        for mark in marks:
            cost = self._year_cost(mark, anchor, measured=measured)
            if paired is not None:
                cost = 0.0 if mark is paired else cost + REFERENCE
            value = own - mark.year.back if mark.year.back else mark.year.last
            if value:
                costs[value] = min(costs.get(value, 2 * REACH), cost)
        plain = [
            (mark.year.last, mark.first) for mark in marks if mark.year.last and not mark.year.base and mark.year.last in costs
        ]
        named = {year for year, first in plain if first < anchor.first}
        if len(named) == 1 and min(costs.values()) > TOPICAL:
            costs[next(iter(named))] = TOPICAL
        by_year = {year: [mark for mark in marks if mark.year.last == year] for year in costs}
        self.layout.own(anchor, by_year, costs)
        if listed:
            costs[listed] = 0.0
        nearest = min(costs.values(), default=REACH)
        if not any(cost < REFERENCE for cost in costs.values()) and self.context.of and subject.at is None:
            costs[self.context.of] = min(costs.get(self.context.of, 0.3), 0.3)
        default = left_out(nearest)
        costs[own] = min(costs.get(own, default), default)
        return [Option(str(year), cost) for year, cost in sorted(costs.items(), key=lambda pair: pair[1])]

    def _listed_year(self, anchor: Spanned, marks: Sequence[Dated]) -> int:
        """The year of a figure in a list of one for each year of a span ("679, 611, 525 e 486 dal 2021 al 2024"); else 0."""
        figures = self.layout.run_of(self.sentence.numbers, anchor)
        for mark in marks:
            if len(figures) > 1 and len(figures) == mark.year.last - mark.year.first + 1:
                return mark.year.first + [figure.first for figure in figures].index(anchor.first)
        return 0

    def _year_cost(self, mark: Dated, anchor: Spanned, *, measured: bool) -> float:
        cost = self.layout.cost(anchor, mark.first, mark.last)
        beside = anchor.last < mark.first and cost <= 0.5 and not measured
        if mark.year.base and not beside and (measured or not self.layout.introduces(mark.last, anchor)):
            cost += REFERENCE
        return min(cost, _TOPIC) if mark.year.first != mark.year.last and mark.last < anchor.first else cost

"""What a figure is set against: its own of another year, another place's, another code's, another term's."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rendiconto.audit.annotations import Sentence
from rendiconto.audit.attachment import Span, Spanned
from rendiconto.audit.binding import Data, Subject
from rendiconto.audit.candidates import Candidates
from rendiconto.audit.vocabulary import Mention
from rendiconto.audit.whereabouts import Placed
from rendiconto.catalogue.declarations import TERRITORY
from rendiconto.check.claims import Cell

_ASSUMED = 0.0
_OTHER_BASE = 1.5
_TOLD = 0.3
"""The most that a year costs which words of change are measured from, in their own phrase: "in aumento rispetto al 2022"."""
_TOPIC = 0.3
_OPENS = 4
_EARLIER = 0.7
_PLAIN = 0.3
_MOST = 6
_BESIDE = 6
_KEPT = 0.3
_LACKING = 2.5
"""The cost of setting a figure beside one that has not its dimensions."""
_UNSAID = 0.5
_OTHER_AXIS = 1.2
_WITHIN = 9


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure and what it is set against, with what it costs to think so."""

    of: Cell
    against: Cell
    cost: float


class Contrasts:
    """Finds what figures of one sentence are set against."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.layout = candidates.layout
        self.data: Data = candidates.data
        self.sentence: Sentence = candidates.sentence
        self.words = candidates.words

    def base_years(
        self, anchor: Spanned, subject: Subject, place: str, of: int, *, any_year: bool = False
    ) -> list[tuple[int, float]]:
        """The years that a change until ``of`` may be measured from; ``any_year``: also one that is no earlier."""
        costs: dict[int, float] = {}
        spoken = self.data.years(subject, place)
        earlier = [year for year in spoken if year < of]
        for mark in self.sentence.years:
            if mark.all_before:
                continue
            cost = self._near(anchor, mark.at, mark.end)
            opens = mark.base and mark.at <= _OPENS and mark.end < anchor.first
            if opens or (mark.first < mark.last and mark.end < anchor.first):
                cost = min(cost, _TOPIC)
            if mark.base and mark.at > anchor.last and mark.at in self.sentence.chunk(anchor.last):
                cost = min(cost, _TOLD)
            if mark.step:
                year = of - (self.candidates.context.step or 1)
            elif mark.back:
                year = of - mark.back
            else:
                year = mark.first
                if mark.first == mark.last and not mark.base:
                    cost = min(cost, _EARLIER) + _PLAIN
            if year and (year < of or (any_year and mark.base and not mark.back)):
                costs[year] = min(costs.get(year, cost), cost)
        default = earlier[-1] if earlier and of - 1 not in spoken else of - 1
        left = max(_OTHER_BASE - min(costs.values(), default=_OTHER_BASE), _ASSUMED)
        if self.candidates.context.step and not costs:
            costs[of - self.candidates.context.step] = 0.0
        costs[default] = min(costs.get(default, left), left)
        return sorted(costs.items(), key=lambda pair: pair[1])[:_MOST]

    def _near(self, anchor: Spanned, first: int, last: int) -> float:
        """The cost of what another figure does not claim."""
        return min(self.layout.contrast(anchor, first, last), 3.0)

    def axis(self, anchor: Spanned, subject: Subject, place: str) -> str:
        """What the first thing after an anchor, in its phrase, sets it against: "time", "places", "codes", "terms" or nothing.

        What is the subject's own sets it against nothing.
        """
        own = {code for chosen in subject.codes.values() for code in chosen}
        marks = [(mark.at, "time") for mark in self.sentence.years]
        marks += [(mark.at, "places") for mark in self.sentence.places if mark.code != place]
        marks += [(mark.first, "codes") for codes in self.sentence.codes.values() for mark in codes if mark.code not in own]
        marks += [(mark.first, "terms") for mark in self.sentence.mentions if mark.first != subject.at]
        until = min([number.first for number in self.sentence.numbers if number.first > anchor.last] + [anchor.last + _WITHIN])
        for at, word in enumerate(self.words[anchor.last + 1 : until], start=anchor.last + 1):
            if word.is_mark and word.text in ",;:":
                until = at
                break
        following = sorted(mark for mark in marks if anchor.last < mark[0] < until)
        return following[0][1] if following else ""

    def faces(self, anchor: Spanned) -> bool:
        """Whether a comparative before an anchor names another place: "più basso che in Toscana: 68,3% contro 70,9%"."""
        before = (Placed(mark.at, mark.last, mark) for mark in self.sentence.places if mark.last < anchor.first)
        return any(self.candidates.whereabouts.is_reference(mark) for mark in before)

    def is_whole_place(self, anchor: Spanned, pair: Pair) -> bool:
        """Whether the place of a pair stands after a percentage as its whole: "il 5,1% di quella della Toscana"."""
        code = dict(zip(pair.against[0].dimension_names, pair.against[1], strict=True))[TERRITORY]
        marks = (mark for mark in self.sentence.places if mark.code == code and mark.at > anchor.last)
        return any(
            not any(word.is_mark and word.text in ",;:(" for word in self.words[anchor.last : mark.at])
            and not any(anchor.last < turn.at < mark.at for turn in self.sentence.turns)
            for mark in marks
        )

    def _along(self, axis: str, anchor: Spanned, subject: Subject, place: str) -> float:
        """The cost of setting an anchor against something along an axis."""
        said = self.axis(anchor, subject, place)
        return 0.0 if said in (axis, "") else _OTHER_AXIS

    def in_time(self, anchor: Spanned, subject: Subject, place: str, of: int) -> Iterator[Pair]:
        """A subject's figure beside its own of an earlier year."""
        along = self._along("time", anchor, subject, place)
        for base, cost in self.base_years(anchor, subject, place, of):
            for before, after in self.data.pairs(subject, place, base, of)[:1]:
                yield Pair(after, before, cost + along)

    def places(self, anchor: Spanned, subject: Subject, place: str, year: int) -> Iterator[Pair]:
        """A subject's figure beside another place's."""
        along = self._along("places", anchor, subject, place)
        for mark in self.sentence.places:
            if mark.code != place:
                cost = along + min(self._near(anchor, mark.at, mark.last), 2.5)
                reference = self.candidates.whereabouts.is_reference(Placed(mark.at, mark.last, mark))
                for of, against in self._both(subject, subject, (place, year), (mark.code, year)):
                    yield Pair(of, against, cost + (0.0 if reference else 0.6))

    def codes(self, anchor: Spanned, subject: Subject, place: str, year: int) -> Iterator[Pair]:
        """A subject's figure beside that of another code that the sentence names; of two that it names where it has none."""
        along = self._along("codes", anchor, subject, place)
        for dimension in subject.cube.dimensions:
            marks = self.sentence.codes.get(dimension.codelist.name, ()) if dimension.codelist is not None else ()
            own = subject.codes.get(dimension.name)
            named = list(dict.fromkeys(mark.code for mark in marks))
            owns = [own[0]] if own is not None and len(own) == 1 else named[:1]
            for mark in marks if owns else ():
                if mark.code == owns[0]:
                    continue
                this, other = (
                    replace(subject, codes={**subject.codes, dimension.name: (code,)}) for code in (owns[0], mark.code)
                )
                cost = along + self._near(anchor, mark.first, mark.last) + (_UNSAID if own is None else 0.0)
                for of, against in self._both(this, other, (place, year), (place, year)):
                    yield Pair(of, against, cost)

    def terms(self, anchor: Spanned, subject: Subject, place: str, year: int) -> Iterator[Pair]:
        """A subject's figure beside that of another term counted in the same unit."""
        along = self._along("terms", anchor, subject, place)
        for mention in self.sentence.mentions:
            if mention.first == subject.at:
                continue
            cost = along + self._near(anchor, mention.first, mention.last)
            for other, extra in self.subjects_at(mention, subject):
                for of, against in self._both(subject, other, (place, year), (place, year)):
                    if of != against:
                        yield Pair(of, against, cost + extra)

    def subjects_at(self, mention: Mention, beside: Subject) -> list[tuple[Subject, float]]:
        """What another term of the sentence may be, counted in the unit of the first, and what each costs."""
        span = Span(mention.first, mention.last)
        bounds = [b for b in self.candidates.subjects(span) if b.subject.at == mention.first]
        found = []
        for bound in (bound for bound in bounds[:_BESIDE] if bound.subject.cube.unit == beside.cube.unit):
            subject, cost = bound.subject, bound.cost - bounds[0].cost
            kept = {n: c for n, c in beside.codes.items() if n not in subject.codes and subject.cube.dimension(n) is not None}
            if kept:
                found.append((replace(subject, codes={**subject.codes, **kept}), cost))
            lacks = sum(subject.cube.dimension(name) is None for name in beside.codes)
            found.append((subject, cost + (_KEPT if kept else 0.0) + _LACKING * lacks))
        return found

    def _both(self, this: Subject, other: Subject, at: tuple[str, int], beside: tuple[str, int]) -> Iterator[tuple[Cell, Cell]]:
        yield from zip(self.data.cells(this, *at)[:1], self.data.cells(other, *beside)[:1], strict=False)

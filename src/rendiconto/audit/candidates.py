"""What a figure or a turn of phrase may be about: subjects, places and years, each with what it costs to think so.

The least cost is the likeliest. Words that name a thing beside the figure cost nothing; what stands further away, belongs to
another figure, or is taken from the sentence before costs more; and so does leaving out a place, year or code named nearby.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

from rendiconto.audit.annotations import Sentence
from rendiconto.audit.attachment import NEARBY, REACH, REFERENCE, SHARED, Layout, Span, Spanned, left_out
from rendiconto.audit.binding import Context, Data, Subject
from rendiconto.audit.codechoices import CodeChoice, CodeChoices
from rendiconto.audit.vocabulary import Mention
from rendiconto.audit.whereabouts import Whereabouts
from rendiconto.catalogue.declarations import Cube

_TAKEN_UP: Final = 0.8
"""The cost of a subject of the sentence before; where the sentence has terms of its own, on top of theirs."""
_IMPLIED: Final = 1.4
"""The cost of a subject that only its codes name."""
_JUST: Final = 0.15
_GOES_ON: Final = 4.0
"""The most that the nearest term before costs: a sentence goes on about it, however long."""
_NOT_COUNTED: Final = 3.0
"""The cost of another term where one stands right after a figure: "41 aziende irregolari"."""
_ELSEWHERE: Final = 1.2
"""The cost of a term before a verb that begins its phrase, where one follows it there: "…, aumentano i beneficiari"."""
_UNUSED: Final = 0.7
"""The cost of a cube that has no room for a code named beside its term."""
_MOST: Final = 24
_NAMES: Final = 2
_HELD: Final = 4.0
"""Up to this cost a term keeps its codes from naming other cubes."""
_IMPLIES: Final = 6
"""The most cubes that a codelist may belong to for its codes to name them."""
_CLITICS: Final = frozenset(
    (
        *("si", "anche", "invece", "inoltre", "ne", "sono", "risultano", "risulta", "resta", "restano", "rimane", "rimangono"),
        *("appare", "appaiono", "permane", "permangono"),
    )
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A subject, and what it costs to take it; ``sure`` where no code had to be guessed."""

    subject: Subject
    cost: float
    sure: bool = True


class Candidates:
    """Answers for one sentence."""

    def __init__(self, data: Data, sentence: Sentence, context: Context) -> None:
        self.data = data
        self.sentence = sentence
        self.context = context
        self.layout = Layout(sentence)
        self.words = sentence.words
        self.whereabouts = Whereabouts(data, sentence, context, self.layout)

    def subjects(
        self, anchor: Spanned, units: frozenset[str] | None = None, *, joint: bool = False, facing: int | None = None
    ) -> list[Bound]:
        """What an anchor may be about, the likeliest first; ``units``: only what is told in one of these.

        ``joint``: codes that are listed ("sia a tempo determinato sia indeterminato") are meant together; ``facing``: what
        stands after this word is what an anchor is measured from.
        """
        choices = CodeChoices(self.sentence, self.layout, anchor, joint=joint, facing=facing)
        found: list[Bound] = []
        for mention, cost in self._costed_terms(anchor, facing):
            for name in mention.cubes:
                cube = self.data.catalogue.cubes[name]
                if units is None or cube.units & units:
                    found.extend(self._coded(cube, mention, cost, choices))
        near = min((bound.cost for bound in found), default=REACH)
        far = min((self.layout.cost(anchor, m.first, m.last, claimed=SHARED) for m in self._terms), default=REACH)
        taken = near + _TAKEN_UP if found and self.sentence.mentions else _TAKEN_UP
        for subject in self.context.subjects:
            if units is None or subject.cube.units & units:
                found.extend(self._taken_up(subject, taken, choices))
        if max(near, far) > _IMPLIED:
            found.extend(self._implied(units, far, choices))
        return _cheapest(found)

    def _costed_terms(self, anchor: Spanned, facing: int | None) -> list[tuple[Mention, float]]:
        """The terms of the sentence with what each costs."""
        terms = self._terms
        costs = {m.first: self.layout.cost(anchor, m.first, m.last, claimed=SHARED) for m in terms}
        if not self.layout.is_number(anchor) and all(mention.first > anchor.first for mention in terms):
            # "Continua a calare, rispetto agli anni precedenti, il numero dei DURC": what follows is its subject all the same.
            costs = {m.first: self.layout.contrast(anchor, m.first, m.last) / 2 for m in terms}
        elif not self.layout.is_number(anchor):
            self._begun(anchor, terms, costs)
        self.layout.own(anchor, {mention.first: [mention] for mention in terms}, costs)
        if self.layout.is_number(anchor) and any(0 < m.first - anchor.last <= 2 and costs[m.first] <= _JUST for m in terms):
            costs = {first: cost + (0.0 if 0 < first - anchor.last <= 2 else _NOT_COUNTED) for first, cost in costs.items()}
        for mention in terms:
            if facing is not None and mention.first > facing:
                costs[mention.first] += REFERENCE
        before = [costs[mention.first] for mention in terms if mention.first < anchor.first]
        spared = max(min(before, default=0.0) - _GOES_ON, 0.0) if before and min(costs.values()) == min(before) else 0.0
        return sorted(((mention, costs[mention.first] - spared) for mention in terms), key=lambda pair: pair[1])

    def _begun(self, anchor: Spanned, terms: Sequence[Mention], costs: dict[int, float]) -> None:
        """Adds what terms before cost a word of change that begins its phrase, where the phrase has one after it."""
        chunk = self.sentence.chunk(anchor.first)
        start = anchor.first
        while start > chunk.start and self.words[start - 1].folded in _CLITICS:
            start -= 1
        begins = start if start > chunk.start and self.words[start - 1].folded in ("e", "ed", "mentre", "ma") else chunk.start
        inside = [mention for mention in terms if begins <= mention.first < chunk.stop]
        if inside and all(mention.first > anchor.last for mention in inside):
            for mention in terms:
                costs[mention.first] += _ELSEWHERE if mention.first < begins else 0.0

    @cached_property
    def _terms(self) -> list[Mention]:
        """The terms of the sentence, without those whose words are a code of another thing that is spoken of."""
        return [mention for mention in self.sentence.mentions if not self._is_code_of_another(mention)]

    def _is_code_of_another(self, mention: Mention) -> bool:
        """Whether a term's words name a code of another thing that is spoken of: "le pensioni … dei dipendenti pubblici"."""
        others = [other for other in self.sentence.mentions if other is not mention]
        names = {name for other in others for name in other.cubes} | {s.cube.name for s in self.context.subjects}
        lists = {
            d.codelist.name
            for name in names - set(mention.cubes)
            for d in self.data.catalogue.cubes[name].dimensions
            if d.codelist
        }
        return any(
            code.first <= mention.first and mention.last <= code.last
            for name in lists
            for code in self.sentence.codes.get(name, ())
        )

    def _coded(self, cube: Cube, mention: Mention, cost: float, choices: CodeChoices) -> Iterator[Bound]:
        """A cube that a term names, at each choice of codes that the words allow."""
        axes: list[list[CodeChoice]] = []
        unused = self._unused(cube, mention)
        for dimension in cube.dimensions:
            if dimension.codelist is None:
                continue
            options = choices.of(dimension, mention)
            fixed = mention.codes.get(dimension.name)
            axes.append(options if fixed is None else choices.fixed(dimension.name, fixed, options, mention))
        companions = tuple(
            other
            for each in mention.cubes
            if (other := self.data.catalogue.cubes[each]) is not cube and other.unit == cube.unit
        )
        for codes, price, sure in _combined(axes):
            yield Bound(Subject(cube, codes, mention.first, companions), cost + unused + price, sure)

    def _unused(self, cube: Cube, mention: Mention) -> float:
        """What codes beside a term, or that the sentence opens with, cost a cube that has not their dimension."""
        own = {dimension.codelist.name for dimension in cube.dimensions if dimension.codelist is not None}
        others = {
            dimension.codelist.name
            for name in mention.cubes
            for dimension in self.data.catalogue.cubes[name].dimensions
            if dimension.codelist is not None
        }
        beside = sum(
            any(
                self.layout.is_topic(code.first)
                or self.layout.cost(Span(mention.first, mention.last), code.first, code.last) < NEARBY
                for code in codes
            )
            for name, codes in self.sentence.codes.items()
            if name in others - own
        )
        return _UNUSED * beside

    def _taken_up(self, subject: Subject, cost: float, choices: CodeChoices) -> Iterator[Bound]:
        """The subject of the sentence before, with the codes that this one says."""
        axes: list[list[CodeChoice]] = []
        for dimension in subject.cube.dimensions:
            if dimension.codelist is None:
                continue
            options = [choice for choice in choices.of(dimension, None) if choice.codes is not None and choice.sure]
            left = left_out(min((choice.cost for choice in options), default=REACH))
            axes.append([*options, CodeChoice(dimension.name, subject.codes.get(dimension.name), left, sure=True)])
        for codes, price, _ in _combined(axes):
            yield Bound(Subject(subject.cube, codes, None, subject.companions), cost + price)

    def _implied(self, units: frozenset[str] | None, near: float, choices: CodeChoices) -> Iterator[Bound]:
        """Cubes that no term names but codes that few cubes have: "nel commercio gli uomini percepiscono 93,9 euro"."""
        spoken = [name for m in self.sentence.mentions if self._holds(m, choices.anchor, near) for name in m.cubes]
        held = {d.codelist.name for name in spoken for d in self.data.catalogue.cubes[name].dimensions if d.codelist}
        for cube in self.data.catalogue.cubes.values():
            own = [d for d in cube.dimensions if d.codelist is not None and d.codelist.name in self.sentence.codes]
            telling = [
                d for d in own if d.codelist is not None and d.codelist.name not in held and self._is_telling(d.codelist.name)
            ]
            if not telling or (units is not None and not cube.units & units):
                continue
            axes = [choices.of(d, None) for d in cube.dimensions if d.codelist is not None]
            telling_names = {dimension.name for dimension in telling}
            for codes, price, _ in _combined(axes):
                if telling_names <= set(codes):
                    alone = units is not None and any(
                        d.codelist is not None and self._users[d.codelist.name] <= _NAMES for d in telling
                    )
                    yield Bound(Subject(cube, codes), _IMPLIED + price, alone)

    def _holds(self, mention: Mention, anchor: Spanned, near: float) -> bool:
        """Whether a term keeps its codes from naming other cubes: one before what is asked about, not far off."""
        cost = self.layout.cost(anchor, mention.first, mention.last, claimed=SHARED)
        return near <= _IMPLIED or (mention.first < anchor.first and cost <= _HELD)

    def _is_telling(self, codelist: str) -> bool:
        """Whether codes of a list may say by themselves what is spoken of: few cubes have them, and no term says them."""
        terms = self.sentence.mentions
        free = any(
            not any(term.first <= code.first and code.last <= term.last for term in terms)
            for code in self.sentence.codes.get(codelist, ())
        )
        return free and self._users[codelist] <= _IMPLIES

    @cached_property
    def _users(self) -> dict[str, int]:
        """How many cubes use a codelist."""
        users: dict[str, int] = {}
        for cube in self.data.catalogue.cubes.values():
            for dimension in cube.dimensions:
                if dimension.codelist is not None:
                    users[dimension.codelist.name] = users.get(dimension.codelist.name, 0) + 1
        return users


def _combined(axes: Sequence[Sequence[CodeChoice]]) -> Iterator[tuple[dict[str, tuple[str, ...]], float, bool]]:
    """Every way to choose on all dimensions: the codes chosen, what it costs, and whether no code is a guess."""
    for chosen in product(*axes):
        codes = {choice.dimension: choice.codes for choice in chosen if choice.codes is not None}
        yield codes, sum(choice.cost for choice in chosen), all(choice.sure for choice in chosen)


def _cheapest(found: Sequence[Bound]) -> list[Bound]:
    """The likeliest of what was thought of, each thing once."""
    kept: dict[tuple[object, ...], Bound] = {}
    for bound in sorted(found, key=lambda each: each.cost):
        key = (bound.subject.cube.name, *sorted(bound.subject.codes.items()))
        kept.setdefault(key, bound)
    ranked = list(kept.values())
    return [bound for bound in ranked if bound.cost <= ranked[0].cost + REACH][:_MOST]

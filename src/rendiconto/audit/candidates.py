"""What a figure or a turn of phrase may be about: subjects, places and years, each with what it costs to think so.

The least cost is the likeliest. Words that name a thing beside the figure cost nothing; what stands further away, belongs to
another figure, or is taken from the sentence before costs more; and so does leaving out a place, year or code named nearby.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final, TypeVar

from rendiconto.audit.annotations import PlaceMention, Sentence
from rendiconto.audit.attachment import CLAIMED, REFERENCE, Layout, Spanned
from rendiconto.audit.binding import Context, Data, Subject
from rendiconto.audit.vocabulary import CodeMention, Mention, content_stems
from rendiconto.audit.years import YearMention
from rendiconto.catalogue.declarations import Cube, Dimension

_TAKEN_UP: Final = 0.8
"""The cost of a subject of the sentence before; where the sentence has terms of its own, on top of theirs."""
_IMPLIED: Final = 1.4
"""The cost of a subject that only its codes name."""
_LEFT_OUT: Final = 10.0
"""What leaving a place, a year or a code out costs more than taking it, where it is named nearby."""
_NEARBY: Final = 1.1
_ABOUT: Final = 2.0
_OPEN: Final = 1.0
"""The cost of a code that nobody names, where there is no total."""
_OTHERS: Final = 0.6
"""The cost of a code whose words name another subject too."""
_JUST: Final = 0.15
_PLAINLY: Final = 0.3
_APART: Final = 0.8
"""Of what stands plainly beside a figure and what is so much further off only the first is its own."""
_FOLLOWING: Final = 3
_BETWEEN: Final = 3.0
"""The cost of a code beside a term where another of its kind stands between that and what is asked about."""
_GOES_ON: Final = 4.0
"""The most that the nearest term before costs: a sentence goes on about it, however long."""
_NOT_COUNTED: Final = 3.0
"""The cost of another term where one stands right after a figure: "41 aziende irregolari"."""
_ELSEWHERE: Final = 1.2
"""The cost of a term before a verb that begins its phrase, where one follows it there: "…, aumentano i beneficiari"."""
_GOING_ON: Final = (["dove"], ["che"], ["pari"], ["fermo"], ["ferma"])
_SHARED: Final = 0.6
"""The cost of a term or code that stands right after another figure: what is spoken of goes on."""
_T = TypeVar("_T")
_NEARER: Final = 0.1
_TOPICAL: Final = 0.8
"""The most that what a sentence opens with costs."""
_TOPIC_LEFT: Final = 1.8
"""The cost of leaving that out."""
_INHERITED: Final = 0.5
"""The cost of a code that a pronoun takes up with its term."""
_UNUSED: Final = 0.7
"""The cost of a cube that has no room for a code named beside its term."""
_REACH: Final = 4.0
"""Dearer than the cheapest by more than this is not thought of."""
_TOPIC: Final = 0.6
"""The most that the span of years costs that a sentence speaks of."""
_MOST: Final = 24
_NAMES: Final = 2
_HELD: Final = 4.0
"""Up to this cost a term keeps its codes from naming other cubes."""
_IMPLIES: Final = 6
"""The most cubes that a codelist may belong to for its codes to name them."""
_INTRODUCING: Final = frozenset(
    (
        *("(", "pari", "era", "erano", "quando", "ne", "n", ".", "uguale", "ossia", "cioe", "ammontava", "ammontavano", "se"),
        *(
            "contavano",
            "contava",
            "registravano",
            "fermo",
            "ferma",
            "fermi",
            "ferme",
            "che",
            "attesta",
            "attestata",
            "attestato",
        ),
    )
)
_LINKING: Final = frozenset(
    ("a", "al", "ai", "alle", "di", "del", "dei", "il", "i", "le", "la", "lo", ",", "all", "dell", "l", "si", "in", "e")
)
_CodeOption = tuple[str, tuple[str, ...] | None, float, bool]
"""A dimension's name, the codes chosen (None: the default), what it costs, whether it is no guess."""
_EACH: Final = frozenset(("ogni", "ciascuna", "ciascun", "ciascuno"))
_CLITICS: Final = frozenset(("si", "anche", "invece", "inoltre", "ne", "sono", "risultano", "risulta"))
_WHOLE: Final = frozenset(
    ("totale", "totali", "complesso", "complessivamente", "complessivo", "complessivi", "complessiva", "tutto")
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a sentence, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A subject, and what it costs to take it; ``sure`` where no code had to be guessed."""

    subject: Subject
    cost: float
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """A place (its code) or a year, and what it costs to take it."""

    value: str
    cost: float


class Candidates:
    """Answers for one sentence."""

    def __init__(self, data: Data, sentence: Sentence, context: Context) -> None:
        self.data = data
        self.sentence = sentence
        self.context = context
        self.layout = Layout(sentence)
        self.words = sentence.words
        self._joint = False
        self._facing: int | None = None

    # Subjects

    def subjects(
        self, anchor: Spanned, units: frozenset[str] | None = None, *, joint: bool = False, facing: int | None = None
    ) -> list[Bound]:
        """What an anchor may be about, the likeliest first; ``units``: only what is told in one of these.

        ``joint``: codes that are listed ("sia a tempo determinato sia indeterminato") are meant together; ``facing``: what
        stands after this word is what an anchor is measured from.
        """
        self._joint, self._facing = joint, facing
        found: list[Bound] = []
        for mention, cost in self.mentions(anchor):
            for name in mention.cubes:
                cube = self.data.catalogue.cubes[name]
                if units is None or cube.units & units:
                    found.extend(self._coded(cube, mention, anchor, cost))
        near = min((bound.cost for bound in found), default=_REACH)
        far = min((self.layout.cost(anchor, m.first, m.last, claimed=_SHARED) for m in self._terms), default=_REACH)
        taken = near + _TAKEN_UP if found and self.sentence.mentions else _TAKEN_UP
        for subject in self.context.subjects:
            if units is None or subject.cube.units & units:
                found.extend(self._taken_up(subject, anchor, taken))
        if max(near, far) > _IMPLIED:
            found.extend(self._implied(anchor, units, far))
        return _cheapest(found)

    def mentions(self, anchor: Spanned) -> list[tuple[Mention, float]]:
        """The terms of the sentence with what each costs."""
        terms = self._terms
        costs = {m.first: self.layout.cost(anchor, m.first, m.last, claimed=_SHARED) for m in terms}
        if not self._is_number(anchor) and all(mention.first > anchor.first for mention in terms):
            # "Continua a calare, rispetto agli anni precedenti, il numero dei DURC": what follows is its subject all the same.
            costs = {m.first: self.layout.contrast(anchor, m.first, m.last) / 2 for m in terms}
        elif not self._is_number(anchor):
            self._begun(anchor, terms, costs)
        self._owned(anchor, {mention.first: [mention] for mention in terms}, costs)
        if self._is_number(anchor) and any(0 < m.first - anchor.last <= 2 and costs[m.first] <= _JUST for m in terms):
            costs = {first: cost + (0.0 if 0 < first - anchor.last <= 2 else _NOT_COUNTED) for first, cost in costs.items()}
        for mention in terms:
            if self._facing is not None and mention.first > self._facing:
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

    def _coded(self, cube: Cube, mention: Mention, anchor: Spanned, cost: float) -> Iterator[Bound]:
        """A cube that a term names, at each choice of codes that the words allow."""
        axes: list[list[_CodeOption]] = []
        unused = self._unused(cube, mention)
        for dimension in cube.dimensions:
            if dimension.codelist is None:
                continue
            fixed = mention.codes.get(dimension.name)
            options = self.codes(dimension, anchor, mention)
            if fixed is not None:
                options = self._fixed(dimension.name, fixed, options, mention, anchor)
            axes.append(options)
        companions = tuple(
            other
            for each in mention.cubes
            if (other := self.data.catalogue.cubes[each]) is not cube and other.unit == cube.unit
        )
        for choice in product(*axes):
            codes = {name: chosen for name, chosen, _, _ in choice if chosen is not None}
            total = cost + unused + sum(each for _, _, each, _ in choice)
            sure = all(certain for *_, certain in choice)
            yield Bound(Subject(cube, codes, mention.first, companions), total, sure)

    def _fixed(
        self, name: str, fixed: str, options: Sequence[_CodeOption], mention: Mention, anchor: Spanned
    ) -> list[_CodeOption]:
        """The code that a term says, and those named nearer: "le domande di invalidità civile …, le accolte sono 10.886"."""
        own = {
            (code.code,)
            for codes in self.sentence.codes.values()
            for code in codes
            if code.first <= mention.last and mention.first <= code.last
        }
        near = [o for o in options if o[3] and o[1] is not None and o[2] < _NEARBY and o[1] != (fixed,) and o[1] not in own]
        said = next((option[2] for option in options if option[1] == (fixed,)), 0.0)
        nearest = min((option[2] for option in near), default=_REACH)
        distance = self.layout.cost(anchor, mention.first, mention.last, claimed=_SHARED)
        overruled = mention.antecedent is not None or nearest + _NEARER < max(distance, said)
        return [(name, (fixed,), _left_out(nearest) if near and overruled else said, True), *near]

    def _unused(self, cube: Cube, mention: Mention) -> float:
        """What codes beside a term cost a cube that has not their dimension."""
        own = {dimension.codelist.name for dimension in cube.dimensions if dimension.codelist is not None}
        others = {
            dimension.codelist.name
            for name in mention.cubes
            for dimension in self.data.catalogue.cubes[name].dimensions
            if dimension.codelist is not None
        }
        beside = sum(
            any(self.layout.cost(Span(mention.first, mention.last), code.first, code.last) < _NEARBY for code in codes)
            for name, codes in self.sentence.codes.items()
            if name in others - own
        )
        return _UNUSED * beside

    def codes(self, dimension: Dimension, anchor: Spanned, mention: Mention | None) -> list[_CodeOption]:
        """The codes that an anchor may be of, each with its cost and whether it is no guess; None is the default."""
        codelist = dimension.codelist
        assert codelist is not None
        named = self.sentence.codes.get(codelist.name, ())
        costs: dict[str, float] = {}
        inherited: set[str] = set()
        for code in named:
            cost, claimed = self._code_cost(code, anchor, mention)
            if claimed:
                inherited.add(code.code)
            cost += REFERENCE if self._facing is not None and code.first > self._facing else 0.0
            if cost > _INHERITED and self._is_inherited(code, mention):
                cost = _INHERITED
                inherited.add(code.code)
            costs[code.code] = min(costs.get(code.code, _REACH), cost)
        paired = self.layout.aligned(anchor, named)
        self._owned(anchor, {code: [mark for mark in named if mark.code == code] for code in costs}, costs)
        if paired is not None:
            costs = {code: (0.0 if code == paired.code else cost + REFERENCE) for code, cost in costs.items()}
        if self._joint and self._says_all(dimension):
            plain = tuple(code.code for code in codelist.codes.values() if not code.sum and code.code != codelist.total)
            return [(dimension.name, plain, 0.0, True)]
        topic = self._open_topic(anchor, [(code.code, code.first) for code in named], costs)
        nearest = min((cost for code, cost in costs.items() if code not in inherited), default=_REACH)
        found: list[_CodeOption] = [(dimension.name, (code,), cost, True) for code, cost in costs.items()]
        if self._joint and len(named) > 1:
            found = list(self._together(dimension.name, costs, named))
        if codelist.total is not None:
            left = 0.0 if self._says_whole(anchor) else _TOPIC_LEFT if topic else _left_out(nearest)
            found.append((dimension.name, None, left, True))
        elif not found and self._joint:
            found.append((dimension.name, tuple(codelist.codes), _OPEN, False))
        elif not found:
            found.extend((dimension.name, (code,), _OPEN, False) for code in codelist.codes)
        return found

    def _open_topic(self, anchor: Spanned, marks: Sequence[tuple[str, int]], costs: dict[str, float]) -> bool:
        """Whether a sentence opens with one of the marks, which then holds for the whole of it, until another is named."""
        before = [mark for mark in marks if mark[1] < anchor.first]
        if not before or len({code for code, _ in before}) > 1:
            return False
        terms = [mention.first for mention in self.sentence.mentions]
        opens = self.layout.is_topic(before[0][1]) or (bool(terms) and before[0][1] < min(terms))
        if not opens or min(costs.values()) <= _TOPICAL:
            return False
        costs[before[0][0]] = _TOPICAL
        return True

    def _owned(self, anchor: Spanned, marks: Mapping[_T, Sequence[Spanned]], costs: dict[_T, float]) -> None:
        """Adds what it costs to take what another figure stands nearer to, where an anchor has one of its own."""
        if len(costs) < 2 or not self._is_number(anchor):
            return
        own = min(costs, key=lambda each: costs[each])
        bound = costs[own] <= _PLAINLY
        for value, places in marks.items():
            if value == own:
                continue
            if bound and costs[value] > costs[own] + _APART:
                costs[value] += CLAIMED
                continue
            if any(self._is_of_the_one_before(anchor, mark, marks[own]) for mark in places):
                costs[value] += CLAIMED
                continue
            others = (
                self.layout.cost(number, mark.first, mark.last)
                for number in self.sentence.numbers
                if number.first != anchor.first
                for mark in places
            )
            if min(others, default=_REACH) < costs[value] - _NEARER:
                costs[value] += CLAIMED

    def _is_of_the_one_before(self, anchor: Spanned, mark: Spanned, own: Sequence[Spanned]) -> bool:
        """Whether a mark is the figure's before: "89 promossi dagli utenti e 6 dall'INPS", where each has its own after."""
        follows = any(0 < each.first - anchor.last <= _FOLLOWING for each in own)
        before = max((number.last for number in self.sentence.numbers if number.last < anchor.first), default=None)
        return follows and before is not None and before < mark.first and mark.last < anchor.first

    def _is_number(self, anchor: Spanned) -> bool:
        return any(number.first == anchor.first for number in self.sentence.numbers)

    def _together(self, name: str, costs: dict[str, float], named: Sequence[CodeMention]) -> Iterator[_CodeOption]:
        """Codes that are listed as one choice, at the cost of the nearest."""
        done: set[str] = set()
        for code in sorted(named, key=lambda each: costs[each.code]):
            run = self.layout.run_of(named, code) or [code]
            listed = tuple(dict.fromkeys(each.code for each in run))
            if code.code not in done:
                yield (name, listed, costs[code.code], True)
            done.update(listed)

    def _code_cost(self, code: CodeMention, anchor: Spanned, mention: Mention | None) -> tuple[float, bool]:
        """A code is bound through its figure, or through the term that it narrows down; and whether another figure has it."""
        claimed = self.layout.is_claimed(code.first, code.last, anchor)
        direct = self.layout.cost(anchor, code.first, code.last, claimed=_SHARED)
        if mention is None:
            return direct, claimed
        crossed = any(mention.first < number.first < mention.last for number in self.sentence.numbers)
        if mention.first <= code.first and code.last <= mention.last and not crossed:
            return 0.0, False
        rival = any(
            other is not mention and other.first <= code.first and code.last <= other.last for other in self.sentence.mentions
        )
        through = self.layout.cost(Span(mention.first, mention.last), code.first, code.last)
        through += _SHARED if claimed else 0.0
        beyond = max(mention.last, code.last)
        if any(beyond < other.first < anchor.first and other.code != code.code for other in self.sentence.codes[code.codelist]):
            through += _BETWEEN
        return min(direct, through) + (_OTHERS if rival else 0.0), claimed

    def _is_inherited(self, code: CodeMention, mention: Mention | None) -> bool:
        """Whether a pronoun takes a code up with its term: "le assunzioni maschili …; quelle in somministrazione"."""
        if mention is None or mention.antecedent is None:
            return False
        term = next((other for other in self.sentence.mentions if other.first == mention.antecedent), None)
        return term is not None and self.layout.cost(Span(term.first, term.last), code.first, code.last) < _INHERITED

    def _says_all(self, dimension: Dimension) -> bool:
        """Whether a sentence speaks of each code of a dimension: "in tutte le gestioni"."""
        stems = set(content_stems(dimension.title)) | set(content_stems(dimension.codelist.title if dimension.codelist else ""))
        pairs = zip(self.words, self.words[1:], self.words[2:], strict=False)
        return any(
            (first.folded in ("tutte", "tutti") and last.stem in stems) or (first.folded in _EACH and second.stem in stems)
            for first, second, last in pairs
        )

    def _says_whole(self, anchor: Spanned) -> bool:
        around = self.words[max(anchor.first - 4, 0) : anchor.first] + self.words[anchor.last + 1 : anchor.last + 4]
        return any(word.folded in _WHOLE for word in around)

    def _taken_up(self, subject: Subject, anchor: Spanned, cost: float) -> Iterator[Bound]:
        """The subject of the sentence before, with the codes that this one says."""
        axes: list[list[_CodeOption]] = []
        for dimension in subject.cube.dimensions:
            if dimension.codelist is None:
                continue
            options = [option for option in self.codes(dimension, anchor, None) if option[1] is not None and option[3]]
            before = subject.codes.get(dimension.name)
            left = _left_out(min((option[2] for option in options), default=_REACH))
            axes.append([*options, (dimension.name, before, left, True)])
        for choice in product(*axes):
            codes = {name: chosen for name, chosen, _, _ in choice if chosen is not None}
            yield Bound(Subject(subject.cube, codes, None, subject.companions), cost + sum(each for _, _, each, _ in choice))

    def _implied(self, anchor: Spanned, units: frozenset[str] | None, near: float) -> Iterator[Bound]:
        """Cubes that no term names but codes that few cubes have: "nel commercio gli uomini percepiscono 93,9 euro"."""
        spoken = [name for m in self.sentence.mentions if self._holds(m, anchor, near) for name in m.cubes]
        held = {d.codelist.name for name in spoken for d in self.data.catalogue.cubes[name].dimensions if d.codelist}
        for cube in self.data.catalogue.cubes.values():
            own = [d for d in cube.dimensions if d.codelist is not None and d.codelist.name in self.sentence.codes]
            telling = [
                d for d in own if d.codelist is not None and d.codelist.name not in held and self._is_telling(d.codelist.name)
            ]
            if not telling or (units is not None and not cube.units & units):
                continue
            axes = [self.codes(d, anchor, None) for d in cube.dimensions if d.codelist is not None]
            telling_names = {dimension.name for dimension in telling}
            for choice in product(*axes):
                codes = {name: chosen for name, chosen, _, _ in choice if chosen is not None}
                if telling_names <= set(codes):
                    alone = units is not None and any(
                        d.codelist is not None and self._users[d.codelist.name] <= _NAMES for d in telling
                    )
                    yield Bound(Subject(cube, codes), _IMPLIED + sum(each for _, _, each, _ in choice), alone)

    def _holds(self, mention: Mention, anchor: Spanned, near: float) -> bool:
        """Whether a term keeps its codes from naming other cubes: one before what is asked about, not far off."""
        cost = self.layout.cost(anchor, mention.first, mention.last, claimed=_SHARED)
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

    # Places

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
            costs[each.place.code] = min(costs.get(each.place.code, 2 * _REACH), cost)
        self._owned(anchor, {code: [mark for mark in named if mark.place.code == code] for code in costs}, costs)
        if not costs and self.context.place is not None and not self.sentence.mentions:
            costs[self.context.place] = 0.0
        marks = [(p.code, p.at) for p in self.sentence.places if p.code in costs and self.layout.is_topic(p.at)]
        self._open_topic(anchor, marks, costs)
        nearest = min((cost for code, cost in costs.items() if code != own), default=_REACH)
        default = _left_out(nearest)
        costs[own] = min(costs.get(own, default), default)
        return [Option(code, cost) for code, cost in sorted(costs.items(), key=lambda pair: pair[1])]

    def _place_cost(self, place: "Placed", anchor: Spanned) -> float:
        cost = self.layout.cost(anchor, place.first, place.last)
        if place.last < anchor.first and self._goes_on(place.last):
            return min(cost, 0.1)
        beside = anchor.last < place.first and cost <= 0.5
        just_before = self._is_number(anchor) and place.last < anchor.first and cost <= _JUST
        compared = any(turn.compares and turn.last < place.first <= turn.last + 4 for turn in self.sentence.turns)
        if beside or (just_before and not compared):
            return cost
        return cost + REFERENCE if self.is_reference(place) and not self._introduces(place.last, anchor) else cost

    def is_reference(self, place: Spanned) -> bool:
        """Whether a place is what something is compared with: "superiore alla media regionale", "in linea con l'Italia"."""
        for turn in self.sentence.turns:
            if turn.compares and turn.last < place.first <= turn.last + 9:
                between = self.words[turn.last + 1 : place.first]
                if not any(word.is_mark and word.text in ",;:(" for word in between):
                    return True
        behind = [word.folded for word in self.words[max(place.first - 5, 0) : place.first]]
        return any(word in ("rispetto", "confronto", "contro", "che", "fronte") for word in behind)

    def _goes_on(self, end: int) -> bool:
        """Whether what follows a place speaks of it: "in Toscana, dove il calo è del 4,9%"."""
        following = [word.folded for word in self.words[end + 1 : end + 4]]
        return following[:1] == [","] and (following[1:2] in _GOING_ON or following[1:3] == ["in", "cui"])

    def _introduces(self, end: int, anchor: Spanned) -> bool:
        """Whether what ends at a word brings an anchor in: "rispetto alla media regionale (4,0%)", "nel 2023, pari a 49"."""
        if anchor.first <= end or anchor.first - end > 6:
            return False
        between = [word.folded.removesuffix("'") for word in self.words[end + 1 : anchor.first]]
        if between[:1] == [","] and len(between) <= 2 and between[1:] != [] and between[1] in _LINKING:
            return True
        return any(word in _INTRODUCING for word in between) and all(word in _INTRODUCING | _LINKING for word in between)

    # Years

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
                costs[value] = min(costs.get(value, 2 * _REACH), cost)
        plain = [
            (mark.year.last, mark.first) for mark in marks if mark.year.last and not mark.year.base and mark.year.last in costs
        ]
        named = {year for year, first in plain if first < anchor.first}
        if len(named) == 1 and min(costs.values()) > _TOPICAL:
            costs[next(iter(named))] = _TOPICAL
        by_year = {year: [mark for mark in marks if mark.year.last == year] for year in costs}
        self._owned(anchor, by_year, costs)
        if listed:
            costs[listed] = 0.0
        nearest = min(costs.values(), default=_REACH)
        if not any(cost < REFERENCE for cost in costs.values()) and self.context.of and subject.at is None:
            costs[self.context.of] = min(costs.get(self.context.of, 0.3), 0.3)
        default = _left_out(nearest)
        costs[own] = min(costs.get(own, default), default)
        return [Option(str(year), cost) for year, cost in sorted(costs.items(), key=lambda pair: pair[1])]

    def _listed_year(self, anchor: Spanned, marks: Sequence["Dated"]) -> int:
        """The year of a figure in a list of one for each year of a span ("679, 611, 525 e 486 dal 2021 al 2024"); else 0."""
        figures = self.layout.run_of(self.sentence.numbers, anchor)
        for mark in marks:
            if len(figures) > 1 and len(figures) == mark.year.last - mark.year.first + 1:
                return mark.year.first + [figure.first for figure in figures].index(anchor.first)
        return 0

    def _year_cost(self, mark: "Dated", anchor: Spanned, *, measured: bool) -> float:
        cost = self.layout.cost(anchor, mark.first, mark.last)
        beside = anchor.last < mark.first and cost <= 0.5 and not measured
        if mark.year.base and not beside and (measured or not self._introduces(mark.last, anchor)):
            cost += REFERENCE
        return min(cost, _TOPIC) if mark.year.first != mark.year.last and mark.last < anchor.first else cost


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


def _left_out(nearest: float) -> float:
    """What it costs to leave out what is named, by how near it is."""
    if nearest < _NEARBY:
        return nearest + _LEFT_OUT
    return nearest if nearest < _ABOUT else 0.0


def _cheapest(found: Sequence[Bound]) -> list[Bound]:
    """The likeliest of what was thought of, each thing once."""
    kept: dict[tuple[object, ...], Bound] = {}
    for bound in sorted(found, key=lambda each: each.cost):
        key = (bound.subject.cube.name, *sorted(bound.subject.codes.items()))
        kept.setdefault(key, bound)
    ranked = list(kept.values())
    return [bound for bound in ranked if bound.cost <= ranked[0].cost + _REACH][:_MOST]

"""How closely the words of a sentence belong together: what it costs to take one to speak of another.

A figure is bound to the term, code, place and year that cost least. Words in between cost little, marks more, a word that turns
to something else ("mentre", "contro") much, and what stands right after another figure is that one's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final, Protocol, TypeVar

from rendiconto.audit.annotations import Sentence
from rendiconto.audit.vocabulary import FUNCTION_WORDS
from rendiconto.italian.words import Word

REFERENCE: Final = 10.0
"""The cost of taking what others are compared with for what is spoken of."""
CLAIMED: Final = 10.0
"""The cost of taking what stands right after another figure."""
REACH: Final = 4.0
"""Dearer than the cheapest by more than this is not thought of."""
SHARED: Final = 0.6
"""The cost of a term or code that stands right after another figure: what is spoken of goes on."""
_NEXT: Final = 0.5
"""Up to this cost a figure claims what stands after it."""
_LIGHT: Final = 0.05
_TURNING: Final = frozenset(("mentre", "ma", "contro", "rispetto", "bensi", "fronte"))
_JOINING: Final = frozenset(("e", "ed", "che", "quando", "dove", "cui", "seguono", "seguiti", "seguita"))
_LISTING: Final = frozenset(
    ("e", "ed", "contro", "sia", "che", "nonche", "come", "anche", "quanto", "quella", "quello", "quelle")
)
_UNITS: Final = frozenset(("euro", "giorni", "anni", "unita", "punti", "percentuali", "ore"))
_OPENING: Final = 11
_FRAMING: Final = frozenset(
    (
        *("per", "in", "nel", "nella", "nei", "nelle", "negli", "nell", "tra", "fra", "a", "ad", "al", "alla", "ai", "alle"),
        *("su", "sul", "sulla", "presso", "dal", "dalla", "relativamente", "riguardo", "quanto"),
    )
)
_FRAMES: Final = (["con", "riferimento"], ["in", "ordine"], ["anche", "in"], ["anche", "per"], ["con", "riguardo"])
TOPICAL: Final = 0.8
"""The most that what a sentence opens with costs."""
_PLAINLY: Final = 0.3
_APART: Final = 0.8
"""Of what stands plainly beside a figure and what is so much further off only the first is its own."""
_FOLLOWING: Final = 3
_NEARER: Final = 0.1
_GOING_ON: Final = (["dove"], ["che"], ["pari"], ["fermo"], ["ferma"])
_INTRODUCING: Final = frozenset(
    (
        *("(", "pari", "era", "erano", "quando", "ne", "n", ".", "uguale", "ossia", "cioe", "ammontava", "ammontavano", "se"),
        *("contavano", "contava", "registravano", "che", "fermo", "ferma", "fermi", "ferme"),
        *("attesta", "attestata", "attestato"),
    )
)
_LINKING: Final = frozenset(
    ("a", "al", "ai", "alle", "di", "del", "dei", "il", "i", "le", "la", "lo", ",", "all", "dell", "l", "si", "in", "e")
)
_LEFT_OUT: Final = 10.0
"""What leaving a place, a year or a code out costs more than taking it, where it is named nearby."""
NEARBY: Final = 1.1
"""Up to this cost what is named is said of an anchor, and leaving it out a mistake."""
_ABOUT: Final = 2.0
_T = TypeVar("_T")


class Spanned(Protocol):
    """Anything that stands on words of a sentence, both ends included."""

    @property
    def first(self) -> int: ...  # noqa: D102

    @property
    def last(self) -> int: ...  # noqa: D102


_S = TypeVar("_S", bound=Spanned)


@dataclass(frozen=True, slots=True)
class _Prices:
    """What words in between cost on the way to the right or to the left of an anchor."""

    marks: Mapping[str, float]
    turning: float
    joining: float
    number: float
    word: float


_AFTER: Final = _Prices(
    {",": 1.5, ";": 4.0, ":": 3.0, "(": 0.3, ")": 1.5, "–": 1.5, "—": 1.5, "-": 1.5}, 3.0, 1.5, number=4.0, word=0.35
)
_BEFORE: Final = _Prices(
    {",": 0.3, ";": 1.5, ":": 0.3, "(": 0.1, ")": 0.2, "–": 0.3, "—": 0.3, "-": 0.3}, 1.5, 0.25, number=0.5, word=0.08
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a sentence, both ends included."""

    first: int
    last: int


class Layout:
    """The words of one sentence, for asking how closely they belong together."""

    def __init__(self, sentence: Sentence) -> None:
        self.words = sentence.words
        self.numbers = sentence.numbers
        self.turns = sentence.turns
        self.terms = sentence.mentions
        self._sums: dict[tuple[int, float], list[float]] = {}

    def cost(self, anchor: Spanned, first: int, last: int, *, claimed: float = CLAIMED) -> float:
        """What it costs to bind words from ``first`` to ``last`` to an anchor, ``claimed`` more where another has them."""
        if first > anchor.last:
            return self.after(anchor.last, first)
        if last < anchor.first:
            return self.before(last, anchor.first) + (claimed if self.is_claimed(first, last, anchor) else 0.0)
        return 0.0

    def is_topic(self, first: int) -> bool:
        """Whether what begins at a word is what the sentence opens with: "In Toscana …", "Per le donne …"."""
        opening = [word.folded.removesuffix("'") for word in self.words[: min(first, _OPENING)]]
        framed = first < _OPENING and bool(opening) and (opening[0] in _FRAMING or opening[:2] in _FRAMES)
        return framed and not any(turn.at < first for turn in self.turns) and not any(term.first < first for term in self.terms)

    def contrast(self, anchor: Spanned, first: int, last: int) -> float:
        """The same for what an anchor is set against: words that turn to something else lead to it."""
        turning = _AFTER.turning if first > anchor.last else _BEFORE.turning
        between = range(anchor.last + 1, first) if first > anchor.last else range(last + 1, anchor.first)
        cost = self.cost(anchor, first, last) - turning * sum(self.words[at].folded in _TURNING for at in between)
        if first > anchor.last and not self.is_number(anchor):
            cost -= _AFTER.number * sum(at in self._number_ends for at in between)  # "maggiore rispetto ai 149 del 2013"
        return cost

    def after(self, end: int, start: int) -> float:
        """From a word on to one further right."""
        return self._between(end, start, _AFTER)

    def before(self, end: int, start: int) -> float:
        """From a word back to one further left."""
        return self._between(end, start, _BEFORE)

    def _between(self, end: int, start: int, prices: _Prices) -> float:
        """The sum over the words in between; a sentence asks for each stretch many times, so that sums are kept."""
        if start <= end + 1:
            return 0.0
        sums = self._sums.get((end, prices.word))
        if sums is None:
            costs = (self._price(at, prices) for at in range(end + 1, len(self.words)))
            sums = self._sums[end, prices.word] = list(accumulate(costs, initial=0.0))
        return sums[start - end - 1]

    def _price(self, at: int, prices: _Prices) -> float:
        word = self.words[at]
        if at in self._number_words:
            return prices.number if at in self._number_ends else 0.0
        if word.is_mark:
            return prices.marks.get(word.text, 0.0)
        if word.folded in _TURNING:
            return prices.turning
        if word.folded in _JOINING:
            return prices.joining
        return _LIGHT if word.folded.removesuffix("'") in FUNCTION_WORDS else prices.word

    def is_claimed(self, first: int, last: int, anchor: Spanned) -> bool:
        """Whether words before a figure stand right after another, and so are that one's."""
        if last >= anchor.first or self.words[anchor.first - 1].text == "(":
            return False
        if not self.is_number(anchor):
            return False  # what a figure claims, words of change after it speak of too: "49 giorni nel 2023, valore superiore"
        for number in self.numbers:
            if number.last < first and number.first != anchor.first and self.after(number.last, first) <= _NEXT:
                between = (other for other in self.numbers if number.last < other.first < first)
                if next(between, None) is None:
                    return True
        return False

    def aligned(self, anchor: Spanned, elements: Sequence[_S]) -> _S | None:
        """The element that a figure is paired with where as many of both are listed: "in Toscana e in Italia 70,9 e 62,2%"."""
        figures = self.run_of(self.numbers, anchor)
        if len(figures) < 2:
            return None
        for run in self._runs(elements):
            apart = run[-1].last < figures[0].first or figures[-1].last < run[0].first
            if len(run) == len(figures) and apart and self._is_level(figures, run):
                return run[[figure.first for figure in figures].index(anchor.first)]
        return None

    def _is_level(self, figures: Sequence[Spanned], run: Sequence[Spanned]) -> bool:
        """Whether nothing turns to something else between two lists, or in that of figures."""
        first, last = sorted((figures[0].first, figures[-1].last, run[0].first, run[-1].last))[1:3]
        between = self.words[first + 1 : last]
        turned = any(first < turn.at < last and turn.compares for turn in self.turns)
        against = any(word.folded == "contro" for word in self.words[figures[0].first : figures[-1].last])
        return not turned and not against and not any(word.text in (";", ":") for word in between)

    def _runs(self, elements: Sequence[_S]) -> list[list[_S]]:
        """Elements of one kind that only commas, "e" and light words join."""
        runs: list[list[_S]] = []
        for element in sorted(elements, key=lambda each: each.first):
            if runs and self._listed(runs[-1][-1].last, element.first):
                runs[-1].append(element)
            else:
                runs.append([element])
        return [run for run in runs if len(run) > 1]

    def run_of(self, elements: Sequence[_S], anchor: Spanned) -> list[_S]:
        """The list of elements that one at an anchor belongs to; empty where it stands alone."""
        runs = self._runs(elements)
        return next((run for run in runs if any(each.first == anchor.first for each in run)), [])

    def _listed(self, end: int, start: int) -> bool:
        between = self._outside_brackets(end + 1, start)
        joined = any(word.text in (",", "/") or word.folded in _LISTING for word in between)
        light = all(
            word.text in (",", "/") or word.folded.removesuffix("'") in FUNCTION_WORDS or word.folded in _LISTING | _UNITS
            for word in between
        )
        return bool(between) and joined and light

    def _outside_brackets(self, first: int, last: int) -> list[Word]:
        """The words of a stretch without what stands in brackets."""
        found, depth = [], 0
        for word in self.words[first:last]:
            depth += word.text == "("
            if not depth:
                found.append(word)
            depth -= word.text == ")" and depth > 0
        return found

    def open_topic(self, anchor: Spanned, marks: Sequence[tuple[str, int]], costs: dict[str, float]) -> bool:
        """Whether a sentence opens with one of the marks, which then holds for the whole of it, until another is named."""
        before = [mark for mark in marks if mark[1] < anchor.first]
        if not before or len({code for code, _ in before}) > 1:
            return False
        terms = [mention.first for mention in self.terms]
        opens = self.is_topic(before[0][1]) or (bool(terms) and before[0][1] < min(terms))
        if not opens or min(costs.values()) <= TOPICAL:
            return False
        costs[before[0][0]] = TOPICAL
        return True

    def own(self, anchor: Spanned, marks: Mapping[_T, Sequence[Spanned]], costs: dict[_T, float]) -> None:
        """Adds what it costs to take what another figure stands nearer to, where an anchor has one of its own."""
        if len(costs) < 2 or not self.is_number(anchor):
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
                self.cost(number, mark.first, mark.last)
                for number in self.numbers
                if number.first != anchor.first
                for mark in places
            )
            if min(others, default=REACH) < costs[value] - _NEARER:
                costs[value] += CLAIMED

    def _is_of_the_one_before(self, anchor: Spanned, mark: Spanned, own: Sequence[Spanned]) -> bool:
        """Whether a mark is the figure's before: "89 promossi dagli utenti e 6 dall'INPS", where each has its own after."""
        follows = any(0 < each.first - anchor.last <= _FOLLOWING for each in own)
        before = max((number.last for number in self.numbers if number.last < anchor.first), default=None)
        return follows and before is not None and before < mark.first and mark.last < anchor.first

    def is_number(self, anchor: Spanned) -> bool:
        """Whether an anchor is a figure, not words of change."""
        return any(number.first == anchor.first for number in self.numbers)

    def goes_on(self, end: int) -> bool:
        """Whether what follows a place speaks of it: "in Toscana, dove il calo è del 4,9%"."""
        following = [word.folded for word in self.words[end + 1 : end + 4]]
        return following[:1] == [","] and (following[1:2] in _GOING_ON or following[1:3] == ["in", "cui"])

    def introduces(self, end: int, anchor: Spanned) -> bool:
        """Whether what ends at a word brings an anchor in: "rispetto alla media regionale (4,0%)", "nel 2023, pari a 49"."""
        if anchor.first <= end or anchor.first - end > 6:
            return False
        between = [word.folded.removesuffix("'") for word in self.words[end + 1 : anchor.first]]
        if between[:1] == [","] and len(between) <= 2 and between[1:] != [] and between[1] in _LINKING:
            return True
        return any(word in _INTRODUCING for word in between) and all(word in _INTRODUCING | _LINKING for word in between)

    @cached_property
    def _number_words(self) -> frozenset[int]:
        return frozenset(at for number in self.numbers for at in range(number.first, number.last + 1))

    @cached_property
    def _number_ends(self) -> frozenset[int]:
        return frozenset(number.last for number in self.numbers)


def left_out(nearest: float) -> float:
    """What it costs to leave out what is named, by how near it is."""
    if nearest < NEARBY:
        return nearest + _LEFT_OUT
    return nearest if nearest < _ABOUT else 0.0

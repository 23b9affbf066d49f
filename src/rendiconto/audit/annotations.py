"""A sentence with everything that it may mean marked: terms, codes, years, territories, quantities, words of change."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rendiconto.audit.quantities import Number, find_numbers
from rendiconto.audit.turns import Turn, find_turns
from rendiconto.audit.vocabulary import FUNCTION_WORDS, CodeMention, Mention, Term, Vocabulary
from rendiconto.audit.years import YearMention, find_years
from rendiconto.italian.words import Word, fold_word, split_words
from rendiconto.territory import Gazetteer, Territory

_SHORTEST_NOUN: Final = 4
_OF_PLACE: Final = 2
_COMPLETING: Final = 5
_MORE_WITHIN: Final = 4
_NO_NOUNS: Final = (
    "mente",
    "mentre",
    "contro",
    "entrambi",
    "rispetto",
    "quando",
    "ovvero",
    "erano",
    "sono",
    "quota",
    "tutte",
    "tutti",
)
_LATTER: Final = re.compile(r"quest(?:i|e|'|o|a) ultim[oaie]")
_PRONOUNS: Final = frozenset(("quelle", "quelli", "quella", "quello"))
_CLAUSE_MARKS: Final = frozenset(";:")
_CHUNK_MARKS: Final = frozenset(",;:()–—")
_CLAUSE_WORDS: Final = frozenset(("mentre", "ma", "pero", "bensi", "invece", "tuttavia", "sebbene", "benche"))


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A territory: "provincia" and "provinciale" are the report's own."""

    at: int
    last: int
    code: str
    weak: bool = False


@dataclass
class Sentence:
    """A sentence and what is marked in it; places are those of its words. ``start`` and ``end`` are offsets in the text.

    ``asides`` are years of changes before the one told ("dopo l'aumento del 2022"); ``strange`` are the numbers (by their last
    word) that count something that no report counts; ``counted`` the places of words for what reports count.
    """

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    mentions: list[Mention] = field(default_factory=list)
    codes: dict[str, list[CodeMention]] = field(default_factory=dict)
    years: list[YearMention] = field(default_factory=list)
    asides: list[YearMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    strange: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    counting: dict[int, frozenset[str]] = field(default_factory=dict)
    """For the last word of each number the cubes of the term that stands whole after it."""

    def chunk(self, at: int, *, clause: bool = False) -> range:
        """The words around a place up to the next comma (or, for a clause, to the next full break)."""
        marks = _CLAUSE_MARKS if clause else _CHUNK_MARKS
        first = last = at
        while first > 0 and not self._breaks(first - 1, marks, clause=clause):
            first -= 1
        while last + 1 < len(self.words) and not self._breaks(last + 1, marks, clause=clause):
            last += 1
        return range(first, last + 1)

    def _breaks(self, at: int, marks: frozenset[str], *, clause: bool) -> bool:
        word = self.words[at]
        return (word.is_mark and word.text in marks) or (clause and word.folded in _CLAUSE_WORDS)


class Annotator:
    """Marks sentences about a territory."""

    def __init__(self, vocabulary: Vocabulary, territory: Territory, year: int) -> None:
        self.vocabulary = vocabulary
        self.place_words = _place_words(territory, year)

    def annotate(self, text: str, start: int) -> Sentence:
        """A sentence whose first character stands at ``start`` in the whole text."""
        words = split_words(text, start)
        sentence = Sentence(text, start, start + len(text), words)
        sentence.places = self._places(words)
        placed = {at for place in sentence.places for at in range(place.at, place.last + 1)}
        sentence.codes = self.vocabulary.code_mentions(words, placed)
        sentence.mentions = self.vocabulary.mentions(words, sentence.codes)
        sentence.codes = _with_latter(words, sentence.codes)
        years = find_years(words)
        sentence.years = [year for year in years if not year.aside]
        sentence.asides = [year for year in years if year.aside]
        sentence.mentions = _with_pronouns(sentence, self.vocabulary)
        codes = [code for found in sentence.codes.values() for code in found]
        named: list[Mention | CodeMention] = [*sentence.mentions, *codes]
        held = {at for each in named for at in range(each.first, each.last + 1) if words[at].stem in each.stems}
        sentence.numbers = find_numbers(words, held, {at for year in years for at in range(year.at, year.end + 1)})
        hedged = {at for number in sentence.numbers for at in range(number.first, number.last + 1)}
        sentence.turns = [t for t in find_turns(words) if t.at not in hedged and not _is_a_numbers(t, sentence.numbers, words)]
        sentence.strange = {n.last for n in sentence.numbers if self._counts_something_else(sentence, n)}
        sentence.counting = {n.last: self.vocabulary.counted_at(words, n.last + 1) for n in sentence.numbers}
        sentence.counted = {at for at, word in enumerate(words) if word.stem in self.vocabulary.counted and not word.is_mark}
        return sentence

    def _counts_something_else(self, sentence: Sentence, number: Number) -> bool:
        """Whether a plain number stands before the name of a thing that is none of ours: "21 cifre", "120.000 turisti"."""
        if number.last + 1 >= len(sentence.words) or number.quantity.percent or number.points or number.times:
            return False
        word = sentence.words[number.last + 1]
        turns = any(turn.at <= number.last + 1 <= turn.last for turn in sentence.turns)
        named = any(place.at == number.last + 1 for place in sentence.places)
        noun = len(word.folded) > _SHORTEST_NOUN and word.folded[-1] in "aei" and not word.folded.endswith(_NO_NOUNS)
        noun = noun and word.folded not in FUNCTION_WORDS
        return noun and not turns and not named and word.stem not in self.vocabulary.counted

    def _places(self, words: Sequence[Word]) -> list[PlaceMention]:
        found: list[PlaceMention] = []
        at = 0
        while at < len(words):
            length, code, weak = self._place_at(words, at)
            if code:
                if (
                    found
                    and found[-1].weak
                    and not weak
                    and at - found[-1].last == _OF_PLACE
                    and words[at - 1].folded in ("di", "d'")
                ):
                    found.pop()  # "la provincia di Lucca" is one place
                found.append(PlaceMention(at, at + length - 1, code, weak))
            at += max(length, 1)
        return found

    def _place_at(self, words: Sequence[Word], at: int) -> tuple[int, str, bool]:
        for length in (4, 3, 2, 1):
            key = " ".join(part for word in words[at : at + length] for part in word.folded.replace("-", " ").split())
            if key in self.place_words and (length == 1 or at + length <= len(words)):
                code, weak, proper = self.place_words[key]
                if not proper or words[at].text[0].isupper():  # "resta fermo" is no province
                    return length, code, weak
        return 0, "", False


def _is_a_numbers(turn: Turn, numbers: Sequence[Number], words: Sequence[Word]) -> bool:
    """Whether "più" or "meno" says which way a number before it goes: "41 unità in meno"."""
    if words[turn.at].folded not in ("piu", "meno") or turn.at != turn.last or not turn.at or words[turn.at - 1].folded != "in":
        return False
    return any(0 < turn.at - number.last <= _MORE_WITHIN for number in numbers)


def _with_latter(words: Sequence[Word], codes: Mapping[str, Sequence[CodeMention]]) -> dict[str, list[CodeMention]]:
    """The codes with the one that "questi ultimi" takes up: the last named before."""
    found = {name: list(named) for name, named in codes.items()}
    for at, (first, second) in enumerate(pairwise(words)):
        if not _LATTER.fullmatch(f"{first.folded} {second.folded}"):
            continue
        last = max((code for named in codes.values() for code in named if code.last < at), key=lambda c: c.last, default=None)
        if last is not None:
            found[last.codelist].append(replace(last, first=at, last=at + 1))
    return found


def _with_pronouns(sentence: Sentence, vocabulary: Vocabulary) -> list[Mention]:
    """The mentions with those that a pronoun takes up: "quelle a tempo determinato", where a code follows it."""
    found = list(sentence.mentions)
    for at, word in enumerate(sentence.words):
        relative = word.folded == "cui"
        if word.folded not in _PRONOUNS and not relative:
            continue
        before = [mention for mention in sentence.mentions if mention.last < at]
        named = [code for codes in sentence.codes.values() for code in codes if 0 < code.first - at <= 4]
        inside = any(mention.first <= at <= mention.last or 0 < mention.first - at <= 4 for mention in sentence.mentions)
        if before and not inside and (term := _completed(sentence.words, at, before[-1], vocabulary)) is not None:
            found.append(Mention(at, at + 1, term.cubes, dict(term.codes), 0))
        elif before and named and not inside and not relative:
            found.append(replace(before[-1], first=at, last=at, weight=0, stems=(), antecedent=before[-1].first))
    return sorted(found, key=lambda mention: mention.first)


def _completed(words: Sequence[Word], at: int, before: Mention, vocabulary: Vocabulary) -> Term | None:
    """The term that the word after a pronoun makes with one of the term before: "giudizi pendenti … quelli definiti"."""
    following = {
        word.stem for word in words[at + 1 : at + _COMPLETING] if word.folded not in FUNCTION_WORDS and not word.is_mark
    }
    return vocabulary.term_between(set(before.stems), following)


@lru_cache(maxsize=32)
def _place_words(territory: Territory, year: int) -> dict[str, tuple[str, bool, bool]]:
    """Words for places, folded: names of territories (with capitals), and words for one's own, its region, the country."""
    gazetteer = Gazetteer.load()
    region = gazetteer.region_of(territory, year)
    country = gazetteer.country()
    found: dict[str, tuple[str, bool, bool]] = {}
    for unit in gazetteer.all(year):
        for name in (unit.name, *unit.aliases):
            folded = " ".join(fold_word(part) for part in name.replace("-", " ").split())
            if len(folded) > 3:
                found.setdefault(folded, (unit.code, False, True))
    for word in ("provincia", "provinciale", "provinciali", "territorio", "locale"):
        found[word] = (territory.code, True, False)
    for word in ("regione", "regionale", "regionali"):
        found[word] = (region.code, False, False)
    for word in ("nazionale", "nazionali", "nazione", "italia", "paese", "nazionalmente", "italiano", "italiana"):
        found[word] = (country.code, False, False)
    for unit in gazetteer.regions(year):
        for form in _forms(unit.adjective or ""):
            if found.get(form, (unit.code,))[0] == unit.code:
                found[form] = (unit.code, False, False)
    return found


def _forms(adjective: str) -> Iterator[str]:
    """An adjective in its four forms, or in two ("ligure", "liguri"), folded as the words of a sentence are."""
    folded = " ".join(fold_word(part) for part in adjective.split("-"))
    yield from (folded[:-1] + ending for ending in ("oaie" if folded.endswith("o") else "ei") if folded)

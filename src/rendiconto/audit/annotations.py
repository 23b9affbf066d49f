"""A sentence with everything that it may mean marked: terms, codes, years, territories, quantities, words of change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from rendiconto.audit.vocabulary import CodeMention, Mention, Term, Vocabulary
from rendiconto.check.claims import Quantity
from rendiconto.italian.lexicon import (
    FRACTIONS,
    HEDGES,
    MULTIPLES,
    NUMBER_WORDS,
    SCALES,
    Direction,
    Hedge,
    change_of,
    comparison_of,
    degree_of,
)
from rendiconto.italian.numbers import MalformedNumber, parse_number
from rendiconto.italian.words import Word, fold_word, split_words
from rendiconto.territory import Gazetteer, Territory

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MONTHS: Final = frozenset(
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ]
)
_UNITS: Final = frozenset(
    [
        "gg",
        "giorni",
        "giorno",
        "euro",
        "unita",
        "persone",
        "punti",
        "percentuali",
        "per",
        "cento",
        "ore",
        "anni",
        "domande",
        "casi",
        "pratiche",
        "milioni",
        "miliardi",
        "mila",
    ]
)
_PRONOUNS: Final = frozenset(("quelle", "quelli", "quella", "quello"))
_CLAUSE_MARKS: Final = frozenset(";:")
_CHUNK_MARKS: Final = frozenset(",;:()–—")
_CLAUSE_WORDS: Final = frozenset(("mentre", "ma", "pero", "bensi", "invece", "tuttavia", "sebbene", "benche"))


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity in words, from word ``first`` to ``last``; ``points``: told in percentage points; ``times``: a ratio."""

    first: int
    last: int
    quantity: Quantity
    points: bool = False
    times: bool = False
    literal: bool = True


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year, or a span of years, from word ``at`` to ``end``; ``back`` counts years back ("l'anno precedente": 1) instead.

    ``all_before``: every earlier year ("rispetto agli anni precedenti"); ``base``: the year that others are compared with.
    """

    at: int
    end: int
    first: int = 0
    last: int = 0
    back: int = 0
    all_before: bool = False
    base: bool = False
    step: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A territory: "provincia" and "provinciale" are the report's own."""

    at: int
    last: int
    code: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of change or comparison; ``compares``: it sets two figures side by side rather than in time."""

    at: int
    last: int
    direction: Direction
    compares: bool
    noun: bool = False


@dataclass
class Sentence:
    """A sentence and what is marked in it; places are those of its words. ``start`` and ``end`` are offsets in the text."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    mentions: list[Mention] = field(default_factory=list)
    codes: dict[str, list[CodeMention]] = field(default_factory=dict)
    years: list[YearMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

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
        self.territory = territory
        self.year = year
        self.place_words = _place_words(territory, year)

    def annotate(self, text: str, start: int) -> Sentence:
        """A sentence whose first character stands at ``start`` in the whole text."""
        words = split_words(text, start)
        sentence = Sentence(text, start, start + len(text), words)
        sentence.mentions = self.vocabulary.mentions(words)
        for name in self.vocabulary.codes:
            found = self.vocabulary.code_mentions(name, words)
            if found:
                sentence.codes[name] = found
        sentence.years = _years(words)
        sentence.places = self._places(words)
        sentence.mentions = _with_pronouns(sentence, self.vocabulary)
        named = [*sentence.mentions, *(code for found in sentence.codes.values() for code in found)]
        held = {at for each in named for at in range(each.first, each.last + 1) if words[at].stem in each.stems}
        sentence.numbers = _numbers(words, held, {at for year in sentence.years for at in range(year.at, year.end + 1)})
        sentence.turns = _turns(words)
        return sentence

    def _places(self, words: Sequence[Word]) -> list[PlaceMention]:
        found = []
        at = 0
        while at < len(words):
            length, code, weak = self._place_at(words, at)
            if code:
                found.append(PlaceMention(at, at + length - 1, code, weak))
            at += max(length, 1)
        return found

    def _place_at(self, words: Sequence[Word], at: int) -> tuple[int, str, bool]:
        for length in (4, 3, 2, 1):
            key = " ".join(part for word in words[at : at + length] for part in word.folded.replace("-", " ").split())
            if key in self.place_words and (length == 1 or at + length <= len(words)):
                code, weak = self.place_words[key]
                return length, code, weak
        return 0, "", False


def _with_pronouns(sentence: Sentence, vocabulary: Vocabulary) -> list[Mention]:
    """The mentions with those that a pronoun takes up: "quelle a tempo determinato", where a code follows it."""
    found = list(sentence.mentions)
    for at, word in enumerate(sentence.words):
        if word.folded not in _PRONOUNS:
            continue
        before = [mention for mention in sentence.mentions if mention.last < at]
        named = [code for codes in sentence.codes.values() for code in codes if 0 < code.first - at <= 4]
        inside = any(mention.first <= at <= mention.last or 0 < mention.first - at <= 4 for mention in sentence.mentions)
        if before and not inside and (term := _completed(sentence.words, at, before[-1], vocabulary)) is not None:
            found.append(Mention(at, at + 1, term.cubes, dict(term.codes), 0))
        elif before and named and not inside:
            found.append(replace(before[-1], first=at, last=at, weight=0, stems=(), antecedent=before[-1].first))
    return sorted(found, key=lambda mention: mention.first)


def _completed(words: Sequence[Word], at: int, before: Mention, vocabulary: Vocabulary) -> Term | None:
    """The term that the word after a pronoun makes with one of the term before: "giudizi pendenti … quelli definiti"."""
    following = words[at + 1].stem if at + 1 < len(words) else ""
    terms = (vocabulary.term_of({stem, following}) for stem in before.stems if following)
    return next((term for term in terms if term is not None), None)


@lru_cache(maxsize=32)
def _place_words(territory: Territory, year: int) -> dict[str, tuple[str, bool]]:
    """Words for places, folded: names of territories, and the words for one's own, its region, the country."""
    gazetteer = Gazetteer.load()
    region = gazetteer.region_of(territory, year)
    country = gazetteer.country()
    found: dict[str, tuple[str, bool]] = {}
    for unit in gazetteer.all(year):
        for name in (unit.name, *unit.aliases):
            folded = " ".join(fold_word(part) for part in name.replace("-", " ").split())
            if len(folded) > 3:
                found.setdefault(folded, (unit.code, False))
    for word in ("provincia", "provinciale", "provinciali", "territorio", "locale"):
        found[word] = (territory.code, True)
    for word in ("regione", "regionale", "regionali"):
        found[word] = (region.code, False)
    for word in ("nazionale", "nazionali", "nazione", "italia", "paese", "nazionalmente"):
        found[word] = (country.code, False)
    for ending in ("o", "a", "i", "e"):
        found[fold_word(region.name)[:-1] + "n" + ending] = (region.code, False)
    return found


_BASE_WORDS: Final = frozenset(("rispetto", "confronto", "paragone", "raffronto", "rapporto"))
_BASE_LINKS: Final = frozenset(("sul", "sull'", "dal", "dall'", "contro"))
_BEFORE: Final = frozenset(("precedente", "prima", "scorso", "passato", "precedenti", "addietro"))
_SPANS: Final = {"decennio": 10, "quinquennio": 5, "quadriennio": 4, "triennio": 3, "biennio": 2}


def _years(words: Sequence[Word]) -> list[YearMention]:
    found: list[YearMention] = []
    at = 0
    while at < len(words):
        year = _year_at(words, at)
        if year is not None:
            behind = words[max(at - 7, found[-1].end + 1 if found else 0, 0) : at]
            base = any(word.folded in _BASE_WORDS for word in behind) or any(word.folded in _BASE_LINKS for word in behind[-2:])
            year = replace(year, base=base or year.all_before or bool(year.back) or year.step)
            found.append(year)
            at = year.end
        at += 1
    return found


def _year_at(words: Sequence[Word], at: int) -> YearMention | None:
    word = words[at]
    following = [after.folded for after in words[at + 1 : at + 3]]
    if word.is_number and _YEAR.fullmatch(word.text) and not (following[:1] and following[0] in SCALES):
        if len(following) == 2 and words[at + 1].text in "-–/" and _YEAR.fullmatch(words[at + 2].text):
            return YearMention(at, at + 2, int(word.text), int(words[at + 2].text))
        return YearMention(at, at, int(word.text), int(word.text))
    if not following[:1] or following[0] not in _BEFORE:
        return None
    if word.folded == "anno":
        return YearMention(at, at + 1, back=1)
    if word.folded in ("anni", "annualita"):
        count = NUMBER_WORDS.get(words[at - 1].folded) if at else None
        if count is not None and following[0] in ("prima", "addietro"):
            return YearMention(at - 1, at + 1, back=count)
        return YearMention(at, at + 1, all_before=True)
    if word.folded in _SPANS:
        return YearMention(at, at + 1, back=_SPANS[word.folded])
    return YearMention(at, at + 1, step=True) if word.folded in ("periodo", "rilevazione", "dato") else None


def _numbers(words: Sequence[Word], held: set[int], years: set[int]) -> list[Number]:
    found = []
    at = 0
    while at < len(words):
        number = None if at in held or at in years else _number_at(words, at)
        if number is not None:
            number = _hedged(words, number)
            found.append(number)
            at = number.last
        at += 1
    return found


def _number_at(words: Sequence[Word], at: int) -> Number | None:
    word = words[at]
    after = words[at + 1].folded if at + 1 < len(words) else ""
    before = words[at - 1].folded if at else ""
    if word.folded in FRACTIONS and before in ("un", "la", "meta", "circa", "quasi", "oltre", "della", "del"):
        return _fraction(words, at) if word.folded == "meta" or before == "un" else None
    if word.folded in MULTIPLES:
        return Number(at, at, Quantity(MULTIPLES[word.folded], Decimal("0.1"), Hedge.NONE), times=True, literal=False)
    if word.folded in NUMBER_WORDS and word.folded not in ("uno", "cento"):
        if after.startswith("volt"):
            return Number(at, at + 1, Quantity(Decimal(NUMBER_WORDS[word.folded]), Decimal("0.1")), times=True, literal=False)
        return _scaled(words, at, at, Decimal(NUMBER_WORDS[word.folded]), 0, signed=False, literal=False)
    if "/" in (after, before):
        return None
    if not word.is_number or after in _MONTHS or after == "°" or _cites(words, at):
        return None
    text = word.text.replace("+", "")
    try:
        value = parse_number(text)
    except MalformedNumber:
        return None
    decimals = len(text.partition(",")[2])
    return _scaled(words, at, at, value, decimals, signed=word.text[0] in "+-−", literal=True)


def _cites(words: Sequence[Word], at: int) -> bool:
    """Whether a number is that of an article, a law, a table."""
    before = [word.folded for word in words[max(at - 2, 0) : at] if word.text != "."]
    return bool(before) and before[-1] in ("art", "artt", "articolo", "legge", "l", "tavola", "tabella", "grafico", "comma")


def _fraction(words: Sequence[Word], at: int) -> Number:
    value = 100 * FRACTIONS[words[at].folded]
    return Number(at, at, Quantity(value, Decimal(1), Hedge.NONE, percent=True), literal=False)


def _scaled(
    words: Sequence[Word], first: int, at: int, value: Decimal, decimals: int, *, signed: bool, literal: bool
) -> Number | None:
    """The number with its scale, its per cent sign or "punti percentuali" after it."""
    step = Decimal(1).scaleb(-decimals)
    scaled = percent = points = False
    last = at
    following = [word.folded for word in words[at + 1 : at + 4]]
    if following and following[0] in SCALES:
        shift = SCALES[following[0]]
        value, step, scaled, last = value.scaleb(shift), step.scaleb(shift), True, at + 1
        following = [word.folded for word in words[last + 1 : last + 4]]
    if following[:1] == ["%"]:
        percent, last = True, last + 1
    elif following[:2] == ["per", "cento"]:
        percent, last = True, last + 2
    elif following[:1] == ["punti"] or following[:2] == ["punto", "percentuale"]:
        points, last = True, last + (2 if following[1:2] in (["percentuali"], ["percentuale"]) else 1)
    if not literal and not (scaled or percent or points) and not (following and _counts(following[0])):
        return None
    quantity = Quantity(value, step, Hedge.NONE, percent, scaled, signed)
    return Number(first, last, quantity, points=points, literal=literal)


def _counts(folded: str) -> bool:
    """Whether a word after a number in letters is a thing that is counted."""
    return len(folded) > 3 and folded not in ("anni", "anno", "mesi", "volte", "province", "regioni", "generi", "sessi")


def _hedged(words: Sequence[Word], number: Number) -> Number:
    """The number with the hedge before it ("poco meno di", "circa il") or after it ("circa")."""
    begin = number.first
    while begin and words[begin - 1].folded.removesuffix("'") in (
        "il",
        "l",
        "lo",
        "la",
        "le",
        "i",
        "gli",
        "del",
        "dell",
        "al",
        "all",
        "a",
        "n",
        ".",
    ):
        begin -= 1
    for length in (3, 2, 1):
        for end in (begin, number.first):
            phrase = tuple(word.folded for word in words[max(end - length, 0) : end])
            if phrase in HEDGES:
                hedge = HEDGES[phrase]
                first = max(end - length, 0)
                return replace(number, first=first, quantity=_loosened(number.quantity, hedge))
    after = words[number.last + 1].folded if number.last + 1 < len(words) else ""
    if after == "circa":
        return replace(number, last=number.last + 1, quantity=_loosened(number.quantity, Hedge.ABOUT))
    return number


def _loosened(quantity: Quantity, hedge: Hedge) -> Quantity:
    """A hedged whole number is as exact as its last digit that is not nought."""
    step = quantity.step
    if hedge is Hedge.ABOUT and quantity.value and step >= 1:
        while quantity.value % (step * 10) == 0:
            step *= 10
    return replace(quantity, hedge=hedge, step=step)


def _turns(words: Sequence[Word]) -> list[Turn]:
    found: list[Turn] = []
    at = 0
    while at < len(words):
        turn = _turn_at(words, at)
        if turn is not None:
            negated = any(word.folded == "non" for word in words[max(at - 3, 0) : at])
            if negated and turn.direction is not Direction.LEVEL:
                turn = replace(turn, direction=turn.direction.opposite)
            if not negated or turn.direction is not Direction.LEVEL:
                found.append(turn)
            at = turn.last
        at += 1
    return found


def _turn_at(words: Sequence[Word], at: int) -> Turn | None:
    folded = words[at].folded
    following = [word.folded for word in words[at + 1 : at + 4]]
    if folded in ("piu", "meno") and following and degree_of(following[0]) is not None:
        way = degree_of(following[0])
        assert way is not None
        return Turn(at, at + 1, way if folded == "piu" else way.opposite, compares=True)
    if folded in ("sopra", "sotto") and at and words[at - 1].folded == "di":
        return Turn(at, at, Direction.UP if folded == "sopra" else Direction.DOWN, compares=True)
    if folded == "linea" and at and words[at - 1].folded == "in" and following[:1] == ["con"]:
        return Turn(at, at + 1, Direction.LEVEL, compares=True)
    if folded == "pari" and not (following[:1] and following[0].startswith("a")):
        return None
    comparison = comparison_of(folded)
    if comparison is not None:
        return Turn(at, at, comparison, compares=True)
    change = change_of(folded)
    return None if change is None else Turn(at, at, change, compares=False)

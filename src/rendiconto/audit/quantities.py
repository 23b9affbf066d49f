"""Quantities in a sentence: figures and number words, with scale, unit and hedge."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from rendiconto.check.claims import Quantity
from rendiconto.italian.dates import MONTHS
from rendiconto.italian.lexicon import FRACTIONS, MULTIPLES, NUMBER_WORDS, SCALES, Hedge, factor_of, hedge_of
from rendiconto.italian.numbers import MalformedNumber, parse_number
from rendiconto.italian.words import Word

_CITED: Final = frozenset(
    (
        *("art", "artt", "articolo", "articoli", "legge", "l", "comma", "tavola", "tavole", "tabella", "tabelle", "grafico"),
        *("grafici", "capitolo", "capitoli", "pagina", "pagine", "paragrafo", "parte", "versione", "edizione", "n°"),
    )
)
_ARTICLES: Final = frozenset(("il", "l", "lo", "la", "le", "i", "gli", "del", "dell", "al", "all", "a", "un", "una", "n", "."))
_TURNED: Final = {Hedge.MORE: Hedge.LESS, Hedge.OVER: Hedge.UNDER, Hedge.LESS: Hedge.MORE, Hedge.UNDER: Hedge.OVER}
_UNCOUNTED: Final = frozenset(("anni", "anno", "volta", "mesi", "volte", "province", "regioni", "generi", "sessi"))
_FRACTION_STEP: Final = Decimal(2)
"""How near in points "un terzo" has to be, said outright; twice as much with "circa"."""
_WHOLES: Final = frozenset((3, 4, 5, 10, 100))
_OUT_OF_WITHIN: Final = 7
_PAIRING: Final = frozenset(("a", "al", "all", "ai", "alle", "contro"))
_THOUSAND: Final = 1000
_SCALE_WITHIN: Final = 9


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity in words, from word ``first`` to ``last``; ``points``: told in percentage points; ``times``: a ratio."""

    first: int
    last: int
    quantity: Quantity
    points: bool = False
    times: bool = False
    literal: bool = True


def find_numbers(words: Sequence[Word], held: set[int], years: set[int]) -> list[Number]:
    """The quantities of a sentence, in order, without words that are ``held`` by a term or belong to ``years``."""
    found = []
    at = 0
    while at < len(words):
        number = None if at in held or at in years else _number_at(words, at)
        if number is not None:
            number = _less_than_a_part(_hedged(words, number))
            found.append(number)
            at = number.last
        at += 1
    return _out_of(words, _alike(words, found))


def _less_than_a_part(number: Number) -> Number:
    """What divides turned round: more than halved leaves less than a half, as more than doubled makes more than two."""
    if not number.times or number.quantity.value >= 1:
        return number
    hedge = number.quantity.hedge
    return replace(number, quantity=replace(number.quantity, hedge=_TURNED.get(hedge, hedge)))


def _alike(words: Sequence[Word], numbers: list[Number]) -> list[Number]:
    """The numbers with the scale or the per cent sign that two share: "da 8,1 a 6,2 miliardi", "7 contro 6%"."""
    found = list(numbers)
    for at in range(len(found) - 2, -1, -1):
        number, following = found[at], found[at + 1]
        between = [word.folded for word in words[number.last + 1 : following.first]]
        bare = number.literal and not (number.quantity.scaled or number.quantity.percent or number.points)
        if bare and len(between) == 1 and between[0].removesuffix("'") in _PAIRING:
            found[at] = replace(number, quantity=_told_as(number.quantity, following, words))
    for at in range(1, len(found)):
        before, number = found[at - 1], found[at]
        bare = number.literal and not (number.quantity.scaled or number.quantity.percent or number.points)
        decimal = number.quantity.step < 1 and number.quantity.value < _THOUSAND
        near = number.first - before.last <= _SCALE_WITHIN and not _is_unit(words, number.last + 1)
        if bare and decimal and near and before.quantity.scaled:
            found[at] = replace(number, quantity=_told_as(number.quantity, before, words))
    return found


def _is_unit(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].folded in ("euro", "giorni", "anni", "ore", "punti")


def _told_as(quantity: Quantity, other: Number, words: Sequence[Word]) -> Quantity:
    if other.quantity.percent:
        return replace(quantity, percent=True)
    said = (words[at].folded for at in range(other.first, other.last + 1))
    shift = next((SCALES[word] for word in said if word in SCALES), 0)
    if not other.quantity.scaled or (quantity.value >= _THOUSAND and quantity.step >= 1):
        return quantity
    return replace(quantity, value=quantity.value.scaleb(shift), step=quantity.step.scaleb(shift), scaled=True)


def _out_of(words: Sequence[Word], numbers: list[Number]) -> list[Number]:
    """The numbers with "sei … su dieci" as the share that it is."""
    found: list[Number] = []
    for number in numbers:
        part = found[-1] if found else None
        said = part is not None and words[number.first - 1].folded == "su" and number.first - part.last <= _OUT_OF_WITHIN
        if part is not None and said and int(number.quantity.value) in _WHOLES and not part.quantity.percent:
            whole = number.quantity.value
            share = replace(part.quantity, value=100 * part.quantity.value / whole, step=100 / whole, percent=True)
            found[-1] = replace(part, last=number.last, quantity=share)
        else:
            found.append(number)
    return found


def _number_at(words: Sequence[Word], at: int) -> Number | None:
    word = words[at]
    if not word.is_number:
        return _in_letters(words, at)
    after = words[at + 1].folded if at + 1 < len(words) else ""
    before = words[at - 1].folded if at else ""
    if "/" in (after, before) or after in MONTHS or after == "°" or _cites(words, at):
        return None
    text = word.text.replace("+", "")
    try:
        value = parse_number(text)
    except MalformedNumber:
        return None
    decimals = len(text.partition(",")[2])
    return _scaled(words, at, at, value, decimals, signed=word.text[0] in "+-−", literal=True)


def _in_letters(words: Sequence[Word], at: int) -> Number | None:
    """A number word, a fraction ("la metà", "un terzo"), a multiple ("il doppio", "tre volte")."""
    folded = words[at].folded
    following = words[at + 1].folded if at + 1 < len(words) else ""
    part = _part_at(words, at, following)
    if part is not None:
        return part
    factor, step = MULTIPLES.get(folded), Decimal("0.1")
    if factor is None and (factor := factor_of(folded)) is not None:
        step = factor / 8
    if factor is not None:
        return Number(at, at, Quantity(factor, step), times=True, literal=False)
    if folded in ("un", "il") and following in ("milione", "miliardo"):
        return _scaled(words, at, at, Decimal(1), 0, signed=False, literal=False)
    count = NUMBER_WORDS.get(folded.removesuffix("mila")) if folded not in ("uno", "cento") else None
    return None if count is None else _counted(words, at, count)


def _part_at(words: Sequence[Word], at: int, following: str) -> Number | None:
    """A part of a whole in words: "la metà", "un terzo", "due terzi", and the "nove" of "nove su dieci"."""
    folded = words[at].folded
    if folded == "meta" or (folded in FRACTIONS and at and words[at - 1].folded == "un"):
        return _fraction(words, at)
    if folded in NUMBER_WORDS and following.endswith("i") and following[:-1] + "o" in FRACTIONS:
        share = 100 * NUMBER_WORDS[folded] * FRACTIONS[following[:-1] + "o"]
        return Number(at, at + 1, Quantity(share, _FRACTION_STEP, percent=True), literal=False)
    if folded in NUMBER_WORDS and following == "su":
        return Number(at, at, Quantity(Decimal(NUMBER_WORDS[folded]), Decimal(1)), literal=False)
    return None


def _counted(words: Sequence[Word], at: int, count: int) -> Number | None:
    """A number word as what it counts: "quattromila", "tre volte", "dodici domande"."""
    value = Decimal(count)
    if words[at].folded.endswith("mila"):
        return Number(at, at, Quantity(1000 * value, Decimal(1000), scaled=True), literal=False)
    if not value:
        return Number(at, at, Quantity(value, Decimal(1)))
    if at + 1 < len(words) and words[at + 1].folded.startswith("volt"):
        return Number(at, at + 1, Quantity(value, Decimal("0.1")), times=True, literal=False)
    return _scaled(words, at, at, value, 0, signed=False, literal=False)


def _cites(words: Sequence[Word], at: int) -> bool:
    """Whether a number is that of an article, a law, a table, or what a rate is counted by ("per 100 residenti")."""
    first = at - 1
    while first > 0 and (words[first].is_number or words[first].folded in (".", ",", "e", "n", "nn")):
        first -= 1
    if first < 0:
        return False
    before = words[first].folded
    return before in _CITED or (before == "per" and words[at].text.rstrip("0") == "1" and len(words[at].text) > 1)


def _fraction(words: Sequence[Word], at: int) -> Number:
    value = 100 * FRACTIONS[words[at].folded]
    return Number(at, at, Quantity(value, _FRACTION_STEP, Hedge.NONE, percent=True), literal=False)


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
    """Whether a word after a number in letters is a thing that is counted, or says that there are more or fewer."""
    return folded == "in" or (len(folded) > 3 and folded not in _UNCOUNTED)


def _hedged(words: Sequence[Word], number: Number) -> Number:
    """The number with the hedge before it ("poco meno di", "circa il") or after it ("circa")."""
    begin = number.first
    while begin and words[begin - 1].folded.removesuffix("'") in _ARTICLES:
        begin -= 1
    for length in (3, 2, 1):
        for end in (begin, number.first):
            phrase = tuple(word.folded for word in words[max(end - length, 0) : end])
            hedge = hedge_of(phrase)
            if hedge is not None:
                first = max(end - length, 0)
                return replace(number, first=first, quantity=_loosened(number.quantity, hedge))
    after = words[number.last + 1].folded if number.last + 1 < len(words) else ""
    if after == "circa":
        return replace(number, last=number.last + 1, quantity=_loosened(number.quantity, Hedge.ABOUT))
    return number


def _loosened(quantity: Quantity, hedge: Hedge) -> Quantity:
    """A hedged whole number is as exact as its last digit that is not nought."""
    step = quantity.step
    if hedge is Hedge.ABOUT and step == _FRACTION_STEP:
        step *= 2
    elif hedge is Hedge.ABOUT and quantity.value and step >= 1:
        while quantity.value % (step * 10) == 0:
            step *= 10
    return replace(quantity, hedge=hedge, step=step)

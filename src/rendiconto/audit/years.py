"""Years in a sentence: said, spanned, or counted back from another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rendiconto.italian.lexicon import NUMBER_WORDS, SCALES, SPANS, change_of
from rendiconto.italian.words import Word

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
BASE_WORDS: Final = frozenset(("rispetto", "confronto", "paragone", "raffronto", "rapporto"))
_BASE_LINKS: Final = frozenset(("sul", "sull'", "dal", "dall'", "contro"))
_LINKED: Final = frozenset(("del", "nel", "dell'", "nell'"))
_PRONOUNS: Final = frozenset(("quella", "quello", "quelle", "quelli"))
_REFERRING: Final = frozenset(("a", "di", "che", "da", "con"))
_DEGREES: Final = (["piu"], ["meno"])
_THAN: Final = (("del",), ("che", "nel"), ("che", "nell'"), ("che",))
_SPANNING: Final = (
    (frozenset(("tra", "fra")), frozenset(("e", "ed"))),
    (frozenset(("dal", "da", "dall'")), frozenset(("al", "a", "all'"))),
)
_SAME: Final = frozenset(("stesso", "medesimo"))
_SPAN_NOUNS: Final = frozenset(("periodo", "arco", "decennio", "quadriennio", "triennio", "intervallo"))
_DURING: Final = frozenset(("nel", "durante", "nell'ultimo", "ultimo"))
_DECADE: Final = 10
"""A run of so many years goes from a year to the same of the decade after; shorter ones count both ends."""
_ASIDE_WITHIN: Final = 4
_BEFORE: Final = frozenset(("precedente", "prima", "scorso", "passato", "precedenti", "addietro"))


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year, or a span of years, from word ``at`` to ``end``; ``back`` counts years back ("l'anno precedente": 1) instead.

    ``all_before``: every earlier year ("rispetto agli anni precedenti"); ``base``: the year that others are compared with.
    ``aside``: the year of an earlier change alone ("dopo l'aumento del 2022").
    """

    at: int
    end: int
    first: int = 0
    last: int = 0
    back: int = 0
    all_before: bool = False
    base: bool = False
    step: bool = False
    aside: bool = False


def find_years(words: Sequence[Word]) -> list[YearMention]:
    """The years of a sentence, in order."""
    found: list[YearMention] = []
    at = 0
    while at < len(words):
        year = _year_at(words, at) or _same_span(words, at, found)
        if year is not None:
            behind = _since_the_comma(words[max(at - 7, found[-1].end + 1 if found else 0, 0) : at])
            base = year.first == year.last and _is_base([word.folded for word in behind])
            aside = _is_aside([word.folded for word in behind])
            year = replace(year, base=base or year.all_before or bool(year.back) or year.step, aside=aside)
            found.append(year)
            at = year.end
        at += 1
    return found


def _same_span(words: Sequence[Word], at: int, found: Sequence[YearMention]) -> YearMention | None:
    """The span of the years said before: "da 194 del 2013 a 309 del 2023, … nello stesso periodo"."""
    folded = [word.folded for word in words[at : at + 2]]
    told = [year for year in found if year.first and not year.aside]
    if len(folded) < 2 or folded[0] not in _SAME or folded[1] not in _SPAN_NOUNS or not told:
        return None
    first, last = min(year.first for year in told), max(year.last for year in told)
    return YearMention(at, at + 1, first, last) if first < last else None


def _since_the_comma(words: Sequence[Word]) -> Sequence[Word]:
    """The words after the last comma."""
    last = max((at for at, word in enumerate(words) if word.text in (",", ";", ":")), default=-1)
    return words[last + 1 :]


def _is_base(behind: Sequence[str]) -> bool:
    """Whether the words before a year make it the one that others are compared with: "rispetto al", "in più del"."""
    linked = any(word in _BASE_LINKS for word in behind[-2:])
    compared = any(tuple(behind[-len(than) :]) == than and behind[-len(than) - 1 :][:1] in _DEGREES for than in _THAN)
    if len(behind) > 2 and behind[-1] in _LINKED and behind[-2] in _PRONOUNS and behind[-3] in _REFERRING:
        return True
    said = any(word in BASE_WORDS and (word != "rapporto" or behind[at - 1 : at] == ["in"]) for at, word in enumerate(behind))
    return linked or compared or said


def _is_aside(behind: Sequence[str]) -> bool:
    """Whether the words before a year speak of a change before the one told: "dopo l'aumento del"."""
    return "dopo" in behind[-_ASIDE_WITHIN:] and len(behind) > 1 and change_of(behind[-2]) is not None


def _year_at(words: Sequence[Word], at: int) -> YearMention | None:
    word = words[at]
    following = [after.folded for after in words[at + 1 : at + 3]]
    if word.is_number and _YEAR.fullmatch(word.text) and not (following[:1] and following[0] in SCALES):
        until = _span_end(words, at)
        if until is not None:
            return YearMention(at, until, int(word.text), int(words[until].text))
        spans = len(following) == 2 and words[at + 1].text in "-–/" and _YEAR.fullmatch(words[at + 2].text)
        last = at + 2 if spans else at
        return YearMention(at, last, int(word.text), int(words[last].text))
    if following[:1] and following[0] in _BEFORE:
        return _counted_back(words, at)
    return _within(words, at, following)


def _within(words: Sequence[Word], at: int, following: Sequence[str]) -> YearMention | None:
    """The first year of a run that goes to the last there is: "nel triennio", not one whose years are told."""
    told = any(_YEAR.fullmatch(word) for word in following) or following[:1] == ["successivo"]
    years = SPANS.get(words[at].folded, 0)
    if not at or words[at - 1].folded not in _DURING or told or not years:
        return None
    return YearMention(at, at, back=years if years == _DECADE else years - 1)


def _span_end(words: Sequence[Word], at: int) -> int | None:
    """Where the span of years that begins here ends: "tra il 2013 e il 2023", "dal 2013 al 2023"."""
    before = {word.folded for word in words[max(at - 2, 0) : at]}
    for opening, link in _SPANNING:
        if before & opening:
            for end in range(at + 2, min(at + 4, len(words))):
                if words[at + 1].folded in link and words[end].is_number and _YEAR.fullmatch(words[end].text):
                    return end
    return None


def _counted_back(words: Sequence[Word], at: int) -> YearMention | None:
    """Years said by their distance: "l'anno precedente", "due anni prima", "gli anni precedenti" and the like."""
    folded = words[at].folded
    if folded in ("anni", "annualita"):
        count = NUMBER_WORDS.get(words[at - 1].folded) if at else None
        counted = count is not None and words[at + 1].folded in ("prima", "addietro")
        return YearMention(at - 1, at + 1, back=count or 0) if counted else YearMention(at, at + 1, all_before=True)
    if folded == "anno" or folded in SPANS:
        return YearMention(at, at + 1, back=SPANS.get(folded, 1))
    return YearMention(at, at + 1, step=True) if folded in ("periodo", "rilevazione", "dato") else None

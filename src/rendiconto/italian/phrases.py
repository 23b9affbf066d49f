"""Noun phrases and what goes before them: articles, articulated prepositions, elision, agreement, lists.

A noun phrase is declared with its article, "le domande di NASpI accolte": gender and number follow from it. Before a figure the
article goes by how the figure is said: "lo 0,4%", "l'8,1%", "il 3,3%".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from babel.lists import format_list


class Gender(StrEnum):
    """Grammatical gender."""

    MASCULINE = "m"
    FEMININE = "f"


_ARTICLES: Final = {
    "il": (Gender.MASCULINE, False),
    "lo": (Gender.MASCULINE, False),
    "la": (Gender.FEMININE, False),
    "i": (Gender.MASCULINE, True),
    "gli": (Gender.MASCULINE, True),
    "le": (Gender.FEMININE, True),
}
_STEMS: Final = {"di": "de", "a": "a", "da": "da", "in": "ne", "su": "su"}
_JOINED: Final = {"il": "l", "lo": "llo", "l'": "ll'", "la": "lla", "i": "i", "gli": "gli", "le": "lle"}
_EIGHTS: Final = ("8",)


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """An article and what it stands before, with gender and number."""

    article: str
    noun: str
    gender: Gender
    plural: bool

    @property
    def definite(self) -> str:
        """``le domande di NASpI``, ``l'età media``."""
        return join_article(self.article, self.noun)

    def after(self, preposition: str) -> str:
        """With an articulated preposition: ``delle domande``, ``all'età media``; others stand apart ("per le domande")."""
        return articulate(preposition, self.article, self.noun)

    def agree(self, stem: str) -> str:
        """An adjective or participle in -o ("invariat") or -e/-i ("stabil", given as ``stabil-``) with its ending."""
        if stem.endswith("-"):
            return stem[:-1] + ("i" if self.plural else "e")
        endings = {(False, False): "o", (False, True): "i", (True, False): "a", (True, True): "e"}
        return stem + endings[self.gender is Gender.FEMININE, self.plural]

    def verb(self, singular: str, plural: str) -> str:
        """The form of a verb that goes with it."""
        return plural if self.plural else singular


def parse_noun_phrase(text: str, gender: Gender | None = None) -> NounPhrase:
    """A noun phrase as declared; "l'" leaves the gender open and asks for ``gender``.

    Raises ``ValueError`` where there is no article, or no gender.
    """
    if text.startswith("l'"):
        if gender is None:
            raise ValueError(f"{text!r} needs a gender, m or f: l' is said of both")
        return NounPhrase("l'", text[2:], gender, plural=False)
    article, _, noun = text.partition(" ")
    if article not in _ARTICLES or not noun:
        raise ValueError(f"{text!r} must begin with its article (il, lo, la, l', i, gli, le)")
    own, plural = _ARTICLES[article]
    return NounPhrase(article, noun, own, plural)


def join_article(article: str, noun: str) -> str:
    """An article before its noun: ``la provincia``, ``l'età``."""
    return article + noun if article.endswith("'") else f"{article} {noun}"


def articulate(preposition: str, article: str, rest: str) -> str:
    """A preposition before an article and its noun: ``di + le domande`` is ``delle domande``."""
    if preposition not in _STEMS:
        return f"{preposition} {join_article(article, rest)}"
    joined = _STEMS[preposition] + _JOINED[article]
    return joined + rest if joined.endswith("'") else f"{joined} {rest}"


def article_of_figure(shown: str) -> str:
    """The article before a printed figure, by how it is said: ``lo`` (zero), ``l'`` (uno, otto, undici, ottanta …), ``il``."""
    digits = shown.lstrip("+-−")
    whole = digits.partition(",")[0].rstrip("%").strip()
    first = whole.split(".")[0]
    if first == "0":
        return "lo"
    thousands = "." in whole
    elided = first.startswith(_EIGHTS) or first == "11" or (first == "1" and not thousands)
    return "l'" if elided else "il"


def before_figure(preposition: str, shown: str) -> str:
    """A figure with its articulated preposition: ``del 3,3%``, ``dell'8,1%``, ``allo 0,4%``."""
    return articulate(preposition, article_of_figure(shown), shown)


def definite_figure(shown: str) -> str:
    """A figure with its article: ``il 3,3%``, ``l'8,1%``, ``lo 0,4%``."""
    return join_article(article_of_figure(shown), shown)


@cache
def ordinal(number: int, *, feminine: bool = False) -> str:
    """An ordinal in letters to ten ("terzo"), in figures beyond ("12°")."""
    words = ("primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono", "decimo")
    if 1 <= number <= len(words):
        return words[number - 1][:-1] + ("a" if feminine else "o")
    return f"{number}{'ª' if feminine else '°'}"


def at_place(number: int) -> str:
    """``al terzo posto``, ``all'ottavo posto``, ``all'11° posto``."""
    word = ordinal(number)
    elided = word[0] in "aeiou" or (word[0].isdigit() and article_of_figure(word.rstrip("°")) == "l'")
    place = articulate("a", "l'" if elided else "il", word)
    return f"{place} posto"


def listed(items: Sequence[str]) -> str:
    """Items in a row: ``a, b e c``."""
    return format_list(list(items), locale="it")


def capitalised(text: str) -> str:
    """A text with its first letter a capital, the rest as it is."""
    return text[:1].upper() + text[1:]

"""The words of a text, so that "Domande di NASpI" and ``domande_naspi`` are alike: folded, without endings or small words."""

import re
from functools import lru_cache

from rendiconto.italian.sorting import fold_words

YEAR_WORD = re.compile(r"(?:19|20)\d\d")
TABLE = re.compile(r"\b(?:tav(?:ola|\.)?|table)[\s_]*T?(\d{1,2})\b", re.IGNORECASE)
TOTAL_WORDS = frozenset(("total", "tot", "complessiv", "compless", "general", "t"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_SIGNS = {"%": " percent ", "+": " plus ", "<": " lt ", ">": " gt ", "≥": " gt ", "≤": " lt ", "€": " euro "}
_SMALL_WORDS = """
a ad ai al alla alle allo agli anno anni annuale annuali attuale che chi ci col con da dai dal dalla
dalle dallo dati de degli dei del dell della delle dello di due e ed gennaio dicembre gli grafico i
il in kpi l la le lo n nd nei nel nell nella nelle negli no non numero o ogni per se serie si sono
su sul sulla sulle tabella tavola tra fra trend un una uno valore valori dato andamento confronto
the of and by in for number
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_MODIFYING = """
percent percentual pct perc quot variazion var incidenz med indic tass differenz delta rank
graduator posizion stim obiettiv target prevision budget sald rapport ratio import euro speranz pro
capit margin error
"""
MODIFIERS = frozenset(_MODIFYING.split())
"""Words that make another measure of an indicator: where a cube does not have one, its figures are not meant."""
_ALIKE = {"medi": "med", "mila": "mil", "uomo": "uomin", "nati": "nascit", "nato": "nascit"}
_SHORTEST = 5
_LONGEST = 400
"""Letters of a text that are looked at: a label is shorter."""
_SCALES = {
    "migl": 1_000,
    "mil": 1_000,
    "mln": 1_000_000,
    "milion": 1_000_000,
    "mld": 1_000_000_000,
    "miliard": 1_000_000_000,
}


@lru_cache(maxsize=1 << 16)
def words_of(text: str) -> tuple[str, ...]:
    """The words that say something, in order: folded, shorn of their last vowels; years, small words, numbers of tables out."""
    return tuple(_stem(word) for word in _plain(TABLE.sub(" ", text)) if word not in _SMALL and not YEAR_WORD.fullmatch(word))


@lru_cache(maxsize=1 << 16)
def spelled_words(text: str) -> tuple[str, ...]:
    """All words, folded, endings kept: for names of places."""
    return _plain(text)


def scale_of(words: frozenset[str]) -> int:
    """What a text says its figures are in: 1000 for "migliaia", 1 for nothing."""
    return next((scale for word, scale in _SCALES.items() if word in words), 1)


def scale_words() -> frozenset[str]:
    """The words of scales, as ``words_of`` gives them."""
    return frozenset(_SCALES)


def _plain(text: str) -> tuple[str, ...]:
    text = text[:_LONGEST]
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    return tuple(fold_words(_CAMEL.sub(" ", text)).split())


def _stem(word: str) -> str:
    if word in _ALIKE:
        return _ALIKE[word]
    # Words of four letters are mostly names of schemes: CIGO is not CIG.
    return word if len(word) <= _SHORTEST - 1 or len(word.rstrip("aeio")) < 3 else word.rstrip("aeio")

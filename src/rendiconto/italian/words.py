"""Running Italian as words and sentences, each with its place in the text.

Words are compared by stem: without accents, capitals and the vowel that marks gender and number ("domande accolte",
"domanda accolta"). An elided article stands apart from its word.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

_TOKEN: Final = re.compile(
    r"(?P<number>(?<!\w)(?<!\d[.,])[-−+]?\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*['’]?)"
    r"|(?P<mark>[^\w\s])|(?P<rest>\w+)"
)
_ABBREVIATIONS: Final = frozenset(
    (
        *("n", "nn", "nr", "art", "artt", "l", "lett", "c", "d", "cd", "cfr", "es", "pag", "co", "vs"),
        *("sig", "sigg", "dott", "prof", "avv", "ing", "geom", "pens", "suppl", "amm"),
    )
)
_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"”»)’]*(?=\s+[\"“«(]?[A-ZÀ-Ú0-9]|\s*$)|\n\s*\n|(?<=[.;:])\s*\n(?=\s*[-•*]\s)")
_SHORTEST_STEM: Final = 3
_LONGEST_ACRONYM: Final = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark: as written, where (character offsets), folded, and its stem."""

    text: str
    start: int
    end: int
    folded: str
    stem: str
    is_number: bool = False
    is_mark: bool = False


@lru_cache(maxsize=50_000)
def fold_word(text: str) -> str:
    """One word without accents and capitals."""
    bare = "".join(character for character in normalize("NFKD", text) if not combining(character))
    return bare.casefold().replace("’", "'")


@lru_cache(maxsize=50_000)
def stem_word(folded: str) -> str:
    """What a word shares with its plural and its other gender ("pensioni", "pensione": "pension")."""
    stem = folded.rstrip("aeiou")
    if len(stem) < _SHORTEST_STEM:
        return folded
    return stem.removesuffix("h") if len(stem) > _SHORTEST_STEM + 1 else stem


def _is_acronym(text: str) -> bool:
    """Whether a word is an acronym, whose last vowel is no ending: "CIGO" is not "CIG"."""
    return text.isupper() and 1 < len(text) <= _LONGEST_ACRONYM


def split_words(text: str, offset: int = 0) -> tuple[Word, ...]:
    """The words, numbers and marks of a text; ``offset`` is added to their places."""
    words = []
    for match in _TOKEN.finditer(text):
        folded = fold_word(match[0])
        number, mark = match["number"] is not None, match["mark"] is not None
        as_it_is = number or mark or _is_acronym(match[0])
        stem = folded if as_it_is else stem_word(folded.removesuffix("'"))
        words.append(Word(match[0], offset + match.start(), offset + match.end(), folded, stem, number, mark))
    return tuple(words)


def split_sentences(text: str, offset: int = 0) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends; a full stop after an abbreviation ("n. 12", "art. 3") ends none."""
    spans = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        before = re.search(r"([^\W\d_]+)\.$", text[start : match.start() + 1])
        if match[0].startswith(".") and before and before[1].casefold() in _ABBREVIATIONS:
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    trimmed = []
    for begin, end in spans:
        inner = text[begin:end]
        lead, tail = len(inner) - len(inner.lstrip()), len(inner) - len(inner.rstrip())
        if inner.strip():
            trimmed.append((offset + begin + lead, offset + end - tail))
    return tuple(trimmed)

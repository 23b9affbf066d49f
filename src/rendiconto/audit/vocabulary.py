"""What prose may be speaking of: the catalogue's terms found in a sentence, and the words that narrow them down.

A term is found where all its words stand close together, in any order and form ("le domande di NASpI accolte"). Of terms that
overlap the longest counts: "importo medio delle pensioni vigenti" is no "pensioni vigenti".
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rendiconto.catalogue.declarations import Catalogue, Codelist
from rendiconto.italian.lexicon import OF, SCALES, change_of
from rendiconto.italian.words import Word, split_words

FUNCTION_WORDS: Final = frozenset(
    (
        *("a", "ad", "ai", "agli", "al", "all", "alla", "alle", "allo", "che", "con", "d", "da", "dai", "dagli", "dal", "dall"),
        *("dalla", "dalle", "dallo", "de", "degli", "dei", "del", "dell", "della", "delle", "dello", "di", "e", "ed", "gli"),
        *("i", "il", "in", "la", "le", "lo", "l", "nei", "negli", "nel", "nell", "nella", "nelle", "nello", "o", "per", "si"),
        *("su", "sugli", "sui", "sul", "sull", "sulla", "sulle", "tra", "fra", "un", "una", "uno", "sono"),
    )
)
_YEAR_DIGITS: Final = 4
_MONTHS: Final = frozenset(("gennaio", "dicembre"))
_LONGEST: Final = 4
_SLACK: Final = 3
_TOTAL: Final = ("total",)
_NO_THINGS: Final = ("cifre", "dati", "commento")
_THINGS: Final = (
    *("unità", "casi", "persone", "soggetti", "utenti", "cittadini", "punti", "giorni", "giornate", "anni", "mesi", "euro"),
    *("milioni", "miliardi", "migliaia", "pratiche", "istanze", "richieste", "posizioni", "quelli", "quelle", "importi"),
)
_CLOSE: Final = 2
_LINKS: Final = OF | {"ai", "agli", "alle", "al"}
_JOINING: Final = frozenset(("e", "ed", ",", "o"))
_STOPS: Final = frozenset(";:!?")


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase of the catalogue: its words as stems, the cubes it may mean, the codes that it says."""

    stems: tuple[str, ...]
    cubes: tuple[str, ...]
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A term found among the words of a sentence, from ``first`` to ``last`` (both included).

    ``weight`` grows with the words of the term.
    ``antecedent`` is the first word of the term that a pronoun takes up ("quelle a tempo determinato").
    """

    first: int
    last: int
    cubes: tuple[str, ...]
    codes: Mapping[str, str]
    weight: int = 1
    stems: tuple[str, ...] = ()
    antecedent: int | None = None


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A code of a codelist named by words from ``first`` to ``last``."""

    first: int
    last: int
    codelist: str
    code: str
    stems: tuple[str, ...] = ()


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of a phrase without articles and prepositions; one that begins with "=" is a word to be met as it is."""
    if text.startswith("="):
        return (text,)
    return tuple(
        word.stem for word in split_words(text) if not word.is_mark and word.folded.removesuffix("'") not in FUNCTION_WORDS
    )


class Vocabulary:
    """The terms of a catalogue, ready to be found."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        found: dict[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], list[str]] = defaultdict(list)
        for cube in catalogue.cubes.values():
            for text in cube.terms:
                found[content_stems(text), ()].append(cube.name)
            for text, codes in cube.terms_at.items():
                found[content_stems(text), tuple(codes.items())].append(cube.name)
        for topic in catalogue.topics:
            found[content_stems(topic.noun.noun), tuple(topic.fix.items())].append(topic.cube.name)
        self.terms = sorted(
            (Term(stems, tuple(dict.fromkeys(cubes)), codes) for (stems, codes), cubes in found.items() if stems),
            key=lambda term: (-len(term.stems), term.stems),
        )
        self._whole: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for term in self.terms:
            self._whole[tuple(sorted(term.stems))].update(term.cubes)
        self.counted = _counted_stems(catalogue, self.terms)
        self.codes = {name: tuple(_code_phrases(codelist)) for name, codelist in catalogue.codelists.items()}

    def mentions(self, words: Sequence[Word], codes: Mapping[str, Sequence[CodeMention]]) -> list[Mention]:
        """The terms in a sentence, in its order, without those that stand within longer ones or only narrow another down.

        ``codes`` are those that the sentence names, by codelist.
        """
        there = _keys(words)
        found = [mention for term in self.terms if there.issuperset(term.stems) for mention in _find_term(term, words)]
        found.sort(key=lambda mention: (-mention.weight, mention.last - mention.first, mention.first))
        kept: list[Mention] = []
        for mention in found:
            rivals = [other for other in kept if other.first <= mention.last and mention.first <= other.last]
            same = next(
                (o for o in rivals if (o.first, o.last, o.weight) == (mention.first, mention.last, mention.weight)), None
            )
            if same is not None:
                kept[kept.index(same)] = replace(same, cubes=tuple(dict.fromkeys((*same.cubes, *mention.cubes))))
            elif not rivals:
                kept.append(mention)
        kept.sort(key=lambda mention: mention.first)
        return [
            mention for at, mention in enumerate(kept) if not any(self._narrows(mention, b, words, codes) for b in kept[:at])
        ]

    def _narrows(
        self, mention: Mention, before: Mention, words: Sequence[Word], codes: Mapping[str, Sequence[CodeMention]]
    ) -> bool:
        """Whether a term only names a code of one before: "pensioni del fondo pensioni lavoratori dipendenti"."""
        between = words[before.last + 1 : mention.first]
        linked = 0 < len(between) <= _CLOSE and between[0].folded.removesuffix("'") in _LINKS
        cubes = (self.catalogue.cubes[name] for name in before.cubes)
        codelists = {d.codelist.name for cube in cubes for d in cube.dimensions if d.codelist is not None}
        for code in (code for name in codelists for code in codes.get(name, ())):
            covers = before.last < code.first <= mention.first and mention.last <= code.last
            longer = code.last - code.first > mention.last - mention.first
            if covers and (longer or linked):
                return True
        return False

    def counted_at(self, words: Sequence[Word], at: int) -> frozenset[str]:
        """The cubes of the longest term of several words that stands whole from a word on: "giudizi definiti"."""
        for length in range(_LONGEST, 1, -1):
            cubes = self._whole.get(tuple(sorted(word.stem for word in words[at : at + length])))
            if cubes:
                return frozenset(cubes)
        return frozenset()

    def term_between(self, before: set[str], following: set[str]) -> Term | None:
        """The longest term that has words of one before and new ones after it, and no others: "quelli per sospensione"."""
        new = following - before
        fitting = (t for t in self.terms if new & set(t.stems) and before & set(t.stems) and set(t.stems) <= before | following)
        return next(fitting, None)

    def code_mentions(self, words: Sequence[Word], placed: AbstractSet[int] = frozenset()) -> dict[str, list[CodeMention]]:
        """The codes that a sentence names, by codelist; the longest phrases count where they overlap.

        Words that are ``placed`` say a territory: "la media italiana" is no citizenship.
        """
        there = _keys(words)
        named = {name: _find_codes(phrases, name, words, there) for name, phrases in self.codes.items()}
        found = {
            name: [code for code in codes if not placed >= set(range(code.first, code.last + 1))]
            for name, codes in named.items()
        }
        return {name: codes for name, codes in found.items() if codes}


def _counted_stems(catalogue: Catalogue, terms: Sequence[Term]) -> frozenset[str]:
    """The words for what a report counts: those of its terms, titles, codes and units, and words for things in general."""
    texts = [cube.title for cube in catalogue.cubes.values()] + [unit.title for unit in catalogue.units.values()]
    texts += [
        text for codelist in catalogue.codelists.values() for c in codelist.codes.values() for text in (c.label, *c.terms)
    ]
    stems = {stem for text in texts for stem in content_stems(text)} | {stem for term in terms for stem in term.stems}
    return frozenset((stems | {content_stems(word)[0] for word in _THINGS}) - {content_stems(word)[0] for word in _NO_THINGS})


def _code_phrases(codelist: Codelist) -> Iterator[tuple[tuple[str, ...], str]]:
    for code in codelist.codes.values():
        if code.code == codelist.total:
            continue
        for text in dict.fromkeys((code.label, *code.aliases, *code.terms)):
            stems = content_stems(text)
            if stems and stems != _TOTAL and not (len(stems) == 1 and stems[0].isdecimal()):
                yield stems, code.code


def _find_codes(
    phrases: Sequence[tuple[tuple[str, ...], str]], codelist: str, words: Sequence[Word], there: AbstractSet[str]
) -> list[CodeMention]:
    found: list[CodeMention] = []
    for stems, code in sorted((p for p in phrases if there >= set(p[0])), key=lambda phrase: -len(phrase[0])):
        for first, last in _windows(stems, words, slack=1, ordered=True):
            gap = [word for word in words[first : last + 1] if not any(_is_met(stem, word) for stem in stems)]
            others = any(not word.is_mark and word.folded.removesuffix("'") not in FUNCTION_WORDS for word in gap)
            if not (others and any(word.folded in _JOINING for word in gap)) and not any(
                other.first <= last and first <= other.last for other in found
            ):
                found.append(CodeMention(first, last, codelist, code, stems))
    return sorted(found, key=lambda mention: mention.first)


def _find_term(term: Term, words: Sequence[Word]) -> Iterator[Mention]:
    for first, last in _windows(term.stems, words, slack=_SLACK + len(term.stems), ordered=False):
        exact = sum(stem[0] == "=" for stem in term.stems)
        commas = sum(word.text in ",()%" for word in words[first : last + 1])
        inside = words[first : last + 1]
        turns = sum(change_of(word.folded) is not None and word.stem not in term.stems for word in inside)
        breaks = commas + sum(a.folded in ("e", "ed") and b.folded in ("un", "una") for a, b in pairwise(inside))
        breaks += sum(_counts_another(term, word, after) for word, after in pairwise(inside))
        breaks += max(sum(_is_count(term, word, after) for word, after in pairwise(inside)) - 1, 0)
        weight = 2 * len(term.stems) - 3 * breaks - turns + exact
        yield Mention(first, last, term.cubes, dict(term.codes), weight, term.stems)


def _counts_another(term: Term, word: Word, after: Word) -> bool:
    """Whether a number among the words of a term counts another thing: "al 31 dicembre 8 giudizi definiti e 17 pendenti"."""
    scaled = after.is_number or after.folded in SCALES
    return word.is_number and not scaled and _is_content(after) and not {word.stem, after.stem} & set(term.stems)


def _is_count(term: Term, word: Word, after: Word) -> bool:
    """Whether a number among the words of a term is a figure, no day or year."""
    dated = len(word.text) == _YEAR_DIGITS or after.is_number or after.folded in _MONTHS
    return word.is_number and word.stem not in term.stems and not dated


def _is_content(word: Word) -> bool:
    return not word.is_mark and word.folded.removesuffix("'") not in FUNCTION_WORDS


def _windows(stems: tuple[str, ...], words: Sequence[Word], *, slack: int, ordered: bool) -> Iterator[tuple[int, int]]:
    """The shortest runs of words that have all the stems, with at most ``slack`` other words of meaning among them."""
    starts = [at for at, word in enumerate(words) if any(_is_met(stem, word) for stem in stems)]
    taken = -1
    for start in starts:
        if start <= taken or (ordered and not _is_met(stems[0], words[start])):
            continue
        end = _closing(stems, words, start, slack, ordered=ordered)
        if end is not None and _is_shortest(stems, words, start, end):
            yield start, end
            taken = end


def _closing(stems: tuple[str, ...], words: Sequence[Word], start: int, slack: int, *, ordered: bool) -> int | None:
    left = list(stems)
    others = 0
    for at in range(start, len(words)):
        word = words[at]
        hit = next((stem for stem in (left[:1] if ordered else left) if _is_met(stem, word)), None)
        if hit is not None:
            left.remove(hit)
            if not left:
                return at
        elif word.is_mark and word.text in _STOPS:
            return None
        elif not word.is_mark and word.folded.removesuffix("'") not in FUNCTION_WORDS:
            others += 1
            if others > slack:
                return None
    return None


def _keys(words: Sequence[Word]) -> set[str]:
    """All that the words of a sentence can meet."""
    return {key for word in words for key in (word.stem, f"={word.folded}")}


def _is_met(stem: str, word: Word) -> bool:
    """Whether a word is one of a phrase: by its stem, or as it is written."""
    return word.stem == stem or (stem[0] == "=" and word.folded == stem[1:])


def _is_shortest(stems: tuple[str, ...], words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the window does not hold a shorter one that begins later with the same word."""
    return not any(words[at].stem == words[start].stem for at in range(start + 1, end)) or len(stems) == 1


@lru_cache(maxsize=4)
def load_vocabulary(catalogue: Catalogue) -> Vocabulary:
    """The vocabulary of a catalogue, made once."""
    return Vocabulary(catalogue)

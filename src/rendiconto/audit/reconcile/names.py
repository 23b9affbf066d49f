"""What cubes are called: the phrases that may name each, and how well a text of others does."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log

from rendiconto.audit.reconcile.words import MODIFIERS, scale_words, words_of
from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.expansion import part_cubes

Words = frozenset[str]

_OWN, _SHARED, _LABEL = 1.0, 0.8, 0.85
"""How far a phrase names the cube: its own title and terms; the title of a table that prints it; a label over columns."""
_UNKNOWN = 2.0
"""The weight of a word that no cube has."""
_PUBLISHER, _SLIGHT = "inps", 0.2
"""All figures are of INPS: that they are hardly tells one from another."""
_MANY = 5
"""Cubes that share a codelist of everyday words."""
_ONLY_CODED = 0.85
"""How far a cube is named by words that are labels of its codes."""
_PERCENT = ("percentuale", "quota", "tasso", "incidenza", "%", "pct", "perc")
_PERCENT_WORDS = frozenset(word for text in _PERCENT for word in words_of(text))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a cube, and how far."""

    words: Words
    factor: float


@dataclass(frozen=True)
class CubeNames:
    """The phrases of a cube, and all words that may stand beside them: of its perimeter, unit, tables and chapters."""

    cube: Cube
    phrases: tuple[Phrase, ...]
    vocabulary: Words
    tables: frozenset[str]
    share: bool

    def says_other(self, words: Words) -> bool:
        """Whether this is a share or a rate, and the words are of none."""
        return self.share and not words & _PERCENT_WORDS

    @cached_property
    def own(self) -> Words:
        """The words of its phrases."""
        return frozenset().union(*(phrase.words for phrase in self.phrases))


@dataclass(frozen=True)
class Names:
    """The names of all cubes.

    ``distinctions`` are the words of codes: what tells figures of an indicator apart; ``everyday`` those of codelists that many
    cubes have ("femmine"), which name none.
    """

    cubes: Mapping[str, CubeNames]
    weights: Mapping[str, float]
    distinctions: Words
    everyday: Words

    def weight(self, words: Iterable[str]) -> float:
        """How much words say: rare ones more."""
        return sum(self.weights.get(word, _UNKNOWN) for word in words)

    @cached_property
    def _by_word(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name, names in self.cubes.items():
            for word in names.own:
                found.setdefault(word, []).append(name)
        return {word: tuple(cubes) for word, cubes in found.items()}

    def sharing(self, words: Iterable[str]) -> tuple[str, ...]:
        """The cubes that have one of the words in a phrase, in the catalogue's order."""
        found = {name for word in words for name in self._by_word.get(word, ())}
        return tuple(name for name in self.cubes if name in found)

    @cached_property
    def _phrase_weights(self) -> dict[Words, float]:
        return {phrase.words: self.weight(phrase.words) for names in self.cubes.values() for phrase in names.phrases}

    def likeness(self, cube: str, words: Words, aside: Words = frozenset()) -> float:
        """How well words name a cube: 0 where they have nothing in common, 1 for one of its own phrases.

        Words set ``aside`` (they name a code) count only where the phrase has them.
        """
        best = 0.0
        for phrase in self.cubes[cube].phrases:
            common = words & phrase.words
            if common <= self.everyday:
                continue
            said = self.weight(words - (aside - phrase.words))
            known = self.weight(common)
            precision, recall = known / said, known / self._phrase_weights[phrase.words]
            factor = phrase.factor if common - aside else phrase.factor * _ONLY_CODED
            best = max(best, factor * 2 * precision * recall / (precision + recall))
        return best


@lru_cache(maxsize=4)
def derive_names(catalogue: Catalogue) -> Names:
    """The names that a catalogue gives its cubes."""
    printed = _printed(catalogue)
    distinctions = _words(code.label for codelist in catalogue.codelists.values() for code in codelist.codes.values())
    cubes = {
        name: _names(catalogue, cube, printed.get(name, ()), distinctions) for name, cube in sorted(catalogue.cubes.items())
    }
    counts = Counter(word for names in cubes.values() for word in names.own)
    weights = {word: 1 + log(len(cubes) / count) for word, count in counts.items()} | {_PUBLISHER: _SLIGHT}
    dimensions = (each for cube in catalogue.cubes.values() for each in cube.dimensions if each.codelist)
    uses = Counter(each.codelist.name for each in dimensions if each.codelist)
    common = (catalogue.codelists[name] for name, count in uses.items() if count >= _MANY)
    everyday = _words(code.label for codelist in common for code in codelist.codes.values())
    return Names(cubes, weights, distinctions, everyday)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A part that prints a cube."""

    chapter: str
    table: str
    titles: tuple[str, ...]


def _printed(catalogue: Catalogue) -> dict[str, tuple[_Printed, ...]]:
    found: dict[str, list[_Printed]] = {}
    for chapter in catalogue.chapters:
        for table in chapter.tables:
            for part in table.parts:
                entry = _Printed(chapter.title, table.number, (table.title, part.title, chapter.section_of(table)))
                for cube in part_cubes(part, catalogue):
                    found.setdefault(cube.name, []).append(entry)
    return {name: tuple(entries) for name, entries in found.items()}


def _names(catalogue: Catalogue, cube: Cube, printed: tuple[_Printed, ...], distinctions: Words) -> CubeNames:
    said = [(cube.name, _OWN), (cube.title, _OWN), *((term, _OWN) for term in cube.terms), (cube.label, _LABEL)]
    unit = catalogue.units[cube.unit]
    percent = _PERCENT if unit.label == "%" else ()
    # A table titled "number and mean amount" prints numbers too: only its own name makes a cube one of means.
    others = MODIFIERS - _words([*(text for text, _ in said), *percent])
    said += [(title, _SHARED) for entry in printed for title in entry.titles[:2]]
    phrases: dict[Words, float] = {}
    for text, factor in said:
        words = frozenset(words_of(text)) - others
        if words:
            phrases[words] = max(factor, phrases.get(words, 0.0))
    titles = [title for entry in printed for title in (entry.chapter, *entry.titles)]
    titles += [dimension.title for dimension in cube.dimensions]
    beside = [cube.perimeter, unit.label, unit.title, *percent, "INPS"]
    known = (_words(titles) - others) | (_words(beside) - distinctions) | scale_words()
    return CubeNames(
        cube,
        tuple(Phrase(words, factor) for words, factor in phrases.items()),
        known.union(*phrases),
        frozenset(entry.table for entry in printed),
        bool(percent),
    )


def _words(texts: Iterable[str]) -> Words:
    return frozenset(word for text in texts for word in words_of(text))

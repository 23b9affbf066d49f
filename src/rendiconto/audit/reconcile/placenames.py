"""Names of territories within texts: "NASpI Massa-Carrara 2024", ``naspi_toscana``, "media nazionale"."""

from functools import lru_cache

from rendiconto.audit.reconcile.words import spelled_words, words_of
from rendiconto.territory import Gazetteer, Territory

_RELATIVE = {
    "provincia": "self",
    "provinciale": "self",
    "regione": "region",
    "regionale": "region",
    "nazionale": "country",
    "nazione": "country",
}
_LONGEST_NAME = 6
_LONGEST_RELATIVE = 5
_ORDINARY = frozenset(("como", "potenza", "enna"))
"""Names that are words too: places only where they stand alone."""


class PlaceNames:
    """Finds the territory that a text names; ``territory`` is what "provincia" stands for."""

    def __init__(self, year: int, territory: Territory) -> None:
        gazetteer = Gazetteer.load()
        self.year = year
        self.relative = {
            "self": territory.code,
            "region": gazetteer.region_of(territory, year).code,
            "country": gazetteer.country().code,
        }

    def find(self, text: str) -> tuple[str | None, frozenset[str]]:
        """The code of the one territory that a text names, and the words that do; None where it names none or several."""
        words = spelled_words(text)
        names = _names_in(self.year)
        found: dict[str, tuple[str, ...]] = {}
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                name = words[at : at + length]
                if name in names and (len(words) == length or name[0] not in _ORDINARY):
                    found.setdefault(names[name], name)
                    at += length - 1
                    break
            at += 1
        if len(found) == 1:
            code, name = next(iter(found.items()))
            beside = tuple(word for word in words if word in _RELATIVE)
            return code, frozenset(words_of(" ".join((*name, *beside))))
        # "Per provincia e regione" is how a title says what its rows are.
        said = {_RELATIVE[word] for word in words if word in _RELATIVE}
        if found or len(said) != 1 or "per" in words or len(words) > _LONGEST_RELATIVE:
            return None, frozenset()
        used = frozenset(words_of(" ".join(word for word in words if word in _RELATIVE)))
        return self.relative[said.pop()], used


@lru_cache(maxsize=4)
def _names_in(year: int) -> dict[tuple[str, ...], str]:
    """The names, not the codes nor the plates, of a year's territories: by their words."""
    named: dict[tuple[str, ...], str] = {}
    for unit in Gazetteer.load().all(year):
        for spelling in (unit.name, unit.slug, unit.title, unit.row_label, *unit.aliases):
            words = spelled_words(spelling)
            if words and len("".join(words)) > 3:
                named.setdefault(words, unit.code)
    return named

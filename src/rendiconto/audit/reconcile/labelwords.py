"""Labels of codes within texts: "assunzioni a tempo indeterminato", ``naspi_femmine``."""

from rendiconto.audit.reconcile.names import Words
from rendiconto.audit.reconcile.words import TOTAL_WORDS, words_of
from rendiconto.catalogue.declarations import Cube, Dimension

_SEXES = {
    "F": ("femminile", "donna", "female", "women", "woman", "f"),
    "M": ("maschile", "uomo", "uomini", "male", "men", "man", "m"),
}
_SHORTEST_CODE = 3

Found = tuple[tuple[str, ...], Words]
"""The code that a text says (none, or several of one label), and the words that say it."""
NOTHING: Found = ((), frozenset())


class LabelWords:
    """The words of the labels of one dimension of a cube."""

    def __init__(self, cube: Cube, dimension: Dimension) -> None:
        self.labels: list[tuple[Words, str]] = []
        codelist = dimension.codelist
        # A total is said by "totale" or by nothing; its own labels may be anything ("importo medio mensile").
        for code in (each for each in codelist.codes.values() if each.code != codelist.total) if codelist else ():
            spelled = [code.label, code.short, *code.aliases, cube.labels.get(code.code)]
            spelled += [code.code] if len(code.code) >= _SHORTEST_CODE else []
            spelled += _SEXES.get(code.code, ()) if dimension.name == "sex" else ()
            for text in spelled:
                words = frozenset(words_of(text or "")) - TOTAL_WORDS
                if words and (words, code.code) not in self.labels:
                    self.labels.append((words, code.code))

    def said_by(self, words: Words) -> Found:
        """The code that words alone say: in full, or the only one that they can mean."""
        found = self.in_full(words)
        return found if found[0] else self.in_part(words)

    def in_full(self, words: Words) -> Found:
        """The code (or codes) whose label is all among the words, the longer where one lies within another."""
        there = [(label, code) for label, code in self.labels if label <= words]
        longest = [(label, code) for label, code in there if not any(label < other for other, _ in there)]
        codes = dict.fromkeys(code for _, code in longest)
        said = {label for label, _ in longest}
        # Two labels say nothing; one that two codes share leaves open which.
        return (tuple(codes), frozenset().union(*said)) if len(codes) == 1 or len(said) == 1 else NOTHING

    def in_part(self, words: Words) -> Found:
        """The only code whose label has all the words."""
        codes = dict.fromkeys(code for label, code in self.labels if words and words <= label)
        return (tuple(codes), words) if len(codes) == 1 else NOTHING

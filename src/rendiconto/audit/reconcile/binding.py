"""Which figure of ours a record may be: cubes whose names fit its texts, and the key that the texts say.

Nothing is decided here that the texts do not decide: a record gets all the figures that it fits about as well, the best first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from rendiconto.address import CellRef
from rendiconto.audit.reconcile.explaining import Explained, Explainer
from rendiconto.audit.reconcile.names import CubeNames, Words, derive_names
from rendiconto.audit.reconcile.records import Record, Text
from rendiconto.audit.reconcile.words import TABLE, words_of
from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue
from rendiconto.catalogue.gridplan import Codes, plan_table
from rendiconto.check.evidence import Cell
from rendiconto.errors import RendicontoError
from rendiconto.territory import Gazetteer, Territory

THRESHOLD = 0.5
"""Likeness below which a text names no cube."""
MARGIN = 0.12
"""Cubes whose likeness is this near the best fit about as well."""
_EXACTLY = 0.03
"""The same where the best is a cube's own name and nothing else."""
_OPEN_KEYS = 8
_OTHER_TABLE = 0.6
_NO_SHARE = 0.85
"""How far a share is meant where nothing says that it is one."""
_JOINED = " / "
_NAMED = 0.95
"""Likeness from which on the nearest text names a cube by itself."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that a record may be.

    ``subject`` are the texts that name its cube, ``score`` how well (0 to 1); ``near`` if the nearest text does by itself.
    """

    cell: Cell
    score: float
    subject: tuple[str, ...] = ()
    near: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """The figures that a record may be, best first; none with the reason why."""

    candidates: tuple[Candidate, ...]
    reason: str = ""
    reason_it: str = ""


_UNNAMED = Bound((), "no indicator of ours fits it", "non corrisponde a nessun indicatore")
_OPEN = Bound((), "its texts leave open which figure it is", "i testi non dicono quale cifra sia")


def _split(texts: Iterable[Text]) -> Iterator[Text]:
    """Joined headings taken apart: "2024 / Femmine" are two texts, the nearer last."""
    for text in texts:
        pieces = [piece.strip() for piece in text.text.split(_JOINED)]
        yield from (Text(piece, text.name, text.weak) for piece in pieces if piece)


class Binder:
    """Binds the records of one file. ``title`` is what the file's name says of all its figures."""

    def __init__(self, catalogue: Catalogue, territory: Territory, title: str) -> None:
        self.catalogue = catalogue
        self.territory = territory
        self.title = Text(title)
        self.names = derive_names(catalogue)
        self.explainer = Explainer(catalogue, self.names, territory)
        self._known: dict[tuple[tuple[Text, ...], str], Bound] = {}
        self._plans: dict[tuple[str, str], dict[CellRef, Cell]] = {}

    def bind(self, record: Record) -> Bound:
        """The figures of ours that a record may be."""
        if record.ref:
            return self._at(record.ref)
        at = (tuple(_split(record.texts)), record.cube)
        if at not in self._known:
            self._known[at] = self._bind(*at)
        return self._known[at]

    def _at(self, text: str) -> Bound:
        """The figure that a cell ref addresses."""
        try:
            ref = CellRef.parse(text)
            table = self.catalogue.table(ref.table)
            territory = Gazetteer.load().find(ref.territory, self.catalogue.year)
        except RendicontoError as error:
            return Bound((), error.what, f"indirizzo di cella non valido: {text}")
        at = (table.number, territory.code)
        if at not in self._plans:
            self._plans[at] = {
                CellRef(table.number, plan.part.index, territory.slug, self.catalogue.year, row, column): (
                    cell.cube.name,
                    cell.codes,
                )
                for plan in plan_table(self.catalogue, table, territory)
                for row, line in enumerate(plan.cells)
                for column, cell in enumerate(line)
            }
        cell = self._plans[at].get(ref)
        if cell is None:
            return Bound((), f"there is no cell {text}", f"non c'è una cella {text}")
        return Bound((Candidate(cell, 1.0),))

    def _bind(self, texts: tuple[Text, ...], cube: str) -> Bound:
        if cube:
            if cube not in self.names.cubes:
                return Bound((), f"there is no cube {cube!r}", f"non c'è un insieme di dati {cube!r}")
            return self._contenders([self._candidates(self.names.cubes[cube], texts, given=True)])
        bound = self._contenders(self._all(texts))
        if not bound.candidates and self.names.sharing(words_of(self.title.text)):
            bound = self._contenders(self._all((self.title, *texts)))
        return bound

    def _all(self, texts: tuple[Text, ...]) -> list[list[Candidate]]:
        said = {word for text in texts if not text.weak for word in words_of(text.text)}
        return [self._candidates(self.names.cubes[name], texts) for name in self.names.sharing(sorted(said))]

    @staticmethod
    def _contenders(found: list[list[Candidate]]) -> Bound:
        """Of all candidates those that fit about as well as the best."""
        candidates = sorted((each for several in found for each in several), key=lambda each: -each.score)
        if not candidates or candidates[0].score < THRESHOLD:
            return _UNNAMED
        margin = _EXACTLY if candidates[0].score > 1 - _EXACTLY else MARGIN
        near = [each for each in candidates if each.near or each.score >= candidates[0].score - margin]
        return Bound(tuple(near)) if len(near) <= _OPEN_KEYS else _OPEN

    def _candidates(self, cube: CubeNames, texts: tuple[Text, ...], *, given: bool = False) -> list[Candidate]:
        """The keys of one cube that the texts may mean; none where they cannot be about it."""
        explained = [self.explainer.explain(cube, text) for text in texts]
        if not all(each.fits for each in explained):
            return []
        score, first = (1.0, 0) if given else self._score(cube, texts, explained)
        if score < THRESHOLD or (not given and self._astray(cube, texts, explained, first)):
            return []
        subject = tuple(
            text.text for text, each in zip(texts, explained, strict=True) if not text.weak and each.words & cube.own
        )
        near = not given and self._near(cube, texts, explained)
        return [Candidate((cube.cube.name, codes), score, subject, near) for codes in self._keys(cube, texts, explained)]

    def _score(self, cube: CubeNames, texts: tuple[Text, ...], explained: list[Explained]) -> tuple[float, int]:
        """How well the texts name the cube, and from which on they do: the nearest ones may do without the farther."""
        strong = [(at, each) for at, each in enumerate(explained) if not texts[at].weak]
        every = frozenset().union(*(each.words for _, each in strong))
        if not every:
            return 0.0, 0
        left = frozenset().union(*(each.left for _, each in strong))
        share = self.names.weight(every - left) / self.names.weight(every)
        words: Words = frozenset()
        coded: Words = frozenset()
        best, first = 0.0, len(texts)
        for at, each in reversed(strong):
            words, coded = words | each.words, coded | each.coded
            likeness = self.names.likeness(cube.cube.name, words, coded)
            if likeness > best + 1e-9:
                best, first = likeness, at
        best *= 0.7 + 0.3 * share
        if cube.says_other(every):
            best *= _NO_SHARE
        tables = {number for text in texts for number in TABLE.findall(text.text)}
        if tables and not tables & cube.tables:
            best *= _OTHER_TABLE
        return best, first

    def _near(self, cube: CubeNames, texts: tuple[Text, ...], explained: list[Explained]) -> bool:
        """Whether the nearest text that says something of an indicator names this one."""
        said = [each for text, each in zip(texts, explained, strict=True) if each.words and not text.weak]
        return bool(said) and self.names.likeness(cube.cube.name, said[-1].words, said[-1].coded) >= _NAMED

    @staticmethod
    def _astray(cube: CubeNames, texts: tuple[Text, ...], explained: list[Explained], first: int) -> bool:
        """Whether a text says that the figure is another: a measure, a group or a thing that the cube does not have."""
        for at, (text, each) in enumerate(zip(texts, explained, strict=True)):
            if text.weak or not each.left:
                continue
            nothing_else = each.left == each.words
            if each.stray and (at >= first or nothing_else):
                return True
            if at >= first and nothing_else and not each.words & cube.own:
                return True
        return False

    def _keys(self, cube: CubeNames, texts: tuple[Text, ...], explained: list[Explained]) -> list[Codes]:
        """The full keys that the texts say: the nearest text wins; the rest stands at self, the cube's year, the total."""
        said: dict[str, tuple[str, ...]] = {}
        for each in explained:
            said |= each.totals
        for weak in (True, False):
            for text, each in zip(texts, explained, strict=True):
                if text.weak is weak:
                    said |= each.codes
        options = []
        for dimension in cube.cube.dimensions:
            codes = said.get(dimension.name)
            if codes is None and dimension.name == TERRITORY:
                codes = (self.territory.code,)
            elif codes is None and dimension.name == PERIOD:
                codes = (str(self.catalogue.year + cube.cube.offset),)
            elif codes is None and dimension.codelist is not None and dimension.codelist.total is not None:
                codes = (dimension.codelist.total,)
            if not codes:
                return []
            total = None if dimension.codelist is None else dimension.codelist.total
            options.append(sorted(codes, key=lambda code: code != total))
        return [tuple(codes) for codes in islice(product(*options), _OPEN_KEYS)]

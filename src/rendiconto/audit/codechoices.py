"""Of which codes a figure or a turn of phrase may be, each choice with what it costs to think so."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rendiconto.audit.annotations import Sentence
from rendiconto.audit.attachment import NEARBY, REACH, REFERENCE, SHARED, Layout, Span, Spanned, left_out
from rendiconto.audit.vocabulary import CodeMention, Mention, content_stems
from rendiconto.catalogue.declarations import Dimension

_OPEN: Final = 1.0
"""The cost of a code that nobody names, where there is no total."""
_OTHERS: Final = 0.6
"""The cost of a code whose words name another subject too."""
_BETWEEN: Final = 3.0
"""The cost of a code beside a term where another of its kind stands between that and what is asked about."""
_TOPIC_LEFT: Final = 1.8
"""The cost of leaving out what the sentence opens with."""
_INHERITED: Final = 0.5
"""The cost of a code that a pronoun takes up with its term."""
_EACH: Final = frozenset(("ogni", "ciascuna", "ciascun", "ciascuno"))
_WHOLE: Final = frozenset(
    ("totale", "totali", "complesso", "complessivamente", "complessivo", "complessivi", "complessiva", "tutto")
)
_NEARER: Final = 0.1


class CodeChoice(NamedTuple):
    """A choice of codes of one dimension (None: the default), what it costs, and whether it is no guess."""

    dimension: str
    codes: tuple[str, ...] | None
    cost: float
    sure: bool


class CodeChoices:
    """Answers for one anchor of a sentence; ``joint`` and ``facing`` as `Candidates.subjects` has them."""

    def __init__(self, sentence: Sentence, layout: Layout, anchor: Spanned, *, joint: bool, facing: int | None) -> None:
        self.sentence = sentence
        self.layout = layout
        self.words = sentence.words
        self.anchor = anchor
        self._joint = joint
        self._facing = facing

    def of(self, dimension: Dimension, mention: Mention | None) -> list[CodeChoice]:
        """The codes that an anchor may be of, each with its cost and whether it is no guess; None is the default."""
        codelist = dimension.codelist
        assert codelist is not None
        if self._joint and self._says_all(dimension):
            plain = tuple(code.code for code in codelist.codes.values() if not code.sum and code.code != codelist.total)
            return [CodeChoice(dimension.name, plain, 0.0, sure=True)]
        named = self.sentence.codes.get(codelist.name, ())
        costs, inherited = self._costs(named, mention)
        topic = self.layout.open_topic(self.anchor, [(code.code, code.first) for code in named], costs)
        if self._joint and len(named) > 1:
            found = list(self._together(dimension.name, costs, named))
        else:
            found = [CodeChoice(dimension.name, (code,), cost, sure=True) for code, cost in costs.items()]
        if codelist.total is not None:
            nearest = min((cost for code, cost in costs.items() if code not in inherited), default=REACH)
            left = 0.0 if self._says_whole() else _TOPIC_LEFT if topic else left_out(nearest)
            found.append(CodeChoice(dimension.name, None, left, sure=True))
        elif not found:
            guesses = [tuple(codelist.codes)] if self._joint else [(code,) for code in codelist.codes]
            found = [CodeChoice(dimension.name, guess, _OPEN, sure=False) for guess in guesses]
        return found

    def fixed(self, name: str, fixed: str, options: Sequence[CodeChoice], mention: Mention) -> list[CodeChoice]:
        """The code that a term says, and those named nearer: "le domande di invalidità civile …, le accolte sono 10.886"."""
        own = {
            (code.code,)
            for codes in self.sentence.codes.values()
            for code in codes
            if code.first <= mention.last and mention.first <= code.last
        }
        others = [o for o in options if o.sure and o.codes is not None and o.codes != (fixed,) and o.codes not in own]
        near = [option for option in others if option.cost < NEARBY]
        said = next((option.cost for option in options if option.codes == (fixed,)), 0.0)
        nearest = min((option.cost for option in near), default=REACH)
        distance = self.layout.cost(self.anchor, mention.first, mention.last, claimed=SHARED)
        overruled = mention.antecedent is not None or nearest + _NEARER < max(distance, said)
        return [CodeChoice(name, (fixed,), left_out(nearest) if near and overruled else said, sure=True), *near]

    def _costs(self, named: Sequence[CodeMention], mention: Mention | None) -> tuple[dict[str, float], set[str]]:
        """What each code named costs, and those that need not be said again here: another figure's, or a pronoun's."""
        costs: dict[str, float] = {}
        inherited: set[str] = set()
        for code in named:
            cost, claimed = self._code_cost(code, mention)
            if claimed:
                inherited.add(code.code)
            cost += REFERENCE if self._facing is not None and code.first > self._facing else 0.0
            if cost > _INHERITED and self._is_inherited(code, mention):
                cost = _INHERITED
                inherited.add(code.code)
            costs[code.code] = min(costs.get(code.code, REACH), cost)
        paired = self.layout.aligned(self.anchor, named)
        self.layout.own(self.anchor, {code: [mark for mark in named if mark.code == code] for code in costs}, costs)
        if paired is not None:
            costs = {code: (0.0 if code == paired.code else cost + REFERENCE) for code, cost in costs.items()}
        return costs, inherited

    def _together(self, name: str, costs: dict[str, float], named: Sequence[CodeMention]) -> Iterator[CodeChoice]:
        """Codes that are listed as one choice, at the cost of the nearest."""
        done: set[str] = set()
        for code in sorted(named, key=lambda each: costs[each.code]):
            run = self.layout.run_of(named, code) or [code]
            listed = tuple(dict.fromkeys(each.code for each in run))
            if code.code not in done:
                yield CodeChoice(name, listed, costs[code.code], sure=not self._is_aside(run))
            done.update(listed)

    def _is_aside(self, run: Sequence[CodeMention]) -> bool:
        """Whether listed codes only explain a whole: "le richieste di certificazione, regolari e irregolari, …"."""
        around = self.words[run[0].first - 1 : run[0].first] + self.words[run[-1].last + 1 : run[-1].last + 2]
        return len(run) > 1 and [word.text for word in around] == [",", ","]

    def _code_cost(self, code: CodeMention, mention: Mention | None) -> tuple[float, bool]:
        """A code is bound through its figure, or through the term that it narrows down; and whether another figure has it."""
        claimed = self.layout.is_claimed(code.first, code.last, self.anchor)
        direct = self.layout.cost(self.anchor, code.first, code.last, claimed=SHARED)
        if mention is None:
            return direct, claimed
        crossed = any(mention.first < number.first < mention.last for number in self.sentence.numbers)
        if mention.first <= code.first and code.last <= mention.last and not crossed:
            return 0.0, False
        rival = any(
            other is not mention and other.first <= code.first and code.last <= other.last for other in self.sentence.mentions
        )
        through = self.layout.cost(Span(mention.first, mention.last), code.first, code.last)
        through += SHARED if claimed else 0.0
        beyond = max(mention.last, code.last)
        if any(
            beyond < other.first < self.anchor.first and other.code != code.code for other in self.sentence.codes[code.codelist]
        ):
            through += _BETWEEN
        return min(direct, through) + (_OTHERS if rival else 0.0), claimed

    def _is_inherited(self, code: CodeMention, mention: Mention | None) -> bool:
        """Whether a pronoun takes a code up with its term: "le assunzioni maschili …; quelle in somministrazione"."""
        if mention is None or mention.antecedent is None:
            return False
        term = next((other for other in self.sentence.mentions if other.first == mention.antecedent), None)
        return term is not None and self.layout.cost(Span(term.first, term.last), code.first, code.last) < _INHERITED

    def _says_all(self, dimension: Dimension) -> bool:
        """Whether a sentence speaks of each code of a dimension: "in tutte le gestioni"."""
        stems = set(content_stems(dimension.title)) | set(content_stems(dimension.codelist.title if dimension.codelist else ""))
        pairs = zip(self.words, self.words[1:], self.words[2:], strict=False)
        return any(
            (first.folded in ("tutte", "tutti") and last.stem in stems) or (first.folded in _EACH and second.stem in stems)
            for first, second, last in pairs
        )

    def _says_whole(self) -> bool:
        """Whether words near an anchor say that it is the total, and are no part of a term ("giudizi pendenti totali")."""
        anchor = self.anchor
        near = [*range(max(anchor.first - 4, 0), anchor.first), *range(anchor.last + 1, min(anchor.last + 4, len(self.words)))]
        termed = {at for term in self.sentence.mentions for at in range(term.first, term.last + 1)}
        return any(self.words[at].folded in _WHOLE for at in near if at not in termed)

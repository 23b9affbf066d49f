"""Chapters' commentary: facts found, the ones that tell most chosen, said in forms that do not repeat.

What is said follows from the figures alone, and the same figures give the same words. Chapters are written in order: the first
sentence of each takes a form that no chapter before has begun with.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from rendiconto.catalogue.declarations import ChapterDeclaration, TableDeclaration, Topic
from rendiconto.compose.commentary.changes import find_changes, find_reversals
from rendiconto.compose.commentary.facts import AGAIN, Fact, FactKind, Finder, Form
from rendiconto.compose.commentary.figures import Figures
from rendiconto.compose.commentary.saying import Speaker, words_of
from rendiconto.compose.commentary.series import find_crossings, find_extremes, find_signs, find_streaks
from rendiconto.compose.commentary.standing import (
    find_absences,
    find_gaps,
    find_levels,
    find_ranks,
    find_rivals,
    find_shares,
    find_standings,
)
from rendiconto.document.prose import Paragraph, Sentence
from rendiconto.italian.phrases import listed

FINDERS: Final[tuple[Finder, ...]] = (
    find_changes,
    find_reversals,
    find_crossings,
    find_streaks,
    find_extremes,
    find_signs,
    find_standings,
    find_ranks,
    find_shares,
    find_gaps,
    find_rivals,
    find_levels,
    find_absences,
)
_MOST: Final = 8
_BEGINNING: Final = 3
"""Words by which the beginnings of two chapters are told apart."""
_FEWEST: Final = 3
_ENOUGH: Final = Decimal("0.5")
_MOST_OF_A_TOPIC: Final = 2
_AGAIN: Final = Decimal("0.6")
"""What a second fact about a topic is still worth."""
_ALIKE: Final = Decimal("0.8")
"""What a fact is still worth after another of its kind."""
_OF_TWO: Final = frozenset((FactKind.RIVAL, FactKind.GAP, FactKind.SHARE))
"""Facts that speak of two things: what follows them says again which it is of."""
_TELL_THE_SAME: Final = frozenset((FactKind.CHANGE, FactKind.REVERSAL, FactKind.STREAK, FactKind.CROSSING, FactKind.LEVEL))


@dataclass(frozen=True, slots=True)
class Written:
    """A chapter's commentary; ``highlight`` says its most telling fact by itself, None where nothing is told."""

    paragraphs: tuple[Paragraph, ...] = ()
    highlight: Sentence | None = None
    facts: tuple[Fact, ...] = ()


@dataclass
class Commentator:
    """Writes the chapters of one report, one after the other."""

    figures: Figures
    openings: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.speaker = Speaker(self.figures)

    def write(self, chapter: ChapterDeclaration, missing: Sequence[TableDeclaration] = ()) -> Written:
        """A chapter's commentary: three to eight sentences as far as its figures tell so much, and which tables have none."""
        lacking = (Paragraph((Sentence(_lacking(missing)),)),) if missing else ()
        chosen = choose([fact for topic in chapter.topics for fact in self._facts(topic)])
        if not chosen:
            return Written(lacking)
        said = self._said(_ordered(chosen, chapter.topics, self._opener(chosen)))
        best = max(chosen, key=lambda fact: fact.interest)
        highlight = self.speaker.sentence(next(form.said for form in best.forms if form.name != AGAIN))
        paragraph = Paragraph(tuple(sentence for _, sentence in said))
        return Written((paragraph, *lacking), highlight, tuple(fact for fact, _ in said))

    def _facts(self, topic: Topic) -> list[Fact]:
        found = []
        for find in FINDERS:
            for fact in find(self.figures, topic):
                forms = tuple(form for form in fact.forms if self.speaker.holds(form.said))
                if any(form.name != AGAIN for form in forms):
                    found.append(Fact(fact.kind, topic, fact.interest, forms))
        return found

    def _said(self, facts: Sequence[Fact]) -> list[tuple[Fact, Sentence]]:
        used: Counter[str] = Counter()
        found = []
        last = ""
        before: Fact | None = None
        for fact in facts:
            again = before is not None and before.topic is fact.topic and before.kind not in _OF_TWO
            form = self._opening(fact) if before is None else _freshest(fact, used, last, again=again)
            used[form.name] += 1
            last, before = form.name, fact
            found.append((fact, self.speaker.sentence(form.said)))
        return found

    def _opener(self, chosen: Sequence[Fact]) -> Fact:
        """The most telling fact that can be said as no chapter has opened: in a form of its own, or at least in other words."""
        ranked = sorted(chosen, key=lambda fact: -fact.interest)
        fresh = (fact for fact in ranked if self._fresh(fact))
        others = (fact for fact in ranked if self._unlike(fact))
        return next(fresh, None) or next(others, None) or ranked[0]

    def _fresh(self, fact: Fact) -> list[Form]:
        return [form for form in self._unlike(fact) if form.name not in self.openings]

    def _unlike(self, fact: Fact) -> list[Form]:
        """The forms whose first words no chapter has opened with."""
        whole = (form for form in fact.forms if form.name != AGAIN)
        return [form for form in whole if _beginning(form) not in self.openings]

    def _opening(self, fact: Fact) -> Form:
        form = (self._fresh(fact) or self._unlike(fact) or [form for form in fact.forms if form.name != AGAIN])[0]
        self.openings |= {form.name, _beginning(form)}
        return form


def _beginning(form: Form) -> str:
    return " ".join(words_of(form.said).split()[:_BEGINNING])


def choose(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that tell most, one by one: what has been told of a topic, and in what way, makes the next of it tell less."""
    chosen: list[Fact] = []
    left = list(facts)
    while left and len(chosen) < _MOST:
        best = max(left, key=lambda fact: _worth(fact, chosen))
        worth = _worth(best, chosen)
        if worth <= 0 or (len(chosen) >= _FEWEST and worth < _ENOUGH):
            break
        chosen.append(best)
        left.remove(best)
    return chosen


def _worth(fact: Fact, chosen: Sequence[Fact]) -> Decimal:
    same = [other for other in chosen if _about(other) & _about(fact)]
    if len(same) >= _MOST_OF_A_TOPIC or any(other.kind is fact.kind for other in same):
        return Decimal(0)
    if fact.kind in _TELL_THE_SAME and any(other.kind in _TELL_THE_SAME for other in same):
        return Decimal(0)
    alike = sum(other.kind is fact.kind for other in chosen)
    return fact.interest * _AGAIN ** len(same) * _ALIKE**alike


def _about(fact: Fact) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    """The figures that a fact is about: its topic's, and what that is held up to."""
    topics = fact.topic.all() if fact.kind is FactKind.RIVAL else (fact.topic,)
    return {(topic.cube.name, tuple(topic.fix.items())) for topic in topics}


def _ordered(chosen: Sequence[Fact], topics: Sequence[Topic], first: Fact) -> list[Fact]:
    """The opener first, with what else is said of its topic; then the others topic by topic in the order of the chapter."""
    order = {id(topic): at for at, topic in enumerate(topics)}
    lead = order[id(first.topic)]
    rest = [fact for fact in chosen if fact is not first]
    return [first, *sorted(rest, key=lambda fact: (order[id(fact.topic)] != lead, order[id(fact.topic)]))]


def _lacking(tables: Sequence[TableDeclaration]) -> str:
    """``Mancano i dati delle tavole 37, 38 e 39.``, a single one with its title; charts by themselves."""
    said = []
    for one, many, chart in (("della tavola", "delle tavole", False), ("del grafico", "dei grafici", True)):
        of_kind = [table for table in tables if table.number.startswith("G") is chart]
        numbers = [table.number.lstrip("G") for table in of_kind]
        if len(of_kind) == 1:
            said.append(f"{one} {numbers[0]} («{of_kind[0].title}»)")
        elif of_kind:
            said.append(f"{many} {listed(numbers)}")
    return f"Mancano in questa edizione i dati {listed(said)}."


def _freshest(fact: Fact, used: Counter[str], last: str, *, again: bool) -> Form:
    """The form used least in the chapter, not that of the sentence before; the short one right after its own topic."""
    short = [form for form in fact.forms if (form.name == AGAIN) is again]
    forms = short or list(fact.forms)
    return min(forms, key=lambda form: (form.name == last, used[form.name], fact.forms.index(form)))

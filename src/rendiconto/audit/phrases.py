"""A turn of phrase in its sentence: what it is about, what it is set against, where its words end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rendiconto.audit.annotations import PlaceMention
from rendiconto.audit.attachment import Span
from rendiconto.audit.binding import Subject
from rendiconto.audit.candidates import Bound, Candidates
from rendiconto.audit.contrasts import Contrasts
from rendiconto.audit.readings import Found, Reading, Weighed
from rendiconto.audit.turns import Turn
from rendiconto.audit.vocabulary import FUNCTION_WORDS, CodeMention, Mention
from rendiconto.audit.years import YearMention
from rendiconto.check.claims import Operation
from rendiconto.italian.lexicon import OF, SIZES

TREND_NOUNS: Final = frozenset(("tendenza", "andamento", "trend", "dinamica"))
_ANAPHORS: Final = frozenset(
    (
        *("dato", "dati", "valore", "valori", "numero", "importo", "cifra", "quota", "percentuale", "media", "tempi", "stesso"),
        *("questo", "questa", "queste", "questi", "quello", "quella", "quelli", "quelle", "stessa", "incidenza", "risultato"),
        *TREND_NOUNS,
    )
)
_QUALIFIERS: Final = ("maggior", "minor")
_MEASURES: Final = frozenset(
    (
        *("numero", "ricorso", "quantita", "valore", "livello", "incremento", "aumento", "calo", "riduzione", "crescita"),
        *("quota", "incidenza", "importo", "presenza", "parte", "peso", "rispetto", "sia", "anche", "tra", "fra"),
    )
)
_AUXILIARIES: Final = frozenset(
    (
        *("in", "sono", "ha", "hanno", "era", "erano", "non", "e", "si", "risulta", "risultano", "resta", "restano"),
        *("anche", "un", "una"),
    )
)
_SLACK: Final = 0.25
"""How much dearer a reading of words alone may be: every second one agrees by chance."""


@dataclass(frozen=True)
class Complement:
    """What stands after a turn of phrase in its own phrase: the things that it may be measured against."""

    until: int
    places: tuple[PlaceMention, ...]
    years: tuple[YearMention, ...]
    codes: tuple[CodeMention, ...]
    mentions: tuple[Mention, ...]


class Phrases:
    """Answers for the turns of phrase of one sentence; ``used`` are the places of turns that have been read."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.contrasts = Contrasts(candidates)
        self.layout = candidates.layout
        self.data = candidates.data
        self.sentence = candidates.sentence
        self.context = candidates.context
        self.words = candidates.words
        self.used: set[int] = set()

    # What it is about

    def bounds(self, turn: Turn, *, before: bool = False) -> list[Bound]:
        """The subjects of a turn of phrase, the likeliest first; ``before``: only what stands before it."""
        anchor = Span(turn.at, turn.last)
        found = self.candidates.subjects(anchor, joint=True)
        if before and any(mention.first < turn.at for mention in self.sentence.mentions):
            found = [bound for bound in found if bound.subject.at is None or bound.subject.at < turn.at]
        if not self.sentence.mentions and not self.takes_up(turn):
            found = [bound for bound in found if not bound.sure]
        return found

    def of_something_else(self, turn: Turn) -> bool:
        """Whether a noun of change has an object that is nothing of ours: "la riduzione del divario di genere"."""
        following = self.words[turn.last + 1 : turn.last + 3]
        if turn.compares:
            named = not following or turn.last + 1 in self._marked or following[0].folded in _MEASURES or following[0].is_mark
            return (
                self.words[turn.at].folded.startswith(_QUALIFIERS)
                and not named
                and following[0].folded[-1] in "aeoi"
                and (following[0].folded.removesuffix("'") not in FUNCTION_WORDS)
            )
        if len(following) < 2 or following[0].folded.removesuffix("'") not in OF:
            return False
        return not following[1].is_number and turn.last + 2 not in self._marked

    def is_marked(self, at: int) -> bool:
        """Whether a word belongs to a term, a code, a place, a year or a number, or is one that reports count."""
        return at in self._marked

    @cached_property
    def _marked(self) -> frozenset[int]:
        """The words that a term, a code, a place, a year or a number has, and those just before a term."""
        spans = [(m.first - 2, m.last) for m in self.sentence.mentions]
        spans += [(code.first, code.last) for codes in self.sentence.codes.values() for code in codes]
        spans += [(place.at, place.last) for place in self.sentence.places]
        spans += [(year.at, year.end) for year in self.sentence.years]
        spans += [(at, at) for at in self.sentence.counted]
        spans += [(number.first, number.last) for number in self.sentence.numbers]
        anaphors = {at for at, word in enumerate(self.words) if word.folded in _ANAPHORS}
        return frozenset(at for first, last in spans for at in range(first, last + 1)) | anaphors

    def takes_up(self, turn: Turn) -> bool:
        """Whether a sentence without a term of its own speaks of what the one before spoke of: "il dato è in calo"."""
        words = [self.words[at].folded for at in self.sentence.chunk(turn.at)]
        before = self.words[turn.at - 1] if turn.at else None
        led = before is None or (before.folded in _AUXILIARIES and before.text.casefold() != "e")
        after = self.words[turn.last + 1].folded if turn.last + 1 < len(self.words) else ""
        governs = not turn.compares and after.removesuffix("'") in OF
        return not governs and (led or any(word in _ANAPHORS for word in words))

    def joined(self, bound: Bound) -> list[Subject]:
        """A subject, and the terms that "e", "sia … sia" and the like join with it."""
        mentions = [mention for mention in self.sentence.mentions if bound.subject.at is not None]
        own = next((mention for mention in mentions if mention.first == bound.subject.at), None)
        if own is None:
            return [bound.subject]
        run = self.layout.run_of(mentions, own)
        found = []
        for mention in run:
            if mention is own:
                found.append(bound.subject)
            else:
                others = self.candidates.subjects(Span(mention.first, mention.last), joint=True)
                found.extend(other.subject for other in others[:1] if other.subject.at == mention.first)
        return found or [bound.subject]

    # What it is set against

    def complement(self, turn: Turn) -> Complement:
        """What follows a turn of phrase, up to the next one, the next clause, or a comma after something was named."""
        until = self._complement_end(turn)
        inside = range(turn.last + 1, until)
        return Complement(
            until,
            tuple(place for place in self.sentence.places if place.at in inside),
            tuple(year for year in self.sentence.years if year.at in inside),
            tuple(code for codes in self.sentence.codes.values() for code in codes if code.first in inside),
            tuple(mention for mention in self.sentence.mentions if mention.first in inside),
        )

    def _complement_end(self, turn: Turn) -> int:
        later = [t.at for t in self.sentence.turns if t.at > turn.last]
        until = min([self.sentence.chunk(turn.at, clause=True).stop, *later])
        depth = 0
        for at in range(turn.last + 1, until):
            word = self.words[at]
            if word.text == "(":
                depth += 1
            elif word.text == ")":
                depth -= 1
            if depth:
                continue
            if word.text == "," and any(turn.last < mark < at for mark in self._marked):
                following = self.words[at + 1].folded if at + 1 < len(self.words) else ""
                if following not in ("sia", "che", "ne", "quella", "quello", "a", "alla", "al"):
                    return at
        return until

    def _qualified(self, turn: Turn) -> int:
        """The last word of what says how a change went on: "diminuiscono ogni anno", "cresce per il secondo anno di fila"."""
        last = turn.last
        for at in range(turn.last + 1, min(turn.last + 8, len(self.words))):
            if self.words[at].folded not in _QUALIFYING:
                break
            if self.words[at].folded in _TELLING:
                last = at
        return last

    def degree(self, turn: Turn) -> str:
        """The word of degree beside it ("leggermente"); empty for none."""
        near = self.words[max(turn.at - 3, 0) : turn.last + 3]
        return next((word.folded for word in near if word.folded in SIZES), "")

    # What was found

    def found(
        self, turn: Turn, readings: Sequence[Weighed], operation: Operation, end: int | None = None, begin: int | None = None
    ) -> Found:
        """What was read of a turn of phrase: its words, from what it names to the end of what it is set against."""
        last = max(turn.last, end or 0, self._qualified(turn))
        numbers = [number.first for number in self.sentence.numbers if number.first > turn.last]
        last = min([last, *(first - 1 for first in numbers)])
        while last > turn.last and (
            self.words[last].is_mark or self.words[last].folded in ("di", "del", "da", "a", "al", "dell'")
        ):
            last -= 1
        start = turn.at if begin is None else begin
        while start <= turn.at and start and self.words[start - 1].folded in _LEADING:
            start -= 1
        readings = tuple(sorted(readings, key=lambda each: each.cost))
        reason = "" if readings else "no subject"
        return Found(self.words[start].start, self.words[last].end, readings, operation, _SLACK, reason)


_QUALIFYING: Final = frozenset(
    (
        *(
            "ogni",
            "anno",
            "anni",
            "per",
            "il",
            "secondo",
            "terzo",
            "quarto",
            "consecutivo",
            "di",
            "fila",
            "in",
            "tutti",
            "tutte",
            "gli",
        ),
        *(
            "le",
            "entrambi",
            "entrambe",
            "ciascuno",
            "dei",
            "due",
            "costantemente",
            "progressivamente",
            "quinto",
            "senza",
            "interruzioni",
        ),
    )
)
_TELLING: Final = frozenset(("anno", "anni", "costantemente", "progressivamente", "fila", "consecutivo", "interruzioni"))
_LEADING: Final = frozenset(
    (
        "in",
        "piu",
        "meno",
        "leggero",
        "lieve",
        "netto",
        "forte",
        "leggermente",
        "lievemente",
        "nettamente",
        "sostanzialmente",
        "il",
        "un",
    )
)


def weigh(reading: Sequence[object], cost: float, *, sure: bool = True) -> Iterator[Weighed]:
    """A reading with its cost; nothing where there is none."""
    claims: Reading = tuple(reading)  # type: ignore[arg-type]
    if claims:
        yield Weighed(claims, cost, sure)

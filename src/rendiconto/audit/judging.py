"""Which way to read a claim decides: any that is likely enough may bear it out, only the likeliest may contradict it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rendiconto.audit.binding import Data
from rendiconto.audit.readings import Found, Reading, Weighed
from rendiconto.audit.slipping import Slipping
from rendiconto.catalogue.declarations import PERIOD
from rendiconto.check.claims import Claim, Judgement, Operation, judge_claim
from rendiconto.document.claims import Verdict

_CLEARLY: Final = 0.6
"""By how much of its slack a reading has to be the likeliest for its missing figure to count."""
_ABIT: Final = 0.3
_DOUBT: Final = 1.5
"""How much dearer than a guess the likeliest sure reading may be to contradict a sentence."""
_DOUBTED: Final = 0.5
"""A reading that holds and costs so little more than its slack allows keeps the likeliest from contradicting.

Less than what it costs to take up the subject of the sentence before: that is no doubt about one which names its own."""
_BY_CHANCE: Final = 0.5
"""With less slack than this a reading that had to be guessed bears nothing out: words alone agree by chance."""
_CEILING: Final = 6.0
"""The most that a reading may cost to contradict a sentence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reading, its judgement, and the claim of it that decided."""

    weighed: Weighed
    judgement: Judgement
    decisive: Claim | None

    @property
    def reading(self) -> Reading:
        """The claims that hold together or not at all."""
        return self.weighed.reading

    @property
    def cost(self) -> float:
        """What it costs to read it so."""
        return self.weighed.cost

    @property
    def verdict(self) -> Verdict:
        """What the figures say of it."""
        return self.judgement.verdict

    @property
    def is_told(self) -> bool:
        """Whether nothing in it was guessed, or it holds of all that might be meant."""
        return self.weighed.sure or len(self.reading) > 1


class Judge:
    """Decides claims by the figures of one report."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.slipping = Slipping(data)

    def outcomes(self, item: Found) -> list[Outcome]:
        """Each way to read what was found, judged, the likeliest first."""
        return [self._outcome(weighed) for weighed in item.readings]

    def _outcome(self, weighed: Weighed) -> Outcome:
        """All the claims of a reading hold, or the first that does not; over codes that nobody named, only all together."""
        judged = [(judge_claim(claim, self.data.figure), claim) for claim in weighed.reading]
        kinds = {judgement.verdict for judgement, _ in judged}
        if not weighed.sure and {Verdict.SUPPORTED, Verdict.CONTRADICTED} <= kinds:
            return Outcome(weighed, Judgement(Verdict.NOT_CHECKABLE, reason="mixed"), weighed.reading[0])
        for wanted in (Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE, Verdict.SUPPORTED):
            for judgement, claim in judged:
                if judgement.verdict is wanted:
                    return Outcome(weighed, judgement, claim)
        return Outcome(weighed, Judgement(Verdict.NOT_CHECKABLE, reason="no subject"), None)

    def decide(self, item: Found, outcomes: Sequence[Outcome]) -> Outcome:
        """A reading near the likeliest that holds; else the likeliest, if it may contradict; else why none does."""
        nothing = Outcome(Weighed((), 0.0), Judgement(Verdict.NOT_CHECKABLE, reason=item.reason or "unsure"), None)
        known = [outcome for outcome in outcomes if outcome.verdict is not Verdict.NOT_CHECKABLE]
        if not known:
            return outcomes[0] if outcomes else nothing
        clearly = outcomes[0].cost + max(_CLEARLY * item.slack, _ABIT) < known[0].cost
        if clearly and outcomes[0].judgement.reason in ("missing", "confidential"):
            return outcomes[0]
        return self._supporting(item, known) or self._contradicting(item, known) or nothing

    @staticmethod
    def _supporting(item: Found, known: Sequence[Outcome]) -> Outcome | None:
        for outcome in known:
            guessed = not outcome.is_told and item.slack < _BY_CHANCE
            near = outcome.cost <= known[0].cost + item.slack
            turned = _is_turned(outcome.reading, known[0].reading)
            if outcome.verdict is Verdict.SUPPORTED and near and not guessed and not turned:
                return outcome
        return None

    def _contradicting(self, item: Found, known: Sequence[Outcome]) -> Outcome | None:
        least = known[0].cost
        likeliest = next((outcome for outcome in known if outcome.is_told), None)
        if likeliest is None or likeliest.verdict is not Verdict.CONTRADICTED or likeliest.cost > min(least + _DOUBT, _CEILING):
            return None
        holding = (outcome for outcome in known if outcome.verdict is Verdict.SUPPORTED and outcome.weighed.sure)
        near = (outcome for outcome in holding if outcome.cost <= least + item.slack + _DOUBTED)
        if any(_topics(outcome.reading) != _topics(likeliest.reading) for outcome in near):
            return None
        slipped = likeliest.decisive is None or self.slipping.is_likely(likeliest.decisive, likeliest.judgement.right)
        return likeliest if slipped else None


def _is_turned(reading: Reading, likeliest: Reading) -> bool:
    """Whether a comparison says the likeliest the other way round: "più A che B" as "più B che A"."""
    compares = all(claim.operation is Operation.COMPARISON for claim in (*reading, *likeliest))
    return compares and [claim.cells[::-1] for claim in reading] == [claim.cells for claim in likeliest]


def _topics(reading: Reading) -> set[tuple[object, ...]]:
    """What a reading is about, whatever the year."""
    return {
        (cube.name, *(code for name, code in zip(cube.dimension_names, codes, strict=True) if name != PERIOD))
        for claim in reading
        for cube, codes in claim.cells
    }

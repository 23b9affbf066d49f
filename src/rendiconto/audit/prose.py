"""A text audited: every sentence that says a number or compares, its claims, their verdicts.

What is not understood is never passed over: a sentence with a number or a word of change in which no claim was found is counted
and listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rendiconto.audit.annotations import Annotator, Sentence
from rendiconto.audit.attachment import Span
from rendiconto.audit.binding import Context, Data
from rendiconto.audit.candidates import Candidates
from rendiconto.audit.numbers import NumberReader
from rendiconto.audit.readings import Found, Reading, Weighed
from rendiconto.audit.rules import overstated_finding
from rendiconto.audit.slipping import Slipping
from rendiconto.audit.statements import StatementReader
from rendiconto.audit.style import CAUSE, cause_finding, style_findings
from rendiconto.audit.vocabulary import load_vocabulary
from rendiconto.audit.wording import Wording
from rendiconto.catalogue.declarations import PERIOD, Catalogue
from rendiconto.check.claims import Claim, Judgement, Operation, judge_claim
from rendiconto.document.claims import Coverage, JudgedClaim, Passage, Verdict
from rendiconto.findings import Finding
from rendiconto.italian.words import split_sentences
from rendiconto.observations.resolution import Resolver
from rendiconto.observations.store import ObservationStore
from rendiconto.territory import Territory

_Outcome = tuple[Weighed, Judgement, Claim | None]
"""A reading, its judgement, and the claim of it that decided."""
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
_CAUSE: Final = "cause"
"""Why a cause is not checked."""


@dataclass(frozen=True)
class ProseAudit:
    """Claims in the order of the text, coverage, sentences not understood (start, end), findings on words of degree.

    ``readings`` has for each claim the readings that bear its verdict out, the one it was judged by first: what it is bound to.
    """

    claims: tuple[JudgedClaim, ...]
    coverage: Coverage
    unread: tuple[tuple[int, int], ...]
    findings: tuple[Finding, ...]
    readings: tuple[tuple[Reading, ...], ...] = ()


class ProseAuditor:
    """Audits prose about one territory against a catalogue's figures; ``as_published``, errata aside."""

    def __init__(
        self, catalogue: Catalogue, store: ObservationStore, territory: Territory, *, as_published: bool = False
    ) -> None:
        self.data = Data(catalogue, Resolver(catalogue, store, as_published=as_published), territory)
        self.annotator = Annotator(load_vocabulary(catalogue), territory, catalogue.year)
        self.wording = Wording(self.data)
        self.slipping = Slipping(self.data)

    def audit(self, passages: Sequence[Passage]) -> ProseAudit:
        """The claims of paragraphs; each paragraph begins anew, its sentences take up what the one before left open."""
        claims: list[JudgedClaim] = []
        readings: list[tuple[Reading, ...]] = []
        unread: list[tuple[int, int]] = []
        findings: list[Finding] = []
        numeric = checked = 0
        for passage in passages:
            context = Context()
            for start, end in split_sentences(passage.text, passage.start):
                text = passage.text[start - passage.start : end - passage.start]
                sentence = self.annotator.annotate(text, start)
                bound = list(self._claims(sentence, context, findings))
                found = [claim for claim, _ in bound]
                context = self._left_open(sentence, context)
                if sentence.numbers or sentence.turns:
                    numeric += 1
                    checked += any(claim.verdict is not Verdict.NOT_CHECKABLE for claim in found)
                    if not found:
                        unread.append((start, end))
                claims.extend(found)
                readings.extend(borne_out for _, borne_out in bound)
        return ProseAudit(tuple(claims), Coverage(numeric, checked), tuple(unread), tuple(findings), tuple(readings))

    def _claims(
        self, sentence: Sentence, context: Context, findings: list[Finding]
    ) -> Iterator[tuple[JudgedClaim, tuple[Reading, ...]]]:
        candidates = Candidates(self.data, sentence, context)
        found = [
            *NumberReader(candidates).read(),
            *StatementReader(candidates).read(),
            *_causes(sentence),
        ]
        for item in sorted(found, key=lambda each: (each.start, each.end)):
            yield self._judged(sentence, item, findings)

    def _judged(self, sentence: Sentence, item: Found, findings: list[Finding]) -> tuple[JudgedClaim, tuple[Reading, ...]]:
        outcomes = [(each, *self._judge(each)) for each in item.readings]
        weighed, judgement, decisive = self._best(item, outcomes)
        reading = weighed.reading
        text = sentence.text[item.start - sentence.start : item.end - sentence.start]
        cells = [cell for claim in reading for cell in claim.cells]
        contradicted = judgement.verdict is Verdict.CONTRADICTED and decisive is not None
        if judgement.note in ("overstated", "understated", "truncated") and decisive is not None:
            findings.append(overstated_finding(judgement.note, text, item.start, self.wording.evidence(decisive.cells)))
        if item.reason == _CAUSE:
            findings.append(cause_finding(text, item.start))
        if judgement.verdict is Verdict.SUPPORTED:
            findings.extend(style_findings(sentence, text, item.start, reading, self.data.catalogue))
        alike = [
            each.reading for each, judged, _ in outcomes if judged.verdict is judgement.verdict and each.reading != reading
        ]
        claim = JudgedClaim(
            text=text,
            start=item.start,
            end=item.end,
            verdict=judgement.verdict,
            operation=str(item.operation if not reading else reading[0].operation),
            evidence=self.wording.evidence(cells if judgement.reason != "no subject" else []),
            should_say=self.wording.should_say(decisive, judgement) if contradicted and decisive is not None else "",
            why=self.wording.why(decisive, judgement),
        )
        return claim, (reading, *alike)

    def _best(self, item: Found, outcomes: Sequence[_Outcome]) -> _Outcome:
        """A reading near the likeliest that holds; else the likeliest that can be judged; else why none can."""
        nothing = (Weighed((), 0.0), Judgement(Verdict.NOT_CHECKABLE, reason=item.reason or "unsure"), None)
        known = [outcome for outcome in outcomes if outcome[1].verdict is not Verdict.NOT_CHECKABLE]
        if not known:
            return outcomes[0] if outcomes else nothing
        least = known[0][0].cost
        if outcomes[0][0].cost + max(_CLEARLY * item.slack, _ABIT) < least and outcomes[0][1].reason in (
            "missing",
            "confidential",
        ):
            return outcomes[0]
        for outcome in known:
            guessed = not outcome[0].sure and len(outcome[0].reading) == 1 and item.slack < _BY_CHANCE
            turned = _is_turned(outcome[0].reading, known[0][0].reading)
            near = outcome[0].cost <= least + item.slack
            if outcome[1].verdict is Verdict.SUPPORTED and near and not guessed and not turned:
                return outcome
        told = (each for each in known if each[0].sure or len(each[0].reading) > 1)
        likeliest = next(told, None)
        contradicts = likeliest is not None and likeliest[1].verdict is Verdict.CONTRADICTED
        if likeliest is None or not contradicts or likeliest[0].cost > min(least + _DOUBT, _CEILING):
            return nothing
        doubted = any(
            outcome[1].verdict is Verdict.SUPPORTED
            and outcome[0].sure
            and outcome[0].cost <= least + item.slack + _DOUBTED
            and _topics(outcome[0].reading) != _topics(likeliest[0].reading)
            for outcome in known
        )
        decisive = likeliest[2]
        if not doubted and (decisive is None or self.slipping.is_likely(decisive, likeliest[1].right)):
            return likeliest
        return nothing

    def _judge(self, weighed: Weighed) -> tuple[Judgement, Claim | None]:
        """All the claims of a reading hold, or the first that does not; over codes that nobody named, only all together."""
        judged = [(judge_claim(claim, self.data.figure), claim) for claim in weighed.reading]
        kinds = {judgement.verdict for judgement, _ in judged}
        if not weighed.sure and {Verdict.SUPPORTED, Verdict.CONTRADICTED} <= kinds:
            return Judgement(Verdict.NOT_CHECKABLE, reason="mixed"), weighed.reading[0]
        for wanted in (Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE, Verdict.SUPPORTED):
            for judgement, claim in judged:
                if judgement.verdict is wanted:
                    return judgement, claim
        return Judgement(Verdict.NOT_CHECKABLE, reason="no subject"), None

    def _left_open(self, sentence: Sentence, before: Context) -> Context:
        """What the next sentence may take up."""
        candidates = Candidates(self.data, sentence, Context())
        subjects = [
            bound.subject
            for mention in sentence.mentions[:3]
            for bound in candidates.subjects(Span(mention.first, mention.last))[:1]
        ]
        years = [year for year in sentence.years if not year.base and year.first and year.first == year.last]
        back = next((year.back for year in sentence.years if year.back > 1), None)
        opening = next((place.code for place in sentence.places if candidates.layout.is_topic(place.at)), None)
        return Context(
            place=opening if subjects else before.place,
            subjects=subjects or before.subjects,
            of=max(year.last for year in years) if years else (before.of if not subjects else None),
            step=back or before.step,
        )


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


def _causes(sentence: Sentence) -> Iterator[Found]:
    """Causes that a sentence gives: no figure can show them."""
    for match in CAUSE.finditer(sentence.text):
        start = sentence.start + match.start()
        yield Found(start, sentence.start + match.end(), (), Operation.VALUE, reason=_CAUSE)

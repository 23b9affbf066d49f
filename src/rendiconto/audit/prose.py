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
from rendiconto.audit.judging import Judge
from rendiconto.audit.numbers import NumberReader
from rendiconto.audit.readings import Found, Reading
from rendiconto.audit.rules import overstated_finding
from rendiconto.audit.statements import StatementReader
from rendiconto.audit.style import CAUSE, cause_finding, style_findings
from rendiconto.audit.vocabulary import load_vocabulary
from rendiconto.audit.wording import Wording
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.check.claims import Operation
from rendiconto.document.claims import Coverage, JudgedClaim, Passage, Verdict
from rendiconto.findings import Finding
from rendiconto.italian.words import split_sentences
from rendiconto.observations.resolution import Resolver
from rendiconto.observations.store import ObservationStore
from rendiconto.territory import Territory

_MOST_NUMBERS: Final = 20
"""With more numbers it is no sentence but what is left of a chart or a table: counted and listed, and not bound to anything."""
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
        self.judge = Judge(self.data)

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
                listed = len(sentence.numbers) > _MOST_NUMBERS
                bound = [] if listed else list(self._claims(sentence, context, findings))
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
        outcomes = self.judge.outcomes(item)
        best = self.judge.decide(item, outcomes)
        reading, judgement, decisive = best.reading, best.judgement, best.decisive
        text = sentence.text[item.start - sentence.start : item.end - sentence.start]
        cells = [cell for claim in reading for cell in claim.cells]
        contradicted = judgement.verdict is Verdict.CONTRADICTED and decisive is not None
        if judgement.note in ("overstated", "understated", "truncated") and decisive is not None:
            findings.append(overstated_finding(judgement.note, text, item.start, self.wording.evidence(decisive.cells)))
        if item.reason == _CAUSE:
            findings.append(cause_finding(text, item.start))
        if judgement.verdict is Verdict.SUPPORTED:
            findings.extend(style_findings(sentence, text, item.start, reading, self.data.catalogue))
        alike = [each.reading for each in outcomes if each.verdict is best.verdict and each.reading != reading]
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


def _causes(sentence: Sentence) -> Iterator[Found]:
    """Causes that a sentence gives: no figure can show them."""
    for match in CAUSE.finditer(sentence.text):
        start = sentence.start + match.start()
        yield Found(start, sentence.start + match.end(), (), Operation.VALUE, reason=_CAUSE)

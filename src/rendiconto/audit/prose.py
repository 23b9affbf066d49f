"""A text audited: every sentence that says a number or compares, its claims, their verdicts.

What is not understood is never passed over: a sentence with a number or a word of change in which no claim was found is counted
and listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rendiconto.audit.annotations import Annotator, Sentence
from rendiconto.audit.binding import Context, Data, Subject, subjects_of
from rendiconto.audit.numbers import Found, NumberReader
from rendiconto.audit.numberscope import NumberScope
from rendiconto.audit.rules import overstated_finding
from rendiconto.audit.scope import TurnScope
from rendiconto.audit.shares import Reading
from rendiconto.audit.statements import StatementReader
from rendiconto.audit.style import CAUSE, cause_finding, style_findings
from rendiconto.audit.vocabulary import load_vocabulary
from rendiconto.audit.wording import Wording
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.check.claims import Claim, Judgement, Operation, judge_claim
from rendiconto.document.claims import Coverage, JudgedClaim, Passage, Verdict
from rendiconto.findings import Finding
from rendiconto.italian.words import split_sentences
from rendiconto.observations.resolution import Resolver
from rendiconto.observations.store import ObservationStore
from rendiconto.territory import Territory

_Outcome = tuple[Reading, Judgement, Claim | None]
"""A reading, its judgement, and the claim of it that decided."""
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
        found = [
            *NumberReader(NumberScope(self.data, sentence, context)).read(),
            *StatementReader(TurnScope(self.data, sentence, context)).read(),
            *_causes(sentence),
        ]
        for item in sorted(found, key=lambda each: (each.start, each.end)):
            yield self._judged(sentence, item, findings)

    def _judged(self, sentence: Sentence, item: Found, findings: list[Finding]) -> tuple[JudgedClaim, tuple[Reading, ...]]:
        outcomes = [(reading, *self._judge(reading, item.subject)) for reading in item.readings]
        reading, judgement, decisive = self._best(item, outcomes)
        text = sentence.text[item.start - sentence.start : item.end - sentence.start]
        cells = [cell for claim in reading for cell in claim.cells]
        contradicted = judgement.verdict is Verdict.CONTRADICTED and decisive is not None
        if judgement.note in ("overstated", "understated", "truncated") and decisive is not None:
            findings.append(overstated_finding(judgement.note, text, item.start, self.wording.evidence(decisive.cells)))
        if item.reason == _CAUSE:
            findings.append(cause_finding(text, item.start))
        if judgement.verdict is Verdict.SUPPORTED:
            findings.extend(style_findings(sentence, text, item.start, reading, self.data.catalogue))
        alike = [other for other, judged, _ in outcomes if judged.verdict is judgement.verdict and other != reading]
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

    @staticmethod
    def _best(item: Found, outcomes: Sequence[_Outcome]) -> _Outcome:
        """The first reading that holds; else the likeliest that can be judged; else why none can."""
        for wanted, among in ((Verdict.SUPPORTED, outcomes), (Verdict.CONTRADICTED, outcomes[: item.primary])):
            for reading, judgement, decisive in among:
                if judgement.verdict is wanted:
                    return reading, judgement, decisive
        for reading, judgement, decisive in outcomes:
            if judgement.verdict is Verdict.NOT_CHECKABLE:
                return reading, judgement, decisive
        return (), Judgement(Verdict.NOT_CHECKABLE, reason=item.reason or "unsure"), None

    def _judge(self, reading: Reading, subject: Subject | None) -> tuple[Judgement, Claim | None]:
        """All the claims of a reading hold, or the first that does not; over codes nobody named, only all together."""
        judged = [(judge_claim(claim, self.data.figure), claim) for claim in reading]
        kinds = {judgement.verdict for judgement, _ in judged}
        if Verdict.CONTRADICTED in kinds:
            if Verdict.SUPPORTED in kinds and self._is_assumed(reading, subject):
                return Judgement(Verdict.NOT_CHECKABLE, reason="mixed"), reading[0]
            return next(pair for pair in judged if pair[0].verdict is Verdict.CONTRADICTED)
        for wanted in (Verdict.NOT_CHECKABLE, Verdict.SUPPORTED):
            for judgement, claim in judged:
                if judgement.verdict is wanted:
                    return judgement, claim
        return Judgement(Verdict.NOT_CHECKABLE, reason="no subject"), None

    @staticmethod
    def _is_assumed(reading: Reading, subject: Subject | None) -> bool:
        """Whether the reading runs over codes that the sentence does not name."""
        if subject is None:
            return False
        said = {name: set(codes) for name, codes in subject.codes.items()}
        for cube, codes in (cell for claim in reading for cell in claim.cells):
            for dimension, code in zip(cube.dimensions, codes, strict=True):
                if (
                    dimension.codelist is not None
                    and code != dimension.codelist.total
                    and code not in said.get(dimension.name, set())
                ):
                    return True
        return False

    def _left_open(self, sentence: Sentence, before: Context) -> Context:
        """What the next sentence may take up."""
        subjects = [subject for m in sentence.mentions[:3] for subject in subjects_of(self.data, sentence, m)[:1]]
        years = [year for year in sentence.years if not year.base and year.first and year.first == year.last]
        back = next((year.back for year in sentence.years if year.back > 1), None)
        return Context(
            subjects=subjects or before.subjects,
            of=max(year.last for year in years) if years else (before.of if not subjects else None),
            step=back or before.step,
        )


def _causes(sentence: Sentence) -> Iterator[Found]:
    """Causes that a sentence gives: no figure can show them."""
    for match in CAUSE.finditer(sentence.text):
        start = sentence.start + match.start()
        yield Found(start, sentence.start + match.end(), (), Operation.VALUE, None, _CAUSE)

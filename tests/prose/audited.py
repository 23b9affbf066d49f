"""Commentary given to the auditor, as a stranger's text would be."""

from collections.abc import Iterator
from dataclasses import dataclass

from rendiconto.audit.prose import ProseAuditor
from rendiconto.catalogue import Catalogue
from rendiconto.document import Document
from rendiconto.document.claims import Passage, Verdict
from rendiconto.observations import ObservationStore
from rendiconto.territory import Gazetteer


@dataclass(frozen=True)
class Fault:
    """A sentence of ours that the auditor does not bear out, and why."""

    sentence: str
    why: str


def sentences(document: Document) -> list[str]:
    """Every sentence of the commentary."""
    return [s.text for c in document.chapters for paragraph in c.commentary for s in paragraph.sentences]


def faults(catalogue: Catalogue, store: ObservationStore, document: Document) -> Iterator[Fault]:
    """Sentences with a claim that is not supported, not understood, or whose cells the auditor does not find."""
    territory = Gazetteer.load().by_code(document.territory.code)
    auditor = ProseAuditor(catalogue, store, territory)
    for paragraph in (paragraph for chapter in document.chapters for paragraph in chapter.commentary):
        found = auditor.audit([Passage(paragraph.text, 0, 1, 1)])
        start = 0
        for sentence in paragraph.sentences:
            end = start + len(sentence.text)
            own = [claim for claim in found.claims if start <= claim.start < end]
            for claim in own:
                if claim.verdict is not Verdict.SUPPORTED:
                    yield Fault(sentence.text, f"{claim.verdict}: {claim.text} ({claim.should_say or claim.why})")
            if any(start <= begin < end for begin, _ in found.unread):
                yield Fault(sentence.text, "not understood")
            heard = {item.cell for claim in own for item in claim.evidence}
            said = {item.cell for claim in sentence.claims if claim.operation == "value" for item in claim.evidence}
            if not said <= heard:
                yield Fault(sentence.text, f"cells not found again: {sorted(said - heard)}")
            start = end + 1
        for finding in found.findings:
            yield Fault(paragraph.text, f"{finding.rule}: {finding.message}")

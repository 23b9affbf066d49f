"""An audit as its page shows it: claims numbered in the order of the text, paragraphs cut into stretches, Italian words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rendiconto.document import Status
from rendiconto.document.claims import AuditReport, JudgedClaim, Passage
from rendiconto.render.audits.marking import Look, Mark, Stretch, cut_passage
from rendiconto.render.audits.places import Places, Spot


@dataclass(frozen=True, slots=True)
class LookWords:
    """A verdict in Italian: its sign, and the word for one and for many."""

    sign: str
    one: str
    many: str


LOOKS_IT = {
    Look.CONTRADICTED: LookWords("✗", "smentita", "smentite"),
    Look.NOT_CHECKABLE: LookWords("?", "non verificabile", "non verificabili"),
    Look.SUPPORTED: LookWords("✓", "verificata", "verificate"),
    Look.UNREAD: LookWords("…", "non compresa", "non comprese"),
}

OPERATIONS_IT = {
    "value": "valore",
    "difference": "differenza",
    "growth": "variazione percentuale",
    "share": "quota",
    "ratio": "rapporto",
    "direction": "andamento",
    "trend": "tendenza nella serie",
    "comparison": "confronto",
    "pace": "confronto fra variazioni",
    "likeness": "stesso andamento",
    "sign": "segno",
    "extreme": "massimo o minimo",
    "rank": "posto in un ordine",
}
"""What a claim does, in Italian; a name that is not here is shown as it is."""

_SHORT = 900
"""Characters that fit a low window at the width of the column."""

STATUSES_IT = {Status.CONFIDENTIAL: "riservato", Status.MISSING: "non disponibile", Status.NIL: "fenomeno assente"}


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """A claim with its number, its place (None where it stands in no passage) and the ids of its two ends."""

    claim: JudgedClaim
    number: int
    spot: Spot | None
    text_id: str
    note_id: str

    @property
    def look(self) -> Look:
        """How its verdict looks."""
        return Look.of(self.claim.verdict)

    @property
    def mark(self) -> Mark:
        """Its mark in the text."""
        return Mark(self.claim.start, self.claim.end, self.look, self.number)


@dataclass(frozen=True, slots=True)
class UnreadSentence:
    """A sentence that was not understood, with its number, its place and the ids of its two ends."""

    text: str
    mark: Mark
    spot: Spot | None
    text_id: str
    list_id: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage as it is shown; ``heading`` is empty where it is the same as of the passage before."""

    passage: Passage
    heading: str
    stretches: tuple[Stretch, ...]
    notes: tuple[ClaimNote, ...]

    @property
    def is_short(self) -> bool:
        """Whether it fits a window, and may stay in sight beside its notes."""
        return len(self.passage.text) <= _SHORT


class AuditView:
    """One report; ``number`` (from 1) keeps its ids apart from those of the others on the page."""

    def __init__(self, report: AuditReport, number: int) -> None:
        self.report = report
        self.prefix = f"t{number}"
        self.places = Places(report.passages)
        ordered = sorted(report.claims, key=lambda claim: (claim.start, claim.end))
        self.notes = tuple(self._note(claim, at) for at, claim in enumerate(ordered, start=1))
        self.unread = tuple(self._unread(start, end, at) for at, (start, end) in enumerate(sorted(report.unread), start=1))

    def _note(self, claim: JudgedClaim, number: int) -> ClaimNote:
        ids = (f"{self.prefix}-affermazione-{number}", f"{self.prefix}-nota-{number}")
        return ClaimNote(claim, number, self.places.spot(claim.start), *ids)

    def _unread(self, start: int, end: int, number: int) -> UnreadSentence:
        ids = (f"{self.prefix}-frase-{number}", f"{self.prefix}-non-compresa-{number}")
        return UnreadSentence(
            self.places.text(start, end), Mark(start, end, Look.UNREAD, number), self.places.spot(start), *ids
        )

    @cached_property
    def by_verdict(self) -> dict[Look, tuple[ClaimNote, ...]]:
        """The claims of each verdict, the worst first."""
        looks = (Look.CONTRADICTED, Look.NOT_CHECKABLE, Look.SUPPORTED)
        return {look: tuple(note for note in self.notes if note.look is look) for look in looks}

    @cached_property
    def elsewhere(self) -> tuple[ClaimNote, ...]:
        """Claims that stand in none of the passages."""
        return tuple(note for note in self.notes if note.spot is None)

    def paragraphs(self) -> Iterator[Paragraph]:
        """The passages in their order."""
        notes_at: defaultdict[int, list[ClaimNote]] = defaultdict(list)
        marks_at: defaultdict[int, list[Mark]] = defaultdict(list)
        for note in self.notes:
            if note.spot is not None:
                notes_at[note.spot.passage].append(note)
        for item in self.unread:
            if item.spot is not None:
                marks_at[item.spot.passage].append(item.mark)
        heading = ""
        for at, passage in enumerate(self.report.passages):
            notes, unread = tuple(notes_at[at]), marks_at[at]
            shown = passage.heading if passage.heading != heading else ""
            heading = passage.heading
            yield Paragraph(passage, shown, cut_passage(passage, [*(note.mark for note in notes), *unread]), notes)

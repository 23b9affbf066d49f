"""Claims: what a sentence says of the data, as a value; and what was found of it.

A claim is a set of cells, an operation on them, and how exactly the words bind it: a figure with its printed digits and hedge,
a direction, a comparison. Whoever writes a sentence makes claims, whoever audits one finds them; whether one holds is asked in
one place (``check.claims``).
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from rendiconto.address import CellRef
from rendiconto.document.values import Status
from rendiconto.errors import RendicontoError
from rendiconto.findings import Finding


class Verdict(StrEnum):
    """What the data say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not-checkable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure that a verdict rests on.

    ``cell`` is where it is printed (``T17.0/massa-carrara/2024/r0/c2``), or cube and key where no table prints it; ``shown``
    how it reads ("8.924", "-", "*"); ``label`` says in Italian what it is.
    """

    cell: str
    value: Decimal | None
    status: Status
    shown: str
    label: str

    def as_json(self) -> dict[str, object]:
        """``{"cell": …, "value": …}``, and how it reads; a confidential value is never there."""
        value = None if self.status is Status.CONFIDENTIAL else self.value
        return {"cell": self.cell, "value": value, "shown": self.shown, "label": self.label}

    @property
    def ref(self) -> CellRef | None:
        """Where it is printed; None for a figure that no table prints."""
        try:
            return CellRef.parse(self.cell)
        except RendicontoError:
            return None


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim found in a text, and its verdict.

    ``start`` and ``end`` are character offsets in the text that was audited, ``text`` what stands there. ``operation`` is a
    value of ``check.claims.Operation``. ``should_say`` is what the sentence should say instead (contradicted claims only) and
    ``why`` the reason of the verdict, both in Italian.
    """

    text: str
    start: int
    end: int
    verdict: Verdict
    operation: str
    evidence: tuple[Evidence, ...] = ()
    should_say: str = ""
    why: str = ""

    def as_json(self) -> dict[str, object]:
        """The stable JSON shape of a claim."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "verdict": str(self.verdict),
            "operation": self.operation,
            "evidence": [item.as_json() for item in self.evidence],
            "should_say": self.should_say,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a text was understood: sentences that say a number or compare, and those of them with a checked claim."""

    numeric_sentences: int
    checked: int

    def as_json(self) -> dict[str, int]:
        """The stable JSON shape."""
        return {"numeric_sentences": self.numeric_sentences, "checked": self.checked}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of prose in a text: where it begins (character offset), its page and line, the heading it stands under."""

    text: str
    start: int
    page: int
    line: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """All that an audit of one file found.

    ``unread`` are the numeric or comparative sentences in which no claim was understood, as (start, end) offsets.
    """

    file: str
    title: str
    territory: str
    edition: int
    data_version: str
    passages: tuple[Passage, ...]
    claims: tuple[JudgedClaim, ...]
    coverage: Coverage
    unread: tuple[tuple[int, int], ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    def count(self, verdict: Verdict) -> int:
        """How many claims have a verdict."""
        return sum(claim.verdict is verdict for claim in self.claims)

"""What a committee did to a report of ours: what comes back with a Word file, as values.

Figures are no part of it: a changed one is a finding.
"""

from dataclasses import dataclass
from enum import StrEnum

from rendiconto.document.claims import JudgedClaim, Verdict
from rendiconto.document.identity import Identity


class Edit(StrEnum):
    """What happened to a sentence, or to a run of text with changes tracked."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class TextChange:
    """A sentence (or a label of a table) that reads otherwise than in the report, changes taken as accepted.

    ``place`` says in Italian where it stands, ``anchor`` is the bookmark of its paragraph (empty without one); ``before`` is
    empty for what was added, ``after`` for what was removed. ``claims`` are what the new words say of the data.
    """

    edit: Edit
    place: str
    anchor: str
    before: str
    after: str
    claims: tuple[JudgedClaim, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The stable JSON shape."""
        return {
            "edit": str(self.edit),
            "place": self.place,
            "anchor": self.anchor,
            "before": self.before,
            "after": self.after,
            "claims": [claim.as_json() for claim in self.claims],
        }


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """Text that was added or removed with changes tracked; ``date`` as the file says it."""

    edit: Edit
    author: str
    date: str
    text: str
    place: str = ""

    def as_json(self) -> dict[str, object]:
        """The stable JSON shape."""
        return {
            "edit": str(self.edit),
            "author": self.author,
            "date": self.date,
            "text": self.text,
            "place": self.place,
        }


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A comment in the margin; ``on`` is the text that it is about."""

    author: str
    date: str
    text: str
    on: str
    place: str = ""

    def as_json(self) -> dict[str, object]:
        """The stable JSON shape."""
        return {"author": self.author, "date": self.date, "text": self.text, "on": self.on, "place": self.place}


@dataclass(frozen=True, slots=True)
class Review:
    """All that was done to the text of a report: sentences in order, tracked changes, comments.

    ``identity`` is what the file says of itself, ``compared_with`` the version of the data that it was held against.
    """

    identity: Identity
    compared_with: str
    changes: tuple[TextChange, ...]
    tracked: tuple[TrackedChange, ...]
    comments: tuple[ReviewComment, ...]

    @property
    def contradicted(self) -> tuple[TextChange, ...]:
        """The changes whose words the data contradict."""
        return tuple(change for change in self.changes if any(claim.verdict is Verdict.CONTRADICTED for claim in change.claims))

    def as_json(self) -> dict[str, object]:
        """The stable JSON shape."""
        return {
            "territory": self.identity.territory,
            "edition": self.identity.edition,
            "data_version": self.identity.data_version,
            "compared_with": self.compared_with,
            "changes": [change.as_json() for change in self.changes],
            "tracked": [change.as_json() for change in self.tracked],
            "comments": [comment.as_json() for comment in self.comments],
        }

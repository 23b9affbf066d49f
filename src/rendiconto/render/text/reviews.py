"""What a committee did to a report, as lines for a terminal."""

from collections.abc import Iterator, Sequence

from rendiconto.document.claims import Verdict
from rendiconto.document.review import Edit, Review, TextChange
from rendiconto.findings import Finding

_SIGNS = {Edit.CHANGED: "~", Edit.ADDED: "+", Edit.REMOVED: "-"}


def review_as_text(review: Review, findings: Sequence[Finding]) -> str:
    """Changed figures first, then the text sentence by sentence, tracked changes and comments with who made them and when."""
    return "\n".join(_lines(review, findings)) + "\n"


def _lines(review: Review, findings: Sequence[Finding]) -> Iterator[str]:
    identity = review.identity
    yield f"{identity.territory}, edition {identity.edition}, data {identity.data_version}"
    for finding in findings:
        yield f"{finding.severity}: {finding.cells[0]}: {finding.message}"
    yield f"Text: {_counted(len(review.changes), 'change')}"
    for change in review.changes:
        yield from _change(change)
    if review.tracked:
        yield f"Tracked: {_counted(len(review.tracked), 'change')}"
    for tracked in review.tracked:
        yield f"  {_SIGNS[tracked.edit]} [{tracked.place}] {_who(tracked.author, tracked.date)}: {tracked.text}"
    if review.comments:
        yield f"Comments: {len(review.comments)}"
    for comment in review.comments:
        on = f" on “{comment.on}”" if comment.on else ""
        yield f"  [{comment.place}] {_who(comment.author, comment.date)}{on}: {comment.text}"


def _change(change: TextChange) -> Iterator[str]:
    yield f"  {_SIGNS[change.edit]} [{change.place}] {change.before or change.after}"
    if change.edit is Edit.CHANGED:
        yield f"    → {change.after}"
    for claim in change.claims:
        if claim.verdict is Verdict.CONTRADICTED:
            yield f"    contradicted: {claim.text}; {claim.should_say}"


def _who(author: str, date: str) -> str:
    return ", ".join(filter(None, (author or "?", date)))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

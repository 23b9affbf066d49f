"""What the note says, whatever it is printed as."""

from collections.abc import Sequence

from rendiconto.document import Document
from rendiconto.document.report import MissingEntry
from rendiconto.render.excerpts import missing_line

KIND = "Nota di sintesi"
HIGHLIGHTS = 10
"""Sentences that a note has at most."""

_MISSING = 12


def file_stem(document: Document) -> str:
    """``nota-di-sintesi-massa-carrara-2024``."""
    return f"nota-di-sintesi-{document.territory.slug}-{document.edition}"


def highlight_texts(document: Document) -> list[str]:
    """The sentences, one a chapter; none while the report has no commentary."""
    return [sentence.text for sentence in document.highlights[:HIGHLIGHTS]]


def missing_text(missing: Sequence[MissingEntry]) -> str:
    """What was not delivered, in a paragraph; of a long list the beginning, and how much is left. Empty when all is there."""
    named = "; ".join(missing_line(entry) for entry in missing[:_MISSING])
    rest = len(missing) - _MISSING
    more = "" if rest <= 0 else "; e un'altra parte" if rest == 1 else f"; e altre {rest} parti"
    return f"{named}{more}." if missing else ""


def licence_texts(document: Document) -> list[str]:
    """On what terms the figures may be used again."""
    return [paragraph for section in document.licence for paragraph in section.paragraphs]

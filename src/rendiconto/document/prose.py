"""Prose in the Document: sentences that carry what they claim and the cells that it rests on.

A sentence is plain text with *claims* (spans of it, each with its evidence) and *marks* (emphasis, links). Offsets count
characters of the sentence's own text. Written by rule or by hand it has the same shape, and every format shows it from here.
"""

from dataclasses import dataclass
from enum import StrEnum

from rendiconto.document.claims import Evidence, JudgedClaim, Verdict


class MarkKind(StrEnum):
    """What a span of a sentence is set in."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class TextMark:
    """A span of a sentence that is emphasised, strong or a link (``target``: an http(s) or mailto address)."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what it claims of the data, in the order of the text."""

    text: str
    claims: tuple[JudgedClaim, ...] = ()
    marks: tuple[TextMark, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no claim of it is contradicted."""
        return all(claim.verdict is not Verdict.CONTRADICTED for claim in self.claims)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The figures that it rests on, each once, in the order of its claims."""
        return tuple(dict.fromkeys(item for claim in self.claims for item in claim.evidence))

    @property
    def tables(self) -> tuple[str, ...]:
        """The numbers of the tables that print them, in the same order."""
        return tuple(dict.fromkeys(item.ref.table for item in self.evidence if item.ref is not None))


class ParagraphKind(StrEnum):
    """What a paragraph is."""

    TEXT = "text"
    HEADING = "heading"  # of a piece; ``level`` 1 and more below the piece's own title
    ITEM = "item"  # of a list; ``level`` is its depth, from 1
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of sentences; ``ordered``: an item of a numbered list."""

    sentences: tuple[Sentence, ...]
    kind: ParagraphKind = ParagraphKind.TEXT
    level: int = 0
    ordered: bool = False

    @property
    def text(self) -> str:
        """The sentences, a space between them."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who answers for a piece, in which role."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text written by hand: the committee's presentation, a comment on a chapter, a note to a table.

    ``source`` is the file's name in ``texts/``, ``date`` the ISO date that its author gave it (empty without one).
    """

    source: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    bylines: tuple[Byline, ...] = ()
    date: str = ""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

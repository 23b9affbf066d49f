"""A sentence cut where its marks begin and end, so that every format sets each piece in one way."""

from dataclasses import dataclass
from itertools import pairwise

from rendiconto.document.prose import MarkKind, Sentence


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence set in one way; ``target`` is where a link leads, empty for none."""

    text: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""


def sentence_runs(sentence: Sentence) -> tuple[Run, ...]:
    """The pieces in order; together they are the sentence's text."""
    edges = {0, len(sentence.text)} | {edge for mark in sentence.marks for edge in (mark.start, mark.end)}
    places = sorted(edge for edge in edges if 0 <= edge <= len(sentence.text))
    runs = []
    for start, end in pairwise(places):
        here = [mark for mark in sentence.marks if mark.start <= start and end <= mark.end]
        kinds = {mark.kind for mark in here}
        target = next((mark.target for mark in here if mark.kind is MarkKind.LINK), "")
        text = sentence.text[start:end]
        runs.append(Run(text, MarkKind.STRONG in kinds, MarkKind.EMPHASIS in kinds, target))
    return tuple(runs)

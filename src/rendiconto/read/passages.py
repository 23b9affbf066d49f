"""Prose: the paragraphs of a text that are neither captions, nor tables, nor notes and sources under them."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from rendiconto.document.claims import Passage
from rendiconto.read.pagelines import is_boundary, is_caption
from rendiconto.read.rawtext import Line, LineKind, RawText

_SENTENCE_END: Final = re.compile(r"[.!?:;”\"»)]\s*$|[.;]\s")
_FEWEST_WORDS: Final = 8
_FULL: Final = 0.7
_HEADING_LINES: Final = 2
_MARKUP: Final = re.compile(r"^\s*(#{1,6}\s|[-*+]\s|>\s|\d+\.\s)")


def find_passages(raw: RawText, taken: Collection[int], *, report: bool) -> tuple[Passage, ...]:
    """The paragraphs of prose, in order; ``taken`` are the places of lines that belong to tables.

    In a ``report`` a run of lines must look like prose; elsewhere every run is.
    """
    passages = []
    heading = ""
    for whole in _runs(raw.lines, taken):
        run = _without_headings(whole) if report else whole
        if len(run) < len(whole):
            heading = " ".join(" ".join(line.text.split()) for line in whole[: len(whole) - len(run)][-_HEADING_LINES:])
        first = run[0]
        if first.kind is LineKind.HEADING or (first.kind is LineKind.TEXT and first.text.lstrip().startswith("#")):
            heading = first.text.lstrip("# ").strip()
            if report:
                continue
        text = _slice(raw, run)
        if not report or _is_prose(text, first):
            passages.append(Passage(text, first.start, first.page, first.number, heading))
        elif len(text.split()) < _FEWEST_WORDS:
            heading = " ".join(text.split())
    return tuple(passages)


def _without_headings(run: list[Line]) -> list[Line]:
    """A run without the short lines before its first full one: headings that stand on the paragraph."""
    full = max(len(line.text) for line in run)
    start = 0
    while start < len(run) - 1 and len(run[start].text) < _FULL * full and not _SENTENCE_END.search(run[start].text):
        start += 1
    return run[start:]


def _slice(raw: RawText, run: Sequence[Line]) -> str:
    last = run[-1]
    return raw.text[run[0].start : last.start + len(last.text)]


def _is_prose(text: str, first: Line) -> bool:
    words = text.split()
    if len(words) < _FEWEST_WORDS or not _SENTENCE_END.search(text):
        return False
    letters = sum(word[:1].isalpha() for word in words)
    return first.kind is LineKind.PARAGRAPH or 2 * letters > len(words)


def _runs(lines: Sequence[Line], taken: Collection[int]) -> Iterator[list[Line]]:
    """Lines that stand together: until a blank one, one that belongs to a table, a caption, a note or a source."""
    run: list[Line] = []
    beside = False
    for at, line in enumerate(lines):
        blank = not line.text.strip()
        apart = at in taken or line.kind in (LineKind.ROW, LineKind.HEADER_ROW) or is_caption(line)
        edge = is_boundary(line)
        own = line.kind in (LineKind.PARAGRAPH, LineKind.HEADING) or bool(_MARKUP.match(line.text))
        if run and (blank or apart or edge or own):
            yield run
            run = []
        if blank or apart:
            beside = False
        elif edge:
            # A note goes on over the lines below it, until a blank one; a source may be the last thing on its page.
            beside = line.kind is LineKind.TEXT and line.text.lstrip().casefold().startswith("nota")
        elif not beside:
            run.append(line)
            if own and line.kind is not LineKind.TEXT:
                yield run
                run = []
    if run:
        yield run

"""What changed between a text of ours and one that comes back: paragraphs aligned, then their sentences."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from rapidfuzz import fuzz

from rendiconto.document.review import Edit, TextChange
from rendiconto.italian.words import split_sentences

LEAST_LIKENESS: Final = 0.55
"""Below it two texts are not one that was changed, but one removed and one added."""
_SAME_PLACE: Final = 2.0
_MOST_COMPARED: Final = 100_000
_LONGEST_COMPARED: Final = 2_000
"""A stranger's file must not take hours to compare."""

Pair = tuple[int | None, int | None]
"""Places in ours and in theirs; None where there is no counterpart."""
Likeness = Callable[[int, int], float]
"""How alike ours at one place and theirs at another are: 0 for what can be no pair."""


def even_out(text: str) -> str:
    """Every run of blanks (no-break ones too) as one space."""
    return " ".join(text.split())


def align_paragraphs(ours: Sequence[tuple[str, str]], theirs: Sequence[tuple[Sequence[str], str]]) -> list[Pair]:
    """Paragraphs in pairs, in order: ours are (anchor, text), theirs (bookmarks, text).

    Equal texts lead; between them the bookmark of a paragraph tells it, else its likeness.
    """

    def likeness(mine: int, other: int) -> float:
        anchor, text = ours[mine]
        if anchor and anchor in theirs[other][0]:
            return _SAME_PLACE
        return text_likeness(text, theirs[other][1])

    texts = [even_out(text) for _, text in ours], [even_out(text) for _, text in theirs]
    pairs: list[Pair] = []
    for kind, i, j, k, m in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(range(i, j), range(k, m), strict=True)
        else:
            pairs += _align(range(i, j), range(k, m), likeness)
    return pairs


def text_likeness(one: str, two: str) -> float:
    """From 0 (another text) to 1 (the same)."""
    ratio = fuzz.ratio(one[:_LONGEST_COMPARED], two[:_LONGEST_COMPARED]) / 100
    return ratio if ratio >= LEAST_LIKENESS else 0.0


def sentence_changes(ours: Sequence[str], theirs: str, *, place: str, anchor: str) -> Iterator[TextChange]:
    """How the sentences of a paragraph changed, in its order; ``theirs`` is the paragraph that came back (empty: none)."""
    before = [even_out(sentence) for sentence in ours]
    after = _sentences(before, even_out(theirs))

    def likeness(mine: int, other: int) -> float:
        return _SAME_PLACE if before[mine] == after[other] else text_likeness(before[mine], after[other])

    for mine, other in _align(range(len(before)), range(len(after)), likeness):
        old = "" if mine is None else before[mine]
        new = "" if other is None else after[other]
        if old != new:
            edit = Edit.ADDED if not old else Edit.CHANGED if new else Edit.REMOVED
            yield TextChange(edit, place, anchor, old, new)


def split_text(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    return tuple(text[start:end] for start, end in split_sentences(text))


def _sentences(known: Sequence[str], text: str) -> list[str]:
    """The sentences of a text: those that are known stand as they are, what lies between is cut by its full stops."""
    found: list[str] = []
    start = 0
    for sentence in known:
        at = text.find(sentence, start)
        if at >= 0 and _stands_alone(text, at, at + len(sentence)):
            found += [*split_text(text[start:at]), sentence]
            start = at + len(sentence)
    return [*found, *split_text(text[start:])]


def _stands_alone(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] == " ") and (end == len(text) or text[end] == " ")


def _align(ours: range, theirs: range, likeness: Likeness) -> list[Pair]:
    """The pairs of greatest likeness that keep both orders, and what has no counterpart, where it stands."""
    if len(ours) * len(theirs) > _MOST_COMPARED:
        return [*((mine, None) for mine in ours), *((None, other) for other in theirs)]
    alike = {(i, j): likeness(mine, other) for i, mine in enumerate(ours) for j, other in enumerate(theirs)}
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in reversed(range(len(ours))):
        for j in reversed(range(len(theirs))):
            paired = alike[i, j] + best[i + 1][j + 1] if alike[i, j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if alike[i, j] and best[i][j] == alike[i, j] + best[i + 1][j + 1]:
            pairs.append((ours[i], theirs[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((ours[i], None))
            i += 1
        else:
            pairs.append((None, theirs[j]))
            j += 1
    return [*pairs, *((mine, None) for mine in ours[i:]), *((None, other) for other in theirs[j:])]

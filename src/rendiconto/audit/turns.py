"""Turns of phrase in a sentence: words of change, of comparison, of what stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rendiconto.italian.lexicon import OF, Direction, change_of, comparison_of, degree_of, is_unlike
from rendiconto.italian.words import Word

_THAN: Final = OF | {"che", "rispetto"}
_PARTS: Final = frozenset(("meta", "terzo", "quarto", "doppio", "triplo", "un", "una"))
_LEVELS: Final = frozenset(("media", "dato", "valore", "livello", "quota", "quella", "quello", "quelle", "quelli"))
_HAPPENING: Final = frozenset(
    ("accade", "avviene", "succede", "osserva", "registra", "rileva", "anche", "in", "nel", "nell'", "a")
)
_WAYS: Final = {"piu": Direction.UP, "meno": Direction.DOWN, "sopra": Direction.UP, "sotto": Direction.DOWN}


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of change or comparison; ``compares``: it sets two figures side by side rather than in time."""

    at: int
    last: int
    direction: Direction
    compares: bool


def find_turns(words: Sequence[Word]) -> list[Turn]:
    """The turns of phrase of a sentence, in order; a "non" before one turns it round."""
    found: list[Turn] = []
    at = 0
    while at < len(words):
        turn = _turn_at(words, at)
        if turn is not None:
            negated = any(word.folded == "non" for word in words[max(at - 3, 0) : at])
            if negated and turn.direction is not Direction.LEVEL:
                turn = replace(turn, direction=turn.direction.opposite)
            level = turn.direction is Direction.LEVEL
            if not (level and (negated or _only_qualifies(words, at))):
                found.append(turn)
            at = turn.last
        at += 1
    return found


def _only_qualifies(words: Sequence[Word], at: int) -> bool:
    """Whether "costante" says of a change how it goes on: "in costante aumento"."""
    beside = (*words[max(at - 1, 0) : at], *words[at + 1 : at + 2])
    return any(change_of(word.folded) not in (None, Direction.LEVEL) for word in beside)


def _turn_at(words: Sequence[Word], at: int) -> Turn | None:
    folded = words[at].folded
    following = [word.folded for word in words[at + 1 : at + 4]]
    if folded in ("piu", "meno") and following and (way := degree_of(following[0])) is not None:
        return Turn(at, at + 1, way if folded == "piu" else way.opposite, compares=True)
    if folded in _WAYS and _sets_against(words, at, following):
        return Turn(at, at, _WAYS[folded], compares=True)
    level = _level_at(words, at, following)
    if level or folded == "pari":
        return Turn(at, at + level - 1, Direction.LEVEL, compares=True) if level else None
    comparison = comparison_of(folded)
    if comparison is not None:
        return Turn(at, at, comparison, compares=True)
    change = change_of(folded)
    return None if change is None else Turn(at, at, change, compares=False)


def _level_at(words: Sequence[Word], at: int, following: Sequence[str]) -> int:
    """Of how many words a phrase is that sets two figures or their changes alike, or against each other; 0 for none."""
    folded = words[at].folded
    if folded == "linea":
        return 2 if at and words[at - 1].folded == "in" and following[:1] == ["con"] else 0
    alike = folded == "pari" and (following[:1] == ["di"] or (bool(following) and following[0].startswith("a")))
    return int(alike or is_unlike(folded) or (folded == "come" and _is_likeness(following)))


def _is_likeness(following: Sequence[str]) -> bool:
    """Whether "come" sets a figure beside another: "come accade in Toscana", "come nel 2023"."""
    return following[:1] != [] and (
        following[0] in _HAPPENING or (following[:1] == ["si"] and following[1:2] != [] and following[1] in _HAPPENING)
    )


def _sets_against(words: Sequence[Word], at: int, following: Sequence[str]) -> bool:
    """Whether "più", "meno", "sopra" or "sotto" compare by themselves: "più che a Prato", "sotto la media"."""
    if words[at].folded in ("sopra", "sotto"):
        return (at > 0 and words[at - 1].folded == "di") or any(word in _LEVELS for word in following[:2])
    than = bool(following) and following[0].removesuffix("'") in _THAN
    return than and not any(word.is_number or word.folded in _PARTS for word in words[at + 2 : at + 4])

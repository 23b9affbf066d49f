"""Errors for the caller: what happened, where, and what to do about it.

An error stops the work because the caller asked for something impossible or a file of ours cannot be
used. What is wrong with the *figures* is never an error but a finding (``rendiconto.findings``).
The command line prints these without a traceback and exits with 2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands. ``line`` counts from 1; ``key`` is a dotted path or a column name."""

    file: Path | str
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        text = str(self.file)
        if self.line is not None:
            text += f":{self.line}"
        if self.key:
            text += f" ({self.key})"
        return text


class RendicontoError(Exception):
    """What happened, where it happened, what to do: the only kind of exception meant for a person."""

    def __init__(self, what: str, where: Place | str | None = None, todo: str | None = None) -> None:
        super().__init__(what, where, todo)
        self.what = what
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        parts = [self.what if self.where is None else f"{self.where}: {self.what}"]
        if self.todo:
            parts.append(self.todo)
        return "\n".join(parts)


class UnknownName(RendicontoError):
    """A name that nothing bears; the nearest ones that exist are offered."""

    def __init__(self, kind: str, name: str, near: Sequence[str] = (), where: Place | str | None = None) -> None:
        self.kind = kind
        self.name = name
        self.near = tuple(near)
        todo = f"Did you mean {' or '.join(repr(n) for n in self.near)}?" if self.near else None
        super().__init__(f"unknown {kind} {name!r}", where, todo)


class CatalogueError(RendicontoError):
    """A catalogue file says something that cannot be: file, line and key say where."""


class DataError(RendicontoError):
    """A data file cannot be taken in as it is: file and row say where."""


def nearest_names(name: str, choices: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The names in ``choices`` most like ``name``, best first; empty when none is near enough."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        name,
        sorted(set(choices)),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=limit,
        score_cutoff=60,
    )
    return tuple(choice for choice, _score, _index in found)

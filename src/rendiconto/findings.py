"""Findings: what a check says of the data, as values.

A finding is never raised. Its ``id`` is made of the rule and of what it concerns (cube and key, or the cell of a delivered
file), not of values nor of places in a report, so that it stays the same when the check is run again on mended data or a table
gains a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Self


class Severity(StrEnum):
    """How much a finding matters; ordered from worst to mildest."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)

    def reaches(self, other: "Severity") -> bool:
        """Whether this is at least as bad as the other."""
        return self.rank <= other.rank


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule looks for, why, how much it matters, and its message: in English and Italian side by side."""

    id: str
    title: str
    title_it: str
    why: str
    why_it: str
    severity: Severity
    template: str
    template_it: str

    def finding(
        self,
        keys: tuple[str, ...],
        words: Mapping[str, str],
        *,
        severity: Severity | None = None,
        values: tuple[str, ...] = (),
        expected: Decimal | None = None,
        observed: Decimal | None = None,
        tolerance: Decimal | None = None,
    ) -> "Finding":
        """The finding on these keys; ``words`` fill both templates."""
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            keys=keys,
            message=self.template.format_map(words),
            message_it=self.template_it.format_map(words),
            values=values,
            expected=expected,
            observed=observed,
            tolerance=tolerance,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found.

    ``keys`` are what it concerns (``popolazione/045/2024/F/T``, or ``file.xlsx Foglio1!C7``), ``cells`` where they are printed
    (the keys themselves where they are not) and ``values`` how they read: in the same order, the likely culprit first.
    ``hint`` says what would mend it; ``office`` whom to ask.
    """

    rule: str
    severity: Severity
    keys: tuple[str, ...]
    message: str
    message_it: str
    values: tuple[str, ...] = ()
    expected: Decimal | None = None
    observed: Decimal | None = None
    tolerance: Decimal | None = None
    hint: str = ""
    hint_it: str = ""
    office: str = ""
    cells: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        fingerprint = sha256("\n".join((self.rule, *sorted(self.keys))).encode()).hexdigest()[:12]
        object.__setattr__(self, "id", f"{self.rule}-{fingerprint}")
        if not self.cells:
            object.__setattr__(self, "cells", self.keys)

    def led_by(self, key: str) -> Self:
        """With the likely culprit first."""
        if key not in self.keys:
            return self
        at = self.keys.index(key)
        order = (at, *(position for position in range(len(self.keys)) if position != at))
        values = tuple(self.values[position] for position in order) if self.values else ()
        return replace(self, keys=tuple(self.keys[position] for position in order), values=values, cells=())

    def as_json(self) -> dict[str, object]:
        """The stable JSON shape of a finding (numbers stay ``Decimal``)."""
        return {
            "id": self.id,
            "rule": self.rule,
            "severity": str(self.severity),
            "cells": list(self.cells),
            "expected": self.expected,
            "observed": self.observed,
            "tolerance": self.tolerance,
            "message": self.message,
            "message_it": self.message_it,
            "keys": list(self.keys),
            "values": list(self.values),
            "hint": self.hint,
            "hint_it": self.hint_it,
            "office": self.office,
        }

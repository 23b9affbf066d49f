"""Findings: what a check says of the data, as values.

A finding is never raised. Its ``id`` is made of rule and cells, not of values, so that it stays the same when
the check is run again on mended data.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256


class Severity(StrEnum):
    """How much a finding matters; ordered from worst to mildest."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found. ``cells`` has the likely culprit first."""

    rule: str
    severity: Severity
    cells: tuple[str, ...]
    message: str
    message_it: str
    expected: Decimal | None = None
    observed: Decimal | None = None
    tolerance: Decimal | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        fingerprint = sha256("\n".join((self.rule, *sorted(self.cells))).encode()).hexdigest()[:12]
        object.__setattr__(self, "id", f"{self.rule}-{fingerprint}")

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
        }

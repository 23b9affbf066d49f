"""Waivers: findings that somebody has looked at and accepted, with who, why and until when.

A waiver remembers the values it accepted: when one of them changes, or its day has passed, it lapses and the finding is open
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml
from pydantic import Field, ValidationError, field_validator

from rendiconto.catalogue.formulas import Strict
from rendiconto.catalogue.yamltext import read_yaml
from rendiconto.errors import DataError, RendicontoError, UnknownName, nearest_names
from rendiconto.findings import Finding


class Waiver(Strict):
    """An entry of ``waivers.yaml``; ``values`` are the figures accepted, by key, as they read."""

    id: str
    reason: str
    author: str
    expires: str
    values: dict[str, str] = Field(default_factory=dict)

    @field_validator("expires")
    @classmethod
    def _day(cls, value: str) -> str:
        date.fromisoformat(value)
        return value

    @field_validator("reason", "author")
    @classmethod
    def _said(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("may not be empty")
        return value

    def lapse(self, finding: Finding, today: date) -> tuple[str, str] | None:
        """Why the waiver no longer holds, in English and Italian; None while it does."""
        if today > date.fromisoformat(self.expires):
            return f"its waiver expired on {self.expires}", f"la deroga è scaduta il {self.expires}"
        if self.values != values_of(finding):
            return "its waiver was for other values", "la deroga valeva per altri valori"
        return None


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that a waiver sets aside."""

    finding: Finding
    waiver: Waiver


def values_of(finding: Finding) -> dict[str, str]:
    """The figures of a finding by key, as they read."""
    return dict(zip(finding.keys, finding.values, strict=True)) if finding.values else {}


def read_waivers(file: Path) -> tuple[Waiver, ...]:
    """The waivers of a file; none where there is no file."""
    if not file.exists():
        return ()
    source = read_yaml(file)
    waivers = []
    for index, content in enumerate(source.content or []):
        try:
            waivers.append(Waiver.model_validate(content))
        except ValidationError as error:
            first = error.errors()[0]
            steps = tuple(step for step in first["loc"] if isinstance(step, str | int))
            todo = "A waiver has id, reason, author, expires (2025-12-31) and values."
            raise DataError(first["msg"].removeprefix("Value error, "), source.place(index, *steps), todo) from None
    return tuple(waivers)


def apply_waivers(findings: Sequence[Finding], waivers: Sequence[Waiver], today: date) -> tuple[list[Finding], list[Waived]]:
    """The findings that are open, and those set aside. A lapsed waiver is said on its finding."""
    by_id = {waiver.id: waiver for waiver in waivers}
    still_open: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        waiver = by_id.get(finding.id)
        lapse = None if waiver is None else waiver.lapse(finding, today)
        if waiver is None:
            still_open.append(finding)
        elif lapse is None:
            waived.append(Waived(finding, waiver))
        else:
            hint, hint_it = (
                f"{text}; {why}" if text else why for text, why in zip((finding.hint, finding.hint_it), lapse, strict=True)
            )
            still_open.append(replace(finding, hint=hint, hint_it=hint_it))
    return still_open, waived


def add_waiver(file: Path, finding: Finding, *, reason: str, author: str, expires: date) -> Waiver:
    """Write a waiver of a finding into the file, in the place of an older one of the same finding."""
    waiver = Waiver(id=finding.id, reason=reason, author=author, expires=expires.isoformat(), values=values_of(finding))
    kept = [other for other in read_waivers(file) if other.id != finding.id]
    comment = "".join(
        f"{line}\n" for line in (file.read_text(encoding="utf-8").splitlines() if file.exists() else []) if line.startswith("#")
    )
    content = [entry.model_dump() for entry in (*kept, waiver)]
    passing = file.with_suffix(".passing")
    try:
        passing.write_text(comment + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
        passing.replace(file)
    except OSError as error:
        raise RendicontoError(f"the waiver was not written: {error.strerror}", str(file)) from None
    return waiver


def finding_by_id(findings: Sequence[Finding], wanted: str) -> Finding:
    """The finding of that id; an unknown one suggests the near."""
    by_id = {finding.id: finding for finding in findings}
    if wanted not in by_id:
        raise UnknownName("finding", wanted, nearest_names(wanted, by_id))
    return by_id[wanted]

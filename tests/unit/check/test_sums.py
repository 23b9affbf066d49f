"""No false alarm on consistent figures; a planted fault is found by its rule."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from rendiconto.check import RULES, check_data, reaching
from rendiconto.findings import Severity
from rendiconto.observations import load_observations
from toy_edition import toy_catalogue, toy_store


@pytest.mark.parametrize("territory", ["massa-carrara", "toscana", "italia", "valle-d-aosta", "trento"])
def test_consistent_figures_have_no_finding(tmp_path: Path, territory: str) -> None:
    assert reaching(check_data(toy_catalogue(), toy_store(tmp_path, territory)), Severity.WARNING) == []


def corrupt(folder: Path, cube: str, key: list[str], change: Decimal) -> None:
    path = folder / f"{cube}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    row = next(row for row in rows if row[: len(key)] == key)
    row[len(key)] = str(Decimal(row[len(key)]) + change)
    with path.open("w", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


@pytest.mark.parametrize("part", ["F", "M", "T"])
def test_a_wrong_part_or_total_is_found(tmp_path: Path, part: str) -> None:
    toy_store(tmp_path)
    corrupt(tmp_path, "popolazione", ["045", "2024", part, "T"], Decimal(1))
    findings = reaching(check_data(toy_catalogue(), load_observations(toy_catalogue(), tmp_path)), Severity.ERROR)
    assert [finding.rule for finding in findings] == ["sum"] * (2 if part == "T" else 1)
    assert all(finding.severity is Severity.ERROR for finding in findings)
    assert "popolazione/045/2024/T/T" in findings[0].keys
    assert "1" in findings[0].message
    assert findings[0].message != findings[0].message_it


def test_a_stale_derived_figure_is_found(tmp_path: Path) -> None:
    toy_store(tmp_path)
    (tmp_path / "quota_irregolari.csv").write_text("territory,period,value,status\n045,2024,99.9,\n")
    (finding,) = reaching(check_data(toy_catalogue(), load_observations(toy_catalogue(), tmp_path)), Severity.WARNING)
    assert (finding.rule, finding.severity) == ("formula", Severity.WARNING)
    assert finding.observed == Decimal("99.9")
    assert finding.keys[0] == "quota_irregolari/045/2024"


def test_rules_say_what_they_are_in_both_languages() -> None:
    for rule in RULES.values():
        assert rule.title
        assert rule.why != rule.why_it
        assert rule.title != rule.title_it
        assert rule.template != rule.template_it

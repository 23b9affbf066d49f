"""Waivers hold while the figures are those accepted and the day has not come."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rendiconto.check.waivers import add_waiver, apply_waivers, finding_by_id, read_waivers
from rendiconto.errors import DataError, UnknownName
from rendiconto.findings import Finding, Severity

TODAY = date(2025, 6, 1)


def finding(value: str = "10") -> Finding:
    return Finding("sum", Severity.ERROR, ("a/045", "b/045"), "wrong", "sbagliato", (value, "20"), Decimal(1), Decimal(2))


def test_a_waiver_sets_its_finding_aside_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    other = Finding("sum", Severity.ERROR, ("c/045",), "wrong", "sbagliato")
    add_waiver(file, finding(), reason="rettificata dall'ufficio", author="M. Rossi", expires=date(2025, 12, 31))
    still_open, waived = apply_waivers([finding(), other], read_waivers(file), TODAY)
    assert still_open == [other]
    assert [(each.finding, each.waiver.author) for each in waived] == [(finding(), "M. Rossi")]


@pytest.mark.parametrize(("value", "today"), [("11", TODAY), ("10", date(2026, 1, 1))])
def test_it_lapses_when_a_figure_changes_or_its_day_has_passed(tmp_path: Path, value: str, today: date) -> None:
    file = tmp_path / "waivers.yaml"
    add_waiver(file, finding(), reason="si", author="M. Rossi", expires=date(2025, 12, 31))
    (still_open, waived) = apply_waivers([finding(value)], read_waivers(file), today)
    assert not waived
    assert "waiver" in still_open[0].hint
    assert "deroga" in still_open[0].hint_it
    assert still_open[0].id == finding().id


def test_a_second_waiver_of_a_finding_takes_the_place_of_the_first(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text("# What this file is.\n[]\n", encoding="utf-8")
    for author in ("A", "B"):
        add_waiver(file, finding(), reason="si", author=author, expires=TODAY)
    assert [waiver.author for waiver in read_waivers(file)] == ["B"]
    assert file.read_text(encoding="utf-8").startswith("# What this file is.\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- {id: x, reason: '', author: A, expires: '2025-01-01'}", "empty"),
        ("- {id: x, reason: si, author: A, expires: domani}", "expires"),
        ("- {id: x, reason: si}", "author"),
    ],
)
def test_a_waiver_that_says_too_little_is_refused(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(content + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_waivers(file)
    assert said in str(caught.value)


def test_a_finding_that_is_not_there_suggests_the_near() -> None:
    wanted = finding().id
    assert finding_by_id([finding()], wanted) == finding()
    with pytest.raises(UnknownName, match="unknown finding"):
        finding_by_id([finding()], wanted[:-1] + "x")

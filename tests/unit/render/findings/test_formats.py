"""What holds of every format of findings."""

import subprocess
import sys

import pytest

from rendiconto.errors import UnknownName
from rendiconto.render.findings import FINDING_FORMATS, render_findings
from unit.render.findings.reports import INJECTIONS, full_report, report_of, unreadable

every_format = pytest.mark.parametrize("name", FINDING_FORMATS)


@every_format
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert render_findings(name, full_report()) == render_findings(name, full_report())


@every_format
def test_a_report_without_findings_is_a_report(name: str) -> None:
    assert render_findings(name, report_of())


@every_format
def test_any_text_of_an_office_can_be_reported(name: str) -> None:
    assert render_findings(name, report_of(*(unreadable(f"{text}.csv row 2", text) for text in INJECTIONS)))


@every_format
def test_a_rule_that_the_report_does_not_explain_is_named(name: str) -> None:
    report = report_of(unreadable("a.csv row 2", "x"))
    unexplained = type(report)(report.title, 2024, "2024.1", "2025-10-31", report.findings)
    assert render_findings(name, unexplained)


def test_an_unknown_format_suggests_the_near() -> None:
    with pytest.raises(UnknownName) as caught:
        render_findings("jsn", report_of())
    assert caught.value.near[0] == "json"


def test_formats_are_loaded_when_asked_for() -> None:
    heavy = ("jinja2", "xlsxwriter", "simplejson")
    code = f"import sys, rendiconto.render.findings; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

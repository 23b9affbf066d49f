"""What holds of every format of audits."""

import subprocess
import sys

import pytest

from rendiconto.errors import UnknownName
from rendiconto.render.audits import AUDIT_FORMATS, render_audit
from unit.render.audits.reports import full_report, hostile_report, report_of

every_format = pytest.mark.parametrize("name", AUDIT_FORMATS)


@every_format
def test_the_same_reports_give_the_same_bytes(name: str) -> None:
    reports = [full_report(), hostile_report()]
    assert render_audit(name, reports) == render_audit(name, reports)


@every_format
@pytest.mark.parametrize("count", [0, 1, 3])
def test_any_number_of_texts_can_be_reported(name: str, count: int) -> None:
    assert render_audit(name, [full_report(f"{number}.txt") for number in range(count)])


@every_format
def test_a_text_in_which_nothing_was_found_is_a_report(name: str) -> None:
    assert render_audit(name, [report_of()])
    assert render_audit(name, [report_of(["Niente di cui contare."])])


@every_format
def test_a_file_with_a_name_that_is_no_text_can_be_reported(name: str) -> None:
    content = render_audit(name, [full_report("comunicat\udcf2.txt")])
    assert content.decode()


def test_an_unknown_format_suggests_the_near() -> None:
    with pytest.raises(UnknownName) as caught:
        render_audit("jsn", [report_of()])
    assert caught.value.near[0] == "json"


def test_formats_are_loaded_when_asked_for() -> None:
    heavy = ("jinja2", "simplejson")
    code = f"import sys, rendiconto.render.audits; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

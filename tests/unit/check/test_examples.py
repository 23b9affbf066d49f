"""Every rule finds its own worked example, and nothing where the example is mended."""

import pytest

from rendiconto.catalogue import load_catalogue
from rendiconto.check import RULES
from rendiconto.check.examples import run_example


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_its_example(name: str) -> None:
    rule = RULES[name]
    findings = run_example(rule, load_catalogue(2024))
    assert rule.example.finds in [finding.message for finding in findings]
    assert all(finding.message_it != finding.message for finding in findings)
    assert all(finding.severity.reaches(finding.severity) and finding.cells for finding in findings)

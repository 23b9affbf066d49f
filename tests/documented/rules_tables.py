"""The tables of rules in the manual's pages on reading and auditing, made of the registries."""

from collections.abc import Mapping
from pathlib import Path

from rendiconto.audit.reconcile import RECONCILE_RULES
from rendiconto.audit.rules import AUDIT_RULES
from rendiconto.findings import Rule
from rendiconto.observations.microdata import MICRODATA_RULES
from rendiconto.read.rules import READ_RULES
from rendiconto.texts.rules import TEXT_RULES

DOCS = Path(__file__).parents[2] / "docs"
TABLES = {
    "reading.md": ("READ_RULES", READ_RULES),
    "audit.md": ("AUDIT_RULES", AUDIT_RULES),
    "reconcile.md": ("RECONCILE_RULES", RECONCILE_RULES),
    "texts.md": ("TEXT_RULES", TEXT_RULES),
    "microdata.md": ("MICRODATA_RULES", MICRODATA_RULES),
}
_BEGIN, _END = "<!-- rules -->", "<!-- end of rules -->"


def rules_table(rules: Mapping[str, Rule]) -> str:
    lines = [_BEGIN, "| rule | severity | what it looks for | why |", "|---|---|---|---|"]
    lines += [f"| `{rule.id}` | {rule.severity} | {rule.title} | {rule.why} |" for rule in rules.values()]
    return "\n".join([*lines, _END])


def page_with_rules(name: str) -> str:
    """The page with its table made anew."""
    mark, rules = TABLES[name]
    text = (DOCS / name).read_text(encoding="utf-8")
    if _BEGIN in text:
        before, rest = text.split(_BEGIN, 1)
        return before + rules_table(rules) + rest.split(_END, 1)[1]
    return text.replace(mark, rules_table(rules))


if __name__ == "__main__":
    for name in TABLES:
        (DOCS / name).write_text(page_with_rules(name), encoding="utf-8")

"""The manual's page of rules, made of the registries."""

from pathlib import Path

from rendiconto.check import RULES
from rendiconto.check.rules import DataRule
from rendiconto.observations.intake.rules import INTAKE_RULES

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def checks_page() -> str:
    """Every rule: what it looks for, why, how much it matters, and an example with its finding."""
    lines = [
        "# Checks",
        "",
        "Made from the rules by `make manual`; every example is a test. `rendiconto check` runs them all. Tolerance follows",
        "from printed digits: sums of rounded figures may depart by half a unit of their last decimal for each term, exact",
        "counts not at all; a difference inside the tolerance is `info`. Rules that go by appearance never say more than",
        "`info`. Where one cell explains several findings it is named first, with the value that would mend them; a",
        "confidential figure is never implied.",
        "",
        "A finding is waived by its id, with a reason, an author and a day (`rendiconto waive`); the waiver lapses on that",
        "day, or when one of the figures changes.",
        "",
        "## Rules over the data",
    ]
    for rule in RULES.values():
        lines += data_rule(rule)
    lines += ["", "## Rules of intake", "", "With an error a file is not stored, unless `--accept-rest` is passed.", ""]
    lines += ["| rule | what it looks for | why |", "|---|---|---|"]
    lines += [f"| `{rule.id}` | {rule.title} | {rule.why} |" for rule in INTAKE_RULES.values()]
    return "\n".join(lines) + "\n"


def data_rule(rule: DataRule) -> list[str]:
    lines = ["", f"### `{rule.id}` ({rule.severity})", "", f"{rule.title}. {rule.why}", "", "```"]
    for cube, rows in rule.example.data.items():
        shown = rows.splitlines()
        lines += [f"{cube}: {row}" for row in shown[:4]]
        lines += (
            [f"{cube}: … {len(shown) - 5} more", f"{cube}: {shown[-1]}"]
            if len(shown) > 5
            else [f"{cube}: {r}" for r in shown[4:]]
        )
    for cube, rows in rule.example.later.items():
        lines += [f"{cube}, delivered later: {row}" for row in rows.splitlines()]
    lines += [f"→ {rule.example.finds}", "```"]
    return lines


if __name__ == "__main__":
    PAGE.write_text(checks_page(), encoding="utf-8")

"""The rules: what each looks for, how much it matters, and its message in English and Italian side by side."""

from dataclasses import dataclass

from rendiconto.findings import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the registry. Templates take ``total``, ``observed``, ``expected``, ``difference``, ``because``."""

    id: str
    title: str
    why: str
    severity: Severity
    template: str
    template_it: str


_ALL = (
    Rule(
        "sum",
        "A total equals the sum of its parts",
        "A codelist declares the sum; a total that departs from it was mistyped or is stale.",
        Severity.ERROR,
        "{total} is {observed}, its parts make {expected} ({because})",
        "{total} vale {observed}, le sue parti danno {expected} ({because})",
    ),
    Rule(
        "territory",
        "A region equals the sum of its provinces, Italy that of its regions",
        "The same count is delivered for every territory; what a region does not get from its provinces is lost or doubled.",
        Severity.ERROR,
        "{total} is {observed}, its territories make {expected} ({because})",
        "{total} vale {observed}, i suoi territori danno {expected} ({because})",
    ),
    Rule(
        "relation",
        "A declared relation between cubes holds",
        "Stocks and flows of the same proceedings are delivered apart and must meet.",
        Severity.ERROR,
        "{total} is {observed}, the relation gives {expected} ({because})",
        "{total} vale {observed}, la relazione dà {expected} ({because})",
    ),
    Rule(
        "formula",
        "A published derived figure equals the one computed from its inputs",
        "Shares and balances are typed by hand in the source; rounding twice is enough to print another digit.",
        Severity.WARNING,
        "{total} was published as {observed}, its inputs give {expected} ({because})",
        "{total} è pubblicato come {observed}, le altre cifre danno {expected} ({because})",
    ),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
"""Every rule by id."""

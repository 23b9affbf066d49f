"""What auditing prose can find beside verdicts: words that say more, or less, than the figures."""

from collections.abc import Sequence
from typing import Final

from rendiconto.document.claims import Evidence
from rendiconto.findings import Finding, Rule, Severity

_ALL = (
    Rule(
        "overstated",
        "Words of degree fit the size of the change",
        "Gli avverbi di misura si addicono alla variazione",
        "“Sharply” over a change of a tenth misleads, though the direction is right.",
        "Un «nettamente» per un decimo inganna, anche se la direzione è giusta.",
        Severity.INFO,
        "“{text}” says more than the figures ({figures})",
        "«{text}» dice più delle cifre ({figures})",
    ),
    Rule(
        "understated",
        "Words of degree fit the size of the change",
        "Gli avverbi di misura si addicono alla variazione",
        "“Slightly” over a large change misleads, though the direction is right.",
        "Un «leggermente» per una grande variazione inganna, anche se la direzione è giusta.",
        Severity.INFO,
        "“{text}” says less than the figures ({figures})",
        "«{text}» dice meno delle cifre ({figures})",
    ),
    Rule(
        "truncated",
        "Round figures are rounded",
        "Le cifre tonde sono arrotondate",
        "A figure cut to thousands is lower than the one rounded.",
        "Una cifra troncata alle migliaia è più bassa di quella arrotondata.",
        Severity.INFO,
        "“{text}” is cut, not rounded ({figures})",
        "«{text}» è troncato, non arrotondato ({figures})",
    ),
    Rule(
        "unlike_data",
        "A report prints what the data have",
        "Il rendiconto stampa ciò che i dati hanno",
        "A figure that differs from the data was mistyped, or the data have been revised since.",
        "Una cifra diversa dai dati è stata digitata male, o i dati sono stati rivisti.",
        Severity.WARNING,
        "{what}: printed {text}, the data have {figures}",
        "{what}: stampato {text}, i dati hanno {figures}",
    ),
)

AUDIT_RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Rules of the audit by id."""

_SHOWN: Final = 120


def overstated_finding(rule: str, text: str, start: int, evidence: Sequence[Evidence]) -> Finding:
    """The finding that a claim's words miss the size of the figures; ``start`` is its offset in the text."""
    figures = ", ".join(item.shown for item in evidence[:4])
    keys = tuple(item.cell for item in evidence) or (f"text@{start}",)
    return AUDIT_RULES[rule].finding(keys, {"text": " ".join(text.split())[:_SHOWN], "figures": figures})

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
        "per_cent_of_rate",
        "The change of a rate is told in points",
        "La variazione di un tasso si dice in punti",
        "“Up 2 per cent” of a rate may be points or per cent: readers take one for the other.",
        "«Aumentato del 2%», di un tasso, può essere in punti o in percentuale: chi legge scambia l'uno per l'altra.",
        Severity.INFO,
        "“{text}”: the change of a rate in per cent; say percentage points",
        "«{text}»: la variazione di un tasso in percentuale; conviene dirla in punti percentuali",
    ),
    Rule(
        "extreme_without_set",
        "An extreme says among what",
        "Un estremo dice tra che cosa",
        "“The highest” of which years, of which places? Without its set a superlative cannot be checked by a reader.",
        "«Il più alto» di quali anni, di quali luoghi? Senza il suo insieme un superlativo non si può verificare.",
        Severity.INFO,
        "“{text}” is an extreme without its set",
        "«{text}» è un estremo senza il suo insieme",
    ),
    Rule(
        "people_for_things",
        "Persons are not benefits or applications",
        "Le persone non sono le prestazioni o le domande",
        "Whoever has several benefits is counted in each: so many benefits are fewer people.",
        "Chi ha più prestazioni è contato in ciascuna: tante prestazioni sono meno persone.",
        Severity.INFO,
        "“{text}”: the figure counts {unit}, not people",
        "«{text}»: la cifra conta {unit}, non persone",
    ),
    Rule(
        "cause",
        "Figures show no causes",
        "Le cifre non mostrano cause",
        "What made a figure change is not in the figures: whoever writes it answers for it.",
        "Perché una cifra è cambiata non sta nelle cifre: ne risponde chi lo scrive.",
        Severity.INFO,
        "“{text}” is a cause that the data cannot show",
        "«{text}» è una causa che i dati non possono mostrare",
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

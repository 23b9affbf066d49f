"""Reports of findings for the tests: real rules and findings, with what offices and files may say."""

from dataclasses import replace
from decimal import Decimal

from rendiconto.findings import Finding, Rule, Severity
from rendiconto.render.findings import FindingsReport, WaivedFinding

SUM = Rule(
    "sum",
    "A total equals the sum of its parts",
    "Un totale è la somma delle sue parti",
    "A total that departs from its parts was mistyped or is stale.",
    "Un totale che si discosta dalle parti è stato digitato male.",
    Severity.ERROR,
    "{total} is {observed}, its parts make {expected}",
    "{total} vale {observed}, le sue parti danno {expected}: così non può essere",
)
MISSING = Rule(
    "missing",
    "All that the edition prints was delivered",
    "Tutto ciò che l'edizione stampa è pervenuto",
    "What nobody sent is asked for by name.",
    "Ciò che manca si chiede per nome.",
    Severity.INFO,
    "{count} figures were not delivered",
    "{count} cifre non pervenute",
)
NUMBER = Rule(
    "number",
    "A figure is a number",
    "Una cifra è un numero",
    "What cannot be read is not guessed.",
    "Ciò che non si legge non si indovina.",
    Severity.WARNING,
    "read {read}, a number was expected",
    "letto {read}, ci si attendeva un numero",
)
RULES = {rule.id: rule for rule in (SUM, MISSING, NUMBER)}

ACTUARIES = "Coordinamento generale statistico attuariale"
HEALTH = "Direzione centrale Salute e prestazioni di disabilità"


def wrong_sum(number: int = 0, office: str = ACTUARIES) -> Finding:
    """54.171 ≠ 27.395 + 26.722, the women's figure the likely culprit."""
    keys = tuple(f"pensionati/045/{2024 + number}/{sex}" for sex in "TFM")
    found = SUM.finding(
        keys,
        {"total": "Pensionati", "observed": "54.171", "expected": "54.117"},
        values=("54.171", "27.395", "26.722"),
        expected=Decimal(54117),
        observed=Decimal(54171),
        tolerance=Decimal("1.5"),
    ).led_by(keys[1])
    return replace(
        found,
        hint="with 27.449 the sum holds",
        hint_it="con 27.449 la somma torna",
        office=office,
        cells=tuple(f"T31.0/massa-carrara/{2024 + number}/r0/c{column}" for column in (0, 2, 1)),
    )


def not_delivered(cells: int = 8) -> Finding:
    """Figures that nobody sent."""
    keys = tuple(f"durc/045/2024/{code}" for code in range(cells))
    return replace(MISSING.finding(keys, {"count": str(cells)}, values=("n.d.",) * cells), office=HEALTH)


def unreadable(place: str, read: str) -> Finding:
    """A cell of a file, as it was read."""
    return NUMBER.finding((place,), {"read": read}, values=(read,))


def report_of(*findings: Finding, waived: tuple[WaivedFinding, ...] = ()) -> FindingsReport:
    """A report of these findings."""
    return FindingsReport("Controllo – Massa-Carrara", 2024, "2024.1", "2025-10-31", findings, waived, RULES)


def full_report() -> FindingsReport:
    """One of each severity and a waiver."""
    waived = WaivedFinding(wrong_sum(5), "Nicolò Però", "la fonte è così", "2026-12-31")
    return report_of(wrong_sum(), not_delivered(), unreadable("dati.csv row 12", "1.5"), waived=(waived,))


INJECTIONS = ("=1+1", "+39", "-2+3", '@SUM(A1)"', "\t=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\x1b[31m", "\u202eabc")
"""Texts that a spreadsheet, a browser or a terminal would obey."""

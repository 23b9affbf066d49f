"""What can be wrong with somebody's retyped figures: the rules, worded in both languages like those of the checks."""

from rendiconto.findings import Rule, Severity

DIFFERS = Rule(
    "differs",
    "A retyped figure is ours",
    "Una cifra ricopiata è la nostra",
    "Figures copied by hand get copied wrong: another year's, two digits exchanged, a scale.",
    "Le cifre copiate a mano si copiano male: un altro anno, due cifre scambiate, una scala.",
    Severity.ERROR,
    "{what}: they have {theirs}, ours is {ours}",
    "{what}: nel file c'è {theirs}, la nostra cifra è {ours}",
)
ROUNDED = Rule(
    "rounded",
    "A figure has fewer digits than ours",
    "Una cifra ha meno decimali della nostra",
    "It is right at the digits that it has; sums of such figures need not hold.",
    "È giusta con i decimali che ha; le somme di cifre così possono non tornare.",
    Severity.INFO,
    "{what}: {theirs} is ours ({ours}) rounded",
    "{what}: {theirs} è la nostra cifra ({ours}) arrotondata",
)
ADDS_UP = Rule(
    "does_not_add_up",
    "The file's own figures add up",
    "Le cifre del file tornano tra loro",
    "Whoever reads the file adds the parts and does not get the total beside them.",
    "Chi legge il file somma le parti e non ottiene il totale che sta loro accanto.",
    Severity.ERROR,
    "{total} is {observed} in the file, its parts there make {expected}: {arithmetic} ({because})",
    "{total} vale {observed} nel file, dove le sue parti danno {expected}: {arithmetic} ({because})",
)
BOUNDS = Rule(
    "does_not_add_up",
    ADDS_UP.title,
    ADDS_UP.title_it,
    ADDS_UP.why,
    ADDS_UP.why_it,
    ADDS_UP.severity,
    "{total} is {observed} in the file, which the figures beside it do not allow: {arithmetic} ({because})",
    "{total} vale {observed} nel file, e le cifre accanto non lo consentono: {arithmetic} ({because})",
)
PERIMETER = Rule(
    "perimeter",
    "What stands under one name is of one perimeter",
    "Sotto un nome c'è un solo perimetro",
    "Pensions are not pensioners, applications not beneficiaries: under the wrong name a right figure misleads.",
    "Le pensioni non sono i pensionati, le domande non sono i beneficiari: sotto il nome sbagliato una cifra giusta inganna.",
    Severity.WARNING,
    "{said}",
    "{said_it}",
)
UNMATCHED = Rule(
    "unmatched",
    "Every figure is found among ours",
    "Ogni cifra si ritrova tra le nostre",
    "A figure whose texts do not say which of ours it is was not compared.",
    "Una cifra i cui testi non dicono quale sia delle nostre non è stata confrontata.",
    Severity.INFO,
    "{theirs} under {under} was not compared: {reason}",
    "{theirs} sotto {under} non è stata confrontata: {reason_it}",
)
UNREADABLE = Rule(
    "unreadable",
    "Where figures stand there are numbers",
    "Dove stanno le cifre ci sono numeri",
    "What cannot be read as a number is shown wrong, or not at all.",
    "Ciò che non si legge come numero viene mostrato male, o non viene mostrato.",
    Severity.WARNING,
    "read {read}, which is no number",
    "letto {read}, che non è un numero",
)
SETTLED = Rule(
    "settled",
    "Names and numbers can be read in one way",
    "Nomi e numeri si leggono in un modo solo",
    "Where a name fits several indicators, or a number two notations, our figures decide: whoever reads the file cannot.",
    "Se un nome vale per più indicatori, o un numero per due notazioni, decidono le nostre cifre: chi legge il file non può.",
    Severity.INFO,
    "{said}",
    "{said_it}",
)

RECONCILE_RULES: dict[str, Rule] = {
    rule.id: rule for rule in (DIFFERS, ADDS_UP, PERIMETER, UNREADABLE, ROUNDED, SETTLED, UNMATCHED)
}
"""The rules by id, worst first."""

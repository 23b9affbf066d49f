"""What can be wrong with a delivered file: the rules of intake, worded in both languages like those of the checks."""

from rendiconto.findings import Finding, Rule, Severity

_ALL = (
    Rule(
        "label",
        "Every label is one that the catalogue knows",
        "Ogni etichetta è nel catalogo",
        "A row or column whose meaning is guessed at puts figures where they do not belong.",
        "Una riga o colonna di significato supposto mette le cifre fuori posto.",
        Severity.ERROR,
        "read {read}, expected {expected}{near}",
        "letto {read}, atteso {expected}{near_it}",
    ),
    Rule(
        "number",
        "Every figure is a number or a known mark",
        "Ogni cifra è un numero o un segno noto",
        "A figure is never guessed, and never dropped.",
        "Una cifra non si indovina e non si lascia cadere.",
        Severity.ERROR,
        "read {read}, expected {expected}",
        "letto {read}, atteso {expected}",
    ),
    Rule(
        "duplicate",
        "Every figure comes once",
        "Ogni cifra compare una volta",
        "Of two rows with one key nobody can say which is meant, even where they agree.",
        "Di due righe con la stessa chiave non si sa quale valga, anche se concordano.",
        Severity.ERROR,
        "the figure for {expected} is given again (first in {read})",
        "la cifra di {expected} è data due volte (prima in {read})",
    ),
    Rule(
        "impossible",
        "No figure is given for a combination that cannot exist",
        "Nessuna cifra per una combinazione che non esiste",
        "A figure where there can be none belongs to another row or column.",
        "Una cifra dove non può esserci appartiene a un'altra riga o colonna.",
        Severity.ERROR,
        "read {read} where nothing can be: {expected}",
        "letto {read} dove non può esserci nulla: {expected}",
    ),
    Rule(
        "stored_formula",
        "Figures are values, not formulas",
        "Le cifre sono valori, non formule",
        "What a formula gave when the file was saved may not be what the office saw; nothing in a file is ever computed.",
        "Il risultato salvato di una formula può non essere quello visto dall'ufficio; nulla in un file viene calcolato.",
        Severity.ERROR,
        "the cell holds a formula (its stored result is {read}); paste it as a value",
        "la cella contiene una formula (risultato salvato: {read}); incollare come valore",
    ),
    Rule(
        "layout",
        "The file is laid out as a table of one cube",
        "Il file è una tabella di un insieme di dati",
        "Where no header is found, or two cubes fit alike, the editor says what the file is.",
        "Dove non si trova un'intestazione, o due insiemi vanno bene, decide chi cura l'edizione.",
        Severity.ERROR,
        "{expected}",
        "{expected_it}",
    ),
    Rule(
        "overflow",
        "The file fits what can be stored",
        "Il file sta nei limiti",
        "More decimals or digits than any published figure has are a slip.",
        "Più decimali o cifre di ogni dato pubblicato sono una svista.",
        Severity.ERROR,
        "read {read}, which has more digits than can be stored",
        "letto {read}, che ha più cifre di quante se ne possano conservare",
    ),
)

INTAKE_RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
"""The rules of intake by id."""


def intake_finding(rule: str, place: str, **words: str) -> Finding:
    """A finding on a cell (or row) of a file: ``place`` is ``file.xlsx Foglio1!C7``."""
    full = {"near": "", "near_it": "", "read": "", "expected": "", **words}
    full.setdefault("expected_it", full["expected"])
    return INTAKE_RULES[rule].finding((place,), full, values=(words.get("read", ""),))

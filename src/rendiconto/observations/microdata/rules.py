"""What can be wrong with microdata: rules worded in both languages, each with how many rows and with examples."""

from rendiconto.findings import Finding, Rule, Severity

_ALL = (
    Rule(
        "micro_column",
        "Every declared column is there, of its type",
        "Ogni colonna dichiarata c'è, del suo tipo",
        "What a column is meant to hold is declared; another type would be read by each engine in its own way.",
        "Il contenuto di una colonna è dichiarato; un altro tipo sarebbe letto da ogni motore a modo suo.",
        Severity.ERROR,
        "{column}: {found}, where {expected} was expected",
        "{column}: {found_it}, atteso {expected_it}",
    ),
    Rule(
        "micro_value",
        "Every value is of its column's type",
        "Ogni valore è del tipo della sua colonna",
        "A value that cannot be read is not a nought.",
        "Un valore illeggibile non è uno zero.",
        Severity.ERROR,
        "{column}: {rows} rows cannot be read as {expected}: {examples}",
        "{column}: {rows} righe illeggibili come {expected_it}: {examples}",
    ),
    Rule(
        "micro_code",
        "Every value stands for a code of the codelist",
        "Ogni valore corrisponde a un codice della lista",
        "A row whose code nobody knows belongs to no cell; it is counted in no total either.",
        "Una riga di codice ignoto non appartiene a nessuna casella, né ai totali.",
        Severity.ERROR,
        "{column}: {rows} rows have no code of {dimension}: {examples}",
        "{column}: {rows} righe senza un codice di {dimension}: {examples}",
    ),
    Rule(
        "micro_territory",
        "Every row is of a province in force in its year",
        "Ogni riga è di una provincia in vigore nel suo anno",
        "Provinces come and go; a row of one that did not exist was coded with another year's list.",
        "Le province cambiano; una riga di una provincia inesistente è codificata con la lista di un altro anno.",
        Severity.ERROR,
        "{column}: {rows} rows are of no province of their year: {examples}",
        "{column}: {rows} righe di province non in vigore nel loro anno: {examples_it}",
    ),
    Rule(
        "micro_blank",
        "No row lacks what decides whether, when and how much it counts",
        "A nessuna riga manca ciò che decide se, quando e quanto conta",
        "A blank is neither a nought nor another year.",
        "Un vuoto non è uno zero, né un altro anno.",
        Severity.ERROR,
        "{column}: blank in {rows} rows",
        "{column}: vuota in {rows} righe",
    ),
    Rule(
        "micro_key",
        "Every row has its key",
        "Ogni riga ha la sua chiave",
        "Rows that cannot be told apart cannot be counted once.",
        "Righe indistinguibili non si possono contare una volta sola.",
        Severity.ERROR,
        "{column}: {rows} rows have no key",
        "{column}: {rows} righe senza chiave",
    ),
    Rule(
        "micro_repeated",
        "No two rows have the same key",
        "Due righe non hanno la stessa chiave",
        "A person or relation that comes twice is counted twice.",
        "Una persona o un rapporto che compare due volte è contato due volte.",
        Severity.ERROR,
        "{column}: {rows} rows share their key with another, all are counted: {examples}",
        "{column}: {rows} righe hanno la chiave di un'altra, e sono tutte contate: {examples}",
    ),
    Rule(
        "micro_years",
        "Rows of other years are none of the edition's business",
        "Le righe di altri anni non riguardano l'edizione",
        "They are left out, and it is said how many.",
        "Restano fuori, e si dice quante sono.",
        Severity.INFO,
        "{column}: {rows} rows are of other years than {years}",
        "{column}: {rows} righe di anni diversi da {years}",
    ),
    Rule(
        "micro_coverage",
        "Every province has rows",
        "Ogni provincia ha righe",
        "A region's total without one of its provinces is no total; it is made only if somebody says that the file is whole.",
        "Il totale di una regione senza una provincia non è un totale; si fa solo se si dichiara che i dati sono completi.",
        Severity.WARNING,
        "{year}: no rows for {rows} provinces ({examples}); totals with them were not made: say --complete if they had none",
        "{year}: nessuna riga per {rows} province ({examples}); i totali che le comprendono non sono stati fatti",
    ),
)

MICRODATA_RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
"""The rules of microdata by id."""


def microdata_finding(rule: str, place: str, **words: str) -> Finding:
    """A finding on a column of a table of microdata: ``place`` is ``table!column``."""
    full = {
        key: words.get(key, "") for key in ("column", "found", "expected", "rows", "examples", "dimension", "years", "year")
    }
    full |= {f"{key}_it": words.get(f"{key}_it", full[key]) for key in ("found", "expected", "examples")}
    return MICRODATA_RULES[rule].finding((place,), full)

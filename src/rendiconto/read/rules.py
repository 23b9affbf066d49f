"""What reading a report can find, in both languages. Reading finds doubts; what is false is found by the checks."""

from typing import Final

from rendiconto.findings import Finding, Rule, Severity

_ALL = (
    Rule(
        "not_placed",
        "Every row of figures has its place",
        "Ogni riga di cifre ha il suo posto",
        "Figures that cannot be placed are reported, never dropped or guessed at.",
        "Le cifre che non si sanno collocare si segnalano, non si perdono e non si indovinano.",
        Severity.WARNING,
        "{where}: these figures have no place in the report: {text}",
        "{where_it}: queste cifre non hanno un posto nel rendiconto: {text}",
    ),
    Rule(
        "extra_row",
        "Every row is one that the catalogue knows",
        "Ogni riga è nel catalogo",
        "A row of its own (another province's fund) is kept with its label, at the end of its table.",
        "Una riga propria (un fondo di un'altra provincia) è conservata con la sua etichetta, in fondo alla tavola.",
        Severity.INFO,
        "{where}: the catalogue does not know this row: {text}",
        "{where_it}: riga non prevista dal catalogo: {text}",
    ),
    Rule(
        "unknown_table",
        "Every table is one that the catalogue knows",
        "Ogni tavola è nel catalogo",
        "A table of its own is kept as it stands, with no meaning attached.",
        "Una tavola propria è conservata com'è, senza attribuirle un significato.",
        Severity.INFO,
        "{where}: the catalogue does not know this table: {text}",
        "{where_it}: tavola non prevista dal catalogo: {text}",
    ),
    Rule(
        "absent_table",
        "Every table of the edition is there",
        "Ci sono tutte le tavole dell'edizione",
        "A table without figures may be a picture, or missing.",
        "Una tavola senza cifre può essere un'immagine, o mancare.",
        Severity.INFO,
        "{text}: no figures were found",
        "{text}: nessuna cifra trovata",
    ),
    Rule(
        "absent_row",
        "Every row of a table is there",
        "Ci sono tutte le righe della tavola",
        "A row that was not found is printed as missing.",
        "Una riga non trovata risulta mancante.",
        Severity.WARNING,
        "{text}: the row was not found",
        "{text}: riga non trovata",
    ),
    Rule(
        "misnumbered",
        "A caption's number is that of its title",
        "Il numero della didascalia è quello del titolo",
        "Where number and title disagree the title is believed.",
        "Se numero e titolo non concordano vale il titolo.",
        Severity.INFO,
        "{where}: captioned {text}, taken for table {table}",
        "{where_it}: didascalia {text}, letta come tavola {table}",
    ),
    Rule(
        "displaced",
        "Every table stands under its caption",
        "Ogni tavola sta sotto la sua didascalia",
        "A body under another caption is taken where its title or its labels speak for it.",
        "Un corpo sotto un'altra didascalia è attribuito dal titolo o dalle etichette.",
        Severity.INFO,
        "{where}: {text} stands under another caption",
        "{where_it}: {text} sta sotto un'altra didascalia",
    ),
    Rule(
        "near_label",
        "Every row has its label",
        "Ogni riga ha la sua etichetta",
        "A label that is nearly the one expected is taken in its order, and said.",
        "Un'etichetta quasi uguale a quella attesa è accettata al suo posto, e segnalata.",
        Severity.INFO,
        "{where}: {text} was read as {expected}",
        "{where_it}: {text} letto come {expected}",
    ),
    Rule(
        "blank",
        "Every column of a row has its figure",
        "Ogni colonna di una riga ha la sua cifra",
        "Which cell is blank is settled by the sums; it counts as nil.",
        "Quale cella sia vuota lo dicono le somme; vale come assenza del fenomeno.",
        Severity.INFO,
        "{where}: {text} lacks a figure; by the sums it is blank at {expected}",
        "{where_it}: {text} ha una cifra in meno; secondo le somme manca in {expected}",
    ),
    Rule(
        "lost_column",
        "Every column of a table is there",
        "Ci sono tutte le colonne della tavola",
        "A body with fewer figures than columns has lost some; their cells are missing.",
        "Un corpo con meno cifre che colonne ne ha perse: quelle celle risultano mancanti.",
        Severity.WARNING,
        "{where}: {text} lacks the columns {expected}",
        "{where_it}: {text} non ha le colonne {expected}",
    ),
    Rule(
        "other_periods",
        "A table has the periods of the edition",
        "Una tavola ha i periodi dell'edizione",
        "A table printed with other periods is read with those.",
        "Una tavola stampata con altri periodi è letta con quelli.",
        Severity.INFO,
        "{where}: {text} has the periods {expected}",
        "{where_it}: {text} ha i periodi {expected}",
    ),
    Rule(
        "doubtful",
        "Every figure reads plainly",
        "Ogni cifra si legge senza dubbi",
        "What a scanner or a hand garbled is read with a doubt, which the sums may settle.",
        "Ciò che uno scanner o una mano ha guastato si legge con un dubbio, che le somme possono sciogliere.",
        Severity.WARNING,
        "{where}: {text} was read as {expected} ({because})",
        "{where_it}: {text} letto come {expected}",
    ),
    Rule(
        "checksum",
        "The sums of what was read hold",
        "Le somme delle cifre lette tornano",
        "A sum that fails says that a figure was misread, or misprinted.",
        "Una somma che non torna dice che una cifra è stata letta o stampata male.",
        Severity.WARNING,
        "{where}: {text} does not agree with other figures ({because})",
        "{where_it}: {text} non concorda con altre cifre ({because})",
    ),
    Rule(
        "two_values",
        "A figure printed twice is the same",
        "Una cifra stampata due volte è la stessa",
        "A figure with two values is misread or misprinted in one place.",
        "Una cifra con due valori è stata letta o stampata male in un punto.",
        Severity.WARNING,
        "{where}: {text} here, {expected} elsewhere",
        "{where_it}: {text} qui, {expected} altrove",
    ),
    Rule(
        "impossible",
        "Every figure can be",
        "Ogni cifra è possibile",
        "A share above 100 or a negative count was misread or misprinted.",
        "Una quota oltre 100 o un conteggio negativo è stato letto o stampato male.",
        Severity.WARNING,
        "{where}: {text} cannot be ({because})",
        "{where_it}: {text} non è possibile ({because})",
    ),
    Rule(
        "decimals",
        "Figures are printed with the decimals of their measure",
        "Le cifre hanno i decimali della loro misura",
        "Other decimals than the measure has may be a lost comma.",
        "Decimali diversi da quelli della misura possono essere una virgola persa.",
        Severity.INFO,
        "{where}: {text} is printed with other decimals than {expected}",
        "{where_it}: {text} è stampato con decimali diversi da {expected}",
    ),
)

READ_RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Rules of reading by id."""


def read_finding(rule: str, keys: tuple[str, ...], page: int, line: int, **words: str) -> Finding:
    """A finding at a page and line, both counted from 1; ``words`` fill the rule's templates."""
    where = f"page {page}, line {line}"
    where_it = f"pagina {page}, riga {line}"
    blanks = dict.fromkeys(("text", "expected", "because", "table"), "")
    return READ_RULES[rule].finding(keys, {**blanks, "where": where, "where_it": where_it, **words})

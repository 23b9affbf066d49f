"""The rules: what each looks for, how it finds it, its message in two languages, and an example that it must find.

Templates take ``total`` (the figure in words), ``observed``, ``expected``, ``because`` and ``arithmetic``; some rules have words
of their own. Findings never say what a confidential figure is: sums with one take no part.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from rendiconto.check.appearance import find_lines, find_round
from rendiconto.check.completeness import find_missing, find_revised, find_twice
from rendiconto.check.evidence import Evidence, Violation
from rendiconto.check.means import find_means, find_outside
from rendiconto.check.published import find_published
from rendiconto.check.ranges import find_not_hundred, find_out_of_range, find_rates
from rendiconto.check.series import find_jumps, find_swaps
from rendiconto.check.sums import find_bounds, find_implied, find_relations, find_sums, find_territory_sums
from rendiconto.findings import Rule, Severity

Finder = Callable[[Evidence], Iterator[Violation]]


@dataclass(frozen=True)
class Example:
    """A tiny delivery (rows of ``codes…,value`` by cube) and the message of the finding that it must give.

    ``errata`` is the text of an errata file; ``later`` a second delivery over the first.
    """

    data: Mapping[str, str]
    finds: str
    errata: str = ""
    later: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DataRule(Rule):
    """A rule over the data: with how it finds, and its worked example."""

    find: Finder
    example: Example


_ALL = (
    DataRule(
        "sum",
        "A total equals the sum of its parts",
        "Un totale è la somma delle sue parti",
        "A codelist declares the sum; a total that departs from it was mistyped or is stale.",
        "La somma è dichiarata: un totale che se ne discosta è stato digitato male o non è aggiornato.",
        Severity.ERROR,
        "{total} is {observed}, its parts make {expected}: {arithmetic} ({because})",
        "{total} vale {observed}, le sue parti danno {expected}: {arithmetic} ({because})",
        find_sums,
        Example(
            {"pensionati": "045,2024,F,27395\n045,2024,M,26722\n045,2024,T,54171"},
            "Pensionati INPS, Massa-Carrara, 2024 is 54.171, its parts make 54.117: 54.171 ≠ 27.395 + 26.722 (sex: T = F + M)",
        ),
    ),
    DataRule(
        "territory",
        "A region equals the sum of its provinces, Italy that of its regions",
        "Una regione è la somma delle sue province, l'Italia delle regioni",
        "The same count is delivered for every territory; what a region does not get from its provinces is lost or doubled.",
        "Lo stesso conteggio arriva per ogni territorio: ciò che a una regione non viene dalle sue province è perduto o doppio.",
        Severity.ERROR,
        "{total} is {observed}, its territories make {expected}: {arithmetic} ({because})",
        "{total} vale {observed}, i suoi territori danno {expected}: {arithmetic} ({because})",
        find_territory_sums,
        Example(
            {"popolazione_bilancio": "10,2023,310\n054,2023,100\n055,2023,200"},
            "Popolazione residente (denominatore delle incidenze), Umbria, 2023 is 310, its territories make 300: "
            "310 ≠ 100 + 200 (territory: 10 = 054 + 055)",
        ),
    ),
    DataRule(
        "relation",
        "A declared relation between cubes holds",
        "Una relazione dichiarata tra insiemi di dati vale",
        "Stocks and flows of the same proceedings are delivered apart and must meet.",
        "Consistenze e flussi degli stessi procedimenti arrivano separati e devono incontrarsi.",
        Severity.ERROR,
        "{total} is {observed}, the relation gives {expected}: {arithmetic} ({because})",
        "{total} vale {observed}, la relazione dà {expected}: {arithmetic} ({because})",
        find_relations,
        Example(
            {
                "giudizi_movimento": "045,2024,VARIE,APERTI,10\n045,2024,VARIE,INIZIATI,5\n045,2024,VARIE,CHIUSI,9",
                "giudizi_definiti": "045,2024,VARIE,T,7",
            },
            "Movimento dei giudizi, Massa-Carrara, 2024, Varie, Da lavorare al 31 dicembre is 9, the relation gives 8: 9 ≠ 10 + 5 − 7 "
            "(opening stock + initiated − settled = closing stock)",
        ),
    ),
    DataRule(
        "bound",
        "A part is not larger than the whole, a declared bound is not passed",
        "Una parte non supera il tutto, un limite dichiarato non è superato",
        'Where parts overlap or are "di cui", sums are not allowed, but no part exceeds the whole and all together cover it.',
        "Dove le parti si sovrappongono o sono «di cui» non si sommano, ma nessuna supera il tutto e insieme lo coprono.",
        Severity.ERROR,
        "{total} is {observed}, which the bound of {expected} does not allow: {arithmetic} ({because})",
        "{total} vale {observed}, fuori dal limite di {expected}: {arithmetic} ({because})",
        find_bounds,
        Example(
            {"vigilanza_ispettiva": "045,2024,ISP,41\n045,2024,IRR,43"},
            "Vigilanza ispettiva, Massa-Carrara, 2024, Numero ispezioni is 41, which the bound of 43 does not allow: 41 | 43 "
            "(irregular firms ≤ inspections)",
        ),
    ),
    DataRule(
        "implied",
        "One part is missing, the others say what it must be",
        "Manca una parte sola: le altre dicono quanto vale",
        "A figure that nobody sent need not be guessed at where the total and all other parts are there.",
        "Una cifra non pervenuta non va indovinata dove il totale e tutte le altre parti ci sono.",
        Severity.INFO,
        "{total} was not delivered; the other figures imply {expected} ({because})",
        "{total} non è pervenuto; le altre cifre implicano {expected} ({because})",
        find_implied,
        Example(
            {"pensionati": "045,2024,F,27395\n045,2024,T,54117"},
            "Pensionati INPS, Massa-Carrara, 2024, Maschi was not delivered; the other figures imply 26.722 (sex: T = F + M)",
        ),
    ),
    DataRule(
        "formula",
        "A published derived figure equals the one computed from its inputs",
        "Una cifra derivata pubblicata segue da quelle di partenza",
        "Shares and balances are typed by hand in the source; rounding twice is enough to print another digit.",
        "Quote e saldi sono digitati a mano nella fonte: basta arrotondare due volte per stampare un'altra cifra.",
        Severity.WARNING,
        "{total} was published as {observed}, its inputs give {expected} ({because})",
        "{total} è pubblicato come {observed}, le altre cifre danno {expected} ({because})",
        find_published,
        Example(
            {"durc": "045,2024,REG,5512\n045,2024,IRR,946", "quota_durc_irregolari": "045,2024,14.7"},
            "DURC irregolari, quota, Massa-Carrara, 2024 was published as 14,7, its inputs give 14,6 (share)",
        ),
    ),
    DataRule(
        "mean",
        "A total's mean is the weighted mean of its parts'",
        "La media di un totale è la media ponderata delle parti",
        "Means do not add up, but with the counts they must fit: the strongest check there is on amounts.",
        "Le medie non si sommano, ma con i conteggi devono tornare: è il controllo più forte sugli importi.",
        Severity.ERROR,
        "{total} is {observed}, its parts weighed by {weights} give {expected} ({because})",
        "{total} vale {observed}, le parti pesate con {weights} danno {expected} ({because})",
        find_means,
        Example(
            {
                "pensioni_liquidate": "045,2024,T,VEC,F,30\n045,2024,T,VEC,M,10",
                "importo_pensioni_liquidate": "045,2024,T,VEC,F,1000.0\n045,2024,T,VEC,M,2000.0\n045,2024,T,VEC,T,1520.0",
            },
            "Importo medio delle pensioni IVS liquidate, Massa-Carrara, 2024, Vecchiaia is 1.520,0, its parts weighed by pensioni_liquidate give "
            "1.250,0 (sex: T = mean of F, M)",
        ),
    ),
    DataRule(
        "between",
        "A mean or rate of a whole lies among those of its parts",
        "Una media o un tasso del totale sta tra quelli delle parti",
        "Whatever the counts are, a whole cannot have a mean or a rate beyond all of its parts.",
        "Qualunque siano i conteggi, il tutto non può avere una media o un tasso oltre quelli di tutte le sue parti.",
        Severity.ERROR,
        "{total} is {observed}, beyond all of its parts: at the nearest {expected} ({because})",
        "{total} vale {observed}, oltre tutte le sue parti: la più vicina {expected} ({because})",
        find_outside,
        Example(
            {"eta_decorrenza": "045,2024,F,64.1\n045,2024,M,64.9\n045,2024,T,65.4"},
            "Età media alla decorrenza delle pensioni di vecchiaia e anticipate, Massa-Carrara, 2024 is 65,4, beyond all of its parts: at the nearest 64,9 "
            "(sex: T = mean of F, M)",
        ),
    ),
    DataRule(
        "rates",
        "Rates of the same persons fit each other",
        "I tassi delle stesse persone si corrispondono",
        "Who is neither inactive nor unemployed is employed: on equal age classes, two rates give the third.",
        "Chi non è inattivo né disoccupato è occupato: a parità di classi di età, due tassi danno il terzo.",
        Severity.ERROR,
        "{total} is {observed}, the other rates give {expected} ({because})",
        "{total} vale {observed}, gli altri tassi danno {expected} ({because})",
        find_rates,
        Example(
            {
                "tasso_occupazione": "045,2024,F,15-24,42.1",
                "tasso_inattivita": "045,2024,F,15-24,70.7",
                "tasso_disoccupazione": "045,2024,F,15-24,17.7",
            },
            "Tasso di occupazione, Massa-Carrara, 2024, Femmine, 15-24 is 42,1, the other rates give 24,1 "
            "((100 − inactivity) × (100 − unemployment) = 100 × employment)",
        ),
    ),
    DataRule(
        "range",
        "No count is below zero, no share outside 0 and 100",
        "Nessun conteggio sotto zero, nessuna quota fuori da 0 e 100",
        "What a unit can be is declared with it; a sign or a scale that slipped shows at once.",
        "Che valori può avere un'unità è dichiarato con essa: un segno o una scala sbagliata si vede subito.",
        Severity.ERROR,
        "{total} is {observed}, beyond the limit of {expected}",
        "{total} vale {observed}, oltre il limite di {expected}",
        find_out_of_range,
        Example(
            {"tasso_occupazione": "045,2024,F,15-24,241.0"},
            "Tasso di occupazione, Massa-Carrara, 2024, Femmine, 15-24 is 241,0, beyond the limit of 100,0",
        ),
    ),
    DataRule(
        "hundred",
        "Shares of one whole make 100",
        "Le quote di un tutto fanno 100",
        "Shares published for all parts of a whole must add up within their rounding.",
        "Le quote pubblicate per tutte le parti di un tutto devono tornare entro l'arrotondamento.",
        Severity.WARNING,
        "the shares from {total} on make {observed}, not {expected} ({because})",
        "le quote a partire da {total} fanno {observed}, non {expected} ({because})",
        find_not_hundred,
        Example(
            {
                "quota_assunzioni_part_time": "045,2024,0-29,T,35.4\n045,2024,30-50,T,42.5\n045,2024,51+,T,32.1",
            },
            "the shares from Assunzioni part time, composizione per età, Massa-Carrara, 2024, Fino a 29 on make 110,0, not 100,0 "
            "(age: 0-29 + 30-50 + 51+ = 100)",
        ),
    ),
    DataRule(
        "twice",
        "A figure printed in two places is the same",
        "Una cifra stampata in due posti è la stessa",
        "The same figure with two values leaves the reader to choose.",
        "La stessa cifra con due valori lascia la scelta a chi legge.",
        Severity.WARNING,
        "{total} is printed as {observed} in {because} and as {expected} elsewhere",
        "{total} è stampato {observed} in {because} e {expected} altrove",
        find_twice,
        Example(
            {"saldo_migratorio": "045,2021,416"},
            "Saldo migratorio con l'estero, Massa-Carrara, 2021 is printed as 384 in G1.1 and as 416 elsewhere",
            errata="""\
- id: saldo
  cube: saldo_migratorio
  key: {territory: "045", period: "2021"}
  published: "384"
  proposed: "416"
  reason: "Stampato con due valori."
  reason_en: "Printed with two values."
  decidable: no
  table: "G1"
  part: 1
""",
        ),
    ),
    DataRule(
        "revised",
        "A figure of an earlier year is still the same",
        "Una cifra di un anno precedente è rimasta la stessa",
        "Offices revise their history; a change that nobody announced is a mistake as often as a revision.",
        "Gli uffici rivedono le serie: un cambiamento non annunciato è un errore quanto una revisione.",
        Severity.WARNING,
        "{total} was {expected} and is now {observed}{source}",
        "{total} era {expected} e ora è {observed}{source}",
        find_revised,
        Example(
            {"ape_sociale": "045,2022,120"},
            "APE sociale, certificazioni accolte, Massa-Carrara, 2022 was 120 and is now 102",
            later={"ape_sociale": "045,2022,102"},
        ),
    ),
    DataRule(
        "jump",
        "A figure moves as it does in other years and territories",
        "Una cifra si muove come negli altri anni e territori",
        "A change far from all others may be real; it is as often a slip of scale or a wrong row.",
        "Un cambiamento lontano da tutti gli altri può essere vero; altrettanto spesso è un errore di scala o di riga.",
        Severity.INFO,
        "{total} is {observed} where {expected} would be expected ({because})",
        "{total} vale {observed} dove ci si aspetterebbe {expected} ({because})",
        find_jumps,
        Example(
            {
                "nascite": "\n".join(f"045,{year},{1000 + year % 7}" for year in range(2016, 2023)) + "\n045,2023,1003000",
            },
            "Nascite, Massa-Carrara, 2023 is 1.003.000 where 1.007 would be expected (growth of the same figure in other years "
            "and territories; divided by 1000 it would be in line)",
        ),
    ),
    DataRule(
        "swap",
        "Two parts of a total are not exchanged",
        "Due parti di un totale non sono scambiate",
        "Exchanged columns leave every total as it was: only the other years and territories show it.",
        "Colonne scambiate lasciano intatti i totali: lo mostrano soltanto gli altri anni e territori.",
        Severity.INFO,
        "{total} is {observed} where {expected} would be expected: {because}",
        "{total} vale {observed} dove ci si aspetterebbe {expected}: {because}",
        find_swaps,
        Example(
            {
                "pensionati": "\n".join(f"045,{year},F,6000\n045,{year},M,4000" for year in range(2018, 2024))
                + "\n045,2024,F,4000\n045,2024,M,6000",
            },
            "Pensionati INPS, Massa-Carrara, 2024, Femmine is 4.000 where 6.000 would be expected: F and M exchanged would be in "
            "line with other years and territories",
        ),
    ),
    DataRule(
        "round",
        "No round number stands among exact ones",
        "Nessuna cifra tonda tra cifre esatte",
        "Figures filled in by hand end in zeros; counted ones do so by chance only, and the chance is known.",
        "Le cifre scritte a mano finiscono per zero; quelle contate soltanto per caso, e il caso si conosce.",
        Severity.INFO,
        "{total} is {observed}, {because}",
        "{total} vale {observed}, {because}",
        find_round,
        Example(
            {"nascite": "045,2020,1021\n045,2021,997\n045,2022,1013\n045,2023,9000"},
            "Nascite, Massa-Carrara, 2023 is 9.000, a round number among exact ones",
        ),
    ),
    DataRule(
        "line",
        "No figure lies exactly halfway between its neighbours",
        "Nessuna cifra sta esattamente a metà tra le vicine",
        "A gap filled by interpolation is no observation.",
        "Un vuoto riempito per interpolazione non è un'osservazione.",
        Severity.INFO,
        "{total} is {observed}, {because}",
        "{total} vale {observed}, {because}",
        find_lines,
        Example(
            {"decessi": "045,2018,5200\n045,2019,4100\n045,2020,6300\n045,2021,5510\n045,2022,4720\n045,2023,6025"},
            "Decessi, Massa-Carrara, 2021 is 5.510, exactly halfway between its neighbours",
        ),
    ),
    DataRule(
        "missing",
        "Everything that the edition prints was delivered",
        "Tutto ciò che l'edizione stampa è pervenuto",
        "What nobody sent is asked for by name, office by office, rather than found missing in print.",
        "Ciò che manca si chiede per nome, ufficio per ufficio, prima di scoprirlo a stampa.",
        Severity.INFO,
        "{count} figures of “{title}” were not delivered for {place} (tables {tables}; ask {office})",
        "{count} cifre di “{title}” non pervenute per {place} (tavole {tables}; chiedere a {office})",
        find_missing,
        Example(
            {"eta_media_personale": "045,2024,55.1"},
            "6 figures of “Età media del personale INPS” were not delivered for Arezzo (tables 58; ask Direzione centrale Risorse "
            "umane)",
        ),
    ),
)

RULES: dict[str, DataRule] = {rule.id: rule for rule in _ALL}
"""Every rule by id."""

"""The grids of the sample Document, and the codelists and cubes that they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from rendiconto.address import CellRef
from rendiconto.document import Cell, Grid, Header, Note, Origin, Status
from rendiconto.document.grid import Key, Mark, Perimeter, leaves
from rendiconto.document.report import Place

PLACE = Place("045", "massa-carrara", "Massa-Carrara", "Provincia di Massa-Carrara")
EDITION = 2024
ISTAT = "Istat"
INPS = "Elaborazione della Segreteria del CIV su dati INPS – Direzione centrale Entrate"
PENSIONS = "Elaborazione della Segreteria del CIV su dati INPS – Coordinamento generale statistico attuariale"

CODELISTS: dict[str, tuple[str, dict[str, str]]] = {
    "territory": ("Territorio", {"045": "Massa-Carrara", "09": "Regione Toscana", "IT": "Italia"}),
    "period": ("Periodo", {str(year): str(year) for year in range(2020, 2025)}),
    "sex": ("Genere", {"F": "Femmine", "M": "Maschi", "T": "Totale"}),
    "age": ("Età", {"0-17": "0-17", "18-39": "18-39", "40-64": "40-64", "65+": "oltre 65", "T": "Totale"}),
    "outcome": ("Esito", {"regular": "Regolari", "irregular": "Irregolari", "T": "Totale"}),
    "fund": ("Gestione", {"FPLD": "Fondo pensioni lavoratori dipendenti", "AUT": "Lavoratori autonomi", "T": "Totale"}),
    "type": ("Tipo di pensione", {"VEC": "Vecchiaia", "ANZ": "di cui: anzianità", "SUP": "Superstiti", "T": "Totale"}),
    "indicator": ("Indicatore", {"domande": "Domande", "giorni": "Tempo medio"}),
    "channel": (
        "Canale",
        {
            "sum": "=1+1",
            "phone": "+39 0585",
            "at": "@contatti",
            "minus": "-x: via web",
            "markup": '<b>Posta</b> & "PEC" #set $a$ *b* _c_ \\n',
            "T": "Totale",
        },
    ),
}


@dataclass(frozen=True)
class Cube:
    title: str
    unit: str
    decimals: int
    dimensions: tuple[str, ...]
    sources: tuple[str, ...]
    formula: str | None = None
    units: tuple[tuple[str, str, int], ...] = ()
    perimeter: str = "Residenti nel territorio al 31 dicembre dell'anno."

    def unit_of(self, key: Key) -> tuple[str, int]:
        codes = {code for _, code in key}
        return next(((unit, d) for code, unit, d in self.units if code in codes), (self.unit, self.decimals))


TERRITORY_PERIOD = ("territory", "period")
CUBES: dict[str, Cube] = {
    "emigrati": Cube("Emigrati", "persone", 0, (*TERRITORY_PERIOD, "sex", "age"), (ISTAT,)),
    "popolazione": Cube("Popolazione residente", "persone", 0, TERRITORY_PERIOD, (ISTAT,)),
    "incidenza_emigrati": Cube(
        "Incidenza degli emigrati", "%", 1, TERRITORY_PERIOD, (ISTAT,), formula="100 × «Emigrati» / «Popolazione residente»"
    ),
    "saldo_migratorio": Cube("Saldo migratorio", "persone", 0, TERRITORY_PERIOD, (ISTAT,)),
    "saldo_naturale": Cube("Saldo naturale", "persone", 0, TERRITORY_PERIOD, (ISTAT,)),
    "saldo_demografico": Cube(
        "Saldo demografico", "persone", 0, TERRITORY_PERIOD, (ISTAT,), formula="«Saldo migratorio» + «Saldo naturale»"
    ),
    "riscossioni": Cube(
        "Riscossioni ordinarie", "euro", 2, TERRITORY_PERIOD, (INPS,), perimeter="Versamenti delle aziende con dipendenti."
    ),
    "durc": Cube(
        "DURC rilasciati", "numero", 0, (*TERRITORY_PERIOD, "outcome"), (INPS,), perimeter="Richieste definite dalla sede."
    ),
    "quota_durc": Cube(
        "Quota di DURC irregolari",
        "%",
        2,
        TERRITORY_PERIOD,
        (INPS,),
        formula="100 × «DURC rilasciati» (irregolari) / «DURC rilasciati»",
    ),
    "pensioni": Cube(
        "Pensioni vigenti",
        "pensioni",
        0,
        (*TERRITORY_PERIOD, "sex", "fund", "type"),
        (PENSIONS,),
        perimeter="Pensioni in pagamento al 31 dicembre.",
    ),
    "tempi": Cube("Tempi di accoglimento", "giorni", 0, TERRITORY_PERIOD, (PENSIONS,)),
    "contatti": Cube(
        "Contatti per canale",
        "numero",
        0,
        (*TERRITORY_PERIOD, "channel", "indicator"),
        (INPS,),
        units=(("domande", "domande", 0), ("giorni", "giorni", 1)),
    ),
}
DEFAULTS = {"territory": "045", "period": "2024", "sex": "T", "age": "T", "outcome": "T", "fund": "T", "type": "T"}
SYMBOLS = {status.symbol: status for status in Status if status is not Status.NORMAL}


def _code(dimension: str, code: str, *children: Header, label: str | None = None, **more: object) -> Header:
    node = Header(label or CODELISTS[dimension][1][code], children, "dimension", dimension, code, total=code == "T")
    return replace(node, **more)  # type: ignore[arg-type]


def codes(dimension: str, *codes: str) -> tuple[Header, ...]:
    return tuple(_code(dimension, code) for code in codes or CODELISTS[dimension][1])


def _measure(cube: str, label: str | None = None) -> Header:
    return Header(label or CUBES[cube].title, kind="cube", code=cube)


def grid_of(
    table: str,
    part: int,
    title: str,
    stub_titles: tuple[str, ...],
    heading: tuple[Header, ...],
    stub: tuple[Header, ...],
    values: str,
    cube: str,
    fix: Mapping[str, str] | None = None,
    notes: tuple[Note, ...] = (),
    marks: Mapping[tuple[int, int], Mark] | None = None,
) -> Grid:
    """``values`` has one line for each row; words are figures with a decimal point, or symbols."""
    lines = [line.split() for line in values.strip().splitlines()]
    cells = []
    for row, (side, words) in enumerate(zip(leaves(stub), lines, strict=True)):
        line = []
        for column, (top, word) in enumerate(zip(leaves(heading), words, strict=True)):
            path = (*top.path, *side.path)
            name = next((h.code for h in path if h.kind == "cube" and h.code), cube)
            fixed = {**DEFAULTS, **(fix or {}), **{h.dimension: h.code for h in path if h.dimension and h.code}}
            key = tuple((dimension, fixed[dimension]) for dimension in CUBES[name].dimensions)
            unit, decimals = CUBES[name].unit_of(key)
            status = SYMBOLS.get(word, Status.NORMAL)
            mark = (marks or {}).get((row, column))
            line.append(
                Cell(
                    ref=CellRef(table, part, PLACE.slug, EDITION, row, column),
                    cube=name,
                    key=key,
                    value=Decimal(word) if status is Status.NORMAL else None,
                    status=status,
                    decimals=decimals,
                    unit=unit,
                    origin=_origin(name, status, mark),
                    marks=(mark,) if mark else (),
                )
            )
        cells.append(tuple(line))
    names = list(dict.fromkeys(cell.cube for line in cells for cell in line)) or [cube]
    return Grid(
        table=table,
        part=part,
        title=title,
        stub_titles=stub_titles,
        heading=heading,
        stub=stub,
        cells=tuple(cells),
        perimeters=tuple(Perimeter(n, CUBES[n].title, CUBES[n].unit, CUBES[n].perimeter) for n in names),
        notes=notes,
        sources=tuple(dict.fromkeys(source for n in names for source in CUBES[n].sources)),
        available=bool(stub),
    )


def _origin(cube: str, status: Status, mark: Mark | None) -> Origin:
    if status is Status.MISSING:
        return Origin.NONE
    if mark is not None and mark.id == "e2":
        return Origin.CORRECTED
    return Origin.COMPUTED if CUBES[cube].formula else Origin.DELIVERED


TERRITORIES = codes("territory")
UNDECIDED = Mark("e1", "Cifra come pubblicata, da verificare presso la fonte (384 secondo le altre cifre).")
MENDED = Mark("e2", "Cifra rettificata: nell'edizione pubblicata 14,70. La quota era stata arrotondata due volte.")


def balance_grids() -> tuple[Grid, Grid]:
    """Grafico 1: the same balance of 2021 with two published values, which only the source can decide."""
    years = codes("period", "2021", "2022", "2023")
    first = grid_of(
        "G1",
        0,
        "Saldo migratorio",
        ("Indicatore",),
        years,
        (_measure("emigrati"), _measure("saldo_migratorio")),
        "309 348 309\n416 355 418",
        "emigrati",
        marks={(1, 0): UNDECIDED},
    )
    second = grid_of(
        "G1",
        1,
        "Saldo demografico",
        ("Indicatore",),
        years,
        tuple(_measure(name) for name in ("saldo_migratorio", "saldo_naturale", "saldo_demografico")),
        "384 355 418\n-1642 -1880 -1721\n-1258 -1525 -1303",
        "saldo_naturale",
        marks={(0, 0): UNDECIDED},
    )
    return first, second


def emigrant_grids() -> tuple[Grid, Grid]:
    """Tavola 5: a year over sexes over ages beside a total that is not nested, then counts beside a share."""
    ages = codes("age", "0-17", "18-39", "40-64", "65+")
    nested = _code("period", "2023", *(_code("sex", sex, *ages) for sex in ("F", "M")))
    first = grid_of(
        "5",
        0,
        "Emigrati per genere ed età",
        ("Territorio",),
        (nested, _code("sex", "T")),
        TERRITORIES,
        """18 85 25 9 18 98 40 16 309
           500 1300 700 225 520 1700 800 275 6020
           9000 25000 12000 5163 9894 32000 15000 6000 114057""",
        "emigrati",
        {"period": "2023"},
        notes=(Note("Emigrati verso l'estero, per regione d'origine."),),
    )
    second = grid_of(
        "5",
        1,
        "Emigrati (incidenza percentuale sulla popolazione)",
        ("Territorio",),
        (*codes("sex"), _measure("popolazione", "Popolazione 2023"), _measure("incidenza_emigrati", "Incidenza %")),
        TERRITORIES,
        """137 172 309 187064 0.2
           2725 3295 6020 3664798 0.2
           51163 62894 114057 58989749 0.2""",
        "emigrati",
        {"period": "2023"},
    )
    return first, second


def revenue_grid() -> Grid:
    """Tavola 17: euro and cents."""
    return grid_of(
        "17",
        0,
        "Riscossioni ordinarie – aziende Uniemens",
        ("Territorio",),
        codes("period", "2022", "2023", "2024"),
        TERRITORIES,
        """201546080.31 211122051.11 219216355.46
           6120000000.00 6480000000.10 6700000000.55
           150000000000.99 158000000000.00 163000000000.05""",
        "riscossioni",
    )


def compliance_grid() -> Grid:
    """Tavola 20: counts and a share under each year, a mended figure."""
    years = tuple(
        _code("period", year, *codes("outcome", "regular", "irregular"), _measure("quota_durc", "% irregolari"))
        for year in ("2023", "2024")
    )
    return grid_of(
        "20",
        0,
        "DURC rilasciati per esito",
        ("Territorio",),
        years,
        TERRITORIES,
        """9000 1000 10.00 8536 1464 14.64
           270000 30000 10.00 280000 20000 6.67
           n.d. n.d. n.d. 3400000 600000 15.00""",
        "durc",
        marks={(0, 5): MENDED},
    )


def pension_grid() -> Grid:
    """Tavola 31: funds over types with subtotals, a "di cui" row, every status, a ragged stub."""
    types = (
        _code("type", "VEC"),
        _code("type", "ANZ", level=1, under=("Vecchiaia",)),
        _code("type", "SUP"),
        _code("type", "T"),
    )
    stub = (
        _code("fund", "FPLD", *types),
        _code("fund", "AUT", *(codes("type", "VEC", "SUP", "T"))),
        _code("fund", "T", label="Totale generale"),
    )
    heading = tuple(_code("territory", code, *codes("sex")) for code in ("045", "09"))
    return grid_of(
        "31",
        0,
        "Pensioni vigenti per gestione e tipo",
        ("Gestione", "Tipo di pensione"),
        heading,
        stub,
        """9100 10200 19300 n.d. n.d. 385000
           1200 6100 7300 n.d. n.d. 161000
           8800 900 9700 150000 20000 170000
           17900 11100 29000 n.d. n.d. 555000
           3100 * * 61000 60000 121000
           - * * 9000 - 9000
           3100 4000 7100 70000 60000 130000
           21000 15100 36100 n.d. n.d. 685000""",
        "pensioni",
        notes=(Note("Una persona può avere più pensioni."), Note("pensioni di anzianità e anticipate", "Anzianità")),
    )


def contact_grid() -> Grid:
    """Tavola 60: labels that look like formulas or markup, an indicator dimension, a printed zero."""
    heading = (Header("Prenotazioni del 2024", codes("indicator"), kind="label"),)
    return grid_of(
        "60",
        0,
        'Contatti per canale: <tutti> & "altri"',
        ("Canale",),
        heading,
        codes("channel"),
        "120 3.5\n80 0.0\n- -\n15 -1.5\n1200 12.0\n1415 4.2",
        "contatti",
    )

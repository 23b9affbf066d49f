"""A small but complete Document, made by hand: it uses every feature that a renderer has to show.

Ragged and nested headings and stubs, totals, "di cui" rows, every status, negative figures, euro with cents, shares,
several measures in one grid, an indicator dimension, marks, a part without data, all kinds of charts, labels that
look like formulas or markup. Grids, cubes and errata agree with each other, so that a test can go from one to another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from rendiconto.address import CellRef
from rendiconto.document import Cell, Chapter, CubeData, Document, Figure, FigureKind, Grid, Header, Note
from rendiconto.document import Origin, Point, Status, Table
from rendiconto.document.grid import Key, Mark, Perimeter, leaves
from rendiconto.document.report import (
    CodeLabel,
    DimensionData,
    ErratumEntry,
    KeyFigure,
    MissingEntry,
    Observation,
    Place,
    Section,
)

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
    "fund": (
        "Gestione",
        {"FPLD": "Fondo pensioni lavoratori dipendenti", "AUT": "Lavoratori autonomi", "T": "Totale"},
    ),
    "type": (
        "Tipo di pensione",
        {"VEC": "Vecchiaia", "ANZ": "di cui: anzianità", "SUP": "Superstiti", "T": "Totale"},
    ),
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
class _Cube:
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
CUBES: dict[str, _Cube] = {
    "emigrati": _Cube("Emigrati", "persone", 0, (*TERRITORY_PERIOD, "sex", "age"), (ISTAT,)),
    "popolazione": _Cube("Popolazione residente", "persone", 0, TERRITORY_PERIOD, (ISTAT,)),
    "incidenza_emigrati": _Cube(
        "Incidenza degli emigrati",
        "%",
        1,
        TERRITORY_PERIOD,
        (ISTAT,),
        formula="100 × «Emigrati» / «Popolazione residente»",
    ),
    "saldo_migratorio": _Cube("Saldo migratorio", "persone", 0, TERRITORY_PERIOD, (ISTAT,)),
    "saldo_naturale": _Cube("Saldo naturale", "persone", 0, TERRITORY_PERIOD, (ISTAT,)),
    "saldo_demografico": _Cube(
        "Saldo demografico",
        "persone",
        0,
        TERRITORY_PERIOD,
        (ISTAT,),
        formula="«Saldo migratorio» + «Saldo naturale»",
    ),
    "riscossioni": _Cube(
        "Riscossioni ordinarie",
        "euro",
        2,
        TERRITORY_PERIOD,
        (INPS,),
        perimeter="Versamenti delle aziende con dipendenti.",
    ),
    "durc": _Cube(
        "DURC rilasciati",
        "numero",
        0,
        (*TERRITORY_PERIOD, "outcome"),
        (INPS,),
        perimeter="Richieste definite dalla sede.",
    ),
    "quota_durc": _Cube(
        "Quota di DURC irregolari",
        "%",
        2,
        TERRITORY_PERIOD,
        (INPS,),
        formula="100 × «DURC rilasciati» (irregolari) / «DURC rilasciati»",
    ),
    "pensioni": _Cube(
        "Pensioni vigenti",
        "pensioni",
        0,
        (*TERRITORY_PERIOD, "sex", "fund", "type"),
        (PENSIONS,),
        perimeter="Pensioni in pagamento al 31 dicembre.",
    ),
    "tempi": _Cube("Tempi di accoglimento", "giorni", 0, TERRITORY_PERIOD, (PENSIONS,)),
    "contatti": _Cube(
        "Contatti per canale",
        "numero",
        0,
        (*TERRITORY_PERIOD, "channel", "indicator"),
        (INPS,),
        units=(("domande", "domande", 0), ("giorni", "giorni", 1)),
    ),
}
DEFAULTS = {
    "territory": "045",
    "period": "2024",
    "sex": "T",
    "age": "T",
    "outcome": "T",
    "fund": "T",
    "type": "T",
}
SYMBOLS = {status.symbol: status for status in Status if status is not Status.NORMAL}


def _code(dimension: str, code: str, *children: Header, label: str | None = None, **more: object) -> Header:
    node = Header(
        label or CODELISTS[dimension][1][code], children, "dimension", dimension, code, total=code == "T"
    )
    return replace(node, **more)  # type: ignore[arg-type]


def _codes(dimension: str, *codes: str) -> tuple[Header, ...]:
    return tuple(_code(dimension, code) for code in codes or CODELISTS[dimension][1])


def _measure(cube: str, label: str | None = None) -> Header:
    return Header(label or CUBES[cube].title, kind="cube", code=cube)


def _grid(  # noqa: PLR0913 - all that a grid holds
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
            fixed = {
                **DEFAULTS,
                **(fix or {}),
                **{h.dimension: h.code for h in path if h.dimension and h.code},
            }
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


TERRITORIES = _codes("territory")
UNDECIDED = Mark("e1", "Cifra come pubblicata, da verificare presso la fonte (384 secondo le altre cifre).")
MENDED = Mark(
    "e2", "Cifra rettificata: nell'edizione pubblicata 14,70. La quota era stata arrotondata due volte."
)


def _chart_grids() -> tuple[Grid, Grid]:
    """Grafico 1: the same balance of 2021 with two published values, which only the source can decide."""
    years = _codes("period", "2021", "2022", "2023")
    first = _grid(
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
    second = _grid(
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


def _emigrants() -> tuple[Grid, Grid]:
    """Tavola 5: a year over sexes over ages beside a total that is not nested, then counts beside a share."""
    ages = _codes("age", "0-17", "18-39", "40-64", "65+")
    nested = _code("period", "2023", *(_code("sex", sex, *ages) for sex in ("F", "M")))
    first = _grid(
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
    second = _grid(
        "5",
        1,
        "Emigrati (incidenza percentuale sulla popolazione)",
        ("Territorio",),
        (
            *_codes("sex"),
            _measure("popolazione", "Popolazione 2023"),
            _measure("incidenza_emigrati", "Incidenza %"),
        ),
        TERRITORIES,
        """137 172 309 187064 0.2
           2725 3295 6020 3664798 0.2
           51163 62894 114057 58989749 0.2""",
        "emigrati",
        {"period": "2023"},
    )
    return first, second


def _revenue() -> Grid:
    """Tavola 17: euro and cents."""
    return _grid(
        "17",
        0,
        "Riscossioni ordinarie – aziende Uniemens",
        ("Territorio",),
        _codes("period", "2022", "2023", "2024"),
        TERRITORIES,
        """201546080.31 211122051.11 219216355.46
           6120000000.00 6480000000.10 6700000000.55
           150000000000.99 158000000000.00 163000000000.05""",
        "riscossioni",
    )


def _compliance() -> Grid:
    """Tavola 20: counts and a share under each year, a mended figure."""
    years = tuple(
        _code(
            "period", year, *_codes("outcome", "regular", "irregular"), _measure("quota_durc", "% irregolari")
        )
        for year in ("2023", "2024")
    )
    return _grid(
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


def _pensions() -> Grid:
    """Tavola 31: funds over types with subtotals, a "di cui" row, every status, a ragged stub."""
    types = (
        _code("type", "VEC"),
        _code("type", "ANZ", level=1, under=("Vecchiaia",)),
        _code("type", "SUP"),
        _code("type", "T"),
    )
    stub = (
        _code("fund", "FPLD", *types),
        _code("fund", "AUT", *(_codes("type", "VEC", "SUP", "T"))),
        _code("fund", "T", label="Totale generale"),
    )
    heading = tuple(_code("territory", code, *_codes("sex")) for code in ("045", "09"))
    return _grid(
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
        notes=(
            Note("Una persona può avere più pensioni."),
            Note("pensioni di anzianità e anticipate", "Anzianità"),
        ),
    )


def _contacts() -> Grid:
    """Tavola 60: labels that look like formulas or markup, an indicator dimension, a printed zero."""
    heading = (Header("Prenotazioni del 2024", _codes("indicator"), kind="label"),)
    return _grid(
        "60",
        0,
        'Contatti per canale: <tutti> & "altri"',
        ("Canale",),
        heading,
        _codes("channel"),
        "120 3.5\n80 0.0\n- -\n15 -1.5\n1200 12.0\n1415 4.2",
        "contatti",
    )


def _figure(
    grid: Grid,
    kind: FigureKind,
    title: str,
    cells: Sequence[tuple[str, str, tuple[int, int]]],
    **more: object,
) -> Figure:
    """A chart whose points are cells of ``grid``: (x, series, (row, column))."""
    found = [(x, series, grid.cells[row][column]) for x, series, (row, column) in cells]
    number = list(FigureKind).index(kind)
    figure = Figure(
        id=f"figura-{grid.table.lower()}-{grid.part}-{number}",
        kind=kind,
        title=title,
        alt=f"{title}: " + "; ".join(f"{x}, {s}: {c.value}" for x, s, c in found),
        x_title="",
        unit=found[0][2].unit,
        decimals=found[0][2].decimals,
        x_labels=tuple(dict.fromkeys(x for x, _, _ in found)),
        series_labels=tuple(dict.fromkeys(series for _, series, _ in found)),
        points=tuple(Point(x, series, cell.value, cell.status, str(cell.ref)) for x, series, cell in found),
        sources=grid.sources,
    )
    return replace(figure, **more)  # type: ignore[arg-type]


def _tables() -> dict[str, Table]:
    balance, demographic = _chart_grids()
    emigrants, incidence = _emigrants()
    revenue, compliance, pensions, contacts = _revenue(), _compliance(), _pensions(), _contacts()
    times = _grid(
        "23",
        0,
        "NASpI: tempi di accoglimento",
        ("Territorio",),
        _codes("period", "2023", "2024"),
        (),
        "",
        "tempi",
    )
    years, sexes = ("2022", "2023", "2024"), ("Femmine", "Maschi")
    ages = ("0-17", "18-39", "40-64", "oltre 65")
    places = tuple(CODELISTS["territory"][1].values())
    own = PLACE.name
    line = _figure(
        revenue,
        FigureKind.LINE,
        "Riscossioni ordinarie",
        [(year, place, (r, c)) for r, place in enumerate(places) for c, year in enumerate(years)],
        x_title="Periodo",
        unit="numero indice (2022 = 100)",
        decimals=1,
        emphasis=own,
        note="Numeri indice: il primo anno vale 100.",
    )
    # An index is computed for the chart: its points show the cell they follow from but not its value.
    first = {point.series: point.value for point in line.points if point.x == "2022"}
    indexed = tuple(
        replace(p, value=(100 * p.value / base).quantize(Decimal("0.1")))
        for p in line.points
        if p.value is not None and (base := first[p.series]) is not None
    )
    column = _figure(
        demographic,
        FigureKind.COLUMN,
        "Saldo naturale e saldo demografico",
        [
            (y, s, (r, c))
            for r, s in ((1, "Saldo naturale"), (2, "Saldo demografico"))
            for c, y in enumerate(("2021", "2022", "2023"))
        ],
        x_title="Periodo",
    )
    pyramid = _figure(
        emigrants,
        FigureKind.PYRAMID,
        "Emigrati per età",
        [(age, sex, (0, 4 * s + a)) for s, sex in enumerate(sexes) for a, age in enumerate(ages)],
        x_title="Età",
    )
    dot = _figure(
        compliance,
        FigureKind.DOT,
        "Quota di DURC irregolari",
        [(place, year, (r, c)) for year, c in (("2023", 2), ("2024", 5)) for r, place in enumerate(places)],
        emphasis=own,
    )
    stacked = _figure(
        pensions,
        FigureKind.STACKED,
        "Pensioni per gestione e genere",
        [(fund, sex, (r, s)) for fund, r in (("FPLD", 3), ("Autonomi", 6)) for s, sex in enumerate(sexes)],
    )
    bar = _figure(
        contacts,
        FigureKind.BAR,
        "Contatti per canale",
        [(label, "Domande", (r, 0)) for r, label in enumerate(list(CODELISTS["channel"][1].values())[:5])],
    )
    legend = (Note("Indice di variazione rispetto all'anno precedente.", "IV"),)
    rows = (
        (
            "G1",
            "Grafico 1",
            "1.8",
            "Andamento del saldo migratorio e demografico",
            (balance, demographic),
            (column,),
            (),
        ),
        ("5", "Tavola 5", "1.6", "Flusso migratorio – Emigrati", (emigrants, incidence), (pyramid,), ()),
        (
            "17",
            "Tavola 17",
            "3.1",
            "Entrate contributive",
            (revenue,),
            (replace(line, points=indexed),),
            legend,
        ),
        ("20", "Tavola 20", "3.4", "DURC", (compliance,), (dot,), ()),
        ("23", "Tavola 23", "4.3", "NASpI – tempi di accoglimento", (times,), (), ()),
        ("31", "Tavola 31", "5.1.4", "Pensioni IVS vigenti", (pensions,), (stacked,), ()),
        ("60", "Tavola 60", "7.1", "Contatti & canali", (contacts,), (bar,), ()),
    )
    return {
        number: Table(number, label, number.lower(), section, title, grids, figures, notes)
        for number, label, section, title, grids, figures, notes in rows
    }


def _cubes(tables: Sequence[Table]) -> tuple[CubeData, ...]:
    """Every cube with the observations that the grids print; of two published values the first."""
    cells: dict[str, dict[Key, Cell]] = {}
    used: dict[str, dict[str, None]] = {}
    for table in tables:
        for grid in table.grids:
            for cell in (cell for line in grid.cells for cell in line if cell.origin is not Origin.NONE):
                cells.setdefault(cell.cube, {}).setdefault(cell.key, cell)
                used.setdefault(cell.cube, {})[table.number] = None
    return tuple(
        CubeData(
            name=name,
            title=CUBES[name].title,
            unit=CUBES[name].unit,
            decimals=CUBES[name].decimals,
            perimeter=CUBES[name].perimeter,
            reference="2022–2024",
            sources=CUBES[name].sources,
            formula=CUBES[name].formula,
            dimensions=tuple(_dimension(d, {dict(key)[d] for key in found}) for d in CUBES[name].dimensions),
            observations=tuple(
                Observation(key, c.value, c.status, c.origin) for key, c in sorted(found.items())
            ),
            tables=tuple(used[name]),
            units=CUBES[name].units,
        )
        for name, found in sorted(cells.items())
    )


def _dimension(name: str, occurring: set[str]) -> DimensionData:
    title, codes = CODELISTS[name]
    return DimensionData(
        name, title, tuple(CodeLabel(c, label) for c, label in codes.items() if c in occurring)
    )


ERRATA = (
    ErratumEntry(
        "e1",
        "Grafico 1, parte 1",
        "Saldo migratorio: Saldo migratorio, 2021",
        "416",
        "384",
        "La stessa cifra è stampata con due valori e le due correzioni sono egualmente piccole.",
        decidable=False,
        refs=("G1.0/massa-carrara/2024/r1/c0", "G1.1/massa-carrara/2024/r0/c0"),
    ),
    ErratumEntry(
        "e2",
        "Tavola 20",
        "DURC rilasciati per esito: Massa-Carrara, 2024 / % irregolari",
        "14,70",
        "14,64",
        "La quota era stata arrotondata due volte.",
        decidable=True,
        refs=("T20.0/massa-carrara/2024/r0/c5",),
    ),
)


@cache
def sample_document() -> Document:
    """The Document; frozen, so that all tests can share it."""
    tables = _tables()
    chapters = (
        Chapter(1, "contesto-demografico", "Il contesto demografico", (tables["5"], tables["G1"])),
        Chapter(2, "entrate", "Le entrate", (tables["17"], tables["20"])),
        Chapter(3, "prestazioni", "Le prestazioni", (tables["23"], tables["31"], tables["60"])),
    )
    return Document(
        title="Rendiconto sociale 2024",
        subtitle=PLACE.title,
        territory=PLACE,
        edition=EDITION,
        language="it",
        issued="2025-06-30",
        data_version="2024.1",
        data_sha256="0123456789abcdef" * 4,
        as_published=False,
        chapters=chapters,
        key_figures=(
            KeyFigure(
                "Riscossioni ordinarie, 2024",
                "219.216.355,46",
                "euro",
                "nel 2023: 211.122.051,11",
                "17",
                "T17.0/massa-carrara/2024/r0/c2",
            ),
            KeyFigure(
                "Saldo demografico, 2023",
                "−1.303",
                "persone",
                "nel 2022: −1.525",
                "G1",
                "G1.1/massa-carrara/2024/r2/c2",
            ),
            KeyFigure(
                "Pensioni vigenti, 2024", "36.100", "pensioni", "", "31", "T31.0/massa-carrara/2024/r7/c2"
            ),
        ),
        errata=ERRATA,
        method=(
            Section(
                "Arrotondamenti", ("Le cifre sono arrotondate una volta sola, da valori non arrotondati.",)
            ),
            Section(
                "Quote e saldi", ("Le quote si calcolano dai conteggi.", "I saldi sono somme con segno.")
            ),
        ),
        sources=(
            Note("Tavola 5, Grafico 1", ISTAT),
            Note("Tavola 17, Tavola 20", "Direzione centrale Entrate"),
        ),
        glossary=(
            Note("Documento unico di regolarità contributiva.", "DURC"),
            Note("Invalidità, vecchiaia e superstiti.", "IVS"),
        ),
        colophon=(Section("Edizione", ("Composto dai dati della versione 2024.1.",)),),
        licence=(Section("Riuso", ("Le cifre sono di INPS e Istat; si possono riusare citando la fonte.",)),),
        cubes=_cubes([table for chapter in chapters for table in chapter.tables]),
        missing=(
            MissingEntry("23", 0, "NASpI: tempi di accoglimento", 0, (PENSIONS,)),
            MissingEntry("20", 0, "DURC rilasciati per esito", 3, (INPS,)),
            MissingEntry("31", 0, "Pensioni vigenti per gestione e tipo", 8, (PENSIONS,)),
        ),
    )

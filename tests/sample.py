"""A small but complete Document, made by hand: it uses every feature that a renderer has to show.

Ragged and nested headings and stubs, totals, "di cui" rows, every status, negative figures, euro with cents, shares,
several measures in one grid, an indicator dimension, marks, a part without data, all kinds of charts, labels that
look like formulas or markup. Grids, cubes and errata agree with each other, so that a test can go from one to another.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from rendiconto.document import (
    Cell,
    Chapter,
    CubeData,
    Document,
    Figure,
    FigureKind,
    Grid,
    Note,
    Origin,
    Point,
    Table,
)
from rendiconto.document.grid import Key
from rendiconto.document.report import (
    CodeLabel,
    DimensionData,
    ErratumEntry,
    KeyFigure,
    MissingEntry,
    Observation,
    Section,
)
from sample_grids import (
    CODELISTS,
    CUBES,
    EDITION,
    INPS,
    ISTAT,
    PENSIONS,
    PLACE,
    balance_grids,
    codes,
    compliance_grid,
    contact_grid,
    emigrant_grids,
    grid_of,
    pension_grid,
    revenue_grid,
)


def _figure(
    grid: Grid, kind: FigureKind, title: str, cells: Sequence[tuple[str, str, tuple[int, int]]], **more: object
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
    balance, demographic = balance_grids()
    emigrants, incidence = emigrant_grids()
    revenue, compliance, pensions, contacts = revenue_grid(), compliance_grid(), pension_grid(), contact_grid()
    times = grid_of("23", 0, "NASpI: tempi di accoglimento", ("Territorio",), codes("period", "2023", "2024"), (), "", "tempi")
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
        ("G1", "Grafico 1", "1.8", "Andamento del saldo migratorio e demografico", (balance, demographic), (column,), ()),
        ("5", "Tavola 5", "1.6", "Flusso migratorio – Emigrati", (emigrants, incidence), (pyramid,), ()),
        ("17", "Tavola 17", "3.1", "Entrate contributive", (revenue,), (replace(line, points=indexed),), legend),
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
            observations=tuple(Observation(key, c.value, c.status, c.origin) for key, c in sorted(found.items())),
            tables=tuple(used[name]),
            units=CUBES[name].units,
        )
        for name, found in sorted(cells.items())
    )


def _dimension(name: str, occurring: set[str]) -> DimensionData:
    title, codes = CODELISTS[name]
    return DimensionData(name, title, tuple(CodeLabel(c, label) for c, label in codes.items() if c in occurring))


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
                "Saldo demografico, 2023", "−1.303", "persone", "nel 2022: −1.525", "G1", "G1.1/massa-carrara/2024/r2/c2"
            ),
            KeyFigure("Pensioni vigenti, 2024", "36.100", "pensioni", "", "31", "T31.0/massa-carrara/2024/r7/c2"),
        ),
        errata=ERRATA,
        method=(
            Section("Arrotondamenti", ("Le cifre sono arrotondate una volta sola, da valori non arrotondati.",)),
            Section("Quote e saldi", ("Le quote si calcolano dai conteggi.", "I saldi sono somme con segno.")),
        ),
        sources=(Note("Tavola 5, Grafico 1", ISTAT), Note("Tavola 17, Tavola 20", "Direzione centrale Entrate")),
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

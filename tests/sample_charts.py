"""Figures made from the source's own numbers, one and more for each kind of chart, easy and awkward ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from rendiconto.document.figure import Figure, FigureKind, Point
from rendiconto.document.values import Status

OWN, REGION, ITALY = "Massa-Carrara", "Regione Toscana", "Italia"
SEXES = ("Femmine", "Maschi")
_STATUSES = {status.symbol: status for status in Status if status.symbol}


def figure(
    id: str,  # noqa: A002 - the field's name
    kind: FigureKind,
    unit: str,
    series: Sequence[str],
    rows: Mapping[str, str],
    *,
    decimals: int = 0,
    emphasis: str | None = None,
) -> Figure:
    """A figure from rows of printed values: ``{x: "1.347 -1.310 n.d."}``, one value per series."""
    points = []
    for x, line in rows.items():
        for label, text in zip(series, line.split(), strict=True):
            status = _STATUSES.get(text, Status.NORMAL)
            value = Decimal(text.replace(".", "").replace(",", ".")) if status is Status.NORMAL else None
            points.append(Point(x, label, value, status))
    alt = f"Grafico: {id}. Valori per {', '.join(series)}."
    return Figure(
        id=f"figura-{id}",
        kind=kind,
        title=id,
        alt=alt,
        x_title="",
        unit=unit,
        decimals=decimals,
        x_labels=tuple(rows),
        series_labels=tuple(series),
        points=tuple(points),
        emphasis=emphasis,
    )


def _columns(years: Sequence[int], *lines: str) -> dict[str, str]:
    return {str(year): " ".join(values) for year, *values in zip(years, *(line.split() for line in lines), strict=True)}


_YEARS = range(2013, 2024)
_EMIGRANTS = "194 217 245 263 338 343 273 410 309 348 309"
_IMMIGRANTS = "798 627 551 639 645 668 749 666 725 703 727"
_NATURAL = "-1.310 -1.081 -1.486 -1.248 -1.344 -1.427 -1.521 -2.019 -1.642 -1.880 -1.721"
_MIGRATION = "604 410 306 376 307 325 476 256 384 355 418"
_DEMOGRAPHIC = "-706 -671 -1.180 -872 -1.037 -1.102 -1.045 -1.763 -1.258 -1.525 -1.303"

SECTORS = {
    "Estrazione di minerali da cave e miniere": "130,7 174,8",
    "Attività manifatturiere": "79,9 104,8",
    "Fornitura di energia": "112,6 146,9",
    "Forniture di acqua": "107,8 113,1",
    "Costruzioni": "69,7 86,8",
    "Commercio": "68,3 93,9",
    "Trasporto e magazzinaggio": "95,6 105,0",
    "Servizi di alloggio e ristorazione": "50,3 60,3",
    "Attività finanziarie e assicurative": "127,3 168,7",
    "Attività immobiliari": "62,0 87,4",
    "Attività professionali scientifiche e tecniche": "67,8 96,2",
    "Noleggio, agenzie di viaggio, servizi di supporto alle imprese": "52,3 73,5",
    "Istruzione": "71,2 75,6",
    "Sanità e assistenza sociale": "61,4 75,7",
    "Attività artistiche, sportive, di intrattenimento e divertimento": "55,1 86,5",
    "Altre attività di servizi": "50,2 77,0",
    "Attività di famiglie e convivenze come datore di lavoro per personale domestico": "- 42,7",
    "Servizi di informazione e comunicazione": "75,5 103,2",
    "Retribuzione/Reddito medio totale": "67,0 99,3",
}
_PROVINCES = {
    "Arezzo": "57,6 57,1 56,0 54,6 50,9 51,4",
    "Firenze": "57,5 56,6 56,0 54,8 51,3 50,6",
    "Grosseto": "59,2 58,3 57,6 56,6 52,0 51,0",
    "Livorno": "58,2 56,9 56,4 55,5 52,6 52,6",
    "Lucca": "59,5 59,0 58,3 57,6 51,4 50,8",
    OWN: "56,5 55,9 55,2 54,0 51,2 50,2",
    "Pisa": "56,6 56,0 55,8 54,6 50,4 49,7",
    "Pistoia": "60,0 59,3 59,2 58,2 54,4 53,7",
    "Prato": "55,9 55,6 54,6 53,9 51,5 50,6",
    "Siena": "56,0 55,3 54,7 53,7 51,6 51,2",
    REGION: "57,7 57,0 56,3 55,2 51,6 51,0",
    ITALY: "58,1 57,3 56,6 55,5 52,0 51,3",
}
_CIG = {
    "2021": "579.959 743.052 1.360 428.353",
    "2022": "202.482 - 37.065 38.739",
    "2023": "239.602 - 81.216 4.108",
    "2024": "277.239 - 29.114 309",
}
_FUNDS = {
    "Fondo pensioni lavoratori dipendenti": "9.595 5.328 1.299 8.291",
    "Dipendenti pubblici": "6.930 2.149 1.207 2.773",
    "Lavoratori parasubordinati": "- 219 10 52",
    "Lavoratori autonomi": "5.067 6.778 651 3.835",
    "Altre previdenziali": "1.481 915 74 577",
}
_LITIGATION = {
    "Contenzioso contributivo": "109 55 89",
    "Fondi speciali/gestioni": "5 - 4",
    "Indebiti": "5 7 10",
    "Invalidi civili, area amministrativa": "1 - 1",
    "Invalidi civili, area legale": "13 5 9",
    "Prestazioni a sostegno del reddito": "13 8 13",
    "Prestazioni pensionistiche": "11 6 7",
    "Varie": "9 11 9",
}
PLACES = (OWN, REGION, ITALY)


def _places(*lines: str) -> dict[str, str]:
    return dict(zip(PLACES, lines, strict=True))


LINE, BAR, COLUMN = FigureKind.LINE, FigureKind.BAR, FigureKind.COLUMN
STACKED, DOT, PYRAMID = FigureKind.STACKED, FigureKind.DOT, FigureKind.PYRAMID

FIGURES: tuple[Figure, ...] = (
    figure(
        "eta",
        STACKED,
        "%",
        ("0-14", "15-64", "65 e oltre"),
        _places("10,1 61,2 28,8", "11,3 62,3 26,5", "12,2 63,5 24,4"),
        decimals=1,
        emphasis=OWN,
    ),
    figure("emigrati", PYRAMID, "persone", SEXES, {"0-17": "18 18", "18-39": "85 98", "40-64": "25 40", "oltre 65": "9 16"}),
    figure("saldo-naturale", COLUMN, "persone", ("Saldo naturale",), _columns(_YEARS, _NATURAL)),
    figure(
        "saldi",
        LINE,
        "persone",
        ("Saldo migratorio", "Saldo naturale", "Saldo demografico"),
        _columns(_YEARS, _MIGRATION, _NATURAL, _DEMOGRAPHIC),
    ),
    figure("migrazioni", LINE, "persone", ("Emigrati", "Immigrati"), _columns(_YEARS, _EMIGRANTS, _IMMIGRANTS)),
    figure("saldi-colonne", COLUMN, "persone", ("Saldo migratorio", "Saldo naturale"), _columns(_YEARS, _MIGRATION, _NATURAL)),
    figure(
        "entrate",
        LINE,
        "numero indice (2022 = 100)",
        PLACES,
        _columns(range(2022, 2025), "100,0 104,8 108,8", "100,0 105,4 108,2", "100,0 105,8 109,2"),
        decimals=1,
        emphasis=OWN,
    ),
    figure(
        "durc",
        LINE,
        "%",
        PLACES,
        _columns(range(2022, 2025), "16,5 16,4 14,6", "14,3 13,0 12,8", "17,3 16,3 16,2"),
        decimals=1,
        emphasis=OWN,
    ),
    figure("naspi", COLUMN, "domande", SEXES, _columns(range(2022, 2025), "4.714 4.908 4.961", "3.473 3.730 3.963")),
    figure("cig", STACKED, "ore", ("CIGO", "CIGD", "CIGS", "Fondi di solidarietà"), _CIG),
    figure("pensioni", STACKED, "pensioni", ("Anzianità/Anticipate", "Vecchiaia", "Invalidità", "Superstiti"), _FUNDS),
    figure("retribuzioni", DOT, "euro al giorno", SEXES, SECTORS, decimals=1),
    figure(
        "occupazione",
        DOT,
        "%",
        PLACES,
        {
            "Femmine 15-24": "24,1 20,7 15,1",
            "Femmine 25-34": "72,6 68,7 60,8",
            "Femmine 35-49": "78,5 79,2 67,0",
            "Femmine 50-64": "51,5 65,2 54,1",
            "Maschi 15-24": "38,5 29,8 24,0",
            "Maschi 25-34": "93,0 85,4 76,2",
            "Maschi 35-49": "94,0 94,1 87,4",
            "Maschi 50-64": "73,3 82,0 75,8",
        },
        decimals=1,
        emphasis=OWN,
    ),
    figure("contenzioso", BAR, "giudizi", ("Da lavorare al 1º gennaio", "Iniziati", "Da lavorare al 31 dicembre"), _LITIGATION),
    figure(
        "personale",
        LINE,
        "anni",
        tuple(_PROVINCES),
        _columns(range(2019, 2025), *_PROVINCES.values()),
        decimals=1,
        emphasis=OWN,
    ),
    figure(
        "eta-media",
        BAR,
        "anni",
        ("2024",),
        {name: line.split()[-1] for name, line in _PROVINCES.items()},
        decimals=1,
        emphasis=OWN,
    ),
    figure("tempi", BAR, "giorni", ("2023", "2024"), _places("101 109", "145 143", "144 140"), emphasis=OWN),
    figure(
        "cigo",
        COLUMN,
        "giorni",
        ("2023", "2024"),
        {OWN: "5 4", "Media regionale": "14 12", "Media nazionale": "33 21"},
        emphasis=OWN,
    ),
    figure(
        "importi",
        BAR,
        "euro",
        SEXES,
        {
            "Fondo pensioni lavoratori dipendenti": "1.006,0 2.033,1",
            "Dipendenti pubblici": "1.871,9 2.523,5",
            "Lavoratori autonomi": "729,8 1.319,4",
            "Altre previdenziali": "1.406,9 2.091,9",
        },
        decimals=1,
    ),
    figure(
        "durc-quote",
        DOT,
        "%",
        ("2022", "2023", "2024"),
        _places("16,5 16,4 14,6", "14,3 13,0 12,8", "17,3 16,3 16,2"),
        decimals=1,
        emphasis=OWN,
    ),
    figure(
        "assunzioni",
        COLUMN,
        "rapporti di lavoro",
        ("2023", "2024"),
        {
            "Tempo indeterminato": "4.181 3.997",
            "Tempo determinato": "10.214 10.275",
            "Stagionale": "3.686 3.548",
            "In somministrazione": "1.437 1.861",
            "Con contratto intermittente": "2.290 2.283",
        },
    ),
    figure(
        "riscossioni",
        COLUMN,
        "euro",
        ("Riscossioni",),
        _columns(range(2022, 2025), "11.069.063,48 13.305.457,22 13.891.997,26"),
        decimals=2,
    ),
    figure(
        "riscossioni-linee",
        LINE,
        "euro",
        ("Aziende Uniemens", "Gestione Artigiani", "Gestione Commercianti"),
        _columns(
            range(2022, 2025),
            "6.736.555,24 7.685.522,88 7.262.927,54",
            "1.399.275,03 1.897.861,87 2.326.918,46",
            "2.387.911,52 3.147.994,51 3.680.749,39",
        ),
        decimals=2,
    ),
    figure(
        "lacune",
        LINE,
        "giorni",
        PLACES,
        _columns(range(2019, 2025), "49 n.d. 44 - 38 -", "44 39 n.d. n.d. 41 40", "52 58 61 * 60 59"),
        emphasis=OWN,
    ),
    figure(
        "lacune-colonne",
        COLUMN,
        "giorni",
        ("2023", "2024"),
        {OWN: "49 -", "Media regionale": "44 39", "Media nazionale": "122 n.d."},
        emphasis=OWN,
    ),
    figure(
        "saldi-barre", BAR, "persone", ("Saldo",), {"Massa": "-310", "Carrara": "-222", "Aulla": "14", "Montignoso": "n.d."}
    ),
    figure("vuoto", BAR, "domande", ("Domande",), {"Presentate": "n.d.", "Accolte": "*"}),
)
BY_ID: dict[str, Figure] = {figure.title: figure for figure in FIGURES}


NAMES = st.lists(
    st.sampled_from(
        [
            "Massa",
            "Carrara",
            "Attività",
            "professionali",
            "scientifiche",
            "Fondo",
            "pensioni",
            "lavoratori",
            "dipendenti",
            "Totale",
            "Invalidi",
            "civili",
            "area",
            "amministrativa/legale",
            "di",
            "cui",
            "n.",
            "2024",
        ]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@st.composite
def any_figure(draw: st.DrawFn) -> Figure:
    """Any figure that the catalogue could ask for: long names, gaps, huge and tiny values, few and many of them."""
    kind = draw(st.sampled_from(FigureKind))
    most = 2 if kind is FigureKind.PYRAMID else 5
    series = draw(st.lists(NAMES, min_size=2 if kind is FigureKind.PYRAMID else 1, max_size=most, unique=True))
    years = [str(year) for year in range(2013, 2014 + draw(st.integers(0, 10)))]
    names = draw(st.lists(NAMES, min_size=1, max_size=8, unique=True))
    timed = kind is FigureKind.LINE or (kind in {FigureKind.COLUMN, FigureKind.STACKED} and draw(st.booleans()))
    x_labels = years if timed else names
    decimals = draw(st.integers(0, 2))
    low = 0 if kind in {FigureKind.PYRAMID, FigureKind.STACKED} else -(10**6)
    values = st.one_of(
        st.sampled_from([status for status in Status if status is not Status.NORMAL]),
        st.decimals(low, 10 ** draw(st.integers(1, 8)), places=decimals, allow_nan=False, allow_infinity=False),
        st.decimals(0, 100, places=decimals, allow_nan=False, allow_infinity=False),
    )
    points = []
    for x in x_labels:
        for label in series:
            value = draw(values)
            points.append(Point(x, label, None, value) if isinstance(value, Status) else Point(x, label, value, Status.NORMAL))
    emphasis = draw(st.sampled_from([None, x_labels[0], series[-1]]))
    unit = draw(st.sampled_from(["euro", "%", "numero", "persone"]))
    return replace(
        BY_ID["eta"],
        id="f",
        kind=kind,
        unit=unit,
        decimals=decimals,
        x_labels=tuple(x_labels),
        series_labels=tuple(series),
        points=tuple(points),
        emphasis=emphasis,
    )

"""What a stranger's file holds, before anybody asks what it means: figures, each with the texts that say what it is."""

from dataclasses import dataclass
from decimal import Decimal

from rendiconto.italian.sorting import fold_words

MOST_BYTES = 50 << 20
MOST_FIGURES = 50_000
"""Figures that are compared: dashboards and extracts have thousands."""

Raw = str | Decimal
"""A figure as the file has it: text as typed, or a number."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that says something of a figure: a label, a key, a header, the cell of a column (``name``).

    ``weak`` texts may say nothing of it ("fonte: INPS"): they help where they can and are passed over where they cannot.
    """

    text: str
    name: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A figure of the file. ``texts`` go from the farthest (a title) to the nearest (the key or header over the figure).

    ``place`` is where it stands (``dati.csv row 12 (2024)``, ``dati.json $.naspi.2023``), ``column`` whose notation it shares,
    ``series`` what it is shown together with. ``ref`` is a cell ref or ``cube`` the name of a cube of ours, where the file
    says so.
    """

    place: str
    raw: Raw
    texts: tuple[Text, ...]
    column: str
    series: str
    plotted: bool = False
    ref: str = ""
    cube: str = ""


VALUE_NAMES = frozenset(
    ("valore", "value", "valori", "values", "obs value", "observation value", "dato", "cifra", "y", "v", "val", "n", "data")
)
_SUBJECTS = """
indicatore indicator label labels name nome titolo title serie series misura voce descrizione
etichetta tabella tavola table fenomeno kpi metric metrica key chiave sezione section capitolo
chapter categoria category x testo text gruppo group oggetto variabile variable dettaglio
sottotitolo subtitle didascalia
"""
_BESIDES = """
fonte fonti source sources nota note notes unita unit url link href color colore colour
backgroundcolor bordercolor id uuid icon icona ordine order position width height min max updated
aggiornamento origin origine opacity tension format formato decimals decimali version versione
edition edizione step borderwidth
"""
SUBJECT_NAMES = frozenset(_SUBJECTS.split())
IGNORED_NAMES = frozenset(_BESIDES.split()) | {"unita di misura", "background color", "border color"}
"""Names of what is about the file, or about how it is shown, and not about the figure."""
PERIOD_NAMES = frozenset(("periodo", "period", "anno", "year", "time", "time period", "annualita", "anno di riferimento"))
TERRITORY_NAMES = frozenset(
    (
        "territorio",
        "territory",
        "provincia",
        "regione",
        "sede",
        "area",
        "area geografica",
        "ref area",
        "geo",
        "codice territorio",
        "territory code",
        "cod territorio",
        "codice istat",
        "cod istat",
        "istat",
    )
)
SEX_NAMES = frozenset(("sex", "sesso", "genere", "gender"))
STATUS_NAMES = frozenset(("stato", "obs status", "status", "simbolo"))
REF_NAMES = frozenset(("cell", "cella", "cell ref", "ref"))
CUBE_NAMES = frozenset(("cube", "cubo"))
_HOLDING = """
data dati series serie datasets dataset values valori items rows righe records indicatori indicators
kpi kpis charts chart grafici grafico tabelle tables table result results root content contenuto
"""
CONTAINERS = frozenset(_HOLDING.split())
"""Keys that hold other things and say nothing of them."""


def fold_name(name: str) -> str:
    """The name of a column or key, folded: ``Time_Period`` is ``time period``."""
    return fold_words(name)


def is_coordinate(name: str) -> bool:
    """Whether a column of this name says where a figure stands, whatever the indicator."""
    return fold_name(name) in PERIOD_NAMES | TERRITORY_NAMES | SEX_NAMES

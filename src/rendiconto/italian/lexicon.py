"""The words of change, comparison and measure: one lexicon, for whoever writes sentences about figures and whoever audits them.

Words are given as patterns over folded words (no accents, no capitals).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Final


class Direction(Enum):
    """Which way a figure goes, or stands to another."""

    UP = 1
    DOWN = -1
    LEVEL = 0

    @property
    def opposite(self) -> "Direction":
        """The other way."""
        return Direction(-self.value)


_CHANGE: Final = {
    Direction.UP: re.compile(
        r"aument\w*|accresc\w*|cresc\w*|increment\w*|sal(?:e|gono|ito|ita|iti|ite|iva|ivano|endo|ire|irono|i)|rialz\w*"
        r"|rafforza\w*|allung\w*|ascesa|progress[oi]|risal\w*|raddoppi\w*|triplic\w*|guadagna\w*|progredi\w*|espan\w*|impenn\w*|balz\w*|ripres[ae]"
    ),
    Direction.DOWN: re.compile(
        r"diminu\w*|cal(?:a|o|ano|ato|ata|ati|ate|ando|are|i|arono|ava|avano)|riduz\w*|ridott[oaie]|decresc\w*|decrement\w*"
        r"|ridu(?:ce|cono|cendo|rsi|tto|tta|tti|tte|ssero|sse)|flession\w*|contra(?:e|zione|zioni|ggono)|scend\w*|sces[oaie]"
        r"|ribass\w*|declin\w*|croll\w*|dimezz\w*|perd(?:e|ono|uto|uti)|cedut[oaie]|arretra\w*|discesa|abbass\w*|assottigli\w*"
        r"|precipit\w*|tonfo|accorci\w*|dimagr\w*"
    ),
    Direction.LEVEL: re.compile(
        r"stabil[ei]?|stabilit\w*|stabilmente|costant[ei]|invariat[oaie]|inalterat[oaie]|stazionari\w*|immutat\w*"
    ),
}
_BETTER: Final = {
    Direction.UP: re.compile(r"miglior(?:a|ano|ato|ata|ati|ate|ando|amento|amenti)"),
    Direction.DOWN: re.compile(r"peggior(?:a|ano|ato|ata|ati|ate|ando|amento|amenti)|aggrav(?:a|ano|ato|ata|ati|ate|amento)"),
}
_COMPARE: Final = {
    Direction.UP: re.compile(
        r"superior[ei]|maggior[ei]?|maggioranza|preval\w*|super(?:a|ano|ato|ata|ando|i|ino)|sopravanza\w*|eccede\w*"
    ),
    Direction.DOWN: re.compile(r"inferior[ei]|minor[ei]?|minoranza"),
    Direction.LEVEL: re.compile(r"ugual[ei]|coerent[ei]|analog\w*|identic\w*|equival\w*|allineat\w*|pari"),
}
_OUTDOING: Final = re.compile(r"super(?:a|ano|ato|ata|ando)|sopravanza\w*|eccede\w*")
_MORE: Final = re.compile(
    r"alt[oaie]|elevat[oaie]|grand[ei]|numeros[oaie]|lung[oa]|lungh[ie]|cospicu\w*|ampi[oae]?|ricc[oaie]|vecchi[oae]?|tardi"
    r"|favorevol[ei]|positiv[oaie]|marcat[oaie]|consistent[ei]|intens[oaie]|frequent[ei]|rilevant[ei]"
)
_LESS: Final = re.compile(
    r"bass[oaie]|piccol[oaie]|contenut[oaie]|rapid[oaie]|brev[ei]|cort[oaie]|ridott[oaie]|giovan[ei]|modest[oaie]|scars[oaie]|presto"
    r"|sfavorevol[ei]|negativ[oaie]|lent[oaie]|lievi?|limitat[oaie]"
)
SIGNS: Final = {
    **dict.fromkeys(("negativo", "negativa", "negativi", "negative", "passivo", "rosso"), Direction.DOWN),
    **dict.fromkeys(("positivo", "positiva", "positivi", "positive", "attivo"), Direction.UP),
    **dict.fromkeys(("nullo", "nulla", "nulli", "nulle"), Direction.LEVEL),
}
"""Words for the side of nought that a balance is on."""
_WAVERING: Final = re.compile(r"oscilla\w*|altalenant\w*|fluttua\w*|discontinu\w*|irregolare andamento")
EXTREME_NOUNS: Final = re.compile(r"massim[oaie]|minim[oaie]|picco|record|primat[oi]|culmine")


def change_of(folded: str) -> Direction | None:
    """The direction that a verb, noun or adjective of change says; None for other words."""
    ways = (*_CHANGE.items(), *_BETTER.items())
    return next((direction for direction, pattern in ways if pattern.fullmatch(folded)), None)


_DISTANCE: Final = re.compile(
    r"scart[oi]|divar[io]\w*|differenz[ae]|distanz[ae]|forbice|distacc\w*|separa\w*|gap|distant[ei]|vantaggio|svantaggio"
)


def is_distance(folded: str) -> bool:
    """Whether a word speaks of how far two figures are apart."""
    return _DISTANCE.fullmatch(folded) is not None


def judges(folded: str) -> bool:
    """Whether a word says better or worse rather than more or less."""
    return any(pattern.fullmatch(folded) for pattern in _BETTER.values())


def comparison_of(folded: str) -> Direction | None:
    """How a comparative sets two figures; None for other words."""
    return next((direction for direction, pattern in _COMPARE.items() if pattern.fullmatch(folded)), None)


def is_transitive(folded: str) -> bool:
    """Whether a comparative is a verb whose object it compares with: "superano i commercianti"."""
    return _OUTDOING.fullmatch(folded) is not None


def is_unlike(folded: str) -> bool:
    """Whether a word says that two changes go different ways: "in controtendenza rispetto al dato nazionale"."""
    return folded == "controtendenza"


def degree_of(folded: str) -> Direction | None:
    """Which way "più" goes with an adjective: "più alto" is more, "più basso" less."""
    if _MORE.fullmatch(folded):
        return Direction.UP
    return Direction.DOWN if _LESS.fullmatch(folded) else None


def wavers(folded: str) -> bool:
    """Whether a word says that a series goes up and down."""
    return _WAVERING.fullmatch(folded) is not None


def last_place(folded: str) -> int | None:
    """Which place from the bottom a word says ("penultima": 2); None for other words."""
    return _LAST.get(folded[:-1]) if folded[-1:] in ("o", "a") else None


_FACTORS: Final = {
    Decimal(2): re.compile(r"raddoppi(?:a|ano|ato|ata|ati|ate|ando)"),
    Decimal(3): re.compile(r"triplic(?:a|ano|ato|ata|ati|ate|ando)"),
    Decimal(4): re.compile(r"quadruplic(?:a|ano|ato|ata|ati|ate|ando)"),
    Decimal(5): re.compile(r"quintuplic(?:a|ano|ato|ata|ati|ate|ando)"),
    Decimal("0.5"): re.compile(r"dimezz(?:a|ano|ato|ata|ati|ate|ando)"),
}


def factor_of(folded: str) -> Decimal | None:
    """How many times as much a verb says that something has become ("raddoppiato": 2); None for other words."""
    return next((factor for factor, pattern in _FACTORS.items() if pattern.fullmatch(folded)), None)


class Hedge(StrEnum):
    """How a figure in prose is bound to the true one."""

    NONE = ""
    ABOUT = "circa"
    OVER = "oltre"
    UNDER = "quasi"
    MORE = "più di"
    LESS = "meno di"
    AT_LEAST = "almeno"
    AT_MOST = "al più"


HEDGES: Final[dict[tuple[str, ...], Hedge]] = {
    ("circa",): Hedge.ABOUT,
    ("intorno",): Hedge.ABOUT,
    ("pressoche",): Hedge.ABOUT,
    ("approssimativamente",): Hedge.ABOUT,
    ("grosso", "modo"): Hedge.ABOUT,
    ("all'", "incirca"): Hedge.ABOUT,
    ("oltre",): Hedge.OVER,
    ("piu", "di"): Hedge.MORE,
    ("piu", "che"): Hedge.MORE,
    ("poco", "piu", "di"): Hedge.OVER,
    ("poco", "piu", "del"): Hedge.OVER,
    ("poco", "oltre"): Hedge.OVER,
    ("poco", "sopra"): Hedge.OVER,
    ("piu", "del"): Hedge.MORE,
    ("piu", "della"): Hedge.MORE,
    ("quasi",): Hedge.UNDER,
    ("meno", "di"): Hedge.LESS,
    ("meno", "del"): Hedge.LESS,
    ("meno", "della"): Hedge.LESS,
    ("poco", "meno", "di"): Hedge.UNDER,
    ("poco", "meno", "del"): Hedge.UNDER,
    ("poco", "sotto"): Hedge.UNDER,
    ("sotto", "quota"): Hedge.LESS,
    ("sopra", "quota"): Hedge.MORE,
    ("oltre", "quota"): Hedge.MORE,
    ("al", "di", "sotto"): Hedge.LESS,
    ("al", "di", "sopra"): Hedge.MORE,
    ("vicino",): Hedge.ABOUT,
    ("almeno",): Hedge.AT_LEAST,
    ("al", "massimo"): Hedge.AT_MOST,
}
"""Words before (or after) a figure that loosen it, longest first when read."""
_HEDGING_VERBS: Final = {
    Hedge.MORE: re.compile(r"super(?:a|ano|ato|ata|ati|ate|ando|ava|avano)"),
    Hedge.UNDER: re.compile(r"sfior(?:a|ano|ato|ata|ati|ate|ando|ava|avano)"),
}


def hedge_of(phrase: tuple[str, ...]) -> Hedge | None:
    """How words before a figure loosen it: "circa", "poco più di", "superano"; None for other words."""
    if len(phrase) == 2 and phrase[1] == "quota" and phrase not in HEDGES:
        return hedge_of(phrase[:1])
    if len(phrase) == 1:
        verb = next((hedge for hedge, pattern in _HEDGING_VERBS.items() if pattern.fullmatch(phrase[0])), None)
        return verb or HEDGES.get(phrase)
    return HEDGES.get(phrase)


@dataclass(frozen=True, slots=True)
class Size:
    """What a word of degree says of a change: relative to the base, or in points for rates. None is unbounded."""

    least: Decimal | None
    most: Decimal | None


SIZES: Final[dict[str, Size]] = {
    "leggermente": Size(None, Decimal(10)),
    "lievemente": Size(None, Decimal(10)),
    "lieve": Size(None, Decimal(10)),
    "leggero": Size(None, Decimal(10)),
    "leggera": Size(None, Decimal(10)),
    "marginalmente": Size(None, Decimal(5)),
    "moderatamente": Size(None, Decimal(25)),
    "contenuto": Size(None, Decimal(15)),
    "nettamente": Size(Decimal(5), None),
    "netto": Size(Decimal(5), None),
    "netta": Size(Decimal(5), None),
    "fortemente": Size(Decimal(10), None),
    "forte": Size(Decimal(10), None),
    "sensibilmente": Size(Decimal(5), None),
    "sensibile": Size(Decimal(5), None),
    "notevole": Size(Decimal(5), None),
    "notevolmente": Size(Decimal(5), None),
    "drasticamente": Size(Decimal(20), None),
    "drastico": Size(Decimal(20), None),
    "sostanziale": Size(Decimal(3), None),
    "significativa": Size(Decimal(3), None),
    "significativo": Size(Decimal(3), None),
    "significativamente": Size(Decimal(3), None),
    "vertiginosamente": Size(Decimal(20), None),
}
"""Words of degree, with the change in per cent that they stand for; for rates a tenth of it, in points."""

_UNITS: Final = ("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci")
_TEENS: Final = ("undici", "dodici", "tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove")
_TENS: Final = ("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta", "cento")
NUMBER_WORDS: Final[dict[str, int]] = {
    **{word: number for number, word in enumerate((*_UNITS, *_TEENS))},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
}
_LAST: Final = {"ultim": 1, "penultim": 2, "terzultim": 3}
_ORDINALS: Final = ("primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono", "decimo")
ORDINALS: Final[dict[str, int]] = {
    word[:-1] + ending: number for number, word in enumerate(_ORDINALS, start=1) for ending in "oa"
}
SCALES: Final[dict[str, int]] = {
    **dict.fromkeys(("mila", "migliaia", "mille"), 3),
    **dict.fromkeys(("milione", "milioni", "mln"), 6),
    **dict.fromkeys(("miliardo", "miliardi", "mld"), 9),
}
SPANS: Final[dict[str, int]] = {"biennio": 2, "triennio": 3, "quadriennio": 4, "quinquennio": 5, "decennio": 10}
"""Words for runs of years."""
OF: Final = frozenset(("di", "del", "dell", "dello", "della", "dei", "degli", "delle"))
"""The preposition and its contractions, without apostrophe."""
FRACTIONS: Final[dict[str, Decimal]] = {
    "meta": Decimal(1) / 2,
    "terzo": Decimal(1) / 3,
    "quarto": Decimal(1) / 4,
    "quinto": Decimal(1) / 5,
    "sesto": Decimal(1) / 6,
    "decimo": Decimal(1) / 10,
}
MULTIPLES: Final[dict[str, Decimal]] = {
    "doppio": Decimal(2),
    "triplo": Decimal(3),
    "quadruplo": Decimal(4),
    "quintuplo": Decimal(5),
}

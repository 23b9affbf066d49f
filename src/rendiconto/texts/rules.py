"""What can be found in a text written by hand, at its file and line."""

from collections.abc import Mapping
from typing import Final

from rendiconto.findings import Finding, Rule, Severity

_ALL = (
    Rule(
        "contradicted_sentence",
        "What a sentence says is what the figures say",
        "Ciò che dice una frase è ciò che dicono le cifre",
        "A sentence that the figures contradict is wrong, or of another year.",
        "Una frase smentita dalle cifre è sbagliata, o di un altro anno.",
        Severity.WARNING,
        "“{text}” is contradicted by the figures: {right}",
        "«{text}» è smentito dalle cifre: {right}",
    ),
    Rule(
        "live_missing",
        "A live figure has a figure",
        "Una cifra viva ha una cifra",
        "A sentence that prints “n.d.” says nothing: the data lack the figure, or its base is nought.",
        "Una frase che stampa «n.d.» non dice nulla: i dati non hanno la cifra, o la sua base è zero.",
        Severity.ERROR,
        "the live figure {text} has no number and prints “n.d.” ({right})",
        "la cifra viva {text} non ha un numero e stampa «n.d.» ({right})",
    ),
    Rule(
        "live_confidential",
        "A live figure may be said",
        "Una cifra viva si può dire",
        "A confidential figure prints “*” wherever it stands.",
        "Una cifra riservata stampa «*» ovunque si trovi.",
        Severity.WARNING,
        "the live figure {text} is confidential and prints “*”",
        "la cifra viva {text} è riservata e stampa «*»",
    ),
    Rule(
        "live_unlike_words",
        "The words around a live figure are about it",
        "Le parole attorno a una cifra viva parlano di lei",
        "A live figure is right; the words beside it may name another year, place or indicator.",
        "Una cifra viva è giusta; le parole accanto possono nominare un altro anno, luogo o indicatore.",
        Severity.WARNING,
        "“{text}” reads as something else than its live figure ({right})",
        "«{text}» si legge come altro dalla sua cifra viva ({right})",
    ),
    Rule(
        "marked_sentence",
        "No sentence waits for its author",
        "Nessuna frase aspetta il suo autore",
        "A sentence between == and == was marked when the text was renewed: somebody has to look at it.",
        "Una frase tra == e == è stata segnata al rinnovo del testo: qualcuno deve rivederla.",
        Severity.ERROR,
        "“{text}” is still marked with ==",
        "«{text}» è ancora segnato con ==",
    ),
    Rule(
        "unsupported_markup",
        "Texts have words only",
        "I testi hanno solo parole",
        "Images, code, rules and raw HTML are not set: their words are printed as they stand.",
        "Immagini, codice, filetti e HTML non si compongono: le loro parole si stampano come sono.",
        Severity.WARNING,
        "{text} is not set: {right}",
        "{text} non si compone: {right}",
    ),
    Rule(
        "unsafe_link",
        "Links lead to web pages and mail addresses",
        "I collegamenti portano a pagine web e indirizzi di posta",
        "An address of another kind does nothing in a report, or harm.",
        "Un indirizzo di altro tipo in un rendiconto non fa nulla, o fa danno.",
        Severity.WARNING,
        "the link to “{text}” is left out: only http, https and mailto",
        "il collegamento a «{text}» è tolto: solo http, https e mailto",
    ),
    Rule(
        "unread_sentence",
        "Every sentence with a figure is understood",
        "Ogni frase con una cifra è compresa",
        "Figures that no rule understands are not checked: a person has to.",
        "Le cifre che nessuna regola comprende non sono verificate: tocca a una persona.",
        Severity.INFO,
        "“{text}” says a figure that was not understood",
        "«{text}» dice una cifra che non è stata compresa",
    ),
)

TEXT_RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Rules of hand-written texts by id."""

_SHOWN: Final = 160


def text_finding(rule: str, place: str, words: Mapping[str, str]) -> Finding:
    """The finding of a rule at a place (``presentazione.md:12``)."""
    shown = {name: _shortened(text) for name, text in words.items()}
    return TEXT_RULES[rule].finding((place,), {"right": "", **shown})


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"

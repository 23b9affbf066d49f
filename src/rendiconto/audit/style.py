"""How figures may be spoken of: what a sentence should not say though its figures are right."""

import re
from collections.abc import Iterator
from typing import Final

from rendiconto.audit.annotations import Sentence
from rendiconto.audit.readings import Reading
from rendiconto.audit.rules import AUDIT_RULES
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.check.claims import Operation
from rendiconto.findings import Finding

CAUSE: Final = re.compile(
    r"\b(?:(?:dovut[oaie]|legat[oaie]|riconducibil[ei]|attribuibil[ei]|imputabil[ei]|da (?:ricondurre|attribuire|imputare))"
    r"(?:\s+\w+mente|\s+soprattutto|\s+anche|\s+in (?:gran|buona|larga) parte)?\s+ad?\w*"
    r"|grazie a\w*|in seguito a\w*|frutto d\w*"
    r"|(?:a causa|per effetto|per via|merito|conseguenza|figli[oa]) d\w*|complic[ei]\s+\w+"
    r"|(?:determinat|provocat|causat|favorit|trainat|spint)[oaie](?:\s+\w+mente|\s+soprattutto|\s+anche)?\s+da\w*)",
    re.IGNORECASE,
)
"""The words by which a sentence gives a cause."""
_SET: Final = re.compile(
    r"della serie|del periodo|nel periodo|dal (?:19|20)\d\d|(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|degli ultimi|nell'ultim"
    r"|\b(?:tra|fra) (?:le|il|i|gli)\b|ennio\b|ultimi \w+ anni|della regione|delle province|provincia con|anno con",
    re.IGNORECASE,
)
_PEOPLE: Final = frozenset(("persone", "beneficiari", "pensionati", "lavoratori", "cittadini", "donne", "uomini", "utenti"))
_CHANGES: Final = frozenset((Operation.GROWTH, Operation.DIFFERENCE))
_SHOWN: Final = 120


def style_findings(sentence: Sentence, text: str, start: int, reading: Reading, catalogue: Catalogue) -> Iterator[Finding]:
    """What a claim's words do badly; ``text`` is the claim's, ``start`` its offset, ``reading`` what was understood of it."""
    for claim in reading[:1]:
        cube, codes = claim.cells[0]
        if claim.operation in _CHANGES and cube.is_rate and claim.quantity is not None and claim.quantity.percent:
            yield _found("per_cent_of_rate", text, start)
        if claim.operation is Operation.EXTREME and not (_SET.search(sentence.text) or sentence.places):
            yield _found("extreme_without_set", text, start)
        if claim.operation is Operation.VALUE and _counts_people(sentence, start, text):
            unit = catalogue.units[cube.unit_at(codes)[0]]
            if not (unit.people or unit.measure or cube.is_rate):
                yield _found("people_for_things", text, start, unit.label)


def cause_finding(text: str, start: int) -> Finding:
    """What is said of a cause that a sentence gives."""
    return _found("cause", text, start)


def _counts_people(sentence: Sentence, start: int, text: str) -> bool:
    """Whether the word right after a claim's number is one for people."""
    numbers = (number for number in sentence.numbers if start <= sentence.words[number.first].start < start + len(text))
    following = (sentence.words[number.last + 1] for number in numbers if number.last + 1 < len(sentence.words))
    return any(word.folded in _PEOPLE for word in following)


def _found(rule: str, text: str, start: int, unit: str = "") -> Finding:
    return AUDIT_RULES[rule].finding((f"text@{start}",), {"text": " ".join(text.split())[:_SHOWN], "unit": unit})

"""Italian numbers, printed and read: ``1.347``, ``84,9``, ``−1.310``.

``format_number`` and ``parse_number`` are inverses: reading what was printed gives the rounded value with its
printed decimals, and printing what was read gives the text again. A full stop groups thousands and nothing
else, a comma begins the decimals. Reading is strict on purpose: ``1.34`` may be a misgrouped integer or a
decimal with a foreign point, and a figure is never guessed.

The symbols of statuses ("-", "*", "n.d.") are not numbers and are refused here.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Final, Literal

from rendiconto.errors import Place, RendicontoError

MINUS: Final = "\u2212"
"""The typographic minus sign."""

Sign = Literal["ascii", "typographic"]

_BLANKS: Final = " \t\r\n\u00a0\u2007\u2008\u2009\u200a\u202f\u205f"
_NUMBER: Final = re.compile(
    rf"(?P<sign>[-{MINUS}]?)"
    r"(?P<whole>0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)"
    r"(?:,(?P<fraction>[0-9]+))?"
)


class MalformedNumber(RendicontoError):
    """A text that is not an Italian number, or that could be two different ones."""

    def __init__(self, text: str, todo: str, where: Place | str | None = None) -> None:
        self.text = text
        super().__init__(f"{text!r} is not an Italian number", where, todo)


def round_half_away(value: Decimal, decimals: int) -> Decimal:
    """``value`` at ``decimals`` places, halves away from zero; never a negative zero.

    The result's exponent is ``-decimals``. ``decimals`` is 0 or more and ``value`` finite, else
    ``ValueError``.
    """
    if decimals < 0:
        raise ValueError(f"decimals must be 0 or more, not {decimals}")
    if not value.is_finite():
        raise ValueError(f"{value} cannot be rounded")
    digits = max(value.adjusted(), 0) + decimals + 2
    rounded = value.quantize(_place(decimals), ROUND_HALF_UP, _context(digits))
    return rounded or rounded.copy_abs()


@cache
def _place(decimals: int) -> Decimal:
    return Decimal((0, (1,), -decimals))


@cache
def _context(digits: int) -> Context:
    return Context(prec=digits)


def decimals_of(value: Decimal) -> int:
    """How many decimals a finite value has, trailing zeros aside."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_number(value: Decimal, decimals: int, *, group: bool = True, sign: Sign = "typographic") -> str:
    """``value`` as printed in Italian at ``decimals`` places, rounded once, half away from zero.

    ``group`` sets the thousands apart with full stops. ``sign`` chooses the minus: U+2212, or the hyphen of
    the keyboard. A value that rounds to zero has no sign.
    """
    rounded = round_half_away(value, decimals)
    whole, _, fraction = f"{rounded.copy_abs():{',' if group else ''}f}".partition(".")
    minus = {"ascii": "-", "typographic": MINUS}[sign] if rounded < 0 else ""
    return minus + whole.replace(",", ".") + ("," + fraction if fraction else "")


def parse_number(text: str, where: Place | str | None = None) -> Decimal:
    """The number that an Italian text prints, with the decimals that it prints.

    Blanks around it count for nothing (no-break and thin ones too), both minus signs are read, thousands may
    stand together (``1347``) or be grouped in threes, all of them. Anything else raises
    ``MalformedNumber``, which says at ``where`` what is wrong.
    """
    match = _NUMBER.fullmatch(text.strip(_BLANKS))
    if match is None:
        raise MalformedNumber(text, _explain(text.strip(_BLANKS)), where)
    whole = match["whole"].replace(".", "")
    fraction = match["fraction"]
    value = Decimal(whole if fraction is None else f"{whole}.{fraction}")
    return value.copy_negate() if match["sign"] and value else value


def _explain(text: str) -> str:
    """What is wrong with a text that is no number, and how to write it."""
    digits = text.lstrip("-" + MINUS)
    strange = sorted({character for character in digits if character not in "0123456789.,"})
    whole, _, fraction = digits.partition(",")
    reasons = (
        (not text, "It is blank."),
        (not digits, "A dash alone is a symbol, not a number."),
        (strange, f"It has {', '.join(map(repr, strange))}: write digits only, as in 1.347 or 84,9."),
        ("," in fraction, "It has more than one comma: write one, before the decimals, as in 84,9."),
        ("." in fraction, "It has a full stop after the comma: write 1.347,5."),
        ("." in whole, "A full stop groups thousands in threes, a comma begins the decimals: 1.347 or 1,34."),
        (whole.startswith("0"), "It begins with a zero too many, as a code does."),
        (True, "Write it as in 1.347 or 84,9."),
    )
    return next(reason for holds, reason in reasons if holds)

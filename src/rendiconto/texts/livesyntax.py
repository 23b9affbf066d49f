"""The grammar of live figures: ``{{ indicator(dimension=code, …) | filter(argument, …) | … }}``.

::

    figure    = "{{" call { "|" call } "}}"
    call      = name [ "(" [ argument { "," argument } ] ")" ]
    argument  = [ name "=" ] value
    value     = words up to "," or ")", or anything between quotes

Names and values are words as people write them: ``domande accolte di NASpI`` is a name, ``15-24 anni`` a value.
"""

import re
from dataclasses import dataclass
from typing import Final

from rendiconto.errors import RendicontoError

_QUOTES: Final = {'"': '"', "“": "”", "«": "»"}
_SPECIAL: Final = re.compile(r"[(),|=]")
_HOW: Final = "Write {{ indicator(dimension=code) | filter }}, as in {{ naspi_accolte(sesso=F) | valore }}."


@dataclass(frozen=True, slots=True)
class Argument:
    """A value, with a name unless its place says what it is; ``start`` and ``end`` are the value's offsets in the source."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """A name with its arguments."""

    name: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveSource:
    """A live figure as it was typed: its indicator, and the filters in their order."""

    text: str
    indicator: Call
    filters: tuple[Call, ...]


def parse_live(text: str) -> LiveSource:
    """A live figure with its braces, parsed; what the grammar does not have is a ``RendicontoError`` that shows a right one."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 2
        self.end = len(text) - 2

    def parse(self) -> LiveSource:
        calls = [self._call()]
        while self._takes("|"):
            calls.append(self._call())
        if self.at < self.end:
            raise self._wrong(f"{self.text[self.at]!r} stands where a filter should begin")
        return LiveSource(self.text, calls[0], tuple(calls[1:]))

    def _call(self) -> Call:
        name, _, _ = self._words()
        if not name:
            raise self._wrong("a name is missing")
        return Call(name, self._arguments() if self._takes("(") else ())

    def _arguments(self) -> tuple[Argument, ...]:
        found: list[Argument] = []
        while not self._takes(")"):
            if self.at >= self.end:
                raise self._wrong("a parenthesis is not closed")
            found.append(self._argument())
            if not self._takes(",") and not self.text.startswith(")", self.at):
                raise self._wrong("a comma or a closing parenthesis is missing")
        return tuple(found)

    def _argument(self) -> Argument:
        value, start, end = self._value()
        if not self._takes("="):
            return Argument("", value, start, end)
        name = value
        value, start, end = self._value()
        return Argument(name, value, start, end)

    def _value(self) -> tuple[str, int, int]:
        self._skip()
        closing = _QUOTES.get(self.text[self.at]) if self.at < self.end else None
        if closing is None:
            value, start, end = self._words()
        else:
            start = self.at + 1
            end = self.text.find(closing, start, self.end)
            if end < 0:
                raise self._wrong("a quotation mark is not closed")
            value = self.text[start:end].strip()
            self.at = end + 1
            self._skip()
        if not value:
            raise self._wrong("a value is missing")
        return value, start, end

    def _words(self) -> tuple[str, int, int]:
        """What stands before the next sign of the grammar, and where."""
        self._skip()
        match = _SPECIAL.search(self.text, self.at, self.end)
        start, self.at = self.at, match.start() if match else self.end
        words = self.text[start : self.at]
        return " ".join(words.split()), start, start + len(words.rstrip())

    def _skip(self) -> None:
        while self.at < self.end and self.text[self.at].isspace():
            self.at += 1

    def _takes(self, sign: str) -> bool:
        self._skip()
        if self.at < self.end and self.text[self.at] == sign:
            self.at += 1
            return True
        return False

    def _wrong(self, what: str) -> RendicontoError:
        return RendicontoError(f"the live figure {' '.join(self.text.split())} cannot be read: {what}", todo=_HOW)

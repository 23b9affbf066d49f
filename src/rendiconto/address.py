"""The address of a cell, the same everywhere: ``T17.1/massa-carrara/2024/r0/c2``.

Table number (``G1`` and ``G2`` are the charts), part counted from 0, territory slug, edition, then row and
column of the part's body, counted from 0 as in the grid JSON. ``str`` and ``CellRef.parse`` are inverses.
"""

import re
from dataclasses import dataclass
from typing import Self

from rendiconto.errors import RendicontoError

_PATTERN = re.compile(
    r"(?P<table>T\d+|G\d+)\.(?P<part>\d+)/(?P<territory>[a-z0-9]+(?:-[a-z0-9]+)*)/(?P<edition>\d{4})"
    r"/r(?P<row>\d+)/c(?P<column>\d+)"
)


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One printed cell. ``table`` is the number without prefix ("17", "G1")."""

    table: str
    part: int
    territory: str
    edition: int
    row: int
    column: int

    def __str__(self) -> str:
        return f"{table_prefix(self.table)}.{self.part}/{self.territory}/{self.edition}/r{self.row}/c{self.column}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The inverse of ``str``; a malformed address is an error that shows a right one."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise RendicontoError(
                f"{text!r} is not a cell address",
                todo="An address looks like T17.1/massa-carrara/2024/r0/c2.",
            )
        return cls(
            table=match["table"].removeprefix("T"),
            part=int(match["part"]),
            territory=match["territory"],
            edition=int(match["edition"]),
            row=int(match["row"]),
            column=int(match["column"]),
        )


def table_prefix(table: str) -> str:
    """``"17"`` is addressed as ``T17``; a chart's ``"G1"`` as itself."""
    return table if table.startswith("G") else f"T{table}"

"""A worksheet written from the top down, with the few formats that all sheets share.

Every text is written as a string: nothing that a catalogue or an office says can become a formula, a number or a link.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

FONT = "Arial"
INK = "#17324D"
LINK = "#0059B3"
_LETTERS_PER_UNIT = 1.3
"""Columns are measured in digits of the default font; running text of ours takes less."""


@dataclass
class Formats:
    """Formats by name, each made once for a workbook."""

    workbook: Any
    _made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def get(self, **properties: object) -> Any:
        """The format with these properties, in the house font."""
        full = {"font_name": FONT, "font_size": 10, "valign": "top", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format(full)
        return self._made[key]

    def title(self) -> Any:
        """The title of a sheet."""
        return self.get(bold=True, font_size=15, font_color=INK)

    def heading(self) -> Any:
        """The title of a part of a sheet."""
        return self.get(bold=True, font_size=12, font_color=INK)

    def text(self) -> Any:
        """Running text, on several lines where it does not fit."""
        return self.get(text_wrap=True)

    def link(self) -> Any:
        """A link, underlined so as not to rest on its colour."""
        return self.get(font_color=LINK, underline=1)

    def header(self, *, number: bool) -> Any:
        """A cell of the header row; right-aligned over figures."""
        side = {"align": "right", "indent": 1} if number else {"align": "left"}
        return self.get(bold=True, text_wrap=True, valign="bottom", bottom=2, bottom_color=INK, **side)

    def label(self, *, total: bool, indent: int = 0) -> Any:
        """The label of a row."""
        return self.get(text_wrap=True, bold=total, indent=indent, valign="vcenter")

    def figure(self, decimals: int, *, total: bool, marked: bool) -> Any:
        """A figure with its decimals; thousands and decimals separate as the reader's own language does."""
        places = "#,##0" + ("." + "0" * decimals if decimals else "")
        number = f'{places};"\N{MINUS SIGN}"{places}'
        border = {"bottom": 4, "bottom_color": LINK} if marked else {}
        return self.get(num_format=number, align="right", indent=1, bold=total, valign="vcenter", **border)


@dataclass
class Page:
    """A worksheet and the row where writing goes on."""

    sheet: Any
    formats: Formats
    widths: Sequence[int]
    row: int = 0

    def __post_init__(self) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)

    def title(self, text: str) -> None:
        """The title of the sheet, in A1."""
        self._banner(text, self.formats.title(), 24)

    def heading(self, text: str) -> None:
        """The title of a part of the sheet."""
        self._banner(text, self.formats.heading(), 18)

    def _banner(self, text: str, form: Any, height: int) -> None:
        self.sheet.write_string(self.row, 0, text, form)
        self.sheet.set_row(self.row, height)
        self.row += 1

    def line(self, text: str) -> None:
        """A paragraph in the first column."""
        self.cells((text,))

    def remark(self, text: str) -> None:
        """A short line that runs over the columns beside it."""
        self.sheet.write_string(self.row, 0, text, self.formats.get())
        self.row += 1

    def cells(self, texts: Sequence[str], form: Any = None) -> None:
        """Texts side by side, on as many lines as they need."""
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, text, form or self.formats.text())
        self.fit(texts)
        self.row += 1

    def fit(self, texts: Sequence[str]) -> None:
        """Make the current row high enough for these texts: not every program does it when it opens a file."""
        lines = max(lines_needed(text, width) for text, width in zip(texts, self.widths, strict=False))
        if lines > 1:
            self.sheet.set_row(self.row, 3 + 13 * lines)

    def link(self, target: str, text: str, column: int = 0) -> None:
        """A link to a cell of this workbook, at the current row."""
        self.sheet.write_url(self.row, column, f"internal:{target}", self.formats.link(), string=text)

    def skip(self) -> None:
        """An empty row."""
        self.row += 1

    def table(self, name: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table of texts, marked as a table."""
        top = self.row
        self.cells(headers, self.formats.header(number=False))
        for row in rows:
            self.cells(row)
        mark_table(self.sheet, name, top, len(rows), headers, self.formats.header(number=False))


def mark_table(sheet: Any, name: str, top: int, rows: int, headers: Sequence[str], form: Any) -> None:
    """Mark a body already written as a table of the workbook, its first row as headers."""
    sheet.add_table(
        top,
        0,
        top + max(rows, 1),
        len(headers) - 1,
        {
            "name": name,
            "autofilter": False,
            "style": "Table Style Light 1",
            "columns": [{"header": header, "header_format": form} for header in headers],
        },
    )


def sheet_address(name: str, cell: str = "A1") -> str:
    """The address of a cell in another sheet."""
    quoted = name.replace("'", "''")
    return f"'{quoted}'!{cell}"


def lines_needed(text: str, width: int) -> int:
    """How many lines a text takes in a column ``width`` characters wide, at the size that sheets are written in."""
    return len(textwrap.wrap(text, max(int(width * _LETTERS_PER_UNIT), 1))) or 1


def number(value: Decimal) -> float:
    """A spreadsheet holds binary floating point: 15 significant digits come back exactly, and no figure has more."""
    return float(value)

"""Italian dates: ``31 ottobre 2025``, ``1° gennaio 2025``."""

from datetime import date
from typing import Final

MONTHS: Final[tuple[str, ...]] = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)


def format_date(day: date) -> str:
    """A date as written in running text; the first of a month is an ordinal."""
    number = "1°" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"

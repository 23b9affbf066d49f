"""How Italian is written and read: numbers, alphabetical order."""

from rendiconto.italian.numbers import MalformedNumber, format_number, parse_number, round_half_away
from rendiconto.italian.sorting import fold_words, italian_sort_key

__all__ = [
    "MalformedNumber",
    "fold_words",
    "format_number",
    "italian_sort_key",
    "parse_number",
    "round_half_away",
]

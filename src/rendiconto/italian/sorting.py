"""Alphabetical order as an Italian index has it, the same on every machine.

The system's locale is never asked. Words are compared one by one, so that "L'Aquila" stands at L and before
"La Spezia", and that before "Latina"; accents and capitals only break ties.
"""

import re
from typing import Final
from unicodedata import combining, normalize

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def fold_words(text: str) -> str:
    """``text`` without accents, capitals or punctuation, a space between words ("L'Aquila": "l aquila")."""
    bare = "".join(character for character in normalize("NFKD", text) if not combining(character))
    return _BETWEEN_WORDS.sub(" ", bare.casefold()).strip()


def italian_sort_key(text: str) -> tuple[str, str]:
    """A key for ``sorted``: the folded words, then the text itself so that no two texts are equal."""
    return fold_words(text), text

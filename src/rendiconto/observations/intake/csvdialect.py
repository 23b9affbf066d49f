"""How a data package says that its CSV files are written: delimiter, quotes, encoding."""

import codecs
from dataclasses import dataclass
from typing import Any

from rendiconto.errors import DataError, Place

_PLAIN = "Ask for it as CSV with a header line, with nothing but delimiter and quotes of its own."
_USUAL: dict[str, tuple[object, ...]] = {
    "header": (True,),
    "doubleQuote": (True,),
    "skipInitialSpace": (False,),
    "caseSensitiveHeader": (False, True),
    "headerRows": ([], ["1"]),
    "commentRows": ([],),
    "commentChar": ("", None),
    "escapeChar": ("", None),
    "nullSequence": ("", None),
}
"""Properties whose other values change what is read, with those that do not."""
_IDLE = {
    "$schema",
    "csvddfVersion",
    "delimiter",
    "lineTerminator",
    "name",
    "quoteChar",
    "title",
    "type",
    "description",
    "profile",
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file of delimited text is written; ``encoding`` is Python's name of it."""

    delimiter: str
    quote: str
    encoding: str


def read_dialect(where: Place, resource: dict[str, Any], delimiter: str) -> Dialect:
    """What a resource says, or the standard's defaults. A property that cannot be obeyed is a ``DataError`` that names it."""
    said = resource.get("dialect", {})
    if isinstance(said, dict) and isinstance(said.get("csv"), dict):  # as frictionless-py writes it
        said = {**{key: value for key, value in said.items() if key != "csv"}, **said["csv"]}
    if not isinstance(said, dict):
        raise DataError(f"the dialect stands elsewhere: {said}", where, "Write it into datapackage.json.")
    for key, value in said.items():
        if key not in _IDLE and value not in _USUAL.get(key, ()):
            raise DataError(f"the dialect's {key} cannot be obeyed ({value!r})", where, _PLAIN)
    between = _letter(where, "delimiter", said.get("delimiter", delimiter))
    around = _letter(where, "quoteChar", said.get("quoteChar", '"'))
    if between == around:
        raise DataError(f"the dialect's delimiter and quoteChar are the same ({between!r})", where, _PLAIN)
    return Dialect(between, around, _encoding(where, resource.get("encoding", "utf-8")))


def _letter(where: Place, key: str, value: object) -> str:
    if not isinstance(value, str) or len(value) != 1 or not value.isascii() or value in "\r\n\0":
        raise DataError(f"the dialect's {key} is not one character ({value!r})", where, _PLAIN)
    return value


def _encoding(where: Place, name: object) -> str:
    """Python's name of an encoding that makes text of bytes; a byte order mark is not part of the text."""
    try:
        found = codecs.lookup(str(name))
        "é".encode("latin-1").decode(found.name, "replace")
    except (LookupError, ValueError, TypeError, AttributeError):
        raise DataError(f"the encoding {name!r} is not known", where, "Use utf-8.") from None
    return "utf-8-sig" if found.name == "utf-8" else found.name

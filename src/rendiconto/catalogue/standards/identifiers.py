"""What the catalogue's names are called in SDMX and VTL: one mapping for both, which can be turned round.

Names of cubes, codelists and dimensions become identifiers in capitals. Codes keep their spelling, save for what SDMX forbids:
each such character is ``$`` and its two hexadecimal digits in UTF-8, so that ``65+`` is ``65$2B`` (and ``0-14`` is itself).
"""

import re
from typing import Final

from rendiconto.catalogue.declarations import PERIOD, TERRITORY
from rendiconto.errors import CatalogueError, Place

AGENCY: Final = "INPS_RENDICONTO"
"""The agency that maintains every artefact."""
REF_AREA: Final = "REF_AREA"
TIME_PERIOD: Final = "TIME_PERIOD"
OBS_VALUE: Final = "OBS_VALUE"
OBS_STATUS: Final = "OBS_STATUS"
UNIT_MEASURE: Final = "UNIT_MEASURE"
DECIMALS: Final = "DECIMALS"

_COMMON: Final = {TERRITORY: REF_AREA, PERIOD: TIME_PERIOD}
_TAKEN: Final = frozenset({REF_AREA, TIME_PERIOD, OBS_VALUE, OBS_STATUS, UNIT_MEASURE, DECIMALS})
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_FORBIDDEN: Final = re.compile(r"[^A-Za-z0-9_@-]")
_ESCAPED: Final = re.compile(r"(?:\$[0-9A-F]{2})+")


def artefact_id(name: str, where: Place | str | None = None) -> str:
    """A cube's or codelist's name in capitals: ``pensioni_vigenti`` is ``PENSIONI_VIGENTI``.

    Raises ``CatalogueError`` for a name that two spellings could share or that SDMX forbids.
    """
    if not _NAME.fullmatch(name):
        raise CatalogueError(
            f"the name {name!r} cannot be an identifier of SDMX or VTL",
            where,
            "Begin with a small letter; go on with small letters, digits and underscores.",
        )
    return name.upper()


def component_id(dimension: str, where: Place | str | None = None) -> str:
    """A dimension's: ``REF_AREA`` and ``TIME_PERIOD`` for territory and period, else its name in capitals."""
    if dimension in _COMMON:
        return _COMMON[dimension]
    own = artefact_id(dimension, where)
    if own in _TAKEN:
        raise CatalogueError(f"the dimension {dimension!r} bears the name of a component that every cube has", where)
    return own


def code_id(code: str) -> str:
    """A code as SDMX writes it; ``read_code_id`` is the inverse."""
    return _FORBIDDEN.sub(lambda found: "".join(f"${byte:02X}" for byte in found[0].encode()), code)


def read_code_id(text: str) -> str:
    """The code that ``code_id`` wrote."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace("$", "")).decode(), text)

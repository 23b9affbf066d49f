"""What a cell can hold: a number or the reason why there is none."""

from enum import StrEnum


class Status(StrEnum):
    """Why a cell has, or has not, a number."""

    NORMAL = "normal"
    NIL = "nil"  # no such phenomenon: printed "-"
    CONFIDENTIAL = "confidential"  # known and withheld: printed "*"
    MISSING = "missing"  # expected and not delivered: printed "n.d."

    @property
    def symbol(self) -> str:
        """What is printed in place of the number; empty for a normal cell."""
        return _SYMBOLS[self]


class Origin(StrEnum):
    """Where the figure of a cell comes from."""

    DELIVERED = "delivered"  # an observation, as an office or Istat sent it
    COMPUTED = "computed"  # follows from other observations by a declared formula or sum
    CORRECTED = "corrected"  # an observation mended by a decidable erratum
    SYNTHETIC = "synthetic"  # made up for a demonstration, or follows from a figure that was
    NONE = "none"  # nothing delivered


SYNTHETIC_NOTICE = "DATI SINTETICI"
"""What a report that has made-up figures is called by, wherever its title stands."""
SYNTHETIC_MEANING = "Cifra inventata a scopo dimostrativo, o che segue da una cifra inventata: non è pubblicata dall'INPS."

_SYMBOLS = {Status.NORMAL: "", Status.NIL: "-", Status.CONFIDENTIAL: "*", Status.MISSING: "n.d."}

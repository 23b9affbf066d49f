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
    NONE = "none"  # nothing delivered


_SYMBOLS = {Status.NORMAL: "", Status.NIL: "-", Status.CONFIDENTIAL: "*", Status.MISSING: "n.d."}

"""What an office is asked for: every figure by name and key, with room for its value."""

from dataclasses import dataclass
from decimal import Decimal

from rendiconto.document.grid import Key


@dataclass(frozen=True, slots=True)
class RequestedFigure:
    """One figure: its key, the labels that go with the codes, and last year's value (None where there is none)."""

    key: Key
    labels: tuple[str, ...]
    unit: str
    decimals: int
    before: Decimal | None


@dataclass(frozen=True, slots=True)
class RequestedCube:
    """The figures of one cube; ``titles`` name its dimensions, ``codes`` list what each may hold (code, label)."""

    cube: str
    title: str
    perimeter: str
    titles: tuple[str, ...]
    figures: tuple[RequestedFigure, ...]
    codes: tuple[tuple[tuple[str, str], ...], ...]
    before: str


@dataclass(frozen=True, slots=True)
class Request:
    """All that one office is asked for in an edition."""

    office: str
    edition: int
    date: str
    cubes: tuple[RequestedCube, ...]

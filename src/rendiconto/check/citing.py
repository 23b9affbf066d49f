"""Figures as evidence: what a claim rests on, as it is printed, where, and what it is in words."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.check.checking import describe
from rendiconto.check.claims import Cell
from rendiconto.check.evidence import printed_decimals
from rendiconto.document.claims import Evidence
from rendiconto.document.values import Status
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.observations.resolution import Resolver

Address = Callable[[tuple[str, Codes]], str]
"""Where a key is printed: a cell ref, or the key itself."""


def printed_figure(resolver: Resolver, cube: Cube, codes: Codes) -> tuple[Decimal | None, Status]:
    """The figure at a key at its printed decimals, and its status."""
    resolved = resolver.resolve(cube, codes)
    if resolved.value is None:
        return None, resolved.status
    return round_half_away(resolved.value, printed_decimals(cube, codes)), resolved.status


def shown_figure(resolver: Resolver, cube: Cube, codes: Codes) -> str:
    """How a figure reads: "8.924", "-", "*", "n.d."."""
    value, status = printed_figure(resolver, cube, codes)
    return status.symbol if value is None else format_number(value, printed_decimals(cube, codes))


def cite(catalogue: Catalogue, resolver: Resolver, address: Address, cells: Sequence[Cell]) -> tuple[Evidence, ...]:
    """The figures of some cells, each once; a confidential one without its value."""
    found = []
    for name, codes in dict.fromkeys((cube.name, codes) for cube, codes in cells):
        cube = catalogue.cubes[name]
        value, status = printed_figure(resolver, cube, codes)
        hidden = status is Status.CONFIDENTIAL
        shown, label = shown_figure(resolver, cube, codes), describe(catalogue, (name, codes))
        found.append(Evidence(address((name, codes)), None if hidden else value, status, shown, label))
    return tuple(found)

"""The cells from which rows are made up: how many rows at each combination of leaf codes, and what they must amount to.

Whole numbers throughout. Counts and sums come from the figures of the provinces. What is only known as a mean or a share is
turned into amounts that keep every known figure (of provinces, regions, Italy) and is spread over the others by their rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import numpy.typing as npt

from rendiconto.document.values import Status
from rendiconto.observations.columns import CubeObservations
from rendiconto.observations.microdata.plan import AggregationPlan
from rendiconto.territory import Gazetteer

Whole = npt.NDArray[np.int64]
Cell = tuple[int, tuple[str, ...]]
"""A year and a plan's leaf codes."""
Leaves = Callable[[AggregationPlan], Mapping[Cell, Decimal]]
"""The figures of a cube at its leaf codes; a combination that is not there is nought."""


def stated_leaves(observations: CubeObservations | None, plan: AggregationPlan) -> dict[Cell, Decimal]:
    """The figures that a cube states at its leaf codes, in provinces and in the plan's years."""
    if observations is None:
        return {}
    own = [{codes[0] for codes in axis.members.values()} for axis in plan.axes]
    found = {}
    for codes, observation in observations.items():
        key = dict(zip(plan.cube.dimension_names, codes, strict=True))
        year = int(key.pop("period"))
        leaf = tuple(key[axis.name] for axis in plan.axes)
        if year in plan.years and all(code in leaves for code, leaves in zip(leaf, own, strict=True)):
            found[year, leaf] = observation.value or Decimal(0)
    return found


@dataclass(frozen=True)
class Known:
    """The figures of a mean or share that must come out, by year, territory and the other codes."""

    figures: Mapping[tuple[int, str, tuple[str, ...]], Decimal]

    @classmethod
    def of(cls, observations: CubeObservations | None, plan: AggregationPlan) -> "Known":
        """Those that are normal values."""
        figures = {}
        for codes, observation in (observations or {}).items():
            key = dict(zip(plan.cube.dimension_names, codes, strict=True))
            if observation.status is Status.NORMAL and observation.value is not None:
                year, place = int(key.pop("period")), key.pop("territory")
                figures[year, place, tuple(key[axis.name] for axis in plan.axes[1:])] = observation.value
        return cls(figures)


def amounts_from_means(
    known: Known, rows: Mapping[str, int], year: int, others: tuple[str, ...], *, whole: Decimal, membership_year: int
) -> dict[str, int]:
    """What the rows of each province add up to, so that the known means come out: from Italy down to the provinces.

    ``rows`` are by province; ``whole`` is what a mean is multiplied by (100 for a share).
    """
    gazetteer = Gazetteer.load()
    country = gazetteer.country().code
    parts = {**gazetteer.sum_hierarchy(membership_year)}
    heads = {place: _rows_below(place, rows, parts) for place in (country, *parts[country], *rows)}

    def amount(place: str) -> int | None:
        figure = known.figures.get((year, place, others))
        return None if figure is None else int((figure * heads[place] / whole).quantize(Decimal(1), ROUND_HALF_UP))

    fixed = {place: value for place in heads if (value := amount(place)) is not None}
    if not fixed:
        return {}
    fixed.setdefault(country, _as_others(fixed, heads, country))
    for place in (country, *parts[country]):
        if place in parts and heads[place]:
            _share_out(fixed, heads, fixed[place], [part for part in parts[place] if heads.get(part)])
    return {place: fixed.get(place, 0) for place in rows}


def _rows_below(place: str, rows: Mapping[str, int], parts: Mapping[str, Sequence[str]]) -> int:
    return rows.get(place, 0) + sum(_rows_below(part, rows, parts) for part in parts.get(place, ()))


def _as_others(fixed: Mapping[str, int], heads: Mapping[str, int], place: str) -> int:
    """The amount of a territory at the mean of those that are known."""
    return round(heads[place] * sum(fixed.values()) / max(sum(heads[known] for known in fixed), 1))


def _share_out(fixed: dict[str, int], heads: Mapping[str, int], total: int, parts: Sequence[str]) -> None:
    """Give the parts that are not known what the known ones leave of a total, each by its rows."""
    open_parts = [part for part in parts if part not in fixed]
    if not open_parts:
        return
    left = max(total - sum(fixed[part] for part in parts if part in fixed), 0)
    shares = apportion(left, np.array([heads[part] for part in open_parts], dtype=np.int64))
    fixed.update(zip(open_parts, shares.tolist(), strict=True))


def apportion(total: int, weights: Whole) -> Whole:
    """A whole number in whole parts, proportional to weights: largest remainders, the first of equals first."""
    if not weights.sum():
        return np.zeros(len(weights), dtype=np.int64)
    # Exact: an amount in cents times a count of rows passes what 64 bits hold.
    exact = [divmod(total * int(weight), int(weights.sum())) for weight in weights]
    shares = np.array([quotient for quotient, _ in exact], dtype=np.int64)
    order = np.argsort([-remainder for _, remainder in exact], kind="stable")
    shares[order[: total - int(shares.sum())]] += 1
    return shares

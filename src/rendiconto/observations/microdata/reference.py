"""The reference: every row looked at in plain Python, one after the other. Slow and obvious; the others are held to it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, Self

import pyarrow.parquet as pq

from rendiconto.catalogue.microtables import SYNTHETIC
from rendiconto.observations.microdata.plan import AggregationPlan, Axis
from rendiconto.observations.microdata.tally import EXAMPLES, Count, MicroSource, Refused, Tally

Row = Mapping[str, Any]


@dataclass
class _Pile:
    """What has been counted at a key so far."""

    rows: int = 0
    valued: int = 0
    amount: Decimal = Decimal(0)
    values: set[Any] = field(default_factory=set)
    synthetic: bool = False


class ReferenceEngine:
    """Counts as one would by hand."""

    @classmethod
    def started(cls, memory: str, master: str | None) -> Self:  # noqa: ARG003 - every engine is started alike
        """There is nothing to set."""
        return cls()

    def tally(self, plan: AggregationPlan, source: MicroSource) -> Tally:
        """Count what the plan asks for, in every total of it."""
        piles: dict[tuple[int, tuple[str, ...]], _Pile] = {}
        rows = without_key = other_years = 0
        blank = dict.fromkeys((*plan.where, *plan.declared.period.columns[:1]), 0)
        keys: Counter[tuple[Any, ...]] = Counter()
        refused: dict[str, Counter[tuple[str | None, int]]] = {axis.name: Counter() for axis in plan.axes}
        for row in _rows(source, plan):
            rows += 1
            for column in plan.where:
                blank[column] += row[column] is None
            if not all(row[column] is not None and _text(row[column]) in values for column, values in plan.where.items()):
                continue
            key = tuple(row[column] for column in plan.key)
            if None in key:
                without_key += 1
                continue
            keys[key] += 1
            if row[plan.declared.period.columns[0]] is None:
                blank[plan.declared.period.columns[0]] += 1
                continue
            years = list(_years(plan, row))
            other_years += plan.declared.period.stock is None and not years
            for year in years:
                _place(plan, row, year, piles, refused)
        twice = {key: n for key, n in keys.items() if n > 1}
        return Tally(
            {key: _count(plan, pile) for key, pile in piles.items()},
            rows,
            without_key,
            blank,
            other_years,
            sum(twice.values()),
            tuple(" / ".join(map(str, key)) for key in sorted(twice)[:EXAMPLES]),
            {name: _refused(values) for name, values in refused.items() if values},
        )

    def close(self) -> None:
        """Nothing is held."""


def _rows(source: MicroSource, plan: AggregationPlan) -> Iterator[Row]:
    for path in source.files:
        with pq.ParquetFile(path) as file:
            columns = [*plan.columns(), *((SYNTHETIC,) if SYNTHETIC in file.schema_arrow.names else ())]
            for batch in file.iter_batches(columns=columns):
                yield from batch.to_pylist()


def _years(plan: AggregationPlan, row: Row) -> Iterator[int]:
    """The years asked for in which a row counts."""
    period = plan.declared.period
    if period.stock is None:
        value = row[period.columns[0]]
        year = value.year if period.flow is not None else value
        if year in plan.years:
            yield year
        return
    start, end = (row[name] for name in period.stock)
    month, day = (int(part) for part in period.on.split("-"))
    for year in plan.years:
        if start <= date(year, month, day) and (end is None or end > date(year, month, day)):
            yield year


def _place(
    plan: AggregationPlan,
    row: Row,
    year: int,
    piles: dict[tuple[int, tuple[str, ...]], _Pile],
    refused: Mapping[str, Counter[tuple[str | None, int]]],
) -> None:
    """Count a row at every combination of the codes it counts in, or note what has no code."""
    found = [axis.members.get((_value(axis, row), year)) for axis in plan.axes]
    for axis, codes in zip(plan.axes, found, strict=True):
        if codes is None:
            value = row[axis.column]
            refused[axis.name][None if value is None else _text(value), year] += 1
    placed = [codes for codes in found if codes is not None]
    if len(placed) < len(found):
        return
    measured = _measured(plan, row)
    for codes in product(*placed):
        pile = piles.setdefault((year, codes), _Pile())
        pile.rows += 1
        pile.synthetic = pile.synthetic or bool(row.get(SYNTHETIC))
        if measured is not None:
            pile.valued += 1
            if plan.kind == "distinct":
                pile.values.add(measured)
            else:
                pile.amount += measured


def _value(axis: Axis, row: Row) -> str:
    """The value that a row has on a dimension; empty for none, which is nobody's."""
    value = row[axis.column]
    if not axis.spans:
        return "" if value is None else _text(value)
    for span in axis.spans:
        if value is not None and (span.least is None or value >= span.least) and (span.most is None or value <= span.most):
            return span.code
    return ""


def _measured(plan: AggregationPlan, row: Row) -> Any:
    """What a row adds: one, a number, a person, or whether it is within the limit; None for a blank."""
    measure = plan.declared.measure
    if measure.column is None:
        return 1
    value = row[measure.column]
    if measure.share is not None and value is not None:
        return int(value <= measure.share.at_most)
    return value


def _count(plan: AggregationPlan, pile: _Pile) -> Count:
    amount = Decimal(len(pile.values)) if plan.kind == "distinct" else Decimal(pile.amount)
    return Count(pile.rows, pile.valued, amount, pile.synthetic)


def _refused(values: Counter[tuple[str | None, int]]) -> Refused:
    order = sorted(values.items(), key=lambda item: (-item[1], item[0][0] is not None, item[0][0] or "", item[0][1]))
    return Refused(sum(values.values()), tuple((raw, year, rows) for (raw, year), rows in order[:EXAMPLES]))


def _text(value: Any) -> str:
    """A value as SQL writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)

"""What engines with SQL have in common: the statements, and what their rows mean."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq

from rendiconto.catalogue.microtables import SYNTHETIC
from rendiconto.observations.microdata.plan import AggregationPlan
from rendiconto.observations.microdata.sql import Dialect, Statements
from rendiconto.observations.microdata.tally import UNKNOWN, Count, MicroSource, Refused, Tally


class SqlEngine(ABC):
    """An engine that answers statements over a table."""

    dialect: Dialect

    @abstractmethod
    def attach(self, table: str, source: MicroSource) -> None:
        """Make the files of a source a table or view of that name."""

    @abstractmethod
    def fetch(self, statement: str) -> Sequence[Sequence[Any]]:
        """The rows of a statement's answer."""

    @abstractmethod
    def close(self) -> None:
        """Let go of memory, files, connections."""

    def is_marked(self, table: str, source: MicroSource) -> bool:  # noqa: ARG002 - for engines without files
        """Whether a source says which rows were made up."""
        return SYNTHETIC in pq.read_schema(source.files[0]).names

    def tally(self, plan: AggregationPlan, source: MicroSource) -> Tally:
        """Count what the plan asks for, in every total of it."""
        self.attach(plan.table.name, source)
        ask = Statements(plan, self.dialect, self.is_marked(plan.table.name, source))
        counts = {}
        strange: set[str] = set()
        for year, *codes, rows, valued, amount, made_up in self.fetch(ask.counts()):
            unknown = [axis.name for axis, code in zip(plan.axes, codes, strict=True) if code == UNKNOWN]
            strange.update(unknown)
            if not unknown:
                counts[int(year), tuple(codes)] = Count(int(rows), int(valued), Decimal(amount or 0), bool(made_up))
        total, without_key, *blanks, elsewhere = (int(number or 0) for number in self.fetch(ask.examined())[0])
        repeated = self.repeated(ask)
        return Tally(
            counts,
            total,
            without_key,
            dict(zip(ask.blank_columns(), blanks, strict=True)),
            elsewhere,
            int(repeated[0][-1]) if repeated else 0,
            tuple(" / ".join(str(part) for part in row[:-1]) for row in repeated),
            {axis.name: self._refused(ask.refused(axis)) for axis in plan.axes if axis.name in strange},
        )

    def repeated(self, ask: Statements) -> Sequence[Sequence[Any]]:
        """Some keys that several rows have, with how many rows have such a one; an engine may know a faster way to none."""
        return self.fetch(ask.repeated())

    def _refused(self, statement: str) -> Refused:
        found = self.fetch(statement)
        return Refused(int(found[0][3]), tuple((raw, int(year), int(rows)) for raw, year, rows, _ in found))

"""The plan as SQL that every engine with SQL understands; what differs between them is a ``Dialect``.

One statement counts: rows are first counted at their own values (``leaf``: as many groups as there are different rows), then
each group is joined to the codes it counts in and counted again. That is the grouping sets of all hierarchies, as a join: it
serves totals that overlap, too, and for sums it costs little more than the first count. Only a distinct count takes every
person through the join.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rendiconto.catalogue.microtables import SYNTHETIC
from rendiconto.observations.microdata.plan import AggregationPlan, Axis
from rendiconto.observations.microdata.tally import EXAMPLES, UNKNOWN


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine quotes a name, what it calls a text, whether a backslash in one must be doubled.

    ``collation`` follows a text that rows are put in order by, where the engine would take a language's order.
    """

    quote: str
    text: str
    escapes: bool = False
    collation: str = ""

    def name(self, column: str) -> str:
        """A column or table of the data."""
        return f"{self.quote}{column}{self.quote}"

    def literal(self, text: str) -> str:
        """A text in SQL."""
        return "'" + (text.replace("\\", "\\\\") if self.escapes else text).replace("'", "''") + "'"


@dataclass(frozen=True)
class Statements:
    """The statements for one plan over a table or view of that name; ``marked``: it has the column of made-up rows."""

    plan: AggregationPlan
    dialect: Dialect
    marked: bool

    def counts(self) -> str:
        """Year, codes, rows, valued rows, amount, made-up: one row a key; the code of what no code stands for is ``?``."""
        axes = range(len(self.plan.axes))
        values = "".join(f", a{i}" for i in axes)
        person = ", k" if self.plan.kind == "distinct" else ""
        codes = [f"COALESCE(m{i}.code, {self.dialect.literal(UNKNOWN)})" for i in axes]
        joins = " ".join(
            f"LEFT JOIN {self._members(axis)} AS m{i}(val, yr, code) ON m{i}.val = leaf.a{i} AND m{i}.yr = leaf.period"
            for i, axis in enumerate(self.plan.axes)
        )
        amount = "COUNT(DISTINCT k)" if self.plan.kind == "distinct" else "SUM(leaf.amount)"
        return (
            f"WITH chosen AS ({self._chosen()}), leaf AS (SELECT period{values}{person}, COUNT(*) AS n, "
            f"COUNT(amount) AS valued, SUM(amount) AS amount, MAX(made_up) AS made_up "
            f"FROM chosen WHERE {self._in_years('period')} GROUP BY period{values}{person}) "
            f"SELECT leaf.period, {', '.join(codes)}, SUM(leaf.n), SUM(leaf.valued), {amount}, MAX(leaf.made_up) "
            f"FROM leaf {joins} GROUP BY leaf.period, {', '.join(codes)}"
        )

    def examined(self) -> str:
        """Rows; selected ones without a key; blanks by column of ``blank_columns``; rows of other years."""
        sums = [
            f"{self._selected()} AND {self._no_key()}",
            *(f"{self._col(name)} IS NULL" for name in self.plan.where),
            *(f"{self._usable()} AND {self._col(name)} IS NULL" for name in self._dates()),
        ]
        period = self._flow_year()
        elsewhere = f"{self._usable()} AND {period} IS NOT NULL AND NOT {self._in_years(period)}" if period else "1 = 0"
        counted = ", ".join(f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)" for condition in (*sums, elsewhere))
        return f"SELECT COUNT(*), {counted} FROM {self._table()}"

    def blank_columns(self) -> tuple[str, ...]:
        """The columns whose blanks ``examined`` counts, in its order."""
        return (*self.plan.where, *self._dates())

    def repeated(self) -> str:
        """Some keys that several rows have, in order; after each, how many rows have such a key in all."""
        keys = ", ".join(self._col(name) for name in self.plan.key)
        types = self.plan.table.columns
        order = ", ".join(
            f"{self._col(name)}{self.dialect.collation if types[name].type == 'text' else ''}" for name in self.plan.key
        )
        return (
            f"WITH twice AS (SELECT {keys}, COUNT(*) AS n FROM {self._table()} WHERE {self._usable()} "
            f"GROUP BY {keys} HAVING COUNT(*) > 1) "
            f"SELECT {keys}, SUM(n) OVER () FROM twice ORDER BY {order} LIMIT {EXAMPLES}"
        )

    def key_range(self) -> str:
        """Of a key of one column: how many rows that count have it, the least and the largest."""
        key = self._col(self.plan.key[0])
        return f"SELECT COUNT(*), MIN({key}), MAX({key}) FROM {self._table()} WHERE {self._usable()}"

    def keys(self) -> str:
        """A key of one column, of every row that counts, in any order."""
        return f"SELECT {self._col(self.plan.key[0])} FROM {self._table()} WHERE {self._usable()}"

    def refused(self, axis: Axis) -> str:
        """The values of a column that no code stands for, the commonest first: value, year, rows; then the rows of all."""
        raw = f"CAST({self._col(axis.column)} AS {self.dialect.text})"
        return (
            f"WITH chosen AS ({self._chosen(f', {raw} AS raw')}), "
            f"apart AS (SELECT raw, period, COUNT(*) AS n FROM chosen "
            f"LEFT JOIN {self._members(axis)} AS m(val, yr, code) ON m.val = chosen.a{self.plan.axes.index(axis)} "
            f"AND m.yr = chosen.period WHERE m.code IS NULL AND {self._in_years('period')} GROUP BY raw, period) "
            f"SELECT raw, period, n, SUM(n) OVER () FROM apart "
            f"ORDER BY n DESC, raw{self.dialect.collation} NULLS FIRST, period LIMIT {EXAMPLES}"
        )

    def _chosen(self, more: str = "") -> str:
        """The rows that count, each with its year, the values behind the dimensions, and what is measured."""
        values = ", ".join(f"{self._value(axis)} AS a{i}" for i, axis in enumerate(self.plan.axes))
        made_up = f"CASE WHEN {self._col(SYNTHETIC)} THEN 1 ELSE 0 END" if self.marked else "0"
        person = f", {self._col(self.plan.declared.measure.distinct)} AS k" if self.plan.declared.measure.distinct else ""
        stock = self.plan.declared.period.stock
        days, period = "", self._flow_year()
        if stock is not None:
            start, end = (self._col(name) for name in stock)
            listed = ", ".join(f"({year}, DATE '{year}-{self.plan.declared.period.on}')" for year in self.plan.years)
            days = f" JOIN (VALUES {listed}) AS d(yr, dy) ON {start} <= d.dy AND ({end} IS NULL OR {end} > d.dy)"
            period = "d.yr"
        return (
            f"SELECT {period} AS period, {values}, {self._amount()} AS amount, {made_up} AS made_up{person}{more} "
            f"FROM {self._table()}{days} WHERE {self._usable()}"
        )

    def _value(self, axis: Axis) -> str:
        """What a row has in the column behind a dimension: its text, or the code of the span that its number falls in."""
        column = self._col(axis.column)
        if not axis.spans:
            return f"CAST({column} AS {self.dialect.text})"
        cases = []
        for span in axis.spans:
            bounds = [f"{column} >= {span.least}"] if span.least is not None else []
            bounds += [f"{column} <= {span.most}"] if span.most is not None else []
            cases.append(f"WHEN {' AND '.join(bounds) or f'{column} IS NOT NULL'} THEN {self.dialect.literal(span.code)}")
        return f"CASE {' '.join(cases)} END"

    def _amount(self) -> str:
        measure = self.plan.declared.measure
        if measure.share is not None:
            column = self._col(measure.share.column)
            return f"CASE WHEN {column} IS NULL THEN NULL WHEN {column} <= {measure.share.at_most} THEN 1 ELSE 0 END"
        if measure.distinct is not None:
            return f"CASE WHEN {self._col(measure.distinct)} IS NULL THEN NULL ELSE 1 END"
        if measure.column is None:
            return "1"
        decimals = self.plan.table.columns[measure.column].decimals
        return f"CAST({self._col(measure.column)} AS DECIMAL(18, {decimals}))"

    def _members(self, axis: Axis) -> str:
        listed = (
            f"({self.dialect.literal(value)}, {year}, {self.dialect.literal(code)})"
            for (value, year), codes in axis.members.items()
            for code in codes
        )
        return f"(VALUES {', '.join(listed)})"

    def _flow_year(self) -> str:
        """The year of a row, where it has one of its own."""
        period = self.plan.declared.period
        if period.flow is not None:
            return f"EXTRACT(YEAR FROM {self._col(period.flow)})"
        return self._col(period.year) if period.year is not None else ""

    def _dates(self) -> tuple[str, ...]:
        """The columns without which a row is of no year."""
        return self.plan.declared.period.columns[:1]

    def _in_years(self, period: str) -> str:
        return f"{period} IN ({', '.join(map(str, self.plan.years))})"

    def _selected(self) -> str:
        """Whether a row is one of those that the cube counts."""
        return " AND ".join(self._conditions()) or "1 = 1"

    def _conditions(self) -> Iterator[str]:
        for column, values in self.plan.where.items():
            yield f"CAST({self._col(column)} AS {self.dialect.text}) IN ({', '.join(map(self.dialect.literal, values))})"

    def _no_key(self) -> str:
        return "(" + " OR ".join(f"{self._col(name)} IS NULL" for name in self.plan.key) + ")"

    def _usable(self) -> str:
        """Whether a row is selected and has its key."""
        return f"{self._selected()} AND NOT {self._no_key()}"

    def _col(self, column: str) -> str:
        return self.dialect.name(column)

    def _table(self) -> str:
        return self.dialect.name(self.plan.table.name)

"""How cubes come from microdata: tables of rows, one for each relation, benefit or person, and what a cube counts in them.

``microdata/NAME.yaml`` declares a table, the key ``microdata`` of a cube what of it the cube counts. Codes are what they are in
the cube's codelists unless a column says otherwise; a total is made of all rows whose codes it sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from rendiconto.catalogue.formulas import Strict
from rendiconto.errors import Place

ColumnType = Literal["integer", "decimal", "text", "date", "boolean"]
_NAME = r"^[a-z][a-z0-9_]*$"
ColumnName = Annotated[str, Field(pattern=_NAME)]

SYNTHETIC = "sintetico"
"""A column that any table may have: whether the row was made up."""


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _named(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


def _measured(value: Any) -> Any:
    return {"count": "rows"} if value == "count" else value


class MicroColumnModel(Strict):
    """A column: its type, what it holds, decimals of a ``decimal`` one."""

    type: ColumnType
    title: str
    decimals: int = 0


class MicroTableModel(Strict):
    """``microdata/NAME.yaml``: ``row`` says what a row is, ``key`` the columns that no two rows share."""

    title: str
    row: str
    key: Annotated[tuple[ColumnName, ...], BeforeValidator(_listed)]
    columns: dict[ColumnName, MicroColumnModel]

    @model_validator(mode="after")
    def _key_there(self) -> "MicroTableModel":
        for name in self.key:
            if name not in self.columns:
                raise ValueError(f"the key {name!r} is no column")
        return self


class SpanModel(Strict):
    """From and to, both included, in the column's unit; either may be open."""

    least: int | None = None
    most: int | None = None


def _span(value: Any) -> Any:
    """``"0-14"``, ``"65-"``, ``"-29"`` as least and most."""
    if not isinstance(value, str) or value.count("-") != 1:
        return value
    least, most = value.split("-")
    return {"least": least or None, "most": most or None}


Span = Annotated[SpanModel, BeforeValidator(_span)]


class AxisColumnModel(Strict):
    """The column behind a dimension: ``codes`` are those that values stand for, ``classes`` the numbers that codes take in."""

    column: ColumnName
    codes: dict[str, str] = Field(default_factory=dict)
    classes: dict[str, Span] = Field(default_factory=dict)


class WithinModel(Strict):
    """The rows whose column is at most so much, for 100 rows."""

    column: ColumnName
    at_most: int


class MicroMeasureModel(Strict):
    """What is counted: rows, distinct values of a column, its sum or mean, or the share of rows within a limit."""

    count: Literal["rows"] | None = None
    distinct: ColumnName | None = None
    sum: ColumnName | None = None
    mean: ColumnName | None = None
    share: WithinModel | None = None

    @model_validator(mode="after")
    def _one(self) -> "MicroMeasureModel":
        said = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError("a measure is one of count, distinct, sum, mean, share")
        return self

    @property
    def kind(self) -> str:
        """Which of them it is."""
        return next(name for name in type(self).model_fields if getattr(self, name) is not None)

    @property
    def column(self) -> str | None:
        """The column that it measures; None where it counts rows."""
        if self.share is not None:
            return self.share.column
        return self.distinct or self.sum or self.mean


class PeriodModel(Strict):
    """The year of a row.

    That of a date (``flow``), every year on whose reference day (``on``, month and day) it stands from a date and to another
    (``stock``), or what a column says (``year``).
    """

    flow: ColumnName | None = None
    stock: tuple[ColumnName, ColumnName] | None = None
    on: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")] = "12-31"
    year: ColumnName | None = None

    @model_validator(mode="after")
    def _one(self) -> "PeriodModel":
        if sum(each is not None for each in (self.flow, self.stock, self.year)) != 1:
            raise ValueError("a period is one of flow, stock, year")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        return self.stock or tuple(name for name in (self.flow, self.year) if name)


class MicrodataModel(Strict):
    """The key ``microdata`` of a cube."""

    table: str
    measure: Annotated[MicroMeasureModel, BeforeValidator(_measured)]
    period: PeriodModel
    columns: dict[str, Annotated[AxisColumnModel, BeforeValidator(_named)]]
    where: dict[ColumnName, Annotated[tuple[str, ...], BeforeValidator(_listed)]] = Field(default_factory=dict)

    @property
    def needed(self) -> tuple[str, ...]:
        """Every column that it looks at, each once."""
        measured = self.measure.column
        named = (*self.where, *self.period.columns, *(axis.column for axis in self.columns.values()))
        return tuple(dict.fromkeys((*named, *((measured,) if measured else ()))))


@dataclass(frozen=True)
class MicroTable:
    """A table of microdata as declared; rows of it are unique by ``key``."""

    name: str
    title: str
    row: str
    key: tuple[str, ...]
    columns: Mapping[str, MicroColumnModel]
    place: Place

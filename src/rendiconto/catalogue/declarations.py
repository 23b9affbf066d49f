"""The catalogue inside: frozen declarations with every name resolved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from rendiconto.catalogue.blocks import Block
from rendiconto.catalogue.formulas import Formula
from rendiconto.catalogue.microtables import MicrodataModel, MicroTable
from rendiconto.catalogue.models import (
    ChartModel,
    EditionModel,
    LegendModel,
    ProseModel,
    RatesModel,
    RelationModel,
    SourceModel,
    UnitModel,
)
from rendiconto.errors import Place, UnknownName, nearest_names
from rendiconto.italian.phrases import NounPhrase

TERRITORY = "territory"
PERIOD = "period"
_LONGEST_SERIES = 22
_FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a codelist; ``sum`` are the codes it adds up, ``within`` the code it is a "di cui" of.

    ``aliases`` are other printed forms, ``terms`` what prose calls it. A stock at the end of
    a period names in ``opening`` the same stock at its beginning.
    """

    code: str
    label: str
    short: str | None = None
    sum: tuple[str, ...] = ()
    within: str | None = None
    unit: str | None = None
    decimals: int | None = None
    aliases: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    opening: str | None = None


@dataclass(frozen=True)
class Codelist:
    """The codes of a dimension, in print order; ``total`` is the default code, ``aliases`` other names of the dimension."""

    name: str
    title: str
    total: str | None
    codes: Mapping[str, Code]
    place: Place
    aliases: tuple[str, ...] = ()

    def __contains__(self, code: str) -> bool:
        return code in self.codes


@dataclass(frozen=True, slots=True)
class Dimension:
    """An axis of a cube. ``codelist`` is None for territory and period, which every cube has."""

    name: str
    title: str
    codelist: Codelist | None


@dataclass(frozen=True)
class Cube:
    """A cube as declared. ``terms`` are what prose calls its figures, ``terms_at`` those at some codes ("i CAF")."""

    name: str
    title: str
    label: str
    perimeter: str
    dimensions: tuple[Dimension, ...]
    unit: str
    decimals: int
    sums: tuple[str, ...]
    weight: str | None
    rounded: bool
    bounded: bool
    sources: tuple[str, ...]
    offset: int
    reference: str | None
    estimate: str | None
    steady: Decimal
    sensitivity: str | None
    terms: tuple[str, ...]
    terms_at: Mapping[str, Mapping[str, str]]
    void: tuple[Mapping[str, str], ...]
    labels: Mapping[str, str]
    delivered: bool
    formula: Formula | None
    microdata: MicrodataModel | None
    place: Place

    @cached_property
    def dimension_names(self) -> tuple[str, ...]:
        """Names of the dimensions in order: territory, period, then the cube's own."""
        return tuple(dimension.name for dimension in self.dimensions)

    def dimension(self, name: str) -> Dimension | None:
        """The dimension of that name, if the cube has it."""
        return next((dimension for dimension in self.dimensions if dimension.name == name), None)

    def is_void(self, codes: Mapping[str, str]) -> bool:
        """Whether the combination cannot exist."""
        return any(all(codes.get(name) == code for name, code in void.items()) for void in self.void)

    def unit_of(self, codes: Mapping[str, str]) -> tuple[str, int]:
        """Unit and printed decimals at a coordinate: an indicator code's own, else the cube's."""
        unit, decimals = self.unit, self.decimals
        for name, own in self._indicators:
            code = own[codes[name]]
            unit = code.unit or unit
            decimals = decimals if code.decimals is None else code.decimals
        return unit, decimals

    @cached_property
    def _indicators(self) -> tuple[tuple[str, Mapping[str, Code]], ...]:
        """The dimensions of which a code has a unit or decimals of its own, with their codes."""
        known = ((d.name, d.codelist.codes) for d in self.dimensions if d.codelist is not None)
        return tuple((n, codes) for n, codes in known if any(c.unit or c.decimals is not None for c in codes.values()))

    @cached_property
    def units(self) -> frozenset[str]:
        """Every unit that a figure of it may have."""
        codes = (code for d in self.dimensions if d.codelist is not None for code in d.codelist.codes.values())
        return frozenset((self.unit, *(code.unit for code in codes if code.unit is not None)))

    @property
    def is_balance(self) -> bool:
        """Whether its own formula lets figures stand on either side of nought."""
        return self.formula is not None and self.formula.signed

    @property
    def is_rate(self) -> bool:
        """Whether its figures are percentages."""
        return self.unit == "percent"

    def unit_at(self, codes: Sequence[str]) -> tuple[str, int]:
        """Unit and printed decimals at a key: a code for each dimension, in their order."""
        return self.unit_of(dict(zip(self.dimension_names, codes, strict=True)))


@dataclass(frozen=True)
class Part:
    """A body of a table as declared."""

    index: int
    title: str
    cube: str | None
    fix: Mapping[str, str]
    stub: tuple[Block, ...]
    heading: tuple[Block, ...]
    stub_titles: tuple[str, ...]
    labels: Mapping[str, str]
    notes: tuple[str, ...]
    legend: tuple[LegendModel, ...]
    charts: tuple[ChartModel, ...]
    place: Place


@dataclass(frozen=True)
class TableDeclaration:
    """A numbered table or chart (number "G1")."""

    number: str
    section: str
    title: str
    parts: tuple[Part, ...]
    legend: tuple[LegendModel, ...]
    place: Place

    @property
    def label(self) -> str:
        """``Tavola 17`` or ``Grafico 1``."""
        return f"Grafico {self.number[1:]}" if self.number.startswith("G") else f"Tavola {self.number}"


@dataclass(frozen=True)
class Topic:
    """Something that commentary may speak of: a cube at some codes, with the noun phrase that names it.

    ``by`` holds, for a dimension, the noun phrases of two of its codes, ``shares`` what is said of a share of some;
    ``against`` is what it is held up to.
    """

    noun: NounPhrase
    cube: Cube
    fix: Mapping[str, str]
    by: Mapping[str, Mapping[str, NounPhrase]]
    shares: Mapping[str, Mapping[str, str]]
    against: "Topic | None"
    weight: Decimal

    def all(self) -> "tuple[Topic, ...]":
        """The topic and what it is held up to."""
        return (self,) if self.against is None else (self, *self.against.all())


@dataclass(frozen=True)
class ChapterDeclaration:
    """A chapter with its tables in the order of their sections, and what its commentary may speak of."""

    number: int
    slug: str
    title: str
    tables: tuple[TableDeclaration, ...]
    sections: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()

    def section_of(self, table: TableDeclaration) -> str:
        """The section that a table stands in, with its number; empty where the chapter has none."""
        for number, title in self.sections.items():
            if table.section.startswith(f"{number}."):
                return f"{number} {title}"
        return ""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All that is declared for one edition; itself only equal to itself, so that what follows from it is derived once."""

    edition: EditionModel
    codelists: Mapping[str, Codelist]
    cubes: Mapping[str, Cube]
    microtables: Mapping[str, MicroTable]
    axes: Mapping[str, tuple[Block, ...]]
    sources: Mapping[str, SourceModel]
    units: Mapping[str, UnitModel]
    glossary: tuple[LegendModel, ...]
    relations: Mapping[str, RelationModel]
    rates: Mapping[str, RatesModel]
    prose: ProseModel
    chapters: tuple[ChapterDeclaration, ...]
    sha256: str = field(default="")

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.edition.edition

    @property
    def years(self) -> range:
        """The years of which sentences and series may speak, oldest first."""
        return range(max(_FIRST_YEAR, self.year - _LONGEST_SERIES), self.year + 1)

    @cached_property
    def tables(self) -> Mapping[str, TableDeclaration]:
        """Tables and charts by number, in the order of the report."""
        return {table.number: table for chapter in self.chapters for table in chapter.tables}

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Everything that commentary may speak of, and what that is held up to."""
        return tuple(each for chapter in self.chapters for topic in chapter.topics for each in topic.all())

    def cube(self, name: str, where: Place | None = None) -> Cube:
        """The cube of that name; an unknown one suggests the near."""
        if name not in self.cubes:
            raise UnknownName("cube", name, nearest_names(name, self.cubes), where)
        return self.cubes[name]

    def table(self, number: str) -> TableDeclaration:
        """A table by number ("17", "T17", "G1"); an unknown one suggests the near."""
        wanted = number.upper().removeprefix("T").lstrip("0") or number
        if wanted not in self.tables:
            raise UnknownName("table", number, nearest_names(wanted, self.tables))
        return self.tables[wanted]

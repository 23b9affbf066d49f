"""What the catalogue's YAML files may say: pydantic models, one per kind of file.

These are the border. Past it the catalogue is frozen dataclasses (``catalogue.declarations``) with names resolved.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from rendiconto.catalogue.formulas import FORMULAS, Input, InputModel, Strict
from rendiconto.catalogue.microtables import MicrodataModel


def _truth(value: Any) -> Any:
    return {"yes": True, "true": True, "no": False, "false": False}.get(value, value)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Truth = Annotated[bool, BeforeValidator(_truth)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class CodeModel(Strict):
    """A code of a codelist."""

    label: str
    short: str | None = None
    sum: tuple[str, ...] = ()
    within: str | None = None
    opening: str | None = None
    unit: str | None = None
    decimals: int | None = None
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    article: str | None = None
    terms: tuple[str, ...] = ()


class CodelistModel(Strict):
    """``codelists/NAME.yaml``; ``aliases`` are other names of the dimension ("sesso")."""

    title: str
    aliases: tuple[str, ...] = ()
    total: str | None = None
    codes: dict[str, CodeModel]


class MeasureModel(Strict):
    """Unit, printed decimals, and the dimensions along which the measure adds up (or the counts it is a mean of).

    ``bounded: no`` lifts the unit's upper limit: a share of two cohorts may pass 100.
    """

    unit: str
    decimals: int = 0
    sums: tuple[str, ...] = ()
    weight: str | None = None
    rounded: Truth = False
    bounded: Truth = True


class FormulaModel(Strict):
    """Exactly one formula of the closed set."""

    share: Any = None
    ratio: Any = None
    balance: Any = None
    difference: Any = None
    index: Any = None
    average: Any = None

    @model_validator(mode="after")
    def _one(self) -> "FormulaModel":
        named = [name for name in FORMULAS if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError(f"a formula is one of {', '.join(FORMULAS)}")
        return self


class CubeModel(Strict):
    """``cubes/NAME.yaml``. An estimate from a sample says in ``steady`` up to which printed difference nothing has changed."""

    title: str
    label: str | None = None
    perimeter: str
    dimensions: tuple[str | dict[str, str], ...]
    measure: MeasureModel
    sources: tuple[str, ...]
    offset: int = 0
    reference: str | None = None
    estimate: Literal["survey"] | None = None
    steady: Decimal = Decimal(0)
    sensitivity: Literal["confidential"] | None = None
    terms: tuple[str, ...] = ()
    terms_at: dict[str, dict[str, str]] = Field(default_factory=dict)
    void: tuple[dict[str, str], ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    delivered: Truth = False
    formula: FormulaModel | None = None
    microdata: MicrodataModel | None = None


class LegendModel(Strict):
    """An entry of a legend, or of the glossary."""

    term: str
    text: str


class ChartModel(Strict):
    """A chart of a part: which of its cells, along which axes."""

    kind: Literal["line", "bar", "column", "stacked", "dot", "pyramid"]
    x: str
    series: str | None = None
    title: str
    where: dict[str, Names] = Field(default_factory=dict)
    index: Literal["first"] | None = None
    note: str | None = None


def _charts(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class PartModel(Strict):
    """A body of a table. ``stub`` and ``heading`` are blocks, parsed by ``catalogue.blocks``."""

    title: str
    cube: str | None = None
    fix: dict[str, str] = Field(default_factory=dict)
    stub: tuple[dict[str, Any], ...]
    heading: tuple[dict[str, Any], ...]
    stub_titles: tuple[str, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    notes: Names = ()
    legend: tuple[LegendModel, ...] = ()
    chart: Annotated[tuple[ChartModel, ...], BeforeValidator(_charts)] = ()


class TableModel(Strict):
    """``tavola-NN.yaml`` (``table``) or ``grafico-N.yaml`` (``chart``)."""

    table: str | None = None
    chart: str | None = None
    section: str
    title: str
    parts: tuple[PartModel, ...] = Field(min_length=1)
    legend: tuple[LegendModel, ...] = ()

    @model_validator(mode="after")
    def _one_number(self) -> "TableModel":
        if (self.table is None) == (self.chart is None):
            raise ValueError("a table says either `table` or `chart`")
        return self


class TopicModel(Strict):
    """Something that a chapter's commentary may speak of: ``say`` is its name with the article ("le domande di NASpI accolte").

    ``gender`` is needed where the article is "l'". ``by`` names two codes of a dimension for which a rate or mean is set side
    by side (``{sex: {F: le donne, M: gli uomini}}``), ``shares`` what is said of a code's share of a count (``{sex: {F:
    riguarda le donne}}``). ``against`` is what it is held up to ("le cessazioni"). A greater ``weight`` makes it likelier to
    be spoken of.
    """

    say: str
    gender: Literal["m", "f"] | None = None
    cube: str
    fix: dict[str, str] = Field(default_factory=dict)
    by: dict[str, dict[str, str]] = Field(default_factory=dict)
    shares: dict[str, dict[str, str]] = Field(default_factory=dict)
    against: "TopicModel | None" = None
    weight: Decimal = Decimal(1)


class SizeModel(Strict):
    """A class of changes: below so much (none: without end) its word, "lieve"; ``steady``: it counts as no change."""

    below: Decimal | None = None
    adjective: str = ""
    steady: Truth = False


class ProseModel(Strict):
    """``prose.yaml``: the words of size of the commentary.

    ``relative`` is in per cent of the base, ``points`` are for rates; below ``few`` units per cent say nothing.
    """

    few: int
    relative: tuple[SizeModel, ...]
    points: tuple[SizeModel, ...]


class ChapterModel(Strict):
    """``capitolo.yaml``."""

    number: int
    slug: str
    title: str
    sections: dict[str, str] = Field(default_factory=dict)
    commentary: tuple[TopicModel, ...] = ()


class AxisModel(Strict):
    """``axes/NAME.yaml``: a stub or heading used more than once."""

    title: str
    blocks: tuple[dict[str, Any], ...]


class SourceModel(Strict):
    """A line of ``sources.yaml``."""

    label: str
    office: str
    elaborated: Truth = False


class UnitModel(Strict):
    """A line of ``units.yaml``: what its values can be, and whether they are means or rates (``intensive``).

    ``scale`` is the power of ten that it counts in (3 for thousands). A ``measure`` is no count of things: "12 giorni" are no
    applications. ``people``: it counts persons. ``one`` is its label beside a one ("giorno"). ``rounded_in_prose``: sentences
    round it, to millions if large.
    """

    label: str
    title: str
    least: Decimal | None = None
    most: Decimal | None = None
    intensive: Truth = False
    measure: Truth = False
    people: Truth = False
    scale: int = 0
    one: str | None = None
    rounded_in_prose: Truth = False

    @property
    def word(self) -> str:
        """What stands beside its figures in a sentence: "euro" of "euro al giorno"."""
        return self.label.split()[0]


class RelationModel(Strict):
    """What holds between cubes (``relations.yaml``): a signed sum equals a figure, is at most or at least it.

    It holds at every key that the figure on the right has; dimensions that neither side fixes are shared by name.
    """

    title: str
    plus: tuple[Input, ...]
    minus: tuple[Input, ...] = ()
    equals: Input | None = None
    at_most: Input | None = None
    at_least: Input | None = None
    because: str

    @property
    def bound(self) -> InputModel:
        """The figure on the right."""
        return next(side for side in (self.equals, self.at_most, self.at_least) if side is not None)

    @model_validator(mode="after")
    def _one_side(self) -> "RelationModel":
        if sum(side is not None for side in (self.equals, self.at_most, self.at_least)) != 1:
            raise ValueError("a relation says exactly one of `equals`, `at_most`, `at_least`")
        return self


class RatesModel(Strict):
    """Rates of the same persons (``rates.yaml``): the product of two complements to 100 gives a third rate.

    It holds at every key that all three have, but not where a dimension stands at a code of ``without``.
    """

    title: str
    complements: tuple[str, str]
    gives: str
    without: dict[str, str] = Field(default_factory=dict)
    because: str


class KeyFigureModel(Strict):
    """A figure for the front page: a cube at codes, compared with ``compare`` (a period or a territory)."""

    label: str
    cube: str
    table: str
    fix: dict[str, str] = Field(default_factory=dict)
    compare: Literal["previous", "region", "italy"] = "previous"


class SectionModel(Strict):
    """Titled paragraphs of the method page or the colophon."""

    title: str
    paragraphs: Names


class EditionModel(Strict):
    """``edition.yaml``."""

    edition: int
    title: str
    key_figures: tuple[KeyFigureModel, ...] = ()
    method: tuple[SectionModel, ...] = ()
    colophon: tuple[SectionModel, ...] = ()
    licence: tuple[SectionModel, ...] = ()


class ErratumModel(Strict):
    """An entry of ``errata.yaml``; ``table`` and ``part`` narrow it to one place where the figure is printed."""

    id: str
    cube: str
    key: dict[str, str]
    published: str
    proposed: str
    reason: str
    reason_en: str
    decidable: Truth
    table: str | None = None
    part: int | None = None


class DataVersionModel(Strict):
    """``data/YEAR/version.yaml``: which state of the data this is."""

    version: str
    date: str

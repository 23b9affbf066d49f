"""The filters of live figures: a closed set. A measure says what is told of a figure, a form how it is written.

Every measure is a claim on cells, judged where all claims are: what is printed is what was judged to hold.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rendiconto.catalogue.declarations import TERRITORY
from rendiconto.check.claims import Cell, Operation
from rendiconto.errors import RendicontoError, UnknownName, nearest_names
from rendiconto.texts.indicators import IndicatorReader, Spot
from rendiconto.texts.livesyntax import Argument, Call

PERCENT_DECIMALS: Final = 1
PLURAL: Final = "plurale"
_MOST_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What a live figure tells: an operation on cells, in words (``words``) or as a figure, and how it is written.

    ``percent``: per 100, not in the cube's unit. ``scale`` is the power of ten it is told in, ``decimals`` None for the
    cube's own. An ``operation`` of None tells the year of the cells.
    """

    operation: Operation | None
    cells: tuple[Cell, ...]
    percent: bool = False
    words: bool = False
    plural: bool = False
    scale: int = 0
    decimals: int | None = None
    absolute: bool = False
    plus: bool = False


Measure = Callable[[IndicatorReader, Spot, Sequence[Argument]], Told]
Form = Callable[[Told, Sequence[Argument]], Told]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its arguments as they are written, what it tells, an example; ``years``: its first argument is a year."""

    arguments: str
    says: str
    example: str
    measure: Measure | None = None
    form: Form | None = None
    years: bool = False


def _valore(_: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Told:
    _at_most(arguments, 0)
    return Told(Operation.VALUE, (spot.cell,))


def _anno(_: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Told:
    _at_most(arguments, 0)
    return Told(None, (spot.cell,))


def _since(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> tuple[Cell, Cell]:
    """The figure in the year to compare with (the one before, where none is said), and the figure."""
    _at_most(arguments, 1)
    text = arguments[0].value if arguments else "-1"
    base = reader.at_year(spot, text)
    if base.year == spot.year:
        raise RendicontoError(f"{text!r} is the year of the figure itself", todo="Say another year to compare with.")
    return base.cell, spot.cell


def _variazione(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Told:
    return Told(Operation.DIFFERENCE, _since(reader, spot, arguments))


def _variazione_percentuale(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Told:
    if spot.cube.is_rate:
        raise RendicontoError(f"{spot.cube.name} is a percentage: it changes by points", todo="Write variazione.")
    return Told(Operation.GROWTH, _since(reader, spot, arguments), percent=True, decimals=PERCENT_DECIMALS)


def _andamento(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Told:
    return Told(Operation.DIRECTION, _since(reader, spot, arguments), words=True)


def _quota(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Told:
    """Of the total, of another code (``sesso=T``), of another territory, of another indicator."""
    unit, _ = spot.cube.unit_of(spot.codes)
    if reader.catalogue.units[unit].intensive:
        raise RendicontoError(f"{spot.cube.name} is a mean or a rate: a share of it says nothing", todo="Write valore.")
    whole = _whole(reader, spot, arguments)
    if whole.cell == spot.cell:
        raise RendicontoError(
            "the share is of the figure itself", todo="Say of what: quota(sesso=T), quota(territorio=regione)."
        )
    return Told(Operation.SHARE, (spot.cell, whole.cell), percent=True, decimals=PERCENT_DECIMALS)


def _whole(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Spot:
    whole = spot
    others = [argument for argument in arguments if not argument.name]
    _at_most(others, 1)
    if others:
        whole = reader.spot_beside(others[0].value, spot)
    for argument in arguments:
        if argument.name:
            whole = reader.moved(whole, argument)
    if arguments:
        return whole
    totals = {d.name: d.codelist.total for d in spot.cube.dimensions if d.codelist is not None and d.codelist.total is not None}
    return spot.at(**totals)


def _beside(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> tuple[Cell, Cell]:
    """The figure and that of another territory; counts of territories of different size are never set side by side."""
    if not arguments:
        raise RendicontoError("it does not say with which territory", todo="Write confronto(regione) or confronto(italia).")
    if TERRITORY in spot.cube.sums:
        raise RendicontoError(
            f"{spot.cube.name} counts: territories of different size are compared by shares and rates",
            todo="Write quota, or name a rate.",
        )
    other = reader.at_place(spot, arguments[0].value)
    if other.cell == spot.cell:
        raise RendicontoError(f"{arguments[0].value!r} is the territory of the figure itself", todo="Say another.")
    return spot.cell, other.cell


def _confronto(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Told:
    _at_most(arguments, 2)
    if len(arguments) > 1 and arguments[1].value != PLURAL:
        raise UnknownName("word", arguments[1].value, [PLURAL])
    return Told(Operation.COMPARISON, _beside(reader, spot, arguments), words=True, plural=len(arguments) > 1)


def _distanza(reader: IndicatorReader, spot: Spot, arguments: Sequence[Argument]) -> Told:
    _at_most(arguments, 1)
    this, other = _beside(reader, spot, arguments)
    return Told(Operation.DIFFERENCE, (other, this))


def _scaled(power: int, decimals: int) -> Form:
    def form(told: Told, arguments: Sequence[Argument]) -> Told:
        _needs_figure(told)
        _at_most(arguments, 1)
        return replace(told, scale=power, decimals=_count(arguments[0].value) if arguments else decimals)

    return form


def _decimali(told: Told, arguments: Sequence[Argument]) -> Told:
    _needs_figure(told)
    if len(arguments) != 1:
        raise RendicontoError("decimali needs one number", todo="Write decimali(1).")
    return replace(told, decimals=_count(arguments[0].value))


def _assoluto(told: Told, arguments: Sequence[Argument]) -> Told:
    _needs_figure(told)
    _at_most(arguments, 0)
    return replace(told, absolute=True)


def _segno(told: Told, arguments: Sequence[Argument]) -> Told:
    _needs_figure(told)
    _at_most(arguments, 0)
    return replace(told, plus=True)


def _needs_figure(told: Told) -> None:
    if told.words or told.operation is None:
        raise RendicontoError("a form of figures follows a word", todo="Leave it out.")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > _MOST_DECIMALS:
        raise RendicontoError(f"{text!r} is no number of decimals", todo=f"Write 0 to {_MOST_DECIMALS}.")
    return int(text)


def _at_most(arguments: Sequence[Argument], number: int) -> None:
    if len(arguments) > number:
        raise RendicontoError(f"{arguments[number].value!r} is one argument too many")


FILTERS: Final[Mapping[str, Filter]] = {
    "valore": Filter("", "the figure, at its printed decimals", "{{ naspi_accolte | valore }}", _valore),
    "variazione": Filter(
        "(YEAR)",
        "how much it has changed since a year (the one before, by default), in its own unit; points for rates",
        "{{ tasso_disoccupazione | variazione(2023) }}",
        _variazione,
        years=True,
    ),
    "variazione_percentuale": Filter(
        "(YEAR)",
        "the same per 100, without the sign %",
        "{{ naspi_accolte | variazione_percentuale(-1) }}",
        _variazione_percentuale,
        years=True,
    ),
    "andamento": Filter(
        "(YEAR)",
        "in words: «in aumento», «in calo», «stabile»",
        "{{ naspi_accolte | andamento }}",
        _andamento,
        years=True,
    ),
    "quota": Filter(
        "(OF…)",
        "its share per 100 of the total, or of what is said: codes, a territory, an indicator",
        "{{ naspi_accolte(sesso=F) | quota }}",
        _quota,
    ),
    "confronto": Filter(
        "(PLACE, plurale)",
        "beside another territory, in words: «superiore», «inferiore», «pari»; only for what does not count",
        "{{ tasso_disoccupazione | confronto(regione) }}",
        _confronto,
    ),
    "distanza": Filter(
        "(PLACE)",
        "how far it is from the figure of another territory; only for what does not count",
        "{{ tasso_disoccupazione | distanza(italia) }}",
        _distanza,
    ),
    "anno": Filter("", "the year of the figure", "{{ naspi_accolte | anno }}", _anno),
    "mila": Filter("(DECIMALS)", "in thousands: «54 mila»", "{{ pensionati | mila }}", form=_scaled(3, 0)),
    "milioni": Filter(
        "(DECIMALS)", "in millions: «219,2 milioni»", "{{ riscossioni_ordinarie | milioni }}", form=_scaled(6, 1)
    ),
    "miliardi": Filter(
        "(DECIMALS)",
        "in thousands of millions: «1,2 miliardi»",
        "{{ riscossioni_ordinarie(territorio=regione) | miliardi }}",
        form=_scaled(9, 1),
    ),
    "decimali": Filter("(NUMBER)", "at so many decimals", "{{ tasso_disoccupazione | decimali(0) }}", form=_decimali),
    "assoluto": Filter(
        "", "without its sign, where words say the way", "{{ naspi_accolte | variazione | assoluto }}", form=_assoluto
    ),
    "segno": Filter("", "with its sign, plus too", "{{ naspi_accolte | variazione | segno }}", form=_segno),
}
"""Every filter by name."""


def tell(reader: IndicatorReader, spot: Spot, calls: Sequence[Call]) -> Told:
    """What the filters tell of a figure: its value where no measure is named."""
    told: Told | None = None
    for at, call in enumerate(calls):
        name = "_".join(call.name.casefold().split())
        if name not in FILTERS:
            raise UnknownName("filter", call.name, nearest_names(name, FILTERS) or tuple(FILTERS))
        known = FILTERS[name]
        if known.measure is not None and at:
            raise RendicontoError(f"{name} comes after another filter", todo="Write what is told first, once, then how.")
        if known.measure is not None:
            told = known.measure(reader, spot, call.arguments)
        elif known.form is not None:
            told = known.form(told or _valore(reader, spot, ()), call.arguments)
    return told or _valore(reader, spot, ())

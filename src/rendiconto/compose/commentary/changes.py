"""What a topic's last change tells: how much it is, whether it turns what went before."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from rendiconto.catalogue.declarations import Catalogue, Topic
from rendiconto.check.claims import Claim, Operation, Quantity
from rendiconto.compose.commentary.facts import (
    AGAIN,
    Fact,
    FactKind,
    Form,
    after,
    growth_text,
    interest_of,
    is_,
    points_text,
    value,
    with_article,
)
from rendiconto.compose.commentary.figures import Figures, Point
from rendiconto.compose.commentary.saying import Bound, Change, Said, bound, change_of
from rendiconto.italian.lexicon import Direction
from rendiconto.italian.numbers import format_number
from rendiconto.italian.phrases import before_figure

_WORTH_PERCENT: Final = Decimal(5)
_WORTH_POINTS: Final = Decimal("1.5")
_STEADY_INTEREST: Final = Decimal("0.35")
_FEW_INTEREST: Final = Decimal("0.6")
_TENTH: Final = Decimal("0.1")

RISES: Final = {Direction.UP: ("aumenta", "aumentano"), Direction.DOWN: ("diminuisce", "diminuiscono")}
_TURNS: Final = {Direction.UP: "ad aumentare", Direction.DOWN: "a diminuire"}
_NOUNS: Final = {Direction.UP: "aumento", Direction.DOWN: "calo"}
_AFTER: Final = {Direction.UP: "il calo", Direction.DOWN: "l'aumento"}


def find_changes(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """The change from the year before (or from the last year that there is)."""
    series = figures.current(topic)
    if len(series) < 2 or topic.cube.is_balance or (series[-2].year < series[-1].year - 1 and figures.has_gaps(topic)):
        return
    change = change_of(figures.catalogue, series[-2], series[-1])
    if change.steady:
        yield from _steady(figures.catalogue, topic, change)
        return
    worth = _WORTH_POINTS if topic.cube.is_rate else _WORTH_PERCENT
    interest = _FEW_INTEREST * topic.weight if change.size is None else interest_of(change.size, worth, topic.weight)
    yield Fact(FactKind.CHANGE, topic, interest, tuple(_change_forms(figures.catalogue, topic, change)))


def sized(change: Change) -> Claim:
    """That a change has its size: in per cent, for rates in points."""
    assert change.size is not None
    rate = change.of.cell[0].is_rate
    operation = Operation.DIFFERENCE if rate else Operation.GROWTH
    quantity = Quantity(change.size, _TENTH, percent=not rate)
    return Claim(operation, (change.base.cell, change.of.cell), quantity, change.direction)


def went(change: Change) -> Claim:
    """That a figure went up or down, with the word for how much."""
    degree = change.adjective
    return Claim(Operation.DIRECTION, (change.base.cell, change.of.cell), direction=change.direction, degree=degree)


def _measured(change: Change) -> Said:
    """`` (+3,3%)``; nothing where per cent say nothing."""
    text = growth_text(change)
    return (" (", bound(text, sized(change)), ")") if text else ()


def _by(change: Change) -> Bound:
    """``del 3,3%``, ``di 1,6 punti percentuali``."""
    assert change.size is not None
    rate = change.of.cell[0].is_rate
    text = f"di {points_text(change.size)}" if rate else before_figure("di", f"{format_number(change.size, 1)}%")
    return bound(text, sized(change))


def _trend(change: Change) -> Bound:
    """``in lieve aumento rispetto al 2023``."""
    adjective = f"{change.adjective} " if change.adjective else ""
    return bound(f"in {adjective}{_NOUNS[change.direction]} rispetto al {change.base.year}", went(change))


def passing(catalogue: Catalogue, topic: Topic, base: Point, of: Point) -> Said:
    """``da 8.638 nel 2023 a 8.924 nel 2024``, ``dal 66,7% del 2023 al 68,3% del 2024``."""
    link = "del" if topic.cube.is_rate else "nel"
    scaled = catalogue.units[topic.cube.unit_at(of.cell[1])[0]].rounded_in_prose
    first = after("da", value(catalogue, topic, base, beside=of))
    last = after("a", value(catalogue, topic, of, unit=scaled, beside=base))
    return (first, f" {link} {base.year} ", last, f" {link} {of.year}")


def _together(first: Bound, last: Bound) -> tuple[Bound, Bound]:
    """Two amounts side by side, the unit that they share said once: "da 29,0 a 31,9 milioni di euro"."""
    words, others = first.text.split(" "), last.text.split(" ")
    same = words[2:] == others[2:]
    return (Bound(" ".join(words[:2]), first.claims) if same else first), last


def _change_forms(catalogue: Catalogue, topic: Topic, change: Change) -> Iterator[Form]:
    noun, year, base = topic.noun, change.of.year, change.base.year
    now = value(catalogue, topic, change.of)
    rises = noun.verb(*RISES[change.direction])
    yield Form(
        "in the year",
        (f"nel {year} {noun.definite} ", *is_(topic, catalogue, now), ", ", _trend(change), *_measured(change)),
    )
    passes = noun.verb("passa", "passano")
    yield Form("passes", (f"{noun.definite} {passes} ", *passing(catalogue, topic, change.base, change.of), *_measured(change)))
    if change.size is None:
        return
    ends = (value(catalogue, topic, change.base, beside=change.of), value(catalogue, topic, change.of, beside=change.base))
    first, last = _together(after("da", ends[0]), after("a", ends[1]))
    yield Form("between", (f"tra il {base} e il {year} {noun.definite} {rises} ", _by(change), ", ", first, " ", last))
    then = (f" e nel {year} ", *is_(topic, catalogue, now))
    yield Form("compared", (f"rispetto al {base} {noun.definite} {rises} ", _by(change), *then))
    which = noun.verb("che passa", "che passano")
    yield Form(
        "verb first",
        (f"{rises} ", _by(change), f" {noun.definite}, {which} ", *passing(catalogue, topic, change.base, change.of)),
    )
    apposed = (", ", _trend(change), *_measured(change), f", nel {year} ")
    yield Form("trend", (noun.definite, *apposed, *is_(topic, catalogue, now)))
    yield Form(AGAIN, (f"rispetto al {base} {rises} ", _by(change)))


def _steady(catalogue: Catalogue, topic: Topic, change: Change) -> Iterator[Fact]:
    """What has hardly changed is told once, as such."""
    if (change.size is None and change.difference) or not change.of.value:
        return
    noun, year, base = topic.noun, change.of.year, change.base.year
    claim = Claim(Operation.DIRECTION, (change.base.cell, change.of.cell), direction=Direction.LEVEL)
    same = not change.difference
    stays = noun.verb("resta", "restano")
    how = noun.agree("invariat") if same else "sostanzialmente " + noun.agree("stabil-")
    now = value(catalogue, topic, change.of)
    level = bound(f"{stays} {how} rispetto al {base}", claim)
    ending: Said = (": ", now) if same else (": ", now, *than(catalogue, topic, change.base))
    long = level if same else bound(f"{stays} {how}", claim)
    lead = (f"nel {year} {noun.definite} ", f"{noun.definite} nel {year} ")
    forms = (Form("in the year", (lead[0], long, *ending)), Form("subject", (lead[1], long, *ending)))
    yield Fact(FactKind.CHANGE, topic, _STEADY_INTEREST * topic.weight, forms)


def than(catalogue: Catalogue, topic: Topic, point: Point) -> Said:
    """What a figure is set against: ``, contro il 6,1% del 2023``, ``, contro 8.638 nel 2023``."""
    amount = with_article(value(catalogue, topic, point))
    return (", contro ", amount, f" {'del' if amount.text.endswith('%') else 'nel'} {point.year}")


def find_reversals(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """A figure that turns: up after it went down, or down after it went up."""
    series = figures.current(topic)
    if len(series) < 3 or topic.cube.is_balance or not _consecutive(series[-3:]):
        return
    before, last = (change_of(figures.catalogue, *pair) for pair in pairwise(series[-3:]))
    if before.steady or last.steady or last.size is None or before.direction is last.direction:
        return
    noun = topic.noun
    turned = bound(f"{_AFTER[last.direction]} del {before.of.year}", went(before))
    went_so_before = any((b.value - a.value) * last.direction.value > 0 for a, b in pairwise(series[:-2]))
    turns = f"{noun.verb('torna', 'tornano')} {_TURNS[last.direction]}"
    again = bound(turns if went_so_before else noun.verb(*RISES[last.direction]), went(last))
    now, before_it = value(figures.catalogue, topic, last.of), than(figures.catalogue, topic, last.base)
    said: Said = (
        *("dopo ", turned, f", nel {last.of.year} {noun.definite} ", again, *_measured(last), ": "),
        *(now, *before_it),
    )
    ending: Said = (*_measured(last), ", dopo ", turned, ": ", now, *before_it)
    forms = (
        Form("after", said),
        Form("returns", (f"nel {last.of.year} {noun.definite} ", again, *ending)),
        Form("returns first", (f"{noun.definite} nel {last.of.year} ", again, *ending)),
    )
    worth = _WORTH_POINTS if topic.cube.is_rate else _WORTH_PERCENT
    interest = interest_of(last.size, worth, topic.weight) * Decimal("1.3")
    yield Fact(FactKind.REVERSAL, topic, interest, forms)


def _consecutive(series: tuple[Point, ...]) -> bool:
    return all(after.year == before.year + 1 for before, after in pairwise(series))

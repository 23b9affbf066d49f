"""What a topic's own series tells: a round number passed, a streak, an extreme, the side of nought that a balance is on."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from rendiconto.catalogue.declarations import Topic
from rendiconto.check.claims import Claim, Operation, Quantity
from rendiconto.compose.commentary.changes import RISES, passing, than
from rendiconto.compose.commentary.facts import AGAIN, MOST_INTEREST, Fact, FactKind, Form, value
from rendiconto.compose.commentary.figures import Figures
from rendiconto.compose.commentary.saying import Change, Said, bound, change_of
from rendiconto.italian.lexicon import Direction, Hedge
from rendiconto.italian.numbers import format_number
from rendiconto.italian.phrases import ordinal

_SHORTEST_SERIES: Final = 5
_SHORTEST_STREAK: Final = 3


def find_crossings(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """A count that passes a round number: "scendono sotto quota 1.000"."""
    series = figures.current(topic)
    if len(series) < 2 or topic.cube.is_balance or series[-2].year != series[-1].year - 1:
        return
    base, of = series[-2:]
    unit = figures.catalogue.units[topic.cube.unit_at(of.cell[1])[0]]
    limit = None if unit.measure or unit.intensive or unit.scale else _round_between(base.value, of.value)
    if limit is None or change_of(figures.catalogue, base, of).steady:
        return
    noun, up = topic.noun, of.value > base.value
    shown = f"quota {format_number(limit, 0)}"
    passes = f"{noun.verb('supera', 'superano')} {shown}" if up else f"{noun.verb('scende', 'scendono')} sotto {shown}"
    past = Claim(Operation.VALUE, (of.cell,), Quantity(limit, Decimal(1), Hedge.MORE if up else Hedge.LESS))
    now, before_it = value(figures.catalogue, topic, of), than(figures.catalogue, topic, base)
    forms = (
        Form("in the year", (f"nel {of.year} {noun.definite} ", bound(passes, past), ": ", now, *before_it)),
        Form("passes a mark", (f"{noun.definite} nel {of.year} ", bound(passes, past), ": ", now, *before_it)),
    )
    yield Fact(FactKind.CROSSING, topic, Decimal("1.4") * topic.weight, forms)


def _round_between(base: Decimal, of: Decimal) -> Decimal | None:
    """The roundest number (1, 2 or 5 and noughts, from a hundred) that lies between two figures, neither being it."""
    low, high = sorted((abs(base), abs(of)))
    for power in range(high.adjusted(), 1, -1):
        for lead in (1, 5, 2):
            mark = Decimal(lead).scaleb(power)
            if low < mark < high:
                return mark.quantize(Decimal(1))
    return None


def find_streaks(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """A figure that goes the same way year after year, to this one."""
    series = figures.current(topic)
    steps: list[Change] = []
    for base, of in reversed(list(pairwise(series))):
        change = change_of(figures.catalogue, base, of)
        way = (of.value > base.value) - (of.value < base.value)
        if of.year != base.year + 1 or not way or (steps and Direction(way) is not steps[0].direction):
            break
        steps.append(change)
    if len(steps) < _SHORTEST_STREAK or topic.cube.is_balance or all(step.steady for step in steps):
        return
    first, last = steps[-1].base, steps[0].of
    points = tuple(step.base.cell for step in reversed(steps))
    claim = Claim(Operation.TREND, (*points, last.cell), direction=steps[0].direction)
    noun, catalogue = topic.noun, figures.catalogue
    rises = noun.verb(*RISES[steps[0].direction])
    times = f"per il {ordinal(len(steps))} anno consecutivo"
    head = bound(f"{noun.definite} {rises} nel {last.year} {times}", claim)
    interest = Decimal("0.5") * len(steps) * topic.weight
    yield Fact(
        FactKind.STREAK,
        topic,
        min(interest, MOST_INTEREST),
        (Form("streak", (head, ", ", *passing(catalogue, topic, first, last))),),
    )


def find_extremes(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """The most or the least of a series of at least five years, where this year's is it alone."""
    series = figures.current(topic)
    if len(series) < _SHORTEST_SERIES or figures.has_gaps(topic):
        return
    last, others = series[-1], series[:-1]
    if all(point.value < last.value for point in others):
        way, high = Direction.UP, True
    elif all(point.value > last.value for point in others):
        way, high = Direction.DOWN, False
    else:
        return
    claim = Claim(Operation.EXTREME, (last.cell, *(point.cell for point in others)), direction=way)
    noun, catalogue = topic.noun, figures.catalogue
    span = f"{series[0].year}-{last.year}"
    superlative = f"il valore più {'alto' if high else 'basso'} della serie {span}"
    now = value(catalogue, topic, last)
    reach = noun.verb("tocca", "toccano")
    said: Said = (f"nel {last.year} {noun.definite} {reach} ", bound(superlative, claim), ": ", now)
    other: Said = (f"{noun.definite} nel {last.year} {reach} ", bound(superlative, claim), ": ", now)
    again = Form(AGAIN, (f"{noun.verb('è', 'sono')} ", bound(superlative, claim)))
    interest = (Decimal(1) + Decimal(len(series)) / 10) * topic.weight
    yield Fact(FactKind.EXTREME, topic, interest, (Form("in the year", said), Form("reaches", other), again))


def find_signs(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """A balance: on which side of nought it is, and what it was."""
    series = figures.current(topic)
    if not series or not topic.cube.is_balance or not series[-1].value:
        return
    last = series[-1]
    noun, catalogue = topic.noun, figures.catalogue
    way = Direction.UP if last.value > 0 else Direction.DOWN
    sign = {Direction.UP: "positiv", Direction.DOWN: "negativ"}[way]
    claim = Claim(Operation.SIGN, (last.cell,), direction=way)
    before = series[-2] if len(series) > 1 and series[-2].year == last.year - 1 else None
    same = before is not None and before.value * last.value > 0
    verb = noun.verb("resta", "restano") if same else noun.verb("è", "sono")
    now = value(catalogue, topic, last)
    before_it: Said = than(catalogue, topic, before) if before is not None else ()
    side = bound(f"{verb} {noun.agree(sign)}", claim)
    said = (f"nel {last.year} {noun.definite} ", side, ": ", now, *before_it)
    other = (f"{noun.definite} ", side, f" nel {last.year}: ", now, *before_it)
    turned = before is not None and before.value * last.value < 0
    interest = (Decimal(2) if turned else Decimal("1.2")) * topic.weight
    yield Fact(FactKind.SIGN, topic, interest, (Form("in the year", said), Form("subject", other)))

"""Where a topic stands: beside the region and the country, among the provinces; its parts, its sides, its rival."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rendiconto.catalogue.declarations import Catalogue, Topic
from rendiconto.check.claims import Claim, Operation, Quantity
from rendiconto.compose.commentary.facts import AGAIN, Fact, FactKind, Form, after, interest_of, is_, value, with_article
from rendiconto.compose.commentary.figures import Figures, Point
from rendiconto.compose.commentary.saying import Bound, Said, amount_of, bound, value_claim
from rendiconto.italian.lexicon import Direction
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.italian.phrases import at_place, definite_figure
from rendiconto.territory import Territory

_WORTH_APART: Final = Decimal(6)
_WORTH_POINTS: Final = Decimal(3)
_TENTH: Final = Decimal("0.1")
_WORTH_GAP_POINTS: Final = Decimal(8)
_WORTH_GAP: Final = Decimal(15)
_FEWEST_SISTERS: Final = 4
_COMPARED: Final = {Direction.UP: "superiore", Direction.DOWN: "inferiore"}


def find_standings(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """A rate or mean beside those of the region and the country."""
    series = figures.current(topic)
    if not series or not _comparable(figures.catalogue, topic, series[-1]):
        return
    own = series[-1]
    beside = [(place, point) for place in figures.others if (point := figures.point(topic, own.year, place.code)) is not None]
    if not beside:
        return
    apart = max(_apart(topic, own, point) for _, point in beside)
    worth = _WORTH_POINTS if topic.cube.is_rate else _WORTH_APART
    forms = tuple(_standing_forms(figures, topic, own, beside))
    yield Fact(FactKind.STANDING, topic, interest_of(apart, worth, topic.weight), forms)


def _comparable(catalogue: Catalogue, topic: Topic, own: Point) -> bool:
    """Whether a figure can stand beside those of larger territories: rates and means, no counts, no balances."""
    return catalogue.units[topic.cube.unit_at(own.cell[1])[0]].intensive and not topic.cube.is_balance


def _apart(topic: Topic, own: Point, other: Point) -> Decimal:
    difference = abs(own.value - other.value)
    return difference if topic.cube.is_rate else 100 * difference / abs(other.value) if other.value else Decimal(0)


def _standing_forms(figures: Figures, topic: Topic, own: Point, beside: list[tuple[Territory, Point]]) -> Iterator[Form]:
    noun, catalogue = topic.noun, figures.catalogue
    compared = list(_compared(catalogue, topic, own, beside))
    now = value(catalogue, topic, own)
    joined: list[str | Bound] = []
    for at, said in enumerate(compared):
        joined.extend(((" e " if at else ""), *said))
    being = noun.verb("è", "sono")
    apposed = ("pari ", after("a", now), f" nel {own.year}")
    yield Form(AGAIN, (f"{being} ", *joined))
    yield Form("apposed", (f"{noun.definite}, ", *apposed, f", {being} ", *joined))
    yield Form("in the year", (f"nel {own.year} {noun.definite} ", *is_(topic, catalogue, now), ", ", *joined))
    figures_of = [(place, value(catalogue, topic, point, unit=False)) for place, point in beside]
    contrasted: list[str | Bound] = []
    for at, (place, amount) in enumerate(figures_of):
        contrasted.extend((" e " if at else "", with_article(amount), f" {place.genitive}"))
    if all(point.value != own.value for _, point in beside) and topic.cube.is_rate:
        yield Form("against", (f"{noun.definite} nel {own.year} ", *is_(topic, catalogue, now), ", contro ", *contrasted))


def _compared(catalogue: Catalogue, topic: Topic, own: Point, beside: list[tuple[Territory, Point]]) -> Iterator[Said]:
    """``inferiore a quello della Toscana (70,9%)``; a second in the same way is only named: ``dell'Italia (72,1%)``."""
    before: Direction | None = None
    for place, point in beside:
        way = Direction((own.value > point.value) - (own.value < point.value))
        claim = Claim(Operation.COMPARISON, (own.cell, point.cell), direction=way)
        word = "pari" if way is Direction.LEVEL else topic.noun.agree(_COMPARED[way][:-1] + "-")
        text = bound(place.genitive if way is before else f"{word} a {topic.noun.agree('quell')} {place.genitive}", claim)
        before = way
        level = way is Direction.LEVEL
        yield (text,) if level else (text, " (", value(catalogue, topic, point, unit=False), ")")


def find_ranks(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """The place of a rate or mean among the provinces of the region; the first and the last are extremes."""
    series = figures.current(topic)
    if not series or not _comparable(figures.catalogue, topic, series[-1]) or not figures.territory.is_province:
        return
    own = series[-1]
    others = [point for unit in figures.sisters if (point := figures.point(topic, own.year, unit.code)) is not None]
    if len(others) < _FEWEST_SISTERS or len(others) < len(figures.sisters) or not figures.others:
        return
    ahead = sum(point.value > own.value for point in others)
    behind = sum(point.value < own.value for point in others)
    if len(others) in (ahead, behind):
        yield _extreme_of_places(figures, topic, own, others, Direction.UP if behind else Direction.DOWN)
    elif ahead + behind == len(others):
        yield _place(figures, topic, own, others, ahead + 1)


def _extreme_of_places(figures: Figures, topic: Topic, own: Point, others: list[Point], way: Direction) -> Fact:
    claim = Claim(Operation.EXTREME, (own.cell, *(point.cell for point in others)), direction=way)
    high = "alto" if way is Direction.UP else "basso"
    text = bound(f"il valore più {high} tra le province {figures.others[0].genitive}", claim)
    being = f"{topic.noun.verb('è', 'sono')} "
    now = value(figures.catalogue, topic, own)
    said: Said = (f"nel {own.year} {topic.noun.definite} {being}", text, ": ", now)
    return Fact(FactKind.RANK, topic, Decimal("1.5") * topic.weight, (Form("in the year", said), Form(AGAIN, (being, text))))


def _place(figures: Figures, topic: Topic, own: Point, others: list[Point], place: int) -> Fact:
    quantity = Quantity(Decimal(place), Decimal(1))
    claim = Claim(Operation.RANK, (own.cell, *(point.cell for point in others)), quantity, Direction.UP)
    text = bound(f"{at_place(place)} tra le {len(others) + 1} province {figures.others[0].genitive}", claim)
    now = value(figures.catalogue, topic, own)
    said: Said = (f"per {topic.noun.noun} {figures.territory.definite} nel {own.year} è ", text, ": ", now)
    return Fact(FactKind.RANK, topic, Decimal("0.45") * topic.weight, (Form("place", said),))


def find_shares(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """The largest of the declared shares of a count."""
    series = figures.current(topic)
    for name, predicates in topic.shares.items():
        if not series or series[-1].value < figures.catalogue.prose.few:
            continue
        points = ((code, figures.point(topic, series[-1].year, **{name: code})) for code in predicates)
        there = [(point, predicates[code]) for code, point in points if point is not None]
        if there:
            part, predicate = max(there, key=lambda pair: pair[0].value)
            yield from _share(figures.catalogue, topic, part, series[-1], predicate)


def _share(catalogue: Catalogue, topic: Topic, part: Point, whole: Point, predicate: str) -> Iterator[Fact]:
    percent = round_half_away(100 * part.value / whole.value, 1)
    if not 0 < percent < 100:
        return
    claim = Claim(Operation.SHARE, (part.cell, whole.cell), Quantity(percent, _TENTH, percent=True))
    share = bound(definite_figure(f"{format_number(percent, 1)}%"), claim)
    counts = (_counted(catalogue, part), " su ", _counted(catalogue, whole))
    of = f" {topic.noun.after('di')} "
    said: Said = (f"nel {whole.year} ", share, f"{of}{predicate}: ", *counts)
    other: Said = (share, f"{of}nel {whole.year} {predicate}: ", *counts)
    interest = (Decimal("0.5") + abs(percent - 50) / 50) * topic.weight * Decimal("0.8")
    yield Fact(FactKind.SHARE, topic, interest, (Form("in the year", said), Form("share", other)))


def _counted(catalogue: Catalogue, point: Point) -> Bound:
    amount = amount_of(catalogue, point, unit=False)
    return bound(amount.text, value_claim(point, amount))


def find_gaps(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """A rate or mean of two codes side by side."""
    series = figures.current(topic)
    for name, nouns in topic.by.items():
        points = [figures.point(topic, series[-1].year, **{name: code}) for code in nouns] if series else []
        there = [point for point in points if point is not None]
        if len(there) == len(nouns) == 2 and there[0].value != there[1].value:
            yield _gap(figures.catalogue, topic, there, [noun.after("per") for noun in nouns.values()])


def _gap(catalogue: Catalogue, topic: Topic, points: list[Point], who: list[str]) -> Fact:
    noun, (one, two) = topic.noun, points
    of = (after("di", value(catalogue, topic, one)), after("di", value(catalogue, topic, two, unit=False)))
    being = noun.verb("è", "sono")
    said: Said = (f"nel {one.year} {noun.definite} {being} ", of[0], f" {who[0]} e ", of[1], f" {who[1]}")
    other: Said = (f"{who[0]} {noun.definite} nel {one.year} {being} ", of[0], f", {who[1]} ", of[1])
    rate = topic.cube.is_rate
    apart = abs(one.value - two.value)
    size = apart if rate else 100 * apart / max(one.value, two.value)
    interest = interest_of(size, _WORTH_GAP_POINTS if rate else _WORTH_GAP, topic.weight)
    return Fact(FactKind.GAP, topic, interest, (Form("in the year", said), Form("side", other)))


def find_rivals(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """Two things counted alike, one held up to the other: "le nascite sono meno dei decessi"."""
    series = figures.current(topic)
    if not series or topic.against is None:
        return
    own, rival = series[-1], figures.point(topic.against, series[-1].year)
    if rival is None or own.value == rival.value:
        return
    way = Direction.UP if own.value > rival.value else Direction.DOWN
    claim = Claim(Operation.COMPARISON, (own.cell, rival.cell), direction=way)
    than = bound(f"{'più' if way is Direction.UP else 'meno'} {topic.against.noun.after('di')}", claim)
    noun, catalogue = topic.noun, figures.catalogue
    said: Said = (
        *(f"nel {own.year} {noun.definite} (", value(catalogue, topic, own), f") {noun.verb('è', 'sono')} ", than),
        *(" (", value(catalogue, topic.against, rival), ")"),
    )
    other: Said = (
        *(f"{noun.definite} (", value(catalogue, topic, own), f") nel {own.year} {noun.verb('è', 'sono')} ", than),
        *(" (", value(catalogue, topic.against, rival), ")"),
    )
    apart = 100 * abs(own.value - rival.value) / max(abs(own.value), abs(rival.value))
    yield Fact(
        FactKind.RIVAL,
        topic,
        interest_of(apart, Decimal(30), topic.weight),
        (Form("in the year", said), Form("bracket", other)),
    )


def find_levels(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """The figure alone, where there is nothing to hold it up to."""
    series = figures.current(topic)
    if len(series) != 1 or not series[-1].value or _comparable(figures.catalogue, topic, series[-1]):
        return
    own, noun = series[-1], topic.noun.definite
    now = is_(topic, figures.catalogue, value(figures.catalogue, topic, own))
    forms = (Form("in the year", (f"nel {own.year} {noun} ", *now)), Form("subject", (f"{noun} nel {own.year} ", *now)))
    yield Fact(FactKind.LEVEL, topic, Decimal("0.4") * topic.weight, forms)


def find_absences(figures: Figures, topic: Topic) -> Iterator[Fact]:
    """What there is none of, beside the larger territory that has some."""
    year, noun, catalogue = figures.catalogue.year + topic.cube.offset, topic.noun, figures.catalogue
    if not figures.is_none(topic, year) or topic.cube.is_balance or catalogue.units[topic.cube.unit].intensive:
        return
    claim = Claim(Operation.SIGN, (figures.cell(topic, year),), direction=Direction.LEVEL)
    lacking = f"non risultano {noun.noun}" if noun.plural else f"{noun.definite} è {noun.agree('null')}"
    none = bound(lacking, claim)
    beside = ((place, figures.point(topic, year, place.code)) for place in figures.others)
    larger = next(((place, point) for place, point in beside if point is not None and point.value), None)
    there: Said = ()
    if larger is not None:
        place, point = larger
        there = (f"; {place.locative} ", *is_(topic, catalogue, value(catalogue, topic, point)))
    here = figures.territory.locative
    forms = (
        Form("in the year", (f"nel {year} {here} ", none, *there)),
        Form("here", (f"{here} nel {year} ", none, *there)),
    )
    yield Fact(FactKind.ABSENCE, topic, Decimal("0.7") * topic.weight, forms)

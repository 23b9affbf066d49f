"""Facts: something that the figures of a topic tell, how much it tells, and the ways to say it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from rendiconto.catalogue.declarations import Catalogue, Topic
from rendiconto.compose.commentary.figures import Figures, Point
from rendiconto.compose.commentary.saying import Bound, Change, Said, amount_of, bound, value_claim
from rendiconto.italian.numbers import MINUS, format_number
from rendiconto.italian.phrases import before_figure, definite_figure


class FactKind(StrEnum):
    """What a fact is about; a chapter does not say two of a kind about one topic."""

    CHANGE = "change"
    REVERSAL = "reversal"
    STREAK = "streak"
    EXTREME = "extreme"
    SIGN = "sign"
    CROSSING = "crossing"
    STANDING = "standing"
    RANK = "rank"
    SHARE = "share"
    GAP = "gap"
    RIVAL = "rival"
    LEVEL = "level"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class Form:
    """A way to say a fact; forms of one ``name`` begin alike."""

    name: str
    said: Said


@dataclass(frozen=True, slots=True)
class Fact:
    """What is told of a topic. ``interest`` ranks it (1 is worth a sentence); ``forms`` has the plainest first."""

    kind: FactKind
    topic: Topic
    interest: Decimal
    forms: tuple[Form, ...]


Finder = Callable[[Figures, Topic], Iterator[Fact]]
"""Finds the facts of a topic."""

AGAIN: Final = "again"
"""The form of a fact right after another about the same topic: it does not name it."""
MOST_INTEREST: Final = Decimal(3)


def interest_of(size: Decimal, worth: Decimal, weight: Decimal) -> Decimal:
    """How much a size tells: 1 where it is ``worth`` a sentence, never more than a few times that, by the topic's weight."""
    return min(size / worth, MOST_INTEREST) * weight


def value(catalogue: Catalogue, topic: Topic, point: Point, *, unit: bool = True, beside: Point | None = None) -> Bound:
    """A topic's figure as a bound amount; without a unit that its name has said ("le ore … sono 12.345").

    A sum of money is scaled as the smaller of it and the one ``beside`` it.
    """
    model = catalogue.units[topic.cube.unit_at(point.cell[1])[0]]
    unit = unit and model.word not in topic.noun.noun.split()
    amount = amount_of(catalogue, point, unit=unit, beside=beside)
    return bound(amount.text, value_claim(point, amount))


def with_article(amount: Bound) -> Bound:
    """A bound amount as something spoken of: a percentage has its article ("il 66,7%"), others stand plain."""
    return Bound(definite_figure(amount.text), amount.claims) if amount.text.endswith("%") else amount


def after(preposition: str, amount: Bound) -> Bound:
    """A bound amount with a preposition: articulated before a percentage ("dal 66,7%"), plain before others ("da 8.638")."""
    joined = before_figure(preposition, amount.text) if amount.text.endswith("%") else f"{preposition} {amount.text}"
    return Bound(joined, amount.claims)


def is_(topic: Topic, catalogue: Catalogue, amount: Bound) -> Said:
    """The verb that gives a topic its figure: "sono 8.924", "è pari al 68,3%", "ammontano a 219,2 milioni di euro"."""
    unit, _ = topic.cube.unit_at(amount.claims[0].cells[0][1])
    model = catalogue.units[unit]
    if model.rounded_in_prose:
        return (topic.noun.verb("ammonta", "ammontano"), " ", after("a", amount))
    if topic.noun.plural and not model.intensive:
        return ("sono ", amount)
    return (topic.noun.verb("è pari", "sono pari"), " ", after("a", amount))


def growth_text(change: Change) -> str:
    """The size of a change with its sign: "+3,3%", "−1,2 punti percentuali"; empty where per cent say nothing."""
    if change.size is None or not change.size:
        return ""
    sign = "+" if change.difference > 0 else MINUS
    if change.of.cell[0].is_rate:
        return f"{sign}{points_text(change.size)}"
    return f"{sign}{format_number(change.size, 1)}%"


def points_text(size: Decimal) -> str:
    """A size as said: ``1,6 punti percentuali``."""
    return f"{format_number(size, 1)} punti percentuali"

"""The figures of a report audited: all checks of the catalogue on what it prints, and what our own data have otherwise."""

from collections.abc import Iterable, Iterator

from rendiconto.audit.rules import AUDIT_RULES
from rendiconto.catalogue.declarations import Catalogue
from rendiconto.check import RULES, check_data
from rendiconto.check.checking import describe
from rendiconto.check.evidence import printed_decimals
from rendiconto.document.values import Status
from rendiconto.findings import Finding
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.observations.resolution import Resolver
from rendiconto.observations.store import ObservationStore
from rendiconto.read.settling import ReadCell
from rendiconto.territory import Territory

NOT_FOR_ONE_DOCUMENT = frozenset(("missing", "revised"))
"""Rules about deliveries: what one document does not print is no fault of its figures."""


def audit_figures(catalogue: Catalogue, printed: ObservationStore, territory: Territory) -> list[Finding]:
    """What the checks find in the figures that a report prints."""
    rules = [name for name in RULES if name not in NOT_FOR_ONE_DOCUMENT]
    return check_data(catalogue, printed, focus=(territory,), as_published=True, rules=rules)


def compare_figures(catalogue: Catalogue, cells: Iterable[ReadCell], ours: ObservationStore) -> Iterator[Finding]:
    """Figures that the data have otherwise; a confidential one of ours is never said."""
    resolver = Resolver(catalogue, ours)
    for cell in cells:
        cube, codes = cell.planned.cube, cell.planned.codes
        own = resolver.resolve(cube, codes)
        if own.status in (Status.MISSING, Status.CONFIDENTIAL) or cell.figure.status is Status.MISSING:
            continue
        decimals = printed_decimals(cube, codes)
        value = None if own.value is None else round_half_away(own.value, decimals)
        theirs = cell.figure.value
        if (value, own.status) != (theirs, cell.figure.status):
            shown = own.status.symbol if value is None else format_number(value, decimals)
            words = {"text": cell.figure.text, "figures": shown, "what": describe(catalogue, (cube.name, codes))}
            yield AUDIT_RULES["unlike_data"].finding(
                (str(cell.ref),), words, values=(cell.figure.text,), expected=value, observed=theirs
            )

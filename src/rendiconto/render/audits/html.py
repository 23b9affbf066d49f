"""Audits as one Italian page that needs nothing else: the text as it was read, each claim marked in it, its cells beside it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rendiconto.document.claims import AuditReport
from rendiconto.findings import Rule
from rendiconto.italian import format_number
from rendiconto.render.audits.marking import Look
from rendiconto.render.audits.views import LOOKS_IT, OPERATIONS_IT, STATUSES_IT, AuditView
from rendiconto.render.findings.citedcells import cited_cells, visible
from rendiconto.render.findings.grouping import SEVERITIES_IT, split_by_severity

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_TEMPLATE = "page.html"
_BREAKS = str.maketrans({"\f": " ", "\v": " ", "\N{SOFT HYPHEN}": None})
"""Of a page, a line and a word: they are how a text was laid out, and not spelled out as other hidden characters are."""


def render_html(reports: Sequence[AuditReport], rules: Mapping[str, Rule]) -> bytes:
    """The page in UTF-8: for each text a summary, what is contradicted, the text, findings, what was not understood."""
    page = (
        _environment()
        .get_template(_TEMPLATE)
        .render(
            views=[AuditView(report, number) for number, report in enumerate(reports, start=1)],
            rules=rules,
            looks=LOOKS_IT,
            Look=Look,
            operations=OPERATIONS_IT,
            statuses=STATUSES_IT,
            severities=SEVERITIES_IT,
            by_severity=split_by_severity,
            cells=cited_cells,
        )
    )
    return page.encode()


def _shown(value: Any) -> Any:
    """What every expression of the template passes through before it is escaped; what a macro made has been through."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return visible(value)
    return value


def _running(text: str) -> str:
    """Text of a paragraph as it is read."""
    return text.translate(_BREAKS)


def _count(number: int) -> str:
    return format_number(Decimal(number), 0)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(running=_running, count=_count)
    return environment

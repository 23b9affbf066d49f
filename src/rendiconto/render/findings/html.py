"""Findings as one Italian page that needs nothing else: no script, no font, no address of another site."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rendiconto.findings import Finding
from rendiconto.italian.dates import format_date
from rendiconto.render.findings import FindingsReport
from rendiconto.render.findings.citedcells import cited_cells, visible
from rendiconto.render.findings.grouping import SEVERITIES_IT, split_by_office, tally_it

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_TEMPLATE = "page.html"


def render_html(report: FindingsReport) -> bytes:
    """The page in UTF-8: by office and severity, each finding with its cells; then what has been waived."""
    page = (
        _environment()
        .get_template(_TEMPLATE)
        .render(
            report=report,
            offices=split_by_office(report.findings),
            severities=SEVERITIES_IT,
            tally=tally_it(report.findings, len(report.waived)),
            day=_italian_day,
            cells=cited_cells,
            anchor=_Anchors().take,
        )
    )
    return page.encode()


def _italian_day(iso: str) -> str:
    return format_date(date.fromisoformat(iso))


class _Anchors:
    """Ids of a page, each given out once: two findings on one cell may bear the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, finding: Finding) -> str:
        """The finding's id, or nothing if it stands on the page already."""
        if finding.id in self._taken:
            return ""
        self._taken.add(finding.id)
        return finding.id


def _shown(value: Any) -> Any:
    """What every expression of the template passes through before it is escaped."""
    return visible(value) if isinstance(value, str) else value


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

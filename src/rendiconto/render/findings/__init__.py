"""Reports of findings: what the checks say, in the form that each reader wants.

Like the renderers of a Document these are pure functions, here from a ``FindingsReport`` to the bytes of one file; they decide
nothing about what is wrong. The same report gives the same bytes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from rendiconto.errors import UnknownName, nearest_names
from rendiconto.findings import Finding, Rule


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that somebody accepted: who, why, and the last day (ISO) for which that holds."""

    finding: Finding
    author: str
    reason: str
    expires: str


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """All that a report of findings says.

    ``edition`` is a year, ``date`` the ISO day of the data (or of the check), ``rules`` those that were run, by id: a finding
    of a rule that is not among them is reported with the rule's id alone. ``tool_version`` is said where a format has
    room for it.
    """

    title: str
    edition: int
    data_version: str
    date: str
    findings: tuple[Finding, ...]
    waived: tuple[WaivedFinding, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    tool_version: str = ""


FindingsFormat = Callable[[FindingsReport], bytes]

FINDING_FORMATS: dict[str, str] = {
    "text": "rendiconto.render.findings.text:render_text",
    "json": "rendiconto.render.findings.jsontext:render_json",
    "html": "rendiconto.render.findings.html:render_html",
    "xlsx": "rendiconto.render.findings.workbook:render_workbook",
    "sarif": "rendiconto.render.findings.sarif:render_sarif",
}
"""Format name to "module:function"; loaded when first asked for, because some bring a heavy library."""


def render_findings(name: str, report: FindingsReport) -> bytes:
    """The report in a format of ``FINDING_FORMATS``; raises ``UnknownName`` for another."""
    if name not in FINDING_FORMATS:
        raise UnknownName("format", name, nearest_names(name, FINDING_FORMATS) or tuple(FINDING_FORMATS))
    module, function = FINDING_FORMATS[name].split(":")
    renderer: FindingsFormat = getattr(import_module(module), function)
    return renderer(report)

"""Reports of audits: what the data say of a text, in the form that each reader wants.

Like the renderers of a Document these are pure functions, here from ``AuditReport`` values to the bytes of one file; they
decide nothing about what is true. The same reports give the same bytes.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from rendiconto.document.claims import AuditReport
from rendiconto.errors import UnknownName, nearest_names
from rendiconto.findings import Rule

AuditFormat = Callable[[Sequence[AuditReport], Mapping[str, Rule]], bytes]

AUDIT_FORMATS: dict[str, str] = {
    "text": "rendiconto.render.audits.text:render_text",
    "json": "rendiconto.render.audits.jsontext:render_json",
    "html": "rendiconto.render.audits.html:render_html",
    "sarif": "rendiconto.render.audits.sarif:render_sarif",
}
"""Format name to "module:function"; loaded when first asked for, because some bring a heavy library."""


def render_audit(name: str, reports: Sequence[AuditReport], rules: Mapping[str, Rule] | None = None) -> bytes:
    """The reports, in their order, in a format of ``AUDIT_FORMATS``; raises ``UnknownName`` for another.

    ``rules`` explain the findings, by id: a finding of a rule that is not among them is reported with the rule's id alone.
    """
    if name not in AUDIT_FORMATS:
        raise UnknownName("format", name, nearest_names(name, AUDIT_FORMATS) or tuple(AUDIT_FORMATS))
    module, function = AUDIT_FORMATS[name].split(":")
    renderer: AuditFormat = getattr(import_module(module), function)
    return renderer(reports, rules or {})

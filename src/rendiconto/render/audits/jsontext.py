"""An audit as JSON: the stable shape that scripts read."""

from collections.abc import Mapping, Sequence

import simplejson

from rendiconto.document.claims import AuditReport
from rendiconto.findings import Rule


def render_json(reports: Sequence[AuditReport], rules: Mapping[str, Rule]) -> bytes:
    """One report as ``{"file", "territory", "edition", "coverage", "claims", "findings"}``; others as ``{"reports": […]}``.

    UTF-8; figures are JSON numbers with the digits they have. Rules are not said.
    """
    del rules
    found = [_report(report) for report in reports]
    content = found[0] if len(found) == 1 else {"reports": found}
    text = simplejson.dumps(content, ensure_ascii=False, use_decimal=True, indent=1) + "\n"
    # A file's name may hold bytes that are no text; within a JSON string their escape is the same in Python and in JSON.
    return text.encode(errors="backslashreplace")


def _report(report: AuditReport) -> dict[str, object]:
    return {
        "file": report.file,
        "territory": report.territory,
        "edition": report.edition,
        "coverage": report.coverage.as_json(),
        "claims": [claim.as_json() for claim in report.claims],
        "findings": [finding.as_json() for finding in report.findings],
    }

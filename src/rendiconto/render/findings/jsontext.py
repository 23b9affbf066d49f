"""Findings as JSON: the stable shape that scripts read."""

import simplejson

from rendiconto.render.findings import FindingsReport


def render_json(report: FindingsReport) -> bytes:
    """``{"findings": […], "waived": […]}`` in UTF-8; figures are JSON numbers with the digits they have."""
    content = {
        "findings": [finding.as_json() for finding in report.findings],
        "waived": [
            {"id": waived.finding.id, "author": waived.author, "reason": waived.reason, "expires": waived.expires}
            for waived in report.waived
        ],
    }
    return (simplejson.dumps(content, ensure_ascii=False, use_decimal=True, indent=1) + "\n").encode()

"""The journey of the data in one place: take in, check, compose, render, put in place; and backwards: read, audit.

These functions are the Python API too. Figures are ``Decimal``; errors are ``rendiconto.errors.RendicontoError`` with
what happened, where, and what to do.
"""

from rendiconto.pipeline.attached import take_attached
from rendiconto.pipeline.auditing import AuditData, audit_data, audit_file, audit_rules, audit_text
from rendiconto.pipeline.building import (
    Built,
    build_report,
    check_formats,
    render_data,
    render_pdf,
    render_site,
    render_xlsx,
)
from rendiconto.pipeline.checking import check_edition
from rendiconto.pipeline.delivering import ingest_files, inspect_files, request_workbook
from rendiconto.pipeline.editions import DEFAULT_EDITION, Edition, compose_report, load_edition
from rendiconto.pipeline.reading import deliver_reading, read_file

__all__ = [
    "DEFAULT_EDITION",
    "AuditData",
    "Built",
    "Edition",
    "audit_data",
    "audit_file",
    "audit_rules",
    "audit_text",
    "build_report",
    "check_edition",
    "check_formats",
    "compose_report",
    "deliver_reading",
    "ingest_files",
    "inspect_files",
    "load_edition",
    "read_file",
    "render_data",
    "render_pdf",
    "render_site",
    "render_xlsx",
    "request_workbook",
    "take_attached",
]

"""The journey of the data in one place: take in, check, compose, render, put in place; and backwards: read, audit.

These functions are the Python API too. Figures are ``Decimal``; errors are ``rendiconto.errors.RendicontoError`` with
what happened, where, and what to do.
"""

from rendiconto.pipeline.atlas import AtlasBuilt, atlas_folder, build_atlas, plan_atlas
from rendiconto.pipeline.attached import take_attached
from rendiconto.pipeline.auditing import AuditData, audit_data, audit_file, audit_rules, audit_text
from rendiconto.pipeline.batches import Batch, Outcome, Report, build_batch, plan_batch
from rendiconto.pipeline.building import (
    Built,
    build_report,
    check_formats,
    compose_whole,
    render_data,
    render_docx,
    render_pdf,
    render_site,
    render_xlsx,
)
from rendiconto.pipeline.checking import check_edition
from rendiconto.pipeline.delivering import ingest_files, inspect_files, request_workbook
from rendiconto.pipeline.editions import DEFAULT_EDITION, Edition, compose_report, load_edition
from rendiconto.pipeline.reading import deliver_reading, read_file
from rendiconto.pipeline.reviewing import review_file
from rendiconto.pipeline.texts import CheckedTexts, ReleaseRefused, check_texts

__all__ = [
    "DEFAULT_EDITION",
    "AtlasBuilt",
    "AuditData",
    "Batch",
    "Built",
    "CheckedTexts",
    "Edition",
    "Outcome",
    "ReleaseRefused",
    "Report",
    "atlas_folder",
    "audit_data",
    "audit_file",
    "audit_rules",
    "audit_text",
    "build_atlas",
    "build_batch",
    "build_report",
    "check_edition",
    "check_formats",
    "check_texts",
    "compose_report",
    "compose_whole",
    "deliver_reading",
    "ingest_files",
    "inspect_files",
    "load_edition",
    "plan_atlas",
    "plan_batch",
    "read_file",
    "render_data",
    "render_docx",
    "render_pdf",
    "render_site",
    "render_xlsx",
    "request_workbook",
    "review_file",
    "take_attached",
]

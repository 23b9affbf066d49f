"""Rendiconto: compiles the Rendiconto Sociale of a territory from data, and type-checks it.

The names below are the public Python API; they load what they need when first used, so that
``import rendiconto`` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rendiconto.pipeline import (
        audit_data,
        audit_file,
        audit_text,
        build_report,
        check_edition,
        compose_report,
        ingest_files,
        inspect_files,
        load_edition,
        read_file,
        render_data,
        render_docx,
        render_pdf,
        render_site,
        render_xlsx,
        request_workbook,
        review_file,
    )

__all__ = [
    "audit_data",
    "audit_file",
    "audit_text",
    "build_report",
    "check_edition",
    "compose_report",
    "ingest_files",
    "inspect_files",
    "load_edition",
    "read_file",
    "render_data",
    "render_docx",
    "render_pdf",
    "render_site",
    "render_xlsx",
    "request_workbook",
    "review_file",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load a public name from the pipeline on first use."""
    if name in __all__:
        return getattr(import_module("rendiconto.pipeline"), name)
    raise AttributeError(f"module 'rendiconto' has no attribute {name!r}")

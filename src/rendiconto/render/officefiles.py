"""What files of office libraries share: properties that come from the report, bytes that do not come from the clock."""

import io
from datetime import UTC, datetime
from typing import Any

from rendiconto.document import Document
from rendiconto.render.archive import repack_office


def set_properties(office: Any, document: Document, title: str, subject: str) -> None:
    """Who, what and when, for a file of python-docx or python-pptx; the day is that of the data."""
    properties = office.core_properties
    properties.title, properties.subject = title, subject
    properties.author = properties.last_modified_by = "Rendiconto"
    properties.language = "it-IT"
    properties.comments = properties.keywords = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.fromisoformat(document.issued).replace(tzinfo=UTC)


def office_bytes(office: Any) -> bytes:
    """The file, packed by our own writer of archives."""
    stream = io.BytesIO()
    office.save(stream)
    return repack_office(stream.getvalue())

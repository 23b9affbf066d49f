"""The workbook of a report, and that of a single table.

The model is the UK government's guidance on releasing statistics in spreadsheets: cover, contents with links, one
table to a sheet with its title in A1, everything there is to know above the figures, tables marked as such, one
header row, no merged cells, no figure that only its colour explains.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from rendiconto.document import Document, Table
from rendiconto.render import Files
from rendiconto.render.archive import read_zip, write_zip
from rendiconto.render.xlsx.frontmatter import CONTENTS, COVER, write_closing, write_contents, write_cover
from rendiconto.render.xlsx.page import Formats
from rendiconto.render.xlsx.tablesheet import write_table

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CORE = "docProps/core.xml"


def render_xlsx(document: Document) -> Files:
    """One file, ``rendiconto-sociale-{slug}-{edition}.xlsx``, with every table of the report."""

    def write(workbook: Any, formats: Formats) -> None:
        write_cover(workbook, formats, document)
        write_contents(workbook, formats, document)
        for table in document.tables:
            write_table(workbook, formats, document, table, back=CONTENTS)
        write_closing(workbook, formats, document)

    title = f"{document.title} – {document.subtitle}"
    name = f"rendiconto-sociale-{document.territory.slug}-{document.edition}.xlsx"
    return {name: _workbook(document, title, write)}


def table_workbook(document: Document, table: Table) -> bytes:
    """A workbook with one table of the report and a cover that explains symbols and licence."""

    def write(workbook: Any, formats: Formats) -> None:
        write_table(workbook, formats, document, table, back=COVER)
        write_cover(workbook, formats, document, contents=False)

    return _workbook(document, f"{table.label} – {table.title} – {document.title}, {document.subtitle}", write)


def _workbook(document: Document, title: str, write: Callable[[Any, Formats], None]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, _OPTIONS)
    workbook.set_properties(
        {
            "title": title,
            "subject": document.territory.title,
            "keywords": f"{document.territory.name}, {document.edition}, statistiche, previdenza",
            "created": datetime.fromisoformat(document.issued).replace(tzinfo=UTC),
        }
    )
    write(workbook, Formats(workbook))
    workbook.close()
    return _repack(stream.getvalue(), document.language)


def _repack(workbook: bytes, language: str) -> bytes:
    """The same workbook from our own zip writer, with the language that the library cannot state."""
    members = read_zip(workbook)
    core = members[_CORE].decode()
    end = "</cp:coreProperties>"
    members[_CORE] = core.replace(end, f"<dc:language>{language}</dc:language>{end}").encode()
    return write_zip(members)

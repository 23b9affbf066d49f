"""A request as a workbook: instructions, one sheet for each cube with a row for each figure, and the codes.

Rows carry their own key, so that they can be sorted, filtered or moved; what comes back needs no profile.
"""

import io
from datetime import UTC, datetime
from typing import Any

from rendiconto.document.request import Request, RequestedCube
from rendiconto.render.archive import read_zip, write_zip
from rendiconto.render.xlsx.page import Formats, Page, number

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
VALUE = "valore"
_HELP = (
    "Ogni foglio è un insieme di dati; ogni riga è una cifra, con la sua chiave nelle prime colonne.",
    "Scrivere la cifra nell'ultima colonna, «valore»: un numero, senza formule.",
    "Trattino (-): il fenomeno non esiste. Asterisco (*): dato riservato. n.d.: dato non disponibile.",
    "Le righe si possono ordinare e filtrare; le colonne della chiave non vanno cambiate. Una riga senza valore non è letta.",
    "Accanto sta la cifra dell'anno precedente, dove è nota.",
)


def render_request(request: Request) -> bytes:
    """The workbook."""
    import xlsxwriter

    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, _OPTIONS)
    title = f"Richiesta dati – {request.office} – edizione {request.edition}"
    workbook.set_properties({"title": title, "created": datetime.fromisoformat(request.date).replace(tzinfo=UTC)})
    formats = Formats(workbook)
    _write_help(workbook, formats, request, title)
    names = _sheet_names(request)
    for cube in request.cubes:
        _write_cube(workbook, formats, cube, names[cube.cube])
    _write_codes(workbook, formats, request)
    workbook.close()
    return write_zip(read_zip(stream.getvalue()))


def _sheet_names(request: Request) -> dict[str, str]:
    """A sheet's name has 31 letters at most; two that would be alike are numbered."""
    names: dict[str, str] = {}
    for cube in request.cubes:
        name, turn = cube.cube[:31], 2
        while name in names.values():
            name, turn = f"{cube.cube[:28]}_{turn}", turn + 1
        names[cube.cube] = name
    return names


def _write_help(workbook: Any, formats: Formats, request: Request, title: str) -> None:
    page = Page(workbook.add_worksheet("Istruzioni"), formats, (90,))
    page.title(title)
    for line in _HELP:
        page.line(line)
    page.skip()
    page.heading("Fogli")
    for cube in request.cubes:
        page.line(f"{cube.title}: {len(cube.figures)} cifre")


def _write_cube(workbook: Any, formats: Formats, cube: RequestedCube, name: str) -> None:
    sheet = workbook.add_worksheet(name)
    depth = len(cube.titles)
    page = Page(sheet, formats, (22, *(12,) * depth, *(26,) * depth, 20, 16, 18))
    page.title(cube.title)
    page.remark(f"Insieme osservato: {cube.perimeter}")
    page.remark(_HELP[1])
    page.skip()
    keys = [dimension for dimension, _ in cube.figures[0].key]
    labels = [f"{title} (etichetta)" for title in cube.titles]
    headers = ["cube", *keys, *labels, "unità", "anno precedente", VALUE]
    header_row = page.row
    for column, text in enumerate(headers):
        sheet.write_string(header_row, column, text, formats.header(number=column >= len(headers) - 2))
    code = formats.get(font_color="#595959")
    for row, figure in enumerate(cube.figures, start=header_row + 1):
        texts = [cube.cube, *(value for _, value in figure.key)]
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, code)
        for column, text in enumerate((*figure.labels, figure.unit), start=len(texts)):
            sheet.write_string(row, column, text, formats.get())
        form = formats.figure(figure.decimals, total=False, marked=False)
        if figure.before is not None:
            sheet.write_number(row, len(headers) - 2, number(figure.before), form)
        sheet.write_blank(row, len(headers) - 1, None, formats.get(bg_color="#FFF8E1", border=1, border_color="#8C8C8C"))
    sheet.freeze_panes(header_row + 1, 1)
    sheet.autofilter(header_row, 0, header_row + len(cube.figures), len(headers) - 1)
    last = header_row + len(cube.figures)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + min(depth, 25))}{last + 1}"})


def _write_codes(workbook: Any, formats: Formats, request: Request) -> None:
    page = Page(workbook.add_worksheet("Codici"), formats, (28, 14, 60))
    page.title("Codici")
    rows: dict[tuple[str, str, str], None] = {}
    for cube in request.cubes:
        for title, codes in zip(cube.titles, cube.codes, strict=True):
            rows.update(dict.fromkeys((title, code, label) for code, label in codes))
    page.table("Codici", ("Dimensione", "Codice", "Etichetta"), list(rows) or [("–", "–", "–")])

"""Findings as a workbook to send back: a summary, and a sheet for each office with a row for each figure to look at.

Messages and hints are said again in every row, so that rows can be sorted and filtered; nothing is merged.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from rendiconto.findings import Finding
from rendiconto.italian.dates import format_date
from rendiconto.italian.numbers import MINUS
from rendiconto.render.archive import read_zip, write_zip
from rendiconto.render.findings import FindingsReport, WaivedFinding
from rendiconto.render.findings.citedcells import SUSPECT, TO_DELIVER, CitedCell, cited_cells, decimals_of, visible
from rendiconto.render.findings.grouping import SEVERITIES_IT, OfficeFindings, split_by_office, tally_it
from rendiconto.render.xlsx.page import Formats, Page, lines_needed, number, sheet_address

SUMMARY = "Riepilogo"
WAIVERS = "Deroghe"
HEADERS = (
    "Gravità",
    "Codice",
    "Tavola/cella",
    "Dato",
    "Valore pervenuto",
    "Valore atteso",
    "Messaggio",
    "Come rimediare",
    "Segno",
)
_WIDTHS = (14, 24, 34, 38, 18, 18, 60, 44, 17)
_FILL = {"bg_color": "#FFF1CC"}
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_LONGEST_TEXT = 32_767
_EXACT_DIGITS = 15
_HIGHEST = 400
"""Points; a row may not be higher than 409."""

_MOST_ROWS = 1_000_000
"""A sheet ends at row 1,048,576; what does not fit is said rather than lost."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_HELP = (
    "Ogni foglio è di un ufficio; ogni riga è una cifra da guardare, e le righe di uno stesso codice sono un solo rilievo.",
    f"«{SUSPECT}» segna la cifra che più probabilmente va corretta, «{TO_DELIVER}» una cifra non pervenuta.",
    "Le altre righe dello stesso codice sono le cifre con cui quella segnata non concorda.",
)


def render_workbook(report: FindingsReport) -> bytes:
    """The workbook, in Italian: summary, a sheet for each office in alphabetical order, waivers if there are any."""
    import xlsxwriter

    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, _OPTIONS)
    created = datetime.fromisoformat(report.date).replace(tzinfo=UTC)
    workbook.set_properties({"title": f"{report.title} – edizione {report.edition}", "created": created})
    formats = Formats(workbook)
    offices = split_by_office(report.findings)
    names = sheet_names(group.title for group in offices)
    _write_summary(workbook, formats, report, dict(zip(names, offices, strict=True)))
    for name, group in zip(names, offices, strict=True):
        _OfficeSheet(workbook.add_worksheet(name), formats, group).write()
    if report.waived:
        _write_waivers(workbook, formats, report.waived)
    workbook.close()
    return write_zip(read_zip(stream.getvalue()))


def sheet_names(titles: Iterable[str]) -> list[str]:
    """A name for each title that a spreadsheet takes: 31 characters, none forbidden, no two alike whatever the case."""
    taken = {SUMMARY.casefold(), WAIVERS.casefold(), "history"}
    names = []
    for title in titles:
        plain = " ".join(visible(title).translate(_FORBIDDEN).split()).strip("' ") or "Ufficio"
        name, turn = _shortened(plain, ""), 2
        while name.casefold() in taken:
            name, turn = _shortened(plain, f" ({turn})"), turn + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _shortened(plain: str, suffix: str) -> str:
    """The text with the suffix, cut where it is too long; length is counted as spreadsheets do, in UTF-16."""
    room = _LONGEST_NAME - len(suffix)
    if len(plain.encode("utf-16-le")) <= 2 * room:
        return plain + suffix
    cut = plain.encode("utf-16-le")[: 2 * (room - 1)].decode("utf-16-le", errors="ignore")
    return cut.rstrip(" '") + "…" + suffix


def _write_summary(workbook: Any, formats: Formats, report: FindingsReport, offices: dict[str, OfficeFindings]) -> None:
    sheet = workbook.add_worksheet(SUMMARY)
    page = Page(sheet, formats, (70, 14, 14, 14))
    page.title(_fitting(report.title))
    day = format_date(date.fromisoformat(report.date))
    page.remark(_fitting(f"Edizione {report.edition}, versione dei dati {report.data_version}, {day}"))
    page.remark(f"Rilievi: {tally_it(report.findings, len(report.waived))}")
    for line in _HELP:
        page.line(line)
    page.skip()
    _set_print(sheet)
    if not offices:
        page.line("Nessun rilievo aperto.")
        return
    for column, text in enumerate(("Ufficio", *(many for _, many in SEVERITIES_IT.values()))):
        sheet.write_string(page.row, column, text, formats.header(number=column > 0))
    page.row += 1
    for name, group in offices.items():
        page.link(sheet_address(name), _fitting(group.title))
        for column, severity in enumerate(SEVERITIES_IT, start=1):
            count = len(group.by_severity.get(severity, ()))
            sheet.write_number(page.row, column, count, formats.figure(0, total=False, marked=False))
        page.row += 1


@dataclass
class _OfficeSheet:
    """The sheet of an office, with the formats that its rows need."""

    sheet: Any
    formats: Formats
    group: OfficeFindings

    def write(self) -> None:
        """Fill the sheet."""
        page = Page(self.sheet, self.formats, _WIDTHS)
        page.title(_fitting(self.group.title))
        page.link(sheet_address(SUMMARY), f"Torna a: {SUMMARY}")
        page.row += 1
        rows = sum(max(len(finding.cells), 1) for finding in self.group.findings)
        if rows > _MOST_ROWS:
            page.remark(f"Il foglio ha le prime {_MOST_ROWS} righe di {rows}.")
        page.skip()
        top = page.row
        for column, header in enumerate(HEADERS):
            self.sheet.write_string(top, column, header, self.formats.header(number=column in {4, 5}))
        last = top + min(rows, _MOST_ROWS)
        for row, (finding, cell, first) in zip(range(top + 1, last + 1), self._rows(), strict=False):
            self._write_row(row, finding, cell, first=first)
        self.sheet.freeze_panes(top + 1, 0)
        self.sheet.autofilter(top, 0, last, len(HEADERS) - 1)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:I{last + 1}"})
        self.sheet.repeat_rows(top)
        _set_print(self.sheet)

    def _rows(self) -> Iterator[tuple[Finding, CitedCell, bool]]:
        nowhere = CitedCell("", "", "", None, None, suspect=False)
        for findings in self.group.by_severity.values():
            for finding in findings:
                for at, cell in enumerate(cited_cells(finding) or (nowhere,)):
                    yield finding, cell, at == 0

    def _write_row(self, row: int, finding: Finding, cell: CitedCell, *, first: bool) -> None:
        # A line parts a finding from the one above.
        look = {"top": 1, "top_color": "#8C8C8C"} if first else {}
        marked = {**look, **_FILL} if cell.mark else look
        plain = self.formats.get(text_wrap=True, **look)
        texts = (SEVERITIES_IT[finding.severity][0], finding.id, cell.cell, cell.key)
        for column, text in enumerate(texts):
            self.sheet.write_string(row, column, _fitting(text), plain)
        sign = "► " if cell.mark else ""
        self._write_figure((row, 4), cell.number, cell.value, decimals_of(cell.number), marked, sign)
        self._write_figure((row, 5), cell.expected, cell.expected_text, cell.expected_decimals, look)
        for column, text in ((6, finding.message_it), (7, finding.hint_it)):
            self.sheet.write_string(row, column, _fitting(text), plain)
        self.sheet.write_string(row, 8, cell.mark, self.formats.get(text_wrap=True, **marked))
        # The first row of a finding is as high as its texts need; the rows below say them again, cut short to the eye.
        self._set_height(row, [*texts, cell.value, "", *((finding.message_it, finding.hint_it) if first else ())])

    def _set_height(self, row: int, texts: list[str]) -> None:
        # Wrapping is slow: only texts that may be longer than their column are measured.
        lines = max(
            (lines_needed(text, width) for text, width in zip(texts, _WIDTHS, strict=False) if len(text) > width), default=1
        )
        self.sheet.set_row(row, min(13 * lines, _HIGHEST))

    def _write_figure(
        self, at: tuple[int, int], value: Decimal | None, text: str, decimals: int, look: dict[str, object], sign: str = ""
    ) -> None:
        """A number where it is one that a spreadsheet holds exactly, else its text; ``sign`` is only shown."""
        shown = f'"{sign}"' if sign else ""
        side = {"align": "right", "indent": 1, **look}
        if value is None or len(value.as_tuple().digits) > _EXACT_DIGITS:
            form = self.formats.get(num_format=f"{shown}@", text_wrap=True, **side)
            self.sheet.write_string(*at, _fitting(text), form)
            return
        places = "#,##0" + ("." + "0" * decimals if decimals else "")
        pattern = f'{shown}{places};{shown}"{MINUS}"{places}'
        self.sheet.write_number(*at, number(value), self.formats.get(num_format=pattern, **side))


def _fitting(text: str) -> str:
    """Text as a cell takes it: nothing hidden in it, not longer than a cell may be."""
    shown = visible(text)
    return shown if len(shown) <= _LONGEST_TEXT else shown[: _LONGEST_TEXT - 1] + "…"


def _write_waivers(workbook: Any, formats: Formats, waived: Iterable[WaivedFinding]) -> None:
    sheet = workbook.add_worksheet(WAIVERS)
    page = Page(sheet, formats, (24, 60, 44, 24, 18))
    page.title("Rilievi in deroga")
    page.skip()
    page.cells(("Codice", "Rilievo", "Motivo", "Autore", "Scadenza"), formats.header(number=False))
    for entry in waived:
        day = format_date(date.fromisoformat(entry.expires))
        page.cells([_fitting(text) for text in (entry.finding.id, entry.finding.message_it, entry.reason, entry.author, day)])
    _set_print(sheet)


def _set_print(sheet: Any) -> None:
    """A4 across, as wide as the page, as many pages as it takes."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&A&R&P / &N")

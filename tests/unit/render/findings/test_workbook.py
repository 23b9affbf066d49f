"""Findings as a workbook to send back."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from rendiconto.render.archive import read_zip
from rendiconto.render.findings import FindingsReport
from rendiconto.render.findings.workbook import HEADERS, render_workbook, sheet_names
from unit.render.findings.reports import ACTUARIES, INJECTIONS, full_report, not_delivered, report_of, unreadable, wrong_sum

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TOP = 3
"""The row of the headers, from 0."""


def opened(report: FindingsReport) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(render_workbook(report)))


def rows_of(report: FindingsReport, sheet: int = 1) -> list[list[Any]]:
    rows: list[list[Any]] = [list(row) for row in opened(report).get_sheet_by_index(sheet).to_python(skip_empty_area=False)]
    assert tuple(rows[TOP]) == HEADERS
    return rows[TOP + 1 :]


def test_offices_have_a_sheet_each_in_order() -> None:
    assert opened(full_report()).sheet_names == [
        "Riepilogo",
        "Coordinamento generale statist…",
        "Direzione centrale Salute e pr…",
        "Ufficio non indicato",
        "Deroghe",
    ]


def test_the_summary_counts_by_office() -> None:
    rows = opened(full_report()).get_sheet_by_name("Riepilogo").to_python()
    assert rows[0][0] == "Controllo – Massa-Carrara"
    assert rows[2][0] == "Rilievi: 1 errore, 1 avviso, 1 informazione, 1 in deroga"
    assert ["Ufficio", "Errori", "Avvisi", "Informazioni"] in rows
    assert [ACTUARIES, 1, 0, 0] in rows


def test_each_cell_has_a_row_that_says_everything() -> None:
    finding = wrong_sum()
    shared = ["Errore", finding.id]
    said = [finding.message_it, finding.hint_it]
    keys = [f"pensionati/045/2024/{sex}" for sex in "FTM"]
    assert rows_of(report_of(finding)) == [
        [*shared, "T31.0/massa-carrara/2024/r0/c0", keys[0], 27395, "", *said, "► da verificare"],
        [*shared, "T31.0/massa-carrara/2024/r0/c2", keys[1], 54171, 54117, *said, ""],
        [*shared, "T31.0/massa-carrara/2024/r0/c1", keys[2], 26722, "", *said, ""],
    ]


def test_wrong_cells_have_a_fill_and_a_mark_beside_the_figure() -> None:
    members = read_zip(render_workbook(report_of(wrong_sum())))
    styles = etree.fromstring(members["xl/styles.xml"])
    formats = {entry.get("numFmtId"): entry.get("formatCode") for entry in styles.iter(f"{MAIN}numFmt")}
    looks = styles.find(f"{MAIN}cellXfs").findall(f"{MAIN}xf")
    cells = {
        cell.get("r"): looks[int(cell.get("s"))]
        for cell in etree.fromstring(members["xl/worksheets/sheet2.xml"]).iter(f"{MAIN}c")
    }
    suspect, other = cells[f"E{TOP + 2}"], cells[f"E{TOP + 3}"]
    assert suspect.get("fillId") != other.get("fillId")
    assert formats[suspect.get("numFmtId")].startswith('"► "#,##0')
    assert "►" not in formats[other.get("numFmtId")]


def test_decimals_and_negatives_are_numbers() -> None:
    finding = replace(wrong_sum(), values=("−1.310,25", "10,50", "-"), observed=Decimal("10.5"), expected=Decimal("4.25"))
    assert [row[4:6] for row in rows_of(report_of(finding))] == [[-1310.25, ""], [10.5, 4.25], ["-", ""]]


def test_figures_that_a_spreadsheet_cannot_hold_are_texts() -> None:
    finding = replace(wrong_sum(), values=("1" * 400, "12.345.678.901.234.567", "3"))
    assert [row[4] for row in rows_of(report_of(finding))] == ["1" * 400, "12.345.678.901.234.567", 3]


def test_what_a_file_says_stays_as_it_was() -> None:
    assert rows_of(report_of(unreadable("dati.csv row 12", "1.347")))[0][4] == "1.347"


@pytest.mark.parametrize("text", INJECTIONS)
def test_nothing_becomes_a_formula_or_a_link(text: str) -> None:
    finding = replace(unreadable(f"{text}.csv row 2", text), hint_it=text, office=text)
    members = read_zip(render_workbook(replace(report_of(finding), title=text)))
    for name, content in members.items():
        if name.startswith("xl/worksheets/sheet"):
            assert not list(etree.fromstring(content).iter(f"{MAIN}f"))
    assert not [name for name in members if name.startswith("xl/externalLinks") or name.endswith(".bin")]
    assert b"External" not in b"".join(content for name, content in members.items() if name.endswith(".rels"))


def test_injections_are_read_back_as_text() -> None:
    report = report_of(*(unreadable(f"a.csv row {row}", text) for row, text in enumerate(INJECTIONS, 1)))
    assert [row[4] for row in rows_of(report)][:4] == ["=1+1", "+39", "-2+3", '@SUM(A1)"']


def test_a_text_longer_than_a_cell_is_cut_and_shows_it() -> None:
    value = rows_of(report_of(unreadable("a.csv row 1", "x" * 40_000)))[0][4]
    assert isinstance(value, str)
    assert (len(value), value[-1]) == (32_767, "…")


def test_waivers_have_a_sheet() -> None:
    report = full_report()
    row = opened(report).get_sheet_by_name("Deroghe").to_python()[-1]
    waived = report.waived[0]
    assert row == [waived.finding.id, waived.finding.message_it, "la fonte è così", "Nicolò Però", "31 dicembre 2026"]


def test_no_findings_are_said() -> None:
    workbook = opened(report_of())
    assert workbook.sheet_names == ["Riepilogo"]
    assert ["Nessun rilievo aperto."] in [row[:1] for row in workbook.get_sheet_by_index(0).to_python()]


def test_a_finding_without_cells_is_not_lost() -> None:
    finding = replace(wrong_sum(), keys=(), cells=(), values=())
    assert rows_of(report_of(finding))[0][1] == finding.id


@given(st.lists(st.text(max_size=50), max_size=8))
def test_sheet_names_are_valid_and_unique(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({name.casefold() for name in names} | {"riepilogo", "deroghe", "history"}) == len(titles) + 3
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_long_names_that_begin_alike_are_numbered() -> None:
    names = sheet_names([f"Direzione centrale Tecnologia e {end}" for end in ("dati", "reti")])
    assert names == ["Direzione centrale Tecnologia…", "Direzione centrale Tecnolo… (2)"]


def test_ten_thousand_findings_are_all_there() -> None:
    report = report_of(*(wrong_sum(number) for number in range(10_000)), not_delivered())
    content = render_workbook(report)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(1).to_python()
    assert len(rows) == TOP + 1 + 30_000

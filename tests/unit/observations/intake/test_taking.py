"""Office files as they come: titles, merged and two-line headers, typed numbers, totals among the rows, notes, spellings."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter

from rendiconto.catalogue import load_catalogue
from rendiconto.document.values import Status
from rendiconto.observations.columns import CubeObservations
from rendiconto.observations.intake.profiles import Profile
from rendiconto.observations.intake.taking import Intake, take_file
from rendiconto.observations.resolution import Resolver
from rendiconto.pipeline import build_report, load_edition
from rendiconto.territory import Gazetteer

Rows = Sequence[Sequence[Any]]
Merged = tuple[int, int, int, int]


def workbook(path: Path, rows: Rows, merged: Sequence[Merged] = (), sheet: str = "Dati") -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for row, line in enumerate(rows):
            for column, value in enumerate(line):
                if value is not None:
                    page.write(row, column, value)
        for area in merged:
            page.merge_range(*area, rows[area[0]][area[1]])
    return path


def take(path: Path, **options: str) -> Intake:
    return take_file(load_catalogue(2024), path, **options)  # type: ignore[arg-type]


def figures(intake: Intake) -> dict[tuple[str, ...], Decimal | Status | None]:
    (taken,) = intake.taken
    observations = CubeObservations(taken.cube, columns=taken.columns)
    return {codes: o.value if o.status is Status.NORMAL else o.status for codes, o in observations.items()}


def test_title_merged_two_line_header_typed_numbers_marks_and_notes(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["ASSUNZIONI PART TIME PER CLASSE DI ETA' E GENERE"],
        ["Territorio: Massa- Carrara"],
        ["Fascia d'età", 2023, None, None, 2024, None, None],
        [None, "Femmine", "Maschi", "TOTALE", "Femmine", "Maschi", "TOTALE"],
        ["Fino a 29", "1.347", 10, 1357, "-", 4, 4],
        ["30 - 50", "1", 1, 2, "*", 4, 5],
        ["51 ed oltre", 1, 1, 2, "n.d.", 4, 5],
        ["TOTALE", "1.349", 12, "1.361", 3, 12, 15],
        [],
        ["Fonte: INPS, dati al 31.12"],
    ]
    intake = take(workbook(tmp_path / "assunti.xlsx", rows, [(2, 1, 2, 3), (2, 4, 2, 6)]))
    assert intake.findings == ()
    found = figures(intake)
    assert len(found) == 24
    assert found["045", "2023", "0-29", "F"] == 1347
    assert found["045", "2023", "T", "T"] == 1361
    assert found["045", "2024", "0-29", "F"] is Status.NIL
    assert found["045", "2024", "30-50", "F"] is Status.CONFIDENTIAL
    assert found["045", "2024", "51+", "F"] is Status.MISSING
    assert found["045", "2024", "T", "T"] == 15
    assert intake.taken[0].cube.name == "assunzioni_part_time"


def test_a_header_that_nobody_merged_is_unfolded(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["NASpI – domande accolte"],
        ["Provincia", "Femmine", None, "Maschi", None],
        [None, "2023", "2024", "2023", "2024"],
        ["Massa Carrara", 1, 2, 3, 4],
        ["Regione Toscana", 10, 20, 30, 40],
    ]
    found = figures(take(workbook(tmp_path / "naspi.xlsx", rows)))
    assert found["045", "2024", "F"] == 2
    assert found["09", "2023", "M"] == 30
    assert len(found) == 8


def test_six_spellings_of_one_province(tmp_path: Path) -> None:
    spellings = [
        "Massa-Carrara",
        "MASSA CARRARA",
        "Massa- Carrara",
        "massa  carrara",
        "Provincia di Massa-Carrara",
        "MS",
        "045",
    ]
    for spelling in spellings:
        rows: list[list[Any]] = [
            ["APE sociale"],
            ["Provincia", "2022", "2023", "2024"],
            [spelling, 1, 2, 3],
            ["Lucca", 4, 5, 6],
        ]
        found = figures(take(workbook(tmp_path / "ape.xlsx", rows), cube="ape_sociale"))
        assert found["045", "2024"] == 3, spelling


def test_all_of_italy_with_regions_among_the_provinces_and_a_total(tmp_path: Path) -> None:
    gazetteer = Gazetteer.load()
    rows: list[list[Any]] = [["APE sociale: certificazioni accolte, anno 2024"], ["Territorio", "Domande accolte"]]
    expected: dict[tuple[str, ...], int] = {}
    for region in gazetteer.regions(2024):
        for province in gazetteer.provinces_of(region, 2024):
            if province.code != region.code:
                rows.append([province.name, len(rows)])
                expected[province.code, "2024"] = len(rows) - 1
        rows.append([f"Totale {region.name}", len(rows)])
        expected[region.code, "2024"] = len(rows) - 1
    rows.append(["TOTALE NAZIONALE", 99999])
    expected["IT", "2024"] = 99999
    intake = take(workbook(tmp_path / "italia.xlsx", rows), cube="ape_sociale")
    assert intake.findings == ()
    assert figures(intake) == expected


def test_a_nested_stub_with_labels_filled_down(tmp_path: Path) -> None:
    kinds = ["Anzianità/Anticipate", "Vecchiaia", "Invalidità", "Superstiti", "TOTALE"]
    rows: list[list[Any]] = [
        ["Pensioni vigenti, Massa-Carrara, 2024"],
        ["Gestione", "Trattamento pensionistico", "Femmine", "Maschi", "Totale"],
    ]
    for position, fund in enumerate(("FONDO PENSIONI LAVORATORI DIPENDENTI", "DIPENDENTI PUBBLICI")):
        for turn, kind in enumerate(kinds):
            value = position * 100 + turn * 10
            rows.append([fund if not turn else None, kind, value, value + 1, 2 * value + 1])
    intake = take(workbook(tmp_path / "pensioni.xlsx", rows), cube="pensioni_vigenti")
    assert intake.findings == ()
    found = figures(intake)
    assert found["045", "2024", "FPLD", "VEC", "F"] == 10
    assert found["045", "2024", "PUB", "T", "T"] == 281
    assert len(found) == 30


def test_two_totals_of_one_name_follow_their_codelist(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Pensioni vigenti 2024 Massa-Carrara"],
        ["Gestione", "Totale"],
        ["Lavoratori autonomi", 5],
        ["TOTALE", 6],
        ["ALTRE PREVIDENZIALI", 7],
        ["TOTALE", 8],
    ]
    found = figures(take(workbook(tmp_path / "pensioni.xlsx", rows), cube="pensioni_vigenti"))
    assert {key[2]: value for key, value in found.items()} == {"AUT": 5, "SUB": 6, "ALT": 7, "T": 8}


def test_a_windows_csv_with_a_title_and_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "occupazione.csv"
    lines = ("Tasso di occupazione per età;;;", "Territorio;Genere;Età;2024", "Massa-Carrara;Femmine;15-24;24,1")
    text = "\n".join((*lines, "Toscana;Maschi;25-34;93,0", ""))
    path.write_bytes(text.encode("cp1252"))
    intake = take(path, cube="tasso_occupazione")
    assert intake.findings == ()
    assert figures(intake) == {("045", "2024", "F", "15-24"): Decimal("24.1"), ("09", "2024", "M", "25-34"): Decimal("93.0")}


def test_all_that_is_wrong_is_said_together_with_its_cell(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["APE sociale"],
        ["Provincia", "2022", "2023", "2024"],
        ["Massa Carara", 1, 2, 3],
        ["Lucca", "12x", 2.5, 3],
        ["Pisa", 1, 2, "1.34"],
        ["Lucca", 9, 9, 9],
    ]
    intake = take(workbook(tmp_path / "ape.xlsx", rows), cube="ape_sociale")
    said = {finding.keys[0]: finding for finding in intake.findings}
    assert said["ape.xlsx Dati!A3"].rule == "label"
    assert "Massa-Carrara" in said["ape.xlsx Dati!A3"].message
    assert "045" in said["ape.xlsx Dati!A3"].message
    assert "'12x'" in said["ape.xlsx Dati!B4"].message
    assert said["ape.xlsx Dati!C4"].rule == "number"
    assert "whole number" in said["ape.xlsx Dati!C4"].message
    assert "1.34" in said["ape.xlsx Dati!D5"].message
    assert said["ape.xlsx Dati!D6"].rule == "duplicate"
    assert all(finding.message_it != finding.message for finding in intake.findings if finding.rule != "layout")


def test_a_formula_is_refused_with_its_cell_and_the_rest_can_be_accepted(tmp_path: Path) -> None:
    path = tmp_path / "ape.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Dati")
        for row, line in enumerate([["APE sociale"], ["Provincia", "2023", "2024"], ["Lucca", 1, 2], ["Pisa", 3, 4]]):
            page.write_row(row, 0, line)
        page.write_formula("C4", "=C3+2", None, 4)
    intake = take(path, cube="ape_sociale")
    (finding,) = intake.findings
    assert (finding.rule, finding.keys[0]) == ("stored_formula", "ape.xlsx Dati!C4")
    assert figures(intake)["050", "2024"] is Status.MISSING
    assert figures(intake)["050", "2023"] == 3
    assert intake.delivered().refused[0].cell == "ape.xlsx Dati!C4"


def test_a_profile_explains_labels_marks_and_units(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Riscossioni (migliaia di euro)"],
        ["Sede", "2023", "2024"],
        ["MASSA C.", "1.347,5", None],
        ["Viareggio", 1, 2],
    ]
    profile = Profile(
        cube="riscossioni_ordinarie",
        office="Entrate",
        labels={"territory": {"Massa C.": "045", "Viareggio": "046"}},
        marks={"": Status.NIL},
        scale=Decimal(1000),
    )
    path = workbook(tmp_path / "riscossioni.xlsx", rows)
    intake = take_file(load_catalogue(2024), path, profile="entrate", profiles={"entrate": profile})
    assert intake.findings == ()
    assert intake.office == "Entrate"
    found = figures(intake)
    assert found["045", "2023"] == 1347500
    assert found["046", "2024"] == 2000


def test_a_file_seen_before_is_known_next_year(tmp_path: Path) -> None:
    def rows(year: int) -> list[list[Any]]:
        return [["Pensionati INPS per genere"], ["Provincia", str(year), None, None], [None, "Femmine", "Maschi", "Totale"],
                ["Massa-Carrara", 1, 2, 3], ["Lucca", 4, 5, 9]]  # fmt: skip

    first = take(workbook(tmp_path / "pensionati 2023.xlsx", rows(2023)))
    assert first.inferred
    assert first.profile_name == "pensionati"
    second = take_file(
        load_catalogue(2024), workbook(tmp_path / "pensionati 2024.xlsx", rows(2024)), profiles={"pensionati": first.profile}
    )
    assert not second.inferred
    assert second.profile_name == "pensionati"
    assert figures(second)["045", "2024", "T"] == 3


def test_a_file_that_says_nothing_is_not_guessed_at(tmp_path: Path) -> None:
    intake = take(workbook(tmp_path / "cifre.xlsx", [["a", "b"], ["c", 1], ["d", 2]]))
    assert [finding.rule for finding in intake.findings] == ["layout"]
    assert "--cube" in intake.findings[0].message
    assert not intake.taken


def test_tidy_records_name_their_columns_as_they_like(tmp_path: Path) -> None:
    path = tmp_path / "esiti.csv"
    path.write_text("Territorio;Anno;Esito;Valore;Stato\nMassa Carrara;2024;Regolari;5.512;\n09;2024;IRR;;confidential\n")
    found = figures(take(path, cube="durc"))
    assert found == {("045", "2024", "REG"): 5512, ("09", "2024", "IRR"): Status.CONFIDENTIAL}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("Massa Carara;2024;REG;5", "label"),
        ("045;duemila;REG;5", "label"),
        ("045;2024;REGG;5", "label"),
        ("045;2024;REG;5,5", "number"),
        ("045;2024;REG;1.34", "number"),
        ("045;2024;REG;nan", "number"),
        ("045;2024;REG;=1+1", "number"),
        ("045;2024;REG;12345678901234567890", "number"),
    ],
)
def test_a_wrong_row_of_tidy_records_is_refused_where_it_stands(tmp_path: Path, row: str, rule: str) -> None:
    path = tmp_path / "durc.csv"
    path.write_text(f"territory;period;outcome;value\n046;2024;REG;1\n{row}\n", encoding="utf-8")
    intake = take(path)
    assert [finding.rule for finding in intake.findings] == [rule]
    assert intake.findings[0].keys[0].startswith("durc.csv row 3")
    assert list(figures(intake)) == [("046", "2024", "REG")]


def test_a_repeated_row_is_refused_both_times(tmp_path: Path) -> None:
    path = tmp_path / "durc.csv"
    path.write_text("territory,period,outcome,value\n045,2024,REG,1\n046,2024,REG,1\n045,2024,REG,1\n", encoding="utf-8")
    intake = take(path)
    assert [finding.keys[0] for finding in intake.findings] == ["durc.csv row 2", "durc.csv row 4"]
    assert list(figures(intake)) == [("046", "2024", "REG")]


def test_a_figure_where_there_can_be_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pensioni.csv"
    path.write_text("territory,period,fund,kind,sex,value\n045,2024,PAR,ANZ,F,3\n045,2024,PAR,VEC,F,3\n", encoding="utf-8")
    intake = take(path, cube="pensioni_vigenti")
    assert [finding.rule for finding in intake.findings] == ["impossible"]
    assert len(figures(intake)) == 1


def test_a_label_that_a_profile_passes_over_takes_its_row_with_it(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["APE sociale"], ["Sede", "2023", "2024"], ["Lucca", 1, 2], ["Sede virtuale", 7, 8]]
    profile = Profile(cube="ape_sociale", labels={"territory": {"Sede virtuale": "ignore"}})
    path = workbook(tmp_path / "ape.xlsx", rows)
    intake = take_file(load_catalogue(2024), path, profile="ape", profiles={"ape": profile})
    assert intake.findings == ()
    assert figures(intake) == {("046", "2023"): 1, ("046", "2024"): 2}
    tidy = tmp_path / "ape.csv"
    tidy.write_text("territory,period,value\nLucca,2024,2\nSede virtuale,2024,8\n", encoding="utf-8")
    assert figures(take_file(load_catalogue(2024), tidy, profile="ape", profiles={"ape": profile})) == {("046", "2024"): 2}


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Dati">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(path: Path, rows: Rows, *, formula: bool = False) -> Path:
    def cell(value: object) -> str:
        if value is None:
            return '<table:table-cell table:number-columns-repeated="1"/>'
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        made = ' table:formula="of:=1+1"' if formula else ""
        attributes = f'{made} office:value-type="float" office:value="{value}"'
        return f"<table:table-cell{attributes}><text:p>{value}</text:p></table:table-cell>"

    lines = "".join(f"<table:table-row>{''.join(cell(value) for value in row)}</table:table-row>" for row in rows)
    nothing = '<table:table-cell table:number-columns-repeated="16000"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048000">{nothing}</table:table-row>'
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=lines + blank))
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def test_an_opendocument_sheet_with_a_million_blank_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["APE sociale"], ["Provincia", "2023", "2024"], ["Lucca", 1, 2], ["Pisa", "1.347", "-"]]
    intake = take(ods(tmp_path / "ape.ods", rows), cube="ape_sociale")
    assert intake.findings == ()
    assert intake.format == "ods"
    assert figures(intake)["050", "2023"] == 1347
    assert figures(intake)["050", "2024"] is Status.NIL


def test_a_formula_in_an_opendocument_sheet_is_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["APE sociale"], ["Provincia", "2024"], ["Lucca", 1]]
    intake = take(ods(tmp_path / "ape.ods", rows, formula=True), cube="ape_sociale")
    assert [finding.rule for finding in intake.findings] == ["stored_formula"]
    assert intake.findings[0].keys[0] == "ape.ods Dati!B3"


def test_sdmx_csv_with_the_ids_of_our_own_structures(tmp_path: Path) -> None:
    path = tmp_path / "flusso.csv"
    path.write_text(
        "DATAFLOW,REF_AREA,TIME_PERIOD,SEX,AGE,OBS_VALUE,OBS_STATUS\n"
        "INPS_RENDICONTO:DF_POPOLAZIONE(2024.0),045,2024,T,65$2B,50000,A\n"
        "INPS_RENDICONTO:DF_POPOLAZIONE(2024.0),045,2024,T,0-14,,Q\n",
        encoding="utf-8",
    )
    intake = take(path)
    assert intake.format == "sdmx-csv"
    assert intake.findings == ()
    assert figures(intake) == {("045", "2024", "T", "65+"): 50000, ("045", "2024", "T", "0-14"): Status.CONFIDENTIAL}


def test_a_data_package_of_ours_comes_back(tmp_path: Path) -> None:
    built = build_report("massa-carrara", tmp_path, formats=("data",), as_published=True)
    intake = take(built.folder / "data")
    assert intake.errors == ()
    edition = load_edition()
    resolver = Resolver(edition.catalogue, edition.observations, as_published=True)
    taken = {
        (each.cube.name, codes): observation.value
        for each in intake.taken
        for codes, observation in CubeObservations(each.cube, columns=each.columns).items()
    }
    assert len(taken) > 2600
    for (cube, codes), value in taken.items():
        assert resolver.resolve(edition.catalogue.cubes[cube], codes).value == value


def test_labels_that_divide_figures_as_the_cube_does_not_are_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Pensionati, Massa-Carrara, 2024"],
        ["Settore", "Femmine", "Maschi", "Totale"],
        ["Agricoltura", 1, 2, 3],
    ]
    intake = take(workbook(tmp_path / "settori.xlsx", rows), cube="pensionati")
    assert [finding.keys[0] for finding in intake.findings] == ["settori.xlsx Dati!A3"]
    assert intake.rows == 0
    accepted = take_file(
        load_catalogue(2024),
        tmp_path / "settori.xlsx",
        profile="settori",
        profiles={"settori": Profile(cube="pensionati", columns={"A": "ignore"})},
    )
    assert len(figures(accepted)) == 3


def test_a_column_that_numbers_the_rows_says_nothing(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["NASpI accolte 2024"],
        ["N.", "Provincia", "Femmine", "Maschi"],
        [1, "Lucca", 10, 20],
        [2, "Pisa", 30, 40],
        [3, "Prato", 50, 60],
    ]
    intake = take(workbook(tmp_path / "naspi.xlsx", rows), cube="naspi_accolte")
    assert intake.findings == ()
    assert figures(intake)["100", "2024", "M"] == 60
    assert len(figures(intake)) == 6


def test_a_total_at_the_end_of_each_block_is_one_figure_if_it_agrees(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Popolazione residente al 1° gennaio 2024 per genere ed età"],
        [None, "Genere", None, None, "Età", None, None, None],
        ["Territorio", "Femmine", "Maschi", "Totale", "0-14", "15-64", "65 e oltre", "Totale"],
        ["Massa-Carrara", 96027, 90955, 186982, 18842, 114360, 53780, 186982],
    ]
    merged = [(1, 1, 1, 3), (1, 4, 1, 7)]
    intake = take(workbook(tmp_path / "popolazione.xlsx", rows, merged))
    assert intake.findings == ()
    assert len(figures(intake)) == 6
    rows[3][7] = 186983
    intake = take(workbook(tmp_path / "popolazione.xlsx", rows, merged), cube="popolazione")
    assert {finding.rule for finding in intake.findings} == {"duplicate"}


def test_cubes_that_differ_in_a_word_are_told_apart_by_their_title(tmp_path: Path) -> None:
    for word in ("vigenti", "liquidate"):
        rows: list[list[Any]] = [
            [f"Importo medio mensile delle pensioni {word} 2024, Toscana"],
            ["Gestione", "Trattamento", "Femmine", "Maschi"],
            ["Dipendenti pubblici", "Vecchiaia", "1.234,5", "2.000,1"],
            [None, "Superstiti", "900,0", "800,0"],
        ]
        intake = take(workbook(tmp_path / "importi.xlsx", rows))
        assert [taken.cube.name for taken in intake.taken] == [f"importo_pensioni_{word}"]
        assert len(figures(intake)) == 4

"""Open-data extracts in CSV: hundreds of right figures give no false finding, in whatever shape; planted slips are found."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from rendiconto.audit.reconcile import Reconciled
from rendiconto.catalogue.declarations import Dimension
from rendiconto.catalogue.gridplan import PlannedCell, plan_table
from rendiconto.check.evidence import printed_decimals
from rendiconto.document.values import Status
from rendiconto.findings import Finding, Severity
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.observations.resolution import Resolver
from rendiconto.pipeline import Edition, compose_report
from rendiconto.pipeline.reconciling import reconcile_file, reconciled_territory
from rendiconto.render.data.tablecsv import grid_csv
from rendiconto.territory import Gazetteer

Compare = Callable[..., Reconciled]
Write = Callable[[Decimal, int], str]


def italian(value: Decimal, decimals: int) -> str:
    return format_number(value, decimals)


def plain(value: Decimal, decimals: int) -> str:
    return f"{value:f}"


def english(value: Decimal, decimals: int) -> str:
    return f"{value:,f}"


def figures(edition: Edition) -> Iterator[tuple[str, PlannedCell, Decimal]]:
    """Every figure that the report prints: cell ref, cell, value as printed."""
    resolver = Resolver(edition.catalogue, edition.observations)
    territory = reconciled_territory(edition)
    for table in edition.catalogue.tables.values():
        prefix = table.number if table.number.startswith("G") else f"T{table.number}"
        for plan in plan_table(edition.catalogue, table, territory):
            for row, line in enumerate(plan.cells):
                for column, cell in enumerate(line):
                    figure = resolver.resolve(cell.cube, cell.codes)
                    if figure.status is Status.NORMAL and figure.value is not None:
                        value = round_half_away(figure.value, printed_decimals(cell.cube, cell.codes))
                        yield f"{prefix}.{plan.part.index}/{territory.slug}/{edition.year}/r{row}/c{column}", cell, value


def label(dimension: Dimension, code: str) -> str:
    return code if dimension.codelist is None else dimension.codelist.codes[code].label


def tidy(edition: Edition, write: Write) -> list[list[str]]:
    """One row a figure: title, territory, year, a column for every dimension, the value."""
    cells = list(figures(edition))
    titles = list(dict.fromkeys(d.title for _, cell, _ in cells for d in cell.cube.dimensions if d.codelist))
    rows = [["indicatore", "territorio", "anno", *titles, "valore"]]
    for _, cell, value in cells:
        said = {d.title: label(d, code) for d, code in zip(cell.cube.dimensions, cell.codes, strict=True)}
        place = Gazetteer.load().by_code(cell.codes[0]).name
        written = write(value, printed_decimals(cell.cube, cell.codes))
        rows.append([cell.cube.title, place, cell.codes[1], *(said.get(title, "") for title in titles), written])
    return rows


def serious(found: Reconciled) -> list[Finding]:
    return list(found.reaching(Severity.WARNING))


@pytest.mark.parametrize("write", [italian, plain, english])
def test_an_untouched_tidy_extract_has_no_false_finding(compare_rows: Compare, edition: Edition, write: Write) -> None:
    rows = tidy(edition, write)
    assert len(rows) > 2000
    found = compare_rows(rows)
    assert [finding.message for finding in serious(found)] == []
    assert found.summary == {"matched": len(rows) - 1, "differing": 0, "unmatched": 0}


def test_an_untouched_extract_with_our_cell_refs_has_no_false_finding(compare_rows: Compare, edition: Edition) -> None:
    rows = [["cell", "valore"], *([ref, str(value)] for ref, _, value in figures(edition))]
    found = compare_rows(rows)
    assert serious(found) == []
    assert (found.matched, found.unmatched) == (len(rows) - 1, 0)


def test_an_untouched_extract_with_the_details_in_one_column_has_no_false_finding(
    compare_rows: Compare, edition: Edition
) -> None:
    rows = [["indicator", "territory", "year", "dettaglio", "value"]]
    for _, cell, value in figures(edition):
        own = zip(cell.cube.dimensions, cell.codes, strict=True)
        detail = " - ".join(label(d, code) for d, code in own if d.codelist and code != d.codelist.total)
        rows.append([cell.cube.title, cell.codes[0], cell.codes[1], detail, str(value)])
    found = compare_rows(rows, delimiter=",")
    assert [finding.message for finding in serious(found)] == []
    assert found.matched == len(rows) - 1


def test_untouched_tables_as_wide_csv_have_no_false_error(edition: Edition, tmp_path: Path) -> None:
    territory = reconciled_territory(edition)
    matched = 0
    for table in compose_report(territory.slug, edition).tables:
        for at, grid in enumerate(table.grids):
            file = tmp_path / f"tavola-{table.number}-{at}.csv"
            title = f"{table.title} - {grid.title}".replace('"', "")
            file.write_text(f'"{title}"\n' + grid_csv(grid), encoding="utf-8")
            found = reconcile_file(file, edition, territory)
            assert found.reaching(Severity.ERROR) == (), file.name
            matched += found.matched
    assert matched > 2500


def test_planted_slips_are_found_each_at_its_row_and_nowhere_else(compare_rows: Compare, edition: Edition) -> None:
    rows = tidy(edition, italian)
    wanted = {
        "naspi": ("NASpI, domande accolte", "8.638", "8.368"),
        "pensionati": ("Pensionati INPS", "54.117", "54.171"),
        "occupazione": ("Tasso di occupazione", "68,3", "86,3"),
    }
    places = {}
    for title, right, wrong in wanted.values():
        at = next(at for at, row in enumerate(rows) if row[0] == title and row[-1] == right and row[1] == "Massa-Carrara")
        rows[at][-1] = wrong
        places[f"estratto.csv row {at + 1} (valore)"] = wrong
    found = compare_rows(rows)
    differing = {finding.cells[0]: finding.values[0] for finding in found.findings if finding.rule == "differs"}
    assert differing == places
    assert found.differing == len(places)
    sums = [finding for finding in serious(found) if finding.rule == "does_not_add_up"]
    assert sums
    assert all(set(finding.cells) & set(places) for finding in sums)
    assert {finding.rule for finding in serious(found)} <= {"differs", "does_not_add_up"}


def test_a_wide_extract_with_years_across_is_read(compare_rows: Compare) -> None:
    rows = [
        ["Ammortizzatori sociali"],
        ["Indicatore", "Sesso", "2022", "2023", "2024"],
        ["NASpI", "Donne", "4.714", "", "4.961"],
        ["NASpI", "Uomini", "3.473", "", "3.963"],
        ["NASpI", "Totale", "8.187", "8.638", "8.942"],
    ]
    found = compare_rows(rows)
    assert (found.matched, found.differing) == (6, 1)
    finding = next(each for each in found.findings if each.rule == "differs")
    assert finding.cells[0] == "estratto.csv row 5 (2024)"
    assert any(each.rule == "does_not_add_up" and "8.942" in each.message for each in found.findings)


def test_two_lines_of_headers_are_joined(compare_rows: Compare) -> None:
    rows = [
        ["", "2022", "", "", "2024", "", ""],
        ["NASpI", "Femmine", "Maschi", "Totale", "Femmine", "Maschi", "Totale"],
        ["Massa-Carrara", "4714", "3473", "8187", "4961", "3963", "8924"],
    ]
    found = compare_rows(rows, name="naspi.csv")
    assert found.summary == {"matched": 6, "differing": 0, "unmatched": 0}


def test_a_cube_named_by_the_file_or_by_a_column_is_enough(compare_rows: Compare) -> None:
    rows = [["territory", "period", "sex", "value", "status"], ["045", "2024", "F", "4961", ""]]
    assert compare_rows(rows, name="naspi_accolte.csv").matched == 1
    keyed = [["cube", "territory", "period", "sex", "value"], ["naspi_accolte", "045", "2024", "T", "8924"]]
    assert compare_rows(keyed).matched == 1
    unknown = [["cube", "territory", "period", "value"], ["naspi_respinte", "045", "2024", "8924"]]
    assert "there is no cube 'naspi_respinte'" in compare_rows(unknown).findings[0].message


@pytest.mark.parametrize(
    "ref", ["T99.0/massa-carrara/2024/r0/c0", "T21.0/massa-carrara/2024/r90/c0", "T21.0/massa-carrara/2019/r0/c0", "B7"]
)
def test_a_cell_ref_that_is_none_of_ours_is_said(compare_rows: Compare, ref: str) -> None:
    found = compare_rows([["cell", "valore"], [ref, "1"], [ref, "2"]])
    assert found.summary == {"matched": 0, "differing": 0, "unmatched": 2}


def test_numbers_of_open_notation_are_settled_by_our_figures_and_said_once(compare_rows: Compare) -> None:
    found = compare_rows([["indicatore", "anno", "valore"], ["NASpI", "2022", "8.187"], ["NASpI", "2023", "8.638"]])
    assert found.matched == 2
    (finding,) = found.findings
    assert finding.rule == "settled"
    assert "read as 8.187" in finding.message
    assert len(finding.cells) == 2


def test_another_territory_is_read_from_the_file(compare_rows: Compare) -> None:
    rows = [["indicatore", "territorio", "2024"], ["NASpI", "Toscana", "8924"], ["NASpI", "Provincia", "8924"]]
    found = compare_rows(rows)
    assert (found.matched, found.differing) == (1, 1)
    assert next(each for each in found.findings if each.rule == "differs").hint == "it is the figure of Massa-Carrara"


def test_a_figure_as_published_and_corrected_since_is_only_a_warning(compare_rows: Compare, edition: Edition) -> None:
    erratum = next(
        each for each in edition.observations.errata if each.decidable and each.part is None and each.published.value
    )
    cube = edition.catalogue.cubes[erratum.cube]
    rows = [["cube", *cube.dimension_names, "value"], [cube.name, *erratum.codes, str(erratum.published.value)]]
    (finding,) = serious(compare_rows(rows))
    assert finding.severity is Severity.WARNING
    assert finding.hint == "it is the published figure, corrected since"


def test_marks_for_what_has_no_number_are_compared_as_marks(compare_rows: Compare) -> None:
    rows = [["indicatore", "anno", "valore"], ["NASpI", "2022", "n.d."], ["NASpI", "2023", "-"], ["NASpI", "2024", "8924"]]
    found = compare_rows(rows)
    assert found.summary == {"matched": 1, "differing": 1, "unmatched": 1}

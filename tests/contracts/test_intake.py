"""What this project writes comes back: every table of a workbook, a request filled in, cell for cell."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
import python_calamine
import xlsxwriter

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.compose import compose_report
from rendiconto.compose.requests import compose_request
from rendiconto.document import Document, Status
from rendiconto.italian.numbers import round_half_away
from rendiconto.observations import ObservationStore, load_observations
from rendiconto.observations.columns import CubeObservations
from rendiconto.observations.intake.taking import Intake, take_file
from rendiconto.render.requests import render_request
from rendiconto.render.xlsx.workbook import render_xlsx, table_workbook
from rendiconto.territory import Gazetteer
from synthesis import write_observations

Figure = tuple[Decimal | None, Status]
Figures = dict[tuple[str, tuple[str, ...]], Figure]


def taken_figures(intake: Intake) -> Figures:
    return {
        (taken.cube.name, codes): (observation.value, observation.status)
        for taken in intake.taken
        for codes, observation in CubeObservations(taken.cube, columns=taken.columns).items()
    }


def printed_figures(document: Document, tables: set[str] | None = None) -> Figures:
    """What the report prints by key; of a figure printed twice with two values (an open erratum), the first."""
    found: Figures = {}
    for table in document.tables:
        if tables is None or table.number in tables:
            for grid in table.grids:
                for line in grid.cells:
                    for cell in line:
                        found.setdefault((cell.cube, tuple(code for _, code in cell.key)), (cell.value, cell.status))
    return found


@cache
def packaged() -> tuple[Catalogue, Document]:
    catalogue = load_catalogue(2024)
    place = Gazetteer.load().find("massa-carrara", 2024)
    return catalogue, compose_report(catalogue, load_observations(catalogue), place)


TABLES = [table.number for table in packaged()[1].tables]


@pytest.mark.parametrize("number", TABLES)
def test_a_table_of_ours_comes_back(tmp_path: Path, number: str) -> None:
    catalogue, document = packaged()
    table = next(table for table in document.tables if table.number == number)
    path = tmp_path / f"{table.label}.xlsx"
    path.write_bytes(table_workbook(document, table))
    intake = take_file(catalogue, path)
    assert not intake.errors
    assert taken_figures(intake) == printed_figures(document, {number})


@pytest.mark.parametrize(("name", "seed"), [("verbano-cusio-ossola", 21), ("valle-d-aosta", 22), ("italia", 23)])
def test_a_whole_workbook_of_a_synthetic_territory_comes_back(tmp_path: Path, name: str, seed: int) -> None:
    catalogue = load_catalogue(2024)
    place = Gazetteer.load().find(name, 2024)
    write_observations(catalogue, place, tmp_path / "data", seed)
    store = load_observations(catalogue, tmp_path / "data")
    document = compose_report(catalogue, store, place)
    path = tmp_path / "report.xlsx"
    path.write_bytes(next(iter(render_xlsx(document).values())))
    intake = take_file(catalogue, path)
    assert intake.findings == ()
    taken = taken_figures(intake)
    assert taken == printed_figures(document)
    for (cube, codes), (value, status) in taken.items():
        observation = store.get(cube, codes)
        if observation is not None:
            assert (value, status) == (rounded(catalogue, cube, codes, observation.value), observation.status)


def rounded(catalogue: Catalogue, cube: str, codes: tuple[str, ...], value: Decimal | None) -> Decimal | None:
    declared = catalogue.cubes[cube]
    decimals = declared.unit_of(dict(zip(declared.dimension_names, codes, strict=True)))[1]
    return None if value is None else round_half_away(value, decimals)


def fill(path: Path, target: Path, values: ObservationStore) -> int:
    """Write a request again as an office would give it back: the same cells, values filled in, some as text."""
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    filled = 0
    with xlsxwriter.Workbook(str(target), {"strings_to_numbers": False}) as book:
        for name in workbook.sheet_names:
            page = book.add_worksheet(name)
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            header = next((i for i, row in enumerate(rows) if "valore" in row), None)
            for index, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value != "":
                        page.write(index, column, value)
                if header is not None and index > header:
                    names = [text for text in rows[header][1:] if text and "(" not in str(text)]
                    dimensions = names[: len(names) - 3]
                    codes = tuple(str(row[1 + position]) for position in range(len(dimensions)))
                    observation = values.get(str(row[0]), codes)
                    if observation is not None and observation.value is not None:
                        typed = filled % 2 == 0
                        text = f"{observation.value:f}".replace(".", ",")
                        page.write(index, rows[header].index("valore"), text if typed else float(observation.value))
                        filled += 1
    return filled


@pytest.mark.parametrize("office", ["entrate", "istat", "Coordinamento generale statistico attuariale"])
def test_a_request_filled_in_comes_back_with_no_profile(tmp_path: Path, office: str) -> None:
    catalogue = load_catalogue(2024)
    store = load_observations(catalogue)
    request = compose_request(catalogue, store, office)
    path = tmp_path / "richiesta.xlsx"
    path.write_bytes(render_request(request))
    assert render_request(request) == path.read_bytes()
    filled = fill(path, tmp_path / "risposta.xlsx", store)
    assert filled > 10
    intake = take_file(catalogue, tmp_path / "risposta.xlsx")
    assert intake.findings == ()
    taken = taken_figures(intake)
    assert len(taken) == filled
    for (cube, codes), figure in taken.items():
        observation = store.get(cube, codes)
        assert observation is not None
        assert figure == (observation.value, observation.status)


def test_an_empty_request_has_nothing_to_say(tmp_path: Path) -> None:
    catalogue = load_catalogue(2024)
    path = tmp_path / "richiesta.xlsx"
    path.write_bytes(render_request(compose_request(catalogue, load_observations(catalogue), "dwh")))
    assert ZipFile(path).testzip() is None
    intake = take_file(catalogue, path)
    assert intake.rows == 0
    assert not intake.errors

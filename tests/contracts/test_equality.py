"""One build, every format: each number read back out of each file equals its cell, and so does each number in its prose.

The files are read as they lie on the disk. Those that carry every table are read by place, and so is the data package that the
PDF carries; those that show a selection by what names each figure. The cells in turn are held against the observations of the
data package. Numbers are compared as numbers, read here by a few lines that share nothing with what prints them.

A format that enters ``RENDERERS`` is here with its adapter; one that prints all prose enters ``SAYING`` too.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module
from pathlib import Path

import pytest
from readback import Files, GridId, ReadBack, ReadGrid, ReadSelection, squeeze

from rendiconto.document import Cell, Document, Status
from rendiconto.document.claims import JudgedClaim
from rendiconto.pipeline import build_report, compose_report, ingest_files, inspect_files, load_edition, take_attached
from rendiconto.render import RENDERERS
from rendiconto.render.archive import read_zip
from rendiconto.workspace import init_workspace

pytestmark = pytest.mark.xdist_group("equality")

CARRIED = "data inside pdf"
WHOLE = [name for name, entry in RENDERERS.items() if entry.whole] + [CARRIED]
SELECTIONS = [name for name, entry in RENDERERS.items() if not entry.whole]
SAYING = ("pdf", "site", "docx", "html", "xlsx")
"""Formats that print every sentence of the report."""

TEXTS = {
    "presentation": """
Nel {{ naspi_accolte | anno }} le domande di NASpI accolte sono state {{ naspi_accolte | valore }}, contro le
{{ naspi_accolte(anno=-1) | valore }} del 2023.

Il tasso di disoccupazione è del {{ tasso_disoccupazione | valore }}%, in Italia del
{{ tasso_disoccupazione(territorio=italia) | valore }}%.
""",
    "chapter 3": """
Le entrate contributive ammontano a {{ riscossioni_ordinarie | milioni }} di euro.

- In Toscana ammontano a {{ riscossioni_ordinarie(territorio=regione) | miliardi }} di euro.
""",
    "table 8": "Il saldo tra assunzioni e cessazioni delle donne è di {{ saldo_occupazionale(sesso=F) | valore }}.",
    "table 17": "Nel 2022 le entrate contributive erano {{ riscossioni_ordinarie(anno=2022) | valore }} euro.",
}
"""Texts by hand, by their place: one of the figures is in no table."""

NUMBER = re.compile(r"([+−-]?)(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?: (mila|milioni?|miliard[oi])\b)?")
SCALES = {"": 0, "mila": 3, "milione": 6, "milioni": 6, "miliardo": 9, "miliardi": 9}
FEWEST_CELLS, FEWEST_SENTENCES, FEWEST_FIGURES = 2_500, 60, 120


@dataclass(frozen=True)
class OneBuild:
    """A report with prose by rule and by hand, and its files as found on the disk, by format."""

    document: Document
    files: dict[str, Files]
    package: Path
    """The archive that was in the PDF."""

    @property
    def twofold(self) -> set[str]:
        """Cells of a figure that the source printed in two ways, of which it is not for us to say which is right."""
        return {ref for entry in self.document.errata if not entry.decidable for ref in entry.refs}

    def grids(self, name: str) -> dict[GridId, ReadGrid]:
        """Every part as a whole format has it."""
        module: ReadBack = import_module(f"readback_{'data' if name == CARRIED else name}")
        return module.read_grids(self.files[name])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> OneBuild:
    folder = tmp_path_factory.mktemp("equality")
    workspace = init_workspace(folder / "ws", edition=2024, territories=("massa-carrara",), base="packaged")
    for place, body in TEXTS.items():
        (workspace.texts / f"{place}.md").write_text(f"---\nplace: {place}\ntitle: Testo\n---\n{body}", encoding="utf-8")
    made = build_report("massa-carrara", folder / "out", edition=load_edition(2024, workspace=workspace))
    files = {
        name: {path.relative_to(made.folder).as_posix(): path.read_bytes() for path in paths}
        for name, paths in made.files.items()
    }
    (package,) = [path for path in take_attached(made.files["pdf"][0], folder / "carried") if path.suffix == ".zip"]
    return OneBuild(made.document, {**files, CARRIED: read_zip(package.read_bytes())}, package)


@pytest.fixture(scope="module")
def cells(built: OneBuild) -> dict[str, Cell]:
    return {str(cell.ref): cell for grid in built.document.grids for line in grid.cells for cell in line}


def number(said: Decimal | str) -> Decimal | str:
    """What stands in a file as a number, if it is one."""
    text = said.replace("−", "-") if isinstance(said, str) else said
    if isinstance(text, str) and re.fullmatch(r"-?\d[\d.]*(,\d+)?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return text


def truth(cell: Cell) -> Decimal | str:
    """What has to stand there."""
    return cell.value if cell.status is Status.NORMAL and cell.value is not None else cell.status.symbol


def at(grids: dict[GridId, ReadGrid], cell: Cell) -> Decimal | str:
    """What a format has at a cell's place."""
    return number(grids[cell.ref.table, cell.ref.part].cells[cell.ref.row][cell.ref.column])


@pytest.mark.parametrize("name", WHOLE)
def test_every_number_equals_its_cell(name: str, built: OneBuild, cells: dict[str, Cell]) -> None:
    grids = built.grids(name)
    assert sum(len(line) for grid in grids.values() for line in grid.cells) == len(cells)
    wrong = {ref: (truth(cell), found) for ref, cell in cells.items() if (found := at(grids, cell)) != truth(cell)}
    assert not wrong
    assert sum(isinstance(at(grids, cell), Decimal) for cell in cells.values()) > FEWEST_CELLS


@pytest.mark.parametrize("name", SELECTIONS)
def test_every_number_of_a_selection_equals_its_cell(name: str, built: OneBuild, cells: dict[str, Cell]) -> None:
    module: ReadSelection = import_module(f"readback_{name}")
    keys = {key.label: key for key in built.document.key_figures}
    own = {"", built.document.territory.name}
    shown = module.read_shown(built.files[name])
    assert len(shown) >= len(keys) // 2
    for item in shown:
        if item.ref or item.place in own:
            assert number(item.text) == truth(cells[item.ref or keys[item.label].ref]), item
        elif item.text != "n.d.":
            elsewhere = dict(keys[item.label].references)[item.place]
            assert number(item.text) == number(elsewhere), item
            assert any(truth(cell) == number(elsewhere) for cell in of_table(built.document, keys[item.label].table)), item


def of_table(document: Document, table: str) -> list[Cell]:
    return [cell for grid in document.grids if grid.table == table for line in grid.cells for cell in line]


def test_key_figures_are_their_cells(built: OneBuild, cells: dict[str, Cell]) -> None:
    assert built.document.key_figures
    for key in built.document.key_figures:
        assert number(key.value) == truth(cells[key.ref]), key


@pytest.mark.parametrize("name", ["data", CARRIED])
def test_every_cell_is_its_observation(name: str, built: OneBuild, cells: dict[str, Cell]) -> None:
    observed = observations(built.files[name])
    wrong = {}
    for ref, cell in cells.items():
        value, status = observed[cell.cube, frozenset(cell.key)]
        if ((Decimal(value) if value else None), status) != (cell.value, str(cell.status)):
            wrong[ref] = (value, status, cell.value)
    assert set(wrong) <= built.twofold, wrong
    assert len(wrong) <= 1, wrong


def observations(files: Files) -> dict[tuple[str, frozenset[tuple[str, str]]], tuple[str, str]]:
    """Value and status of each observation of the package, by cube and key."""
    found = {}
    for path, content in files.items():
        cube = re.fullmatch(r"data/cubes/(\w+)\.csv", path)
        for row in csv.DictReader(io.StringIO(content.decode())) if cube else ():
            value, status, _ = (row.pop(column) for column in ("value", "status", "origin"))
            found[cube[1] if cube else "", frozenset(row.items())] = (value, status)
    return found


def test_the_report_can_be_made_again_from_its_pdf(built: OneBuild, cells: dict[str, Cell], tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "ws", edition=2024, territories=("massa-carrara",), base="none")
    intakes = inspect_files([built.package], workspace=workspace)
    assert [finding for intake in intakes for finding in intake.findings] == []
    ingest_files(workspace, intakes)
    again = compose_report("massa-carrara", load_edition(2024, workspace=workspace))
    figures = {str(cell.ref): truth(cell) for grid in again.grids for line in grid.cells for cell in line}
    assert set(figures) == set(cells)
    assert {ref for ref, cell in cells.items() if figures[ref] != truth(cell)} <= built.twofold
    assert [chapter.commentary for chapter in again.chapters] == [chapter.commentary for chapter in built.document.chapters]


# --- prose


def test_prose_by_rule_and_by_hand_is_there(built: OneBuild) -> None:
    document = built.document
    assert len(document.sentences) > FEWEST_SENTENCES
    assert all(chapter.commentary for chapter in document.chapters)
    assert document.presentation
    assert [chapter.number for chapter in document.chapters if chapter.pieces] == [3]
    assert [table.number for table in document.tables if table.pieces] == ["8", "17"]
    assert all(claim.evidence for piece in document.presentation for s in piece.sentences for claim in s.claims)


@pytest.mark.parametrize("name", WHOLE)
def test_every_number_in_prose_follows_from_cells_as_this_format_has_them(
    name: str, built: OneBuild, cells: dict[str, Cell]
) -> None:
    grids, observed = built.grids(name), unprinted(built)
    told = 0
    for sentence in built.document.sentences:
        for claim in sentence.claims:
            assert sentence.text[claim.start : claim.end] == claim.text
            for item in claim.evidence:
                if item.cell in cells:
                    assert item.value == cells[item.cell].value
            values = [at(grids, cells[item.cell]) if item.cell in cells else observed[item.cell] for item in claim.evidence]
            told += figure_follows(claim, values)
    assert told > FEWEST_FIGURES


def unprinted(built: OneBuild) -> dict[str, Decimal | str]:
    """Observations as prose cites those that no table prints (cube and key), from the data package."""
    order = {cube.name: [dimension.name for dimension in cube.dimensions] for cube in built.document.cubes}
    return {
        "/".join((cube, *(dict(key)[name] for name in order[cube]))): Decimal(value) if value else status
        for (cube, key), (value, status) in observations(built.files["data"]).items()
    }


def figure_follows(claim: JudgedClaim, values: list[Decimal | str]) -> bool:
    """Whether the claim tells a figure; it must be what its operation gives of the values, at the digits told."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    told = NUMBER.search(claim.text)
    if claim.operation not in OPERATIONS or told is None or len(numbers) != len(values):
        return False
    sign, digits, scale = told.groups()
    exact = OPERATIONS[claim.operation](numbers).scaleb(-SCALES[scale or ""])
    value = number(digits)
    assert isinstance(value, Decimal)
    rounded = abs(exact).quantize(value, ROUND_HALF_UP)
    assert rounded == value, (claim, exact)
    assert sign == "" or (sign == "+") == (exact > 0), claim
    return True


def _growth(values: list[Decimal]) -> Decimal:
    return (values[1] - values[0]) / abs(values[0]) * 100


OPERATIONS: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "value": lambda values: sum(values, Decimal()),
    "difference": lambda values: values[1] - values[0],
    "growth": _growth,
    "share": lambda values: values[0] / values[1] * 100,
    "ratio": lambda values: values[0] / values[1],
}
"""What a claim's figure is, of the values of its cells (base before what is compared with it, part before whole)."""


def test_a_figure_that_does_not_follow_is_found_out(built: OneBuild) -> None:
    claims = [claim for sentence in built.document.sentences for claim in sentence.claims if claim.operation == "value"]
    for claim in claims:
        (value,) = [item.value for item in claim.evidence]
        assert value is not None
        assert figure_follows(claim, [value])
        with pytest.raises(AssertionError):
            figure_follows(claim, [value * 2 + 10])


@pytest.mark.parametrize("name", SAYING)
def test_every_sentence_is_said(name: str, built: OneBuild) -> None:
    text = import_module(f"readback_{name}").read_text(built.files[name])
    highlights = set(built.document.highlights)
    said = [sentence.text for sentence in built.document.sentences if sentence not in highlights]
    assert [sentence for sentence in said if squeeze(sentence) not in text] == []

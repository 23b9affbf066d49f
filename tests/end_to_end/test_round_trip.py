"""Compile, read back, compare: every cell of every format, for territories of every shape."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document as WordDocument

from rendiconto.document import Document, Grid, cell_text
from rendiconto.document.claims import Verdict
from rendiconto.findings import Severity
from rendiconto.pipeline import audit_file, compose_report, read_file, render_docx, render_pdf, render_site
from rendiconto.render import load_renderer
from rendiconto.render.text.tables import tables_as_text
from round_trips import differences, synthetic

FEW = ("lecce", "valle-d-aosta", "toscana")
MANY = (
    *("roma", "la-spezia", "napoli", "trento", "bolzano", "barletta-andria-trani", "verbano-cusio-ossola", "forli-cesena"),
    *(
        "reggio-nell-emilia",
        "sud-sardegna",
        "cagliari",
        "italia",
        "genova",
        "l-aquila",
        "ascoli-piceno",
        "monza-e-della-brianza",
    ),
    *("pesaro-e-urbino", "sicilia", "trieste", "crotone"),
)


def word_file(document: Document, path: Path) -> None:
    """The tables as a person would set them in Word: header cells merged across, group labels merged down."""
    word = WordDocument()
    word.add_heading(f"{document.title}. {document.subtitle}", level=1)
    for table in document.tables:
        word.add_heading(f"{table.section} {table.label} – {table.title} – {document.subtitle}", level=2)
        for grid in table.grids:
            word.add_paragraph(grid.title if grid.available else "Dati non disponibili")
            if grid.available:
                word_table(word, grid)
            word.add_paragraph("Fonte: INPS")
    word.save(str(path))


def word_table(word: Any, grid: Grid) -> None:
    depth, width = grid.heading_depth, max(len(leaf.path) for leaf in grid.rows)
    cells = [["" for _ in range(width + len(grid.columns))] for _ in range(depth + len(grid.rows))]
    for column, leaf in enumerate(grid.columns, start=width):
        for level, header in enumerate(leaf.path):
            above = column > width and grid.columns[column - width - 1].path[: level + 1] == leaf.path[: level + 1]
            cells[level][column] = "" if above else header.label
    for row, (leaf, line) in enumerate(zip(grid.rows, grid.cells, strict=True), start=depth):
        for level, header in enumerate(leaf.path):
            cells[row][level] = header.label
        cells[row][width:] = [cell_text(cell) for cell in line]
    shown = word.add_table(rows=len(cells), cols=len(cells[0]))
    for line, texts in zip(shown._tbl.tr_lst, cells, strict=True):
        for cell, text in zip(line.tc_lst, texts, strict=True):
            cell.p_lst[0].add_r().text = text


def test_tables_of_word_come_back_whole(tmp_path: Path) -> None:
    document = compose_report("massa-carrara")
    word_file(document, tmp_path / "report.docx")
    assert differences(document, read_file(tmp_path / "report.docx")) == {}


def check_formats(document: Document, folder: Path) -> None:
    (folder / "report.pdf").write_bytes(render_pdf(document))
    with pikepdf.open(folder / "report.pdf") as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(folder / "untagged.pdf")
    (folder / "report.docx").write_bytes(render_docx(document))
    (folder / "report.txt").write_text(tables_as_text(document), encoding="utf-8")
    for path, content in render_site(document).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (page,) = load_renderer("html")(document).values()
    (folder / "report.html").write_bytes(page)
    for name in ("report.pdf", "untagged.pdf", "report.docx", "report.txt", "report.html", "site"):
        report = read_file(folder / name)
        assert report.territory.slug == document.territory.slug, name
        assert differences(document, report) == {}, name


def test_the_packaged_report_comes_back_whole(tmp_path: Path) -> None:
    check_formats(compose_report("massa-carrara"), tmp_path)


@pytest.mark.parametrize("name", FEW)
def test_a_synthetic_report_comes_back_whole(name: str, tmp_path: Path) -> None:
    check_formats(synthetic(name, tmp_path), tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("name", MANY)
def test_many_synthetic_reports_come_back_whole(name: str, tmp_path: Path) -> None:
    check_formats(synthetic(name, tmp_path), tmp_path)


def test_our_own_report_contradicts_itself_nowhere(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(render_pdf(compose_report("massa-carrara")))
    audited = audit_file(tmp_path / "report.pdf")
    assert [claim.text for claim in audited.claims if claim.verdict is Verdict.CONTRADICTED] == []
    assert {finding.rule for finding in audited.findings if finding.severity is Severity.ERROR} == set()

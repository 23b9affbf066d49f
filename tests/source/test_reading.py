"""The published text read back: every printed cell, nothing else, and without a look at our own figures."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from printed import SOURCE

from rendiconto.audit.prose import ProseAuditor
from rendiconto.document import Status
from rendiconto.document.claims import Passage, Verdict
from rendiconto.pipeline import audit_file, compose_report, load_edition, read_file
from rendiconto.read.reading import ReadReport
from rendiconto.territory import Gazetteer

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the published text is not beside the project")


@cache
def reading() -> ReadReport:
    return read_file(SOURCE)


def test_the_document_says_whose_it_is_and_of_which_year() -> None:
    assert (reading().territory.slug, reading().document.edition) == ("massa-carrara", 2024)


def test_every_cell_is_right() -> None:
    read = {cell.ref: (cell.value, cell.status) for grid in reading().document.grids for row in grid.cells for cell in row}
    published = compose_report("massa-carrara", as_published=True)
    printed = {cell.ref: (cell.value, cell.status) for grid in published.grids for row in grid.cells for cell in row}
    assert len(printed) > 2800
    assert {ref: (read.get(ref), value) for ref, value in printed.items() if read.get(ref) != value} == {}


def test_tables_without_figures_have_no_rows_and_nothing_is_invented() -> None:
    published = {(grid.table, grid.part) for grid in compose_report("massa-carrara", as_published=True).grids if grid.available}
    assert {(grid.table, grid.part) for grid in reading().document.grids if grid.available} == published


def test_rows_are_placed_by_their_labels_but_three_that_are_printed_shorter() -> None:
    """ "TOT" for "Totale" in three tables goes by its place; the blank cell's row by the sums; everything else by its label."""
    by_other = {(ref.table, ref.row, str(p.how)) for ref, p in reading().placements.items() if str(p.how) != "label"}
    assert by_other == {("31", 17, "position"), ("33", 17, "position"), ("34", 17, "position"), ("33", 12, "identity")}
    assert min(placement.confidence for placement in reading().placements.values()) > 0.7


def test_the_blank_cell_is_settled_by_the_sums() -> None:
    (blank,) = [finding for finding in reading().findings if finding.rule == "blank"]
    assert blank.cells[0].startswith("T33.0/massa-carrara/2024/r12/")
    grid = next(grid for grid in reading().document.grids if grid.table == "33")
    assert grid.cells[12][1].status is Status.NIL


def test_the_displaced_body_is_found_and_said_to_be_displaced() -> None:
    assert [finding.cells for finding in reading().findings if finding.rule == "displaced"] == [("T8.3",)]


def test_reading_does_not_look_at_the_packaged_figures(tmp_path: Path) -> None:
    """The same cells come out where there is no data at all."""
    script = f"""
import sys
from pathlib import Path
from rendiconto.observations import store
store.PACKAGED_DATA = Path({str(tmp_path)!r})
from rendiconto.read.raw import read_raw
from rendiconto.read.reading import read_report
from rendiconto.catalogue import load_catalogue
report = read_report(read_raw(Path({str(SOURCE)!r})), load_catalogue(2024))
for grid in report.document.grids:
    for row in grid.cells:
        for cell in row:
            print(cell.ref, cell.value, cell.status)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    cells = (cell for grid in reading().document.grids for row in grid.cells for cell in row)
    assert done.stdout.splitlines() == [f"{cell.ref} {cell.value} {cell.status}" for cell in cells]


def test_the_audit_finds_the_one_sentence_that_the_tables_contradict() -> None:
    report = audit_file(SOURCE)
    wrong = [claim for claim in report.claims if claim.verdict is Verdict.CONTRADICTED]
    assert ["rispetto al 2024" in claim.text for claim in wrong] == [True]
    assert report.coverage.checked >= 0.8 * report.coverage.numeric_sentences


def test_the_audit_finds_the_faulty_figures() -> None:
    findings = [finding for finding in audit_file(SOURCE).findings if finding.rule in ("formula", "two_values")]
    faulty = {finding.cells[0] for finding in findings}
    assert {"T2.0/massa-carrara/2024/r1/c4", "T20.0/massa-carrara/2024/r0/c8", "T61.0/massa-carrara/2024/r3/c1"} <= faulty
    assert any(cell.startswith("G1.1/") for cell in faulty)


def test_published_sentences_with_another_digit_are_contradicted() -> None:
    """Every figure of the prose that holds is altered in one digit: it must not hold any more."""
    edition = load_edition()
    territory = Gazetteer.load().find("massa-carrara", 2024)
    auditor = ProseAuditor(edition.catalogue, edition.observations, territory)
    report = audit_file(SOURCE)
    caught = altered = 0
    for passage in report.passages:
        claims = [c for c in report.claims if passage.start <= c.start < passage.start + len(passage.text)]
        for claim in claims:
            if claim.operation not in ("value", "share") or claim.verdict is not Verdict.SUPPORTED:
                continue
            digits = [at for at in range(claim.start, claim.end) if report_text(passage, at).isdigit()]
            if not digits:
                continue  # "tutti con esito favorevole" is a share without a figure
            at = digits[-1] - passage.start
            digit = str((int(passage.text[at]) + 4) % 10)
            text = passage.text[:at] + digit + passage.text[at + 1 :]
            again = auditor.audit([Passage(text, passage.start, 1, 1)]).claims
            found = [c for c in again if (c.start, c.end) == (claim.start, claim.end) and c.operation == claim.operation]
            altered += 1
            caught += any(c.verdict is Verdict.CONTRADICTED for c in found)
    assert altered > 40
    assert caught >= 0.9 * altered


def report_text(passage: Passage, at: int) -> str:
    return passage.text[at - passage.start]

"""What we write about a chapter holds, tells something, and does not repeat itself."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from audited import Fault, faults, sentences
from hardshapes import SHAPES, write_hard

from rendiconto.address import CellRef
from rendiconto.catalogue import load_catalogue
from rendiconto.compose import compose_report
from rendiconto.document import Document
from rendiconto.observations import ObservationStore, load_observations
from rendiconto.territory import Gazetteer

CATALOGUE = load_catalogue(2024)
UNITS = Gazetteer.load().all(2024)


@pytest.fixture(scope="module")
def store() -> ObservationStore:
    return load_observations(CATALOGUE)


@pytest.fixture(scope="module")
def report(store: ObservationStore) -> Document:
    return compose_report(CATALOGUE, store, Gazetteer.load().find("massa-carrara", 2024))


def hard_report(folder: Path, seed: int) -> tuple[ObservationStore, Document, Counter[str]]:
    territory = UNITS[seed * 7 % len(UNITS)]
    used = write_hard(CATALOGUE, territory, folder, seed)
    store = load_observations(CATALOGUE, folder)
    return store, compose_report(CATALOGUE, store, territory), used


def test_the_auditor_bears_out_every_sentence(store: ObservationStore, report: Document) -> None:
    assert list(faults(CATALOGUE, store, report)) == []


def test_every_chapter_has_three_to_eight_sentences(report: Document) -> None:
    counts = [sum(len(paragraph.sentences) for paragraph in chapter.commentary) for chapter in report.chapters]
    assert len(counts) == 10
    assert all(3 <= count <= 9 for count in counts), counts
    assert len(report.highlights) == 10


def test_no_two_chapters_open_alike(report: Document) -> None:
    openings = [" ".join(chapter.commentary[0].sentences[0].text.split()[:3]) for chapter in report.chapters]
    assert len(set(openings)) == 10, openings


def test_claims_stand_where_they_say_and_cite_printed_cells(report: Document) -> None:
    cells = {str(cell.ref): cell for grid in report.grids for line in grid.cells for cell in line}
    told = 0
    for chapter in report.chapters:
        for sentence in (s for paragraph in chapter.commentary for s in paragraph.sentences):
            for claim in sentence.claims:
                assert sentence.text[claim.start : claim.end] == claim.text
                assert claim.evidence
                for item in claim.evidence:
                    if item.cell in cells:
                        assert item.value == cells[item.cell].value
                        told += 1
                    else:
                        assert not item.cell.startswith("T") or CellRef.parse(item.cell)
    assert told > 200


def test_nothing_trivial_is_said(report: Document) -> None:
    text = " ".join(sentences(report))
    assert not re.search(r"\b0,0 ?%|N/A|n\.d\.|\bNone\b| primo di uno", text)
    assert not re.search(r"  |\( | \)| ,| \.|\.\.", text), "a space or a full stop too many"
    assert not re.search(r"\b(di|a|da|in|su) (il|lo|la|i|gli|le|l')\b", text), "a preposition that is not articulated"
    assert len(set(sentences(report))) == len(sentences(report))


@pytest.mark.parametrize("seed", range(3))
def test_hard_shapes_are_told_truly(tmp_path: Path, seed: int) -> None:
    store, document, used = hard_report(tmp_path / "data", seed)
    assert used.keys() == {shape.__name__ for shape in SHAPES}
    assert len(sentences(document)) > 10
    assert list(faults(CATALOGUE, store, document)) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200))
def test_two_hundred_hard_territories_are_told_truly(tmp_path: Path, seed: int) -> None:
    store, document, _ = hard_report(tmp_path / "data", seed)
    found: list[Fault] = list(faults(CATALOGUE, store, document))
    assert found == []


def test_an_altered_figure_would_be_seen(store: ObservationStore, report: Document) -> None:
    chapter = report.chapters[0]
    paragraph = chapter.commentary[0]
    altered = tuple(replace(s, text=s.text.replace("904", "914")) for s in paragraph.sentences)
    changed = replace(report, chapters=(replace(chapter, commentary=(replace(paragraph, sentences=altered),)),))
    assert any("904" in fault.why for fault in faults(CATALOGUE, store, changed))


def test_tables_without_data_are_named(report: Document) -> None:
    fifth = report.chapters[4].commentary[-1]
    assert fifth.text.startswith("Mancano in questa edizione i dati delle tavole")
    assert "37, 38 e 39" in fifth.text

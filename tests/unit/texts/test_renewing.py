"""Renewal: a text moved to a year that is made up, its figures and years moved, what holds no longer marked."""

import csv
from pathlib import Path

import pytest

from hand_texts import HEAD, draft, packaged_reader
from later_edition import GROWTH, later_catalogue, later_rows
from rendiconto.audit.prose import ProseAuditor
from rendiconto.catalogue import Catalogue
from rendiconto.errors import RendicontoError
from rendiconto.findings import Finding
from rendiconto.observations import load_observations
from rendiconto.pipeline.renewing import renew_texts
from rendiconto.territory import Gazetteer
from rendiconto.texts.drafts import parse_draft
from rendiconto.texts.pieces import PieceReader
from rendiconto.texts.renewing import Renewed, renew_draft


@pytest.fixture(scope="session")
def later(tmp_path_factory: pytest.TempPathFactory) -> PieceReader:
    folder = tmp_path_factory.mktemp("later")
    catalogue = later_catalogue(folder / "catalogue")
    data = folder / "data"
    data.mkdir()
    (data / "version.yaml").write_text('version: "2025.1"\ndate: "2026-10-31"\n', encoding="utf-8")
    (data / "errata.yaml").write_text("[]\n", encoding="utf-8")
    for cube in GROWTH:
        with (data / f"{cube}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(later_rows(cube))
    store = load_observations(catalogue, data)
    return PieceReader(ProseAuditor(catalogue, store, Gazetteer.load().find("massa-carrara", 2025)))


def renewed(body: str, later: PieceReader, head: str = HEAD) -> Renewed:
    return renew_draft(draft(body, head), packaged_reader(), later)


def kinds(done: Renewed) -> list[str]:
    return [note.kind for note in done.notes]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I pensionati sono 54.117.", "I pensionati sono 53.035."),
        ("I pensionati sono **54.117**.", "I pensionati sono **53.035**."),
        ("I pensionati sono 54117.", "I pensionati sono 53035."),
        ("Le pensioni vigenti sono circa 60 mila.", "Le pensioni vigenti sono circa 60 mila."),
        ("I pensionati sono circa 54 mila.", "I pensionati sono circa 53 mila."),
        ("I pensionati sono oltre 54 mila.", "I pensionati sono oltre 53 mila."),
        ("I pensionati sono quasi 55 mila.", "I pensionati sono quasi 54 mila."),
        ("I pensionati sono più di 50 mila.", "I pensionati sono più di 50 mila."),
        ("Nel 2024 le domande di NASpI accolte sono state 8.924.", "Nel 2025 le domande di NASpI accolte sono state 9.370."),
        (
            "Le domande di NASpI accolte sono aumentate del 3,3% rispetto al 2023.",
            "Le domande di NASpI accolte sono aumentate del 5,0% rispetto al 2024.",
        ),
        ("Le domande di NASpI accolte sono {{ naspi_accolte }}.", "Le domande di NASpI accolte sono {{ naspi_accolte }}."),
        (
            "Sono {{ naspi_accolte(anno = 2023) | valore }}, {{ naspi_accolte | variazione(2022) }} in più.",
            "Sono {{ naspi_accolte(anno = 2024) | valore }}, {{ naspi_accolte | variazione(2023) }} in più.",
        ),
        ("Nel 2020 abbiamo piantato 120 alberi.", "Nel 2020 abbiamo piantato 120 alberi."),
        (
            "Il tasso di disoccupazione è superiore a quello regionale.",
            "Il tasso di disoccupazione è superiore a quello regionale.",
        ),
    ],
)
def test_figures_and_years_move_in_their_own_form(before: str, after: str, later: PieceReader) -> None:
    assert renewed(before, later).text == HEAD + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Prima. Il tasso di disoccupazione è aumentato.", "Prima. ==Il tasso di disoccupazione è aumentato.=="),
        (
            "Le ore di CIG sono diminuite del 5,6% rispetto al 2023. Dopo.",
            "==Le ore di CIG sono diminuite del 5,6% rispetto al 2024.== Dopo.",
        ),
        ("- **Il tasso di disoccupazione è aumentato.** Dopo.", "- **==Il tasso di disoccupazione è aumentato.**== Dopo."),
        ("Le domande di NASpI accolte sono 1.234.", "==Le domande di NASpI accolte sono 1.234.=="),
    ],
)
def test_what_holds_no_longer_is_marked_and_told(before: str, after: str, later: PieceReader) -> None:
    done = renewed(before, later)
    assert done.text == HEAD + after
    assert "marked" in kinds(done)
    assert [finding.rule for finding in found_again(done, later)].count("marked_sentence") == 1


def found_again(done: Renewed, later: PieceReader) -> list[Finding]:
    return list(later.read(parse_draft(done.text, Path("t.md"), "t.md", later.auditor.data.catalogue)).findings)


def test_a_renewed_text_says_nothing_false_outside_of_its_marks(later: PieceReader) -> None:
    body = (
        "Nel 2024 le domande di NASpI accolte sono state 8.924, in aumento rispetto al 2023 (+3,3%). "
        "I pensionati sono 54.117.\n\nIl tasso di disoccupazione è aumentato. Le ore di CIG sono diminuite."
    )
    done = renewed(body, later)
    again = later.read(parse_draft(done.text, Path("t.md"), "t.md", later.auditor.data.catalogue))
    marked = {finding.message for finding in again.findings if finding.rule == "marked_sentence"}
    false = [sentence.text for sentence in again.piece.sentences if not sentence.holds]
    assert len(false) == 2
    assert all(any(text in message for message in marked) for text in false)
    assert done.draft.text == HEAD + body


def test_the_front_matter_moves_and_what_is_the_authors_is_left(later: PieceReader) -> None:
    head = "---\nplace: presentation\ntitle: Presentazione 2024\ndate: 2025-10-31\nedition: 2024\n---\n"
    done = renewed("Testo.", later, head)
    assert done.text == head.replace("edition: 2024", "edition: 2025") + "Testo."
    assert sorted(kinds(done)) == ["left", "left", "moved"]


def test_marks_are_not_doubled(later: PieceReader) -> None:
    once = renewed("==Il tasso di disoccupazione è aumentato.==", later)
    assert once.text == HEAD + "==Il tasso di disoccupazione è aumentato.=="


def test_a_text_renewed_for_its_own_edition_is_itself() -> None:
    body = "Nel 2024 le domande di NASpI accolte sono state 8.924, circa 9 mila.\n\n- I pensionati sono *54.117*."
    same = renew_draft(draft(body), packaged_reader(), packaged_reader())
    assert same.text == HEAD + body
    assert same.notes == ()


def test_an_indicator_that_the_next_edition_has_not_is_told(tmp_path: Path) -> None:
    catalogue = later_catalogue(tmp_path / "catalogue")
    less = {name: cube for name, cube in catalogue.cubes.items() if name != "pensionati"}
    object.__setattr__(catalogue, "cubes", less)
    reader = _bare(catalogue, tmp_path)
    done = renew_draft(draft("I pensionati sono 54.117.\n\nE {{ pensionati }}."), packaged_reader(), reader)
    assert any("unknown indicator 'pensionati'" in note.text for note in done.notes)


def _bare(catalogue: Catalogue, folder: Path) -> PieceReader:
    (folder / "version.yaml").write_text('version: "2025.1"\ndate: "2026-10-31"\n', encoding="utf-8")
    (folder / "errata.yaml").write_text("[]\n", encoding="utf-8")
    store = load_observations(catalogue, folder)
    return PieceReader(ProseAuditor(catalogue, store, Gazetteer.load().find("massa-carrara", 2025)))


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RendicontoError, match="no such file"):
        renew_texts(tmp_path / "nothere", 2025)

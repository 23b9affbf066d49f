"""Pieces: live figures in their places, typed ones bound, every sentence audited, texts where they belong."""

from dataclasses import replace
from pathlib import Path

import pytest

from hand_texts import HEAD, checked, packaged_catalogue
from rendiconto.document.claims import Verdict
from rendiconto.document.values import Status
from rendiconto.errors import RendicontoError
from rendiconto.observations.columns import CubeObservations, Observation
from rendiconto.pipeline import ReleaseRefused, build_report, compose_whole, load_edition
from rendiconto.pipeline.editions import Edition
from rendiconto.pipeline.texts import CheckedTexts, check_texts
from rendiconto.render import RENDERERS
from rendiconto.texts.drafts import MOST_BYTES, MOST_IN_PARAGRAPH, read_draft, read_drafts
from toy_edition import place, toy_catalogue, toy_store

BODY = """\
Nel 2024 le **domande di NASpI accolte** sono state {{ naspi_accolte | valore }}. I pensionati sono 54.117.

Le domande di NASpI accolte sono 8.638.
"""


def write(folder: Path, name: str, body: str, place: str = "presentation", more: str = "") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\nplace: {place}\ntitle: Titolo\n{more}---\n{body}", encoding="utf-8")
    return file


def edition_with(folder: Path) -> Edition:
    return replace(load_edition(), texts=folder)


def test_claims_stand_at_their_offsets_in_their_sentences() -> None:
    piece = checked(BODY).piece
    first, second, third = piece.sentences
    assert first.text == "Nel 2024 le domande di NASpI accolte sono state 8.924."
    (live,) = first.claims
    assert first.text[live.start : live.end] == live.text == "8.924"
    assert live.evidence[0].cell.startswith("T21.0/massa-carrara/2024/")
    assert first.text[first.marks[0].start : first.marks[0].end] == "domande di NASpI accolte"
    (typed,) = second.claims
    assert (typed.verdict, typed.evidence[0].shown) == (Verdict.SUPPORTED, "54.117")
    assert second.text[typed.start : typed.end] == typed.text
    assert not third.holds


def test_a_contradicted_figure_is_a_finding_with_its_line_and_the_right_one() -> None:
    (finding,) = [each for each in checked(BODY).findings if each.rule == "contradicted_sentence"]
    assert finding.cells == ("testo.md:7",)
    assert "8.924" in finding.message


def test_typed_figures_are_bound_when_they_fit_one_cell_only() -> None:
    bound = [claim for block in checked("I pensionati sono 54.117.").blocks for claim in block.claims]
    assert [claim.is_bound for claim in bound] == [True]
    assert [(cube.name, codes) for cube, codes in bound[0].cells] == [("pensionati", ("045", "2024", "T"))]


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        ("Nel 2024 le domande di NASpI accolte sono {{ naspi_accolte }}.", True),
        ("Nel 2023 le domande di NASpI accolte sono {{ naspi_accolte }}.", False),
        ("Nel 2023 le domande di NASpI accolte sono {{ naspi_accolte(anno=2023) }}.", True),
        ("Le domande di NASpI accolte sono in calo: {{ naspi_accolte }} rispetto al 2023.", False),
    ],
)
def test_words_around_a_live_figure_are_audited_too(body: str, holds: bool) -> None:
    assert all(sentence.holds for sentence in checked(body).piece.sentences) is holds


def test_a_missing_figure_prints_nd_and_is_an_error() -> None:
    piece = checked("Le retribuzioni sono {{ retribuzioni_private }} euro.")
    assert piece.piece.sentences[0].text == "Le retribuzioni sono n.d. euro."
    assert [finding.rule for finding in piece.findings] == ["live_missing"]
    assert piece.piece.sentences[0].claims[0].verdict is Verdict.NOT_CHECKABLE


def test_a_confidential_figure_is_never_said(tmp_path: Path) -> None:
    edition = load_edition()
    cube = packaged_catalogue().cubes["naspi_accolte"]
    rows = {codes: edition.observations.get(cube.name, codes) for codes in (("045", "2024", "T"), ("045", "2023", "T"))}
    first = rows["045", "2024", "T"]
    assert first is not None
    hidden: dict[tuple[str, ...], Observation] = {codes: row for codes, row in rows.items() if row is not None}
    hidden["045", "2024", "T"] = Observation(None, Status.CONFIDENTIAL, first.place)
    cubes = {**edition.observations.cubes, cube.name: CubeObservations(cube, rows=hidden)}
    secret = replace(edition, observations=replace(edition.observations, cubes=cubes))
    file = write(tmp_path, "a.md", "Sono {{ naspi_accolte }} e {{ naspi_accolte | variazione }}.")
    (texts,) = check_texts(secret, file, "massa-carrara")
    (piece,) = texts.pieces
    assert piece.piece.sentences[0].text == "Sono * e *."
    assert all(claim.verdict is Verdict.NOT_CHECKABLE for claim in piece.piece.sentences[0].claims)
    shown = [item.as_json() for claim in piece.piece.sentences[0].claims for item in claim.evidence]
    assert "8924" not in str(shown)
    assert {finding.rule for finding in piece.findings} >= {"live_confidential"}


def test_texts_come_into_the_document_at_their_places(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "Secondo.")
    write(tmp_path, "a.md", "Primo.")
    write(tmp_path, "capitoli/4.md", "Capitolo.", "chapter 4")
    write(tmp_path, "t.md", "Tavola.", "table 17")
    write(tmp_path, "altrui.md", "Altrove.", more="territory: lucca\n")
    write(tmp_path, "vecchio.md", "Vecchio.", more="edition: 2023\n")
    write(tmp_path, "_bozza.md", "Bozza {{ inventata }}.")
    write(tmp_path, ".nascosto.md", "Nascosto {{ inventato }}.")
    document, texts = compose_whole("massa-carrara", edition_with(tmp_path))
    assert [piece.source for piece in document.presentation] == ["a.md", "b.md"]
    assert [piece.source for chapter in document.chapters for piece in chapter.pieces] == ["capitoli/4.md"]
    assert next(chapter for chapter in document.chapters if chapter.pieces).number == 4
    assert [table.number for table in document.tables if table.pieces] == ["17"]
    assert len(texts.pieces) == 4
    bare, nothing = compose_whole("massa-carrara", load_edition())
    assert (bare.presentation, nothing.pieces) == ((), ())


def test_a_report_with_a_false_sentence_is_built_and_not_released(tmp_path: Path) -> None:
    write(tmp_path / "texts", "a.md", BODY)
    edition = edition_with(tmp_path / "texts")
    with pytest.raises(ReleaseRefused) as refused:
        build_report("massa-carrara", tmp_path / "out", edition=edition, formats=["data"], release=True)
    assert any("a.md:7" in line and "8.924" in line for line in refused.value.obstacles)
    assert not (tmp_path / "out").exists()
    built = build_report("massa-carrara", tmp_path / "out", edition=edition, formats=["data"])
    assert built.folder.exists()
    write(tmp_path / "texts", "a.md", BODY.replace("8.638", "8.924"))
    released = build_report("massa-carrara", tmp_path / "out", edition=edition, formats=["data"], release=True)
    assert all(sentence.holds for sentence in released.document.presentation[0].sentences)


def test_every_format_is_built_of_a_report_with_texts(tmp_path: Path) -> None:
    write(tmp_path / "texts", "a.md", BODY.replace("8.638", "8.924"))
    write(tmp_path / "texts", "b.md", "Nota con *enfasi* e {{ pensionati }}.", "table 28")
    built = build_report("massa-carrara", tmp_path / "out", edition=edition_with(tmp_path / "texts"), formats=tuple(RENDERERS))
    assert set(built.files) == set(RENDERERS)


def test_another_edition_has_its_own_indicators(tmp_path: Path) -> None:
    catalogue, store = toy_catalogue(), toy_store(tmp_path / "data")
    file = write(tmp_path, "a.md", "I residenti sono {{ popolazione }}.")
    edition = Edition(catalogue, store, (place("massa-carrara"),), None)
    (texts,) = check_texts(edition, file)
    assert texts.pieces[0].piece.sentences[0].claims[0].verdict is Verdict.SUPPORTED
    assert isinstance(texts, CheckedTexts)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * 5_000_000, "larger than 256 kB"),
        (HEAD.encode() + b"x " * MOST_IN_PARAGRAPH, "a paragraph has more than"),
        (HEAD.encode() + b"citt\xe0 e paese", ":5: is not UTF-8"),
        (HEAD.encode() + b"uno\n\x00due", ":6: has the control character U+0000"),
        (HEAD.encode() + b"> " * 3000 + b"a", "nested too deeply"),
        (HEAD.encode() + b"".join(b"  " * depth + b"- a\n" for depth in range(40)), "nested too deeply"),
    ],
)
def test_hostile_files_are_refused_with_a_reason(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.md").write_bytes(content)
    with pytest.raises(RendicontoError) as caught:
        read_drafts(tmp_path, packaged_catalogue())
    assert said in str(caught.value)
    assert MOST_BYTES < 5_000_000


@pytest.mark.parametrize("run", ["[", "*a ", "![", "`a", "_a__", "&amp;", "a\n", "<a ", "[a](b) "])
def test_text_made_to_be_slow_is_read(run: str) -> None:
    assert checked(run * (4000 // len(run))).draft.text.startswith(HEAD)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere", "secret.md", "Segreto.")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.md").symlink_to(secret)
    with pytest.raises(RendicontoError, match="leads out of the folder"):
        read_drafts(folder, packaged_catalogue())
    (folder / "a.md").unlink()
    (folder / "b.md").mkdir()
    with pytest.raises(RendicontoError, match="is not a file"):
        read_drafts(folder, packaged_catalogue())


def test_windows_files_read_like_others(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"\xef\xbb\xbf" + (HEAD + BODY).replace("\n", "\r\n").encode())
    assert read_draft(file, packaged_catalogue()).body == checked(BODY).draft.body

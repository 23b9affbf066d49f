"""A Word file of ours comes back from a committee: exactly what they did is found, nothing else."""

import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import api
from docx.oxml import parse_xml
from typer.testing import CliRunner

from rendiconto.cli import app
from rendiconto.document import Document, Status
from rendiconto.document.review import Edit, Review
from rendiconto.errors import DataError, RendicontoError
from rendiconto.findings import Finding, Severity
from rendiconto.pipeline import (
    Edition,
    compose_report,
    ingest_files,
    inspect_files,
    load_edition,
    read_file,
    render_docx,
    review_file,
)
from rendiconto.pipeline.reviewing import compare_with
from rendiconto.pipeline.revisions import align_paragraphs, sentence_changes
from rendiconto.read.raw.reviewed import read_reviewed
from rendiconto.workspace import init_workspace
from reviewed_report import COMMENTARY, report_with_prose
from sample import sample_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMED = f'xmlns:w="{W}"'
EDIT = Callable[[Any], None]


@cache
def ours() -> bytes:
    return render_docx(report_with_prose())


@cache
def packaged() -> bytes:
    return render_docx(compose_report("massa-carrara"))


def edited(content: bytes, path: Path, *edits: EDIT) -> Path:
    word = api.Document(io.BytesIO(content))
    for edit in edits:
        edit(word)
    word.save(str(path))
    return path


def review_of(path: Path, document: Document | None = None) -> tuple[Review, tuple[Finding, ...]]:
    return compare_with(document or report_with_prose(), packaged_edition(), path, read_file(path))


@cache
def packaged_edition() -> Edition:
    return load_edition()


def paragraph(word: Any, begins: str) -> Any:
    return next(p for p in word.paragraphs if p.text.startswith(begins) and not p.style.name.startswith("toc"))


def table_under(word: Any, caption: str) -> Any:
    captions = (p for p in word.paragraphs if p.style.name.casefold() == "caption" and p.text.startswith(caption))
    element = next(captions)._p.getnext()
    return next(table for table in word.tables if table._tbl is element)


def retype(word: Any, begins: str, old: str, new: str) -> None:
    """As Word does when somebody types: the paragraph and its bookmark stay, the words of its runs change."""
    runs = [run for run in paragraph(word, begins).runs if old in run.text]
    assert len(runs) == 1
    runs[0].text = runs[0].text.replace(old, new)


def tracked(kind: str, text: str, author: str = "Carla Verdi") -> Any:
    tag = "delText" if kind == "del" else "t"
    return parse_xml(
        f'<w:{kind} {NAMED} w:id="900" w:author="{author}" w:date="2025-11-03T09:30:00Z">'
        f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r></w:{kind}>'
    )


def test_a_file_that_nobody_touched_says_nothing(tmp_path: Path) -> None:
    review, findings = review_of(edited(ours(), tmp_path / "r.docx"))
    assert (review.changes, review.tracked, review.comments, findings) == ((), (), (), ())


def change_sentence(word: Any) -> None:
    retype(word, COMMENTARY[0], "8.924", "9.000")


def insert_sentence(word: Any) -> None:
    paragraph(word, "Il quadro resta stabile.").add_run(" Il Comitato ne prende atto.")


def insert_paragraph(word: Any) -> None:
    after = paragraph(word, "Il Comitato presenta")
    after._p.addnext(parse_xml(f"<w:p {NAMED}><w:r><w:t>Un capoverso nuovo.</w:t></w:r></w:p>"))


def remove_paragraph(word: Any) -> None:
    element = paragraph(word, "Chi legge giudichi.")._p
    element.getparent().remove(element)


def comment(word: Any) -> None:
    runs = paragraph(word, "Le domande di NASpI accolte nel").runs
    word.add_comment(runs[2:3], text="Da dove viene?", author="Dario Neri", initials="DN")


def insert_tracked(word: Any) -> None:
    runs = paragraph(word, "Le domande di NASpI accolte nel").runs
    runs[-1]._r.addnext(tracked("ins", " Lo dice la sede."))


def change_figure(word: Any) -> None:
    cell = table_under(word, "Tavola 17, parte 1 di 3").rows[1].cells[-1]
    assert cell.text == "219.216.355,46"
    cell.paragraphs[0].runs[0].text = "219.216.355,64"


def test_each_thing_that_was_done_is_found_and_nothing_else(tmp_path: Path) -> None:
    edits = (change_sentence, insert_sentence, insert_paragraph, remove_paragraph, comment, insert_tracked, change_figure)
    review, findings = review_of(edited(ours(), tmp_path / "r.docx", *edits))
    found = [(change.edit, change.place, change.before, change.after) for change in review.changes]
    chapter = "Capitolo 3, commento"
    assert found == [
        (Edit.ADDED, "Presentazione del Comitato", "", "Un capoverso nuovo."),
        (Edit.REMOVED, "Presentazione del Comitato", "Chi legge giudichi.", ""),
        (Edit.CHANGED, chapter, COMMENTARY[0], COMMENTARY[0].replace("8.924", "9.000")),
        (Edit.ADDED, chapter, "", "Lo dice la sede."),
        (Edit.ADDED, chapter, "", "Il Comitato ne prende atto."),
    ]
    assert [change.anchor for change in review.changes[2:]] == ["capitolo_3_commento_p1"] * 2 + ["capitolo_3_commento_p2"]
    (change,) = review.tracked
    assert (change.edit, change.author, change.date) == (Edit.ADDED, "Carla Verdi", "2025-11-03T09:30:00Z")
    assert (change.text, change.place) == (" Lo dice la sede.", chapter)
    (remark,) = review.comments
    assert (remark.author, remark.text, remark.place) == ("Dario Neri", "Da dove viene?", chapter)
    assert remark.on == COMMENTARY[1]
    (finding,) = findings
    assert (finding.rule, finding.severity) == ("changed_figure", Severity.ERROR)
    assert finding.cells == ("T17.0/massa-carrara/2024/r0/c2",)
    assert (str(finding.expected), str(finding.observed)) == ("219216355.46", "219216355.64")
    assert "219.216.355,64" in finding.message
    assert [change.after for change in review.contradicted] == [COMMENTARY[0].replace("8.924", "9.000")]


def test_a_tracked_deletion_is_a_removal_with_its_author(tmp_path: Path) -> None:
    def delete(word: Any) -> None:
        runs = paragraph(word, "Il Comitato presenta").runs
        runs[-1]._r.addnext(tracked("del", runs[-1].text))
        runs[-1]._r.getparent().remove(runs[-1]._r)

    review, _ = review_of(edited(ours(), tmp_path / "r.docx", delete))
    assert [(change.edit, change.before) for change in review.changes] == [(Edit.REMOVED, "Lo fa ogni anno.")]
    assert [(c.edit, c.author, c.text) for c in review.tracked] == [(Edit.REMOVED, "Carla Verdi", "Lo fa ogni anno.")]


def test_a_figure_that_is_only_written_otherwise_is_no_change(tmp_path: Path) -> None:
    def regroup(word: Any) -> None:
        cell = table_under(word, "Tavola 17, parte 1 di 3").rows[1].cells[-1]
        cell.paragraphs[0].runs[0].text = "219216355,46"

    assert review_of(edited(ours(), tmp_path / "r.docx", regroup))[1] == ()


@pytest.mark.parametrize(("typed", "observed"), [("", None), ("circa 219 milioni", None), ("-", None), ("0", "0")])
def test_whatever_takes_the_place_of_a_figure_is_refused(tmp_path: Path, typed: str, observed: str | None) -> None:
    def overwrite(word: Any) -> None:
        table_under(word, "Tavola 17, parte 1 di 3").rows[1].cells[-1].paragraphs[0].runs[0].text = typed

    (finding,) = review_of(edited(ours(), tmp_path / "r.docx", overwrite))[1]
    assert finding.cells == ("T17.0/massa-carrara/2024/r0/c2",)
    assert (None if finding.observed is None else str(finding.observed)) == observed


def test_of_a_confidential_figure_nothing_is_said_but_that_it_was_changed(tmp_path: Path) -> None:
    document = sample_document()
    cells = [cell for grid in document.grids for line in grid.cells for cell in line]
    hidden = next(cell for cell in cells if cell.status is Status.CONFIDENTIAL)

    def guess(word: Any) -> None:
        symbol = next(c for t in word.tables for row in t.rows for c in row.cells if c.text == "*")
        symbol.paragraphs[0].runs[0].text = "4"

    path = edited(render_docx(document), tmp_path / "r.docx", guess)
    (finding,) = review_of(path, document)[1]
    assert (finding.cells, finding.expected, finding.observed, finding.values) == ((str(hidden.ref),), None, None, ("…",))
    assert "4" not in finding.message.split(":", 1)[1].replace("2024", "")


def test_a_table_that_lost_a_row_is_refused_and_its_other_figures_are_still_compared(tmp_path: Path) -> None:
    def shorten(word: Any) -> None:
        change_figure(word)
        table = table_under(word, "Tavola 17, parte 1 di 3")
        table._tbl.remove(table.rows[-1]._tr)

    rules = {finding.rule: finding for finding in review_of(edited(ours(), tmp_path / "r.docx", shorten))[1]}
    assert set(rules) == {"changed_table", "changed_figure"}
    assert rules["changed_table"].cells == ("T17.0",)
    assert rules["changed_figure"].cells == ("T17.0/massa-carrara/2024/r0/c2",)


def test_a_table_that_is_gone_is_refused(tmp_path: Path) -> None:
    def remove(word: Any) -> None:
        table = table_under(word, "Tavola 17, parte 1 di 3")._tbl
        table.getparent().remove(table)

    (finding,) = review_of(edited(ours(), tmp_path / "r.docx", remove))[1]
    assert (finding.rule, finding.cells) == ("changed_table", ("T17.0",))


def test_a_label_of_a_table_is_text(tmp_path: Path) -> None:
    def rename(word: Any) -> None:
        table_under(word, "Tavola 1 – ").rows[-1].cells[0].paragraphs[0].runs[0].text = "Penisola"

    review, findings = review_of(edited(ours(), tmp_path / "r.docx", rename))
    assert findings == ()
    assert [(c.edit, c.place, c.before, c.after) for c in review.changes] == [
        (Edit.CHANGED, "Tavola 1, etichette", "Italia", "Penisola")
    ]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_command_knows_our_file_and_refuses_changed_figures(tmp_path: Path) -> None:
    path = edited(packaged(), tmp_path / "rivisto.docx", change_figure)
    code, printed = run("read", str(path))
    answer = json.loads(printed)
    assert code == 1
    assert [f["cells"] for f in answer["findings"] if f["severity"] == "error"] == [["T17.0/massa-carrara/2024/r0/c2"]]
    assert answer["review"]["territory"] == "massa-carrara"
    assert answer["review"]["changes"] == answer["review"]["comments"] == answer["review"]["tracked"] == []
    assert len(answer["tables"]) == 67


def test_the_command_shows_what_changed_in_words(tmp_path: Path) -> None:
    def reword(word: Any) -> None:
        retype(word, "Nota:", "Nota:", "Avvertenza:")
        runs = paragraph(word, "Avvertenza:").runs
        word.add_comment(runs, text="Meglio così.", author="Dario Neri", initials="DN")
        runs[-1]._r.addnext(tracked("ins", " (aggiunta)"))

    path = edited(packaged(), tmp_path / "rivisto.docx", reword)
    code, printed = run("read", str(path), "--format", "text")
    assert code == 0
    assert re.search(r"^  ~ \[Tavola \d+\] Nota: ", printed, re.MULTILINE)
    assert re.search(r"^    → Avvertenza: .* \(aggiunta\)$", printed, re.MULTILINE)
    assert re.search(r"^  \+ \[Tavola \d+\] Carla Verdi, 2025-11-03T09:30:00Z:  \(aggiunta\)$", printed, re.MULTILINE)
    assert re.search(r"^  \[Tavola \d+\] Dario Neri, .* on “Avvertenza: .*”: Meglio così\.$", printed, re.MULTILINE)
    assert "Text: 1 change\n" in printed


def test_somebody_elses_word_file_has_no_review(tmp_path: Path) -> None:
    word = api.Document()
    word.add_heading("Rendiconto Sociale 2024. Provincia di Massa-Carrara")
    word.save(str(tmp_path / "altrui.docx"))
    code, printed = run("read", str(tmp_path / "altrui.docx"))
    assert code == 0
    assert "review" not in json.loads(printed)


def test_a_file_made_from_other_data_says_so(tmp_path: Path) -> None:
    def age(word: Any) -> None:
        (custom,) = [part for part in word.part.package.iter_parts() if part.partname == "/docProps/custom.xml"]
        custom._blob = custom.blob.replace(b">2024.1<", b">2023.9<")

    path = edited(packaged(), tmp_path / "vecchio.docx", age)
    answer = json.loads(run("read", str(path))[1])
    (finding,) = [finding for finding in answer["findings"] if finding["rule"] == "other_data"]
    assert "2023.9" in finding["message"]
    assert "2024.1" in finding["message"]


def test_a_workspace_compares_with_the_version_that_the_file_was_made_from(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "ws", edition=2024, territories=("massa-carrara",), base="packaged")
    before = compose_report("massa-carrara", load_edition(workspace=workspace))
    path = tmp_path / "prima.docx"
    path.write_bytes(render_docx(before))
    delivery = tmp_path / "pensionati.csv"
    delivery.write_text("territory;period;sex;value\nMS;2024;F;27.395\nMS;2024;M;26.722\nMS;2024;T;54.171\n", encoding="utf-8")
    ingest_files(workspace, inspect_files([delivery], workspace=workspace))
    found = review_file(path, read_file(path, workspace=workspace), workspace=workspace)
    assert found is not None
    assert (found[0].compared_with, found[0].changes, found[1]) == ("2024.1", (), ())
    now = compose_report("massa-carrara", load_edition(workspace=workspace))
    later = tmp_path / "dopo.docx"
    later.write_bytes(render_docx(now))
    assert now.data_version == "2024.1+1"
    elsewhere = review_file(later, read_file(later))
    assert elsewhere is not None
    rules = [finding.rule for finding in elsewhere[1]]
    assert rules[0] == "other_data"
    assert set(rules[1:]) == {"changed_figure"}, "outside the workspace the delivered figures are not known"


def test_a_stranger_who_pretends_to_be_ours_is_refused_in_a_line(tmp_path: Path) -> None:
    def pretend(word: Any) -> None:
        (custom,) = [part for part in word.part.package.iter_parts() if part.partname == "/docProps/custom.xml"]
        custom._blob = custom.blob.replace(b">massa-carrara<", b">atlantide<")

    with pytest.raises(RendicontoError, match="unknown territory 'atlantide'"):
        read_file(edited(packaged(), tmp_path / "falso.docx", pretend))


def test_a_file_with_more_in_it_than_a_report_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rendiconto.read.raw.reviewed.MOST_ITEMS", 100)
    path = tmp_path / "lungo.docx"
    path.write_bytes(packaged())
    with pytest.raises(DataError, match="more than a report"):
        read_reviewed(path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "guasto.docx"
    path.write_bytes(packaged()[:-2000])
    with pytest.raises(DataError, match="damaged"):
        read_reviewed(path)


def test_sentences_are_told_by_ours_first_then_by_full_stops() -> None:
    before = ("Ai sensi dell'art. 52 vale.", "Il tab. Uno resta.")
    same = list(sentence_changes(before, " ".join(before), place="", anchor=""))
    assert same == []
    changes = list(sentence_changes(before, "Prima frase. Ai sensi dell'art. 52 vale.", place="", anchor=""))
    assert [(c.edit, c.before, c.after) for c in changes] == [
        (Edit.ADDED, "", "Prima frase."),
        (Edit.REMOVED, "Il tab. Uno resta.", ""),
    ]


def test_a_paragraph_rewritten_whole_is_found_by_its_bookmark() -> None:
    mine = [("", "Titolo"), ("p1", "Le domande sono 8."), ("", "Fonte: INPS")]
    theirs: list[tuple[tuple[str, ...], str]] = [((), "Titolo"), (("p1",), "Tutt'altro discorso"), ((), "Fonte: INPS")]
    assert align_paragraphs(mine, theirs) == [(0, 0), (1, 1), (2, 2)]
    assert align_paragraphs(mine, [theirs[0], ((), "Tutt'altro discorso"), theirs[2]]) == [(0, 0), (1, None), (None, 1), (2, 2)]

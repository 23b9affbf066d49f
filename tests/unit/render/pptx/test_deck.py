"""The deck as a person and a screen reader meet it."""

import io
from dataclasses import replace
from functools import cache
from typing import Any

import pptx
import pytest
from documents import document_named
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from rendiconto.document import Document
from rendiconto.document.prose import Sentence
from rendiconto.render import load_renderer
from rendiconto.render.archive import read_zip
from rendiconto.render.pptx.deck import render_deck
from sample_prose import claim, with_prose, without_prose

EMU = 914400


@cache
def document(name: str) -> Document:
    made = {"prose": with_prose, "silent": without_prose}
    return made[name](document_named("report")) if name in made else document_named(name)


@cache
def deck(name: str) -> Any:
    (content,) = load_renderer("pptx")(document(name)).values()
    return pptx.Presentation(io.BytesIO(content))


everywhere = pytest.mark.parametrize("name", ["sample", "report", "prose", "silent"])


def test_about_twenty_wide_slides() -> None:
    assert 18 <= len(deck("report").slides) <= 24
    assert deck("report").slide_width * 9 == pytest.approx(deck("report").slide_height * 16, rel=0.001)


@everywhere
def test_every_slide_has_a_title_of_its_own_in_its_placeholder_read_first(name: str) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck(name).slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in deck(name).slides:
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id


@everywhere
def test_a_slide_of_a_chapter_says_its_sentence_or_its_name(name: str) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck(name).slides]
    report = document(name)
    expected = [s.text.removesuffix(".") for s in report.highlights] or [chapter.title for chapter in report.chapters]
    assert [title for title in titles if title in expected] == expected


@everywhere
def test_pictures_and_tables_have_words_that_stand_for_them(name: str) -> None:
    kinds = set()
    for slide in deck(name).slides:
        for shape in slide.shapes:
            if shape.has_table or shape.shape_type == 13:
                kinds.add(shape.has_table)
                assert len(shape._element._nvXxPr.cNvPr.get("descr")) > 20
            if shape.has_table:
                assert (shape.table.first_row, shape.table.first_col) == (True, True)
    assert kinds >= {False}


@everywhere
def test_every_word_is_italian(name: str) -> None:
    for slide in deck(name).slides:
        for part in (slide, slide.notes_slide):
            assert {run.get("lang") for run in part._element.iter(qn("a:rPr"))} <= {"it-IT"}
            assert all(run.find(qn("a:rPr")) is not None for run in part._element.iter(qn("a:r")))


@everywhere
def test_nothing_leaves_the_slide_and_nothing_lies_on_the_footer(name: str) -> None:
    for slide in deck(name).slides:
        for shape in slide.shapes:
            where = (slide.shapes.title.text_frame.text, shape.name)
            assert shape.left >= 0, where
            assert shape.left + shape.width <= deck(name).slide_width, where
            footer = shape.is_placeholder and shape.placeholder_format.type in {
                PP_PLACEHOLDER.FOOTER,
                PP_PLACEHOLDER.SLIDE_NUMBER,
            }
            assert footer or shape.top + shape.height <= 6.95 * EMU, where


@everywhere
def test_all_slides_but_the_cover_have_footer_and_number(name: str) -> None:
    first, *others = deck(name).slides
    wanted = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    assert not wanted & {shape.placeholder_format.type for shape in first.placeholders}
    for slide in others:
        assert wanted <= {shape.placeholder_format.type for shape in slide.placeholders}
        assert list(slide._element.iter(qn("a:fld")))
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)


@everywhere
def test_no_placeholder_is_left_empty(name: str) -> None:
    for slide in deck(name).slides:
        assert all(shape.text_frame.text for shape in slide.placeholders)


def test_the_speaker_has_the_commentary_before_the_eyes() -> None:
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck("prose").slides)
    for chapter in document("prose").chapters:
        assert all(paragraph.text in notes for paragraph in chapter.commentary)
    assert all(slide.notes_slide.notes_text_frame.text for slide in deck("report").slides)


def test_a_chapter_where_nothing_fits_has_a_slide_all_the_same() -> None:
    report = document_named("sample")
    bare = replace(
        report.chapters[0], tables=tuple(replace(table, figures=(), grids=()) for table in report.chapters[0].tables)
    )
    (content,) = render_deck(replace(report, chapters=(bare,))).values()
    slides = pptx.Presentation(io.BytesIO(content)).slides
    (slide,) = [slide for slide in slides if slide.shapes.title.text_frame.text == bare.title]
    assert "Tavola 5" in slide.placeholders[1].text_frame.text


def test_what_is_not_there_has_no_slide() -> None:
    whole = replace(document_named("sample"), missing=(), key_figures=(), sources=())
    (content,) = render_deck(whole).values()
    titles = [slide.shapes.title.text_frame.text for slide in pptx.Presentation(io.BytesIO(content)).slides]
    assert not {"Che cosa manca in questa edizione", "Le cifre principali", "Chi ha fornito i dati"} & set(titles)


def test_the_file_says_whose_it_is_and_the_day_of_the_data() -> None:
    properties = deck("sample").core_properties
    assert properties.title == "Rendiconto sociale 2024, Provincia di Massa-Carrara"
    assert properties.author == properties.last_modified_by == "Rendiconto"
    assert properties.created.date().isoformat() == properties.modified.date().isoformat() == "2025-06-30"
    (content,) = load_renderer("pptx")(document("sample")).values()
    assert [name for name in read_zip(content) if "thumbnail" in name] == []


def test_letters_of_notes_stand_beside_their_figures() -> None:
    report = document("sample")
    (table,) = [table for table in report.tables if table.number == "20"]
    alone = replace(report.chapters[1], tables=(replace(table, figures=()),))
    (content,) = render_deck(replace(report, chapters=(alone,))).values()
    slides = pptx.Presentation(io.BytesIO(content)).slides
    ((slide, shape),) = [(slide, shape) for slide in slides for shape in slide.shapes if shape.has_table]
    assert shape.name == "T20.0/massa-carrara/2024"
    cell = shape.table.cell(1, 6)
    plain, letter = cell.text_frame.paragraphs[0].runs
    assert (plain.text, letter.text) == ("14,64", "a")
    assert letter.font._element.get("baseline") == "30000"
    caption = next(shape.text_frame.text for shape in slide.shapes if shape.name == "Fonte e note")
    assert "a) " in caption


def test_a_sentence_stands_over_the_table_that_it_rests_on() -> None:
    report = document_named("report")
    (chapter,) = [chapter for chapter in report.chapters if chapter.number == 5]
    cell = next(grid for grid in report.grids if grid.table == "42").cells[0][2]
    said = Sentence("Le certificazioni sono 61.", (claim(cell, 23, "APE sociale, 2024"),))
    (content,) = render_deck(replace(report, chapters=(chapter,), highlights=(said,))).values()
    slides = list(pptx.Presentation(io.BytesIO(content)).slides)
    (first,) = [
        number for number, slide in enumerate(slides) if slide.shapes.title.text_frame.text == "Le certificazioni sono 61"
    ]
    assert [shape.name for shape in slides[first].shapes if shape.has_table] == ["T42.0/massa-carrara/2024"]
    assert slides[first + 1].shapes.title.text_frame.text == "Pensioni IVS vigenti per gestione e genere"

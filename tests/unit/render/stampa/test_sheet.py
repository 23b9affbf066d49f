"""One page, which opens with what matters most."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from documents import document_named

from rendiconto.document import Document
from rendiconto.document.prose import Sentence
from rendiconto.render.excerpts import leading_highlight
from rendiconto.render.pdf.house import count_pages
from rendiconto.render.stampa.sheet import leading_figure, render_sheet
from sample_prose import claim, with_prose, without_prose


def sheet(document: Document) -> bytes:
    (content,) = render_sheet(document).values()
    return content


def words(document: Document) -> str:
    pdf = pypdfium2.PdfDocument(io.BytesIO(sheet(document)))
    text = pdf[0].get_textpage().get_text_range()
    pdf.close()
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["sample", "report"])
def test_the_sheet_has_one_page_with_prose_and_without(name: str) -> None:
    document = document_named(name)
    long = replace(document, highlights=tuple(Sentence("Parole che non finiscono mai. " * 8) for _ in range(9)))
    for variant in (
        without_prose(document),
        document,
        with_prose(document),
        long,
        replace(document, key_figures=(), sources=()),
    ):
        assert count_pages(sheet(variant)) == 1


def test_the_headline_is_the_sentence_on_the_first_key_figure() -> None:
    document = document_named("report")
    keys = {key.ref: key for key in document.key_figures}
    cells = {str(cell.ref): cell for grid in document.grids for line in grid.cells for cell in line}
    jobs, people = (next(key for key in keys.values() if key.label.startswith(name)) for name in ("Tasso di occ", "Residenti"))
    other = Sentence("Altro.")
    about = [Sentence(f"Sono {key.value}.", (claim(cells[key.ref], 5, key.label),)) for key in (jobs, people)]
    said = replace(document, highlights=(other, *about))
    assert leading_highlight(said) == about[1]
    assert "Sono 186.982 " in f"{words(said)} "
    assert leading_highlight(replace(document, highlights=(other,))) == other
    assert leading_highlight(without_prose(document)) is None


def test_the_chart_is_that_of_the_headline_or_of_the_first_key_figure_that_has_one() -> None:
    document = document_named("report")
    found = leading_figure(without_prose(document))
    assert found is not None
    assert found[0].number == "3"
    cells = {str(cell.ref): cell for grid in document.grids for line in grid.cells for cell in line}
    jobs = next(key for key in document.key_figures if key.label.startswith("Tasso di occ"))
    table = next(table for table in document.tables if table.number == jobs.table)
    assert jobs.ref not in {point.ref for point in table.figures[0].points}, "the chart draws another part of the table"
    said = Sentence("Sono.", (claim(cells[jobs.ref], 0, "qui"),))
    found = leading_figure(replace(document, highlights=(said,)))
    assert found is not None
    assert found[0].number == jobs.table


def test_the_sheet_says_how_to_cite_and_invents_no_contact() -> None:
    text = words(document_named("report"))
    assert "Come citare" in text
    assert "versione dei dati 2024.1" in text
    assert "@" not in text
    assert "tel" not in text.lower().split()

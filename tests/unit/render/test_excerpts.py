"""What a short document takes follows what the Document says."""

from dataclasses import replace

from documents import document_named

from rendiconto.document import Grid
from rendiconto.document.prose import Paragraph, Sentence
from rendiconto.render.excerpts import (
    chapter_figure,
    chapter_grid,
    compare_key_figures,
    highlight_of,
    read_key_figure,
    version_line,
)
from sample_prose import claim, without_prose


def small(grid: Grid) -> bool:
    return len(grid.cells) <= 4


def test_a_per_cent_sign_stands_at_the_figure() -> None:
    keys = {key.label: read_key_figure(key) for key in document_named("report").key_figures}
    assert keys["Tasso di occupazione, 2024"].value == "68,3%"
    assert keys["Tasso di occupazione, 2024"].beside == "Italia: 62,2%"
    assert keys["Domande di NASpI accolte, 2024"].beside == "domande · nel 2023: 8.638"


def test_the_comparison_has_a_place_for_each_other_and_says_what_it_lacks() -> None:
    comparison = compare_key_figures(document_named("report"))
    assert comparison is not None
    assert comparison.places == ("Massa-Carrara", "Toscana", "Italia")
    rows = {key.label: figures for key, figures in comparison.rows}
    assert rows["Tasso di occupazione, 2024"] == ("68,3", "70,9", "62,2")
    assert rows["Domande di invalidità civile accolte, 2024"] == ("10.886", "153.606", None)
    assert "Pensioni IVS vigenti, 2024" not in rows
    assert compare_key_figures(document_named("sample")) is None


def test_a_chapters_sentence_is_that_of_its_commentary_or_of_its_cells() -> None:
    document = document_named("report")
    first, second, third, *_ = document.chapters
    cells = {str(cell.ref): cell for grid in document.grids for line in grid.cells for cell in line}
    said, resting = Sentence("Detto."), Sentence("Sono.", (claim(cells["T12.0/massa-carrara/2024/r0/c8"], 0, "qui"),))
    first = replace(first, commentary=(Paragraph((said,)),))
    document = replace(document, chapters=(first, second, third), highlights=(resting, said))
    assert highlight_of(document, first) == said
    assert highlight_of(document, second) == resting
    assert highlight_of(document, third) is None
    figure = chapter_figure(document, second)
    assert figure is not None
    assert figure[0].number == "12"


def test_without_sentences_the_chart_is_that_of_a_key_figure() -> None:
    document = without_prose(document_named("report"))
    chosen = [chapter_figure(document, chapter) for chapter in document.chapters]
    assert [found[0].number for found in chosen if found][:4] == ["3", "12", "17", "21"]
    assert chapter_figure(document, document.chapters[0], fits=lambda _: False) is None


def test_the_table_compares_territories_and_is_not_that_of_the_chart() -> None:
    document = without_prose(document_named("report"))
    chapter = document.chapters[1]
    found = chapter_grid(document, chapter, small)
    assert found is not None
    table, grid = found
    assert small(grid)
    assert len({dict(cell.key)["territory"] for line in grid.cells for cell in line}) == 3
    other = chapter_grid(document, chapter, small, besides=table)
    assert other is not None
    assert other[0] is not table
    assert chapter_grid(document, chapter, lambda _: False) is None


def test_the_version_is_dated() -> None:
    assert version_line(document_named("sample")) == "Edizione 2024, versione dei dati 2024.1 del 30 giugno 2025"

"""Prose on its way to the PDF: runs, tables, characters that the typeface has not."""

from documents import document_named

from rendiconto.render.pdf.prose import piece_lines, printable, prose_lines
from sample_prose import with_prose


def test_a_chapter_says_which_tables_it_rests_on() -> None:
    chapter = document_named("report").chapters[0]
    (first,) = prose_lines(chapter.commentary)
    assert "".join(run["text"] for run in first["runs"]) == chapter.commentary[0].text
    assert {"label": "tavola 3", "slug": "3"} in first["tables"]


def test_a_piece_has_its_authors_and_day() -> None:
    piece = with_prose(document_named("report")).presentation[0]
    lines = piece_lines(piece)
    assert lines["bylines"] == ["Anna Rossi, presidente del comitato", "Ugo Bianchi", "31 maggio 2025"]
    kinds = [paragraph["kind"] for paragraph in lines["paragraphs"]]
    assert {"text", "item"} <= set(kinds)


def test_what_the_typeface_has_not_is_written_as_its_number() -> None:
    assert printable("è già 8,1% – «così»") == "è già 8,1% – «così»"
    assert printable("bene 😀") == "bene [U+1F600]"

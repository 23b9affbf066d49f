"""Front matter: where a text goes, whose it is; what is wrong is told with its line and the near names."""

from pathlib import Path

import pytest

from hand_texts import draft, packaged_catalogue, packaged_reader
from rendiconto.document.prose import Byline
from rendiconto.errors import RendicontoError
from rendiconto.territory import Gazetteer
from rendiconto.texts import EXAMPLE
from rendiconto.texts.drafts import read_draft
from rendiconto.texts.frontmatter import Destination, Where

WHOLE = """\
---
place: chapter 4
title: Commento
authors:
  - {name: Anna Neri, role: Presidente}
  - {name: Ugo Bianchi}
date: 2025-10-31
territory: [massa-carrara, "09"]
edition: 2024
---
Testo.
"""


def test_every_key_is_read() -> None:
    front = draft("", WHOLE).front
    assert front.destination == Destination(Where.CHAPTER, "4")
    assert front.bylines == (Byline("Anna Neri", "Presidente"), Byline("Ugo Bianchi"))
    assert (front.date, front.edition, front.title_line) == ("2025-10-31", 2024, 3)
    gazetteer = Gazetteer.load()
    massa, toscana, lucca = (gazetteer.find(name, 2024) for name in ("massa-carrara", "toscana", "lucca"))
    assert [front.is_for(massa, 2024), front.is_for(toscana, 2024), front.is_for(lucca, 2024)] == [True, True, False]
    assert not front.is_for(massa, 2025)


def test_chapters_go_by_number_or_slug_and_tables_by_number() -> None:
    slug = packaged_catalogue().chapters[3].slug
    for place, destination in (
        (f"chapter {slug}", Destination(Where.CHAPTER, "4")),
        ("table T17", Destination(Where.TABLE, "17")),
        ("table g1", Destination(Where.TABLE, "G1")),
        ("presentation", Destination(Where.PRESENTATION)),
    ):
        assert draft("", f"---\nplace: {place}\ntitle: T\n---\n").front.destination == destination


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("place: presentation\ntitel: T", "testo.md:3 (titel): unknown key 'titel'\nDid you mean 'title'"),
        ("place: presentation", "testo.md:2 (title): the key 'title' is missing"),
        ("place: presentation\ntitle: ' '", "testo.md:3 (title): the title is empty"),
        ("title: T\nplace: chapter 14", "testo.md:3 (place): unknown chapter '14'"),
        ("title: T\nplace: table 71", "testo.md:3 (place): unknown table '71'"),
        ("title: T\nplace: chaptr 4", "testo.md:3 (place): unknown place 'chaptr'\nDid you mean 'chapter'"),
        ("title: T\nplace: presentation 2", "testo.md:3 (place): 'presentation 2' is not a place"),
        ("title: T\nplace: presentation\ndate: 31/10/2025", "testo.md:4 (date): '31/10/2025' is not a date"),
        ("title: T\nplace: presentation\nterritory: masa", "testo.md:4 (territory): unknown territory 'masa'"),
        ("title: T\nplace: presentation\nauthors: [{nome: A}]", "unknown key 'nome'\nDid you mean 'name'"),
        ("title: T\ntitle: U\nplace: presentation", "testo.md:3: the key 'title' is given twice"),
        ("- a", "testo.md:1: the front matter is not a list of keys"),
        ("title: " + "[" * 7000, "nested too deeply"),
        ("title: " + "x" * 9000, "too long"),
    ],
)
def test_a_mistake_is_told_with_its_line(head: str, said: str) -> None:
    with pytest.raises(RendicontoError) as caught:
        draft("Testo.\n", f"---\n{head}\n---\n")
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["Testo senza.\n", "---\nplace: presentation\n", ""])
def test_front_matter_has_to_be_there_and_end(text: str) -> None:
    with pytest.raises(RendicontoError, match="front matter"):
        draft(text, "")


def test_the_example_reads_and_says_nothing_false(tmp_path: Path) -> None:
    file = tmp_path / "esempio.md"
    file.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    piece = packaged_reader().read(read_draft(file, packaged_catalogue(), tmp_path))
    assert piece.piece.title == "Presentazione"
    assert piece.findings == ()
    assert piece.coverage.checked == piece.coverage.numeric_sentences

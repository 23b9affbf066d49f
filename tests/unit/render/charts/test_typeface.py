"""Widths are the font's own, and lines break where words do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from rendiconto.render.charts.typeface import BOLD, REGULAR, SEMIBOLD, cut_text, font_directory, text_width, wrap_text
from sample_charts import SECTORS

words = st.lists(st.text("abcdefgilmnoprstuvz'à", min_size=1, max_size=14), min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize(("weight", "face"), [(REGULAR, "Regular"), (SEMIBOLD, "SemiBold"), (BOLD, "Bold")])
@pytest.mark.parametrize("text", ["Massa-Carrara 14,6", "−1.310", "Attività manifatturiere", "n.d. 2º", "…", "65 e oltre · %"])
def test_widths_are_those_that_a_typesetter_measures(weight: int, face: str, text: str) -> None:
    font = ImageFont.truetype(font_directory() / f"TitilliumWeb-{face}.ttf", 1000, layout_engine=ImageFont.Layout.BASIC)
    # A typesetter kerns: a pair comes closer, so ours is never too narrow by more than a hair.
    measured = font.getlength(text) / 1000
    assert measured * 0.995 <= text_width(text, 1, weight) <= measured * 1.06


def test_a_character_that_the_font_lacks_has_some_width() -> None:
    assert text_width("漢", 10) > 0


@given(words, st.integers(40, 300))
def test_lines_hold_all_words_or_end_in_an_ellipsis(text: str, room: int) -> None:
    lines = wrap_text(text, room, 13)
    assert 1 <= len(lines) <= 3
    joined = " ".join(lines)
    assert "…" in joined or joined.split() == text.split()
    for line in lines:
        assert text_width(line, 13) <= room


@pytest.mark.parametrize("label", list(SECTORS))
def test_the_longest_labels_of_the_source_are_whole_on_a_page(label: str) -> None:
    lines = wrap_text(label, 640 * 0.44, 13, BOLD)
    assert " ".join(lines).replace("/ ", "/") == label
    assert len(lines) <= 2


def test_what_does_not_fit_is_cut() -> None:
    assert cut_text("Somministrazione", 500, 13) == "Somministrazione"
    short = cut_text("Somministrazione", 60, 13)
    assert short.endswith("…")
    assert "Somministrazione".startswith(short.removesuffix("…"))
    assert text_width(short, 13) <= 60


def test_lines_are_filled_evenly() -> None:
    first, second = wrap_text("Attività professionali scientifiche e tecniche", 220, 13, BOLD)
    assert (first, second) == ("Attività professionali", "scientifiche e tecniche")

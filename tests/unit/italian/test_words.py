"""Words, sentences and the lexicon."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.italian.lexicon import Direction, change_of, comparison_of, degree_of
from rendiconto.italian.words import split_sentences, split_words, stem_word


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    words = split_words(text, 5)
    assert [text[word.start - 5 : word.end - 5] for word in words] == [word.text for word in words]
    assert all(one.end <= two.start for one, two in pairwise(words))


@given(st.text(alphabet="ab .!?;\nA1", max_size=80))
def test_sentences_are_in_order_and_lose_only_blanks(text: str) -> None:
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace(
        "\n", ""
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Sono n. 12. Erano 15.", 2),
        ("Ai sensi dell'art. 3 sono 5.", 1),
        ("Sono 1.347,5 euro. Poi", 2),
        ("Passano da 101 gg a 109 gg. Nel 2023 erano meno.", 2),
        ("Titolo\n\nTesto.", 2),
        ("", 0),
    ],
)
def test_full_stops_that_end_nothing(text: str, sentences: int) -> None:
    assert len(split_sentences(text)) == sentences


def test_numbers_keep_their_signs_and_elisions_stand_apart() -> None:
    assert [word.text for word in split_words("l’aumento del -15,2% (n.12)")] == [
        "l’",
        "aumento",
        "del",
        "-15,2",
        "%",
        "(",
        "n",
        ".",
        "12",
        ")",
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [("pensione", "pensioni"), ("accolta", "accolte"), ("pubblico", "pubbliche"), ("beneficiario", "beneficiari")],
)
def test_forms_of_a_word_share_a_stem(one: str, two: str) -> None:
    assert stem_word(one) == stem_word(two)


@pytest.mark.parametrize(
    ("word", "direction"),
    [
        ("aumentate", Direction.UP),
        ("calo", Direction.DOWN),
        ("salito", Direction.UP),
        ("riduce", Direction.DOWN),
        ("costante", Direction.LEVEL),
    ],
)
def test_words_of_change(word: str, direction: Direction) -> None:
    assert change_of(word) is direction


@pytest.mark.parametrize("word", ["contratto", "contratti", "salute", "calcolo", "casa"])
def test_words_that_only_look_like_change(word: str) -> None:
    assert change_of(word) is None


def test_comparatives() -> None:
    assert (comparison_of("inferiore"), comparison_of("maggiore"), comparison_of("pari")) == (
        Direction.DOWN,
        Direction.UP,
        Direction.LEVEL,
    )
    assert (degree_of("alto"), degree_of("bassa"), degree_of("verde")) == (Direction.UP, Direction.DOWN, None)

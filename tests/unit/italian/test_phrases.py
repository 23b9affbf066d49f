"""Articles, prepositions, elision, agreement."""

import pytest

from rendiconto.italian.phrases import (
    Gender,
    at_place,
    before_figure,
    capitalised,
    definite_figure,
    listed,
    ordinal,
    parse_noun_phrase,
)


@pytest.mark.parametrize(
    ("text", "of", "to"),
    [
        ("le domande di NASpI", "delle domande di NASpI", "alle domande di NASpI"),
        ("il tasso", "del tasso", "al tasso"),
        ("gli emigrati", "degli emigrati", "agli emigrati"),
        ("lo sportello", "dello sportello", "allo sportello"),
        ("la quota", "della quota", "alla quota"),
        ("i CAF", "dei CAF", "ai CAF"),
    ],
)
def test_prepositions_join_articles(text: str, of: str, to: str) -> None:
    noun = parse_noun_phrase(text)
    assert (noun.after("di"), noun.after("a"), noun.definite) == (of, to, text)
    assert noun.after("per") == f"per {text}"


def test_an_elided_article_needs_a_gender() -> None:
    age = parse_noun_phrase("l'età media", Gender.FEMININE)
    assert (age.after("di"), age.after("in"), age.definite) == ("dell'età media", "nell'età media", "l'età media")
    with pytest.raises(ValueError, match="gender"):
        parse_noun_phrase("l'età media")
    with pytest.raises(ValueError, match="article"):
        parse_noun_phrase("domande")


def test_words_agree() -> None:
    births, rate = parse_noun_phrase("le nascite"), parse_noun_phrase("il tasso")
    assert (births.agree("invariat"), rate.agree("invariat")) == ("invariate", "invariato")
    assert (births.agree("stabil-"), rate.agree("stabil-")) == ("stabili", "stabile")
    assert births.verb("cresce", "crescono") == "crescono"


@pytest.mark.parametrize(
    ("shown", "of", "the"),
    [
        ("3,3%", "del 3,3%", "il 3,3%"),
        ("8,1%", "dell'8,1%", "l'8,1%"),
        ("0,4%", "dello 0,4%", "lo 0,4%"),
        ("11,5%", "dell'11,5%", "l'11,5%"),
        ("1,2%", "dell'1,2%", "l'1,2%"),
        ("1.200", "del 1.200", "il 1.200"),
        ("80", "dell'80", "l'80"),
        ("18", "del 18", "il 18"),
    ],
)
def test_articles_before_figures_go_by_how_they_are_said(shown: str, of: str, the: str) -> None:
    assert (before_figure("di", shown), definite_figure(shown)) == (of, the)


def test_ordinals_and_places() -> None:
    assert [ordinal(3), ordinal(2, feminine=True), ordinal(12)] == ["terzo", "seconda", "12°"]
    assert [at_place(place) for place in (1, 8, 11, 12)] == [
        "al primo posto",
        "all'ottavo posto",
        "all'11° posto",
        "al 12° posto",
    ]


def test_lists_and_capitals() -> None:
    assert listed(["a", "b", "c"]) == "a, b e c"
    assert capitalised("è così") == "È così"

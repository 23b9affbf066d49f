"""Paragraphs cut into stretches."""

from hypothesis import given
from hypothesis import strategies as st

from rendiconto.document.claims import Passage
from rendiconto.render.audits.marking import Look, Mark, Stretch, cut_passage

TEXT = "abcdefghij"


def cut(*marks: Mark, start: int = 0) -> list[tuple[str, Look, int | None, list[int]]]:
    return [
        (piece.text, piece.look, None if piece.link is None else piece.link.number, [mark.number for mark in piece.badges])
        for piece in cut_passage(Passage(TEXT, start, 1, 1), marks)
    ]


def test_without_marks_a_passage_is_one_stretch() -> None:
    assert cut() == [(TEXT, Look.PLAIN, None, [])]
    assert cut_passage(Passage("", 0, 1, 1), []) == ()


def test_a_mark_alone_is_its_link() -> None:
    assert cut(Mark(102, 104, Look.SUPPORTED, 1), start=100) == [
        ("ab", Look.PLAIN, None, []),
        ("cd", Look.SUPPORTED, 1, []),
        ("efghij", Look.PLAIN, None, []),
    ]


def test_a_mark_inside_another_has_the_link_that_ends_with_it() -> None:
    assert cut(Mark(0, 10, Look.SUPPORTED, 1), Mark(3, 5, Look.CONTRADICTED, 2)) == [
        ("abc", Look.SUPPORTED, None, []),
        ("de", Look.CONTRADICTED, 2, []),
        ("fghij", Look.SUPPORTED, 1, []),
    ]


def test_the_worst_verdict_shows() -> None:
    assert cut(Mark(0, 10, Look.CONTRADICTED, 1), Mark(3, 5, Look.SUPPORTED, 2))[1][1] is Look.CONTRADICTED


def test_marks_that_overlap_share_a_stretch() -> None:
    assert cut(Mark(0, 6, Look.SUPPORTED, 1), Mark(4, 10, Look.NOT_CHECKABLE, 2)) == [
        ("abcd", Look.SUPPORTED, None, []),
        ("ef", Look.NOT_CHECKABLE, 1, []),
        ("ghij", Look.NOT_CHECKABLE, 2, []),
    ]


def test_of_marks_that_end_together_the_shortest_is_the_link() -> None:
    assert cut(Mark(0, 10, Look.SUPPORTED, 1), Mark(5, 10, Look.SUPPORTED, 2), Mark(0, 10, Look.SUPPORTED, 3)) == [
        ("abcde", Look.SUPPORTED, None, []),
        ("fghij", Look.SUPPORTED, 2, [1, 3]),
    ]


def test_a_mark_of_no_length_is_a_badge() -> None:
    found = cut(Mark(0, 0, Look.SUPPORTED, 1), Mark(4, 4, Look.SUPPORTED, 2))
    assert found == [("", Look.PLAIN, None, [1]), ("abcd", Look.PLAIN, None, [2]), ("efghij", Look.PLAIN, None, [])]


def test_a_mark_that_goes_beyond_the_passage_is_cut() -> None:
    assert cut(Mark(8, 99, Look.UNREAD, 1))[-1] == ("ij", Look.UNREAD, 1, [])


marks = st.lists(st.tuples(st.integers(-3, 14), st.integers(-3, 14), st.sampled_from([*Look][:4])), max_size=9)


@given(st.text(max_size=10), marks)
def test_no_letter_is_lost_and_every_mark_has_one_link(text: str, spans: list[tuple[int, int, Look]]) -> None:
    given_marks = [Mark(start, end, look, number) for number, (start, end, look) in enumerate(spans, start=1)]
    pieces: tuple[Stretch, ...] = cut_passage(Passage(text, 0, 1, 1), given_marks)
    assert "".join(piece.text for piece in pieces) == text
    linked = [mark.number for piece in pieces for mark in (*((piece.link,) if piece.link else ()), *piece.badges)]
    assert sorted(linked) == [mark.number for mark in given_marks]
    assert all(piece.text for piece in pieces if piece.link)

from rendiconto.document.prose import MarkKind, Sentence, TextMark
from rendiconto.render.runs import Run, sentence_runs


def test_a_sentence_without_marks_is_one_run() -> None:
    assert sentence_runs(Sentence("Sono 12.")) == (Run("Sono 12."),)
    assert sentence_runs(Sentence("")) == ()


def test_marks_within_marks_cut_the_sentence_where_they_begin_and_end() -> None:
    marks = (
        TextMark(0, 10, MarkKind.STRONG),
        TextMark(5, 10, MarkKind.EMPHASIS),
        TextMark(11, 14, MarkKind.LINK, "https://a.it"),
    )
    runs = sentence_runs(Sentence("Molto bene qui.", marks=marks))
    assert runs == (
        Run("Molto", strong=True),
        Run(" bene", strong=True, emphasis=True),
        Run(" "),
        Run("qui", target="https://a.it"),
        Run("."),
    )

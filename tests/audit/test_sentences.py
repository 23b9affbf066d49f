"""The auditor of prose against sentences whose verdicts are known."""

from functools import cache

import pytest
from labelled import Labelled, outcomes, read_set, score, tally

from rendiconto.audit.prose import ProseAuditor
from rendiconto.catalogue import load_catalogue
from rendiconto.document.claims import Passage, Verdict
from rendiconto.observations import load_observations
from rendiconto.pipeline import audit_data, audit_text
from rendiconto.territory import Gazetteer


@cache
def auditor() -> ProseAuditor:
    catalogue = load_catalogue(2024)
    return ProseAuditor(catalogue, load_observations(catalogue), Gazetteer.load().find("massa-carrara", 2024))


TEXTS = read_set("own.txt")


def test_the_set_is_large_and_a_good_part_of_it_is_false() -> None:
    labels = [label for text in TEXTS for label in text.labels]
    assert len(labels) >= 150
    assert sum(label.verdict is Verdict.CONTRADICTED for label in labels) >= 60


def test_nine_claims_in_ten_are_found_and_nineteen_verdicts_in_twenty_right() -> None:
    result = score(tally(auditor(), TEXTS))
    assert result.judged_share >= 0.9
    assert result.right_share >= 0.95


def test_no_true_sentence_is_called_false() -> None:
    wronged = [
        (text.text, text.text[label.start : label.end])
        for text, label, given in outcomes(auditor(), TEXTS)
        if label.verdict is Verdict.SUPPORTED and given is Verdict.CONTRADICTED
    ]
    assert wronged == []


@pytest.mark.parametrize(
    ("name", "judged", "right", "wronged"),
    [
        ("newspaper.yaml", 0.90, 0.98, 4),
        ("plain-commentary.yaml", 0.96, 0.98, 4),
        ("plain-commentary-second.yaml", 0.86, 0.93, 16),
        ("source-reworded.yaml", 0.94, 0.97, 5),
        ("report-style.yaml", 0.83, 0.92, 13),
        ("other-directors.yaml", 0.80, 0.95, 16),
        ("director-chapters-1-5.yaml", 0.79, 0.91, 31),
        ("director-chapters-5-10.yaml", 0.77, 0.91, 20),
    ],
)
def test_what_others_wrote_is_followed_no_less_than_before(name: str, judged: float, right: float, wronged: int) -> None:
    """What was reached, some below the bounds: freer sentences are followed less, and no change may lose what there is."""
    result = score(tally(auditor(), read_set(name)))
    assert result.judged_share >= judged
    assert result.right_share >= right
    assert result.wronged <= wronged


def test_a_false_sentence_is_told_what_it_should_say() -> None:
    (claim,) = auditor().audit([Passage("Nel 2024 le domande accolte di NASpI sono 8.638.", 0, 1, 1)]).claims
    assert claim.verdict is Verdict.CONTRADICTED
    assert "8.924" in claim.should_say
    assert claim.evidence[0].cell == "T21.0/massa-carrara/2024/r0/c8"


def test_offsets_are_those_of_the_text() -> None:
    text = "Una premessa.\n\nLe domande accolte di NASpI sono 8.924, in aumento rispetto al 2023."
    for claim in audit_text(text, audit_data("massa-carrara")):
        assert text[claim.start : claim.end] == claim.text


def test_what_is_not_understood_is_counted() -> None:
    result = auditor().audit([Passage("I turisti sono stati 120.000. Il cielo è azzurro.", 0, 1, 1)])
    assert (result.coverage.numeric_sentences, result.coverage.checked) == (1, 0)
    assert all(claim.verdict is Verdict.NOT_CHECKABLE and claim.why for claim in result.claims)


def test_a_change_in_a_sentence_about_something_else_is_listed_as_not_understood() -> None:
    text = "La riduzione del divario resta una sfida."
    result = auditor().audit([Passage(text, 0, 1, 1)])
    assert result.claims == ()
    assert result.unread == ((0, len(text)),)


def test_a_wrong_year_is_contradicted_on_the_period() -> None:
    text = "I beneficiari di ammortizzatori sociali per sospensione sono calati rispetto al 2024."
    (claim,) = auditor().audit([Passage(text, 0, 1, 1)]).claims
    assert claim.verdict is Verdict.CONTRADICTED
    assert "2023" in claim.should_say


def test_a_confidential_figure_is_never_said() -> None:
    text = "Nel 2022 le domande accolte per il Reddito di Libertà sono 3."
    (claim,) = auditor().audit([Passage(text, 0, 1, 1)]).claims
    assert claim.verdict is Verdict.NOT_CHECKABLE
    assert "riservato" in claim.why
    assert [item.value for item in claim.evidence] == [None]


def test_a_word_of_degree_that_says_too_much_is_a_finding_of_its_own() -> None:
    result = auditor().audit([Passage("Il tasso di disoccupazione è nettamente aumentato rispetto al 2023.", 0, 1, 1)])
    assert [claim.verdict for claim in result.claims] == [Verdict.SUPPORTED]
    assert [finding.rule for finding in result.findings] == ["overstated"]


def test_a_cut_figure_is_supported_and_said_to_be_cut() -> None:
    result = auditor().audit([Passage("Sono vigenti circa 59 mila pensioni IVS.", 0, 1, 1)])
    assert [claim.verdict for claim in result.claims] == [Verdict.SUPPORTED]
    assert [finding.rule for finding in result.findings] == ["truncated"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Le pensioni vigenti sono 54.117.", Verdict.CONTRADICTED),  # those are pensioners
        ("I pensionati sono 59.542.", Verdict.CONTRADICTED),  # those are pensions
    ],
)
def test_terms_bind_with_their_qualifier(text: str, verdict: Verdict) -> None:
    (claim,) = auditor().audit([Passage(text, 0, 1, 1)]).claims
    assert claim.verdict is verdict


def test_the_same_text_gives_the_same_verdicts() -> None:
    passages = [Passage(" ".join(text.text for text in TEXTS[:40]), 0, 1, 1)]
    assert auditor().audit(passages) == auditor().audit(passages)


def test_any_text_is_audited_without_an_error() -> None:
    for text in ("", "2024", "%", "(((", "da 5 a", "in aumento del % rispetto al", "n.n.n.", "\x00", "🙂 12 🙂", "5/5/5"):
        auditor().audit([Passage(text, 0, 1, 1)])


def test_labels_stand_where_their_marks_stood() -> None:
    assert isinstance(TEXTS[0], Labelled)
    for labelled in TEXTS:
        for label in labelled.labels:
            assert labelled.text[label.start : label.end].strip()


@pytest.mark.parametrize("text", ["Tasso di occupazione: 21 cifre calcolate.", "I residenti hanno visto 120.000 turisti."])
def test_a_number_of_something_else_contradicts_nothing(text: str) -> None:
    claims = auditor().audit([Passage(text, 0, 1, 1)]).claims
    assert {claim.verdict for claim in claims} == {Verdict.NOT_CHECKABLE}


def test_numbers_of_articles_tables_and_bases_are_no_claims() -> None:
    text = "Il tasso di occupazione per 100 residenti delle tavole 1 e 2, articolo 3."
    assert auditor().audit([Passage(text, 0, 1, 1)]).claims == ()


def test_what_is_left_of_a_chart_is_listed_and_bound_to_nothing() -> None:
    text = "Pensioni vigenti per gestione: " + " ".join(f"{n},7" for n in range(31, 60))
    result = auditor().audit([Passage(text, 0, 1, 1)])
    assert result.claims == ()
    assert result.unread == ((0, len(text)),)

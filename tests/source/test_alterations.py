"""The published sentences with words and figures changed here and there: what is still true is borne out."""

from functools import cache

import pytest
from labelled import Labelled, outcomes, read_alterations, score, tally
from printed import SOURCE

from rendiconto.audit.prose import ProseAuditor
from rendiconto.catalogue import load_catalogue
from rendiconto.document.claims import Verdict
from rendiconto.observations import load_observations
from rendiconto.territory import Gazetteer

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the published text is not beside the project")


@cache
def auditor() -> ProseAuditor:
    catalogue = load_catalogue(2024)
    return ProseAuditor(catalogue, load_observations(catalogue), Gazetteer.load().find("massa-carrara", 2024))


@cache
def texts() -> list[Labelled]:
    return read_alterations(SOURCE)


def test_nine_claims_in_ten_are_found_and_nineteen_verdicts_in_twenty_right() -> None:
    result = score(tally(auditor(), texts()))
    assert result.checkable >= 500
    assert result.judged_share >= 0.9
    assert result.right_share >= 0.95


def test_no_true_sentence_is_called_false() -> None:
    wronged = [
        (text.text, text.text[label.start : label.end])
        for text, label, given in outcomes(auditor(), texts())
        if label.verdict is Verdict.SUPPORTED and given is Verdict.CONTRADICTED
    ]
    assert wronged == []

"""The labelled sentences of ``claims.txt``, and how an auditor does on them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from rendiconto.audit.prose import ProseAuditor
from rendiconto.document.claims import JudgedClaim, Passage, Verdict

SENTENCES = Path(__file__).with_name("claims.txt")
INDEPENDENT = Path(__file__).with_name("claims.yaml")
SECOND = Path(__file__).with_name("claims-second.yaml")
_MARK = re.compile(r"\{([+?-])(.+?)\1\}")
_VERDICTS = {"+": Verdict.SUPPORTED, "-": Verdict.CONTRADICTED, "?": Verdict.NOT_CHECKABLE}


@dataclass(frozen=True)
class Label:
    """A stretch of a text (start, end) and the verdict that it deserves."""

    start: int
    end: int
    verdict: Verdict


@dataclass(frozen=True)
class Labelled:
    """A text with its labels."""

    text: str
    labels: tuple[Label, ...]


def read_labelled(path: Path = SENTENCES) -> list[Labelled]:
    """The texts of a file of marked sentences, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [parse_line(line) for line in lines if line.strip() and not line.startswith("#")]


def read_independent(path: Path = INDEPENDENT) -> list[Labelled]:
    """The texts of the set that was written without a look at the auditor, and that it is not mended on."""
    found = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        text = entry["text"]
        spans = [(text.index(str(claim["span"])), str(claim["span"]), Verdict(claim["verdict"])) for claim in entry["claims"]]
        found.append(Labelled(text, tuple(Label(start, start + len(span), verdict) for start, span, verdict in spans)))
    return found


def parse_line(line: str) -> Labelled:
    text, labels, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        labels.append(Label(len(text), len(text) + len(match[2]), _VERDICTS[match[1]]))
        text += match[2]
        last = match.end()
    return Labelled(text + line[last:], tuple(labels))


def verdict_of(label: Label, claims: Sequence[JudgedClaim]) -> Verdict | None:
    """The verdict of the claim that fits a label best, whatever it says; None where no claim was found there."""

    def fit(claim: JudgedClaim) -> float:
        shared = min(claim.end, label.end) - max(claim.start, label.start)
        union = max(claim.end, label.end) - min(claim.start, label.start)
        return shared / union

    over = [claim for claim in claims if claim.start < label.end and label.start < claim.end]
    exact = [claim for claim in over if fit(claim) > 0.9]
    close = exact or [claim for claim in over if abs(claim.end - label.end) <= 8] or over
    return max(close, key=fit).verdict if close else None


def outcomes(auditor: ProseAuditor, texts: Sequence[Labelled]) -> Iterator[tuple[Labelled, Label, Verdict | None]]:
    """For each label the verdict that was given."""
    for labelled in texts:
        claims = auditor.audit([Passage(labelled.text, 0, 1, 1)]).claims
        for label in labelled.labels:
            yield labelled, label, verdict_of(label, claims)


def tally(auditor: ProseAuditor, texts: Sequence[Labelled]) -> Counter[tuple[Verdict, Verdict | None]]:
    """How often which verdict was deserved, and given."""
    return Counter((label.verdict, given) for _, label, given in outcomes(auditor, texts))

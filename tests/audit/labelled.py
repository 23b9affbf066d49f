"""Sentences whose verdicts are known, in ``sets``, and how an auditor does on them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from rendiconto.audit.prose import ProseAuditor
from rendiconto.document.claims import JudgedClaim, Passage, Verdict

SETS = Path(__file__).with_name("sets")
ALTERATIONS = Path(__file__).parents[1] / "source" / "alterations.yaml"
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


@dataclass(frozen=True)
class Score:
    """How an auditor did: checkable claims, those it judged, those judged rightly, true ones it called false."""

    checkable: int
    judged: int
    right: int
    wronged: int

    @property
    def judged_share(self) -> float:
        return self.judged / self.checkable

    @property
    def right_share(self) -> float:
        return self.right / self.judged


def read_set(name: str) -> list[Labelled]:
    """The texts of one of the ``sets``: marked sentences one a line (``txt``), or texts with spans (``yaml``)."""
    path = SETS / name
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".txt":
        return [parse_line(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [_spanned(entry["text"], entry["claims"]) for entry in yaml.safe_load(text)]


def read_alterations(source: Path, path: Path = ALTERATIONS) -> list[Labelled]:
    """Passages of a published text with a word or a figure changed here and there.

    An entry says where in the text its passage begins (``from``, with its blanks made one), how many ``words`` it has, and its
    ``edits``; the published sentences are not ours to keep, so that only the changes are.
    """
    published = " ".join(source.read_text(encoding="utf-8").split())
    found = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        text = " ".join(published[published.index(entry["from"]) :].split(" ", entry["words"])[: entry["words"]])
        for old, new in entry.get("edits", ()):
            assert text.count(old) == 1, (entry["from"], old)
            text = text.replace(old, new)
        found.append(_spanned(text, entry["claims"]))
    return found


def _spanned(text: str, claims: Sequence[dict[str, str]]) -> Labelled:
    spans = [(text.index(str(claim["span"])), str(claim["span"]), Verdict(claim["verdict"])) for claim in claims]
    return Labelled(text, tuple(Label(start, start + len(span), verdict) for start, span, verdict in spans))


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


def score(counts: Counter[tuple[Verdict, Verdict | None]]) -> Score:
    """What the bounds are put on, from a tally."""
    checkable = {pair: count for pair, count in counts.items() if pair[0] is not Verdict.NOT_CHECKABLE}
    return Score(
        checkable=sum(checkable.values()),
        judged=sum(count for (_, given), count in checkable.items() if given not in (None, Verdict.NOT_CHECKABLE)),
        right=sum(count for (deserved, given), count in checkable.items() if deserved is given),
        wronged=counts[Verdict.SUPPORTED, Verdict.CONTRADICTED],
    )

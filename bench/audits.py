"""How the auditor of prose does on the labelled sentences: recall of claims, precision of verdicts, and its pace."""

import sys
import time
from pathlib import Path

sys.path.extend(str(Path(__file__).resolve().parents[1] / "tests" / folder) for folder in ("audit", "source"))

from labelled import Labelled, read_alterations, read_set, score, tally
from printed import SOURCE

from rendiconto.audit.prose import ProseAuditor
from rendiconto.catalogue import load_catalogue
from rendiconto.document.claims import Verdict
from rendiconto.observations import load_observations
from rendiconto.territory import Gazetteer

SETS = {
    "own.txt": "the set that the auditor grew on",
    "newspaper.yaml": "written apart, mended on since",
    "plain-commentary.yaml": "written apart, mended on since",
    "plain-commentary-second.yaml": "by another hand, mended on a little since",
    "source-reworded.yaml": "written apart, mended on since",
    "report-style.yaml": "written apart",
    "other-directors.yaml": "written apart, mended on since",
    "director-chapters-1-5.yaml": "free prose written apart, mended on since",
    "director-chapters-5-10.yaml": "free prose written apart, mended on since",
}


def main() -> None:
    """Audit, count, print."""
    catalogue = load_catalogue(2024)
    auditor = ProseAuditor(catalogue, load_observations(catalogue), Gazetteer.load().find("massa-carrara", 2024))
    if SOURCE.exists():
        _measure("the published commentary with words and figures changed", auditor, read_alterations(SOURCE))
    for name, what in SETS.items():
        _measure(f"{name}, {what}", auditor, read_set(name))


def _measure(name: str, auditor: ProseAuditor, texts: list[Labelled]) -> None:
    start = time.perf_counter()
    counts = tally(auditor, texts)
    spent = time.perf_counter() - start
    result = score(counts)
    print(f"Audit of prose, {name}: {sum(counts.values())} labelled claims in {len(texts)} texts, {spent:.2f} s")
    print(f"  found and judged   {result.judged}/{result.checkable} = {result.judged_share:.1%}   (bound 90%)")
    print(f"  judged rightly     {result.right}/{result.judged} = {result.right_share:.1%}   (bound 95%)")
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        given = sum(count for (_, found), count in counts.items() if found is verdict)
        deserved = sum(count for (wanted, _), count in counts.items() if wanted is verdict)
        both = counts[verdict, verdict]
        print(f"  {verdict:<13} precision {both / given:.1%}, recall {both / deserved:.1%}")
    print(f"  true called false  {result.wronged}   (bound 0)")


if __name__ == "__main__":
    main()

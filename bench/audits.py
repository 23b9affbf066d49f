"""How the auditor of prose does on the labelled sentences: recall of claims, precision of verdicts, and its pace."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "audit"))

from labelled import SECOND, Labelled, read_independent, read_labelled, tally

from rendiconto.audit.prose import ProseAuditor
from rendiconto.catalogue import load_catalogue
from rendiconto.document.claims import Verdict
from rendiconto.observations import load_observations
from rendiconto.territory import Gazetteer


def main() -> None:
    """Audit, count, print."""
    catalogue = load_catalogue(2024)
    auditor = ProseAuditor(catalogue, load_observations(catalogue), Gazetteer.load().find("massa-carrara", 2024))
    _measure("the set it was mended on", auditor, read_labelled())
    _measure("a set written apart, some of its constructions mended since", auditor, read_independent())
    _measure("a second set written apart, never mended on", auditor, read_independent(SECOND))


def _measure(name: str, auditor: ProseAuditor, texts: list[Labelled]) -> None:
    start = time.perf_counter()
    counts = tally(auditor, texts)
    spent = time.perf_counter() - start
    checkable = {pair: count for pair, count in counts.items() if pair[0] is not Verdict.NOT_CHECKABLE}
    total = sum(checkable.values())
    judged = sum(count for (_, given), count in checkable.items() if given not in (None, Verdict.NOT_CHECKABLE))
    right = sum(count for (deserved, given), count in checkable.items() if deserved is given)
    print(f"Audit of prose, {name}: {sum(counts.values())} labelled claims in {len(texts)} texts, {spent:.2f} s")
    print(f"  found and judged   {judged}/{total} = {judged / total:.1%}   (bound 90%)")
    print(f"  judged rightly     {right}/{judged} = {right / judged:.1%}   (bound 95%)")
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        given = sum(count for (_, found), count in counts.items() if found is verdict)
        deserved = sum(count for (wanted, _), count in counts.items() if wanted is verdict)
        both = counts[verdict, verdict]
        print(f"  {verdict:<13} precision {both / given:.1%}, recall {both / deserved:.1%}")
    print(f"  true called false  {counts[Verdict.SUPPORTED, Verdict.CONTRADICTED]}   (bound 0)")


if __name__ == "__main__":
    main()

"""Faults planted over a whole edition, one at a time: what the checks find, whom they name, and whether they cry wolf."""

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from planting import Planter, Referee, consistent_edition
from rendiconto.catalogue import load_catalogue
from rendiconto.check import RULES, check_data, reaching
from rendiconto.findings import Severity
from rendiconto.territory import Gazetteer

COUNT = 280
LOOKS = {"jump", "swap", "round", "line", "implied"}


def verdict(name: str, share: float, bound: float, *, most: bool = False) -> str:
    holds = share <= bound if most else share >= bound
    return f"  {name:52} {share:7.1%}   (bound {bound:.0%}: {'holds' if holds else 'EXCEEDED'})"


def main(count: int = COUNT, seed: int = 2024) -> None:
    """Plant, check, count, print."""
    catalogue = load_catalogue(2024)
    territories = Gazetteer.load().all(2024)
    store = consistent_edition(catalogue, territories, seed)
    size = sum(len(cube) for cube in store.cubes.values())
    print(f"Planted faults: an edition of {len(territories)} territories, {size} figures")
    rules = [name for name in RULES if name != "missing"]
    clean = check_data(catalogue, store, focus=(), rules=rules)
    wolves = len(reaching(clean, Severity.WARNING))
    looks_before = {finding.id for finding in clean if finding.rule in LOOKS}
    referee = Referee(catalogue)
    tallies: dict[str, Counter[str]] = {}
    start = time.perf_counter()
    for turn, fault in enumerate(Planter(catalogue, store, seed).faults(count), start=1):
        print(f"\r  {turn}/{count}", end="", file=sys.stderr, flush=True)
        faulty = fault.apply(store)
        findings = check_data(catalogue, faulty, focus=(), rules=rules)
        errors = reaching(findings, Severity.WARNING)
        tally = tallies.setdefault(fault.kind, Counter())
        tally["planted"] += 1
        true = [finding for finding in errors if fault.cells & set(finding.keys)]
        tally["false"] += len(errors) - len(true)
        if referee.breaks(fault, faulty):
            tally["breaking"] += 1
            tally["found"] += bool(true)
            tally["named"] += any(finding.keys[0] in fault.cells for finding in true)
        seen = any(f.rule in LOOKS and f.id not in looks_before and fault.cells & set(f.keys) for f in findings)
        tally["looks"] += seen
        if not referee.breaks(fault, faulty):
            tally["silent"] += 1
            tally["seen"] += seen
    print("\r", end="", file=sys.stderr)
    print(f"  {'kind':28} planted  breaking  found  named first  false errors  looks wrong  of those not breaking")
    total: Counter[str] = Counter()
    for kind, tally in tallies.items():
        total.update(tally)
        print(
            f"  {kind:28} {tally['planted']:7} {tally['breaking']:9} {tally['found']:6} {tally['named']:12} {tally['false']:13}"
            f" {tally['looks']:12}  {tally['seen']}/{tally['silent']}"
        )
    print(verdict("found, of those that break a declaration", total["found"] / max(total["breaking"], 1), 0.95))
    print(verdict("culprit named first", total["named"] / max(total["breaking"], 1), 0.80))
    print(f"  false errors: {total['false'] + wolves} (bound 0: {'holds' if not total['false'] + wolves else 'EXCEEDED'})")
    print(f"  {'of those that break nothing, seen by their looks':52} {total['seen']}/{total['silent']}")
    print(f"  {count} checks of {size} figures in {time.perf_counter() - start:.0f} s, with planting and refereeing")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

"""How the writer of commentary does: its pace, and how often the commonest choice of facts recurs over Italy."""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from rendiconto.catalogue import load_catalogue
from rendiconto.compose.commentary import compose_commentary
from rendiconto.observations import Resolver, load_observations
from rendiconto.territory import Gazetteer
from synthesis import write_observations

EVERY = 4
"""One territory in so many: the others differ from these by their seed alone."""


def main() -> None:
    """Write the commentary of a sample of Italy, count, print."""
    catalogue = load_catalogue(2024)
    units = Gazetteer.load().all(catalogue.year)[::EVERY]
    choices: dict[int, Counter[tuple[str, ...]]] = {chapter.number: Counter() for chapter in catalogue.chapters}
    sentences, spent = 0, 0.0
    for seed, territory in enumerate(units):
        with tempfile.TemporaryDirectory() as folder:
            write_observations(catalogue, territory, Path(folder), seed)
            store = load_observations(catalogue, Path(folder))
        start = time.perf_counter()
        written = compose_commentary(catalogue, Resolver(catalogue, store), territory, {})
        spent += time.perf_counter() - start
        for number, chapter in written.items():
            sentences += len(chapter.facts)
            choices[number][tuple(f"{fact.kind} {fact.topic.noun.noun}" for fact in chapter.facts)] += 1
    print(f"Commentary of {len(units)} territories: {sentences} sentences, {spent / len(units):.2f} s each")
    for number, found in choices.items():
        most = found.most_common(1)[0][1]
        share = f"{most}/{len(units)} = {most / len(units):.0%}"
        print(f"  chapter {number:>2}: {len(found)} choices of facts, the commonest in {share}")


if __name__ == "__main__":
    main()

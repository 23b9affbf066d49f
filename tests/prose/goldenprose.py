"""The golden commentary: every chapter of ten territories of different shape, one of them on real data.

``python tests/prose/goldenprose.py`` (or ``make golden``) writes the files again after a change that is meant.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rendiconto.catalogue import load_catalogue
from rendiconto.compose import compose_report
from rendiconto.document import Document
from rendiconto.observations import load_observations
from rendiconto.territory import Gazetteer
from synthesis import write_observations

HERE = Path(__file__).with_name("golden")
REAL = "massa-carrara"
SEEDS = {
    "italia": 1,
    "marche": 2,
    "valle-d-aosta": 3,
    "bolzano": 4,
    "roma": 5,
    "l-aquila": 6,
    "la-spezia": 7,
    "verbano-cusio-ossola": 8,
    "trapani": 9,
}
"""Territories on synthetic data, with the seed of each."""


def commented(slug: str) -> Document:
    """The report of a golden territory."""
    catalogue = load_catalogue(2024)
    territory = Gazetteer.load().find(slug, catalogue.year)
    if slug == REAL:
        return compose_report(catalogue, load_observations(catalogue), territory)
    with tempfile.TemporaryDirectory() as folder:
        write_observations(catalogue, territory, Path(folder), SEEDS[slug])
        return compose_report(catalogue, load_observations(catalogue, Path(folder)), territory)


def text_of(document: Document) -> str:
    """Chapter by chapter, a sentence a line."""
    lines = [document.subtitle]
    for chapter in document.chapters:
        lines += ["", f"{chapter.number}. {chapter.title}"]
        lines += [sentence.text for paragraph in chapter.commentary for sentence in paragraph.sentences]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name in (REAL, *SEEDS):
        (HERE / f"{name}.txt").write_text(text_of(commented(name)), encoding="utf-8")

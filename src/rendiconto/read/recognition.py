"""Whose report it is, and of which year: said by the document itself, often enough to be sure."""

import re
from collections import Counter
from typing import Final

from rendiconto.errors import RendicontoError
from rendiconto.italian.sorting import fold_words
from rendiconto.read.pagelines import PageLines
from rendiconto.read.rawtext import LineKind, RawText
from rendiconto.territory import Gazetteer, Territory

_OFTEN: Final = 0.3
_EDITION: Final = re.compile(
    r"Rendiconto\s+Sociale(?:\s+(?:Provinciale|Regionale|Nazionale))?\s+((?:19|20)\d\d)", re.IGNORECASE
)


def recognise_edition(raw: RawText) -> int | None:
    """The year most often said beside "Rendiconto Sociale"; None where it is never said."""
    text = " ".join((raw.title, " ".join(raw.text.split())))
    years = Counter(match[1] for match in _EDITION.finditer(text))
    return int(years.most_common(1)[0][0]) if years else None


def recognise_territory(raw: RawText, lines: PageLines, year: int) -> Territory:
    """The territory that captions and titles name: "… – Provincia di Massa-Carrara".

    Rows are left aside (they name the region and its provinces too). An error names those that are named equally often.
    """
    titles = {fold_words(unit.title): unit for unit in Gazetteer.load().all(year)}
    first_words = {title.split()[0] for title in titles}
    rows = {row.at for row in lines.rows if len(row.figures) > 1}
    counts: Counter[str] = Counter()
    said = [line.text for at, line in enumerate(raw.lines) if at not in rows and line.kind is not LineKind.ROW]
    folded = fold_words(" \n ".join([raw.title, *said])).split()
    longest = max(len(title.split()) for title in titles)
    for at, word in enumerate(folded):
        if word in first_words:
            spans = (" ".join(folded[at : at + length]) for length in range(longest, 0, -1))
            found = next((span for span in spans if span in titles), None)
            if found is not None:
                counts[titles[found].code] += 1
    return _likeliest(counts)


def _likeliest(counts: Counter[str]) -> Territory:
    """The province named most, if any is named often; else the region; else Italy: a report names those above its own too."""
    if not counts:
        raise RendicontoError("the document does not say whose it is", todo="Name the territory: --territory massa-carrara.")
    units = {code: Gazetteer.load().by_code(code) for code in counts}
    levels = (
        [code for code in counts if units[code].is_province],
        [code for code in counts if units[code].is_region],
        list(counts),
    )
    most = max(counts.values())
    level = next(codes for codes in levels if codes and max(counts[code] for code in codes) >= _OFTEN * most)
    best = [code for code in level if counts[code] == max(counts[other] for other in level)]
    if len(best) > 1:
        names = ", ".join(units[code].slug for code in sorted(best))
        raise RendicontoError(
            f"the document names {len(best)} territories equally often: {names}", todo="Name the territory: --territory …"
        )
    return units[best[0]]

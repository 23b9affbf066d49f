"""Damaged reports read back: how many cells are still right, how many wrong ones are reported, how many nobody notices.

The published text where it lies beside the project, else our own; each kind of damage with a fixed seed. A wrong cell that is
not reported counts double in the score.
"""

import random
import re
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from rendiconto.address import CellRef
from rendiconto.catalogue import load_catalogue
from rendiconto.document import Document
from rendiconto.document.values import Status
from rendiconto.pipeline import compose_report, read_file, render_pdf
from rendiconto.read.raw.plain import text_lines
from rendiconto.read.reading import ReadReport, read_report
from rendiconto.render.text.tables import tables_as_text
from rendiconto.territory import Gazetteer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
SOURCE = Path(__file__).resolve().parents[2] / "shared" / "source" / "rendiconto-sociale-massa-carrara-2024.txt"
CAPTION = re.compile(r"\b(Tavola|Grafico) \d+ ")
FIGURE = re.compile(r"(?<![\w.,])\d[\d.,]*\d(?![\w.,])")
Damage = Callable[[str, random.Random], str]
Cells = dict[CellRef, tuple[Decimal | None, Status]]


def merged_lines(text: str, chance: random.Random) -> str:
    """One line in twenty loses its end and runs into the next that is not blank."""
    lines = [line for line in text.split("\n") if line.strip()]
    out: list[str] = []
    for line in lines:
        if out and chance.random() < 0.05:
            out[-1] = f"{out[-1].rstrip()} {line.lstrip()}"
        else:
            out.append(line)
    return "\n".join(out)


def lost_headers(text: str, chance: random.Random) -> str:
    """Half of the lines of column headers are gone."""
    heads = re.compile(r"^\s*(\d{4}\s+)+\d{4}\s*$|Femmine\s+Maschi|^\s*\d{4}\s*$")
    return "\n".join(line for line in text.split("\n") if not (heads.search(line) and chance.random() < 0.5))


def lost_captions(text: str, chance: random.Random) -> str:
    """A third of the captions is gone."""
    kept = (line for line in text.split("\n") if not (CAPTION.search(line) and chance.random() < 1 / 3))
    return "\n".join(kept)


def dropped_columns(text: str, chance: random.Random) -> str:
    """In one table in ten every row loses its last figure."""
    out, dropping = [], False
    for line in text.split("\n"):
        if CAPTION.search(line):
            dropping = chance.random() < 0.1
        words = line.split()
        drops = dropping and len(words) > 2 and FIGURE.fullmatch(words[-1]) and FIGURE.fullmatch(words[-2])
        out.append(" ".join(words[:-1]) if drops else line)
    return "\n".join(out)


def shuffled_pages(text: str, chance: random.Random) -> str:
    """Pages of some sixty lines in another order."""
    lines = text.split("\n")
    starts = [at for at, line in enumerate(lines) if re.match(r"^ ?\d+(\.\d+)+ (Tavola|Grafico)", line)]
    pages = [lines[a:b] for a, b in zip([0, *starts[::2]], [*starts[::2], len(lines)], strict=True)]
    chance.shuffle(pages)
    return "\n".join("\n".join(page) for page in pages)


def slipped_letters(text: str, chance: random.Random) -> str:
    """One figure in fifty has a letter O for a nought, an l for a one."""

    def slip(match: re.Match[str]) -> str:
        return match[0].replace("0", "O", 1).replace("1", "l", 1) if chance.random() < 0.02 else match[0]

    return FIGURE.sub(slip, text)


def lost_stops(text: str, chance: random.Random) -> str:
    """One figure in fifty loses the full stop of its thousands."""
    return FIGURE.sub(lambda match: match[0].replace(".", "", 1) if chance.random() < 0.02 else match[0], text)


def wrong_digits(text: str, chance: random.Random) -> str:
    """One figure in a hundred has one digit read as another."""

    def slip(match: re.Match[str]) -> str:
        if chance.random() >= 0.01 or re.fullmatch(r"(19|20)\d\d", match[0]):
            return match[0]
        at = chance.choice([index for index, character in enumerate(match[0]) if character.isdigit()])
        other = str((int(match[0][at]) + chance.randint(1, 8)) % 10)
        return match[0][:at] + (other if at or other != "0" else "9") + match[0][at + 1 :]

    return FIGURE.sub(slip, text)


DAMAGES: dict[str, Damage] = {
    "undamaged": lambda text, _: text,
    "lines merged": merged_lines,
    "headers lost": lost_headers,
    "captions lost": lost_captions,
    "columns dropped": dropped_columns,
    "pages shuffled": shuffled_pages,
    "O for 0, l for 1": slipped_letters,
    "full stops lost": lost_stops,
    "wrong digits": wrong_digits,
}


def cells_of(document: Document) -> Cells:
    return {cell.ref: (cell.value, cell.status) for grid in document.grids for row in grid.cells for cell in row}


def score(truth: Cells, report: ReadReport) -> tuple[int, int, int, int]:
    """Right, absent and reported, wrong and reported, wrong and unnoticed."""
    read = cells_of(report.document)
    doubted = {cell for finding in report.findings if finding.severity != "info" for cell in finding.cells}
    right = absent = doubtful = silent = 0
    for ref, wanted in truth.items():
        found = read.get(ref, (None, Status.MISSING))
        if found == wanted:
            right += 1
        elif found[1] is Status.MISSING:
            absent += 1
        elif str(ref) in doubted:
            doubtful += 1
        else:
            silent += 1
    return right, absent, doubtful, silent


def main() -> None:
    catalogue = load_catalogue(2024)
    territory = Gazetteer.load().find("massa-carrara", 2024)
    document = compose_report("massa-carrara", as_published=True)
    truth = {ref: value for ref, value in cells_of(document).items() if value[1] is not Status.MISSING}
    text = SOURCE.read_text(encoding="utf-8") if SOURCE.exists() else tables_as_text(document)
    print(f"Reading back {'the published text' if SOURCE.exists() else 'our own text'}: {len(truth)} cells")
    print(f"{'damage':<20}{'right':>8}{'absent':>8}{'doubted':>8}{'silent':>8}{'score':>8}{'s':>7}")
    for name, damage in DAMAGES.items():
        start = time.perf_counter()
        report = read_report(text_lines(damage(text, random.Random(7))), catalogue, territory)
        spent = time.perf_counter() - start
        right, absent, doubted, silent = score(truth, report)
        share = (right - silent) / len(truth)
        print(f"{name:<20}{right:>8}{absent:>8}{doubted:>8}{silent:>8}{share:>8.1%}{spent:>7.2f}")
    _time_pdf()


def _time_pdf() -> None:
    import tempfile

    from rendiconto.pipeline import audit_file

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(render_pdf(compose_report("massa-carrara")))
        start = time.perf_counter()
        pages = read_file(path).raw.pages
        read = time.perf_counter() - start
        start = time.perf_counter()
        audit_file(path)
        audited = time.perf_counter() - start
    print(f"PDF of {pages} pages: read in {read:.1f} s, read and audited in {audited:.1f} s")


if __name__ == "__main__":
    main()

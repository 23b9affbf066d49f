"""How wide words are in Titillium Web, and where to break them: the layout is decided before anything is drawn."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from struct import unpack_from

FAMILY = "Titillium Web"
FAMILY_LIST = f"{FAMILY}, sans-serif"
REGULAR, SEMIBOLD, BOLD = 400, 600, 700
_FACES = {REGULAR: "Regular", SEMIBOLD: "SemiBold", BOLD: "Bold"}


def font_directory() -> Path:
    """Where the typeface's TTF files are (PyPI ``fontpkg-titillium-web``)."""
    return Path(str(files("fontpkg_titillium_web").joinpath("files")))


def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """Width in pixels of ``text`` set on one line at ``size`` pixels."""
    advances = _advances(weight)
    fallback = advances[ord("n")]
    return size * sum(advances.get(ord(character), fallback) for character in text)


def has_glyph(character: str, weight: int = REGULAR) -> bool:
    """Whether the typeface can show a character."""
    return ord(character) in _advances(weight)


def wrap_text(text: str, room: float, size: float, weight: int = REGULAR, most: int = 3) -> tuple[str, ...]:
    """``text`` on lines no wider than ``room`` pixels where words allow, evenly filled; at most ``most`` lines.

    What does not fit the last line is cut with an ellipsis: the table beside the chart has the label whole.
    """
    lines = _fill(text, room, size, weight)
    if len(lines) > most:
        lines = (*lines[: most - 1], cut_text(" ".join(lines[most - 1 :]) + "…", room, size, weight))
    lines = tuple(cut_text(line, room, size, weight) for line in lines)
    if any(line.endswith("…") for line in lines):
        return lines
    # The narrowest room that needs no more lines leaves no word alone on the last one.
    low, high = room / 2, room
    for _ in range(6):
        middle = (low + high) / 2
        tighter = _fill(text, middle, size, weight)
        fits = len(tighter) == len(lines) and all(text_width(line, size, weight) <= middle for line in tighter)
        low, high = (low, middle) if fits else (middle, high)
    return _fill(text, high, size, weight)


def cut_text(text: str, room: float, size: float, weight: int = REGULAR) -> str:
    """``text`` if it fits, else its beginning and an ellipsis."""
    if text_width(text, size, weight) <= room:
        return text
    kept = text.rstrip("…")
    while kept and text_width(kept + "…", size, weight) > room:
        kept = kept[:-1].rstrip()
    return kept + "…"


def _fill(text: str, room: float, size: float, weight: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.replace("/", "/\u200b").replace("\u200b ", " ").split():
        for piece in word.split("\u200b"):
            glue = "" if lines and lines[-1].endswith("/") and piece != word.split("\u200b")[0] else " "
            longer = f"{lines[-1]}{glue}{piece}" if lines else piece
            if lines and text_width(longer, size, weight) <= room:
                lines[-1] = longer
            elif piece:
                lines.append(piece)
    return tuple(lines)


@cache
def _advances(weight: int) -> dict[int, float]:
    """Advance width of each character in ems, from the font's ``cmap`` (format 4) and ``hmtx`` tables."""
    data = (font_directory() / f"TitilliumWeb-{_FACES[weight]}.ttf").read_bytes()
    (count,) = unpack_from(">H", data, 4)
    tables = {data[at : at + 4]: unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    (em,) = unpack_from(">H", data, tables[b"head"] + 18)
    (metrics,) = unpack_from(">H", data, tables[b"hhea"] + 34)
    glyphs = _glyphs(data, tables[b"cmap"])
    start = tables[b"hmtx"]
    return {
        character: unpack_from(">H", data, start + 4 * min(glyph, metrics - 1))[0] / em for character, glyph in glyphs.items()
    }


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    (count,) = unpack_from(">H", data, cmap + 2)
    offsets = [cmap + unpack_from(">I", data, cmap + 8 + 8 * i)[0] for i in range(count)]
    table = next(offset for offset in offsets if unpack_from(">H", data, offset)[0] == 4)
    segments = unpack_from(">H", data, table + 6)[0] // 2
    shape = f">{segments}H"
    ends = unpack_from(shape, data, table + 14)
    starts = unpack_from(shape, data, table + 16 + 2 * segments)
    deltas = unpack_from(shape, data, table + 16 + 4 * segments)
    ranges = table + 16 + 6 * segments
    found: dict[int, int] = {}
    for segment, (start, end, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        place = ranges + 2 * segment
        (offset,) = unpack_from(">H", data, place)
        for character in range(start, min(end, 0xFFFE) + 1):
            glyph = unpack_from(">H", data, place + offset + 2 * (character - start))[0] if offset else character
            if glyph:
                found[character] = (glyph + delta) % 65536
    return found

"""Tables on slides: native ones, header row and header column flagged, every figure at the place that its part has."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rendiconto.address import table_prefix
from rendiconto.document import Document, Grid, Table, cell_text
from rendiconto.document.grid import HeaderLeaf
from rendiconto.render.charts.typeface import BOLD, text_width
from rendiconto.render.excerpts import ABSENT, Comparison
from rendiconto.render.pptx.slides import WIDER, describe
from rendiconto.render.pptx.theme import BLUE, BODY, GROUND, INK

if TYPE_CHECKING:
    from pptx.slide import Slide

_MOST_ROWS, _MOST_COLUMNS = 12, 6
_STUB_MOST = 4.6
_SIZES = (22, 20, 18, 16, 14, 12)
_INSET = 0.08
COMPARISON = "Confronto"


def fits_slide(grid: Grid) -> bool:
    """Whether a part can stand whole on a slide in words that a hall can read."""
    if len(grid.cells) > _MOST_ROWS or len(grid.columns) > _MOST_COLUMNS:
        return False
    return _size_of(_texts(grid)) is not None


def write_grid(slide: "Slide", document: Document, table: Table, grid: Grid, letters: dict[str, tuple[str, str]]) -> None:
    """The whole part as a native table; the shape's name is the part's address."""
    texts = _texts(grid)
    shape = _add_table(slide, texts, {i for i, leaf in enumerate(grid.rows) if _is_own(leaf, document) or leaf.total})
    shape.name = f"{table_prefix(grid.table)}.{grid.part}/{document.territory.slug}/{document.edition}"
    describe(shape, f"{table.label}: {grid.title}. {len(grid.cells)} righe e {len(grid.columns)} colonne di cifre.")
    for row, line in enumerate(grid.cells, start=1):
        for column, cell in enumerate(line, start=1):
            for mark in cell.marks:
                _add_letter(shape.table.cell(row, column), letters[mark.id][0])


def write_comparison(slide: "Slide", comparison: Comparison) -> None:
    """The key figures of the territory beside those of others."""
    head = ["Indicatore", "Unità", *comparison.places]
    rows = [[key.label, key.unit or "numero", *(text or ABSENT for text in figures)] for key, figures in comparison.rows]
    shape = _add_table(slide, [head, *rows], set(), left=2)
    shape.name = COMPARISON
    describe(shape, f"{COMPARISON}: {', '.join(comparison.places)}. {len(rows)} indicatori.")


def _texts(grid: Grid) -> list[list[str]]:
    """Header row and body as they read; nested headings are joined in one row, so that each column has one header."""
    head = [" / ".join(title for title in grid.stub_titles if title), *(_joined(leaf) for leaf in grid.columns)]
    return [head, *([_joined(leaf), *map(cell_text, line)] for leaf, line in zip(grid.rows, grid.cells, strict=True))]


def _joined(leaf: HeaderLeaf) -> str:
    return leaf.label


def _is_own(leaf: HeaderLeaf, document: Document) -> bool:
    return any(header.dimension == "territory" and header.code == document.territory.code for header in leaf.path)


def _size_of(texts: Sequence[Sequence[str]]) -> float | None:
    """The largest size at which the table stands in its place; None when there is none."""
    return next((size for size in _SIZES if _height(texts, size) <= BODY.height), None)


def _widths(texts: Sequence[Sequence[str]], size: float) -> list[float]:
    """Inches of each column: figures never break, the labels take what is left of what they want."""
    figures = []
    for column in range(1, len(texts[0])):
        body = max(_width(row[column], size, BOLD) for row in texts[1:])
        words = max(_width(word, size, BOLD) for word in (texts[0][column] or "-").split())
        figures.append(max(body, words) + 2 * _INSET + 0.05)
    room = BODY.width - sum(figures)
    stub = min(max(_width(row[0], size, BOLD) for row in texts) + 2 * _INSET + 0.1, max(_STUB_MOST, room * 0.6), room)
    spare = min((room - stub) / len(figures), 0.9)
    return [stub, *(width + spare for width in figures)]


def _width(text: str, size: float, weight: int) -> float:
    return text_width(text, size, weight) * WIDER / 72


def _height(texts: Sequence[Sequence[str]], size: float) -> float:
    widths = _widths(texts, size)
    if widths[0] < max(_width(word, size, BOLD) for row in texts for word in (row[0] or "-").split()) + 2 * _INSET:
        return BODY.height + 1
    return sum(_row_height(row, widths, size) for row in texts)


def _row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    from rendiconto.render.pptx.slides import text_height

    lines = (text_height(text or "-", width - 2 * _INSET, size, BOLD) for text, width in zip(row, widths, strict=True))
    return max(lines) + 0.14


def _add_table(slide: "Slide", texts: Sequence[Sequence[str]], strong: set[int], left: int = 1) -> Any:
    """The table; ``strong`` are body rows in bold, the first ``left`` columns are words."""
    from pptx.util import Inches

    size = _size_of(texts) or _SIZES[-1]
    widths = _widths(texts, size)
    x, y, _, _ = BODY.emu
    shape = slide.shapes.add_table(len(texts), len(texts[0]), x, y, Inches(sum(widths)), Inches(1))
    table = shape.table
    table.first_row = table.first_col = True
    table.horz_banding = False
    for column, width in enumerate(widths):
        table.columns[column].width = Inches(width)
    for number, row in enumerate(texts):
        table.rows[number].height = Inches(_row_height(row, widths, size))
        for column, text in enumerate(row):
            _fill_cell(
                table.cell(number, column), text, size, head=number == 0, strong=number - 1 in strong, word=column < left
            )
    return shape


def _fill_cell(cell: Any, text: str, size: float, *, head: bool, strong: bool, word: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches, Pt

    cell.margin_left = cell.margin_right = Inches(_INSET)
    cell.margin_top = cell.margin_bottom = Inches(0.05)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(BLUE if head else GROUND if strong else "FFFFFF")
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if word else PP_ALIGN.RIGHT
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = head or strong
    run.font.color.rgb = RGBColor.from_string("FFFFFF" if head else INK)


def _add_letter(cell: Any, letter: str) -> None:
    """The letter of a note beside a figure."""
    paragraph = cell.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = letter
    run.font.size = paragraph.runs[0].font.size
    run.font._element.set("baseline", "30000")  # noqa: SLF001

"""How a figure reads: the one place that turns a cell, or a year of a series, into the characters people see."""

from rendiconto.document.grid import Cell
from rendiconto.document.report import SeriesPoint
from rendiconto.document.values import Status
from rendiconto.italian.numbers import format_number


def cell_text(cell: Cell) -> str:
    """Italian printed form: "1.347", "84,9", "−1.310", or the symbol of its status ("-", "*", "n.d.")."""
    if cell.status is not Status.NORMAL or cell.value is None:
        return cell.status.symbol
    return format_number(cell.value, cell.decimals)


def point_text(point: SeriesPoint) -> str:
    """Italian printed form at the decimals that the value has; "n.d." where there is none."""
    if point.value is None:
        return Status.MISSING.symbol
    exponent = point.value.as_tuple().exponent
    return format_number(point.value, max(-exponent, 0) if isinstance(exponent, int) else 0)

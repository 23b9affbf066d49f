"""How a cell reads: the one place that turns a cell into the characters people see."""

from rendiconto.document.grid import Cell
from rendiconto.document.values import Status
from rendiconto.italian.numbers import format_number


def cell_text(cell: Cell) -> str:
    """Italian printed form: "1.347", "84,9", "−1.310", or the symbol of its status ("-", "*", "n.d.")."""
    if cell.status is not Status.NORMAL or cell.value is None:
        return cell.status.symbol
    return format_number(cell.value, cell.decimals)

from decimal import Decimal

import pytest

from rendiconto.compose.alternatives import describe
from rendiconto.document import Figure, FigureKind, Point, Status


def figure(values: dict[str, str | None], kind: FigureKind = FigureKind.LINE) -> Figure:
    points = tuple(
        Point(x, "Serie", None if value is None else Decimal(value), Status.NORMAL if value else Status.MISSING)
        for x, value in values.items()
    )
    return Figure("f", kind, "Titolo", "", "", "persone", 0, tuple(values), ("Serie",), points)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"2021": "10", "2022": "12", "2023": "9", "2024": "11"},
            "Serie passa da 10 nel 2021 a 11 nel 2024, con il minimo di 9 nel 2023 e il massimo di 12 nel 2022.",
        ),
        ({"2021": "1", "2022": "2"}, "Serie passa da 1 nel 2021 a 2 nel 2022."),
        ({"2021": "1", "2022": None}, "Serie: 2021 1, 2022 n.d."),
        ({"A": "1", "B": "1234"}, "Serie: A 1, B 1.234."),
        ({f"c{n}": str(n) for n in range(30)}, "Serie va da 0 per c0 a 29 per c29."),
    ],
)
def test_a_series_is_told_with_its_figures(values: dict[str, str | None], said: str) -> None:
    assert describe(figure(values)).alt == f"Grafico a linee: Titolo (persone). {said}"

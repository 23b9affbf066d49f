from datetime import date

import pytest

from rendiconto.italian.dates import format_date


@pytest.mark.parametrize(
    ("iso", "text"),
    [("2025-10-31", "31 ottobre 2025"), ("2025-01-01", "1° gennaio 2025"), ("2024-12-09", "9 dicembre 2024")],
)
def test_a_date_as_written(iso: str, text: str) -> None:
    assert format_date(date.fromisoformat(iso)) == text

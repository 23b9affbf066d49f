"""The commentary of ten territories as it was last agreed on."""

import pytest
from goldenprose import HERE, REAL, SEEDS, commented, text_of


@pytest.mark.parametrize("slug", [REAL, *SEEDS])
def test_the_commentary_is_as_agreed(slug: str) -> None:
    agreed = (HERE / f"{slug}.txt").read_text(encoding="utf-8")
    assert text_of(commented(slug)) == agreed, "run `make golden` if the change is meant"


def test_there_is_no_golden_text_too_many() -> None:
    assert sorted(path.stem for path in HERE.glob("*.txt")) == sorted((REAL, *SEEDS))

"""Data that commentary has to bear: noughts, nothing, secrets, no change, turned balances, single years, in a seeded mix."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from rendiconto.catalogue import Catalogue
from rendiconto.territory import Territory
from synthesis import write_observations

Row = dict[str, str]
Shape = Callable[[list[Row]], list[Row]]


def noughts(rows: list[Row]) -> list[Row]:
    """Every figure is nought."""
    return [row | {"value": "0"} for row in rows]


def nothing(rows: list[Row]) -> list[Row]:
    """No such phenomenon in the last year."""
    last = max(row["period"] for row in rows)
    return [row | {"value": "", "status": "nil"} if row["period"] == last else row for row in rows]


def secrets(rows: list[Row]) -> list[Row]:
    """Every other figure is confidential."""
    return [row | {"value": "", "status": "confidential"} if at % 2 else row for at, row in enumerate(rows)]


def gaps(rows: list[Row]) -> list[Row]:
    """Every third figure was not delivered."""
    return [row for at, row in enumerate(rows) if at % 3]


def no_change(rows: list[Row]) -> list[Row]:
    """Each figure is that of the first year."""
    first: dict[tuple[str, ...], str] = {}
    for row in sorted(rows, key=lambda each: each["period"]):
        first.setdefault(_key(row), row["value"])
    return [row | {"value": first[_key(row)]} for row in rows]


def one_year(rows: list[Row]) -> list[Row]:
    """Only the last year is there."""
    last = max(row["period"] for row in rows)
    return [row for row in rows if row["period"] == last]


def few(rows: list[Row]) -> list[Row]:
    """Single digits."""
    return [row | {"value": str(int(float(row["value"])) % 10)} for row in rows]


def swings(rows: list[Row]) -> list[Row]:
    """Every other year is a fifth of what it was: balances turn, series reverse."""
    return [row | {"value": str(int(float(row["value"])) // 5)} if int(row["period"][-4:]) % 2 else row for row in rows]


SHAPES: Final[tuple[Shape, ...]] = (noughts, nothing, secrets, gaps, no_change, one_year, few, swings)


def write_hard(catalogue: Catalogue, territory: Territory, folder: Path, seed: int) -> Counter[str]:
    """Synthetic data of a territory, two cubes of three bent into a shape each; returns how often each shape was used."""
    write_observations(catalogue, territory, folder, seed)
    used: Counter[str] = Counter()
    for path in sorted(folder.glob("*.csv")):
        shape = _shape_of(path.stem, seed)
        if shape is not None:
            rows = list(_read(path))
            if rows:
                _write(path, list(rows[0]), shape(rows))
                used[shape.__name__] += 1
    return used


def _shape_of(cube: str, seed: int) -> Shape | None:
    number = int.from_bytes(sha256(f"{seed}/{cube}".encode()).digest()[:4], "big")
    return SHAPES[number // 3 % len(SHAPES)] if number % 3 else None


def _key(row: Row) -> tuple[str, ...]:
    return tuple(code for name, code in row.items() if name not in ("period", "value", "status"))


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _write(path: Path, header: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

"""The packaged edition, and a way to compare a file made in the test with it."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from rendiconto.audit.reconcile import Reconciled
from rendiconto.pipeline import Edition, load_edition
from rendiconto.pipeline.reconciling import reconcile_file, reconciled_territory

Compare = Callable[..., Reconciled]


@pytest.fixture(scope="session")
def edition() -> Edition:
    return load_edition(2024)


@pytest.fixture
def compare_json(tmp_path: Path, edition: Edition) -> Compare:
    def compare(content: Any, name: str = "dashboard.json") -> Reconciled:
        file = tmp_path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return reconcile_file(file, edition, reconciled_territory(edition))

    return compare


@pytest.fixture
def compare_rows(tmp_path: Path, edition: Edition) -> Compare:
    def compare(rows: Iterable[Sequence[object]], name: str = "estratto.csv", delimiter: str = ";") -> Reconciled:
        file = tmp_path / name
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows(rows)
        return reconcile_file(file, edition, reconciled_territory(edition))

    return compare

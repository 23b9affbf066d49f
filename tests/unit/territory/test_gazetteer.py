"""The gazetteer: finding, belonging, selecting."""

from collections import Counter

import pytest

from rendiconto.errors import Place, RendicontoError, UnknownName
from rendiconto.territory import FIRST_YEAR, SELECTORS, Gazetteer, NotInForce

ITALY = Gazetteer.load()
YEARS = range(FIRST_YEAR, 2031)


def names(selection: tuple[tuple[str, object], ...]) -> list[tuple[str, str]]:
    return [(selector, territory.name) for selector, territory in selection]  # type: ignore[attr-defined]


def test_is_read_once() -> None:
    assert Gazetteer.load() is ITALY


@pytest.mark.parametrize(
    "text",
    [
        "massa-carrara",
        "045",
        "Massa-Carrara",
        "Massa Carrara",
        "Massa- Carrara",
        "MASSA  CARRARA",
        "massacarrara",
        "Provincia di Massa-Carrara",
        "provincia di Massa Carrara",
        "MS",
    ],
)
def test_finds_a_territory_by_any_spelling(text: str) -> None:
    assert ITALY.find(text, 2024).code == "045"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("italia", "IT"),
        ("IT", "IT"),
        ("toscana", "09"),
        ("Regione Toscana", "09"),
        ("248", "048"),
        ("Città metropolitana di Firenze", "048"),
        ("citta metropolitana di firenze", "048"),
        ("Reggio nell’Emilia", "035"),
        ("reggio-nell-emilia", "035"),
        ("reggio-nellemilia", "035"),
        ("Reggio Emilia", "035"),
        ("Reggio di Calabria", "080"),
        ("Bolzano/Bozen", "021"),
        ("SÜDTIROL", "021"),
        ("laquila", "066"),
        ("Provincia dell'Aquila", "066"),
        ("Monza e Brianza", "108"),
        ("Roma Capitale", "058"),
        ("Trentino-Alto Adige/Südtirol", "04"),
        ("valle-d-aosta", "02"),
        ("007", "02"),
        ("02", "02"),
        ("Aosta", "02"),
        ("Vallée d’Aoste", "02"),
    ],
)
def test_finds_names_with_articles_accents_and_two_languages(text: str, code: str) -> None:
    assert ITALY.find(text, 2024).code == code


def test_one_slug_stands_for_the_code_of_the_year() -> None:
    assert [ITALY.find("sassari", year).code for year in (2005, 2016, 2025, 2026)] == [
        "090",
        "090",
        "090",
        "112",
    ]
    assert ITALY.find("ogliastra", 2010).code == "105"
    assert ITALY.find("ogliastra", 2026).code == "116"


@pytest.mark.parametrize("year", YEARS)
def test_no_spelling_means_two_territories_of_one_year(year: int) -> None:
    for territory in ITALY.all(year):
        assert {ITALY.find(spelling, year).code for spelling in territory.spellings} == {territory.code}


def test_an_unknown_name_brings_the_near_slugs() -> None:
    with pytest.raises(UnknownName) as refused:
        ITALY.find("massa carara", 2024)
    assert refused.value.near[0] == "massa-carrara"
    with pytest.raises(UnknownName) as refused:
        ITALY.find("alto adije", 2024)
    assert refused.value.near[0] == "bolzano"
    with pytest.raises(UnknownName) as refused:
        ITALY.find("zzzz", 2024)
    assert refused.value.near == ()


def test_a_name_of_other_years_says_which() -> None:
    with pytest.raises(NotInForce) as refused:
        ITALY.find("Ogliastra", 2024)
    assert str(refused.value) == (
        "Ogliastra is not a territory of 2024\nStatistics have it in other years: 2006–2016, from 2026."
        " In 2024 its area is of nuoro, sud-sardegna."
    )
    with pytest.raises(UnknownName):
        ITALY.find("Sud Sardegna", 2026)
    with pytest.raises(NotInForce):
        ITALY.find("Fermo", 2009)


def test_years_before_the_data_are_refused() -> None:
    with pytest.raises(RendicontoError, match="territories of 1994 are not known"):
        ITALY.all(1994)


def test_codes_are_found_in_any_year_and_give_the_one_to_store() -> None:
    assert ITALY.by_code("045").slug == "massa-carrara"
    assert ITALY.by_code("248").code == "048"
    assert ITALY.by_code("007") is ITALY.by_code("02")
    assert ITALY.by_code("107").name == "Carbonia-Iglesias"


def test_a_code_that_lost_its_zeros_is_said_to_have() -> None:
    with pytest.raises(UnknownName) as refused:
        ITALY.by_code("45", Place("nascite.csv", 7, "territory"))
    assert refused.value.near == ("045",)
    assert str(refused.value).startswith("nascite.csv:7 (territory): unknown territory code '45'")
    with pytest.raises(UnknownName) as refused:
        ITALY.by_code("9")
    assert refused.value.near == ("09", "009")


def test_region_of() -> None:
    assert ITALY.region_of(ITALY.find("massa-carrara", 2024), 2024).name == "Toscana"
    assert ITALY.region_of(ITALY.find("toscana", 2024), 2024).name == "Toscana"
    assert ITALY.region_of(ITALY.country(), 2024).name == "Italia"
    assert ITALY.region_of(ITALY.find("trento", 2024), 2024).name == "Trentino-Alto Adige"
    with pytest.raises(NotInForce, match="Sud Sardegna is not a territory of 2026"):
        ITALY.region_of(ITALY.by_code("111"), 2026)


def test_provinces_of_a_region_a_province_and_italy() -> None:
    tuscan = [
        "Arezzo",
        "Firenze",
        "Grosseto",
        "Livorno",
        "Lucca",
        "Massa-Carrara",
        "Pisa",
        "Pistoia",
        "Prato",
        "Siena",
    ]
    for text in ("toscana", "massa-carrara", "firenze"):
        found = ITALY.provinces_of(ITALY.find(text, 2024), 2024)
        assert [province.name for province in found] == tuscan
    regions = [region.name for region in ITALY.provinces_of(ITALY.country(), 2024)]
    assert len(regions) == 20
    assert regions[:3] == ["Abruzzo", "Basilicata", "Calabria"]
    assert regions[-2:] == ["Valle d'Aosta", "Veneto"]
    abruzzo = ITALY.provinces_of(ITALY.find("abruzzo", 2024), 2024)
    assert [province.name for province in abruzzo] == ["Chieti", "L'Aquila", "Pescara", "Teramo"]


def test_provinces_of_sardinia_follow_the_year() -> None:
    sardinia = ITALY.find("sardegna", 2024)
    counts = {year: len(ITALY.provinces_of(sardinia, year)) for year in (2005, 2006, 2016, 2017, 2025, 2026)}
    assert counts == {2005: 4, 2006: 8, 2016: 8, 2017: 5, 2025: 5, 2026: 8}


def test_selectors_of_a_province_a_region_and_italy() -> None:
    selectors = ("self", "region", "italy")
    massa = ITALY.find("massa-carrara", 2024)
    assert names(ITALY.resolve(selectors, massa, 2024)) == [
        ("self", "Massa-Carrara"),
        ("region", "Toscana"),
        ("italy", "Italia"),
    ]
    tuscany = ITALY.find("toscana", 2024)
    assert names(ITALY.resolve(selectors, tuscany, 2024)) == [("self", "Toscana"), ("italy", "Italia")]
    assert names(ITALY.resolve(selectors, ITALY.country(), 2024)) == [("self", "Italia")]
    aosta = ITALY.find("007", 2024)
    assert names(ITALY.resolve((*selectors, "provinces"), aosta, 2024)) == [
        ("self", "Valle d'Aosta"),
        ("italy", "Italia"),
    ]


def test_selectors_keep_their_order_and_give_a_territory_once_under_the_first() -> None:
    trento = ITALY.find("trento", 2024)
    assert names(ITALY.resolve(("provinces", "self", "region", "italy"), trento, 2024)) == [
        ("provinces", "Bolzano"),
        ("provinces", "Trento"),
        ("region", "Trentino-Alto Adige"),
        ("italy", "Italia"),
    ]
    assert names(ITALY.resolve(("italy", "self", "provinces"), trento, 2024)) == [
        ("italy", "Italia"),
        ("self", "Trento"),
        ("provinces", "Bolzano"),
    ]


def test_every_selector_is_explained_and_an_unknown_one_brings_the_near() -> None:
    massa = ITALY.find("massa-carrara", 2024)
    for selector, meaning in SELECTORS.items():
        assert ITALY.resolve((selector,), massa, 2024)
        assert meaning
    with pytest.raises(UnknownName, match="unknown territory selector 'regions'") as refused:
        ITALY.resolve(("self", "regions"), massa, 2024)
    assert refused.value.near[0] == "region"


@pytest.mark.parametrize("year", YEARS)
def test_every_province_is_added_once_and_only_valle_d_aosta_is_its_own_region(year: int) -> None:
    sums = ITALY.sum_hierarchy(year)
    assert sums["IT"] == tuple(region.code for region in ITALY.regions(year))
    children = Counter(code for parts in sums.values() for code in parts)
    everyone = {territory.code for territory in ITALY.all(year)}
    assert set(children.values()) == {1}
    assert set(children) | {"IT"} == everyone
    assert {region for region in sums["IT"] if region not in sums} == {"02"}
    assert sums["09"] == ("045", "046", "047", "048", "049", "050", "051", "052", "053", "100")
    assert sums["04"] == ("021", "022")


def heirs(code: str, year: int) -> list[str]:
    return [unit.code for unit in ITALY.heirs_of(ITALY.by_code(code), year)]


def test_codes_of_one_year_lead_to_those_of_another() -> None:
    assert heirs("111", 2026) == ["116", "117", "118", "119"]
    assert heirs("090", 2026) == ["112", "113"]
    assert heirs("104", 2020) == ["090"]
    assert heirs("109", 2003) == ["044"], "Fermo was of Ascoli Piceno"
    assert heirs("110", 2003) == ["071", "072"]
    assert heirs("045", 1995) == ["045"], "what is in force is its own heir"


@pytest.mark.parametrize("year", YEARS)
def test_every_province_that_ends_or_begins_is_of_somebody_else_before_and_after(year: int) -> None:
    provinces = {unit.code: unit for other in YEARS for unit in ITALY.provinces(other)}
    for unit in provinces.values():
        found = ITALY.heirs_of(unit, year)
        assert found, f"{unit.name} in {year}"
        assert {heir.region for heir in found} == {unit.region}

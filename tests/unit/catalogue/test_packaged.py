"""The packaged 2024 edition is whole: nothing declared twice, nothing unused, nothing without its meaning."""

import pytest

from rendiconto.catalogue import Catalogue, load_catalogue, plan_table
from rendiconto.observations import load_observations
from rendiconto.territory import Gazetteer

UNPRINTED = {
    # Indicators that commentary uses, and facts that only the source's commentary has.
    "indice_definizione",
    "indice_definizione_commento",
    "naspi_entro_30_commento",
    "quota_accolte_sostegno",
    "quota_irregolarita_documentale",
    "quota_personale_genere",
    "quota_ricorsi_autotutela_commento",
    "ricorsi_amministrativi_commento",
    "saldo_contratti",
    "saldo_occupazionale",
    "variazione_riscossioni_ordinarie",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(2024)


def test_ten_chapters_sixty_five_tables_two_charts(catalogue: Catalogue) -> None:
    assert [chapter.number for chapter in catalogue.chapters] == list(range(1, 11))
    assert sorted(catalogue.tables) == sorted([*map(str, range(1, 66)), "G1", "G2"])
    for chapter in catalogue.chapters:
        assert all(table.section.startswith(f"{chapter.number}.") for table in chapter.tables)
        assert any(part.charts for table in chapter.tables for part in table.parts), chapter.title


@pytest.mark.parametrize("territory", ["massa-carrara", "toscana", "italia", "valle-d-aosta", "bolzano", "roma"])
def test_every_table_can_be_planned(catalogue: Catalogue, territory: str) -> None:
    place = Gazetteer.load().find(territory, 2024)
    for table in catalogue.tables.values():
        for plan in plan_table(catalogue, table, place):
            assert plan.cells
            assert all(plan.cells)


def test_every_cube_is_printed_or_needed_or_listed(catalogue: Catalogue) -> None:
    place = Gazetteer.load().find("massa-carrara", 2024)
    plans = [plan for table in catalogue.tables.values() for plan in plan_table(catalogue, table, place)]
    printed = {cube.name for plan in plans for cube in plan.cubes}
    needed = {need.cube for cube in catalogue.cubes.values() if cube.formula for need in cube.formula.inputs()}
    assert set(catalogue.cubes) - printed - needed == UNPRINTED


def test_every_cube_says_what_it_counts(catalogue: Catalogue) -> None:
    for cube in catalogue.cubes.values():
        assert len(cube.perimeter) > 20, cube.name
        assert cube.sources
        assert cube.unit in catalogue.units


def test_every_codelist_and_unit_is_used(catalogue: Catalogue) -> None:
    lists = {d.codelist.name for cube in catalogue.cubes.values() for d in cube.dimensions if d.codelist}
    assert lists == set(catalogue.codelists)
    own = {code.unit for codelist in catalogue.codelists.values() for code in codelist.codes.values()}
    assert {cube.unit for cube in catalogue.cubes.values()} | own - {None} == set(catalogue.units)


def test_every_delivered_figure_of_massa_carrara_that_a_table_wants_is_there(catalogue: Catalogue) -> None:
    store = load_observations(catalogue)
    pictures = {name for name in catalogue.cubes if name not in store.cubes and catalogue.cubes[name].formula is None}
    assert pictures == {
        "naspi_tempi",
        "pensioni_liquidate_sistema",
        "tempi_gestione_privata",
        "tempi_gestione_pubblica",
        "tempi_fondi_speciali",
        "invalidita_civile_liquidate",
        "prenotazioni_canale",
        "soggetti_richiedenti",
        "ricorsi_amministrativi",
    }

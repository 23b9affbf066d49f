"""The site of all territories in a real browser: axe on every kind of page, the map, the comparison, no scripts, a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from axe import violations

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
COMPARED = "confronto/index.html?t=massa-carrara,toscana,italia"
KINDS = (
    "index.html",
    "territori/index.html",
    "territori/massa-carrara/index.html",
    "territori/torino/index.html",
    "indicatori/index.html",
    "indicatori/tasso-occupazione/index.html",
    "indicatori/saldo-migratorio/index.html",
    "indicatori/popolazione/index.html",
    "confronto/index.html",
    COMPARED,
    "cerca/index.html?q=toscana",
    "metodo/index.html",
    "scarica/index.html",
)
HARD = ("index.html", "territori/massa-carrara/index.html", "indicatori/tasso-occupazione/index.html", COMPARED)


@pytest.fixture
def atlas(atlas_address: str) -> str:
    return atlas_address


def settled(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    if path == COMPARED:
        expect(page.locator("table.compared")).to_be_visible()


@pytest.mark.parametrize("context_options", [{"viewport": WIDE}])
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(page: Page, atlas: str, path: str) -> None:
    settled(page, atlas, path)
    assert violations(page) == []


@pytest.mark.parametrize(
    "context_options", [{"viewport": NARROW, "color_scheme": "dark"}, {"viewport": NARROW, "forced_colors": "active"}]
)
@pytest.mark.parametrize("path", HARD)
def test_axe_finds_nothing_on_a_phone_in_the_dark_and_under_forced_colours(page: Page, atlas: str, path: str) -> None:
    settled(page, atlas, path)
    assert violations(page) == []


@pytest.mark.parametrize("context_options", [{"viewport": NARROW}])
@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_fits_a_phone_and_a_fourfold_zoom(page: Page, atlas: str, path: str) -> None:
    settled(page, atlas, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_home_page_shows_any_indicator(page: Page, atlas: str) -> None:
    page.goto(f"{atlas}/index.html")
    expect(page.locator("#mostrato")).to_have_text("Tasso di occupazione, 2024 (%)")
    assert page.locator("svg.map circle").evaluate_all("all => all.every(one => one.getAttribute('r') === '0')")
    page.get_by_label("Capitolo", exact=True).select_option("1")
    page.get_by_label("Indicatore", exact=True).select_option("popolazione")
    expect(page.locator("#mostrato")).to_have_text("Popolazione residente, 2024 (persone)")
    expect(page.locator("#graduatoria")).to_have_attribute("href", "indicatori/popolazione/index.html")
    own = page.locator('svg.map circle[data-code="045"]')
    assert int(own.get_attribute("r") or 0) > 3
    assert own.get_attribute("data-text") == "Massa-Carrara: 186.982 persone"
    expect(page.locator('ul[aria-labelledby="alte"] li').first).to_have_text("Massa-Carrara: 186.982 persone")
    assert violations(page) == []


def test_a_map_says_what_is_under_the_pointer_and_leads_there(page: Page, atlas: str) -> None:
    page.goto(f"{atlas}/indicatori/tasso-occupazione/index.html")
    area = page.locator('svg.map path[data-code="045"]')
    area.dispatch_event("pointerover", {"bubbles": True})
    expect(page.locator(".readout")).to_have_text("Massa-Carrara: 68,3%")
    row = page.locator('#province tr[data-code="045"]')
    row.locator("a").focus()
    expect(area).to_have_class("c0 lit")
    area.dispatch_event("click", {"bubbles": True})
    expect(page).to_have_url(f"{atlas}/territori/massa-carrara/index.html")


def test_up_to_five_territories_stand_beside_each_other(page: Page, atlas: str) -> None:
    page.goto(f"{atlas}/confronto/index.html")
    choice = page.get_by_label("Aggiungi un territorio")
    for slug in ("massa-carrara", "lucca", "toscana", "italia", "torino"):
        choice.select_option(slug)
        page.get_by_role("button", name="Aggiungi").click()
        expect(page.locator("#scelti li")).to_have_count(
            1 + ("massa-carrara", "lucca", "toscana", "italia", "torino").index(slug)
        )
    row = page.locator("table.compared tr", has=page.get_by_role("link", name="Tasso di occupazione", exact=True))
    expect(row.locator("td")).to_have_text(["68,3%", "n.d.", "70,9%", "62,2%", "n.d."])
    choice.select_option("prato")
    page.get_by_role("button", name="Aggiungi").click()
    expect(page.locator("#detto")).to_contain_text("Sono già 5")
    page.get_by_role("button", name="Togli Torino").click()
    expect(page.locator("table.compared thead th")).to_have_count(5)
    assert page.url.endswith("?t=massa-carrara%2Clucca%2Ctoscana%2Citalia"), "a comparison can be sent"
    page.get_by_label("Indicatori", exact=True).select_option("1")
    expect(page.locator("table.compared tbody th[scope=rowgroup]")).to_have_count(1)
    page.reload()
    expect(page.locator("table.compared thead th")).to_have_count(5)
    expect(page.locator("table.compared tbody th[scope=rowgroup]")).to_have_text(["1. Il panorama sociodemografico"])


def test_search_narrows_as_one_types_and_from_any_page(page: Page, atlas: str) -> None:
    page.goto(f"{atlas}/metodo/index.html")
    page.get_by_role("searchbox").fill("südtirol")
    page.get_by_role("button", name="Cerca").click()
    found = page.locator("[data-search] > li:visible")
    expect(found.locator("a")).to_have_text(["Bolzano", "Trentino-Alto Adige"])


@pytest.mark.parametrize("context_options", [{"viewport": WIDE, "java_script_enabled": False}])
def test_without_scripts_everything_but_the_comparison_is_there(page: Page, atlas: str) -> None:
    page.goto(f"{atlas}/index.html")
    expect(page.locator(".chooser")).to_be_hidden()
    expect(page.locator("svg.map")).to_be_visible()
    page.goto(f"{atlas}/indicatori/tasso-occupazione/index.html")
    expect(page.locator("#province tbody tr")).to_have_count(107)
    page.goto(f"{atlas}/confronto/index.html")
    expect(page.get_by_text("ha bisogno di JavaScript")).to_be_visible()
    page.goto(f"{atlas}/cerca/index.html")
    expect(page.locator("[data-search] > li").first).to_have_text("Abruzzo Regione Abruzzo")


def test_the_site_opens_from_a_folder(page: Page, atlas_folder: Path) -> None:
    page.goto((atlas_folder / "confronto" / "index.html").as_uri() + "?t=massa-carrara,lucca")
    expect(page.locator("table.compared thead th")).to_have_count(3)
    page.goto((atlas_folder / "index.html").as_uri())
    page.get_by_label("Capitolo", exact=True).select_option("5")
    expect(page.locator("#mostrato")).not_to_have_text("Tasso di occupazione, 2024 (%)")


def test_the_keyboard_reaches_the_figures(page: Page, atlas: str) -> None:
    page.goto(f"{atlas}/indicatori/tasso-occupazione/index.html")
    region = page.get_by_role("region", name="Graduatoria delle province:")
    first = region.locator("tbody a").first
    region.focus()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()

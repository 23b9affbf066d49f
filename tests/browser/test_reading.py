"""People read the site: on a phone, with no JavaScript, from a folder, on paper, with the keyboard, in the dark."""

import re
from pathlib import Path
from typing import Any

import pytest
from documents import document_named
from playwright.sync_api import Page, expect

NARROW = {"viewport": {"width": 320, "height": 480}}
WITHOUT_SCRIPTS = {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False}
DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
WHITE = "rgb(255, 255, 255)"


def background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


@pytest.mark.parametrize("context_options", [NARROW])
def test_every_page_fits_a_phone_and_a_fourfold_zoom(page: Page, address: str, folder: Path) -> None:
    root = folder / "report" / "site"
    wide = {}
    for path in sorted(root.rglob("index.html")):
        where = path.relative_to(root).as_posix()
        page.goto(f"{address}/report/site/{where}", wait_until="domcontentloaded")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["viewport"]["width"]:
            wide[where] = width
    assert not wide


@pytest.mark.parametrize("context_options", [NARROW])
def test_on_a_phone_a_table_scrolls_in_its_region_and_keeps_its_row_labels(page: Page, address: str) -> None:
    page.goto(f"{address}/report/site/tavole/7/index.html")
    region = page.get_by_role("region").first
    label = region.locator("tbody th").first
    left = "element => element.getBoundingClientRect().left"
    before = label.evaluate(left)
    region.focus()
    for _ in range(50):
        page.keyboard.press("ArrowRight")
        if region.evaluate("element => element.scrollLeft") > 40:
            break
    assert region.evaluate("element => element.scrollLeft") > 40
    assert label.evaluate(left) == before


def test_long_tables_keep_their_headings_in_sight(page: Page, address: str) -> None:
    page.goto(f"{address}/report/site/tavole/32/index.html")
    region = page.locator(".region.long").first
    heading = region.locator("thead th").first
    before = heading.bounding_box()
    region.evaluate("element => element.scrollTo({top: 200, behavior: 'instant'})")
    assert region.evaluate("element => element.scrollTop") > 100
    assert heading.bounding_box() == before


@pytest.mark.parametrize("context_options", [WITHOUT_SCRIPTS])
def test_without_scripts_everything_can_be_read_and_found(page: Page, address: str) -> None:
    page.goto(f"{address}/report/site/index.html")
    expect(page.locator("button.theme")).to_be_hidden()
    page.locator("ol.chapters").get_by_role("link", name=re.compile("Entrate contributive, recupero")).click()
    page.get_by_role("link", name=re.compile("Tavola 17")).first.click()
    expect(page.get_by_role("cell", name="219.216.355,46")).to_be_visible()
    page.get_by_label("Cerca tra tavole e indicatori").fill("durc")
    page.get_by_role("button", name="Cerca").click()
    assert page.locator(".listing > li:visible").count() > len(document_named("report").tables)


def test_the_search_narrows_as_one_types_and_forgives_accents(page: Page, address: str) -> None:
    page.goto(f"{address}/report/site/index.html")
    page.get_by_label("Cerca tra tavole e indicatori").fill("invalidita civile")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cerca/index.html?q=*")
    found = page.locator(".listing > li:visible")
    assert found.count() > 0
    assert all("invalidità" in text.lower() for text in found.all_inner_texts())
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\d+ voci trovate"))
    page.get_by_label("Cerca tra tavole e indicatori").fill("zzz")
    expect(page.get_by_role("status")).to_have_text("Nessuna voce trovata.")
    assert found.count() == 0


def test_it_opens_from_a_folder(page: Page, folder: Path) -> None:
    page.goto((folder / "report" / "site" / "index.html").as_uri())
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Titillium Web\"'))")
    page.get_by_role("link", name="Tavole", exact=True).click()
    page.get_by_role("link", name=re.compile("^Tavola 17")).click()
    expect(page.get_by_role("cell", name="219.216.355,46")).to_be_visible()
    page.get_by_label("Cerca tra tavole e indicatori").fill("naspi")
    page.keyboard.press("Enter")
    page.wait_for_url("file:///**/cerca/index.html?q=naspi")
    expect(page.get_by_role("status")).to_have_text(re.compile("trovate"))


@pytest.mark.parametrize("context_options", [DARK])
def test_the_theme_follows_the_system_then_the_reader_and_never_flashes(page: Page, address: str) -> None:
    page.add_init_script("""
      new MutationObserver((_, watcher) => {
        if (document.body) { window.first = document.documentElement.dataset.theme; watcher.disconnect(); }
      }).observe(document, {childList: true, subtree: true});
    """)
    page.goto(f"{address}/sample/site/tavole/17/index.html")
    assert page.evaluate("window.first") == "scuro"
    dark = background(page)
    assert dark != WHITE
    label = page.locator("svg.chart text").first
    ink_on_dark = label.evaluate("element => getComputedStyle(element).fill")
    button = page.get_by_role("button", name="Tema scuro")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    assert background(page) == WHITE
    assert label.evaluate("element => getComputedStyle(element).fill") != ink_on_dark
    page.goto(f"{address}/sample/site/index.html")
    assert page.evaluate("window.first") == "chiaro"
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    assert background(page) == dark


@pytest.mark.parametrize("context_options", [{**DARK, "java_script_enabled": False}])
def test_without_scripts_the_theme_is_the_system_s(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/site/index.html")
    assert background(page) != WHITE


@pytest.mark.parametrize("context_options", [DARK])
def test_on_paper_tables_are_whole_and_ink_is_dark(page: Page, address: str) -> None:
    page.goto(f"{address}/report/site/tavole/32/index.html")
    page.emulate_media(media="print")
    assert background(page) == WHITE
    for locator in ("header.banner nav", ".find", "button.theme", ".turn", ".downloads"):
        expect(page.locator(locator)).to_be_hidden()
    clipped = "regions => regions.some(r => getComputedStyle(r).overflow !== 'visible' || r.scrollHeight > r.clientHeight + 1)"
    assert page.locator(".region").count() == 2
    assert not page.locator(".region").evaluate_all(clipped)


def test_an_erratum_leads_from_the_figure_to_its_reason_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/report/site/tavole/g1/index.html")
    page.get_by_role("link", name="nota a").first.click()
    page.get_by_role("link", name="Vedi le rettifiche").first.click()
    page.wait_for_url("**/rettifiche/index.html#*")
    page.locator(".erratum:target").get_by_role("link", name="Vai alla cifra").click()
    page.wait_for_url(re.compile("/tavole/g1/index.html#G1"))
    assert page.locator("td:target").count() == 1
    expect(page.locator("td:target")).to_be_in_viewport()


def test_files_of_a_table_can_be_downloaded(page: Page, address: str) -> None:
    page.goto(f"{address}/report/site/tavole/17/index.html")
    links = page.locator(".downloads a")
    assert links.all_inner_texts() == ["CSV, parte 1", "CSV, parte 2", "CSV, parte 3", "XLSX", "JSON"]
    for link in links.all():
        with page.expect_download() as download:
            link.click()
        assert download.value.path().stat().st_size > 100


KEYBOARD: list[tuple[str, dict[str, Any]]] = [
    ("tavole/31/index.html", {"viewport": {"width": 1280, "height": 720}}),
    ("tavole/17/index.html", NARROW),
    ("index.html", NARROW),
]
SEEN = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    what: element.outerHTML.slice(0, 120), end: element === document.body,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    clear: top !== null && (element.contains(top) || top.contains(element)),
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.mark.parametrize(("path", "context_options"), KEYBOARD)
def test_the_keyboard_reaches_everything_in_sight(page: Page, address: str, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/sample/site/{path}")
    expected = page.locator("a[href]:visible, button:visible, input:visible, [tabindex='0']").count()
    stops: list[dict[str, Any]] = []
    for _ in range(expected + 1):
        page.keyboard.press("Tab")
        stop = page.evaluate(SEEN)
        if stop["end"]:
            break
        stops.append(stop)
    assert len(stops) >= expected
    assert not [stop for stop in stops if not (stop["outlined"] and stop["clear"] and stop["inside"])]


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/site/tavole/31/index.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Vai al contenuto")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("navigation", name="Percorso").get_by_role("link").first).to_be_focused()


@pytest.mark.parametrize("context_options", [NARROW, DARK])
def test_of_the_two_drawings_of_a_chart_the_one_that_fits_is_shown(
    page: Page, address: str, context_options: dict[str, Any]
) -> None:
    page.goto(f"{address}/report/site/tavole/17/index.html")
    shown = page.locator("svg.chart:visible")
    assert shown.count() == 2
    for drawing in shown.all():
        assert drawing.evaluate("e => e.getBoundingClientRect().width / e.viewBox.baseVal.width") > 0.8
    assert page.get_by_role("img", name=re.compile("^Grafico a linee")).count() == 2
    narrow = context_options["viewport"]["width"] < 640
    assert shown.first.evaluate("e => e.viewBox.baseVal.width") == (340 if narrow else 640)

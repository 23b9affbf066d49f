"""The page of an audit in a browser: axe finds nothing, nothing scrolls sideways, the keyboard reaches cells and comes back."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from axe import violations
from rendiconto.render.audits import render_audit
from unit.render.audits.reports import RULES, full_report, hostile_report

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Pages as files, as they are read: of one text, and of several with hostile words."""
    folder = tmp_path_factory.mktemp("audits")
    pages = {"one": [full_report()], "many": [hostile_report(), full_report("altro.txt")]}
    return {name: _written(folder / f"{name}.html", render_audit("html", reports, RULES)) for name, reports in pages.items()}


def _written(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return path.as_uri()


@pytest.mark.parametrize(
    "context_options",
    [{"viewport": size, "color_scheme": scheme} for size in (WIDE, NARROW) for scheme in ("light", "dark")]
    + [{"viewport": NARROW, "forced_colors": "active"}],
)
@pytest.mark.parametrize("name", ["one", "many"])
def test_axe_finds_nothing(page: Page, addresses: dict[str, str], name: str) -> None:
    page.goto(addresses[name])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert violations(page) == []


# 320 px wide is what 1280 px are at 400 % zoom.
@pytest.mark.parametrize("context_options", [{"viewport": NARROW}])
@pytest.mark.parametrize("name", ["one", "many"])
def test_nothing_scrolls_sideways_at_four_hundred_per_cent(page: Page, addresses: dict[str, str], name: str) -> None:
    page.goto(addresses[name])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    beyond = page.evaluate("""() => [...document.querySelectorAll('main *')]
      .filter(each => !each.closest('.hidden') && each.getBoundingClientRect().right > innerWidth + 1)
      .map(each => each.outerHTML.slice(0, 80))""")
    assert beyond == []


@pytest.mark.parametrize("context_options", [{"viewport": WIDE, "java_script_enabled": True}, {"viewport": NARROW}])
@pytest.mark.parametrize("number", [2, 3])
def test_the_keyboard_reaches_the_cells_of_a_claim_and_comes_back(page: Page, addresses: dict[str, str], number: int) -> None:
    page.goto(addresses["one"])
    claim, note = f"t1-affermazione-{number}", f"t1-nota-{number}"
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == claim:
            break
    assert focused(page) == claim
    page.keyboard.press("Enter")
    assert page.locator(f"#{note} table").is_visible()
    assert is_in_sight(page, f"#{note}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("↑ Torna al testo")
    page.keyboard.press("Enter")
    assert focused(page) == claim
    assert is_in_sight(page, f"#{claim}")


def test_the_list_of_contradictions_leads_to_the_place_in_the_text(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["one"])
    page.locator("ol.wrong a").last.click()
    assert focused(page) == "t1-affermazione-8"
    assert is_in_sight(page, "#t1-affermazione-8")


@pytest.mark.parametrize("context_options", [{"viewport": WIDE, "java_script_enabled": False}])
def test_notes_of_claims_that_hold_open_when_asked_for_without_a_script(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["one"])
    cells = page.locator("#t1-nota-3 table")
    assert not cells.is_visible()
    page.locator("#t1-affermazione-3").click()
    assert cells.is_visible()


def test_on_paper_every_note_is_there(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["one"])
    page.emulate_media(media="print")
    hidden = [at for at in range(1, 11) if not page.locator(f"#t1-nota-{at}").is_visible()]
    assert hidden == []


def focused(page: Page) -> str:
    """The id of the element in focus."""
    return str(page.evaluate("document.activeElement.id"))


def is_in_sight(page: Page, selector: str) -> bool:
    """Whether the top of an element is within the window."""
    box: Any = page.locator(selector).bounding_box()
    height = page.viewport_size["height"] if page.viewport_size else 0
    return box is not None and 0 <= box["y"] < height

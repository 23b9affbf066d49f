"""The report as one file, opened from a folder as people open it: whole without scripts, for every eye and screen."""

from pathlib import Path
from typing import Any

import pytest
from documents import document_named
from playwright.sync_api import Page, expect

from axe import violations
from rendiconto.render import load_renderer
from sample_prose import with_prose

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="session")
def one_page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the sample, with prose in it, and the whole report lie as one file."""
    root = tmp_path_factory.mktemp("page")
    documents = {"sample": with_prose(document_named("sample")), "report": with_prose(document_named("report"))}
    found = {}
    for name, document in documents.items():
        (content,) = load_renderer("html")(document).values()
        path: Path = root / f"{name}.html"
        path.write_bytes(content)
        found[name] = path.as_uri()
    return found


@pytest.mark.parametrize("context_options", [{"viewport": WIDE}, {"viewport": NARROW, "color_scheme": "dark"}])
def test_axe_finds_nothing_on_the_sample_with_all_opened(page: Page, one_page: dict[str, str]) -> None:
    page.goto(one_page["sample"])
    page.evaluate("document.querySelectorAll('details').forEach(element => { element.open = true; })")
    page.locator("button.cells").first.click()
    assert violations(page) == []


@pytest.mark.parametrize("context_options", [{"viewport": WIDE, "color_scheme": "dark"}])
def test_axe_finds_nothing_on_the_whole_report(page: Page, one_page: dict[str, str]) -> None:
    page.goto(one_page["report"])
    assert violations(page) == []


@pytest.mark.parametrize("context_options", [{"viewport": NARROW, "java_script_enabled": False}])
def test_without_scripts_a_sentence_leads_to_its_figure(page: Page, one_page: dict[str, str]) -> None:
    page.goto(one_page["report"])
    button = page.locator("button.cells").first
    figures = page.locator(f"#{button.get_attribute('popovertarget')}")
    expect(figures).to_be_hidden()
    button.press("Enter")
    expect(figures).to_be_visible()
    page.keyboard.press("Escape")
    expect(figures).to_be_hidden()
    button.press("Enter")
    link = figures.get_by_role("link").first
    shown = link.inner_text()
    link.press("Enter")
    assert page.url.rpartition("#")[2].startswith("T")
    expect(page.locator("td:target")).to_have_text(shown)


@pytest.mark.parametrize("context_options", [{"viewport": NARROW}])
def test_the_page_fits_a_phone(page: Page, one_page: dict[str, str]) -> None:
    page.goto(one_page["report"])
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_nothing_is_asked_of_anybody(page: Page, one_page: dict[str, str]) -> None:
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    page.goto(one_page["report"])
    page.evaluate("document.fonts.ready.then(() => true)")
    assert asked == [one_page["report"]]
    assert page.evaluate("document.fonts.check('16px \"Titillium Web\"')")


def test_markup_typed_in_prose_is_text(page: Page, one_page: dict[str, str]) -> None:
    page.goto(one_page["sample"])
    assert page.locator("script").count() == 0
    expect(page.get_by_text("<script>alert(1)</script>").first).to_be_visible()

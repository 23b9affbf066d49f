"""axe finds nothing on one page per template and on the hardest tables, light and dark, wide and narrow."""

import pytest
from playwright.sync_api import Page

from axe import violations

TEMPLATES = (
    "index.html",
    "capitoli/3-entrate/index.html",
    "tavole/index.html",
    "tavole/17/index.html",
    "tavole/23/index.html",
    "tavole/g1/index.html",
    "metodo/index.html",
    "rettifiche/index.html",
    "glossario/index.html",
    "cerca/index.html",
    "scarica/index.html",
)
HARD_TABLES = ("7", "12", "20", "31", "32", "41", "57")
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("context_options", [{"viewport": WIDE, "color_scheme": scheme} for scheme in ("light", "dark")])
@pytest.mark.parametrize("path", TEMPLATES)
def test_axe_finds_nothing_on_any_template(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/report/site/{path}")
    assert violations(page) == []


@pytest.mark.parametrize("context_options", [{"viewport": NARROW, "color_scheme": "dark"}])
@pytest.mark.parametrize("table", HARD_TABLES)
def test_axe_finds_nothing_on_hard_tables_on_a_phone(page: Page, address: str, table: str) -> None:
    page.goto(f"{address}/report/site/tavole/{table}/index.html")
    assert violations(page) == []


@pytest.mark.parametrize("context_options", [{"viewport": NARROW, "java_script_enabled": True, "forced_colors": "active"}])
def test_axe_finds_nothing_under_forced_colours(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/site/tavole/31/index.html")
    assert violations(page) == []


def test_axe_would_find_something(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/site/tavole/31/index.html")
    page.evaluate("""() => {
      document.documentElement.removeAttribute("lang");
      document.querySelector(".quiet").style.color = "#ccc";
      document.querySelector("td[headers]").setAttribute("headers", "nowhere");
    }""")
    assert {rule.split(":")[0] for rule in violations(page)} >= {"html-has-lang", "color-contrast", "td-headers-attr"}

"""Takes the README's pictures of a built report: pages of its PDF, and its site on a desk and on a phone.

python scripts/pictures.py out/massa-carrara-2024 docs/pictures [out/sito-2024]
"""

import sys
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]
TABLE = "7"
INDICATOR = "tasso-occupazione"
DESK: dict[str, Any] = {"viewport": {"width": 1200, "height": 1000}, "color_scheme": "light"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 760},
    "color_scheme": "dark",
    "device_scale_factor": 2,
    "has_touch": True,
}
EDGE = "#c9d1db"


def main(report: Path, pictures: Path, atlas: Path | None = None) -> None:
    """Write every picture of the report in ``report`` into ``pictures``; of the site of all territories, where it is given."""
    pictures.mkdir(parents=True, exist_ok=True)
    (pdf,) = report.glob("*.pdf")
    save(picture_pages(pdf), pictures / "pdf.png")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        site = report / "site"
        take(browser, site / "index.html", DESK, pictures / "site-home.png")
        take(browser, site / "tavole" / TABLE / "index.html", DESK, pictures / "site-table.png")
        take(browser, site / "tavole" / TABLE / "index.html", PHONE, pictures / "site-phone.png")
        if atlas is not None:
            take(browser, atlas / "indicatori" / INDICATOR / "index.html", DESK, pictures / "site-italy.png")
        browser.close()


def picture_pages(pdf: Path) -> Image.Image:
    """The cover and the page on which the table stands, side by side."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [draw(document, 0), draw(document, page_of(document, f"Tavola {TABLE} –"))]
    whole = Image.new("RGB", (sum(page.width for page in pages) + 24, max(page.height for page in pages)), "white")
    whole.paste(pages[0], (0, 0))
    whole.paste(pages[1], (pages[0].width + 24, 0))
    return whole


def page_of(document: Any, title: str) -> int:
    """The last page that says the title: earlier ones are lists that lead to it."""
    said = [index for index in range(len(document)) if title in document[index].get_textpage().get_text_range()]
    if not said:
        raise SystemExit(f"no page of the PDF says {title!r}")
    return said[-1]


def draw(document: Any, index: int) -> Image.Image:
    page: Image.Image = document[index].render(scale=1.4).to_pil().convert("RGB")
    return ImageOps.expand(page, border=1, fill=EDGE)


def take(browser: Browser, page: Path, options: dict[str, Any], picture: Path) -> None:
    """A screenshot of what first meets the eye."""
    context = browser.new_context(**options)
    tab = context.new_page()
    tab.goto(page.resolve().as_uri())
    tab.evaluate("document.fonts.ready.then(() => true)")
    tab.screenshot(path=picture)
    context.close()
    with Image.open(picture) as image:
        save(ImageOps.expand(image.convert("RGB"), border=1, fill=EDGE), picture)


def save(image: Image.Image, picture: Path) -> None:
    """Few colours are enough for print on paper, and weigh a third."""
    image.quantize(colors=128, dither=Image.Dither.NONE).save(picture, optimize=True)
    print(picture)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

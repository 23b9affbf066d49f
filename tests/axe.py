"""What axe says of a page, best practices and the size of targets too."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page) -> list[str]:
    """Every rule of axe, best practices too, that the page breaks, with the first place where it does."""
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']} {rule['nodes'][0].get('failureSummary')}" for rule in found]

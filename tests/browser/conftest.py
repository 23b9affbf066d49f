"""A real server, a real browser: the sample's site and the report's, built once, served on loopback under a sub-path."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from documents import DOCUMENTS, document_named
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from rendiconto.render.site import render_site
from sample_atlas import sample_files

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]
ATTACHMENT = "rendiconto.pdf"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name is the base class's)
        """Keep requests out of the tests' output."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``sample/site`` and ``report/site``."""
    root = tmp_path_factory.mktemp("sites")
    for name in DOCUMENTS:
        for path, content in render_site(document_named(name), {ATTACHMENT: "documento accessibile"}).items():
            target = root / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return root


@pytest.fixture(scope="session")
def atlas_folder(folder: Path) -> Path:
    """The site of all territories, from the packaged figures."""
    root = folder / "sito"
    for path, content in sample_files().items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root


@pytest.fixture(scope="session")
def atlas_address(address: str, atlas_folder: Path) -> str:
    """Where that site is served."""
    return f"{address}/{atlas_folder.name}"


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Where the folder is served: the sites stand under sub-paths of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, context_options: dict[str, Any]) -> Iterator[Page]:
    """A page that fails its test when a script errs, or anything is asked of another host, or is refused or not found."""
    context = browser.new_context(**context_options)
    page = context.new_page()
    complaints = watch(context, page)
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def context_options() -> dict[str, Any]:
    """Overridden by ``parametrize`` where a test needs another screen, theme or no JavaScript."""
    return {"viewport": {"width": 1280, "height": 900}}


def watch(context: BrowserContext, page: Page) -> list[str]:
    """What goes wrong in the pages of a context, as it happens."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda said: complaints.append(f"console: {said.text}") if said.type in {"error", "warning"} else None)
    context.on("request", lambda request: None if is_local(request.url) else complaints.append(f"asked: {request.url}"))
    context.on("response", lambda answer: complaints.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    return complaints


def is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "file://", "data:"))

"""A browser for the tests of pages, and a view that hears everything a page does."""

from __future__ import annotations

import shutil

import pytest

from symback.explain.telling.page import Page
from symback.render.html import html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests; they are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture
def view(browser, tmp_path):
    """Open a page; at the end, nothing was said on the console and nothing was requested."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    heard: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    tab.on("request", lambda request: requests.append(request.url))

    def show(page: Page):
        path = tmp_path / "page.html"
        path.write_text(html(page), encoding="utf-8")
        requests.clear()
        tab.goto(path.as_uri())
        return tab

    yield show
    tab.close()
    assert heard == []
    assert len(requests) == 1

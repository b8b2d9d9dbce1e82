"""A real browser, and a stage for it to look at."""

from collections.abc import Iterator

import pytest
from browsing import SLOW, chromium_open
from playwright.sync_api import Browser, Page
from ui.stage import Stage


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of the tests of a file."""
    with chromium_open() as opened:
        yield opened


@pytest.fixture(scope="session")
def theatre() -> Iterator[Stage]:
    """The one server of these tests."""
    stage = Stage()
    server = stage.serve()
    yield stage
    server.should_exit = True


@pytest.fixture
def stage(theatre: Stage) -> Stage:
    """The server, emptied for this test."""
    theatre.reset()
    return theatre


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    """A fresh window; errors of scripts and of the content policy fail the test."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=stage.url)
    context.set_default_timeout(SLOW)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None,
    )
    yield opened
    context.close()
    assert wrong == []

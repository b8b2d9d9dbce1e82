"""A real server over the cast's data, and Chromium windows in front of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import SLOW, WATCH, Served, Window, chromium_open
from cast import Cast, assemble
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from forum.base import auth, db, i18n, migrate, settings

# What Chromium itself writes when a line is cut or a form is refused: no fault of the page's.
EXPECTED = (
    "Failed to load resource",
    "WebSocket connection to",
    "htmx:sendError",
    "htmx:afterRequest",
)


@pytest.fixture(scope="session")
def migrated(whole_app: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the migrations made, with the cast; to be copied for each file."""
    folder = tmp_path_factory.mktemp("migrated")
    config = settings.configure(data=folder)
    db.close()
    migrate.upgrade(config)
    with i18n.using("en"), db.transaction() as tx:
        cast = assemble(tx)
    (folder / "cast.json").write_text(cast.dump())
    db.close()
    return folder


@pytest.fixture(scope="module")
def served(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the tests of a file."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(migrated, folder)
    settings.configure(data=folder)
    db.close()
    server = Served(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        db.close()
    assert "Traceback" not in server.journal.read_text(), server.journal.read_text()[-8000:]


@pytest.fixture(scope="module")
def cast(served: Served) -> Cast:
    """The cast of this server."""
    return Cast.load((served.folder / "cast.json").read_text())


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser of the tests of a file."""
    with chromium_open() as browser:
        yield browser


@pytest.fixture
def window(chromium: Browser, served: Served, cast: Cast) -> Iterator[Window]:
    """`window("alice", "/consultations", width=390)`: a page of a browser of their own.

    A page that logs an error in its console, or raises one, fails the test.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(
        name: str | None,
        path: str = "",
        *,
        width: int = 1280,
        locale: str = "en",
        scripts: bool = True,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale=locale,
            base_url=served.address,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(SLOW)
        if name is not None:
            with db.transaction() as tx:
                token = auth.sign_in(tx, cast[name].id, label="window")
            context.add_cookies([{"name": auth.COOKIE, "value": token, "url": served.address}])

        def console(message: ConsoleMessage) -> None:
            if message.type == "error" and not message.text.startswith(EXPECTED):
                faults.append(f"{name} at {page.url}: {message.text}")

        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{name} at {page.url}: {error}"))
        page.on("console", console)
        if scripts:
            page.add_init_script(WATCH)
        if path:
            page.goto(path)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, faults

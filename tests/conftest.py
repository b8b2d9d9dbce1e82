"""Fixtures of all tests: a fresh data folder, the cast, signed-in clients."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from cast import Cast, assemble
from hypothesis import settings as hypotheses
from starlette.applications import Starlette
from starlette.testclient import TestClient

from forum.base import auth, db, fragments, i18n, limits, log, settings, tables, web
from forum.base.db import Db

pytest_plugins = ["servers"]
hypotheses.load_profile("ci")  # everywhere the same examples, however slow the machine
Client = Callable[[str | None], TestClient]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers first: their files take long, and none of them should be begun last."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """The application, made once: it holds no state but caches."""
    log.quiet = True
    return web.create_app(settings.configure(data=tmp_path_factory.mktemp("app")))


@pytest.fixture(scope="session")
def prepared(whole_app: Starlette, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the schema and the cast, to be copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    settings.configure(data=folder)
    db.close()
    tables.metadata.create_all(db.storage().write_engine)
    with db.transaction() as tx:
        cast = assemble(tx)
    (folder / "cast.json").write_text(cast.dump())
    db.close()
    return folder


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Iterator[Path]:
    """This test's data folder, in use."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    settings.configure(data=folder)
    db.close()
    fragments.clear()
    limits.clear()
    with i18n.using("en"):
        yield folder
    db.close()


@pytest.fixture
def app(whole_app: Starlette, data: Path) -> Starlette:
    """The application over this test's data folder."""
    return whole_app


@pytest.fixture
def cast(data: Path) -> Cast:
    """The people and places of every test."""
    return Cast.load((data / "cast.json").read_text())


@pytest.fixture
def tx(data: Path) -> Iterator[Db]:
    """An open transaction; a test that asks a client uses db.transaction instead."""
    with db.transaction() as opened:
        yield opened


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The event loop of all clients: one made for each request would cost more than the request."""
    with start_blocking_portal() as opened:
        yield opened


@pytest.fixture
def client(app: Starlette, cast: Cast, portal: BlockingPortal) -> Client:
    """`client("alice")` is her browser, `client(None)` a guest's; both read English."""

    def make(name: str | None) -> TestClient:
        headers = {"sec-fetch-site": "same-origin", "accept-language": "en"}
        browser = TestClient(app, headers=headers, follow_redirects=False)
        browser.portal = portal
        if name is not None:
            with db.transaction() as opened:
                token = auth.sign_in(opened, cast[name].id, label="test")
            browser.cookies.set(auth.COOKIE, token)
        return browser

    return make

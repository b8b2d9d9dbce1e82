"""The hall, in use: its stream, its live page and a running server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx2 as httpx
import pytest
from base.live import hall
from base.live.hall_pages import PATIENCE, Opener, Page, opened
from cast import Cast
from starlette.applications import Starlette

from forum.base import auth, db, pages, registry


@pytest.fixture
def in_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hall is one of the house's rooms."""
    for kind, cls in hall.EVENTS.items():
        monkeypatch.setitem(registry.events, kind, cls)
    for key, view in hall.VIEWS.items():
        monkeypatch.setitem(registry.views, key, view)
    monkeypatch.setitem(registry.streams, "hall", hall.reader)
    monkeypatch.setattr(pages, "render_block", hall.render)


@pytest.fixture
def server(app: Starlette, in_hall: None) -> Iterator[hall.Server]:
    """The whole application, listening."""
    with hall.serving(app) as running:
        yield running


@pytest.fixture
def token(cast: Cast) -> Callable[[str], str]:
    """A new sign-in of somebody of the cast."""

    def sign_in(name: str) -> str:
        with db.transaction() as tx:
            return auth.sign_in(tx, cast[name].id, label="test")

    return sign_in


@pytest.fixture
def asking() -> Iterator[httpx.Client]:
    """Asks in English, and waits for slow answers."""
    with httpx.Client(headers={"accept-language": "en"}, timeout=PATIENCE) as client:
        yield client


@pytest.fixture
def page(server: hall.Server, token: Callable[[str], str]) -> Iterator[Opener]:
    """`page("bob")` is his open page, `page()` a guest's."""
    with ExitStack() as pages_open:

        def open_page(name: str | None = None) -> Page:
            return pages_open.enter_context(opened(server.url, token(name) if name else None))

        yield open_page

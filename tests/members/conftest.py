"""Fixtures of this room's tests."""

from collections.abc import Iterator

import fake_oidc
import pytest
from fake_oidc import Provider

from forum.base import clock, settings
from forum.members.providers import oidc


@pytest.fixture
def provider(data: object) -> Iterator[Provider]:
    """The provider, known to the server as "city"."""
    with fake_oidc.provider() as server:
        server.moment = lambda: clock.now().timestamp()
        oidc.forget()
        settings.settings().allow_private_addresses = True
        settings.settings().providers = {"city": server.table}
        yield server

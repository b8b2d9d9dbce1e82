"""A first visit on a poor line: few bytes, and nothing that is read jumps away."""

from datetime import timedelta

import pytest
from browsing import Served
from cast import Cast
from e2e.occasions import settle
from playwright.sync_api import Browser
from sqlalchemy import update
from sqlmodel import col

from benchmarks import weight
from forum.base import auth, clock, db
from forum.base.auth import COOKIE
from sessions.floor.models import Speech


@pytest.mark.parametrize("mode", ["standard", "elder"])
def test_home(chromium: Browser, served: Served, cast: Cast, mode: str) -> None:
    seen = weight.visit(
        chromium, f"{served.address}/", weight.LINES["slow 3G"], cookies={"mode": mode}, slower=1
    )
    if mode == "standard":  # nobody has chosen the larger view before the first visit
        assert seen.total <= weight.MOST, seen.kinds
    assert {"html", "css", "js"} <= seen.kinds.keys()
    assert seen.shift == 0


def test_nothing_jumps(chromium: Browser, served: Served, cast: Cast) -> None:
    """Where much is going on, for somebody who takes part; on a telephone and on a desk."""
    pages = settle(cast)["bob"]
    with db.transaction() as tx:
        token = auth.sign_in(tx, cast.bob.id, label="window")
        # The last seconds of a speech are told in words beside it: they stand there from the start.
        timed = update(Speech).where(col(Speech.ends_at).is_not(None))
        tx.execute(timed.values(ends_at=clock.now() - timedelta(seconds=10)))
    line = weight.Line(4000, 4000, 50)
    moved = {}
    for path, width in zip(pages[::2], [390, 1280] * len(pages), strict=False):
        address, cookies = served.address + path, {COOKIE: token}
        seen = weight.visit(chromium, address, line, cookies=cookies, width=width, slower=1)
        if seen.shift:
            moved[f"{path} {width}"] = seen.shift
    assert not moved

"""The page of a vote while the machine counts it: kept up by what events say, without asking."""

import pytest
from browsing import Window
from cast import Cast
from playwright.sync_api import expect
from polling import secret, vote

from forum.base import clock, db, ticker
from voting.polls import service
from voting.polls.progress import COUNT
from voting.polls.service import finishing


@pytest.fixture
def counting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> int:
    """A vote that some other machine has begun to count."""
    monkeypatch.setattr(finishing, "AT_ONCE", 2)
    poll = secret(cast)
    for name in ("alice", "bob", "dana", "rong", "shu"):
        vote(cast[name], poll)
    with db.transaction() as tx:
        service.close(tx, cast.alice, poll)
        ticker.schedule(tx, COUNT, clock.now() + ticker.LEASE, f"poll:{poll}")
    return poll


def test_the_line_goes_on_and_says_when_it_is_done(window: Window, counting: int) -> None:
    page = window(None, f"/polls/{counting}", width=390)
    line, bar = page.locator("#counted p").first, page.locator("#counted progress")
    expect(line).to_have_text("Counted 0 of 5 ballots.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    telling = finishing._Telling(counting)
    telling.total = 5
    telling.say(3)
    expect(line).to_have_text("Counted 3 of 5 ballots.")
    expect(bar).to_have_js_property("value", 3)
    telling.say(5)
    expect(line).to_have_text("All 5 ballots are read. The result is being worked out.")
    assert asked == []
    assert finishing._count(counting, finishing._Telling(counting))
    expect(page.locator("#heading")).to_contain_text("Counted, not yet published")
    expect(page.locator("#counting")).to_contain_text("as soon as it is published")

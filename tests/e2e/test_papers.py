"""Papers are entered with the keyboard alone, one after the other; two clerks see what differs."""

import polling
from browsing import Window
from cast import Cast
from papering import FIVE, begun, box
from playwright.sync_api import expect

from forum.base import db
from voting.papers import queries


def test_two_clerks_at_the_keyboard(window: Window, cast: Cast) -> None:
    poll = polling.secret(cast, method="irv", options=polling.ELMS)
    made = box(cast, poll, *FIVE)
    polling.close(cast, poll)
    begun(cast, made, 2)
    here = f"/papers/{made}/entry"
    first = window("shu", here, locale="en")
    expect(first.locator("select:focus")).to_have_count(1)
    for key in ("2", "1", "Enter", "3", "Enter"):  # faster than the next paper comes
        first.keyboard.press(key)
    expect(first.get_by_text("You have entered all papers of this box.")).to_be_visible()
    second = window("alice", here, locale="en")
    expect(second.locator("select:focus")).to_have_count(1)
    for key in ("2", "1", "Enter"):
        second.keyboard.press(key)
    expect(second.get_by_role("heading", name="Paper 2 of 2")).to_be_visible()
    second.get_by_role("button", name="Blank").click()
    expect(second.get_by_text("You have entered all papers of this box.")).to_be_visible()
    second.goto(f"/papers/{made}/differences")
    expect(second.get_by_role("heading", name="Paper 2")).to_be_visible()
    with db.reading() as tx:
        pile = queries.pile_of(tx, made)
    assert [pile[1].first and pile[1].first.mark, pile[2].first and pile[2].first.mark] == [
        "o2>o1",
        "o1",
    ]
    assert pile[2].differs

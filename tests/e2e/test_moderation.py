"""The moderation queue by keyboard alone: rows, letters, the sheet of keys, the decision."""

import pytest
from browsing import Window, seen
from cast import Cast
from e2e.keys import Keys
from playwright.sync_api import expect

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import db
from moderation.oversight import service
from moderation.reports import service as reports
from moderation.reports.models import Rule


@pytest.fixture(scope="module")
def waiting(cast: Cast) -> tuple[int, int]:
    """A reported argument, and a text that waits."""
    with db.transaction() as tx:
        said = arguments.post(
            tx, cast.rong, cast.item, body="All of you are fools.", stance=Stance.CON
        )
        for who in ("shu", "hui"):
            reports.file(tx, cast[who], f"argument:{said}", Rule.ATTACK, "He insults us.")
        words = {"word_list": {"on": True, "words": ["cheap"]}}
        service.set_screens(tx, cast.alice, cast.place, words)
        held = arguments.submit(tx, cast.bob, cast.item, body="Buy cheap lifts.", stance=Stance.PRO)
    return said, held.id


def test_by_keyboard(window: Window, cast: Cast, waiting: tuple[int, int]) -> None:
    said, held = waiting
    alice = window("alice", "/")
    keys = Keys(alice)
    keys.use(alice.get_by_role("link", name="To the moderation queue").first)
    seen(alice, "held back or flagged")
    first, second = (alice.locator(f"#argument-{said}"), alice.locator(f"#held-{held}"))
    alice.wait_for_function("() => window.folkmoot.desk")
    for key, row in (("j", first), ("j", second), ("j", second), ("k", first)):
        alice.keyboard.press(key)
        expect(row).to_be_focused()
    alice.keyboard.press("?")
    # Only what stands in front of the page is closed by Escape.
    expect(alice.locator("#desk-keys dialog:modal")).to_contain_text("Next row")
    alice.keyboard.press("Escape")
    expect(alice.locator("#desk-keys dialog")).not_to_be_visible()
    alice.keyboard.press("j")
    expect(second).to_be_focused()
    alice.keyboard.press("c")
    seen(alice, "You are on it", "#notes")
    admin = window("admin", "/moderation/queue", width=390)
    seen(admin, "Alice the chair is on it")

    alice.keyboard.press("j")
    alice.keyboard.press("k")
    expect(first).to_be_focused()
    alice.keyboard.press("h")
    seen(alice, "What is done?")
    expect(alice.locator("[name=act][value=hide]")).to_be_checked()
    keys.is_held()
    keys.use(alice.locator("[name=rule]").first, "Space")
    keys.use(alice.locator("main").get_by_role("button", name="Decide"))
    seen(alice, "Done, and told", "#notes")
    expect(alice.locator("[data-desk-row]")).to_have_count(1)
    alice.keyboard.press("j")
    expect(second).to_be_focused()
    alice.keyboard.press("Enter")
    seen(alice, "Buy cheap lifts.")

    bob = window("bob", f"/items/{cast.item}", width=390)
    seen(bob, "A moderator looks at what you wrote")
    rong = window("rong", "/inbox", width=390)
    seen(rong, "decided about something of yours: Hidden")


def test_without_scripts_it_is_forms_and_links(
    window: Window, cast: Cast, waiting: tuple[int, int]
) -> None:
    _said, held = waiting
    alice = window("alice", "/moderation/queue", scripts=False, width=390)
    alice.locator(f"#held-{held}").get_by_role("link", name="Publish it", exact=True).click()
    alice.locator("main").get_by_role("button", name="Decide").click()
    seen(alice, "Nothing waits")
    assert "Buy cheap lifts." in (window(None, f"/items/{cast.item}").content())

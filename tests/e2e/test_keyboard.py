"""Without a mouse: joining, posting, voting, asking to speak, chairing, moderating.

And without eyes: what changes on the page is told in one place, and once.
"""

import dataclasses

import polling
import pytest
import sitting
from browsing import Window, item_aside, seen, told_all
from cast import Cast
from e2e.keys import Keys
from playwright.sync_api import Locator, Page, expect

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import db
from forum.base.events import Audience
from sessions.floor import service as floor
from sessions.meetings import service as meetings
from voting.boxes.models import Channel
from voting.polls.service import Draft

# Everything that a screen reader would say of its own accord, in order.
HEAR = """() => {
  window.heard = [];
  const live = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]';
  new MutationObserver((changes) => {
    const said = new Set();
    for (const { target, addedNodes, type } of changes) {
      const near = target.nodeType === 1 ? target : target.parentElement;
      const region = near && near.closest(live);
      if (region && (type === 'characterData' || addedNodes.length)) said.add(region);
    }
    for (const region of said) window.heard.push(region.textContent.trim());
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def aside(cast: Cast) -> Cast:
    """The same people with an item of their own, apart from the meeting's."""
    return dataclasses.replace(cast, item=item_aside(cast))


def button(page: Page, words: str, inside: str = "main") -> Locator:
    return page.locator(inside).get_by_role("button", name=words, exact=True)


def test_joining(window: Window) -> None:
    page = window(None, "/consultations")
    keys = Keys(page)
    keys.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    keys.use(page.locator(".skip"))
    expect(page.locator("#main")).to_be_focused()
    keys.back_to(page.get_by_role("link", name="Sign in").first)
    page.keyboard.press("Enter")
    keys.use(page.get_by_role("link", name="Open one"))
    keys.write(page.get_by_label("Name that others see"), "Wen")
    keys.write(page.get_by_label("Login name"), "wen")
    keys.write(page.get_by_label("Password"), "a long enough word")
    keys.use(button(page, "Open the account"))
    seen(page, "Your account is open", "#notes")
    keys.use(page.locator("#account-menu > summary"))
    keys.use(page.get_by_role("button", name="Sign out"))
    seen(page, "You are signed out", "#notes")
    page.wait_for_load_state()  # loaded whole: only its script keeps the message off the focus
    keys.use(page.get_by_role("link", name="Sign in").first)
    keys.write(page.get_by_label("Login name"), "wen")
    keys.write(page.get_by_label("Password"), "a long enough word")
    page.keyboard.press("Enter")
    seen(page, "You are signed in", "#notes")


def test_posting_and_moderating(window: Window, aside: Cast) -> None:
    with db.transaction() as tx:
        said = arguments.post(tx, aside.rong, aside.item, body="It is dry.", stance=Stance.CON)
    bob = window("bob", f"/items/{aside.item}", width=390)
    keys = Keys(bob)
    keys.use(bob.locator("#argue > summary"))
    stances = bob.locator("#argue [type=radio]").all()
    keys.choose(stances, 1)
    keys.write(bob.get_by_label("Your reason"), "The rain is enough.")
    keys.use(button(bob, "Publish"))
    seen(bob, "Your argument is published", "#notes")
    keys.is_held()
    theirs = bob.locator(f"#argument-{said}")
    agree = theirs.get_by_role("button", name="Agree").first
    keys.use(agree, "Space")
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(agree).to_be_focused()

    alice = window("alice", f"/items/{aside.item}")
    keys = Keys(alice)
    keys.use(alice.locator(f"#argument-{said}").get_by_role("link", name="Hide"))
    seen(alice, "Its place in the thread")
    keys.is_held()
    keys.write(alice.get_by_role("textbox"), "It was said before.")
    keys.use(button(alice, "Hide"))
    seen(alice, "Hidden by a moderator")
    keys.is_held()
    keys.use(button(alice, "Show again"))
    seen(alice, "It can be read again", "#notes")
    keys.is_held()


def test_a_secret_ballot(window: Window, aside: Cast) -> None:
    poll = polling.secret(aside)
    bob = window("bob", f"/polls/{poll}", width=390)
    keys = Keys(bob)
    expect(bob.locator("#ballot [type=radio]").first).to_be_attached()
    keys.choose(bob.locator("#ballot [type=radio]").all(), 1)
    keys.use(button(bob, "Cast my vote"))
    seen(bob, "Your vote is counted")


def test_asking_to_speak_and_chairing(window: Window, cast: Cast) -> None:
    live = sitting.debating(cast)
    path = f"/meetings/{live.meeting}"
    bob, alice = window("bob", path, width=390), window("alice", f"{path}/console")
    asking, chairing = Keys(bob), Keys(alice)
    asking.use(button(bob, "Ask to speak"))
    seen(bob, "You are on the list of speakers", "#personal")
    asking.is_held()
    expect(bob.locator("#personal")).to_be_focused()
    seen(alice, "Bob", "#speakers")
    chairing.use(alice.locator("#speakers").get_by_role("button", name="Give the floor to Bob"))
    seen(alice, "Has the floor", "#speakers")
    chairing.is_held()
    seen(bob, "You have the floor", "#personal")
    asking.is_held()
    chairing.use(button(alice, "End", "#speakers"))
    expect(alice.locator("#speakers")).not_to_contain_text("Has the floor")
    chairing.is_held()
    chairing.use(alice.locator("#new-poll > summary"))
    chairing.write(alice.get_by_label("What is asked"), "Shall we take the glass lift?")
    chairing.choose(alice.locator("#new-poll [name=channel]").all(), 1)
    chairing.use(alice.get_by_label("Open it at once"), "Space")
    chairing.use(button(alice, "Prepare the vote"))
    seen(bob, "Shall we take the glass lift?", "#personal")
    chairing.is_held()
    asking.use(button(bob, "For", "#personal"))
    seen(bob, "Your vote is counted", "#personal")
    asking.is_held()


def test_changes_are_told_once(window: Window, cast: Cast) -> None:
    """Dana listens at home. What others do is told in one sentence, what she does in a note."""
    live = sitting.debating(cast)
    dana = window("dana", f"/meetings/{live.meeting}", width=390)
    dana.wait_for_function("() => window.known.length > 0")
    dana.evaluate(HEAR)

    def hears(*sentences: str) -> None:
        """All that was to be heard since the last time."""
        told_all(dana, live.stream, Audience.PUBLIC)
        dana.wait_for_function("(many) => window.heard.length >= many", arg=len(sentences))
        heard = dana.evaluate("window.heard.splice(0)")
        assert heard == list(sentences)

    with db.transaction() as tx:
        speech = floor.request(tx, cast.rong, live.meeting)
    with db.transaction() as tx:
        floor.recognise(tx, cast.alice, speech)
    hears("Rong the representative has the floor.")
    with db.transaction() as tx:
        meetings.show(tx, cast.alice, live.meeting, "We go on until nine.")
    hears("From the chair: We go on until nine.")
    with db.transaction() as tx:
        floor.finish(tx, cast.alice, speech)
        question = Draft("Do the upper floors pay more?")
        poll = meetings.hold_poll(tx, cast.alice, live.meeting, question, channel=Channel.ONLINE)
        meetings.open_poll(tx, cast.alice, live.meeting, poll)
    hears("Vote on “Do the upper floors pay more?”: Voting is open.")
    polling.vote(cast.rong, poll)
    keys = Keys(dana)
    keys.use(button(dana, "For", "#personal"))
    hears("Your vote is counted.")

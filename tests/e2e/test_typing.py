"""What somebody types stays theirs: through updates, reloads and refusals, once, and as text."""

import re

import pytest
import sitting
from browsing import Window, item_aside, press, seen, unfold
from cast import Cast
from playwright.sync_api import Locator, Page, expect

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import service
from forum.arguments.models import Stance
from forum.base import db
from sessions.meetings import service as meetings

# Ends when the draft is on the device; asked by the page itself, whose policy forbids eval.
KEPT = """() => new Promise((done) => {
  const look = () => Object.values(localStorage).some((kept) => kept.includes('stairs'))
    ? done() : setTimeout(look, 50);
  look();
})"""
THOUGHT = "Half a thought about the **stairs**, and more to come"


@pytest.fixture
def item(cast: Cast) -> str:
    """The path of an item that is this test's alone."""
    return f"/items/{item_aside(cast)}"


@pytest.fixture(scope="module")
def meeting(cast: Cast) -> sitting.Sitting:
    """A meeting in the middle of its debate."""
    return sitting.debating(cast)


def number(path: str) -> int:
    return int(path.rpartition("/")[2])


def argument(page: Page) -> Locator:
    """The field of a new argument, its stance chosen."""
    say = unfold(page, "Give a reason or ask")
    say.get_by_text("For", exact=True).click()
    return say.get_by_label("Your reason")


def test_an_update_and_a_reload_leave_the_draft(window: Window, cast: Cast, item: str) -> None:
    bob = window("bob", item, width=390)
    argument(bob).fill(THOUGHT)
    with db.transaction() as tx:
        service.post(tx, cast.rong, number(item), body="It is dry.", stance=Stance.CON)
    seen(bob, "1 new since you opened the page")
    words = bob.get_by_label("Your reason")
    expect(words).to_have_value(THOUGHT)
    bob.evaluate(KEPT)
    bob.reload()
    unfold(bob, "Give a reason or ask")
    expect(words).to_have_value(THOUGHT)
    seen(bob, "This is your draft from before.")
    press(bob, "Discard the draft")
    expect(words).to_have_value("")


def test_live_blocks_come_in_under_the_chairs_hands(
    window: Window, cast: Cast, meeting: sitting.Sitting
) -> None:
    chair = window("alice", f"/meetings/{meeting.meeting}/console")
    bob = window("bob", f"/meetings/{meeting.meeting}")
    press(chair, "Postpone …")
    why = chair.get_by_role("textbox", name="Why")
    why.fill("The offers are")
    press(bob, "Ask to speak")
    seen(chair, "Bob", "#speakers")
    with db.transaction() as tx:
        draft = agenda.Draft("Who sweeps?", "On Mondays.")
        other = agenda.create(tx, cast.alice, cast.consultation, draft)
        meetings.add_item(tx, cast.alice, meeting.meeting, other)
    seen(chair, "Who sweeps?", "#program")
    expect(why).to_have_value("The offers are")
    why.press_sequentially(" not here yet")
    expect(why).to_have_value("The offers are not here yet")


def test_a_refused_field_keeps_what_was_typed(window: Window, meeting: sitting.Sitting) -> None:
    chair = window("alice", f"/meetings/{meeting.meeting}/console")
    asked = unfold(chair, "Put a question to the vote")
    asked.get_by_label("What is asked").fill("Shall we take the glass lift?")
    asked.get_by_text("Secret ballot").click()
    press(chair, "Prepare the vote")
    seen(chair, "Let the halls vote on paper", "#tools")
    expect(chair.get_by_label("What is asked")).to_have_value("Shall we take the glass lift?")
    expect(chair).to_have_url(re.compile("/console$"))


def test_what_comes_too_late_is_shown_again(window: Window, cast: Cast, item: str) -> None:
    bob = window("bob", item)
    argument(bob).fill(THOUGHT)
    with db.transaction() as tx:
        agenda.change_state(tx, cast.alice, number(item), ItemState.CLOSED)
    press(bob, "Publish")
    seen(bob, "This has changed meanwhile")
    expect(bob.get_by_label("What you typed")).to_have_value(THOUGHT)
    with db.transaction() as tx:
        agenda.change_state(tx, cast.alice, number(item), ItemState.OPEN, "By mistake")
    bob.goto(item)
    unfold(bob, "Give a reason or ask")
    expect(bob.get_by_label("Your reason")).to_have_value(THOUGHT)


def test_a_double_click_is_one_argument(window: Window, cast: Cast, item: str) -> None:
    bob = window("bob", item)
    argument(bob).fill(THOUGHT)
    bob.get_by_role("button", name="Publish").dblclick()
    expect(bob.locator(".argument")).to_have_count(1)
    bob.reload()
    expect(bob.locator(".argument")).to_have_count(1)

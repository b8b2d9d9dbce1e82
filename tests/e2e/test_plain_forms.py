"""Everything works by plain forms: no script runs in these windows."""

import dataclasses

import polling
import pytest
import sitting
from browsing import Window, item_aside, press, seen, unfold
from cast import Cast
from playwright.sync_api import Page, expect


def plain(window: Window, name: str | None, path: str) -> Page:
    return window(name, path, scripts=False, width=390)


@pytest.fixture(scope="module")
def aside(cast: Cast) -> Cast:
    """The same people with an item of their own, apart from the meeting's."""
    return dataclasses.replace(cast, item=item_aside(cast))


def test_register_leave_and_come_back(window: Window) -> None:
    page = plain(window, None, "/consultations")
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_role("link", name="Open one").click()
    page.get_by_label("Name that others see").fill("Wen")
    page.get_by_label("Login name").fill("wen")
    page.get_by_label("Password").fill("short")
    page.wait_for_timeout(600)  # nobody fills in a form faster
    press(page, "Open the account")
    seen(page, "What you typed is still here")
    expect(page.get_by_label("Name that others see")).to_have_value("Wen")
    page.get_by_label("Password").fill("a long enough word")
    press(page, "Open the account")
    seen(page, "Your account is open", "#notes")
    page.locator("#account-menu > summary").click()
    press(page, "Sign out", inside="#account-menu")
    seen(page, "You are signed out", "#notes")
    page.goto("/sign-in")
    page.get_by_label("Login name").fill("wen")
    page.get_by_label("Password").fill("a long enough word")
    press(page, "Sign in")
    seen(page, "You are signed in", "#notes")


def test_read_argue_answer_and_agree(window: Window, aside: Cast) -> None:
    guest = plain(window, None, "/consultations")
    guest.get_by_role("link", name="A lift for block 7").click()
    guest.get_by_role("link", name="Who waters the roses?").click()
    guest.wait_for_url("**/items/*")
    seen(guest, "In July.")
    bob = plain(window, "bob", guest.url)
    say = unfold(bob, "Give a reason or ask")
    say.get_by_text("For", exact=True).click()
    say.get_by_label("Your reason").fill("The **children** could.")
    press(bob, "Publish")
    seen(bob, "Your argument is published", "body")
    expect(bob.locator(".argument strong")).to_have_text("children")
    rong = plain(window, "rong", guest.url)
    press(rong, "Agree")
    expect(rong.locator(".argument button[aria-pressed=true]")).to_contain_text("1")
    rong.get_by_role("link", name="Answer").click()
    rong.wait_for_url("**/reply*")
    rong.get_by_text("Against", exact=True).click()
    rong.get_by_label("Your answer").fill("They are at camp.")
    press(rong, "Publish")
    seen(rong, "They are at camp.")
    guest.reload()
    for words in ("The children could.", "They are at camp."):
        seen(guest, words)


def test_come_ask_for_the_floor_and_vote(window: Window, cast: Cast) -> None:
    live = sitting.debating(cast)
    meeting = f"/meetings/{live.meeting}"
    desk = plain(window, "clerk", f"{meeting}/desk/{live.main}")
    desk.get_by_role("checkbox", name="The clerk").check()
    press(desk, "Check in here")
    seen(desk, "The clerk", "#people")
    seen(desk, "4 people", "#people")
    hui, chair = plain(window, "hui", meeting), plain(window, "alice", f"{meeting}/console")
    press(hui, "Check in online")
    seen(hui, "Checked in")
    press(hui, "Ask to speak")
    seen(hui, "You are on the list of speakers")
    chair.reload()
    press(chair, "Give the floor")
    seen(chair, "Has the floor", "#speakers")
    hui.reload()
    seen(hui, "You have the floor")
    press(chair, "End", inside="#speakers")
    expect(chair.locator("#speakers")).not_to_contain_text("Has the floor")
    asked = unfold(chair, "Put a question to the vote")
    asked.get_by_label("What is asked").fill("Shall we take the glass lift?")
    asked.get_by_label("Open it at once").check()
    press(chair, "Prepare the vote")
    seen(chair, "Shall we take the glass lift?", "#vote")
    hui.reload()
    press(hui, "Against", inside="#personal")
    seen(hui, "Your vote is counted")
    press(hui, "Leave the meeting")
    seen(hui, "Check in online")


def test_a_secret_vote_and_its_receipt(window: Window, aside: Cast) -> None:
    poll = polling.secret(aside)
    for name in ("alice", "dana", "rong", "shu", "clerk"):
        polling.vote(aside[name], poll)
    bob = plain(window, "bob", f"/polls/{poll}")
    nonce = bob.locator("input[name=nonce]").input_value()
    bob.get_by_text("Against", exact=True).first.click()
    press(bob, "Cast my vote")
    seen(bob, "Your vote is counted")
    expect(bob.locator("#full code").first).to_have_text(nonce)
    bob.get_by_role("link", name="Back to the vote").click()
    seen(bob, "You have voted")
    polling.close(aside, poll, publish=True)
    bob.reload()
    bob.get_by_role("link", name="Check my vote").click()
    bob.get_by_label("Receipt or check code").fill(nonce)
    press(bob, "Find my ballot")
    seen(bob, "This ballot was counted, unchanged.")

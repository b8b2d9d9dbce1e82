"""Kill the tab, lose the line, sign out next door: nothing typed is lost, or shown to others."""

import contextlib

import pytest
from browsing import Window, item_aside, press, seen, unfold
from cast import Cast
from playwright.sync_api import Error, Locator, Page, Route, expect
from sqlalchemy import select
from sqlmodel import col

from forum.arguments.models import ArgumentRevision
from forum.base import auth, db
from forum.drafts.models import KeptDraft

THOUGHT = "Half a thought about the stairs, and more to come"
HOLDS = "(words) => Object.values(localStorage).some((kept) => kept.includes(words))"


@pytest.fixture
def item(cast: Cast) -> str:
    """The path of an item that is this test's alone."""
    return f"/items/{item_aside(cast)}"


def typed(page: Page, words: str = THOUGHT) -> None:
    """Type a reason, as people type."""
    say = unfold(page, "Give a reason or ask")
    say.get_by_text("Against", exact=True).click()
    say.get_by_label("Your reason").press_sequentially(words)


def kept(page: Page, words: str = THOUGHT) -> None:
    """Wait until the device has it in writing."""
    page.wait_for_function(HOLDS, arg=words)


def field(page: Page) -> Locator:
    return page.get_by_label("Your reason")


def again(page: Page, path: str) -> Page:
    """Another tab of the same browser."""
    other = page.context.new_page()
    other.goto(path)
    return other


def said(words: str) -> int:
    """How many arguments say exactly this."""
    with db.reading() as opened:
        query = select(col(ArgumentRevision.id)).where(col(ArgumentRevision.body) == words)
        return len(opened.execute(query).all())


def become(page: Page, cast: Cast, name: str) -> None:
    """Sign somebody in on this browser."""
    with db.transaction() as tx:
        token = auth.sign_in(tx, cast[name].id, label="window")
    address = page.evaluate("() => location.origin")
    page.context.add_cookies([{"name": auth.COOKIE, "value": token, "url": address}])


def worked(page: Page) -> None:
    """Wait until the worker has taken over, then open the page under it until that has a copy."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("() => !!navigator.serviceWorker.controller")
    page.reload()
    page.wait_for_function("() => caches.match(location.href, { ignoreVary: true })")


def test_a_killed_tab_and_a_crash_lose_nothing(window: Window, item: str) -> None:
    bob = window("bob", item, width=390)
    typed(bob)
    kept(bob)
    bob.close(run_before_unload=False)
    bob = again(bob, item)
    expect(field(bob)).to_have_value(THOUGHT)
    expect(bob.get_by_role("radio", name="Against")).to_be_checked()
    seen(bob, "This is your draft from before.")

    field(bob).press_sequentially(", still")
    kept(bob, ", still")
    with bob.expect_event("crash"), contextlib.suppress(Error):
        bob.goto("chrome://crash")
    bob.close()
    bob = again(bob, item)
    expect(field(bob)).to_have_value(f"{THOUGHT}, still")

    press(bob, "Publish")
    expect(field(bob)).to_have_value("")
    expect(bob.locator(".argument")).to_have_count(1)
    bob = again(bob, item)
    expect(bob.locator(".argument")).to_have_count(1)
    assert field(bob).input_value() == ""
    assert not bob.evaluate(HOLDS, THOUGHT)


def test_two_windows_on_one_form_keep_both_wordings(window: Window, item: str) -> None:
    one = window("bob", item)
    two = again(one, item)
    typed(one)
    kept(one)
    typed(two, "Quite another thought")
    kept(two, "Quite another thought")
    three = again(one, item)
    expect(field(three)).to_have_value("Quite another thought")
    press(three, "Show the version from another window")
    expect(field(three)).to_have_value(THOUGHT)
    press(three, "Discard the draft")
    expect(field(three)).to_have_value("Quite another thought")


def left_waiting(page: Page, words: str) -> Locator:
    """The line goes, these words are published: they stand where they wait."""
    page.context.set_offline(True)
    typed(page, words)
    press(page, "Publish")
    waiting = page.locator("li.waiting")
    expect(waiting).to_contain_text(words)
    return waiting


def test_without_a_line_it_waits_and_is_sent_once(window: Window, cast: Cast, item: str) -> None:
    bob = window("bob", item)
    worked(bob)
    waiting = left_waiting(bob, "The roses wait for rain")
    expect(field(bob)).to_have_value("")
    # The page opens again from the device, and says so; what is waiting still is.
    bob.reload()
    expect(bob.locator("#device-status")).to_contain_text("You are offline.")
    expect(waiting).to_contain_text("Waiting to be sent")
    waiting.get_by_role("button", name="Edit").click()
    expect(field(bob)).to_have_value("The roses wait for rain")
    field(bob).fill("The roses wait for water")
    press(bob, "Publish")
    expect(waiting).to_contain_text("for water")
    # What was never opened is not there; what is there is listed.
    bob.goto("/inbox")
    expect(bob.locator("#device-status")).to_contain_text("is not on this device")
    seen(bob, "Who waters the roses?", "#kept-pages")
    seen(bob, "The roses wait for water", "#waiting")
    bob.goto(item)

    # Somebody else signs in: nothing of it is shown or sent.
    become(bob, cast, "rong")
    bob.context.set_offline(False)
    bob.reload()
    seen(bob, "A post of another person is waiting")
    expect(bob.locator("body")).not_to_contain_text("for water")
    bob.wait_for_function(
        "(name) => caches.keys().then((all) => !all.includes(name))",
        arg=f"folkmoot-pages-{cast.bob.id}",
    )
    assert said("The roses wait for water") == 0

    become(bob, cast, "bob")
    bob.reload()
    expect(waiting).to_have_count(0)
    expect(bob.locator("#toast")).to_contain_text("What was waiting has been sent.")
    bob.reload()
    seen(bob, "The roses wait for water", "#arguments")
    assert said("The roses wait for water") == 1
    assert said("The roses wait for rain") == 0


def test_what_the_worker_sends_the_page_tells(window: Window, item: str) -> None:
    """The worker is first at the line; the page that was told to wait looks again."""
    bob = window("bob", item)
    worked(bob)
    waiting = left_waiting(bob, "Somebody else was quicker")
    bob.evaluate(
        """() => {
          const flush = outbox.flush;
          outbox.flush = (member) => flush(member).then((told) => {
            window.waited = told.busy;
            return told;
          });
          navigator.locks.request("folkmoot-outbox", async () => {
            await new Promise((done) => { window.free = done; });
            const [post] = await outbox.all();
            await outbox.remove(post.id);
            new BroadcastChannel("folkmoot-outbox").postMessage({ sent: post.member });
          });
        }"""
    )
    bob.wait_for_function("() => window.free")
    bob.context.set_offline(False)
    bob.wait_for_function("() => window.waited")
    expect(waiting).to_have_count(1)
    bob.evaluate("() => window.free()")
    expect(waiting).to_have_count(0)
    expect(bob.locator("#toast")).to_contain_text("What was waiting has been sent.")


def test_an_answer_lost_on_the_way_is_no_second_post(window: Window, item: str) -> None:
    bob = window("bob", item)

    def swallow(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    bob.route("**/arguments", swallow, times=1)
    typed(bob, "It arrived after all")
    press(bob, "Publish")
    expect(bob.locator("li.waiting")).to_contain_text("It arrived after all")
    assert said("It arrived after all") == 1
    bob.reload()
    bob.wait_for_function("() => window.outbox && outbox.all().then((all) => !all.length)")
    expect(bob.locator("li.waiting")).to_have_count(0)
    assert said("It arrived after all") == 1


def test_signed_out_next_door(window: Window, cast: Cast, item: str) -> None:
    bob = window("bob", item)
    typed(bob)
    kept(bob)
    other = again(bob, "/")
    other.locator("#account-menu > summary").click()
    press(other, "Sign out and keep my drafts", inside="#account-menu")
    expect(other.get_by_role("link", name="Sign in").first).to_be_visible()
    assert not other.evaluate(HOLDS, THOUGHT)
    assert not other.evaluate(
        "() => caches.keys().then((all) => all.some((it) => /pages-\\d/.test(it)))"
    )
    # The page that was being written on keeps the text and sends nothing in nobody's name.
    expect(bob.locator("#device-status")).to_contain_text("signed out")
    press(bob, "Publish")
    expect(field(bob)).to_have_value(THOUGHT)
    assert said(THOUGHT) == 0
    bob.close()

    become(other, cast, "rong")
    other.goto(item)
    unfold(other, "Give a reason or ask")
    expect(field(other)).to_have_value("")
    expect(other.locator("body")).not_to_contain_text(THOUGHT)

    become(other, cast, "bob")
    with other.expect_response("**/drafts/received"):
        other.goto(item)
    expect(field(other)).to_have_value(THOUGHT)
    kept(other)
    other.goto("/drafts")
    seen(other, "No draft of yours is kept on the server.")
    with db.reading() as opened:
        assert opened.execute(select(KeptDraft)).all() == []

    other.locator("#account-menu > summary").click()
    press(other, "Sign out and discard my drafts", inside="#account-menu")
    expect(other.get_by_role("link", name="Sign in").first).to_be_visible()
    become(other, cast, "bob")
    other.goto(item)
    unfold(other, "Give a reason or ask")
    expect(field(other)).to_have_value("")


def test_a_page_of_somebody_else_posts_in_nobodys_name(
    window: Window, cast: Cast, item: str
) -> None:
    bob = window("bob", item)
    typed(bob)
    bob.evaluate("folkmoot.drafts.flush()")
    become(bob, cast, "rong")  # as after a sign-in that this page could not hear of
    press(bob, "Publish")
    seen(bob, "Somebody else is signed in")
    expect(bob.get_by_label("What you typed")).to_have_value(THOUGHT)
    assert said(THOUGHT) == 0
    become(bob, cast, "bob")
    bob.goto(item)
    expect(field(bob)).to_have_value(THOUGHT)


def test_a_shared_device_keeps_nothing(window: Window, cast: Cast, item: str) -> None:
    page = window(None, item)
    worked(page)
    expect(page.locator("#arguments")).to_be_visible()
    page.evaluate("() => localStorage.setItem('folkmoot:draft:guest|x', '{}')")
    page.goto("/register")
    page.get_by_label("Login name").fill("visitor")
    page.get_by_label("Name that others see").fill("A visitor")
    page.get_by_label("Password").fill("a long enough one")
    page.get_by_label("Other people use this device").check()
    page.wait_for_timeout(600)  # no robot fills this in so slowly
    page.get_by_role("button", name="Open the account").click()
    expect(page.locator("html")).to_have_attribute("data-shared-device", "")
    page.goto("/settings")
    page.get_by_label("Name that others see").fill("Somebody passing by")
    page.evaluate("() => folkmoot.drafts.flush()")
    assert page.evaluate("() => Object.keys(localStorage).length") == 0
    page.wait_for_function("() => caches.keys().then((all) => !all.length)")
    page.wait_for_function(
        "() => navigator.serviceWorker.getRegistrations().then((all) => !all.length)"
    )

"""A counter's screen in a real browser: it asks, counts down, and forgets whoever was there."""

import re
from datetime import timedelta

from browsing import Window, press, seen
from cast import Cast
from playwright.sync_api import Locator, Page, expect

from forum.base import clock

KEPT = "() => [localStorage.length, sessionStorage.length, document.cookie, history.length]"


def come(page: Page, sign: Locator) -> None:
    """Wait for this sign of a page and for its script: before that its links lead by themselves."""
    expect(sign).to_be_visible()
    page.wait_for_load_state()


def test_left_alone_the_screen_clears_itself(window: Window, cast: Cast) -> None:
    page = window("clerk", "/kiosk/start")
    page.fill("input[name=pin]", "2468")
    press(page, "Start the kiosk")
    expect(page).to_have_url(re.compile("/kiosk$"))
    seen(page, "Lilac Court station")
    page.wait_for_load_state()
    before = page.evaluate("history.length")
    # From now on the screen's time passes by our word alone.
    page.clock.install()
    page.clock.pause_at(clock.now() + timedelta(minutes=2))

    # Somebody reads, in larger letters and in Chinese, and says something.
    page.get_by_role("button", name="Larger letters").click()
    come(page, page.locator("html[data-text='26']"))
    page.get_by_role("link", name="Say something, with help").click()
    come(page, page.locator("textarea[name=body]"))
    page.locator("textarea[name=body]").fill("My knee and the stairs")
    page.locator(".choice").first.click()
    press(page, "Make the slip")
    seen(page, "My knee and the stairs")
    seen(page, "Nothing has been published yet")
    page.evaluate("localStorage.setItem('left', 'behind')")

    # Nobody touches it: the question comes, a touch answers it, then nobody is there any more.
    page.clock.run_for(89_000)
    expect(page.locator("#counter-idle")).to_be_hidden()
    page.clock.run_for(3_000)
    expect(page.locator("#counter-idle")).to_be_visible()
    expect(page.locator("#counter-stay")).to_be_focused()
    page.locator("#counter-stay").click()
    expect(page.locator("#counter-idle")).to_be_hidden()
    page.clock.run_for(92_000)
    expect(page.locator("#counter-idle-clock")).to_have_text("13")
    page.clock.run_for(15_000)
    expect(page).to_have_url(re.compile("/kiosk$"))
    come(page, page.locator("html[data-text='24']"))
    expect(page.locator("body")).not_to_contain_text("My knee")
    assert page.evaluate(KEPT) == [0, 0, "", before]
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("My knee")


def test_everything_on_the_screen_is_large_and_nothing_leads_away(
    window: Window, cast: Cast
) -> None:
    page = window("clerk", "/kiosk/start", width=1080)
    page.fill("input[name=pin]", "2468")
    press(page, "Start the kiosk")
    page.get_by_role("link", name="What is open now").click()
    come(page, page.locator("main").get_by_text("A lift for block 7").first)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, summary, select, input')]
            .filter((it) => it.getClientRects().length && !it.closest('.skip'))
            .map((it) => [it.textContent.trim(), it.getBoundingClientRect()])
            .filter(([, box]) => box.width < 60 || box.height < 60).map(([text]) => text)"""
    )
    assert small == []
    page.evaluate("document.querySelector('main a').href = 'https://elsewhere.example/'")
    page.locator("main a").first.click()
    seen(page, "does not open on this screen", "#notes")
    page.goto("/sign-in")
    seen(page, "Nobody signs in on this screen")
    page.goto("/kiosk/leave")
    page.fill("input[name=pin]", "2468")
    press(page, "End the kiosk")
    expect(page.locator("html")).not_to_have_attribute("data-kiosk", "")

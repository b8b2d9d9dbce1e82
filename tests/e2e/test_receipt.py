"""A secret ballot's number is the browser's own, and so is the check of its receipt."""

import re

from browsing import Window
from cast import Cast
from playwright.sync_api import Page, expect
from polling import VOTERS, close, secret, vote

from voting.boxes import ballots


def cast_it(page: Page) -> str:
    page.locator("input[name=choice]").first.check()
    page.get_by_role("button", name="Cast my vote").click()
    page.get_by_role("heading", name="Your vote is counted").wait_for()
    page.locator("#full > summary").click()
    code = page.locator("#full code").first.inner_text()
    text = page.locator("#full code").nth(1).inner_text()
    assert code in text
    return code


def test_the_browser_draws_the_number_and_checks_the_receipt(window: Window, cast: Cast) -> None:
    poll = secret(cast)
    page = window("bob", f"/polls/{poll}")
    drawn = page.locator("input[name=nonce]").input_value()
    served = re.search(r'name="nonce" value="(\w+)"', page.request.get(f"/polls/{poll}").text())
    assert served
    assert re.fullmatch("[0-9a-f]{32}", drawn)
    assert drawn != served[1]
    expect(page.get_by_text("Your browser runs no JavaScript")).to_be_hidden()
    assert cast_it(page) == drawn
    expect(page.locator("[data-receipt]")).to_have_attribute("data-found", "same")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Print the receipt").click()
    expect(opened.value.get_by_text("The ballot with this number was taken:")).to_be_visible()
    opened.value.wait_for_load_state()
    assert drawn not in opened.value.content()
    # Without scripts the server's number is taken, and the page says so.
    plain = window("dana", f"/polls/{poll}", scripts=False)
    theirs = plain.locator("input[name=nonce]").get_attribute("value")
    expect(plain.get_by_text("Your browser runs no JavaScript")).to_be_visible()
    assert cast_it(plain) == theirs
    expect(plain.get_by_text("Without JavaScript your browser cannot work out")).to_be_visible()


def test_a_scanned_receipt_is_filled_in_and_leaves_the_address(window: Window, cast: Cast) -> None:
    poll = secret(cast)
    for name in VOTERS:
        vote(cast[name], poll)
    close(cast, poll, publish=True)
    text = ballots.secret_ballot(
        poll, "majority/1", {"vote": "yes"}, f"{poll * 1000 + cast.bob.id:032x}"
    )
    page = window(None, f"/polls/{poll}/check#{ballots.commitment(text)}", width=390)
    expect(page.get_by_label("Receipt or check code")).to_have_value(ballots.commitment(text))
    expect(page).to_have_url(re.compile("^[^#]*$"))
    page.get_by_role("button", name="Find my ballot").click()
    page.get_by_text("This ballot was counted, unchanged.").wait_for()

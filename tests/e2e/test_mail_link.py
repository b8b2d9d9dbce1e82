"""A new resident comes in by a link in a letter, and later by another."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from browsing import Served, Window, press, seen, until
from e2e import looking
from mailing import MailServer, mail_server
from playwright.sync_api import Page, expect
from servers import free_port

MAIL = "willow@example.org"


@pytest.fixture(scope="module", autouse=True)
def mail() -> Iterator[MailServer]:
    """The mail server, named in the environment before ours starts."""
    with mail_server() as started, pytest.MonkeyPatch.context() as patch:
        port = free_port()
        patch.setattr("browsing.free_port", lambda: port)
        patch.setenv("FOLKMOOT_BASE_URL", f"http://127.0.0.1:{port}")  # links in letters need it
        patch.setenv("FOLKMOOT_MAIL_URL", started.url)
        patch.setenv("FOLKMOOT_MAIL_FROM", "moot@example.org")
        yield started


def follow(page: Page, mail: MailServer, letters: int) -> None:
    """Wait for the letter of this number and open its link, as somebody does who reads mail."""
    until(lambda: len(mail.taken) >= letters, page)
    assert mail.to == [MAIL] * letters
    found = re.search(r"https?://\S+", mail.taken[-1].part("plain"))
    assert found is not None
    page.goto(urlsplit(found[0]).path)


def test_a_new_resident_comes_in_by_mail(window: Window, served: Served, mail: MailServer) -> None:
    page = window(None, "/sign-in", width=390)
    page.get_by_role("link", name="Send me a link by mail instead").click()
    page.get_by_label("Mail address").fill(MAIL)
    assert looking.faults(page, "standard") == []
    press(page, "Send me a link")
    seen(page, "A letter is on its way to this address.")
    follow(page, mail, 1)
    assert looking.faults(page, "standard") == []
    page.get_by_label("Name that others see").fill("Willow")
    page.get_by_label("Login name").fill("willow")
    page.wait_for_timeout(600)  # nobody fills in a form faster
    press(page, "Open the account")
    page.wait_for_url(lambda url: "/register/mail/" not in url)

    again = window(None, "/sign-in/mail", width=390)
    again.get_by_label("Mail address").fill(MAIL)
    press(again, "Send me a link")
    follow(again, mail, 2)
    press(again, "Sign in")
    again.wait_for_url(f"{served.address}/")
    again.goto("/settings")
    expect(again.get_by_label("Name that others see")).to_have_value("Willow")

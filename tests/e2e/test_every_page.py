"""Every page in both languages, views and themes, on a telephone and on a desk.

It is whole, labelled and quiet, breaks no rule of WCAG 2.2 A and AA, and can be hit by a finger.
"""

import itertools
import os
from collections.abc import Callable, Iterator, Sequence

import pytest
from browsing import Served, Window
from cast import Cast
from e2e import looking
from e2e.neighbourhood import Pages
from e2e.occasions import settle
from playwright.sync_api import Page, Response
from starlette.routing import compile_path

from forum.base import db, kiosk
from forum.base.routing import Routes
from forum.members import service as accounts
from forum.members.models import Mode, Theme

FULL = os.environ.get("FOLKMOOT_TEST_FULL") == "1"
LANGUAGES = {"zh-CN": "zh_Hans_CN", "en": "en"}
LOOKS = list(itertools.product(LANGUAGES, Mode, (Theme.LIGHT, Theme.DARK), (390, 1280)))


COUNTER = "a screen at a counter"
# What is no page: files, what scripts ask for, ways that lead on, and what only a demo has.
NO_PAGES = {
    "/files/{file:int}", "/manifest.webmanifest", "/service-worker.js", "/live/{stream}/events",
    "/minutes/{minutes:int}/export/{format}", "/archives/{archive:int}/file", "/kiosk/again",
    "/inbox/{row:int}",
    "/arguments/{argument:int}", "/polls/{poll:int}/ballot", "/first/{token}", "/style",
    "/polls/{poll:int}/receipt", "/polls/{poll:int}/bundle.zip",
    "/calendar/{token}.ics", "/consultations/{consultation:int}/calendar.ics",
    "/stations/{station:int}/calendar.ics", "/meetings/{meeting:int}/calendar.ics",
    "/meetings/{meeting:int}/captions/export/vtt", "/feeds/{feed}.atom",
    "/consultations/{consultation:int}/feeds/{feed}.atom",
    "/stations/{station:int}/feeds/{feed}.atom",
    "/sign-in/mail",  # stands where mail is sent
    "/sign-in/code",  # stands between the password and the second step
    "/uploads/{upload:int}",
    "/settings/guardian/form",  # the paper of /counter/{member}/guardian/form
    "/demo/personas", "/demo/mailbox", "/consultations/setups/{setup:int}",
    "/sign-in/with/{provider}", "/sign-in/with/{provider}/back",
    "/meetings/{meeting:int}/desk/{venue:int}/roll",  # what a desk keeps on its device
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(cast: Cast) -> Pages:
    """What there is to look at."""
    at_the_counter = ["/kiosk", "/kiosk/say", "/kiosk/leave", "/kiosk/phone?to=/"]
    return settle(cast) | {COUNTER: at_the_counter}


def test_no_page_is_left_out(pages: Pages) -> None:
    seen = {path.partition("?")[0] for paths in pages.values() for path in paths}
    routes = [route for routes in Routes.everywhere for route in routes.found.values()]
    left = {
        route.path
        for route in routes
        if route.method == "GET" and route.path not in NO_PAGES
        if not any(compile_path(route.path)[0].match(path) for path in seen)
    }
    assert not left


def chosen(paths: Sequence[str], number: int) -> Iterator[str]:
    """A page's share of the looks: two that are opposite in everything; all of them with --full.

    So each page meets each language, view, theme and width, and all pairs of these are met.
    """
    opposite = min(number, len(LOOKS) - 1 - number)
    return (path for at, path in enumerate(paths) if FULL or at % (len(LOOKS) // 2) == opposite)


def test_the_look_sees_what_is_wrong(window: Window, served: Served) -> None:
    page = window(None, "/privacy", locale="en")
    assert looking.faults(page, "standard") == []
    page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend', `
        <h1>Again</h1><svg role="img" width="9" height="9"></svg><p id="faint">Faint</p>
        <ul><li><a href="/help">Go</a></li></ul><input id="mute">`)"""
    )
    page.evaluate("() => { document.getElementById('faint').style.color = '#ccc'; }")
    found = " ".join(looking.faults(page, "standard"))
    for fault in ("2 h1", "svg-img-alt", "color-contrast", "has a target of", "has no label"):
        assert fault in found


@pytest.mark.parametrize(
    "number", range(len(LOOKS)), ids=["-".join(map(str, look)) for look in LOOKS]
)
def test_pages(window: Window, cast: Cast, served: Served, pages: Pages, number: int) -> None:
    tag, mode, theme, width = LOOKS[number]
    wish = {"lang": LANGUAGES[tag], "mode": mode.value, "theme": theme.value}
    with db.transaction() as tx:
        for name in cast.people.keys() & pages.keys():
            accounts.prefer(tx, cast[name], **wish)
    faults: list[str] = []
    for who, paths in pages.items():
        counter = who == COUNTER
        page = window(None if counter else who, width=width, locale=tag)
        cookies = {**wish, kiosk.COOKIE: kiosk.begin(cast.station, "1234")} if counter else wish
        page.context.add_cookies(
            [{"name": name, "value": text, "url": served.address} for name, text in cookies.items()]
        )
        # A counter's screen has large type whatever is asked for.
        looks = [tag, Mode.ELDER.value if counter else mode.value, theme.value]
        broken: list[str] = []
        page.on("response", _noting(broken))
        for path in chosen(paths, number):
            page.goto(path)
            again = not FULL and number >= len(LOOKS) // 2
            wrong = [*look_at(page, looks, again=again), *broken]
            broken.clear()
            faults += [f"{path} as {who} {fault}" for fault in wrong]
    assert not faults, "\n".join(faults)


def _noting(kept: list[str]) -> Callable[[Response], None]:
    return lambda answer: kept.extend(refused(answer))


def refused(answer: Response) -> list[str]:
    """What did not come; the page that is not there is none of it."""
    fine = answer.status < 400 or answer.url.endswith("/nowhere")
    return [] if fine else [f"got {answer.status} for {answer.url}"]


def look_at(page: Page, looks: list[str], *, again: bool) -> list[str]:
    """What is wrong with the page."""
    shown: list[str] = page.evaluate(
        "(d => [d.lang, d.dataset.mode, d.dataset.theme])(document.documentElement)"
    )
    wrong = looking.faults(page, looks[1], again=again)
    return wrong if shown == looks else [*wrong, f"is shown as {shown}"]

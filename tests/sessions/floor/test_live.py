"""For every kind of event of these rooms: a stale page and what is pushed make the fresh page.

What is pushed are the changed blocks of the page's view; the regions that differ from reader to
reader name the kinds of events after which they ask again, and that list must be complete.
"""

import re

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from story import Story

from forum.base import events, registry
from forum.base.db import reading, transaction
from forum.base.events import Audience
from forum.base.live.snapshots import Group, blocks

SECTION = re.compile(r'<section id="(\w+)"([^>]*)>.*?</section>', re.DOTALL)
NOISE = re.compile(
    r' data-live-(own-)?after="\d+"|<time[^>]*>[^<]* ago</time>|(?s:<noscript>.*?</noscript>)'
)


PAGES = [
    (None, "", "meeting", Audience.PUBLIC),
    ("bob", "", "meeting", Audience.PUBLIC),
    ("rong", "", "meeting", Audience.PUBLIC),
    (None, "/screen", "screen", Audience.PUBLIC),
    (None, "/timer", "timer", Audience.PUBLIC),
    ("alice", "/console", "console", Audience.MODERATOR),
    ("clerk", "/desk/{main}", "desk", Audience.DESK),
    ("hui", "/desk/{hall}", "desk", Audience.DESK),
]


def sections(page: str) -> dict[str, str]:
    return {found[1]: found[0] for found in SECTION.finditer(page)}


def rest(page: str) -> str:
    """What is outside of blocks and regions; the panels are the business of the rooms above."""
    main = page[page.index("<main") : page.index("</main>")]
    return NOISE.sub("", SECTION.sub("", main.partition('<div class="panels"')[0]))


def asks_again(section: str, kinds: list[str], *, own: bool) -> bool:
    wanted = re.search(r'data-live-personal="([^"]*)"', section)
    if wanted is None:
        return False
    return own or any(kind.startswith(tuple(wanted[1].split())) for kind in kinds)


@pytest.mark.parametrize(("who", "path", "view", "audience"), PAGES)
def test_stale_and_pushed_is_fresh(
    cast: Cast, client: Client, who: str | None, path: str, view: str, audience: Audience
) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    address = f"/meetings/{sitting.meeting}{path.format(main=sitting.main, hall=sitting.hall)}"
    browser = client(who)
    own = f"member:{cast[who].id}" if who else ""
    stale = browser.get(address).text
    for step in Story(cast, sitting).steps():
        with reading() as db:
            before, mine = events.head(db, sitting.stream), events.head(db, own)
        with transaction() as tx:
            step(tx)
        with reading() as db:
            head = events.head(db, sitting.stream)
            seen = events.history(db, sitting.stream, after=before, audience=Audience.MODERATOR)
            pushed = blocks(db, sitting.stream, Group(audience, view, "en"), head)
            touched = events.head(db, own) > mine
        kinds = [event.kind for event in seen if event.audience <= audience_of(who, audience)]
        fresh = browser.get(address).text
        shown, now = sections(stale), sections(fresh)
        assert set(shown) == set(now)
        for name, html in now.items():
            if name in pushed:
                assert pushed[name].strip() == html.strip(), (name, kinds)
            elif not asks_again(html, kinds, own=touched):
                assert NOISE.sub("", shown[name]) == NOISE.sub("", html), (name, kinds)
        assert rest(stale) == rest(fresh), kinds
        stale = fresh


def audience_of(who: str | None, audience: Audience) -> Audience:
    return max(audience, Audience.PUBLIC if who is None else Audience.MEMBER)


def test_the_story_tells_every_kind(cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        for step in Story(cast, sitting).steps():
            step(tx)
        told = {
            event.kind for event in events.history(tx, sitting.stream, audience=Audience.MODERATOR)
        }
        for name in ("bob", "rong"):
            own = events.history(tx, f"member:{cast[name].id}", audience=Audience.MODERATOR)
            told |= {event.kind for event in own}
    ours = {kind for kind in registry.events if kind.startswith(("meetings:", "floor:"))}
    assert ours - told == {"meetings:meeting:called_off"}  # it takes the page itself away

"""For every kind of event of these rooms: a stale page and what is pushed make the fresh page.

What is pushed are the changed blocks of the page's view; the regions that differ from reader to
reader name the kinds of events after which they ask again, and that list must be complete.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from sitting import Sitting

from forum.agenda import service as agenda
from forum.base import clock, events, registry
from forum.base.db import Db, reading, transaction
from forum.base.events import Audience
from forum.base.live.snapshots import Group, blocks
from sessions.floor import queries, service
from sessions.floor.models import Lane, Ruling
from sessions.meetings import queries as reads
from sessions.meetings import service as meetings
from sessions.meetings.models import Link, VenueKind
from sessions.meetings.rules import Act
from voting.boxes.models import Channel
from voting.polls import queries as polls
from voting.polls import service as voting
from voting.polls.rules import Count
from voting.polls.service import Draft

SECTION = re.compile(r'<section id="(\w+)"([^>]*)>.*?</section>', re.DOTALL)
NOISE = re.compile(r' data-live-(own-)?after="\d+"|<time[^>]*>[^<]* ago</time>')


class Story:
    """One meeting, told so that every kind of event of these rooms happens."""

    def __init__(self, cast: Cast, sitting: Sitting) -> None:
        self.cast = cast
        self.sitting = sitting

    def last(self, tx: Db, lane: Lane = Lane.SPEECH) -> int:
        rows = queries.speeches(tx, self.sitting.meeting, self.sitting.item)
        return max(row.id for row in rows if row.lane is lane)

    def poll(self, tx: Db) -> int:
        return polls.of_meeting(tx, self.sitting.stream)[-1].id

    def steps(self) -> Iterator[Callable[[Db], object]]:
        yield from self._before()
        yield from self._speeches()
        yield from self._vote()
        yield from self._after()

    def _before(self) -> Iterator[Callable[[Db], object]]:
        cast, here, meeting = self.cast, self.sitting, self.sitting.meeting
        soon = clock.now() + timedelta(days=2)
        place = meetings.Place(VenueKind.SUB, "Pavilion")
        second = agenda.Draft("Who pays?", "")
        yield lambda tx: meetings.edit_meeting(
            tx, cast.alice, meeting, meetings.Draft("New title", soon)
        )
        yield lambda tx: meetings.set_venue(tx, cast.alice, meeting, place)
        yield lambda tx: meetings.drop_venue(
            tx, cast.alice, meeting, meetings_venues(tx, meeting)[-2]
        )
        yield lambda tx: meetings.add_item(
            tx, cast.alice, meeting, agenda.create(tx, cast.alice, cast.consultation, second)
        )
        yield lambda tx: meetings.check_in(
            tx, cast.clerk, meeting, here.main, [cast.alice.id, cast.bob.id, cast.shu.id]
        )
        yield lambda tx: meetings.check_in(tx, cast.clerk, meeting, here.main, [cast.charlie.id])
        yield lambda tx: meetings.entitle(tx, cast.alice, meeting, cast.charlie.id, entitled=True)
        yield lambda tx: meetings.check_in(tx, cast.clerk, meeting, here.hall, [cast.rong.id])
        yield lambda tx: meetings.check_in(tx, cast.clerk, meeting, here.online, [cast.rong.id])
        yield lambda tx: meetings.check_out(tx, cast.charlie, meeting, [cast.charlie.id])
        yield lambda tx: meetings.undo_check_in(
            tx,
            cast.clerk,
            meeting,
            meetings.check_in(tx, cast.clerk, meeting, here.main, [cast.hui.id])[0],
        )
        yield lambda tx: meetings.declare_quorum(tx, cast.alice, meeting)
        yield lambda tx: meetings.step(tx, cast.alice, meeting, Act.START)
        yield lambda tx: meetings.show(tx, cast.alice, meeting, "Please be seated.")
        yield lambda tx: meetings.show(tx, cast.alice, meeting, "")
        yield lambda tx: meetings.set_link(tx, cast.hui, meeting, here.hall, Link.DOWN)
        yield lambda tx: meetings.open_item(tx, cast.alice, meeting, here.item)

    def _speeches(self) -> Iterator[Callable[[Db], object]]:
        cast, meeting = self.cast, self.sitting.meeting
        yield lambda tx: service.set_limits(
            tx, cast.alice, meeting, rule="first_come", seconds=60, times=2
        )
        yield lambda tx: service.request(tx, cast.bob, meeting)
        yield lambda tx: service.withdraw(tx, cast.bob, self.last(tx))
        yield lambda tx: service.request(tx, cast.bob, meeting)
        yield lambda tx: service.skip(tx, cast.alice, self.last(tx))
        yield lambda tx: service.restore(tx, cast.alice, self.last(tx))
        yield lambda tx: service.request(tx, cast.clerk, meeting, member=cast.rong.id)
        yield lambda tx: service.prefer(tx, cast.alice, self.last(tx), "She must leave.")
        yield lambda tx: service.recognise(tx, cast.alice, self.last(tx))
        yield lambda tx: service.extend(tx, cast.alice, self.last(tx), 60)
        yield lambda tx: service.raise_order(tx, cast.shu, meeting, "Another item.")
        yield lambda tx: service.recognise(tx, cast.alice, self.last(tx, Lane.ORDER))
        yield lambda tx: service.rule_on(
            tx, cast.alice, self.last(tx, Lane.ORDER), Ruling.NOTED, "Thank you."
        )
        yield lambda tx: service.resume(tx, cast.alice, self.last(tx))
        yield lambda tx: service.pause(tx, cast.alice, self.last(tx))
        yield lambda tx: service.finish(tx, cast.alice, self.last(tx))
        yield lambda tx: service.close_list(tx, cast.alice, meeting)
        yield lambda tx: service.reopen_list(tx, cast.alice, meeting)

    def _vote(self) -> Iterator[Callable[[Db], object]]:
        cast, here, meeting = self.cast, self.sitting, self.sitting.meeting
        count = Count({"yes": 2, "no": 1})
        yield lambda tx: meetings.hold_poll(
            tx, cast.alice, meeting, Draft("Offer A?"), channel=Channel.HANDS
        )
        yield lambda tx: meetings.open_poll(tx, cast.alice, meeting, self.poll(tx))
        yield lambda tx: meetings.enter_count(
            tx, cast.clerk, meeting, self.poll(tx), here.main, count, second=False
        )
        yield lambda tx: meetings.enter_count(
            tx, cast.shu, meeting, self.poll(tx), here.main, count, second=True
        )
        yield lambda tx: meetings.close_poll(tx, cast.alice, meeting, self.poll(tx))
        yield lambda tx: meetings.publish_poll(tx, cast.alice, meeting, self.poll(tx))
        yield lambda tx: meetings.hold_poll(
            tx, cast.alice, meeting, Draft("Offer B?"), channel=Channel.ONLINE
        )
        yield lambda tx: voting.void(tx, cast.alice, self.poll(tx), "Asked twice.")

    def _after(self) -> Iterator[Callable[[Db], object]]:
        cast, meeting = self.cast, self.sitting.meeting
        for act in (Act.BREAK, Act.RESUME):
            yield lambda tx, act=act: meetings.step(tx, cast.alice, meeting, act)
        yield lambda tx: meetings.close_item(tx, cast.alice, meeting)
        for act in (Act.ADJOURN, Act.REOPEN, Act.ADJOURN, Act.ARCHIVE):
            yield lambda tx, act=act: meetings.step(tx, cast.alice, meeting, act)


def meetings_venues(tx: Db, meeting: int) -> list[int]:
    return [venue.id for venue in reads.venues(tx, meeting)]


PAGES = [
    (None, "", "meeting", Audience.PUBLIC),
    ("bob", "", "meeting", Audience.PUBLIC),
    ("rong", "", "meeting", Audience.PUBLIC),
    (None, "/screen", "screen", Audience.PUBLIC),
    ("alice", "/console", "console", Audience.MODERATOR),
    ("clerk", "/desk/{main}", "desk", Audience.DESK),
    ("hui", "/desk/{hall}", "desk", Audience.DESK),
]


def sections(page: str) -> dict[str, str]:
    return {found[1]: found[0] for found in SECTION.finditer(page)}


def rest(page: str) -> str:
    """What is outside of blocks and regions; the panels are the business of the rooms above."""
    main = page[page.index("<main") : page.index("</main>")]
    return NOISE.sub("", SECTION.sub("", main.partition('<div id="panels">')[0]))


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

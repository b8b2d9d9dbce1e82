"""What tests of minutes begin with: a made-up log, and a real sitting with a vote."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sitting as hall
from cast import Cast

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, pages
from forum.base.db import reading, transaction
from forum.base.events import Audience, Event, Stored
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from sessions.floor import service as floor
from sessions.floor.models import Ruling, Side
from sessions.meetings import events as meetings
from sessions.meetings import service as sitting
from sessions.meetings.rules import Act
from sessions.minutes import queries, service
from sessions.minutes.projection import Facts, Poll
from sessions.minutes.record import Choice, Officer, Record, Thing
from voting.boxes.models import Channel
from voting.polls.rules import Count
from voting.polls.service import Draft

START = datetime(2026, 3, 5, 11, tzinfo=UTC)
ALICE, BOB, DANA, SHU = 1, 2, 4, 7
MAIN, SUB = 1, 2


class Log:
    """A stream written by hand: every event a minute after the one before."""

    def __init__(self) -> None:
        self.events: list[Stored] = []

    def tell(self, event: Event, actor: int | None = ALICE, *, after: float = 1) -> "Log":
        """Append an event."""
        at = (self.events[-1].at if self.events else START) + timedelta(minutes=after)
        seq = len(self.events) + 1
        payload: dict[str, Any] = pages.plain(event)
        stored = Stored(
            f"{seq:032}", "meeting:3", seq, at, actor, event.kind, "meeting:3",
            Audience.PUBLIC, payload, f"{seq:064}",
        )  # fmt: skip
        self.events.append(stored)
        return self

    def begun(self) -> "Log":
        """A meeting that has just been opened, with 9 of 12 there."""
        return self.tell(meetings.MeetingConvened(START, 12)).tell(
            meetings.MeetingStarted(12, 9, {"1": 6, "2": 3})
        )


FACTS = Facts(
    minutes=5,
    version=1,
    meeting=Thing(3, "Second sitting"),
    consultation=Thing(1, "A lift for block 7"),
    zone="Asia/Shanghai",
    starts_at=START,
    venues=((MAIN, "main", "Hall"), (SUB, "sub", "Tea room")),
    items={8: (1, "Which kind of lift?"), 9: (2, "Who pays?")},
    polls={
        4: Poll(
            "Offer B?",
            "For or against",
            (Choice("yes", "For", "good", 0), Choice("no", "Against", "bad", 0)),
            [["%(yes)s for, %(no)s against.", {"yes": 6, "no": 3}]],
        )
    },
    texts={
        ("notice", 1): "We go on at eight.",
        ("point", 2): "The speaker left the motion.",
        ("ruling", 6): "He did.",
        ("decision", 3): "Offer B is taken.",
        ("decision_title", 3): "A lift",
        ("poll_note", 1): "The question was unclear.",
        ("preference", 1): "She has to leave.",
    },
    speakers={22: DANA},
    attended={MAIN: 7, SUB: 3},
    guests=1,
    officers=(Officer("secretary", SHU),),
)
NAMES = {ALICE: "Alice", BOB: "Bob", DANA: "Dana", SHU: "Shu"}


@dataclass(frozen=True)
class Sat:
    """A sitting that took place: its meeting, item, poll, decision and minutes."""

    meeting: int
    item: int
    poll: int
    decision: int
    minutes: int


def adjourned(cast: Cast) -> Sat:
    """Bob argued and spoke, dana raised a point of order, the halls voted, shu recorded it."""
    with transaction() as tx:
        arguments.post(tx, cast.bob, cast.item, body="Knees get older.", stance=Stance.PRO)
        arguments.post(tx, cast.rong, cast.item, body="It costs money.", stance=Stance.CON)
        found = hall.started(tx, cast)
        sitting.declare_quorum(tx, cast.alice, found.meeting)
        sitting.open_item(tx, cast.alice, found.meeting, cast.item)
        spoken = floor.request(tx, cast.bob, found.meeting, side=Side.PRO)
        floor.recognise(tx, cast.alice, spoken)
    with clock.travel(seconds=90), transaction() as tx:
        order = floor.raise_order(tx, cast.rong, found.meeting, "He speaks of the garden.")
        floor.rule_on(tx, cast.alice, order, Ruling.UPHELD, "Please stay on the lift.")
        floor.finish(tx, cast.alice, spoken)
        poll = _voted(tx, cast, found)
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
        decision = service.decide(
            tx,
            cast.shu,
            service.Draft(cast.item, "Block 7 gets a lift", "Offer **B** is taken.", poll),
        )
        sitting.close_item(tx, cast.alice, found.meeting)
        sitting.step(tx, cast.alice, found.meeting, Act.ADJOURN)
        (row,) = queries.versions(tx, found.meeting)
    return Sat(found.meeting, cast.item, poll, decision, row.id)


def _voted(tx: Any, cast: Cast, found: hall.Sitting) -> int:
    poll = sitting.hold_poll(
        tx, cast.alice, found.meeting, Draft("Take offer B?"), channel=Channel.HANDS
    )
    sitting.open_poll(tx, cast.alice, found.meeting, poll)
    for venue, first, second, votes in (
        (found.main, cast.clerk, cast.shu, {"yes": 2, "no": 1}),
        (found.hall, cast.hui, cast.clerk, {"yes": 1}),
    ):
        count = Count(votes)
        sitting.enter_count(tx, first, found.meeting, poll, venue, count, second=False)
        sitting.enter_count(tx, second, found.meeting, poll, venue, count, second=True)
    sitting.close_poll(tx, cast.alice, found.meeting, poll)
    sitting.publish_poll(tx, cast.alice, found.meeting, poll)
    return poll


def circulated(cast: Cast) -> Sat:
    """The same, with the minutes given to those who were there, for a day."""
    sat = adjourned(cast)
    with transaction() as tx:
        until = clock.now() + timedelta(days=1)
        service.circulate(tx, cast.shu, sat.minutes, until=until)
    return sat


def approved(cast: Cast) -> Sat:
    """The same, with the minutes approved; tasks can be given."""
    sat = circulated(cast)
    with clock.travel(days=1, seconds=1), transaction() as tx:
        service.sign(tx, cast.alice, sat.minutes)
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PUBLISHING)
    return sat


def record(minutes: int) -> Record:
    """What a version says now."""
    with reading() as db:
        access = queries.minutes_access(db, None, minutes)
        return queries.record(db, access.minutes)

"""What must hold when a simulated meeting is over, found in the database and on every page."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from forum.base import db, events, settings
from forum.base.db import Db
from forum.base.events import Audience, Stored
from forum.base.live.snapshots import audience_of, blocks, place_of
from forum.base.verify import verify
from forum.members import queries as members
from sessions.meetings.models import Attendance
from simulations.people import Participant, Person
from simulations.world import World
from voting.boxes.models import NamedBallot
from voting.polls import queries as polls

ALL = 100_000


def faults(
    data: Path, world: World, people: Sequence[Person], asked: Sequence[int]
) -> tuple[list[str], dict[str, int]]:
    """Everything that is wrong, in words; and what was counted on the way."""
    db.close()
    settings.configure(data=data)
    with db.reading() as tx:
        log = _log(tx, world)
        found = [
            *gaps(log),
            *_pages(tx, world, people, log),
            *_attendance(tx, world, people),
            *floor(log),
            *_votes(tx, people, asked),
            *_chains(tx),
        ]
        counts = {
            "events": len(log),
            "speeches": sum(one.kind == "floor:speech:finished" for one in log),
            "ballots": sum(polls.turnout(tx, poll) for poll in asked),
            "pages": len(people),
        }
    db.close()
    return found, counts


def _log(tx: Db, world: World) -> list[Stored]:
    return events.history(tx, world.stream, audience=Audience.MODERATOR, limit=ALL)


def gaps(log: Sequence[Stored]) -> list[str]:
    """Whether the log is gapless."""
    missing = [at for at, one in enumerate(log, 1) if one.seq != at]
    return [f"the log has a gap at {missing[0]}"] if missing else []


def _pages(tx: Db, world: World, people: Sequence[Person], log: Sequence[Stored]) -> list[str]:
    """Each page shows what a page that is made now would show, and was told of each event once."""
    head = events.head(tx, world.stream)
    found = []
    for person in people:
        page, who = person.page, person.who.id
        reader = members.actor_of(tx, who)
        place = place_of(world.stream, audience_of(tx, reader, world.stream), page.view, "en")
        if place is None:
            found.append(f"{who} may not see this page")
            continue
        told = Counter(page.events)
        due = {
            one.seq
            for one in log
            if one.audience <= place.group.audience and one.seq > (page.begun or 0)
            if not any(before < one.seq <= after for before, after in page.jumps)
        }
        if missing := due - told.keys():
            found.append(f"{who} was not told of {sorted(missing)[:5]}")
        if extra := told.keys() - due:
            found.append(f"{who} was told of {sorted(extra)[:5]}, which was not due")
        if doubled := [seq for seq, times in told.items() if times > 1]:
            found.append(f"{who} was told twice of {doubled[:5]}")
        now = blocks(tx, world.stream, place.group, head)
        if page.blocks != now:
            other = [name for name in now if page.blocks.get(name) != now[name]]
            found.append(f"the page of {who} shows other {', '.join(other)}")
    return found


def _attendance(tx: Db, world: World, people: Sequence[Person]) -> list[str]:
    rows = tx.execute(
        select(col(Attendance.member_id), col(Attendance.venue_id), col(Attendance.out_at)).where(
            col(Attendance.meeting_id) == world.meeting
        )
    ).all()
    open_now = Counter(row.member_id for row in rows if row.out_at is None)
    found = [f"{who} is present twice" for who, times in open_now.items() if times > 1]
    crowd = [person for person in people if isinstance(person, Participant)]
    wrong = [one for one in crowd if (one.who.id in open_now) == one.gone]
    found += [f"{one.who.id} is {'still' if one.gone else 'not'} present" for one in wrong]
    return found


def floor(log: Sequence[Stored]) -> list[str]:
    """One holder of the floor at any time."""
    holder: int | None = None
    found = []
    for event in log:
        speech = event.payload.get("speech")
        if event.kind == "floor:speech:recognised":
            if holder is not None:
                found.append(f"speech {speech} began while {holder} was held")
            holder = speech
        elif event.kind == "floor:speech:finished" and speech == holder:
            holder = None
    return found


def _votes(tx: Db, people: Sequence[Person], asked: Sequence[int]) -> list[str]:
    """Each acknowledged vote is counted, as it was last given, and no other."""
    found = []
    for poll in asked:
        rows = tx.execute(
            select(col(NamedBallot.voter_id), col(NamedBallot.choice)).where(
                col(NamedBallot.poll_id) == poll
            )
        )
        box = {row.voter_id: row.choice for row in rows}
        said = {
            person.who.id: person.votes[poll]
            for person in people
            if isinstance(person, Participant) and poll in person.votes
        }
        if box != said:
            wrong = [who for who in box.keys() | said.keys() if box.get(who) != said.get(who)]
            found.append(f"poll {poll}: the votes of {wrong[:5]} are not as acknowledged")
    return found


def _chains(tx: Db) -> list[str]:
    return [fault.words for fault in verify(tx).faults]

"""A meeting of the cast's consultation, for the tests of the rooms that need one."""

from dataclasses import dataclass
from datetime import timedelta

from cast import Cast

from forum.base import clock
from forum.base.db import Db, transaction
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act


@dataclass(frozen=True)
class Sitting:
    """A convened meeting with a main venue, a hall kept by hui, and people online."""

    meeting: int
    main: int
    hall: int
    online: int
    item: int

    @property
    def stream(self) -> str:
        """Where its events go."""
        return f"meeting:{self.meeting}"


def convened(tx: Db, cast: Cast) -> Sitting:
    """Alice convened it; seven people of the list are on its roll."""
    starts = clock.now() + timedelta(days=3)
    draft = meetings.Draft("Second session on the lift", starts, starts + timedelta(hours=2))
    meeting = meetings.draft_meeting(tx, cast.alice, cast.consultation, draft)

    def venue(kind: VenueKind, name: str, operator: int | None = None) -> int:
        place = meetings.Place(kind, name, "Lilac Road 7", operator)
        return meetings.set_venue(tx, cast.alice, meeting, place)

    main = venue(VenueKind.MAIN, "Community hall")
    hall = venue(VenueKind.SUB, "School", cast.hui.id)
    online = venue(VenueKind.ONLINE, "Online")
    meetings.add_item(tx, cast.alice, meeting, cast.item)
    meetings.step(tx, cast.alice, meeting, Act.CONVENE)
    return Sitting(meeting, main, hall, online, cast.item)


def started(tx: Db, cast: Cast) -> Sitting:
    """In session: alice, bob and shu in the main venue, rong at the school, dana online."""
    sitting = convened(tx, cast)
    people = [cast.alice.id, cast.bob.id, cast.shu.id]
    meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.main, people)
    meetings.check_in(tx, cast.hui, sitting.meeting, sitting.hall, [cast.rong.id])
    meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.online, [cast.dana.id])
    meetings.step(tx, cast.alice, sitting.meeting, Act.START)
    return sitting


def debating(cast: Cast) -> Sitting:
    """The same, with the item called up; committed."""
    with transaction() as tx:
        sitting = started(tx, cast)
        meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    return sitting

"""The data folder of a simulated meeting: its people, its venues, its order of the day."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from forum.agenda import service as agenda
from forum.agenda.models import ItemKind
from forum.base import auth, clock, db, migrate, registry, settings
from forum.base.auth import Actor
from forum.base.db import Db
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import service as members
from forum.members.models import Role
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act


@dataclass(frozen=True)
class Somebody:
    """A member with a way in; `venue` is where they mean to go."""

    id: int
    token: str
    venue: int


@dataclass(frozen=True)
class Hall:
    """A venue with the two who keep its desk."""

    venue: int
    desk: Somebody
    second: Somebody


@dataclass(frozen=True)
class World:
    """A convened meeting."""

    meeting: int
    items: list[int]
    chair: Somebody
    halls: list[Hall]
    online: int
    people: list[Somebody]

    @property
    def stream(self) -> str:
        """Where its events go."""
        return f"meeting:{self.meeting}"


def made(data: Path, people: int, venues: int, items: int) -> World:
    """Make the folder; of `venues`, one is online and one the main venue."""
    config = settings.configure(data=data)
    registry.load()
    migrate.upgrade(config)
    with db.transaction() as tx:
        world = _settle(tx, people, venues, items)
    db.close()
    return world


def _somebody(tx: Db, login: str, venue: int = 0) -> Somebody:
    ident = members.register(tx, login=login, name=login.capitalize(), password=None, lang="en")
    return Somebody(ident, auth.sign_in(tx, ident, label="simulation"), venue)


def _settle(tx: Db, people: int, venues: int, items: int) -> World:
    chair = _somebody(tx, "chair")
    leads = Actor(chair.id, "Chair")
    members.grant(tx, None, chair.id, Role.ADMINISTRATOR, "platform")
    terms = (Visibility.PUBLIC, Eligibility.OPEN, "Asia/Shanghai")
    draft = consultations.Draft("A lift", "A lift for the house", "A lift", *terms)
    ident = consultations.create(tx, leads, draft, station=None, stage=Stage.DELIBERATING)
    day = [
        agenda.create(tx, leads, ident, agenda.Draft(f"Question {at}", "", ItemKind.DECISION))
        for at in range(1, items + 1)
    ]
    starts = clock.now() + timedelta(hours=1)
    meeting = meetings.draft_meeting(
        tx, leads, ident, meetings.Draft("Assembly", starts, starts + timedelta(hours=2), ">1/3")
    )
    halls = []
    for at in range(venues - 1):
        desk, second = _somebody(tx, f"desk{at}"), _somebody(tx, f"second{at}")
        kind = VenueKind.SUB if at else VenueKind.MAIN
        place = meetings.Place(kind, f"Hall {at + 1}", f"Road {at + 1}", desk.id)
        venue = meetings.set_venue(tx, leads, meeting, place)
        members.grant(tx, None, second.id, Role.SECRETARY, f"consultation:{ident}")
        halls.append(Hall(venue, desk, second))
    online = meetings.set_venue(tx, leads, meeting, meetings.Place(VenueKind.ONLINE, "Online"))
    places = [*(hall.venue for hall in halls), online]
    crowd = [_somebody(tx, f"person{at}", places[at % len(places)]) for at in range(people)]
    for one in crowd:
        members.grant(tx, None, one.id, Role.RESIDENT, f"consultation:{ident}")
    for item in day:
        meetings.add_item(tx, leads, meeting, item)
    meetings.step(tx, leads, meeting, Act.CONVENE)
    return World(meeting, day, chair, halls, online, crowd)

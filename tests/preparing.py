"""Meetings on their way: one in preparation, and one that is convened, answered and waited for."""

from dataclasses import dataclass
from datetime import timedelta

import sitting as hall
from cast import Cast

from forum.base import clock, db
from forum.base.db import Db
from forum.consultations import service as consultations
from sessions.convening import service
from sessions.convening.models import Answer, QuestionKind
from sessions.meetings import queries
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind


@dataclass(frozen=True)
class Called:
    """A convened assembly: one seat in the hall, which bob has; shu waits, rong stands in."""

    meeting: int
    main: int
    online: int
    question: int

    @property
    def stream(self) -> str:
        """Where its events go."""
        return f"meeting:{self.meeting}"


def drafted(tx: Db, cast: Cast, *, kind: str = "assembly", days: float = 11) -> int:
    """A meeting of a type, so many days ahead, with its usual items."""
    starts = clock.now() + timedelta(days=days)
    draft = meetings.Draft("Owners' assembly", starts, starts + timedelta(hours=2), ">=2/3")
    plan = service.Plan(kind, draft, (starts,), "Community hall", "Lilac Road 7", True, True)
    return service.prepare(tx, cast.alice, cast.consultation, plan)[0]


def seats(tx: Db, cast: Cast, meeting: int, venue: int, number: int | None) -> None:
    """Say how many seats the main venue has."""
    place = meetings.Place(VenueKind.MAIN, "Community hall", "Lilac Road 7", seats=number)
    meetings.set_venue(tx, cast.alice, meeting, place, venue=venue)


def called(tx: Db, cast: Cast, *, kind: str = "assembly") -> Called:
    """The assembly, convened in time; nobody has answered."""
    meeting = drafted(tx, cast, kind=kind)
    consultations.write_briefing(tx, cast.alice, cast.consultation, "The offers", "Offer **A**.")
    venues = {venue.kind: venue.id for venue in queries.venues(tx, meeting)}
    main = venues[VenueKind.MAIN]
    seats(tx, cast, meeting, main, 1)
    question = service.ask(
        tx, cast.shu, meeting, "Do you need an interpreter?", QuestionKind.YES_NO, required=True
    )
    service.convene(tx, cast.alice, meeting)
    return Called(meeting, main, venues[VenueKind.ONLINE], question)


def comes(found: Called, venue: int | None = None, said: str = "no") -> service.Said:
    """The answer of somebody who comes."""
    return service.Said(Answer.COMES, venue or found.main, None, {found.question: said})


def answered(tx: Db, cast: Cast) -> Called:
    """The same, with bob in the hall, shu waiting, dana represented by rong, hui away."""
    found = called(tx, cast)
    service.reply(tx, cast.bob, found.meeting, comes(found, said="yes"))
    service.reply(tx, cast.shu, found.meeting, comes(found))
    service.reply(tx, cast.rong, found.meeting, comes(found, found.online))
    service.reply(tx, cast.dana, found.meeting, service.Said(Answer.PROXY, holder=cast.rong.id))
    service.reply(tx, cast.hui, found.meeting, service.Said(Answer.AWAY))
    facts = service.Facts("7", "86.57", "7-1", "Block 7")
    service.describe(tx, cast.alice, found.meeting, cast.bob.id, facts)
    return found


def preparing(cast: Cast) -> dict[str | None, list[str]]:
    """Let it happen; returns the pages."""
    text = "name,weight\nBob,3/4\nNobody,1\n"
    with db.transaction() as tx:
        found = answered(tx, cast)
        draft = drafted(tx, cast, kind="hearing", days=1)
        sheet = service.keep_sheet(tx, cast.alice, found.meeting, text)
        plain = hall.convened(tx, cast).meeting
    here = f"/meetings/{found.meeting}"
    return {
        "alice": [
            f"/meetings/{draft}/prepare", f"{here}/prepare", f"{here}/roll", f"{here}/replies",
            f"/rolls/{sheet}", f"/rolls/{sheet}?show=changed", f"{here}/replies/{cast.dana.id}",
            f"/meetings/{plain}/prepare",
        ],
        "bob": [f"{here}/reply", here, f"{here}/agenda/print"],
        "shu": [f"{here}/reply"],
        "clerk": [f"{here}/attendance/print"],
    }  # fmt: skip

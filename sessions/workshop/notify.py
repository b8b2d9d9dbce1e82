"""Who is told what about a facilitated session: those who are there, when it begins."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.refs import parse
from forum.base.registry import notify, silent
from sessions.meetings.models import Attendance
from sessions.workshop import events, result_events

THERE = "whoever is there sees it on the screen"
LEADERS = "the page of whoever leads shows it"
OWN = "the person's own page shows it at once"


def there(db: Db, stored: Stored) -> list[int]:
    """Whoever is in the meeting now."""
    query = select(col(Attendance.member_id)).where(
        col(Attendance.meeting_id) == parse(stored.stream)[1], col(Attendance.out_at).is_(None)
    )
    return list(db.execute(query).scalars())


def named(_db: Db, stored: Stored) -> list[int]:
    """Whoever is to lead it."""
    who = stored.payload["facilitator"]
    return [who] if who is not None else []


notify(
    events.FacilitatorNamed,
    who=named,
    words=N_("You lead a facilitated session: “%(title)s”."),
    because=N_("The chair named you facilitator."),
)
notify(
    events.WorkshopStarted,
    who=there,
    words=N_("It begins, and you can take part: “%(title)s”."),
    because=N_("You are in the meeting."),
)

silent(events.WorkshopAttached, because=LEADERS)
silent(events.WorkshopDropped, because=LEADERS)
silent(events.StepSet, because=LEADERS)
silent(events.StepBegan, because=THERE)
silent(events.StepEnded, because=THERE)
silent(events.StepProlonged, because=THERE)
silent(events.ClockStopped, because=THERE)
silent(events.ClockResumed, because=THERE)
silent(events.WorkshopFinished, because=THERE)
silent(events.GroupsDealt, because=THERE)
silent(events.GroupPlaced, because=THERE)
silent(events.SeatTaken, because=OWN)
silent(events.NoteGiven, because=OWN)
silent(events.NoteReworded, because=OWN)
silent(events.NoteStruck, because=OWN)
silent(events.NoteRestored, because=OWN)
silent(result_events.ThemeMade, because=THERE)
silent(result_events.ThemeReworded, because=THERE)
silent(result_events.ThemeDropped, because=THERE)
silent(result_events.NotesPlaced, because=THERE)
silent(result_events.ThemeKept, because="the minutes tell it")
silent(result_events.OptionMade, because=THERE)
silent(result_events.OptionReworded, because=THERE)
silent(result_events.OptionDropped, because=THERE)
silent(result_events.OptionMoved, because=THERE)
silent(result_events.PositionsGiven, because=LEADERS)
silent(result_events.OptionCounted, because=THERE)
silent(result_events.ObjectionKept, because=THERE)
silent(result_events.ObjectionWithdrawn, because=THERE)
silent(result_events.ObjectionStruck, because=THERE)

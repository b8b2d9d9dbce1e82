"""Who is told what about meetings."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.news import Feed, news
from forum.base.refs import parse
from forum.base.registry import Group, notify, silent
from sessions.meetings import events, notice, sitting_events
from sessions.meetings.models import Attendance, RollEntry

INVITED = N_("You are on the roll of the meeting.")


def _meeting(stored: Stored) -> int:
    return parse(stored.stream)[1]


def on_roll(db: Db, stored: Stored) -> list[int]:
    """Everybody entitled to take part."""
    query = select(col(RollEntry.member_id)).where(
        col(RollEntry.meeting_id) == _meeting(stored), col(RollEntry.entitled)
    )
    return list(db.execute(query).scalars())


def if_moved(db: Db, stored: Stored) -> list[int]:
    """The same, but only when a convened meeting takes place at another time."""
    return on_roll(db, stored) if stored.payload["moved"] else []


def on_roll_elsewhere(db: Db, stored: Stored) -> list[int]:
    """Everybody entitled who is not there yet."""
    here = select(col(Attendance.member_id)).where(
        col(Attendance.meeting_id) == _meeting(stored), col(Attendance.out_at).is_(None)
    )
    return sorted(set(on_roll(db, stored)) - set(db.execute(here).scalars()))


def came(db: Db, stored: Stored) -> list[int]:
    """Everybody who was there at some time."""
    query = select(col(Attendance.member_id)).where(col(Attendance.meeting_id) == _meeting(stored))
    return list(db.execute(query.distinct()).scalars())


def reopened(db: Db, stored: Stored) -> list[int]:
    """Whoever was there; and everybody entitled, where a date falls that was announced."""
    announced = on_roll(db, stored) if stored.payload.get("undone") else []
    return sorted({*announced, *came(db, stored)})


def struck(_db: Db, stored: Stored) -> list[int]:
    """Whoever was taken off the roll."""
    return [] if stored.payload["entitled"] else [stored.payload["member"]]


notify(
    events.MeetingConvened,
    group=Group.INVITED,
    others=N_("A meeting is announced: “%(title)s”."),
    enclosed=notice.told,
    who=on_roll,
    words=N_("You are invited to the meeting “%(title)s”."),
    because=INVITED,
)
notify(
    events.MeetingChanged,
    group=Group.INVITED,
    others=N_("The meeting “%(title)s” takes place at another time."),
    enclosed=notice.told,
    worth=lambda stored: bool(stored.payload["moved"]),
    who=if_moved,
    words=N_("The meeting “%(title)s” takes place at another time."),
    because=INVITED,
)
notify(
    events.MeetingCalledOff,
    group=Group.INVITED,
    others=N_("A meeting on “%(title)s” does not take place as announced."),
    who=on_roll,
    about="consultation",
    words=N_("A meeting on “%(title)s” does not take place as announced."),
    because=INVITED,
)
notify(
    events.MeetingStarted,
    group=Group.INVITED,
    others=N_("The meeting “%(title)s” has begun."),
    who=on_roll_elsewhere,
    words=N_("The meeting “%(title)s” has begun."),
    because=INVITED,
)
notify(
    events.MeetingReopened,
    group=Group.INVITED,
    others=N_("The further sitting of the meeting “%(title)s” does not take place."),
    worth=lambda stored: bool(stored.payload.get("undone")),
    who=reopened,
    words=N_("The meeting “%(title)s” goes on: it was closed by mistake."),
    because=N_("You were there or are on the roll of the meeting."),
)
notify(
    sitting_events.MeetingSuspended,
    group=Group.INVITED,
    others=N_("The meeting “%(title)s” goes on another day."),
    enclosed=notice.told,
    who=on_roll,
    words=N_("The meeting “%(title)s” goes on another day. Look when and where."),
    because=INVITED,
)
notify(
    sitting_events.MeetingContinued,
    group=Group.INVITED,
    others=N_("The meeting “%(title)s” goes on now."),
    who=on_roll_elsewhere,
    words=N_("The meeting “%(title)s” goes on now."),
    because=INVITED,
)
notify(
    sitting_events.MeetingUnopened,
    group=Group.INVITED,
    who=on_roll_elsewhere,
    words=N_("The meeting “%(title)s” has not begun yet: it was opened by mistake."),
    because=INVITED,
)
notify(
    sitting_events.SittingDropped,
    group=Group.INVITED,
    others=N_("The further sitting of the meeting “%(title)s” does not take place."),
    who=on_roll,
    words=N_("The further sitting of the meeting “%(title)s” does not take place."),
    because=INVITED,
)
notify(
    events.RollChanged,
    group=Group.INVITED,
    who=struck,
    about="meeting",
    words=N_("You were taken off the roll of the meeting “%(title)s”."),
    because=N_("It was your name."),
)

THERE = "whoever is there sees it on the screen"
silent(events.MeetingDrafted, because="it is told when it is convened")
silent(events.MeetingBroken, because=THERE)
silent(events.MeetingResumed, because=THERE)
silent(events.MeetingAdjourned, because="the minutes tell what came of it")
silent(events.MeetingArchived, because="nothing changes for anybody")
silent(events.VenueSet, because="the operator is told of the role, the others of the meeting")
silent(events.VenueDropped, because="whoever wanted to come there is asked anew")
silent(events.LinkChanged, because=THERE)
silent(events.AgendaSet, because="it stands on the meeting's page")
silent(events.ItemOpened, because=THERE)
silent(events.ItemClosed, because=THERE)
silent(events.CheckedIn, because="the person has just come")
silent(events.Moved, because="the person has just moved")
silent(events.CheckedOut, because="the person has just gone")
silent(events.CheckInUndone, because="the person stands at the desk, or never came")
silent(events.AttendanceCounted, because=THERE)
silent(events.QuorumDeclared, because=THERE)
silent(events.PollHeld, because="those who may vote are told when the vote opens")
silent(events.NoticeShown, because=THERE)
silent(events.NoticeTaken, because=THERE)
silent(events.PersonTouched, because="it only makes the person's own page look again")

news(events.MeetingConvened, Feed.MEETINGS, N_("A meeting is announced: “%(title)s”."))
news(
    events.MeetingCalledOff,
    Feed.MEETINGS,
    N_("A meeting on “%(title)s” does not take place as announced."),
    about="consultation",
)
news(
    sitting_events.MeetingSuspended,
    Feed.MEETINGS,
    N_("The meeting “%(title)s” goes on another day."),
)
news(events.MeetingAdjourned, Feed.MEETINGS, N_("The meeting “%(title)s” is over."))

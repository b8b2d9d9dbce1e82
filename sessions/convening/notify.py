"""Who is told what of the preparation: those whose seat or proxy it is."""

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify, silent
from sessions.convening import events
from sessions.meetings.notify import INVITED


def _the_person(_db: Db, stored: Stored) -> list[int]:
    return [stored.payload["member"]]


def _holder(_db: Db, stored: Stored) -> list[int]:
    return [stored.payload["holder"]]


def _both(_db: Db, stored: Stored) -> list[int]:
    return [stored.payload["principal"], stored.payload["holder"]]


notify(
    events.SeatGiven,
    group=Group.INVITED,
    who=_the_person,
    about="meeting",
    words=N_("A seat has become free for you at the meeting “%(title)s”."),
    because=N_("You were on its waiting list."),
)
notify(
    events.VenueLost,
    group=Group.INVITED,
    who=_the_person,
    about="meeting",
    words=N_("The venue that you chose for the meeting “%(title)s” is not used. Answer again."),
    because=N_("You had said that you come there."),
)
notify(
    events.ProxyGiven,
    group=Group.INVITED,
    who=_holder,
    about="meeting",
    words=N_("Somebody names you to stand in for them at the meeting “%(title)s”."),
    because=INVITED,
)
notify(
    events.ProxyRevoked,
    group=Group.INVITED,
    who=_both,
    about="meeting",
    words=N_("A proxy for the meeting “%(title)s” does not hold any more."),
    because=N_("You gave it, or it was given to you."),
)

PAGE = "it stands on the page that prepares the meeting"
silent(events.PreparationSet, because=PAGE)
silent(events.NoticeShortened, because="it stands on the notice, which everybody gets")
silent(events.QuestionAsked, because=PAGE)
silent(events.QuestionDropped, because=PAGE)
silent(events.Replied, because="the person has just answered; the desks see the numbers")
silent(events.RollDetailed, because="it stands on the roll")
silent(events.RollTakenIn, because="whoever took it in has just done so")
silent(events.RollTakenOut, because="whoever took it out has just done so")
silent(events.AnswersPurged, because="nobody needs them any more")

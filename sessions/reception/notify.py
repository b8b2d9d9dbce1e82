"""Who is told what of a reception: whoever said something, which way it goes."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify, silent
from sessions.reception import events
from sessions.reception.models import Visitor, Word

SAID_IT = N_("You said it at a reception.")
THERE = "the visitor stands at the counter, and the desks see it on their pages"


def speaker(db: Db, stored: Stored) -> list[int]:
    """Whoever said it, if they have an account."""
    query = (
        select(col(Visitor.member_id))
        .join(Word, col(Word.visitor_id) == col(Visitor.id))
        .where(col(Word.id) == stored.payload["word"], col(Visitor.member_id).is_not(None))
    )
    return [member for member in db.execute(query).scalars() if member is not None]


notify(
    events.WordRouted,
    group=Group.ANSWERS,
    who=speaker,
    words=N_("What you said at the reception goes its way: “%(title)s”."),
    because=SAID_IT,
)
silent(events.VisitorCame, because=THERE)
silent(events.VisitorMoved, because=THERE)
silent(events.VisitorChanged, because=THERE)
silent(events.VisitorForgotten, because="they asked for it and have no account")
silent(events.VenueCounted, because="whoever waits sees it on the wall and on their page")
silent(events.WordRecorded, because=THERE)
silent(events.WordCorrected, because=THERE)
silent(events.WordNoted, because="it goes with the way, and that is told")
silent(events.WordPromised, because="the task is told to those who do it and whom it concerns")
silent(events.WordStruck, because=THERE)
silent(events.ReadBack, because=THERE)
silent(events.ReceptionSummed, because="it stands on the meeting's page and in the minutes")

"""Who is told of a procedure: those who follow its item, and who began it, since they go on."""

from sqlalchemy import select
from sqlmodel import col

from forum.agenda.models import Item
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.news import Feed, news
from forum.base.registry import Group, notify, silent
from voting.procedures import events
from voting.procedures.models import Course

BEGAN = N_("You put this procedure to the item.")
CONCERNED = N_("You brought the item in, or put this procedure to it.")


def beginner(db: Db, stored: Stored) -> list[int]:
    """Whoever began it, unless they did this themselves."""
    query = select(col(Course.begun_by)).where(col(Course.id) == stored.payload["procedure"])
    return [who for who in db.execute(query).scalars() if who != stored.actor_id]


def concerned(db: Db, stored: Stored) -> list[int]:
    """The same, and whoever brought the item in."""
    query = select(col(Item.proposed_by)).where(col(Item.id) == stored.payload["item"])
    brought = [who for who in db.execute(query).scalars() if who not in (None, stored.actor_id)]
    return sorted({*beginner(db, stored), *brought})


notify(
    events.ProcedureBegun,
    group=Group.ANSWERS,
    who=concerned,
    words=N_("It is decided in stages from here on: %(title)s"),
    others=N_("It is decided in stages from here on: %(title)s"),
    because=CONCERNED,
)
notify(
    events.ProcedureRenewed,
    group=Group.ANSWERS,
    who=concerned,
    words=N_("Begun anew; the reason stands with it: %(title)s"),
    others=N_("Begun anew; the reason stands with it: %(title)s"),
    because=CONCERNED,
)
notify(
    events.ProcedureStopped,
    group=Group.ANSWERS,
    who=concerned,
    words=N_("Stopped; the reason stands with it: %(title)s"),
    others=N_("Stopped; the reason stands with it: %(title)s"),
    because=CONCERNED,
)
notify(
    events.ProcedureFailed,
    group=Group.ANSWERS,
    who=concerned,
    words=N_("It was not carried and ends here: %(title)s"),
    others=N_("It was not carried and ends here: %(title)s"),
    because=CONCERNED,
)
notify(
    events.ProcedureFinished,
    group=Group.ANSWERS,
    who=concerned,
    words=N_("All stages have passed: %(title)s"),
    others=N_("All stages have passed: %(title)s"),
    because=CONCERNED,
)
notify(
    events.StagePassed,
    group=Group.WORK,
    who=beginner,
    words=N_("This stage has passed, the next one can begin: %(title)s"),
    others=N_("This stage has passed: %(title)s"),
    because=BEGAN,
)
notify(
    events.NoticePosted,
    group=Group.ANSWERS,
    who=concerned,
    words=N_("A notice is up; you can read it and object: %(title)s"),
    others=N_("A notice is up; you can read it and object: %(title)s"),
    because=CONCERNED,
)
silent(events.VoteTied, because="Those who may vote are told when they can.")
silent(events.StageRecorded, because="That the stage has passed, or ended it, is told.")
silent(events.WordAdded, because="It stands on the stage's page.")

news(events.NoticePosted, Feed.DECISIONS, N_("A notice is up: %(title)s"))

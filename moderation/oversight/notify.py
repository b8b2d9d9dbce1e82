"""Who is told: moderators that something waits, people what was done and what came of appeals."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify, silent
from forum.members import queries as members
from forum.members.models import Role
from moderation.oversight import events
from moderation.oversight.models import Act, Appeal, Flag, FlagPlace, Measure
from moderation.oversight.queries import measures

# In a rush of flags moderators are called once, not at each.
RUSH = timedelta(hours=1)
# These are told by the restriction itself; that nothing was wrong is nobody's news.
UNTOLD = (Act.RELEASE, Act.MUTE, Act.BAN)


def _moderators(db: Db, stored: Stored) -> Iterable[int]:
    flag = stored.payload["flag"]
    query = select(col(FlagPlace.place)).where(col(FlagPlace.flag_id) == flag)
    places = list(db.execute(query).scalars())
    lately = (
        select(func.count())
        .select_from(Flag)
        .join(FlagPlace, col(FlagPlace.flag_id) == col(Flag.id))
        .where(
            col(FlagPlace.place) == stored.stream,
            col(Flag.id) < flag,
            col(Flag.settled_at).is_(None),
            col(Flag.at) > stored.at - RUSH,
        )
    )
    if db.execute(lately).scalar_one():
        return ()
    author = db.execute(select(col(Flag.author_id)).where(col(Flag.id) == flag)).scalar_one()
    return [who.id for who in members.holders(db, Role.MODERATOR, places) if who.id != author]


def _concerned(db: Db, stored: Stored) -> Iterable[int]:
    if stored.payload["act"] in UNTOLD:
        return ()
    query = select(col(Measure.member_id)).where(col(Measure.id) == stored.payload["measure"])
    member = db.execute(query).scalar_one()
    return () if member is None else (member,)


def _judges(db: Db, stored: Stored) -> Iterable[int]:
    place = stored.payload["place"]
    query = select(col(Measure.taken_by)).where(col(Measure.id) == stored.payload["measure"])
    acted = db.execute(query).scalar_one()
    return measures.leaders(db, [place]).get(place, set()) - {acted} if place else ()


def _both(db: Db, stored: Stored) -> Iterable[int]:
    query = (
        select(col(Appeal.member_id), col(Measure.taken_by))
        .join(Measure, col(Measure.id) == col(Appeal.measure_id))
        .where(col(Measure.id) == stored.payload["measure"])
    )
    return [member for member in db.execute(query).one() if member is not None]


notify(
    events.FlagRaised,
    group=Group.WORK,
    who=_moderators,
    words=N_("Something waits in the moderation queue: %(title)s"),
    because=N_("You moderate this place."),
)
notify(
    events.MeasureTaken,
    group=Group.DUTY,
    who=_concerned,
    words=N_(
        "A moderator has decided about something of yours: %(title)s. "
        "Rule, reason and the way to appeal stand there."
    ),
    because=N_("It is about you."),
)
notify(
    events.AppealFiled,
    group=Group.WORK,
    who=_judges,
    words=N_("Somebody appeals against a measure, and you are to look at it: %(title)s"),
    because=N_("You moderate this place, and did not take the measure."),
)
notify(
    events.AppealDecided,
    group=Group.DUTY,
    who=_both,
    words=N_("An appeal has been decided: %(title)s"),
    because=N_("You appealed, or took the measure."),
)
silent(events.SettingsChanged, because="it changes what waits from now on, and stands in the log")

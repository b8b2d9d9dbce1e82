"""Who is told about reports: moderators that there is one, reporters what became of it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify
from forum.members import queries as members
from forum.members.models import Role
from moderation.reports import events
from moderation.reports.models import Report, ReportPlace


def _moderators(db: Db, stored: Stored) -> Iterable[int]:
    report_id = stored.payload["report"]
    query = select(col(ReportPlace.place)).where(col(ReportPlace.report_id) == report_id)
    places = list(db.execute(query).scalars())
    author = db.execute(select(col(Report.author_id)).where(col(Report.id) == report_id))
    concerned = author.scalar_one()
    return [who.id for who in members.holders(db, Role.MODERATOR, places) if who.id != concerned]


def _reporter(db: Db, stored: Stored) -> Iterable[int]:
    query = select(col(Report.reporter_id)).where(col(Report.id) == stored.payload["report"])
    return db.execute(query).scalars()


notify(
    events.ReportFiled,
    group=Group.WORK,
    who=_moderators,
    words=N_("Something was reported: %(title)s."),
    because=N_("You moderate this place."),
)
notify(
    events.ReportResolved,
    group=Group.ANSWERS,
    who=_reporter,
    words=N_("Your report “%(title)s” was decided."),
    because=N_("You reported it."),
)

"""The home page of whoever reads it: their duties, what is open, what comes, what came of it."""

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from forum.base import clock, i18n
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _
from forum.consultations import queries as consultations
from forum.consultations.models import Stage
from forum.consultations.queries import ConsultationRow
from forum.consultations.rules import Deed
from forum.followups import tracker
from forum.followups.tracker import Duties, Filter, Listed, Shown
from forum.front import queries, rules
from forum.front.queries import Came, MeetingLine, MinutesLine, PollLine
from forum.front.rules import Action, Urgency
from forum.members import queries as members
from forum.members.models import Role
from moderation.reports import queries as reports
from moderation.reports.queries import ReportRow

OPEN = {Stage.PROPOSING, Stage.DELIBERATING, Stage.DECIDING}
OPEN_SHOWN = 5


class Home(NamedTuple):
    """Everything that a home page shows; empty parts are left out."""

    main: Action
    roles: frozenset[Role]
    meetings: list[MeetingLine]
    polls: list[PollLine]
    near: list[ConsultationRow]
    elsewhere: list[ConsultationRow]
    came: list[Came]
    done: list[Listed]
    duties: Duties | None
    minutes: list[MinutesLine]
    reports: list[ReportRow]
    waiting_reports: int

    @property
    def today(self) -> list[MeetingLine]:
        """The meetings of today that the reader runs or helps at."""
        return [line for line in self.meetings if _today(line) and (line.leads or line.desk)]


def _today(line: MeetingLine) -> bool:
    here = ZoneInfo(line.zone)
    starts = line.starts_at.astimezone(here).date()
    return line.sitting or starts == clock.now().astimezone(here).date()


def home(db: Db, actor: Actor | None) -> Home:
    """Gather the page; a guest's holds nothing that is anybody's own."""
    grants = members.grants(db, [actor.id]) if actor else []
    roles = frozenset(grant.role for grant in grants)
    found, _total = consultations.consultations(db, actor, limit=20)
    open_ones = [row for row in found if row.stage in OPEN]
    lives = {grant.place for grant in grants}
    near = [row for row in open_ones if f"station:{row.station_id}" in lives]
    queue, waiting = reports.queue(db, actor) if reports.led(db, actor) else ([], 0)
    gathered = Home(
        main=Action(Urgency.LOOK, "", "/"),
        roles=roles,
        meetings=queries.meetings(db, actor),
        polls=queries.polls(db, actor),
        near=near[:OPEN_SHOWN],
        elsewhere=[row for row in open_ones if row not in near][: OPEN_SHOWN if not near else 3],
        came=queries.came(db, actor),
        done=tracker.tracker(db, actor, Filter(Shown.CLOSED)).rows[:3],
        duties=_duties(db, actor, roles),
        minutes=queries.minutes(db, actor) if actor and Role.SECRETARY in roles else [],
        reports=queue[:3],
        waiting_reports=waiting,
    )
    return gathered._replace(main=rules.first(_actions(db, gathered, actor)))


def _duties(db: Db, actor: Actor | None, roles: frozenset[Role]) -> Duties | None:
    if actor is None or roles.isdisjoint((Role.REPRESENTATIVE, Role.HANDLER)):
        return None
    return tracker.duties(db, actor, actor.id, limit=10)


def _actions(db: Db, gathered: Home, actor: Actor | None) -> Iterator[Action]:
    """Everything that could be the one thing to do now."""
    yield from _of_meetings(gathered)
    for poll in gathered.polls:
        if poll.waits:
            ends = i18n.datetime_(poll.closes_at) if poll.closes_at else ""
            yield Action(Urgency.VOTE, _("Vote now"), f"/polls/{poll.id}", poll.question, ends)
    yield from _of_staff(gathered)
    for row in (*gathered.near, *gathered.elsewhere)[:1]:
        if consultations.access(db, actor, row.id).may(Deed.ARGUE):
            url = f"/consultations/{row.id}"
            yield Action(Urgency.SPEAK, _("Have your say"), url, row.title)
    yield Action(Urgency.LOOK, _("See what is open"), "/consultations")


def _of_meetings(gathered: Home) -> Iterator[Action]:
    for line in gathered.meetings:
        if not line.sitting:
            continue
        if line.leads:
            url = f"/meetings/{line.id}/console"
            yield Action(Urgency.RUN, _("Run the meeting"), url, line.title)
        elif line.desk:
            url = f"/meetings/{line.id}/desk/{line.desk}"
            yield Action(Urgency.RUN, _("To the desk"), url, line.title)
        yield Action(Urgency.JOIN, _("Join the meeting"), f"/meetings/{line.id}", line.title)


def _of_staff(gathered: Home) -> Iterator[Action]:
    if gathered.duties:
        for listed in (*gathered.duties.supervised, *gathered.duties.handled):
            task = listed.task
            urgency = Urgency.LATE if task.overdue else Urgency.DUE
            words = _("See to it") if task.overdue else _("Next duty")
            yield Action(urgency, words, f"/tasks/{task.id}", task.title, i18n.date(task.due))
    if gathered.waiting_reports:
        about = _("%(count)s reports wait") % {"count": gathered.waiting_reports}
        yield Action(Urgency.DECIDE, _("Look at the reports"), "/reports", about)
    for line in gathered.minutes[:1]:
        yield Action(Urgency.WRITE, _("Work on the minutes"), f"/minutes/{line.id}", line.meeting)

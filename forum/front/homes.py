"""The home page of whoever reads it: one thing to do, their work, what is open, what came of it."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.consultations import queries as consultations
from forum.consultations.models import Stage
from forum.consultations.queries import ConsultationRow
from forum.consultations.rules import moderates
from forum.followups import tracker
from forum.followups.tracker import Duties, Filter, Listed, Shown
from forum.front import actions, papers, queries, queue, rules, said
from forum.front.papers import MinutesLine, OutcomeLine
from forum.front.queries import Came, MeetingLine, PollLine
from forum.front.queue import Queue
from forum.front.rules import Action, Urgency
from forum.front.said import Said
from forum.members import queries as members
from forum.members.models import Role
from forum.members.queries import GrantRow
from sessions.duty import queries as duty
from sessions.duty.queries import Owed

OPEN = {Stage.PROPOSING, Stage.DELIBERATING, Stage.DECIDING}
OPEN_SHOWN = 5


class Home(NamedTuple):
    """Everything that a home page shows; empty parts are left out."""

    main: Action
    parts: list[str]
    roles: frozenset[Role]
    meetings: list[MeetingLine]
    polls: list[PollLine]
    near: list[ConsultationRow]
    elsewhere: list[ConsultationRow]
    said: list[Said]
    came: list[Came]
    done: list[Listed]
    duties: Duties | None
    minutes: list[MinutesLine]
    outcomes: list[OutcomeLine]
    queue: Queue | None
    desks: list[str]
    answers: list[Owed]

    @property
    def today(self) -> list[MeetingLine]:
        """The meetings of today that the reader runs or helps at."""
        return [line for line in self.meetings if is_today(line) and (line.leads or line.desk)]

    @property
    def next_meetings(self) -> list[MeetingLine]:
        """The meetings that come, without those of one's own work today."""
        return [line for line in self.meetings if line not in self.today]


def is_today(line: MeetingLine) -> bool:
    """Whether it goes on, or is on this day where it is held."""
    here = ZoneInfo(line.zone)
    starts = line.starts_at.astimezone(here).date()
    return line.sitting or starts == clock.now().astimezone(here).date()


def home(db: Db, actor: Actor | None) -> Home:
    """Gather the page; a guest's holds nothing that is anybody's own."""
    grants = members.grants(db, [actor.id]) if actor else []
    gathered = _own_work(
        db, actor, frozenset(grant.role for grant in grants), _open(db, actor, grants)
    )
    main = rules.first(actions.of(db, gathered, actor))
    left = _without(gathered._replace(main=main), main.thing)
    return left._replace(parts=_parts(left))


def _open(
    db: Db, actor: Actor | None, grants: list[GrantRow]
) -> tuple[list[ConsultationRow], list[ConsultationRow]]:
    """What is open in the places where somebody is somebody, and elsewhere."""
    found, _total = consultations.consultations(db, actor, limit=20)
    open_ones = [row for row in found if row.stage in OPEN]
    lives = {grant.place for grant in grants}
    near = [row for row in open_ones if f"station:{row.station_id}" in lives]
    elsewhere = [row for row in open_ones if row not in near]
    return near[:OPEN_SHOWN], elsewhere[: 3 if near else OPEN_SHOWN]


def _own_work(
    db: Db,
    actor: Actor | None,
    roles: frozenset[Role],
    opened: tuple[list[ConsultationRow], list[ConsultationRow]],
) -> Home:
    works = actor is not None and roles - {Role.RESIDENT}
    handles = not roles.isdisjoint((Role.REPRESENTATIVE, Role.HANDLER))
    return Home(
        main=Action(Urgency.LOOK, "", "/"),
        parts=[],
        roles=roles,
        meetings=queries.meetings(db, actor),
        polls=queries.polls(db, actor),
        near=opened[0],
        elsewhere=opened[1],
        said=said.said(db, actor) if actor else [],
        came=queries.came(db, actor),
        done=tracker.tracker(db, actor, Filter(Shown.CLOSED)).rows[:3],
        duties=tracker.duties(db, actor, actor.id, limit=10) if actor and handles else None,
        minutes=papers.in_hand(db, actor) if actor and Role.SECRETARY in roles else [],
        outcomes=papers.outcomes_due(db, actor) if actor and works else [],
        queue=queue.queue(db, actor) if actor and moderates(roles) else None,
        desks=[
            place
            for place in members.places_of(db, actor, [Role.OPERATOR])
            if place.startswith("station:")
        ],
        answers=duty.owed(db, actor.id) if actor and Role.REPRESENTATIVE in roles else [],
    )


def _parts(gathered: Home) -> list[str]:
    """The sections of somebody's own work, the most urgent first; where nothing waits, last."""
    parts: dict[str, Urgency] = {}
    if gathered.today:
        parts["today"] = Urgency.RUN
    if gathered.queue:
        parts["queue"] = Urgency.DECIDE if gathered.queue.waits else Urgency.LOOK
    if gathered.duties:
        open_ones = Urgency.DUE if gathered.duties.open else Urgency.LOOK
        parts["duties"] = Urgency.LATE if gathered.duties.overdue else open_ones
    if gathered.answers:
        late = any(owed.late for owed in gathered.answers)
        parts["answers"] = Urgency.LATE if late else Urgency.DUE
    if gathered.outcomes or Role.SECRETARY in gathered.roles:
        waits = gathered.minutes or gathered.outcomes
        parts["papers"] = Urgency.WRITE if waits else Urgency.LOOK
    if gathered.desks:
        parts["desk"] = Urgency.DESK
    return rules.order(parts)


def _without(gathered: Home, thing: str) -> Home:
    """What the one big button is about does not stand a second time below."""
    duties = gathered.duties
    if duties:
        duties = duties._replace(
            supervised=[row for row in duties.supervised if f"task:{row.task.id}" != thing],
            handled=[row for row in duties.handled if f"task:{row.task.id}" != thing],
        )
    return gathered._replace(
        meetings=[line for line in gathered.meetings if f"meeting:{line.id}" != thing],
        polls=[line for line in gathered.polls if f"poll:{line.id}" != thing],
        minutes=[line for line in gathered.minutes if f"minutes:{line.id}" != thing],
        near=[row for row in gathered.near if f"consultation:{row.id}" != thing],
        elsewhere=[row for row in gathered.elsewhere if f"consultation:{row.id}" != thing],
        duties=duties,
        answers=[row for row in gathered.answers if f"duty_report:{row.report_id}" != thing],
    )

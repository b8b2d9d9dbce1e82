"""A duty report and what one reader is to it; who asks, who rates, who leads."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.members import queries as members
from forum.members.models import Role
from sessions.duty import rules, words
from sessions.duty.models import DutyQuestion, DutyReport, ReportState
from sessions.duty.rules import Result
from sessions.meetings import presence
from sessions.meetings import queries as meetings
from sessions.meetings.models import Attendance
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.rights import around


class ReportRow(NamedTuple):
    """A report as pages read it."""

    id: int
    meeting_id: int
    number: int
    item_id: int | None
    reporter_id: int
    first: date
    last: date
    state: ReportState
    answer_days: int
    rating_days: int
    revision_id: int | None
    begun_at: datetime | None
    over_at: datetime | None
    rating_until: datetime | None
    rated_at: datetime | None
    raters: int | None
    satisfied: int | None
    mostly: int | None
    dissatisfied: int | None

    @property
    def url(self) -> str:
        """Its page."""
        return f"/duty/{self.id}"

    @property
    def ref(self) -> str:
        """The report as a thing."""
        return ref("duty_report", self.id)

    @property
    def state_name(self) -> str:
        """Where it stands, in words."""
        return words.report(self.state, held=self.begun_at is not None)

    @property
    def tone(self) -> str:
        """The colour of that."""
        return words.REPORT_TONES.get(self.state, "neutral")

    @property
    def period(self) -> str:
        """The time on which it reports."""
        return words.period(self.first, self.last)

    @property
    def result(self) -> Result | None:
        """What was published of the rating; None before it is closed."""
        if self.raters is None:
            return None
        return Result(self.raters, self.satisfied, self.mostly, self.dissatisfied)


COLUMNS = tuple(col(getattr(DutyReport, name)) for name in ReportRow._fields)


def made(found: Sequence[Any]) -> ReportRow:
    """A row of the columns above."""
    row = ReportRow._make(found)
    return row._replace(state=ReportState(row.state))


class ReportAccess(NamedTuple):
    """A report, its meeting, and who the reader is to both."""

    access: MeetingAccess
    report: ReportRow
    name: str

    @property
    def title(self) -> str:
        """What the report is called."""
        return words.title(self.name)

    @property
    def leads(self) -> bool:
        """Whether the reader moderates and runs it."""
        return leads(self.access, self.report.reporter_id)

    @property
    def keeps(self) -> bool:
        """Whether the reader writes it down, and its answers."""
        return keeps(self.access, self.report.reporter_id)


def meeting_of(db: Db, report: int) -> int:
    """The meeting of a report; NotFound where there is none."""
    query = select(col(DutyReport.meeting_id)).where(col(DutyReport.id) == report)
    found = db.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound(_("There is no such duty report."))
    return int(found)


def report_of(db: Db, question: int) -> int:
    """The report of a question; NotFound where there is none."""
    query = select(col(DutyQuestion.report_id)).where(col(DutyQuestion.id) == question)
    found = db.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound(_("There is no such question."))
    return int(found)


def report_access(db: Db, actor: Actor | None, report: int) -> ReportAccess:
    """A report; NotFound where its meeting is invisible. A dropped one is there for staff."""
    none = NotFound(_("There is no such duty report."))
    found = db.execute(select(*COLUMNS).where(col(DutyReport.id) == report)).one_or_none()
    if found is None:
        raise none
    row = made(found)
    try:
        access = meetings.meeting_access(db, actor, row.meeting_id)
    except NotFound:
        raise none from None
    name = members.names(db, [row.reporter_id]).get(row.reporter_id, "")
    seen = ReportAccess(access, row, name)
    if row.state is ReportState.DROPPED and not seen.keeps:
        raise none
    return seen


def leads(access: MeetingAccess, reporter: int) -> bool:
    """Whether the reader moderates and runs a report of this person."""
    able = rules.leads(access.roles, access.actor.id if access.actor else None, reporter)
    return able and not access.access.standing.banned


def is_reporter(access: MeetingAccess, reporter: int) -> bool:
    """Whether the reader is this representative."""
    own = access.actor is not None and access.actor.id == reporter
    return own and rules.may_report(access.roles) and not access.access.standing.banned


def keeps(access: MeetingAccess, reporter: int) -> bool:
    """Whether the reader writes down what this person reports and answers; also after office."""
    own = access.actor is not None and access.actor.id == reporter
    return leads(access, reporter) or (own and not access.access.standing.banned)


def candidates(db: Db, meeting: int) -> dict[int, str]:
    """Who can report at a meeting: the representatives of the places around it."""
    held = members.holders(db, Role.REPRESENTATIVE, around(db, meeting))
    return {row.id: row.name for row in held}


def takes_part(db: Db, access: MeetingAccess, voter: Actor) -> bool:
    """Whether somebody asks and supports: who may take part here, or is present."""
    if access.actor is not None and voter.id == access.actor.id:
        eligible = access.access.eligible
    else:
        try:
            theirs = consultations.access(db, voter, access.meeting.consultation_id)
            eligible = theirs.eligible
        except NotFound:
            eligible = False
    return eligible or voter.id in presence.here(db, access.meeting.id, [voter.id])


def may_rate(db: Db, meeting: int, voter: int, reporter: int) -> bool:
    """Who was there at some time or stands on the roll; nobody rates themselves."""
    if voter == reporter:
        return False
    if presence.entitled(db, meeting, [voter]).get(voter, False):
        return True
    there = select(col(Attendance.id)).where(
        col(Attendance.meeting_id) == meeting, col(Attendance.member_id) == voter
    )
    return db.execute(there.limit(1)).scalar_one_or_none() is not None


def leaders(db: Db, meeting: int, without: Collection[int]) -> list[int]:
    """Who moderates the questions of a meeting's report, but for these people."""
    places = around(db, meeting)
    found = {
        row.id
        for role in (Role.MODERATOR, Role.SECRETARY)
        for row in members.holders(db, role, places)
    }
    return sorted(found - set(without))

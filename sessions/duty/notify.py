"""Who is told what around a duty report: who asked, who waits for the answer, who owes one."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.news import Feed, news
from forum.base.refs import parse
from forum.base.registry import Group, notify, silent
from sessions.duty import events, queries, rules
from sessions.duty.models import DutyQuestion, DutyReport, DutySupport
from sessions.meetings.models import Attendance, RollEntry

ASKED_IT = N_("You asked it.")
BACKED_IT = N_("You asked or supported it.")
REPORTS = N_("It is your duty report.")
THERE = "whoever is there sees it on the screen"


def _reporter(db: Db, stored: Stored) -> int:
    report = stored.payload["report"]
    query = select(col(DutyReport.reporter_id)).where(col(DutyReport.id) == report)
    return int(db.execute(query).scalar_one())


def reporter(db: Db, stored: Stored) -> list[int]:
    """Whoever reports, but for what they did themselves."""
    return [who for who in (_reporter(db, stored),) if who != stored.actor_id]


def asker(db: Db, stored: Stored) -> list[int]:
    """Whoever asked."""
    query = select(col(DutyQuestion.member_id)).where(
        col(DutyQuestion.id) == stored.payload["question"]
    )
    return [who for who in db.execute(query).scalars() if who != stored.actor_id]


def waiting(db: Db, stored: Stored) -> list[int]:
    """Whoever asked, and all who wanted to hear it, too."""
    query = select(col(DutySupport.member_id)).where(
        col(DutySupport.question_id) == stored.payload["question"]
    )
    return [*asker(db, stored), *(w for w in db.execute(query).scalars() if w != stored.actor_id)]


def leaders(db: Db, stored: Stored) -> list[int]:
    """Who lets questions through, but for who asked and who is asked."""
    own = {_reporter(db, stored), *asker(db, stored), stored.actor_id or 0}
    return queries.leaders(db, parse(stored.stream)[1], own)


def owing(db: Db, stored: Stored) -> list[int]:
    """Whoever reports, where something is left to be answered."""
    return [_reporter(db, stored)] if stored.payload["open"] else []


def left(db: Db, stored: Stored) -> list[int]:
    """The same, and those whose questions are left."""
    asked = select(col(DutyQuestion.member_id)).where(
        col(DutyQuestion.report_id) == stored.payload["report"],
        col(DutyQuestion.state).in_(rules.UNANSWERED),
    )
    askers = db.execute(asked.distinct().order_by(col(DutyQuestion.member_id))).scalars()
    return [*owing(db, stored), *(who for who in askers if who != stored.actor_id)]


def raters(db: Db, stored: Stored) -> list[int]:
    """Who was there or is on the roll, but for whoever reports."""
    meeting = parse(stored.stream)[1]
    there = select(col(Attendance.member_id)).where(col(Attendance.meeting_id) == meeting)
    on_roll = select(col(RollEntry.member_id)).where(
        col(RollEntry.meeting_id) == meeting, col(RollEntry.entitled)
    )
    found = set(db.execute(there.union(on_roll)).scalars())
    return sorted(found - {_reporter(db, stored)})


notify(
    events.ReporterCalled,
    group=Group.WORK,
    who=reporter,
    words=N_("You are to report on your duty: %(title)s"),
    because=REPORTS,
)
notify(
    events.QuestionAsked,
    group=Group.WORK,
    who=leaders,
    words=N_("A question to a representative waits to be let through: “%(title)s”"),
    because=N_("You chair the meeting or keep its record."),
)
notify(
    events.QuestionAdmitted,
    group=Group.ANSWERS,
    who=asker,
    words=N_("Your question was let through: “%(title)s”"),
    because=ASKED_IT,
)
notify(
    events.QuestionDeclined,
    group=Group.ANSWERS,
    who=asker,
    words=N_("Your question was not let through; the reason stands with it: “%(title)s”"),
    because=ASKED_IT,
)
notify(
    events.QuestionAnswered,
    group=Group.ANSWERS,
    who=waiting,
    words=N_("Answered at the meeting: “%(title)s”"),
    because=BACKED_IT,
)
notify(
    events.AnswerWritten,
    group=Group.ANSWERS,
    who=waiting,
    words=N_("Answered in writing: “%(title)s”"),
    because=BACKED_IT,
)
notify(
    events.ReportEnded,
    group=Group.WORK,
    who=left,
    words=N_("Questions are still to be answered, in writing: %(title)s"),
    because=N_("You report, or asked one of them."),
)
notify(
    events.AnswersOverdue,
    group=Group.DUTY,
    who=owing,
    words=N_("The date for your answers has passed: %(title)s"),
    because=REPORTS,
)
notify(
    events.RatingOpened,
    group=Group.INVITED,
    who=raters,
    words=N_("Please rate, your name is not shown: %(title)s"),
    because=N_("You were there or are on the roll of the meeting."),
)
notify(
    events.RatingClosed,
    group=Group.ANSWERS,
    who=reporter,
    words=N_("The rating is published: %(title)s"),
    because=REPORTS,
)
news(events.RatingClosed, Feed.MEETINGS, N_("The rating is published: %(title)s"))

silent(events.ReportAnnounced, because="those invited read it in the meeting's call")
silent(events.ReportChanged, because="it stands on the report's page")
silent(events.ReportDropped, because="nobody had asked anything")
silent(events.ReportWritten, because="it stands on the report's page")
silent(events.ReportBegun, because=THERE)
silent(events.ReportResumed, because="those who were there are told that the meeting goes on")
silent(events.QuestionWithdrawn, because="it was their own deed, and nobody had read it")
silent(events.SupportsCounted, because=THERE)
silent(events.QuestionPut, because=THERE)
silent(events.QuestionSetBack, because=THERE)

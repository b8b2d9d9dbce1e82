"""A report is announced, written, held and over; nothing of it ends without somebody being told."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import seal
from forum.base.i18n import _
from forum.base.links import Relation, link, unlink
from forum.base.markup import render
from forum.base.refs import ref
from forum.base.ticker import schedule
from sessions.duty import events, queries, rules
from sessions.duty.models import (
    DutyQuestion,
    DutyReport,
    DutyRevision,
    QuestionState,
    ReportState,
)
from sessions.duty.service.common import (
    ANSWERS,
    RATED,
    held,
    led,
    require_unfinished,
    tell,
    unanswered,
)
from sessions.meetings import program
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import hold, require_state


class Draft(NamedTuple):
    """What is said of a report beforehand."""

    first: date
    last: date
    item: int | None = None
    answer_days: int = rules.ANSWER_DAYS
    rating_days: int = rules.RATING_DAYS


def announce(tx: Db, actor: Actor, meeting: int, reporter: int, draft: Draft) -> int:
    """Put a representative's report on the meeting; representatives announce their own."""
    access, _row = hold(tx, actor, meeting)
    over = _("The meeting is over; its record stays as it is.")
    if not (queries.leads(access, reporter) or queries.is_reporter(access, reporter)):
        raise Forbidden(_("Only the chair, the secretary and whoever reports may do this."))
    require_state(access, rules.UNFINISHED, over)
    _check(tx, access, draft)
    if reporter not in queries.candidates(tx, meeting):
        sentence = _("Choose a representative of this place.")
        raise Invalid(sentence, fields={"reporter": sentence})
    known = select(func.count()).where(col(DutyReport.meeting_id) == meeting)
    number = tx.execute(known).scalar_one() + 1
    if number > rules.MOST_REPORTS:
        raise Conflict(_("This meeting has as many duty reports as it can bear."))
    row = DutyReport(
        meeting_id=meeting,
        number=number,
        item_id=draft.item,
        reporter_id=reporter,
        first=draft.first,
        last=draft.last,
        answer_days=draft.answer_days,
        rating_days=draft.rating_days,
        created_by=actor.id,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    here = ref("duty_report", row.id)
    link(tx, here, Relation.HELD_IN, access.stream)
    if draft.item is not None:
        link(tx, here, Relation.ON, ref("item", draft.item))
    tell(tx, actor, row, events.ReportAnnounced(row.id, reporter, *_said(row)))
    if access.meeting.state is not MeetingState.DRAFT:
        tell(tx, actor, row, events.ReporterCalled(row.id, reporter))
    return row.id


def _check(tx: Db, access: MeetingAccess, draft: Draft) -> None:
    faults = {}
    if not rules.ordered(draft.first, draft.last):
        faults["last"] = _("The end must come after the beginning.")
    days = {"answer_days": draft.answer_days, "rating_days": draft.rating_days}
    for name, count in days.items():
        if not 1 <= count <= rules.MOST_DAYS:
            faults[name] = _("Between 1 and %(most)s days.") % {"most": rules.MOST_DAYS}
    items = {slot.item_id for slot in program.slots(tx, access.meeting.id)}
    if draft.item is not None and draft.item not in items:
        faults["item"] = _("This is not on the order of the day.")
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults)


def _said(row: DutyReport) -> tuple[int | None, str, str, int, int]:
    first, last = row.first.isoformat(), row.last.isoformat()
    return row.item_id, first, last, row.answer_days, row.rating_days


def change(tx: Db, actor: Actor, report: int, draft: Draft) -> None:
    """Say otherwise on what is reported, under which item, and how long there is to answer."""
    access, row = _kept(tx, actor, report)
    require_unfinished(access, row)
    _check(tx, access, draft)
    before = _said(row)
    here = ref("duty_report", row.id)
    if row.item_id is not None:
        unlink(tx, here, Relation.ON, ref("item", row.item_id))
    row.first, row.last, row.item_id = draft.first, draft.last, draft.item
    row.answer_days, row.rating_days = draft.answer_days, draft.rating_days
    if row.item_id is not None:
        link(tx, here, Relation.ON, ref("item", row.item_id))
    tx.flush()
    if _said(row) != before:
        tell(tx, actor, row, events.ReportChanged(row.id, *_said(row)))


def _kept(tx: Db, actor: Actor, report: int) -> tuple[MeetingAccess, DutyReport]:
    access, row = held(tx, actor, report)
    if not queries.keeps(access, row.reporter_id):
        raise Forbidden(_("Only the chair, the secretary and whoever reports may do this."))
    return access, row


def write(tx: Db, actor: Actor, report: int, body: str) -> int:
    """Write the report down, or anew; earlier wordings are kept. Returns the revision's id."""
    access, row = _kept(tx, actor, report)
    # What was left out is added after the meeting, too, but not once the record is closed.
    still = rules.UNFINISHED | {MeetingState.ADJOURNED}
    require_state(access, still, _("The meeting is over; its record stays as it is."))
    if row.state == ReportState.DROPPED:
        raise Conflict(_("This duty report does not take place."))
    before = tx.get(DutyRevision, row.revision_id) if row.revision_id else None
    if before is not None and before.body == body:
        return before.id
    sealed = seal(body)
    made = DutyRevision(
        report_id=report,
        number=before.number + 1 if before else 1,
        body=body,
        html=render(body),
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(made)
    tx.flush()
    row.revision_id = made.id
    tell(tx, actor, row, events.ReportWritten(report, made.id, sealed.digest))
    return made.id


def drop(tx: Db, actor: Actor, report: int) -> None:
    """Take a report off that was announced by mistake; not once anybody has asked something."""
    access, row = _kept(tx, actor, report)
    require_unfinished(access, row)
    asked = select(func.count()).where(col(DutyQuestion.report_id) == report)
    if row.state != ReportState.PLANNED or tx.execute(asked).scalar_one():
        raise Conflict(_("There are questions already: they are to be answered."))
    row.state = ReportState.DROPPED
    tx.flush()
    tell(tx, actor, row, events.ReportDropped(report))


def begin(tx: Db, actor: Actor, report: int) -> None:
    """The representative has the floor to report."""
    access, row = led(tx, actor, report)
    sentence = _("The meeting is not in session.")
    require_state(access, frozenset({MeetingState.IN_SESSION}), sentence)
    if row.state != ReportState.PLANNED:
        raise Conflict(_("That is not possible any more: the duty report has moved on."))
    running = select(func.count()).where(
        col(DutyReport.meeting_id) == row.meeting_id, col(DutyReport.state) == ReportState.RUNNING
    )
    if tx.execute(running).scalar_one():
        raise Conflict(_("Another duty report is going on: end that one first."))
    started(tx, actor, row)


def started(tx: Db, actor: Actor | None, row: DutyReport) -> None:
    """The report goes on from now."""
    row.state, row.begun_at = ReportState.RUNNING, clock.now()
    tx.flush()
    tell(tx, actor, row, events.ReportBegun(row.id, row.reporter_id, row.item_id))


def end(tx: Db, actor: Actor, report: int) -> None:
    """The report is over: what is open is to be answered in writing, and voters may rate."""
    _access, row = led(tx, actor, report)
    if row.state != ReportState.RUNNING:
        raise Conflict(_("That is not possible any more: the duty report has moved on."))
    ended(tx, actor, row)


def ended(tx: Db, actor: Actor | None, row: DutyReport, *, with_meeting: bool = False) -> None:
    """Close it, give the open questions their date, open the rating of what was held."""
    now = clock.now()
    row.state, row.over_at, row.with_meeting = ReportState.OVER, now, with_meeting
    until = now + timedelta(days=row.rating_days) if row.begun_at else None
    row.rating_until = until
    due = now + timedelta(days=row.answer_days)
    mine = update(DutyQuestion).where(col(DutyQuestion.report_id) == row.id)
    # What was being answered was not answered, or the chair would have said so.
    back = mine.where(col(DutyQuestion.state) == QuestionState.ANSWERING)
    tx.execute(back.values(state=QuestionState.OPEN, put_at=None))
    tx.execute(mine.where(col(DutyQuestion.state) == QuestionState.OPEN).values(due=due))
    tx.flush()
    here = ref("duty_report", row.id)
    left = unanswered(tx, row.id)
    if left:
        schedule(tx, ANSWERS, due, here)
    tell(tx, actor, row, events.ReportEnded(row.id, row.item_id, left, due))
    if until is not None:
        schedule(tx, RATED, until, here)
        tell(tx, actor, row, events.RatingOpened(row.id, until))

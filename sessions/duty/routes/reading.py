"""Reading: the report with its questions, one question, what a wall shows."""

from typing import Any

from forum.base import clock
from forum.base.db import Db, reading
from forum.base.web import Request, Response, Routes
from forum.consultations.guests import keepable
from sessions.duty import queries, rules, words
from sessions.duty.models import QuestionState, Rating, ReportState
from sessions.duty.queries import ReportAccess
from sessions.floor.routes.pages import live
from sessions.floor.situation import version
from sessions.meetings import presence
from sessions.meetings.models import MeetingState

routes = Routes("sessions.duty.routes")


@routes.get("/duty/{report:int}")
def duty_report(request: Request, report: int) -> Response:
    """What is reported, what is asked, what was answered, how it was received."""
    with reading() as db:
        meeting = queries.meeting_of(db, report)
        kept = version(db, meeting)
        if hit := request.fresh(kept):
            return hit
        seen = queries.report_access(db, request.actor, report)
        row = seen.report
        wordings = queries.wordings(db, report)
        return request.page(
            db,
            subject=row.ref,
            version=kept,
            keep=keepable(seen.access.access) and not seen.leads,
            live=live(db, request, meeting, ""),
            **_shown(seen),
            board=queries.board(db, seen),
            text=wordings[0] if wordings else None,
            earlier=wordings[1:],
            ways=queries.ways(db, request.actor, [meeting])[meeting],
            remarks=queries.remarks(db, row),
            given=queries.own_rating(db, report, request.actor.id) if request.actor else None,
            may=_may(db, seen),
            _people=_people(db, seen),
            _most=rules.MOST_WORDS,
            _ratings=[(value.value, words.rating(value)) for value in Rating],
        )


def _shown(seen: ReportAccess) -> dict[str, Any]:
    """What of a report its pages have in common."""
    return {
        "report": seen.report,
        "title": seen.title,
        "name": seen.name,
        "meeting": seen.access.meeting,
        "result": seen.report.result,
        "zone": seen.access.meeting.zone,
        "_words": words,
    }


def _may(db: Db, seen: ReportAccess) -> dict[str, bool]:
    access, row, actor = seen.access, seen.report, seen.access.actor
    state = access.meeting.state
    voter = (
        actor is not None
        and actor.id != row.reporter_id
        and not access.access.standing.banned
        and queries.takes_part(db, access, actor)
    )
    open_now = rules.asks(state, row.state)
    rates = rules.rates(row.state, row.rating_until, clock.now())
    return {
        "ask": voter and open_now and not access.access.standing.muted,
        "enter": bool(access.desks) and open_now,
        "support": voter,
        "lead": seen.leads,
        "keep": seen.keeps,
        "write": seen.keeps and state is not MeetingState.ARCHIVED,
        "begin": seen.leads
        and row.state is ReportState.PLANNED
        and state is MeetingState.IN_SESSION,
        "end": seen.leads and row.state is ReportState.RUNNING,
        "put": seen.leads and row.state is ReportState.RUNNING,
        "rate": rates
        and actor is not None
        and queries.may_rate(db, access.meeting.id, actor.id, row.reporter_id),
        "sign_in": actor is None and (open_now or rates),
    }


def _people(db: Db, seen: ReportAccess) -> list[tuple[int, str]]:
    """Who is in the halls whose desks the reader keeps: for whom a question can be entered."""
    if not rules.asks(seen.access.meeting.state, seen.report.state):
        return []
    found = {
        one.member_id: one.name
        for venue in seen.access.desks
        for one in presence.desk(db, seen.access.meeting.id, venue=venue.id, limit=300)
        if one.member_id != seen.report.reporter_id
    }
    return sorted(found.items(), key=lambda pair: (pair[1], pair[0]))


@routes.get("/duty/questions/{question:int}")
def duty_question(request: Request, question: int) -> Response:
    """One question, its answers, and what can be done with it."""
    with reading() as db:
        report = queries.report_of(db, question)
        seen = queries.question_access(db, request.actor, question)
        line = queries.question(db, seen, question)
        return request.page(
            db,
            subject=f"duty_question:{question}",
            live=live(db, request, seen.access.meeting.id, ""),
            **_shown(seen),
            question=line,
            back=f"/duty/{report}#question-{question}",
            may={
                **_may(db, seen),
                "admit": line.decides
                and line.state in (QuestionState.WAITING, QuestionState.DECLINED),
                "decline": line.decides and line.state is QuestionState.WAITING,
                "answer": seen.keeps
                and (line.state, rules.Act.WRITE) in rules.STEPS
                and rules.adds(seen.access.meeting.state, line.state),
            },
            _most=rules.MOST_TEXT,
        )


@routes.get("/duty/{report:int}/screen")
def duty_screen(request: Request, report: int) -> Response:
    """The wall: the question that is being answered, what is asked most, how to ask."""
    with reading() as db:
        meeting = queries.meeting_of(db, report)
        kept = version(db, meeting)
        if hit := request.fresh(kept):
            return hit
        seen = queries.report_access(db, request.actor, report)
        return request.page(
            db,
            version=kept,
            live=live(db, request, meeting, ""),
            **_shown(seen),
            asked=queries.asked(db, seen.report),
            address=f"{request.base_url}/duty/{report}",
        )

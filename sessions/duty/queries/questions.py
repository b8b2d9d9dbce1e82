"""The questions to a representative as one reader may read them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members import queries as members
from sessions.captions.models import CaptionSegment
from sessions.duty import rules, words
from sessions.duty.models import (
    DutyAnswer,
    DutyDecline,
    DutyQuestion,
    DutySupport,
    QuestionState,
)
from sessions.duty.queries.access import ReportAccess, report_access
from sessions.duty.queries.wall import rank
from sessions.duty.rules import Standing


class _Asked(NamedTuple):
    """A question as it is stored."""

    id: int
    number: int
    member_id: int
    by_name: bool
    recorded_by: int
    body: str
    state: QuestionState
    supports: int
    asked_at: datetime
    decline_id: int | None
    put_at: datetime | None
    answered_at: datetime | None
    due: datetime | None


class AnswerLine(NamedTuple):
    """An answer in writing."""

    id: int
    at: datetime
    html: str
    recorded_by: str  # where somebody else entered it


class QuestionLine(NamedTuple):
    """A question; who asked stands in it only for whom that is meant."""

    id: int
    number: int
    words: str
    state: QuestionState
    state_name: str
    tone: str
    asker: str
    by_name: bool
    entered_by: str
    own: bool
    supports: int
    backed: bool
    rank: int | None
    asked_at: datetime
    put_at: datetime | None
    answered_at: datetime | None
    due: datetime | None
    late: bool
    reason: str
    transcript: str
    answers: tuple[AnswerLine, ...]
    decides: bool  # whether the reader, who leads, may let it through or not


class Board(NamedTuple):
    """All questions of a report for one reader, by where they stand."""

    answering: QuestionLine | None
    open: list[QuestionLine]
    answered: list[QuestionLine]
    waiting: list[QuestionLine]
    declined: list[QuestionLine]
    mine: list[QuestionLine]  # one's own that are not public, to whoever does not lead


_Q = DutyQuestion
_COLUMNS = tuple(col(getattr(_Q, name)) for name in _Asked._fields)


def _made(found: Sequence[Any]) -> _Asked:
    row = _Asked._make(found)
    return row._replace(state=QuestionState(row.state))


def board(db: Db, seen: ReportAccess) -> Board:
    """The questions that the reader may read: public ones, their own, and for who leads all."""
    actor, report = seen.access.actor, seen.report
    match = col(_Q.report_id) == report.id
    if not seen.leads:
        known = col(_Q.state).in_(rules.PUBLIC)
        own = col(_Q.member_id) == actor.id if actor else None
        match = match & (known if own is None else or_(known, own))
    found = db.execute(
        select(*_COLUMNS)
        .where(match, col(_Q.state) != QuestionState.WITHDRAWN)
        .order_by(col(_Q.id))
        .limit(rules.MOST_QUESTIONS)
    )
    lines = _lines(db, seen, [_made(row) for row in found])
    by_id = {line.id: line for line in lines}
    order = rules.order(
        Standing(line.id, line.supports, line.asked_at)
        for line in lines
        if line.state is QuestionState.OPEN
    )

    def of(*states: QuestionState) -> list[QuestionLine]:
        return [line for line in lines if line.state in states]

    answered = sorted(
        of(QuestionState.ANSWERED), key=lambda line: (line.answered_at or line.asked_at, line.id)
    )
    hidden = of(QuestionState.WAITING, QuestionState.DECLINED)
    return Board(
        next(iter(of(QuestionState.ANSWERING)), None),
        [by_id[ident]._replace(rank=rank) for rank, ident in enumerate(order, 1)],
        answered,
        of(QuestionState.WAITING) if seen.leads else [],
        of(QuestionState.DECLINED) if seen.leads else [],
        [line for line in hidden if line.own] if not seen.leads else [],
    )


def being_answered(db: Db, seen: ReportAccess) -> QuestionLine | None:
    """The question that is being answered, alone: the meeting's pages show no other."""
    match = (col(_Q.report_id) == seen.report.id, col(_Q.state) == QuestionState.ANSWERING)
    found = db.execute(select(*_COLUMNS).where(*match).limit(1))
    return next(iter(_lines(db, seen, [_made(row) for row in found])), None)


def question_access(db: Db, actor: Actor | None, question: int) -> ReportAccess:
    """The report of a question that the reader may read; NotFound for all others."""
    none = NotFound(_("There is no such question."))
    columns = (col(_Q.report_id), col(_Q.member_id), col(_Q.state))
    found = db.execute(select(*columns).where(col(_Q.id) == question)).one_or_none()
    if found is None:
        raise none
    try:
        seen = report_access(db, actor, found.report_id)
    except NotFound:
        raise none from None
    own = actor is not None and found.member_id == actor.id
    if not (own or seen.leads or found.state in rules.PUBLIC):
        raise none
    return seen


def question(db: Db, seen: ReportAccess, ident: int) -> QuestionLine:
    """One question, for whoever has been let in; its place in the row where it has one."""
    found = db.execute(select(*_COLUMNS).where(col(_Q.id) == ident)).one()
    (line,) = _lines(db, seen, [_made(found)])
    return line._replace(rank=rank(db, ident))


def _lines(db: Db, seen: ReportAccess, found: Sequence[_Asked]) -> list[QuestionLine]:
    actor = seen.access.actor.id if seen.access.actor else 0
    ids = [row.id for row in found]
    people = {row.member_id for row in found} | {row.recorded_by for row in found}
    names = members.names(db, people)
    backed = _backed(db, actor, ids)
    answers = _answers(db, ids)
    reasons = _reasons(db, [row.decline_id for row in found if row.decline_id])
    spoken = _spoken(db, seen.report.meeting_id, found)
    now = clock.now()
    return [
        QuestionLine(
            row.id,
            row.number,
            row.body,
            row.state,
            words.question(row.state),
            words.QUESTION_TONES.get(row.state, "neutral"),
            _asker(seen, row, names, actor),
            row.by_name,
            names.get(row.recorded_by, "") if row.recorded_by != row.member_id else "",
            row.member_id == actor,
            row.supports,
            row.id in backed,
            None,
            row.asked_at,
            row.put_at,
            row.answered_at,
            row.due,
            row.due is not None and row.due <= now and row.state in rules.UNANSWERED,
            reasons.get(row.decline_id or 0, ""),
            spoken.get(row.id, ""),
            tuple(answers.get(row.id, ())),
            seen.leads and row.member_id != actor,
        )
        for row in found
    ]


def _asker(seen: ReportAccess, row: _Asked, names: dict[int, str], actor: int) -> str:
    """Who leads knows who asked; so does who asked; all others what the asker wants them to."""
    name = names.get(row.member_id, "")
    known = seen.leads or row.member_id == actor
    return words.asker(name, by_name=row.by_name or (known and bool(name)))


def _backed(db: Db, actor: int, ids: Sequence[int]) -> set[int]:
    query = select(col(DutySupport.question_id)).where(
        col(DutySupport.member_id) == actor, col(DutySupport.question_id).in_(ids)
    )
    return set(db.execute(query).scalars()) if actor else set()


def _answers(db: Db, ids: Sequence[int]) -> dict[int, list[AnswerLine]]:
    found = db.execute(
        select(
            col(DutyAnswer.question_id),
            col(DutyAnswer.id),
            col(DutyAnswer.at),
            col(DutyAnswer.html),
            col(DutyAnswer.author_id),
            col(DutyAnswer.recorded_by),
        )
        .where(col(DutyAnswer.question_id).in_(ids))
        .order_by(col(DutyAnswer.id))
    ).all()
    names = members.names(db, {row.recorded_by for row in found})
    lines: dict[int, list[AnswerLine]] = defaultdict(list)
    for row in found:
        entered = names.get(row.recorded_by, "") if row.recorded_by != row.author_id else ""
        lines[row.question_id].append(AnswerLine(row.id, row.at, row.html, entered))
    return lines


def _reasons(db: Db, ids: Sequence[int]) -> dict[int, str]:
    query = select(col(DutyDecline.id), col(DutyDecline.body)).where(col(DutyDecline.id).in_(ids))
    return {row.id: row.body for row in db.execute(query)} if ids else {}


def _spoken(db: Db, meeting: int, found: Sequence[_Asked]) -> dict[int, str]:
    """Where the transcript has the answers that were given by word."""
    heard = [row.id for row in found if row.put_at and row.answered_at]
    if not heard:
        return {}
    first = (
        select(col(CaptionSegment.id))
        .where(
            col(CaptionSegment.meeting_id) == meeting,
            col(CaptionSegment.struck).is_(False),
            col(CaptionSegment.at).between(col(_Q.put_at), col(_Q.answered_at)),
        )
        .order_by(col(CaptionSegment.at), col(CaptionSegment.id))
        .limit(1)
        .correlate(_Q)
        .scalar_subquery()
    )
    lines = db.execute(select(col(_Q.id), first).where(col(_Q.id).in_(heard)))
    return {question: f"/captions/{line}" for question, line in lines if line is not None}

"""Who answered what: one's own reply, the counts by venue, the list for those who organise."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlmodel import col

from forum.base.db import Db
from forum.members.models import Member
from sessions.convening.models import Answer, Question, QuestionAnswer, QuestionKind, Reply
from sessions.convening.queries.preparing import prepared
from sessions.meetings.models import RollEntry


class QuestionRow(NamedTuple):
    """A question that is asked with the reply."""

    id: int
    kind: QuestionKind
    words: str
    options: list[str]
    required: bool

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"q{self.id}"


class Mine(NamedTuple):
    """Somebody's reply as it stands."""

    answer: Answer
    venue_id: int | None
    seated: bool
    at: datetime


class Expected(NamedTuple):
    """How many said that they come to a venue, and how many wait for a seat there."""

    seated: int = 0
    waiting: int = 0


class Counted(NamedTuple):
    """All answers of a meeting in numbers."""

    venues: dict[int, Expected]
    proxy: int
    away: int
    silent: int

    @property
    def coming(self) -> int:
        """Everybody who is expected somewhere."""
        return sum(each.seated for each in self.venues.values())


class Line(NamedTuple):
    """Somebody on the roll with their answer, as organisers read it."""

    member_id: int
    name: str
    answer: Answer | None
    venue_id: int | None
    seated_at: datetime | None
    at: datetime | None


def questions(db: Db, meeting: int) -> list[QuestionRow]:
    """The questions of a meeting, in order."""
    found = db.execute(
        select(
            col(Question.id),
            col(Question.kind),
            col(Question.words),
            col(Question.options),
            col(Question.required),
        )
        .where(col(Question.meeting_id) == meeting)
        .order_by(col(Question.position), col(Question.id))
    )
    return [
        QuestionRow(ident, QuestionKind(kind), words, options or [], required)
        for ident, kind, words, options, required in found
    ]


def reply(db: Db, meeting: int, member: int) -> Mine | None:
    """What somebody answered."""
    found = db.execute(
        select(col(Reply.answer), col(Reply.venue_id), col(Reply.seated_at), col(Reply.at)).where(
            col(Reply.meeting_id) == meeting, col(Reply.member_id) == member
        )
    ).one_or_none()
    if found is None:
        return None
    answer, venue, seated, at = found
    return Mine(Answer(answer), venue, seated is not None, at)


def asked(db: Db, meeting: int, member: int) -> str:
    """Whether somebody on the roll is asked to reply: "ask", "said" once they have, or nothing."""
    if reply(db, meeting, member) is not None:
        return "said"
    return "ask" if prepared(db, meeting).asks else ""


def ahead(db: Db, meeting: int, member: int) -> int:
    """How many stand before somebody on the waiting list of their venue."""
    own = select(Reply).where(col(Reply.meeting_id) == meeting, col(Reply.member_id) == member)
    row = db.execute(own).scalar_one()
    query = select(func.count()).where(
        col(Reply.venue_id) == row.venue_id,
        col(Reply.seated_at).is_(None),
        col(Reply.turn) < row.turn,
    )
    return int(db.execute(query).scalar_one())


def counted(db: Db, meeting: int) -> Counted:
    """How many come where, wait, send somebody, cannot come, have not answered."""
    found = db.execute(
        select(
            col(Reply.answer),
            col(Reply.venue_id),
            func.count(col(Reply.seated_at)),
            func.count(),
        )
        .where(col(Reply.meeting_id) == meeting)
        .group_by(col(Reply.answer), col(Reply.venue_id))
    ).all()
    venues = {
        venue: Expected(seated, everybody - seated)
        for answer, venue, seated, everybody in found
        if answer == Answer.COMES and venue is not None
    }
    by = dict.fromkeys(Answer, 0)
    for answer, _venue, _seated, everybody in found:
        by[Answer(answer)] += everybody
    on_roll = select(func.count()).where(
        col(RollEntry.meeting_id) == meeting, col(RollEntry.entitled)
    )
    silent = db.execute(on_roll).scalar_one() - sum(by.values())
    return Counted(venues, by[Answer.PROXY], by[Answer.AWAY], max(silent, 0))


def lines(
    db: Db, meeting: int, *, show: str = "", text: str = "", offset: int = 0, limit: int = 100
) -> tuple[list[Line], int]:
    """A page of the roll with its answers; `show`: an Answer, "waiting" or "silent"."""
    match = and_(col(RollEntry.meeting_id) == meeting, col(RollEntry.entitled))
    if text:
        match &= or_(
            col(Member.name).icontains(text, autoescape=True),
            col(Member.login).icontains(text, autoescape=True),
        )
    waits = and_(col(Reply.answer) == Answer.COMES, col(Reply.seated_at).is_(None))
    if show == "waiting":
        match &= waits
    elif show == "silent":
        match &= col(Reply.answer).is_(None)
    elif show in set(Answer):
        match &= col(Reply.answer) == show
    replied = and_(
        col(Reply.meeting_id) == meeting, col(Reply.member_id) == col(RollEntry.member_id)
    )
    query = (
        select(
            col(Member.id),
            col(Member.name),
            col(Reply.answer),
            col(Reply.venue_id),
            col(Reply.seated_at),
            col(Reply.at),
        )
        .join(RollEntry, col(RollEntry.member_id) == col(Member.id))
        .join(Reply, replied, isouter=True)
        .where(match)
    )
    total = db.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    order = (col(Reply.turn),) if show == "waiting" else (col(Member.name), col(Member.id))
    found = db.execute(query.order_by(*order).offset(offset).limit(limit))
    return [
        Line(ident, name, Answer(answer) if answer else None, *rest)
        for ident, name, answer, *rest in found
    ], total


def answers(db: Db, meeting: int, people: Collection[int]) -> dict[int, dict[int, str]]:
    """What these people answered, by person and question; for themselves and for organisers."""
    found = db.execute(
        select(
            col(QuestionAnswer.member_id), col(QuestionAnswer.question_id), col(QuestionAnswer.body)
        )
        .join(Question, col(Question.id) == col(QuestionAnswer.question_id))
        .where(col(Question.meeting_id) == meeting, col(QuestionAnswer.member_id).in_(people))
    )
    by: dict[int, dict[int, str]] = defaultdict(dict)
    for member, question, body in found:
        by[member][question] = body
    return by


def on_roll(db: Db, meeting: int, text: str) -> list[int]:
    """Those on the roll who bear this name or login name; several where names are alike."""
    found = db.execute(
        select(col(Member.id), col(Member.login))
        .join(RollEntry, col(RollEntry.member_id) == col(Member.id))
        .where(
            col(RollEntry.meeting_id) == meeting,
            col(RollEntry.entitled),
            or_(col(Member.name) == text, col(Member.login) == text.strip().lower()),
        )
        .limit(3)
    ).all()
    # A login name is one person's; who merely bears it as a name does not stand beside that one.
    exact = [ident for ident, login in found if login == text.strip().lower()]
    return exact or [ident for ident, _login in found]

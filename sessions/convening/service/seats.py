"""Seats: whoever answered first has one, the others wait and move up in their order."""

from sqlalchemy import delete, func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.refs import ref
from sessions.convening import rules
from sessions.convening.events import SeatGiven
from sessions.convening.models import Question, QuestionAnswer, Reply
from sessions.convening.service.common import note
from sessions.meetings.models import Venue


def move_up(tx: Db, actor: Actor | None, meeting: int, venue: int, *, but: int = 0) -> None:
    """Give the free seats of a venue to those who wait, and tell them; `but` sees it themselves.

    The caller holds the meeting: of two seats that become free at once, each goes to one person.
    """
    tx.flush()
    here = col(Reply.venue_id) == venue
    taken = select(func.count()).where(here, col(Reply.seated_at).is_not(None))
    waits = (
        select(col(Reply.member_id))
        .where(here, col(Reply.seated_at).is_(None))
        .order_by(col(Reply.turn))
    )
    place = tx.get(Venue, venue)
    waiting = list(tx.execute(waits).scalars())
    if place is None or not waiting:
        return
    for member in rules.moving_up(place.seats, int(tx.execute(taken).scalar_one()), waiting):
        tx.get_one(Reply, (meeting, member)).seated_at = clock.now()
        tx.flush()
        if member != but:
            event = SeatGiven(ref("meeting", meeting), member, venue)
            note(tx, actor, meeting, event, member=member)


def leave(tx: Db, actor: Actor | None, meeting: int, member: int) -> None:
    """Forget somebody's reply and what they answered; their seat goes to the next."""
    row = tx.get(Reply, (meeting, member))
    if row is None:
        return
    venue = row.venue_id
    tx.delete(row)
    forget_answers(tx, meeting, member)
    tx.flush()
    if venue is not None:
        move_up(tx, actor, meeting, venue)


def forget_answers(tx: Db, meeting: int, member: int | None = None) -> int:
    """Remove what somebody, or everybody, answered to the questions of a meeting."""
    asked = select(col(Question.id)).where(col(Question.meeting_id) == meeting)
    gone = delete(QuestionAnswer).where(col(QuestionAnswer.question_id).in_(asked))
    if member is not None:
        gone = gone.where(col(QuestionAnswer.member_id) == member)
    return len(tx.execute(gone.returning(col(QuestionAnswer.question_id))).all())

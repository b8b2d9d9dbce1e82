"""What waits for a moderator: the moderation queue, proposals, points of order, questions."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from forum.agenda.models import Item, ItemState
from forum.arguments.models import Argument, Stance
from forum.base.auth import Actor
from forum.base.db import Db
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation, Stage
from forum.consultations.rules import MODERATING
from moderation.oversight.queries import queue as moderation
from moderation.oversight.queries.queue import Row
from moderation.reports.queries import led
from sessions.floor.models import OrderRuling, PointOfOrder, Speech, SpeechState
from sessions.meetings.models import Meeting, MeetingState

SHOWN = 3
LIVE = (Stage.PROPOSING, Stage.DELIBERATING, Stage.DECIDING)


class Proposal(NamedTuple):
    """A topic that somebody brought in and nobody has taken up or declined."""

    id: int
    title: str
    consultation: str
    at: datetime


class Order(NamedTuple):
    """A point of order without a ruling, in a meeting that goes on."""

    meeting_id: int
    meeting: str
    at: datetime


class Question(NamedTuple):
    """A question that nobody has answered."""

    id: int
    item: str
    at: datetime


class Queue(NamedTuple):
    """The first of each kind, oldest first, and how many there are of it."""

    flagged: list[Row]
    proposals: list[Proposal]
    orders: list[Order]
    questions: list[Question]
    waiting_flagged: int
    waiting_proposals: int
    waiting_questions: int

    @property
    def waits(self) -> int:
        """How much there is in all."""
        asked = self.waiting_flagged + self.waiting_proposals + self.waiting_questions
        return asked + len(self.orders)


def queue(db: Db, actor: Actor) -> Queue:
    """What waits in the places that somebody moderates."""
    leads = bool(led(db, actor))
    waiting = moderation.waiting(db, actor) if leads else 0
    flagged = moderation.rows(db, actor, limit=SHOWN) if waiting else []
    ours = col(Consultation.id).in_(consultations.held(db, actor, MODERATING))
    proposals = ours & (col(Item.state) == ItemState.PROPOSED)
    questions = _unanswered(ours)
    return Queue(
        flagged,
        _proposals(db, proposals),
        _orders(db, ours),
        _questions(db, questions),
        waiting,
        _count(db, Item, proposals),
        _count(db, Argument, questions),
    )


def _count(db: Db, model: type[Item] | type[Argument], match: ColumnElement[bool]) -> int:
    query = select(func.count(col(model.id)))
    if model is Argument:
        query = query.join(Item, col(Item.id) == col(Argument.item_id))
    query = query.join(Consultation, col(Consultation.id) == col(Item.consultation_id))
    return int(db.execute(query.where(match)).scalar_one())


def _proposals(db: Db, match: ColumnElement[bool]) -> list[Proposal]:
    found = db.execute(
        select(col(Item.id), col(Item.title), col(Consultation.title), col(Item.created_at))
        .join(Consultation, col(Consultation.id) == col(Item.consultation_id))
        .where(match)
        .order_by(col(Item.created_at), col(Item.id))
        .limit(SHOWN)
    )
    return [Proposal(*row) for row in found]


def _orders(db: Db, ours: ColumnElement[bool]) -> list[Order]:
    ruled = exists(
        select(col(OrderRuling.id)).where(col(OrderRuling.point_id) == col(PointOfOrder.id))
    ).correlate(PointOfOrder)
    found = db.execute(
        select(col(Meeting.id), col(Meeting.title), col(Speech.asked_at))
        .select_from(PointOfOrder)
        .join(Speech, col(Speech.id) == col(PointOfOrder.speech_id))
        .join(Meeting, col(Meeting.id) == col(Speech.meeting_id))
        .join(Consultation, col(Consultation.id) == col(Meeting.consultation_id))
        .where(
            ours,
            ~ruled,
            col(Meeting.state).in_((MeetingState.IN_SESSION, MeetingState.RECESS)),
            col(Speech.state).in_((SpeechState.WAITING, SpeechState.SPEAKING, SpeechState.PAUSED)),
        )
        .order_by(col(Speech.asked_at), col(Speech.id))
        .limit(SHOWN)
    )
    return [Order(*row) for row in found]


def _unanswered(ours: ColumnElement[bool]) -> ColumnElement[bool]:
    """Questions on the topics of open debates that have no visible answer."""
    answer = aliased(Argument)
    answered = exists().where(
        col(answer.parent_id) == col(Argument.id), col(answer.hiding_id).is_(None)
    )
    return (
        ours
        & col(Consultation.stage).in_(LIVE)
        & (col(Argument.stance) == Stance.QUESTION)
        & col(Argument.hiding_id).is_(None)
        & ~answered
    )


def _questions(db: Db, match: ColumnElement[bool]) -> list[Question]:
    found = db.execute(
        select(col(Argument.id), col(Item.title), col(Argument.created_at))
        .join(Item, col(Item.id) == col(Argument.item_id))
        .join(Consultation, col(Consultation.id) == col(Item.consultation_id))
        .where(match)
        .order_by(col(Argument.created_at), col(Argument.id))
        .limit(SHOWN)
    )
    return [Question(*row) for row in found]

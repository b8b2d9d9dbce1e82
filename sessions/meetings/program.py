"""What stands on a meeting's order of the day, its polls, what the chair declared and shows."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, or_, select
from sqlmodel import col

from forum.agenda import words
from forum.agenda.models import Item, ItemKind, ItemState
from forum.base import clock
from forum.base.db import Db
from sessions.meetings.models import (
    MeetingItem,
    MeetingNotice,
    MeetingPoll,
    QuorumCheck,
    Sitting,
)
from voting.boxes.models import Channel

# What the meeting has not dealt with yet.
TO_COME = frozenset({ItemState.PLANNED, ItemState.OPEN, ItemState.DEBATE})


class Slot(NamedTuple):
    """An item on the order of the day."""

    item_id: int
    position: int
    title: str
    html: str
    kind: ItemKind
    state: ItemState
    state_name: str
    tone: str
    minutes: int | None


class Check(NamedTuple):
    """What the chair last declared about the quorum."""

    at: datetime
    entitled: int
    present: int
    reached: bool


class Held(NamedTuple):
    """A poll of the meeting."""

    poll_id: int
    item_id: int
    channel: Channel


class Shown(NamedTuple):
    """The sentence that everybody reads now."""

    id: int
    body: str
    at: datetime


def slots(db: Db, meeting: int) -> list[Slot]:
    """The order of the day."""
    found = db.execute(
        select(
            col(Item.id),
            col(MeetingItem.position),
            col(Item.title),
            col(Item.html),
            col(Item.kind),
            col(Item.state),
            col(MeetingItem.minutes),
        )
        .join(MeetingItem, col(MeetingItem.item_id) == col(Item.id))
        .where(col(MeetingItem.meeting_id) == meeting)
        .order_by(col(MeetingItem.position))
    )
    return [
        Slot(
            ident,
            position,
            title,
            html,
            ItemKind(kind),
            ItemState(state),
            words.state(ItemState(state)),
            words.tone(ItemState(state)),
            minutes,
        )
        for ident, position, title, html, kind, state, minutes in found
    ]


def last_check(db: Db, meeting: int) -> Check | None:
    """The latest declaration of a quorum; it holds until the next one, or the sitting ends."""
    found = db.execute(
        select(
            col(QuorumCheck.at),
            col(QuorumCheck.entitled),
            col(QuorumCheck.present),
            col(QuorumCheck.reached),
        )
        .where(
            col(QuorumCheck.meeting_id) == meeting,
            ~exists().where(
                col(Sitting.meeting_id) == meeting,
                col(Sitting.adjourned_at) >= col(QuorumCheck.at),
            ),
        )
        .order_by(col(QuorumCheck.id).desc())
        .limit(1)
    ).one_or_none()
    return Check(*found) if found else None


def held(db: Db, meeting: int) -> list[Held]:
    """The polls of the meeting, the latest first."""
    found = db.execute(
        select(col(MeetingPoll.poll_id), col(MeetingPoll.item_id), col(MeetingPoll.channel))
        .where(col(MeetingPoll.meeting_id) == meeting)
        .order_by(col(MeetingPoll.poll_id).desc())
        .limit(100)
    )
    return [Held(poll, item, Channel(channel)) for poll, item, channel in found]


def shown(db: Db, meeting: int) -> Shown | None:
    """What the chair shows everybody now, if anything."""
    found = db.execute(
        select(col(MeetingNotice.id), col(MeetingNotice.body), col(MeetingNotice.at))
        .where(
            col(MeetingNotice.meeting_id) == meeting,
            or_(col(MeetingNotice.until).is_(None), col(MeetingNotice.until) > clock.now()),
        )
        .order_by(col(MeetingNotice.id).desc())
        .limit(1)
    ).one_or_none()
    return Shown(*found) if found else None

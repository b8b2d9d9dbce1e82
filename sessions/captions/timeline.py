"""When who had the floor in a meeting and which item was open: where a line belongs."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import events
from forum.base.db import Db
from forum.base.events import Audience
from forum.base.refs import ref
from sessions.captions import rules
from sessions.captions.rules import Place, Stretch
from sessions.floor.models import Lane, Speech
from sessions.meetings.events import ItemClosed, ItemOpened


class Timeline(NamedTuple):
    """The stretches of a meeting."""

    speeches: Sequence[Stretch]
    items: Sequence[Stretch]

    @classmethod
    def of(cls, db: Db, meeting: int) -> "Timeline":
        """As the floor and the log have it."""
        return cls(_speeches(db, meeting), _items(db, meeting))

    def place(self, at: datetime, member: int | None, *, named: bool) -> Place:
        """Where something belongs that was said then."""
        return rules.place(at, member, self.speeches, self.items, named=named)


def _speeches(db: Db, meeting: int) -> list[Stretch]:
    found = db.execute(
        select(col(Speech.id), col(Speech.began_at), col(Speech.over_at), col(Speech.member_id))
        .where(
            col(Speech.meeting_id) == meeting,
            col(Speech.began_at).is_not(None),
            col(Speech.lane) == Lane.SPEECH,
        )
        .order_by(col(Speech.began_at), col(Speech.id))
        .limit(20_000)
    )
    return [Stretch._make(row) for row in found]


def _items(db: Db, meeting: int) -> list[Stretch]:
    """An item that was called up twice has two stretches."""
    told = events.history(
        db,
        ref("meeting", meeting),
        audience=Audience.MODERATOR,
        kinds=(ItemOpened.kind, ItemClosed.kind),
        limit=5_000,
    )
    found: list[Stretch] = []
    for event in told:
        if event.kind == ItemOpened.kind:
            found.append(Stretch(event.payload["item"], event.at, None))
        elif found and found[-1].end is None:
            found[-1] = found[-1]._replace(end=event.at)
    return found

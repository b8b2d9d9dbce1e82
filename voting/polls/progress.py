"""How far the machine is with the count of a large box: only numbers of ballots, for everybody."""

import json
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import ticker
from forum.base.db import Db
from forum.base.events import EventRow
from forum.base.refs import ref
from voting.polls.events import BallotsCounted
from voting.polls.models import PollState

COUNT, PUBLISH = "polls:count", "polls:publish"  # kinds of due work


class Progress(NamedTuple):
    """So many of all ballots are read; `announced`: the result is published once it is there."""

    counted: int
    total: int
    announced: bool

    @property
    def all_read(self) -> bool:
        """Whether what is left is to work out the result."""
        return self.counted >= self.total


def progress(db: Db, poll: int, state: PollState) -> Progress | None:
    """How far the machine is; None where it counts nothing now (it may be that halls do)."""
    if state is not PollState.COUNTING:
        return None
    told = select(col(EventRow.payload)).where(
        col(EventRow.subject) == ref("poll", poll), col(EventRow.kind) == BallotsCounted.kind
    )
    last = db.execute(told.order_by(col(EventRow.seq).desc()).limit(1)).scalar_one_or_none()
    if last is None:
        return None
    facts = json.loads(last)
    announced = ticker.scheduled(db, PUBLISH, ref("poll", poll)) is not None
    return Progress(facts["counted"], facts["total"], announced)

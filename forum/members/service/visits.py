"""When people come: kept to the half hour, for what happened since they were here."""

from datetime import timedelta

from forum.base import clock
from forum.base.db import Db
from forum.members.models import Visit

APART = timedelta(minutes=30)  # what is nearer together is one visit


def arrive(tx: Db, member_id: int) -> None:
    """Note that somebody is here; after a while away, when they were here before."""
    now = clock.now()
    visit = tx.get(Visit, member_id)
    if visit is None:
        tx.add(Visit(member_id=member_id, here_at=now))
    else:
        if now - visit.here_at >= APART:
            visit.before_at = visit.here_at
        visit.here_at = now
    tx.flush()

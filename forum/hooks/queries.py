"""The receivers of a place, for those who run it; for the sender, where they are."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import deliveries, news, sealing
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.news import Feed
from forum.hooks.models import Hook
from forum.hooks.ports import dialects


class HookRow(NamedTuple):
    """A receiver as its place's page lists it; `silent` once it has said no for good."""

    id: int
    label: str
    kind: str
    host: str
    feeds: list[str]
    made_at: datetime
    silent: bool


class Target(NamedTuple):
    """Where a receiver is, opened for the sender."""

    dialect: str
    address: str
    secret: str


def hooks(db: Db, place: str) -> list[HookRow]:
    """The receivers of a place, the latest first; the caller has judged who may."""
    query = select(Hook).where(col(Hook.place) == place).order_by(col(Hook.id).desc())
    rows = db.execute(query).scalars().all()
    silent = deliveries.dead(db, "hook", *(str(row.id) for row in rows))
    return [
        HookRow(
            row.id,
            row.label,
            _(dialects[row.dialect].words) if row.dialect in dialects else row.dialect,
            row.host,
            [news.name(Feed(feed)) for feed in row.feeds if feed in set(Feed)],
            row.made_at,
            str(row.id) in silent,
        )
        for row in rows
    ]


def target(db: Db, hook: int) -> Target | None:
    """Where a receiver is; None when it was removed, or its seal cannot be opened."""
    columns = (col(Hook.dialect), col(Hook.address), col(Hook.secret))
    row = db.execute(select(*columns).where(col(Hook.id) == hook)).one_or_none()
    address = sealing.unsealed(row.address) if row else None
    if row is None or address is None or row.dialect not in dialects:
        return None
    return Target(row.dialect, address, (sealing.unsealed(row.secret) if row.secret else "") or "")

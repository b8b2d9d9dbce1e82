"""A file on its way, for whoever sends it."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.attachments.models import Upload
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _


class Progress(NamedTuple):
    """An upload and how much of it has come."""

    id: int
    place: str
    name: str
    alt: str
    size: int
    received: int
    token: str | None


_COLUMNS = tuple(col(getattr(Upload, name)) for name in Progress._fields)


def own(db: Db, actor: Actor, upload: int) -> Progress:
    """One's own upload; another's is not there."""
    query = select(*_COLUMNS).where(col(Upload.id) == upload, col(Upload.member_id) == actor.id)
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound(_("There is no such upload; it may have been finished, or given up."))
    return Progress(*found)


def under_way(db: Db, actor: Actor, place: str) -> list[Progress]:
    """One's own files that are still on their way to a place."""
    query = select(*_COLUMNS).where(col(Upload.member_id) == actor.id, col(Upload.place) == place)
    return [Progress(*row) for row in db.execute(query.order_by(col(Upload.id)).limit(20))]

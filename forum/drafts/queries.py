"""One's own kept drafts; there is no way to anybody else's."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.drafts.models import KeptDraft


class DraftRow(NamedTuple):
    """A kept draft as its writer (and the writer's device) gets it back."""

    id: int
    name: str
    page: str
    title: str
    fields: dict[str, Any]
    at: datetime

    @property
    def texts(self) -> list[str]:
        """What a person would want to read of it: no ticks, no numbers."""
        found = [str(text) for texts in self.fields.values() for text in texts]
        return [text for text in found if len(text) > 20 or not text.isascii() or " " in text]


def drafts(db: Db, actor: Actor) -> list[DraftRow]:
    """A member's drafts, newest first."""
    query = select(
        col(KeptDraft.id),
        col(KeptDraft.name),
        col(KeptDraft.page),
        col(KeptDraft.title),
        col(KeptDraft.fields),
        col(KeptDraft.at),
    ).where(col(KeptDraft.member_id) == actor.id)
    rows = db.execute(query.order_by(col(KeptDraft.at).desc(), col(KeptDraft.id).desc()))
    return [DraftRow(*row) for row in rows]

"""The briefing: what everybody should have read before the session."""

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.markup import render
from forum.base.refs import ref
from forum.consultations import queries
from forum.consultations.events import BriefingRemoved, BriefingWritten
from forum.consultations.models import Briefing
from forum.consultations.service.common import revise

TEXTS_MOST = 40


def write_briefing(
    tx: Db, actor: Actor, consultation: int, title: str, body: str, *, briefing: int | None = None
) -> int:
    """Add a text to the briefing, or change one; every earlier text is kept."""
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    row = _briefing(tx, consultation, briefing)
    row.title, row.body, row.html = title, body, render(body)
    tx.add(row)
    tx.flush()
    here = ref("briefing", row.id)
    revision = revise(tx, actor, here, title, body)
    written = BriefingWritten(
        consultation=consultation, briefing=row.id, revision=revision.id, text=revision.digest
    )
    record(tx, actor, written, stream=access.stream, subject=here)
    return row.id


def remove_briefing(tx: Db, actor: Actor, consultation: int, briefing: int) -> None:
    """Take a text out of the briefing."""
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    _briefing(tx, consultation, briefing).removed_at = clock.now()
    removed = BriefingRemoved(consultation=consultation, briefing=briefing)
    record(tx, actor, removed, stream=access.stream, subject=ref("briefing", briefing))


def _briefing(tx: Db, consultation: int, briefing: int | None) -> Briefing:
    if briefing is not None:
        row = tx.get(Briefing, briefing)
        if row is None or row.consultation_id != consultation or row.removed_at:
            raise NotFound(_("There is no such text in the briefing."))
        return row
    count = tx.execute(
        select(func.count()).where(col(Briefing.consultation_id) == consultation)
    ).scalar_one()
    if count >= TEXTS_MOST:
        raise Conflict(_("The briefing has as many texts as people can read; change one instead."))
    return Briefing(consultation_id=consultation, position=count + 1, title="", body="", html="")

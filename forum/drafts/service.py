"""Keeping drafts at sign-out, giving them back, forgetting them.

Nothing of it is recorded: what was never said is nobody's business, the log's least of all.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.drafts import rules
from forum.drafts.models import KeptDraft
from forum.drafts.rules import Draft

LASTS = timedelta(days=60)


def keep(tx: Db, actor: Actor, drafts: Sequence[Draft]) -> None:
    """Keep these; what lay here for the same form stays as its other wording."""
    for draft in drafts:
        _put(tx, actor, draft)
    mine = select(col(KeptDraft.id)).where(col(KeptDraft.member_id) == actor.id)
    newest = mine.order_by(col(KeptDraft.at).desc(), col(KeptDraft.id).desc()).limit(rules.MOST)
    kept = tx.execute(newest).scalars().all()
    drop(tx, actor, set(tx.execute(mine).scalars()) - set(kept))


def _put(tx: Db, actor: Actor, draft: Draft) -> None:
    own = col(KeptDraft.member_id) == actor.id
    there = tx.execute(select(KeptDraft).where(own, col(KeptDraft.name) == draft.name))
    if (before := there.scalar_one_or_none()) is not None:
        other = draft.name + rules.OTHER
        if before.fields == draft.fields or len(other) > rules.NAME_MOST:
            tx.delete(before)
        else:
            tx.execute(delete(KeptDraft).where(own, col(KeptDraft.name) == other))
            before.name = other
        tx.flush()
    tx.add(KeptDraft(member_id=actor.id, at=clock.now(), **draft._asdict()))
    tx.flush()


def drop(tx: Db, actor: Actor, ids: Collection[int]) -> None:
    """Forget drafts of one's own: they are on a device again, or not wanted any more."""
    gone = col(KeptDraft.id).in_(ids)
    tx.execute(delete(KeptDraft).where(col(KeptDraft.member_id) == actor.id, gone))


@ticker.every("drafts:expiry", timedelta(days=1))
def expire(tx: Db, _subject: str) -> None:
    """Forget what nobody came back for."""
    tx.execute(delete(KeptDraft).where(col(KeptDraft.at) < clock.now() - LASTS))

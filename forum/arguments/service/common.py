"""What the verbs of this room share."""

from sqlalchemy import update
from sqlmodel import col

from forum.agenda.models import Item
from forum.agenda.queries import ItemAccess
from forum.arguments import queries
from forum.arguments.models import Argument, ArgumentRevision
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import seal
from forum.base.markup import render


def load(tx: Db, actor: Actor, argument: int) -> tuple[ItemAccess, Argument]:
    """The argument's row, locked, and what the actor is to its item."""
    access = queries.argument_access(tx, actor, argument)
    return access, tx.get_one(Argument, argument, with_for_update=True, populate_existing=True)


def revise(tx: Db, row: Argument, body: str) -> ArgumentRevision:
    """Store a wording, sealed, and make it the argument's current one."""
    sealed = seal(body)
    revision = ArgumentRevision(
        argument_id=row.id,
        author_id=row.author_id,
        number=row.revisions,
        body=body,
        html=render(body),
        salt=sealed.salt,
        digest=sealed.digest,
        at=clock.now(),
    )
    tx.add(revision)
    tx.flush()
    row.revision_id = revision.id
    tx.flush()
    return revision


def grow(tx: Db, item: int, parent: int | None, over: list[int]) -> None:
    """Count one more answer on all that stand above it, and one more argument on the item."""
    tx.execute(
        update(Argument)
        .where(col(Argument.id).in_(over))
        .values(beneath=col(Argument.beneath) + 1, version=col(Argument.version) + 1)
    )
    if parent is not None:
        tx.execute(
            update(Argument)
            .where(col(Argument.id) == parent)
            .values(replies=col(Argument.replies) + 1, version=col(Argument.version) + 1)
        )
    tx.execute(update(Item).where(col(Item.id) == item).values(voices=col(Item.voices) + 1))

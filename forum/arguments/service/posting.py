"""Posting and rewording arguments: what is out, or comes out, without being looked at again."""

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda import words as agenda_words
from forum.agenda.queries import ItemAccess, ItemRow
from forum.arguments import rules
from forum.arguments.events import ArgumentPosted, ArgumentRevised
from forum.arguments.models import Argument, ArgumentRevision, Review, Stance
from forum.arguments.service.common import grow, revise
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.consultations.rules import Deed


def post(
    tx: Db, actor: Actor, item: int, *, body: str, stance: Stance, parent: int | None = None
) -> int:
    """Put an argument on an item, or an answer on an argument, at once; returns its id.

    What people send from outside goes through `submit`, which lets the screens look first. The
    same text by the same person in the same place within two minutes is one argument.
    """
    access = agenda.item_access(tx, actor, item)
    gate(tx, access)
    above = parent_of(tx, item, parent)
    if (first := same(tx, actor, item, parent, body)) is not None:
        return first
    return place(tx, actor, item, body, stance, above, stream=access.access.stream).id


def place(
    tx: Db,
    actor: Actor,
    item: int,
    body: str,
    stance: Stance,
    above: Argument | None,
    *,
    stream: str,
    review: Review = Review.ACCEPTED,
) -> Argument:
    """Store an argument in its thread. The caller has judged who may."""
    row = Argument(
        item_id=item,
        parent_id=above.id if above else None,
        path="",
        depth=0,
        stance=stance,
        side=above.side if above else stance,
        author_id=actor.id,
        created_at=clock.now(),
        revision_id=0,
        review=review,
    )
    tx.add(row)
    tx.flush()
    row.path = rules.path_under(above.path if above else "", row.id)
    *over, _own = rules.ancestors(row.path)
    row.depth = len(over)
    revision = revise(tx, row, body)
    grow(tx, item, row.parent_id, over)
    posted = ArgumentPosted(row.id, item, row.parent_id, stance, revision.id, revision.digest)
    record(tx, actor, posted, stream=stream, subject=ref("argument", row.id))
    return row


def gate(tx: Db, access: ItemAccess) -> None:
    """Raise unless the reader may argue here and the item is still in hand."""
    consultations.require(access.access, Deed.ARGUE)
    if over := settled(tx, access.item):
        raise over


def settled(db: Db, item: ItemRow) -> Conflict | None:
    """Why nothing can be added to an item; None where there is still something to argue."""
    if agenda.arguable(db, item):
        return None
    words = _("The item is “%(state)s”; nothing can be added to it now.")
    return Conflict(words % {"state": agenda_words.state(item.state)})


def parent_of(tx: Db, item: int, parent: int | None) -> Argument | None:
    """What an argument answers; raises where that is not there to be answered."""
    if parent is None:
        return None
    above = tx.get(Argument, parent)
    if above is None or above.item_id != item:
        raise NotFound(_("There is no such argument."))
    if above.hiding_id is not None:
        raise Conflict(_("This argument has been hidden; it cannot be answered."))
    return above


def same(tx: Db, actor: Actor, item: int, parent: int | None, body: str) -> int | None:
    """The argument that a form sent twice has made already."""
    here = (
        col(Argument.parent_id).is_(None) if parent is None else col(Argument.parent_id) == parent
    )
    return tx.execute(
        select(col(Argument.id))
        .join(ArgumentRevision, col(ArgumentRevision.argument_id) == col(Argument.id))
        .where(
            col(Argument.author_id) == actor.id,
            col(Argument.item_id) == item,
            here,
            col(Argument.created_at) > clock.now() - rules.SAME,
            col(ArgumentRevision.number) == 1,
            col(ArgumentRevision.body) == body,
        )
        .order_by(col(Argument.id))
        .limit(1)
    ).scalar_one_or_none()


def reword(tx: Db, actor: Actor | None, row: Argument, body: str, *, stream: str) -> None:
    """Add a wording to an argument. The caller has judged who may."""
    row.revisions += 1
    row.version += 1
    row.asked_at = None
    revision = revise(tx, row, body)
    revised = ArgumentRevised(row.id, row.item_id, row.revisions, revision.id, revision.digest)
    record(tx, actor, revised, stream=stream, subject=ref("argument", row.id))

"""What moderators do with a text: publish one that waits, refuse it, ask for other words."""

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.models import HeldState
from forum.agenda.queries import ItemAccess
from forum.arguments import held as waiting
from forum.arguments.events import (
    ArgumentAsked,
    ArgumentUnasked,
    TextAsked,
    TextRefused,
    TextReleased,
)
from forum.arguments.models import Argument, HeldArgument, Stance
from forum.arguments.service.common import load
from forum.arguments.service.posting import parent_of, place, reword, settled
from forum.base import clock, files
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.members import queries as members


def release(tx: Db, actor: Actor, held: int, *, item: int | None = None) -> int:
    """Publish a text that waits, or was refused: now, in its author's name; returns its argument.

    Everybody who is told of an argument is told of it only now. `item`: on this other topic of
    the consultation, where it belongs.
    """
    access, row = _load(tx, actor, held)
    if row.state == HeldState.PUBLISHED:
        raise Conflict(_("Somebody has decided about this text already."))
    if item is not None:
        access = _elsewhere(tx, actor, access, row, item)
    if over := settled(tx, access.item):
        raise over
    author, stream = members.actor_of(tx, row.author_id), access.access.stream
    if row.argument_id is None:
        above = parent_of(tx, row.item_id, row.parent_id)
        stance = Stance(row.stance)
        made = place(tx, author, row.item_id, row.body, stance, above, stream=stream)
    else:
        made = tx.get_one(Argument, row.argument_id, with_for_update=True, populate_existing=True)
        if made.hiding_id is not None:
            raise Conflict(_("This argument has been hidden; it cannot be changed."))
        reword(tx, author, made, row.body, stream=stream)
    files.move(tx, ref("held", row.id), ref("argument", made.id))
    _decide(tx, actor, row, HeldState.PUBLISHED)
    released = TextReleased(row.id, row.item_id, ref("argument", made.id))
    record(tx, actor, released, stream=stream, subject=ref("held", row.id))
    return made.id


def _elsewhere(
    tx: Db, actor: Actor, access: ItemAccess, row: HeldArgument, item: int
) -> ItemAccess:
    """Put a text that waits on another topic; what it was to answer stays behind."""
    target = agenda.item_access(tx, actor, item)
    if target.item.consultation_id != access.item.consultation_id:
        raise Conflict(_("An argument stays in its consultation."))
    if item == row.item_id:
        raise Conflict(_("It stands on this item already."))
    if row.argument_id is not None:
        raise Conflict(_("A new wording stays with its argument. Move the argument itself."))
    row.item_id, row.parent_id = item, None
    tx.flush()
    return target


def refuse(tx: Db, actor: Actor, held: int) -> None:
    """Do not publish a text; its author keeps it, and is told why by the room that decides."""
    access, row = _load(tx, actor, held)
    if row.state != HeldState.WAITING:
        raise Conflict(_("Somebody has decided about this text already."))
    _decide(tx, actor, row, HeldState.REFUSED)
    refused = TextRefused(row.id, row.item_id)
    record(tx, actor, refused, stream=access.access.stream, subject=ref("held", row.id))


def ask_held(tx: Db, actor: Actor, held: int) -> None:
    """Ask for other words before a text is published."""
    access, row = _load(tx, actor, held)
    if row.state != HeldState.WAITING:
        raise Conflict(_("Somebody has decided about this text already."))
    row.asked_at = clock.now()
    tx.flush()
    asked = TextAsked(row.id, row.item_id)
    record(tx, actor, asked, stream=access.access.stream, subject=ref("held", row.id))


def ask(tx: Db, actor: Actor, argument: int) -> None:
    """Ask the author of an argument to put it differently; it stays, and says that they were."""
    access, row = load(tx, actor, argument)
    consultations.require_moderator(access.access)
    if row.hiding_id is not None:
        raise Conflict(_("This argument is hidden already."))
    row.asked_at = clock.now()
    row.version += 1
    tx.flush()
    asked = ArgumentAsked(row.id, row.item_id)
    record(tx, actor, asked, stream=access.access.stream, subject=ref("argument", row.id))


def unask(tx: Db, actor: Actor, argument: int) -> None:
    """Take back that the author of an argument was asked."""
    access, row = load(tx, actor, argument)
    consultations.require_moderator(access.access)
    row.asked_at = None
    row.version += 1
    tx.flush()
    unasked = ArgumentUnasked(row.id, row.item_id)
    record(tx, actor, unasked, stream=access.access.stream, subject=ref("argument", row.id))


def lock(tx: Db, held: int) -> HeldArgument | None:
    """A text that waits, as it now stands, kept so; first the argument that it words anew."""
    # The order is that of a rewording, so that neither waits for the other for ever.
    query = select(col(HeldArgument.argument_id)).where(col(HeldArgument.id) == held)
    if (argument := tx.execute(query).scalar_one_or_none()) is not None:
        tx.get_one(Argument, argument, with_for_update=True, populate_existing=True)
    return tx.get(HeldArgument, held, with_for_update=True, populate_existing=True)


def _load(tx: Db, actor: Actor, held: int) -> tuple[ItemAccess, HeldArgument]:
    access, found = waiting.access(tx, actor, held)
    consultations.require_moderator(access.access)
    if found.author_id == actor.id:
        raise Forbidden(_("This is your own text: somebody else decides."))
    if (row := lock(tx, held)) is None:
        raise NotFound(_("There is no such text."))
    return access, row


def _decide(tx: Db, actor: Actor, row: HeldArgument, state: HeldState) -> None:
    row.state, row.decided_by, row.decided_at = state, actor.id, clock.now()
    tx.flush()

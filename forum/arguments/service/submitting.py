"""What people send: looked at by the screens, then out at once, or held for a moderator."""

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.models import HeldState
from forum.agenda.queries import ItemAccess
from forum.arguments import held as waiting
from forum.arguments.events import TextHeld, TextRevised
from forum.arguments.models import ArgumentRevision, HeldArgument, Stance
from forum.arguments.service.common import load
from forum.arguments.service.posting import gate, parent_of, place, reword, same
from forum.base import clock, screening
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import record
from forum.base.i18n import _
from forum.base.markup import render
from forum.base.refs import ref
from forum.base.screening import Mark, Post


class Submitted(NamedTuple):
    """What became of what somebody sent: an argument, or a text that waits."""

    id: int
    held: bool

    @property
    def url(self) -> str:
        """Where its author finds it."""
        return f"/held/{self.id}" if self.held else f"/arguments/{self.id}"

    @property
    def place(self) -> str:
        """Where the files that came with it lie."""
        return ref("held" if self.held else "argument", self.id)


def submit(
    tx: Db, actor: Actor, item: int, *, body: str, stance: Stance, parent: int | None = None
) -> Submitted:
    """Put an argument on an item, or an answer on an argument, unless a screen holds it back.

    A form sent twice within two minutes is one argument, or one text that waits.
    """
    access = agenda.item_access(tx, actor, item)
    gate(tx, access)
    above = parent_of(tx, item, parent)
    if (first := same(tx, actor, item, parent, body)) is not None:
        return Submitted(first, held=False)
    again = [
        row.id
        for row in waiting.mine(tx, actor, item)
        if (row.parent_id, row.argument_id, row.body) == (parent, None, body)
    ]
    if again:
        return Submitted(again[0], held=True)
    post, found = _looked(tx, access, actor, body)
    if screening.holds(found):
        row = HeldArgument(item_id=item, parent_id=parent, stance=stance, **_text(actor.id, body))
        done = Submitted(_hold(tx, access, row), held=True)
    else:
        made = place(tx, actor, item, body, stance, above, stream=access.access.stream)
        done = Submitted(made.id, held=False)
    screening.note(tx, post, done.place, found)
    return done


def edit(tx: Db, actor: Actor, argument: int, body: str) -> int | None:
    """Put one's own argument differently; the earlier wording stays readable.

    Where a screen holds the new wording back, its id is returned and the old one stands meanwhile.
    """
    access, row = load(tx, actor, argument)
    if row.author_id != actor.id:
        raise Forbidden(_("Only its author may change an argument."))
    gate(tx, access)
    if row.hiding_id is not None:
        raise Conflict(_("This argument has been hidden; it cannot be changed."))
    if tx.get_one(ArgumentRevision, row.revision_id).body == body:
        return None
    post, found = _looked(tx, access, actor, body)
    if not screening.holds(found):
        reword(tx, actor, row, body, stream=access.access.stream)
        screening.note(tx, post, ref("argument", row.id), found)
        return None
    new = _held_wording(tx, row.id)
    if new is None:
        new = HeldArgument(
            item_id=row.item_id,
            parent_id=row.parent_id,
            argument_id=row.id,
            stance=row.stance,
            **_text(actor.id, body),
        )
        _hold(tx, access, new)
    else:
        _reword_held(tx, access, new, body)
    screening.note(tx, post, ref("held", new.id), found)
    return new.id


def revise_held(tx: Db, actor: Actor, held: int, body: str) -> None:
    """Put a text of one's own that waits differently; it goes on waiting."""
    access, found = waiting.access(tx, actor, held)
    if found.author_id != actor.id:
        raise Forbidden(_("Only its author may change this text."))
    gate(tx, access)
    row = tx.get_one(HeldArgument, held, with_for_update=True, populate_existing=True)
    if row.state != HeldState.WAITING:
        raise Conflict(_("Somebody has decided about this text already."))
    if row.body != body:
        _reword_held(tx, access, row, body)


def _looked(tx: Db, access: ItemAccess, actor: Actor, body: str) -> tuple[Post, list[list[Mark]]]:
    """What the screens see; those who would have to look at it themselves are not screened."""
    post = Post(actor, access.access.places, access.item.id, body)
    return post, [] if access.access.moderates else screening.look(tx, post)


def _text(author: int, body: str) -> dict[str, Any]:
    return {"author_id": author, "body": body, "html": render(body), "at": clock.now()}


def _hold(tx: Db, access: ItemAccess, row: HeldArgument) -> int:
    tx.add(row)
    tx.flush()
    _tell(tx, access, TextHeld(row.id, row.item_id), row)
    return row.id


def _held_wording(tx: Db, argument: int) -> HeldArgument | None:
    """The wording that waits, locked: one that is let out at this instant waits no more."""
    query = select(HeldArgument).where(
        col(HeldArgument.argument_id) == argument,
        col(HeldArgument.state) == HeldState.WAITING,
    )
    return tx.execute(query.with_for_update()).scalar_one_or_none()


def _reword_held(tx: Db, access: ItemAccess, row: HeldArgument, body: str) -> None:
    row.body, row.html, row.asked_at = body, render(body), None
    tx.flush()
    _tell(tx, access, TextRevised(row.id, row.item_id), row)


def _tell(tx: Db, access: ItemAccess, event: TextHeld | TextRevised, row: HeldArgument) -> None:
    author, stream = access.access.actor, access.access.stream
    record(tx, author, event, stream=stream, subject=ref("held", row.id))

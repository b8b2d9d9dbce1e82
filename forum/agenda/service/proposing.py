"""What people propose: looked at by the screens, then out at once, or held for a moderator."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import held as waiting
from forum.agenda import queries, rules
from forum.agenda.events import (
    ProposalHeld,
    ProposalRefused,
    ProposalReleased,
    ProposalRevised,
)
from forum.agenda.models import HeldItem, HeldState, ItemState
from forum.agenda.service import items
from forum.agenda.service.items import Draft
from forum.base import clock, screening
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import record
from forum.base.i18n import _
from forum.base.markup import render
from forum.base.refs import ref
from forum.base.screening import Mark, Post
from forum.consultations import queries as consultations
from forum.consultations.queries import Access
from forum.consultations.rules import Deed
from forum.members import queries as members


class Proposed(NamedTuple):
    """What became of a proposal: an item, or a text that waits."""

    id: int
    held: bool

    @property
    def url(self) -> str:
        """Where its author finds it."""
        return f"/proposals/{self.id}" if self.held else f"/items/{self.id}"


def submit(tx: Db, actor: Actor, consultation: int, draft: Draft) -> Proposed:
    """Propose a topic, unless a screen holds it back; sent twice, it waits once."""
    access = consultations.access(tx, actor, consultation)
    consultations.require(access, Deed.PROPOSE)
    same = [row.id for row in waiting.mine(tx, actor, consultation) if _says(row) == draft[:2]]
    if same:
        return Proposed(same[0], held=True)
    post, found = _looked(tx, access, actor, draft, None)
    if screening.holds(found):
        done = Proposed(_hold(tx, access, actor, draft, None), held=True)
    else:
        done = Proposed(items.propose(tx, actor, consultation, draft), held=False)
    screening.note(tx, post, ref("proposal" if done.held else "item", done.id), found)
    return done


def edit(tx: Db, actor: Actor, item: int, draft: Draft) -> Proposed:
    """Change an item; where a screen holds a proposer's new text, the old one stands meanwhile."""
    access, row = queries.item_access(tx, actor, item)
    items.require_editable(access, row)
    post, found = _looked(tx, access, actor, draft, item)
    if not screening.holds(found):
        items.edit(tx, actor, item, draft)
        screening.note(tx, post, ref("item", item), found)
        return Proposed(item, held=False)
    # Locked: one that is let out at this instant waits no more.
    query = select(HeldItem).where(
        col(HeldItem.item_id) == item,
        col(HeldItem.author_id) == actor.id,
        col(HeldItem.state) == HeldState.WAITING,
    )
    stored = tx.execute(query.with_for_update()).scalars().first()
    if stored is None:
        new = _hold(tx, access, actor, draft, item)
    else:
        new = _reword_held(tx, access, actor, stored, draft)
    screening.note(tx, post, ref("proposal", new), found)
    return Proposed(new, held=True)


def release(tx: Db, actor: Actor, held: int) -> int:
    """Publish a proposal that waits, or was refused, in its author's name; returns its item."""
    access, row = _load(tx, actor, held)
    if row.state == HeldState.PUBLISHED:
        raise Conflict(_("Somebody has decided about this text already."))
    author = members.actor_of(tx, row.author_id)
    draft = Draft(row.title, row.body, row.kind, row.minutes)
    if not rules.may_arrange(access.consultation.stage):
        raise Conflict(_("The consultation is closed; its agenda stays as it is."))
    if row.item_id is None:
        state = ItemState.PROPOSED
        made = items.place(tx, author, row.consultation_id, draft, state=state)
    else:
        made = row.item_id
        if queries.item_access(tx, actor, made).item.state is not ItemState.PROPOSED:
            raise Conflict(_("This item has been dealt with; its text stays as it was."))
        items.reword(tx, author, made, draft)
    _decide(tx, actor, row, HeldState.PUBLISHED)
    event = ProposalReleased(row.id, row.consultation_id, ref("item", made))
    record(tx, actor, event, stream=access.stream, subject=ref("proposal", row.id))
    return made


def refuse(tx: Db, actor: Actor, held: int) -> None:
    """Do not publish a proposal; its author keeps it, and is told why by the room that decides."""
    access, row = _load(tx, actor, held)
    if row.state != HeldState.WAITING:
        raise Conflict(_("Somebody has decided about this text already."))
    _decide(tx, actor, row, HeldState.REFUSED)
    event = ProposalRefused(row.id, row.consultation_id)
    record(tx, actor, event, stream=access.stream, subject=ref("proposal", row.id))


def _says(row: waiting.HeldRow) -> tuple[str, str]:
    return row.title, row.body


def _looked(
    tx: Db, access: Access, actor: Actor, draft: Draft, item: int | None
) -> tuple[Post, list[list[Mark]]]:
    """What the screens see; those who would have to look at it themselves are not screened."""
    post = Post(actor, access.places, item, f"{draft.title}\n\n{draft.body}")
    return post, [] if access.moderates else screening.look(tx, post)


def _hold(tx: Db, access: Access, actor: Actor, draft: Draft, item: int | None) -> int:
    row = HeldItem(
        consultation_id=access.consultation.id,
        item_id=item,
        author_id=actor.id,
        **draft._asdict(),
        html=render(draft.body),
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    event = ProposalHeld(row.id, row.consultation_id)
    record(tx, actor, event, stream=access.stream, subject=ref("proposal", row.id))
    return row.id


def _reword_held(tx: Db, access: Access, actor: Actor, row: HeldItem, draft: Draft) -> int:
    for name, value in draft._asdict().items():
        setattr(row, name, value)
    row.html = render(draft.body)
    tx.flush()
    event = ProposalRevised(row.id, row.consultation_id)
    record(tx, actor, event, stream=access.stream, subject=ref("proposal", row.id))
    return row.id


def _load(tx: Db, actor: Actor, held: int) -> tuple[Access, HeldItem]:
    access, found = waiting.access(tx, actor, held)
    consultations.require_moderator(access)
    if found.author_id == actor.id:
        raise Forbidden(_("This is your own text: somebody else decides."))
    return access, tx.get_one(HeldItem, held, with_for_update=True, populate_existing=True)


def _decide(tx: Db, actor: Actor, row: HeldItem, state: HeldState) -> None:
    row.state, row.decided_by, row.decided_at = state, actor.id, clock.now()
    tx.flush()

"""Writes on the agenda: items come to be, are edited, moved and go through their lives."""

from typing import NamedTuple

from sqlmodel import col, select

from forum.agenda import queries, rules, words
from forum.agenda.events import ItemCreated, ItemEdited, ItemMoved, ItemStateChanged
from forum.agenda.models import Item, ItemKind, ItemMove, ItemRevision, ItemState
from forum.agenda.queries import ItemRow
from forum.agenda.rules import Node
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import record, seal
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.markup import render
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.consultations.queries import Access
from forum.consultations.rules import Deed


class Draft(NamedTuple):
    """What is written about an item."""

    title: str
    body: str
    kind: ItemKind = ItemKind.DISCUSSION
    minutes: int | None = None


def create(
    tx: Db, actor: Actor, consultation: int, draft: Draft, *, parent: int | None = None
) -> int:
    """Put an item on the agenda; for moderators."""
    access = consultations.access(tx, actor, consultation)
    _arranges(access)
    return place(tx, actor, consultation, draft, parent=parent, state=ItemState.PLANNED)


def propose(tx: Db, actor: Actor, consultation: int, draft: Draft) -> int:
    """Propose a topic, at once; a moderator puts it on the agenda or says why not.

    What people send from outside goes through `proposing.submit`: the screens look first.
    """
    consultations.require(consultations.access(tx, actor, consultation), Deed.PROPOSE)
    return place(tx, actor, consultation, draft, state=ItemState.PROPOSED)


def place(
    tx: Db,
    actor: Actor | None,
    consultation: int,
    draft: Draft,
    *,
    parent: int | None = None,
    state: ItemState,
) -> int:
    """Store an item at the end of its siblings. The caller has judged who may."""
    nodes = _nodes(tx, consultation)
    if len(nodes) >= rules.ITEMS_MOST:
        raise Conflict(_("The agenda is full. Close or withdraw items, or begin another one."))
    if parent is not None and parent not in {node.id for node in nodes}:
        raise Invalid(_("There is no such item here."), fields={"parent": _("Choose another one.")})
    item = Item(
        consultation_id=consultation,
        parent_id=parent,
        path="",
        depth=0,
        position=rules.SIBLINGS_MOST,
        **draft._asdict(),
        html=render(draft.body),
        state=state,
        proposed_by=actor.id if actor else None,
        created_at=clock.now(),
    )
    tx.add(item)
    tx.flush()
    _settle(tx, consultation, [*nodes, Node(item.id, parent, rules.SIBLINGS_MOST)])
    revision, digest = _revise(tx, actor, item)
    link(tx, ref("item", item.id), Relation.PART_OF, ref("consultation", consultation))
    created = ItemCreated(
        item=item.id,
        consultation=consultation,
        parent=parent,
        type=draft.kind,
        state=state,
        minutes=draft.minutes,
        revision=revision,
        text=digest,
    )
    record(
        tx,
        actor,
        created,
        stream=ref("consultation", consultation),
        subject=ref("item", item.id),
    )
    return item.id


def edit(tx: Db, actor: Actor, item: int, draft: Draft) -> None:
    """Change an item; its proposer may as long as it is a proposal. Every text is kept."""
    access, row = queries.item_access(tx, actor, item)
    require_editable(access, row)
    reword(tx, actor, item, draft)


def reword(tx: Db, actor: Actor, item: int, draft: Draft) -> None:
    """Give an item a new text. The caller has judged who may."""
    stored = tx.get_one(Item, item)
    for name, value in draft._asdict().items():
        setattr(stored, name, value)
    stored.html = render(draft.body)
    revision, digest = _revise(tx, actor, stored)
    edited = ItemEdited(
        item=item, type=draft.kind, minutes=draft.minutes, revision=revision, text=digest
    )
    stream = ref("consultation", stored.consultation_id)
    record(tx, actor, edited, stream=stream, subject=ref("item", item))


def require_editable(access: Access, item: ItemRow) -> None:
    """Raise unless the reader may change the item's text now."""
    if not queries.may_edit(access, item):
        raise Forbidden(_("Only the moderators of this consultation may do this."))
    if item.state not in rules.EDITABLE:
        raise Conflict(_("This item has been dealt with; its text stays as it was."))


def move(tx: Db, actor: Actor, item: int, parent: int | None, position: int) -> None:
    """Put an item (and what hangs under it) elsewhere in the tree."""
    access, row = queries.item_access(tx, actor, item)
    _arranges(access)
    nodes = rules.moved(_nodes(tx, row.consultation_id), item, parent, position)
    if nodes is None:
        raise Conflict(_("An item cannot stand under itself."))
    _settle(tx, row.consultation_id, nodes)
    placed = tx.get_one(Item, item)
    moved = ItemMoved(item=item, parent=parent, position=placed.position)
    record(tx, actor, moved, stream=access.stream, subject=ref("item", item))


def change_state(tx: Db, actor: Actor, item: int, target: ItemState, reason: str = "") -> None:
    """Take an item a step on; for moderators, and for proposers who take their proposal back."""
    access, row = queries.item_access(tx, actor, item)
    takes_back = target is ItemState.WITHDRAWN and queries.may_edit(access, row)
    if not takes_back:
        _arranges(access)
    advance(tx, actor, item, target, reason)


def advance(tx: Db, actor: Actor | None, item: int, target: ItemState, reason: str = "") -> None:
    """Take an item a step on. The caller has judged who may (a meeting's chair, a closing poll)."""
    row = tx.get_one(Item, item, with_for_update=True)
    before = ItemState(row.state)
    if not rules.may_become(before, target):
        raise _no_step(before, target)
    if rules.needs_reason(before, target) and not reason.strip():
        sentence = _("Please say why; everybody who reads the item sees it.")
        raise Invalid(sentence, fields={"reason": sentence})
    _enter(tx, actor, row, target, reason)


def reinstate(tx: Db, actor: Actor, item: int, target: ItemState, reason: str) -> None:
    """Make an item what it was before it was declined or withdrawn; for moderators."""
    _arranges(queries.item_access(tx, actor, item)[0])
    row = tx.get_one(Item, item, with_for_update=True)
    if not rules.may_return(ItemState(row.state), target):
        raise _no_step(ItemState(row.state), target)
    _enter(tx, actor, row, target, reason)


def _no_step(before: ItemState, target: ItemState) -> Conflict:
    sentence = _("An item that is “%(state)s” cannot become “%(target)s”.")
    return Conflict(sentence % {"state": words.state(before), "target": words.state(target)})


def _enter(tx: Db, actor: Actor | None, row: Item, target: ItemState, reason: str) -> None:
    before, row.state = ItemState(row.state), target
    sealed = seal(reason)
    step = ItemMove(
        item_id=row.id,
        before=before,
        state=target,
        body=reason,
        salt=sealed.salt,
        moved_by=actor.id if actor else None,
        at=clock.now(),
    )
    tx.add(step)
    tx.flush()
    changed = ItemStateChanged(
        item=row.id, before=before, state=target, move=step.id, text=sealed.digest
    )
    stream = ref("consultation", row.consultation_id)
    record(tx, actor, changed, stream=stream, subject=ref("item", row.id))


def _arranges(access: Access) -> None:
    consultations.require_moderator(access)
    if not rules.may_arrange(access.consultation.stage):
        raise Conflict(_("The consultation is closed; its agenda stays as it is."))


def _nodes(tx: Db, consultation: int) -> list[Node]:
    found = tx.execute(
        select(Item.id, Item.parent_id, Item.position).where(
            col(Item.consultation_id) == consultation
        )
    )
    return [Node(*row) for row in found]


def _settle(tx: Db, consultation: int, nodes: list[Node]) -> None:
    """Write the places that follow from the nodes, where they changed."""
    parents = {node.id: node.parent_id for node in nodes}
    placed = rules.arranged(nodes)
    if any(spot.depth >= rules.DEPTH_MOST for spot in placed.values()):
        raise Conflict(_("Items cannot be nested deeper than this."))
    for row in tx.exec(select(Item).where(col(Item.consultation_id) == consultation)):
        row.path, row.depth, row.position = placed[row.id]
        row.parent_id = parents[row.id]
    tx.flush()


def _revise(tx: Db, actor: Actor | None, item: Item) -> tuple[int, str]:
    whole = f"{item.title}\n\n{item.body}"
    sealed = seal(whole)
    row = ItemRevision(
        item_id=item.id,
        body=whole,
        salt=sealed.salt,
        author_id=actor.id if actor else None,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    return row.id, sealed.digest

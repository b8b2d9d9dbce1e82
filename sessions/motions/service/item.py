"""The item's own life goes along with what is moved on it."""

from sqlmodel import col, select

from forum.agenda import service as agenda
from forum.agenda.models import Item, ItemState
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _


def state_of(tx: Db, item: int) -> ItemState:
    """How an item stands now."""
    return ItemState(tx.exec(select(Item.state).where(col(Item.id) == item)).one())


def debate_again(tx: Db, actor: Actor | None, item: int, *, only: ItemState) -> None:
    """Take an item that stands so back to the debate: something on it is still to be decided."""
    state = state_of(tx, item)
    if state is not only:
        return
    reason = _("A motion on it is still to be decided.")
    if state is ItemState.DECIDED:
        agenda.advance(tx, actor, item, ItemState.VOTING, reason)
    agenda.advance(tx, actor, item, ItemState.DEBATE, reason)


def decided(tx: Db, actor: Actor | None, item: int) -> None:
    """What was carried without a vote decides the item as well."""
    if state_of(tx, item) in (ItemState.OPEN, ItemState.DEBATE):
        agenda.advance(tx, actor, item, ItemState.VOTING)
    if state_of(tx, item) is ItemState.VOTING:
        agenda.advance(tx, actor, item, ItemState.DECIDED)

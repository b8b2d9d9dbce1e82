"""What the verbs of this room share."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden, NotFound
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.members.holdings import forget
from forum.members.identities import OPENING, EntryLink, Purpose
from forum.members.models import Member


def tell(tx: Db, actor: Actor | None, event: Event, member_id: int) -> None:
    """Record on the person's own stream: their open pages learn of it at once."""
    forget(tx, member_id)
    own = f"member:{member_id}"
    record(tx, actor, event, stream=own, subject=own)


def existing(tx: Db, member_id: int) -> Member:
    """Somebody who is there and not erased."""
    found = tx.get(Member, member_id)
    if found is None or found.erased_at is not None:
        raise NotFound(_("There is no such person."))
    return found


def require_grown(tx: Db, member_id: int) -> None:
    """Forbidden for children: of them nothing is kept by which they could be reached."""
    if existing(tx, member_id).minor is not None:
        raise Forbidden(_("Of children under 14 no address, number or device is kept."))


def end_links(tx: Db, member_id: int, purposes: Sequence[Purpose] = OPENING) -> None:
    """Let the links and codes that are out for somebody open nothing more."""
    mine = (col(EntryLink.member_id) == member_id) & col(EntryLink.purpose).in_(purposes)
    tx.execute(delete(EntryLink).where(mine))

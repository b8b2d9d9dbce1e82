"""Asking for one's erasure, taking that back, and doing it."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from forum.base import clock, erasure, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.members import queries as members
from forum.members.models import PLATFORM, Member, Role
from forum.members.service.common import existing
from forum.privacy import events
from forum.privacy.models import Erasure

DUE = "privacy:erase"
# Long enough to think better of it, or to notice that it was somebody else.
WAIT = timedelta(days=7)


def ask(tx: Db, member: int) -> None:
    """Have an account erased after the time to think; Conflict for the only administrator.

    The caller has judged that it is their own, or their child's.
    """
    _replaceable(tx, member)
    if tx.get(Erasure, member) is not None:
        raise Conflict(_("The account is to be erased already."))
    due = clock.now() + WAIT
    tx.add(Erasure(member_id=member, asked_at=clock.now(), due_at=due))
    tx.flush()
    ticker.schedule(tx, DUE, due, str(member))
    _tell(tx, None, events.ErasureAsked(member, due.isoformat()), member)


def withdraw(tx: Db, actor: Actor, member: int) -> None:
    """Let an account stay after all: one's own, or one's child's, as the caller has judged."""
    wish = tx.get(Erasure, member)
    if wish is None:
        raise Conflict(_("Nobody asked for the account to be erased."))
    tx.delete(wish)
    tx.flush()
    ticker.cancel(tx, DUE, str(member))
    _tell(tx, actor, events.ErasureWithdrawn(member), member)


def taken(tx: Db, member: int) -> None:
    """Note that a copy of somebody's data left the house."""
    _tell(tx, None, events.DataTaken(member), member)


def erase(tx: Db, actor: Actor | None, member: int) -> None:
    """Erase now: de-identified where the record must stay, removed where it need not."""
    existing(tx, member)
    _replaceable(tx, member)
    ticker.cancel(tx, DUE, str(member))
    _tell(tx, actor, events.PersonErased(member), member)
    wish = tx.get(Erasure, member) or Erasure(
        member_id=member, asked_at=clock.now(), due_at=clock.now()
    )
    wish.done_at = clock.now()
    tx.add(wish)
    tx.flush()
    erasure.erase(tx, member)
    # A login name is one of a kind; this one nobody can take, for it breaks the rule of names.
    nameless = {"login": f"erased:{member}", "name": ""}
    tx.execute(update(Member).where(col(Member.id) == member).values(**nameless))


@ticker.due(DUE)
def _due(tx: Db, subject: str) -> None:
    member = tx.get(Member, int(subject))
    if member is not None and member.erased_at is None:
        erase(tx, None, member.id)


def _replaceable(tx: Db, member: int) -> None:
    holders = [person.id for person in members.holders(tx, Role.ADMINISTRATOR, [PLATFORM])]
    if holders == [member]:
        raise Conflict(_("This is the only administrator. Name another one first."))


def _tell(tx: Db, actor: Actor | None, event: Event, member: int) -> None:
    # Without an actor where the person is to be told even so: it may have been a stranger who
    # sits before their open page.
    own = f"member:{member}"
    record(tx, actor, event, stream=own, subject=own)

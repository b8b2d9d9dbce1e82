"""Giving one's vote to another, taking it back, declining; what a closing poll leaves of it."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, insert, select, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.base.registry import on_erasure
from forum.members.models import Member
from voting.delegations import events, places
from voting.delegations.models import Delegation, Ending, Followed
from voting.delegations.rules import Way


def give(tx: Db, actor: Actor, place: str, delegate: int) -> int:
    """Let somebody vote for one there; who was named before does so no more. Returns its id."""
    if actor.asleep:
        raise GuardianFirst
    found = places.find(tx, actor, place, keep=True)
    _check(actor, delegate, found)
    _one_at_a_time(tx, actor.id)
    mine = (col(Delegation.place) == place, col(Delegation.giver_id) == actor.id)
    if _declined(tx, *mine, col(Delegation.delegate_id) == delegate):
        words = _("This person has declined to vote for you here. Choose somebody else.")
        raise Conflict(words)
    now = tx.execute(select(Delegation).where(*mine, col(Delegation.ended_at).is_(None)))
    if (before := now.scalar_one_or_none()) is not None:
        if before.delegate_id == delegate:
            return int(before.id)
        _end(tx, actor, before, Ending.REPLACED)
    row = Delegation(
        place=place,
        consultation_id=found.consultation,
        giver_id=actor.id,
        delegate_id=delegate,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    _tell(tx, actor, row, events.DelegationGiven(row.id, place, actor.id, delegate))
    return row.id


def _check(actor: Actor, delegate: int, found: places.Place) -> None:
    """Both must be able to vote there."""
    if actor.id not in found.people:
        raise Forbidden(_("You cannot vote here, so you cannot give your vote away."))
    wrong = ""
    if delegate == actor.id:
        wrong = _("That is you. Choose somebody else.")
    elif delegate not in found.people:
        wrong = _("This person cannot vote here.")
    if wrong:
        raise Invalid(wrong, fields={"delegate": wrong})


def _one_at_a_time(tx: Db, member: int) -> None:
    """Two clicks of one person at once: the second waits, and finds what the first did."""
    tx.get(Member, member, with_for_update={"key_share": True}, populate_existing=True)


def _declined(tx: Db, *match: ColumnElement[bool]) -> bool:
    query = select(col(Delegation.id)).where(*match, col(Delegation.ending) == Ending.DECLINED)
    return tx.execute(query.limit(1)).first() is not None


def withdraw(tx: Db, actor: Actor, delegation: int) -> None:
    """Take it back: what is closed already stays as it was counted."""
    row = _held(tx, actor, delegation)
    if row.giver_id != actor.id:
        raise Forbidden(_("Only who gave it can take it back. You can decline it."))
    _end(tx, actor, row, Ending.WITHDRAWN)


def decline(tx: Db, actor: Actor, delegation: int) -> None:
    """Not to vote for somebody who wished it; they are told."""
    row = _held(tx, actor, delegation)
    if row.delegate_id != actor.id:
        raise Forbidden(_("Only who should vote for somebody can decline it."))
    _end(tx, actor, row, Ending.DECLINED)


def _held(tx: Db, actor: Actor, delegation: int) -> Delegation:
    row = tx.get(Delegation, delegation, with_for_update=True, populate_existing=True)
    if row is None or actor.id not in (row.giver_id, row.delegate_id):
        raise NotFound(_("There is no such page."))
    if row.ended_at is not None:
        raise Conflict(_("It does not hold any more."))
    return row


def _end(tx: Db, actor: Actor | None, row: Delegation, ending: Ending) -> None:
    row.ended_at, row.ending = clock.now(), ending
    tx.flush()
    told = events.DelegationDeclined if ending is Ending.DECLINED else events.DelegationWithdrawn
    _tell(tx, actor, row, told(row.id, row.place, row.giver_id, row.delegate_id))


def _tell(tx: Db, actor: Actor | None, row: Delegation, event: Event) -> None:
    record(tx, actor, event, stream=ref("member", row.giver_id), subject=ref("delegation", row.id))


def follow(tx: Db, poll: int, given: Mapping[int, int], ways: Mapping[int, Way]) -> None:
    """Keep what became of each vote in a poll that closes; those given for it alone are over."""
    rows = [
        {
            "poll_id": poll,
            "giver_id": giver,
            "delegate_id": given[giver],
            "holder_id": way.holder,
            "fate": way.fate,
            "steps": way.steps,
        }
        for giver, way in sorted(ways.items())
    ]
    if rows:
        tx.connection().execute(insert(Followed), rows)
    tx.execute(
        update(Delegation)
        .where(col(Delegation.place) == ref("poll", poll), col(Delegation.ended_at).is_(None))
        .values(ended_at=clock.now(), ending=Ending.OVER)
    )


@on_erasure
def erased(tx: Db, member: int) -> None:
    """Whoever is erased votes for nobody, and nobody votes for them."""
    mine = (col(Delegation.giver_id) == member) | (col(Delegation.delegate_id) == member)
    tx.execute(
        update(Delegation)
        .where(mine, col(Delegation.ended_at).is_(None))
        .values(ended_at=clock.now(), ending=Ending.ERASED)
    )

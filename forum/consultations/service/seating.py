"""Places of those who were invited: given in order, and passed on where somebody goes."""

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import places
from forum.consultations.events import ParticipantListed
from forum.consultations.models import Category, Consultation, Invitation, Participant, Place
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role


def category(tx: Db, consultation: int, ident: int) -> Category:
    """A sort of people, locked: of two who come for the last place, one gets it."""
    row = tx.get(Category, ident, with_for_update=True, populate_existing=True)
    if row is None or row.consultation_id != consultation:
        raise NotFound(_("These people are not invited here."))
    return row


def seat(tx: Db, actor: Actor | None, place: Place) -> None:
    """Put somebody who came on the list; a guest becomes a resident of this one consultation."""
    place.seated_at = clock.now()
    here = ref("consultation", place.consultation_id)
    who = members.actor_of(tx, place.member_id)
    if tx.get(Participant, (place.consultation_id, place.member_id)) is None:
        made_by = tx.get_one(Invitation, place.invitation_id).made_by
        tx.add(
            Participant(
                consultation_id=place.consultation_id,
                member_id=place.member_id,
                added_by=made_by,
                added_at=clock.now(),
            )
        )
        tx.flush()
        listed = ParticipantListed(consultation=place.consultation_id, member=place.member_id)
        record(tx, actor, listed, stream=here, subject=here)
    if who.guest_of == here:
        accounts.grant(tx, None, who.id, Role.RESIDENT, here)


def fill(tx: Db, actor: Actor | None, row: Category) -> None:
    """Give free places to those who wait, in the order of their coming."""
    if tx.get_one(Consultation, row.consultation_id).archived_at is not None:
        return  # nobody is called to what has been put away
    waiting = (
        select(Place)
        .where(col(Place.category_id) == row.id, col(Place.seated_at).is_(None))
        .order_by(col(Place.id))
    )
    if row.quota is not None:
        free = row.quota - places.seated(tx, row.id)
        waiting = waiting.limit(max(0, free))
    for place in tx.execute(waiting).scalars().all():
        seat(tx, actor, place)
    tx.flush()


def sort_of(tx: Db, consultation: int, member: int) -> Category | None:
    """The sort of people of somebody's place, locked: before a place is given, left or passed on.

    Before the first event as well, since that locks the log: who does it the other way round may
    wait for ever.
    """
    theirs = (col(Place.consultation_id) == consultation) & (col(Place.member_id) == member)
    sort = tx.execute(select(col(Place.category_id)).where(theirs)).scalar_one_or_none()
    return tx.get(Category, sort, with_for_update=True, populate_existing=True) if sort else None


def _place(tx: Db, consultation: int, member: int) -> tuple[Place | None, Category | None]:
    row = sort_of(tx, consultation, member)
    theirs = (col(Place.consultation_id) == consultation) & (col(Place.member_id) == member)
    return tx.execute(select(Place).where(theirs)).scalar_one_or_none(), row


def enlisted(tx: Db, actor: Actor, consultation: int, member: int) -> None:
    """After somebody was put on the list: if they waited for a place, this is theirs."""
    place, _row = _place(tx, consultation, member)
    if place is not None and place.seated_at is None:
        seat(tx, actor, place)
        tx.flush()


def leave_place(tx: Db, actor: Actor, consultation: int, member: int) -> None:
    """After somebody was taken off the list: their place goes to the next who waits."""
    place, row = _place(tx, consultation, member)
    if place is None:
        return
    here = ref("consultation", consultation)
    held = members.grants(tx, [member])
    if any(grant.role is Role.RESIDENT and grant.place == here for grant in held):
        accounts.revoke(tx, None, member, Role.RESIDENT, here)
    _free(tx, actor, place, row)


def leave_all(tx: Db, member: int) -> None:
    """After somebody has gone for good: each place of theirs goes to the next who waits."""
    theirs = select(col(Place.consultation_id)).where(col(Place.member_id) == member)
    for consultation in tx.execute(theirs.order_by(col(Place.id))).scalars().all():
        place, row = _place(tx, consultation, member)
        if place is not None:
            _free(tx, None, place, row)


def _free(tx: Db, actor: Actor | None, place: Place, row: Category | None) -> None:
    tx.delete(place)
    tx.flush()
    if row is not None:
        fill(tx, actor, row)

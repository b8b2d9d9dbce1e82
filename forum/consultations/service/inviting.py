"""Invitations by link: made for a sort of people, taken by those who come, places in order."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import places, queries, rules, words
from forum.consultations.access import Access
from forum.consultations.events import (
    CategorySet,
    InvitationMade,
    InvitationTaken,
    InvitationWithdrawn,
)
from forum.consultations.models import (
    Category,
    Invitation,
    InvitationCode,
    Place,
)
from forum.consultations.places import Offer
from forum.consultations.service import seating
from forum.members import queries as members
from forum.stations import codes
from forum.stations import service as doors


class Links(NamedTuple):
    """Fresh links; nobody can read their codes a second time."""

    id: int
    codes: list[str]


class Joined(NamedTuple):
    """Somebody who came by a link; with a number, they wait for a place."""

    arrival: doors.Arrival
    waits_as: int | None


def _led(tx: Db, actor: Actor | None, consultation: int) -> Access:
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    return access


def set_category(
    tx: Db,
    actor: Actor,
    consultation: int,
    name: str,
    quota: int | None,
    *,
    category: int | None = None,
) -> int:
    """Invite a sort of people, or give it another number of places: who waits then moves up."""
    access = _led(tx, actor, consultation)
    if category is None:
        known = select(col(Category.id)).where(
            col(Category.consultation_id) == consultation, col(Category.name) == name
        )
        if tx.execute(known).first():
            sentence = _("These people are invited already; change their number of places.")
            raise Invalid(sentence, fields={"own": sentence})
        row = Category(consultation_id=consultation, name=name)
    else:
        row = seating.category(tx, consultation, category)
    row.quota = quota
    tx.add(row)
    tx.flush()
    made = CategorySet(consultation=consultation, category=row.id, quota=quota)
    record(tx, actor, made, stream=access.stream, subject=access.stream)
    seating.fill(tx, actor, row)
    return row.id


def invite(
    tx: Db,
    actor: Actor,
    consultation: int,
    *,
    category: int | None,
    note: str,
    until: datetime,
    guests: bool,
    most: int | None = None,
    personal: int = 0,
) -> Links:
    """Make a link for many (`most` of them, or as many as come), or `personal` ones for one each.

    Their codes are returned this once.
    """
    access = _led(tx, actor, consultation)
    if category is not None:
        seating.category(tx, consultation, category)
    now = clock.now()
    if not rules.invitation_fits(until - now):
        sentence = _("Valid for at most one year from now.")
        raise Invalid(sentence, fields={"until": sentence})
    row = Invitation(
        consultation_id=consultation,
        category_id=category,
        note=note,
        most=1 if personal else most,
        guests=guests,
        until=until,
        made_by=actor.id,
        made_at=now,
    )
    tx.add(row)
    tx.flush()
    beginning = codes.tag()
    drawn: set[str] = set()
    while len(drawn) < (personal or 1):
        drawn.add(codes.draw(beginning))
    fresh = [{"digest": codes.digest(code), "invitation_id": row.id, "uses": 0} for code in drawn]
    tx.execute(insert(InvitationCode), fresh)
    made = InvitationMade(
        consultation=consultation,
        invitation=row.id,
        category=category,
        codes=len(drawn),
        most=row.most,
    )
    record(tx, actor, made, stream=access.stream, subject=access.stream)
    return Links(row.id, sorted(drawn))


def withdraw_invitation(tx: Db, actor: Actor, consultation: int, invitation: int) -> None:
    """Let links open nothing any more; who came by them stays."""
    access = _led(tx, actor, consultation)
    row = tx.get(Invitation, invitation)
    if row is None or row.consultation_id != consultation:
        raise NotFound(_("There is no such invitation."))
    if row.withdrawn_at is not None:
        raise Conflict(_("This invitation has been withdrawn already."))
    row.withdrawn_at = clock.now()
    tx.flush()
    withdrawn = InvitationWithdrawn(consultation=consultation, invitation=invitation)
    record(tx, actor, withdrawn, stream=access.stream, subject=access.stream)


def join(tx: Db, actor: Actor | None, typed: str, newcomer: doors.Newcomer | None) -> Joined:
    """Come by a link: with one's account, with a new one, or as a guest of this one consultation.

    Where all places are taken one waits, and is told when one's turn has come.
    """
    offer = places.offer(tx, typed)
    if closed := offer.closed():
        raise closed
    arrival = _arrive(tx, actor, offer, newcomer)
    actor = members.actor_of(tx, arrival.member)
    _may_come(tx, actor, offer)
    _claim(tx, offer)
    if offer.category_id is not None:
        seating.category(tx, offer.consultation, offer.category_id)
    place = Place(
        consultation_id=offer.consultation,
        member_id=actor.id,
        category_id=offer.category_id,
        invitation_id=offer.invitation,
        came_at=clock.now(),
    )
    waits = places.is_full(tx, offer.category_id)
    tx.add(place)
    tx.flush()
    here = ref("consultation", offer.consultation)
    taken = InvitationTaken(
        consultation=offer.consultation, invitation=offer.invitation, member=actor.id, waits=waits
    )
    record(tx, actor, taken, stream=here, subject=here)
    if not waits:
        seating.seat(tx, actor, place)
    return Joined(arrival, places.number(tx, actor, offer.consultation))


def _arrive(
    tx: Db, actor: Actor | None, offer: Offer, newcomer: doors.Newcomer | None
) -> doors.Arrival:
    if actor is not None:
        return doors.Arrival(actor.id, None)
    if newcomer is None:
        raise Forbidden(_("Please say how you want to be called."))
    if newcomer.password is None and not offer.guests:
        sentence = _("This invitation asks for a membership: choose a login name and a password.")
        raise Invalid(sentence, fields={"login": sentence})
    guest_of = ref("consultation", offer.consultation) if newcomer.password is None else None
    return doors.open_account(tx, newcomer, guest_of=guest_of)


def _may_come(tx: Db, actor: Actor, offer: Offer) -> None:
    here = queries.places(tx, offer.consultation, offer.station_id)
    standing = members.standing(tx, actor, here)
    if standing.banned:
        raise Forbidden(words.restriction(standing, offer.zone))
    if queries.listed(tx, actor, offer.consultation):
        raise Conflict(_("You take part already."))
    if places.number(tx, actor, offer.consultation) is not None:
        raise Conflict(_("You are on the waiting list already."))
    if actor.guest_of not in (None, here[0]):
        raise Forbidden(words.guest_elsewhere())


def _claim(tx: Db, offer: Offer) -> None:
    """Use the link once more; of two who take its last use at one instant one gets it."""
    claim = (
        update(InvitationCode)
        .where(col(InvitationCode.digest) == offer.digest)
        .values(uses=col(InvitationCode.uses) + 1)
        .returning(col(InvitationCode.uses))
    )
    if offer.most is not None:
        claim = claim.where(col(InvitationCode.uses) < offer.most)
    if not tx.execute(claim).first():
        raise Conflict(_("This invitation has been used up. Please ask for another one."))

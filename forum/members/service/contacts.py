"""Addresses and numbers: adding, confirming, removing one, and opening the seal with a reason."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import col

from forum.base import clock, deliveries, sealing
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from forum.members import counter, events, reach
from forum.members.identities import BY_MAIL, Contact, ContactAccess, ContactKind
from forum.members.models import PLATFORM
from forum.members.service.common import end_links, existing, require_grown, tell
from forum.members.service.verification import METHODS, verify, withdraw

MOST = 6  # of one person, what waits to be confirmed among them


def kept_form(kind: ContactKind, value: str) -> str:
    """The address or number as it is kept; refuses what is none."""
    kept = reach.normalised(kind, value)
    if kept is None:
        words = {
            ContactKind.MAIL: _("This is no mail address."),
            ContactKind.PHONE: _("This is no telephone number."),
        }
        raise Invalid(words[kind], fields={kind.value: words[kind]})
    return kept


def add(tx: Db, actor: Actor | None, member_id: int, kind: ContactKind, value: str) -> int:
    """Keep a way to reach somebody, not confirmed yet; the one that is there already stands."""
    require_grown(tx, member_id)
    kept = kept_form(kind, value)
    if kind is ContactKind.MAIL:
        deliveries.forgive(tx, "mail", kept)  # it may have come to life again
    digest = reach.digest(kind, kept)
    mine = col(Contact.member_id) == member_id
    same = select(col(Contact.id)).where(
        mine, col(Contact.kind) == kind, col(Contact.digest) == digest
    )
    if (found := tx.execute(same).scalar_one_or_none()) is not None:
        return int(found)
    if tx.execute(select(func.count()).select_from(Contact).where(mine)).scalar_one() >= MOST:
        words = _("There are enough. Remove one first.")
        raise Invalid(words, fields={kind.value: words})
    contact = Contact(
        member_id=member_id,
        kind=kind,
        sealed=sealing.sealed(kept),
        digest=digest,
        added_at=clock.now(),
    )
    tx.add(contact)
    tx.flush()
    tell(tx, actor, events.ContactChanged(member_id), member_id)
    return contact.id


def confirm(tx: Db, actor: Actor | None, contact_id: int, *, place: str = PLATFORM) -> str | None:
    """It is theirs: a letter's link was opened, or a clerk saw to it.

    It takes the place of what was confirmed before; returns that address, to be told of it.
    """
    contact = tx.get(Contact, contact_id)
    if contact is None:
        raise NotFound(_("This address is no longer there."))
    if contact.confirmed_at is not None:
        return None
    if contact.kind == ContactKind.MAIL and _confirmed_by_another(tx, contact):
        raise Conflict(_("Another account holds this address. Remove it there first."))
    before = None
    for other in _confirmed(tx, contact.member_id, ContactKind(contact.kind)):
        before = sealing.unsealed(other.sealed)
        tx.delete(other)
    tx.flush()
    contact.confirmed_at = clock.now()
    contact.confirmed_by = actor.id if actor and actor.id != contact.member_id else None
    tx.flush()
    _end_letters(tx, contact.member_id, ContactKind(contact.kind))
    tell(tx, actor, events.ContactChanged(contact.member_id), contact.member_id)
    verify(tx, actor, contact.member_id, METHODS[ContactKind(contact.kind)], place=place)
    return before


def remove(tx: Db, actor: Actor, contact_id: int) -> None:
    """Forget one of one's own addresses or numbers."""
    contact = tx.get(Contact, contact_id)
    if contact is None or contact.member_id != actor.id:
        raise NotFound(_("This address is no longer there."))
    kind, confirmed = ContactKind(contact.kind), contact.confirmed_at is not None
    tx.delete(contact)
    tx.flush()
    if confirmed:
        _end_letters(tx, actor.id, kind)
        withdraw(tx, actor.id, METHODS[kind])
    tell(tx, actor, events.ContactChanged(actor.id), actor.id)


def forget(tx: Db, actor: Actor | None, member_id: int, kind: ContactKind) -> None:
    """Forget all of somebody's addresses or numbers; letters that wait are not sent."""
    mine = (col(Contact.member_id) == member_id) & (col(Contact.kind) == kind)
    gone = delete(Contact).where(mine).returning(col(Contact.confirmed_at))
    if not (removed := tx.execute(gone).scalars().all()):
        return
    if any(removed):
        withdraw(tx, member_id, METHODS[kind])
    _end_letters(tx, member_id, kind)
    if kind is ContactKind.MAIL:
        deliveries.withdraw(tx, member_id, "mail")
    tell(tx, actor, events.ContactChanged(member_id), member_id)


def unseal(
    tx: Db, actor: Actor, member_id: int, reason: str
) -> list[tuple[ContactKind, str, datetime | None]]:
    """Show a member of the staff how to reach somebody; kept with the reason, and told."""
    existing(tx, member_id)
    if counter.place_for(tx, actor, member_id) is None:
        raise NotFound(_("There is no such person."))
    reason = " ".join(reason.split())
    if len(reason) < 5:
        words = _("Say in a few words what you need it for.")
        raise Invalid(words, fields={"reason": words})
    access = ContactAccess(member_id=member_id, by_id=actor.id, at=clock.now(), reason=reason[:200])
    tx.add(access)
    tx.flush()
    tell(tx, actor, events.ContactUnsealed(member_id), member_id)
    query = select(col(Contact.kind), col(Contact.sealed), col(Contact.confirmed_at))
    found = tx.execute(query.where(col(Contact.member_id) == member_id).order_by(col(Contact.id)))
    return [
        (ContactKind(kind), sealing.unsealed(sealed) or "", confirmed)
        for kind, sealed, confirmed in found
    ]


def _end_letters(tx: Db, member_id: int, kind: ContactKind) -> None:
    """Links in letters to the address that was theirs open nothing more."""
    if kind is ContactKind.MAIL:
        end_links(tx, member_id, BY_MAIL)


def _confirmed(tx: Db, member_id: int, kind: ContactKind) -> list[Contact]:
    query = select(Contact).where(
        col(Contact.member_id) == member_id,
        col(Contact.kind) == kind,
        col(Contact.confirmed_at).is_not(None),
    )
    return list(tx.execute(query).scalars())


def _confirmed_by_another(tx: Db, contact: Contact) -> bool:
    query = select(col(Contact.id)).where(
        col(Contact.kind) == ContactKind.MAIL,
        col(Contact.digest) == contact.digest,
        col(Contact.member_id) != contact.member_id,
        col(Contact.confirmed_at).is_not(None),
    )
    return tx.execute(query).first() is not None

"""Consent, purpose by purpose: given where data is asked for, taken back by one button, in force.

The room that holds the data says what taking back does to it:

    @consents.ending("push")
    def nothing_more(tx, actor, member): …          # remove it

and records that data came or went with `follow`, in the transaction in which it did. Before it
uses the data it asks `in_force`.
"""

from collections.abc import Callable, Collection
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, registry, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.events import Event, Stored, record
from forum.base.i18n import _
from forum.base.purposes import ASKED, BY_KEY, MAIL, PHONE
from forum.members import contacts
from forum.members.events import ContactChanged
from forum.members.identities import ContactKind
from forum.privacy import events
from forum.privacy.models import Consent, Way

DAY = timedelta(days=1)
AT_ONCE = 50  # a change of wording concerns everybody: nobody shall wait for all of it
Ending = Callable[[Db, Actor, int], None]
endings: dict[str, Ending] = {}
KINDS = {ContactKind.MAIL: MAIL, ContactKind.PHONE: PHONE}


def ending(purpose: str) -> Callable[[Ending], Ending]:
    """Say what becomes of the data when somebody takes this consent back."""

    def add(act: Ending) -> Ending:
        endings[purpose] = act
        return act

    return add


def in_force(db: Db, purpose: str, members: Collection[int]) -> frozenset[int]:
    """Of these people, whose data may be used for the purpose as it reads today."""
    found = select(col(Consent.member_id)).where(
        col(Consent.member_id).in_(members),
        col(Consent.purpose) == purpose,
        col(Consent.version) == BY_KEY[purpose].version,
        col(Consent.ended_at).is_(None),
    )
    return frozenset(db.execute(found).scalars())


def opened(tx: Db, member: int, purpose: str) -> Consent | None:
    """The consent that was not taken back, in whatever wording."""
    found: Consent | None = tx.execute(
        select(Consent).where(
            col(Consent.member_id) == member,
            col(Consent.purpose) == purpose,
            col(Consent.ended_at).is_(None),
        )
    ).scalar_one_or_none()
    return found


def give(tx: Db, member: int, purpose: str, way: Way, by: int) -> None:
    """Keep that somebody consents to the purpose as it reads today, in place of older words."""
    if (before := opened(tx, member, purpose)) is not None:
        before.ended_at, before.ended_by = clock.now(), by
        tx.flush()
    version = BY_KEY[purpose].version
    row = Consent(
        member_id=member,
        purpose=purpose,
        version=version,
        way=way,
        by_id=by,
        given_at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    tell(tx, by, events.ConsentGiven(member, purpose, version, way), member)


def close(tx: Db, member: int, purpose: str, by: int | None) -> bool:
    """Keep that a consent is over; whether there was one."""
    row = opened(tx, member, purpose)
    if row is None:
        return False
    row.ended_at, row.ended_by = clock.now(), by
    tx.flush()
    tell(tx, by, events.ConsentEnded(member, purpose), member)
    return True


def follow(tx: Db, member: int, purpose: str, by: int | None, *, there: bool) -> None:
    """Data came, or the last of it went: the consent comes and goes with it.

    Words that were consented to before stay those until the person is asked again.
    """
    if not there:
        close(tx, member, purpose, by)
    elif opened(tx, member, purpose) is None:
        own = by in (None, member)
        give(tx, member, purpose, Way.SELF if own else Way.COUNTER, by or member)


def agree_again(tx: Db, actor: Actor, purpose: str) -> None:
    """Consent to the new words of something that one had consented to."""
    row = opened(tx, actor.id, purpose)
    if row is None or purpose not in endings:
        raise NotFound(_("There is nothing of this kind to agree to."))
    if row.version == BY_KEY[purpose].version:
        raise Conflict(_("You have agreed to this already."))
    give(tx, actor.id, purpose, Way.SELF, actor.id)


def withdraw(tx: Db, actor: Actor, purpose: str) -> None:
    """Take one's consent back: the data goes, at once; what was done before stays right."""
    if purpose not in endings or opened(tx, actor.id, purpose) is None:
        raise NotFound(_("There is no such consent of yours."))
    endings[purpose](tx, actor, actor.id)
    close(tx, actor.id, purpose, actor.id)


def tell(tx: Db, by: int | None, event: Event, member: int) -> None:
    """Record on the person's own stream, in the name of whoever did it."""
    own = f"member:{member}"
    record(tx, Actor(by, "") if by else None, event, stream=own, subject=own)


@registry.react(ContactChanged)
def _contacts(tx: Db, stored: Stored, event: ContactChanged) -> None:
    """An address or number was given, at the form that says what for; or the last one is gone."""
    held = {kind for _id, kind, _at in contacts.kinds(tx, event.member)}
    for kind, purpose in KINDS.items():
        follow(tx, event.member, purpose, stored.actor_id, there=kind in held)


@ending(MAIL)
def _no_mail(tx: Db, actor: Actor, member: int) -> None:
    contacts.forget(tx, actor, member, ContactKind.MAIL)


@ending(PHONE)
def _no_phone(tx: Db, actor: Actor, member: int) -> None:
    contacts.forget(tx, actor, member, ContactKind.PHONE)


@ticker.every("privacy:wording", DAY)
def ask_again(tx: Db, _subject: str) -> None:
    """Where a purpose reads differently than what was consented to, ask anew, once."""
    for purpose in ASKED:
        old = select(Consent).where(
            col(Consent.purpose) == purpose.key,
            col(Consent.version) < purpose.version,
            col(Consent.ended_at).is_(None),
            col(Consent.asked_at).is_(None),
        )
        found = tx.execute(old.order_by(col(Consent.id)).limit(AT_ONCE)).scalars().all()
        if len(found) == AT_ONCE:
            ticker.schedule(tx, "privacy:wording", clock.now(), "")
        for row in found:
            row.asked_at = clock.now()
            tx.flush()
            tell(tx, None, events.ConsentAskedAgain(row.member_id, purpose.key), row.member_id)

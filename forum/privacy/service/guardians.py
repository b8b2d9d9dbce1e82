"""A child's guardian: consents by their own account or on paper, and takes it back at any time."""

from sqlalchemy import delete, select
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Stored
from forum.base.i18n import _
from forum.base.minors import Minor
from forum.base.purposes import BY_KEY, CHILD
from forum.members import counter, people, rules
from forum.members.identities import EntryLink
from forum.members.identities import Purpose as LinkFor
from forum.members.minors import MinorDeclared
from forum.members.service import declare, links
from forum.members.service.common import existing
from forum.members.service.minors import place_under
from forum.privacy import events, queries
from forum.privacy.models import Childhood, Consent, Way
from forum.privacy.queries import Child
from forum.privacy.service import consents
from forum.privacy.service.consents import DAY

LINK_LASTS = 7 * DAY


@registry.react(MinorDeclared)
def _begins(tx: Db, _stored: Stored, event: MinorDeclared) -> None:
    tx.merge(Childhood(member_id=event.member, declared_at=clock.now()))
    tx.flush()


def make_link(tx: Db, child: Actor) -> str:
    """The token of a link that the child gives to a guardian; an older one opens nothing more."""
    _require_child(tx, child.id)
    _require_free(tx, child.id)
    mine = (col(EntryLink.member_id) == child.id) & (col(EntryLink.purpose) == LinkFor.GUARDIAN)
    tx.execute(delete(EntryLink).where(mine))
    return links.make(tx, LinkFor.GUARDIAN, lasts=LINK_LASTS, member_id=child.id)


def child_of(db: Db, guardian: Actor, token: str) -> int:
    """Whose link this is, for somebody who can be a guardian; Forbidden for others."""
    child = links.look(db, LinkFor.GUARDIAN, token).member_id or 0
    if guardian.id == child:
        raise Forbidden(_("This link is for your guardian: send it, or let them scan the picture."))
    known = rules.LEVELS[people.account(db, guardian).verified] >= rules.Level.REACHED
    if guardian.minor is not None or guardian.guest_of is not None or not known:
        words = _(
            "A guardian is a member whom the platform knows by mail, telephone, a slip of the "
            "station or a document. Confirm one of these in your settings, or sign at the station."
        )
        raise Forbidden(words)
    return child


def consent(tx: Db, guardian: Actor, token: str) -> int:
    """Consent for a child whose link one was given; returns the child's number."""
    child = child_of(tx, guardian, token)
    _require_child(tx, child)
    _require_free(tx, child)
    links.claim(tx, LinkFor.GUARDIAN, token)
    _wake(tx, child, Way.GUARDIAN, guardian)
    return child


def consent_on_paper(tx: Db, clerk: Actor, child: int) -> None:
    """Note that a guardian signed the form at the counter; the paper stays there."""
    _looked_after(tx, clerk, child)
    _require_child(tx, child)
    if consents.in_force(tx, CHILD, [child]):
        raise Conflict(_("A guardian has consented for this child already."))
    _wake(tx, child, Way.COUNTER, clerk)


def withdraw(tx: Db, guardian: Actor, child: int) -> None:
    """Take one's consent for a child back: from now on the child reads, and no more."""
    require_guardian(tx, guardian, child)
    if consents.opened(tx, child, CHILD) is None:
        raise Conflict(_("You have taken your consent back already."))
    _sleep(tx, child, guardian.id)


def withdraw_at_counter(tx: Db, clerk: Actor, child: int) -> None:
    """Note that a guardian came to the counter and took the consent back."""
    _looked_after(tx, clerk, child)
    if consents.opened(tx, child, CHILD) is None:
        raise Conflict(_("No guardian has consented."))
    _sleep(tx, child, clerk.id)


def declare_at_counter(tx: Db, clerk: Actor, member: int) -> None:
    """Note that somebody who is looked after here is under 14."""
    _looked_after(tx, clerk, member)
    declare(tx, clerk, member)


def say_grown(tx: Db, actor: Actor) -> None:
    """Say that one is 14 by now; the station confirms it."""
    _require_child(tx, actor.id)
    row = tx.get_one(Childhood, actor.id)
    if row.grown_at is not None:
        raise Conflict(_("You have said so already. Your station confirms it at the counter."))
    row.grown_at = clock.now()
    tx.flush()
    consents.tell(tx, actor.id, events.ChildSaysGrown(actor.id), actor.id)


def confirm_grown(tx: Db, clerk: Actor, member: int) -> None:
    """End a childhood: the person says so, here or in their settings, and a clerk agrees."""
    _looked_after(tx, clerk, member)
    _require_child(tx, member)
    row = tx.get_one(Childhood, member)
    row.grown_at, row.ended_at = row.grown_at or clock.now(), clock.now()
    # Told before the childhood ends, while it is known who the guardian was.
    consents.tell(tx, clerk.id, events.ChildGrown(member), member)
    consents.close(tx, member, CHILD, clerk.id)
    place_under(tx, member, None)


def require_guardian(db: Db, guardian: Actor, child: int) -> Child:
    """The child, for the one guardian who has it in hand; NotFound for everybody else."""
    found = queries.child(db, child)
    if found is None or found.guardian != guardian.id:
        raise NotFound(_("There is no such child of yours."))
    return found


def renew(tx: Db, guardian: Actor, child: int) -> None:
    """Consent again: to rules that read differently now, or after taking the consent back."""
    consent = require_guardian(tx, guardian, child).consent
    if consent is not None and consent.current:
        raise Conflict(_("You have agreed to this already."))
    _wake(tx, child, Way.GUARDIAN, guardian)


@registry.react(events.ConsentAskedAgain)
def _reads_differently(tx: Db, _stored: Stored, event: events.ConsentAskedAgain) -> None:
    """Rules for children that changed: the child waits until the guardian has agreed to them."""
    if event.purpose == CHILD:
        place_under(tx, event.member, Minor.WAITING)
        consents.tell(tx, None, events.ChildAsleep(event.member), event.member)


@registry.on_erasure
def _guardian_goes(tx: Db, member: int) -> None:
    """Without the guardian there is no consent; what the person consented to is over as well."""
    own = select(Consent).where(col(Consent.ended_at).is_(None))
    of_children = own.where(col(Consent.by_id) == member, col(Consent.way) == Way.GUARDIAN)
    for row in tx.execute(of_children).scalars().all():
        _sleep(tx, row.member_id, None)
    for row in tx.execute(own.where(col(Consent.member_id) == member)).scalars().all():
        row.ended_at = clock.now()
    tx.flush()


def _wake(tx: Db, child: int, way: Way, by: Actor) -> None:
    consents.give(tx, child, CHILD, way, by.id)
    place_under(tx, child, Minor.GUARDED)
    consents.tell(tx, by.id, events.ChildAwake(child), child)


def _sleep(tx: Db, child: int, by: int | None) -> None:
    place_under(tx, child, Minor.WAITING)
    consents.tell(tx, by, events.ChildAsleep(child), child)
    consents.close(tx, child, CHILD, by)


def _require_child(tx: Db, member: int) -> None:
    if existing(tx, member).minor is None:
        raise Conflict(_("This is not the account of a child."))


def _require_free(tx: Db, child: int) -> None:
    """What was signed on paper may pass to a guardian's account; that of another one may not."""
    row = consents.opened(tx, child, CHILD)
    if row is not None and row.way == Way.GUARDIAN and row.version == BY_KEY[CHILD].version:
        raise Conflict(_("A guardian has consented for this child already."))


def _looked_after(db: Db, clerk: Actor, member: int) -> None:
    if counter.place_for(db, clerk, member) is None:
        raise NotFound(_("There is no such person."))

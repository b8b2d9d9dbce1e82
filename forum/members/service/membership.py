"""From guest to member by oneself, as far as the place lets people."""

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden, Invalid
from forum.base.i18n import _
from forum.members import contacts, options, rules, verifications
from forum.members.models import Entry
from forum.members.passwords import Hashed
from forum.members.service.accounts import become_member


def take_membership(tx: Db, actor: Actor, *, login: str, password: Hashed | None) -> None:
    """Give one's account a password, and a guest a membership.

    A password is not needed by whoever can be sent a link.
    """
    if actor.guest_of is not None:
        require_membership(tx, actor)
    reached = actor.guest_of is not None and actor.id in contacts.mail_of(tx, [actor.id])
    if password is None and not reached:
        words = _("Please choose a password, or confirm a mail address first.")
        raise Invalid(words, fields={"password": words})
    become_member(tx, actor, login=login, password=password)


def require_membership(db: Db, actor: Actor) -> None:
    """Raise unless a guest may become a member by themselves here."""
    entry = Entry(options.value(db, options.REGISTRATION))
    if rules.may_join(entry, verifications.best(db, actor.id)):
        return
    if entry is Entry.INVITED:
        words = _("Confirm a mail address first, or come in with a card of a station.")
        raise Forbidden(words)
    options.require_open(db)

"""One-use links and codes: made, claimed; what each is good for is its purpose."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlmodel import col

from forum.base import clock, deliveries, limits, sealing, ticker
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from forum.members import contacts, counter, events, letters, options, queries, rules
from forum.members.identities import ContactKind, EntryLink, Purpose
from forum.members.models import Entry
from forum.members.passwords import Hashed
from forum.members.service import doors
from forum.members.service.accounts import register, set_password
from forum.members.service.common import existing, tell
from forum.members.service.contacts import add, confirm, kept_form
from forum.members.service.second import compact, readable
from forum.members.service.signin import sign_out_everywhere

SHORT = timedelta(minutes=30)
LONG = timedelta(days=1)
STEP = timedelta(minutes=10)


def make(
    tx: Db,
    purpose: Purpose,
    *,
    lasts: timedelta,
    member_id: int | None = None,
    sealed: str | None = None,
    contact_id: int | None = None,
    back: str = "/",
    shared: bool = False,
    token: str = "",
) -> str:
    """Keep the digest of a fresh token, which is returned and kept nowhere."""
    token = token or secrets.token_urlsafe(24)
    tx.add(
        EntryLink(
            digest=sha256hex(token.encode()),
            purpose=purpose,
            member_id=member_id,
            sealed=sealed,
            contact_id=contact_id,
            back=back if len(back) <= 300 else "/",
            shared=shared,
            expires_at=clock.now() + lasts,
        )
    )
    tx.flush()
    return token


def look(db: Db, purpose: Purpose, token: str) -> EntryLink:
    """What a token is for; looking does not use it up, for mail scanners look as well."""
    query = select(EntryLink).where(
        col(EntryLink.digest) == sha256hex(token.encode()), col(EntryLink.purpose) == purpose
    )
    found: EntryLink | None = db.execute(query).scalar_one_or_none()
    if found is None or found.expires_at <= clock.now():
        raise NotFound(_("This link is used up or its time is over. Ask for a new one."))
    return found


def claim(tx: Db, purpose: Purpose, token: str) -> EntryLink:
    """Use a token up: of two at the same instant one gets it."""
    found = look(tx, purpose, token)
    taken = delete(EntryLink).where(col(EntryLink.digest) == found.digest)
    tx.expunge(found)
    if tx.execute(taken.returning(col(EntryLink.digest))).first() is None:
        raise NotFound(_("This link is used up or its time is over. Ask for a new one."))
    return found


def ask(tx: Db, purpose: Purpose, address: str, *, base: str, back: str, shared: bool) -> None:
    """Send a link to sign in, or for a new password; to an unknown address, one to register.

    Both take the same work and get the same answer.
    """
    kept = kept_form(ContactKind.MAIL, address)
    limits.check(f"letter:{sealing.keyed(kept.casefold())}", per_minute=0.2, burst=4)
    member_id = contacts.by_mail(tx, kept)
    if member_id is None and options.value(tx, options.REGISTRATION) != Entry.OPEN:
        letters.unknown(tx, kept)
        return
    if member_id is None:
        sealed = sealing.sealed(kept)
        token = make(tx, Purpose.REGISTER, lasts=SHORT, sealed=sealed, back=back, shared=shared)
        letters.register(tx, kept, f"{base}/register/mail/{token}")
        return
    token = make(tx, purpose, lasts=SHORT, member_id=member_id, back=back, shared=shared)
    if purpose is Purpose.RESET:
        letters.reset(tx, kept, f"{base}/new-password/{token}", member_id)
    else:
        letters.sign_in(tx, kept, f"{base}/sign-in/mail/{token}", member_id)


def join(
    tx: Db,
    token: str,
    *,
    login: str,
    name: str,
    password: Hashed | None,
    lang: str,
    minor: bool = False,
) -> tuple[int, EntryLink]:
    """Open an account by the link of a letter: its address is confirmed with it.

    A child's address is not kept, so a child comes back with a password.
    """
    options.require_open(tx)
    link = claim(tx, Purpose.REGISTER, token)
    address = sealing.unsealed(link.sealed or "")
    if address is None or contacts.by_mail(tx, address) is not None:
        raise NotFound(_("This link is used up or its time is over. Ask for a new one."))
    if minor and password is None:
        words = _("Please choose a password: no address of a child is kept to send a link to.")
        raise Invalid(words, fields={"password": words})
    new = register(tx, login=login, name=name, password=password, lang=lang, minor=minor)
    if minor:
        return new, link
    confirm(tx, None, add(tx, None, new, ContactKind.MAIL, address))
    return new, link


def ask_to_confirm(tx: Db, actor: Actor, contact_id: int, address: str, *, base: str) -> None:
    """Send the letter that shows whose an address is."""
    limits.check(f"confirm:{actor.id}", per_minute=0.2, burst=5)
    deliveries.forgive(tx, "mail", address)
    token = make(tx, Purpose.CONFIRM, lasts=LONG, member_id=actor.id, contact_id=contact_id)
    letters.confirm(tx, address, f"{base}/contacts/{token}", actor.id)


def look_for(db: Db, actor: Actor, token: str) -> None:
    """Refuse a link that confirms an address of another account.

    Else somebody could put another's address to an account of his own.
    """
    if look(db, Purpose.CONFIRM, token).member_id != actor.id:
        raise Conflict(_("This link belongs to another account. Sign in with that one first."))


def confirm_by_link(tx: Db, actor: Actor, token: str) -> None:
    """The address is theirs; the one before it is told."""
    look_for(tx, actor, token)
    link = claim(tx, Purpose.CONFIRM, token)
    before = confirm(tx, actor, link.contact_id or 0)
    if before is not None:
        letters.replaced(tx, before, actor.id)


def may_let_in(db: Db, actor: Actor | None, member_id: int) -> bool:
    """Whether this clerk, who looks after somebody, may give them a new card or a code."""
    theirs = {grant.role for grant in queries.grants(db, [member_id])}
    has_mail = letters.offered() and member_id in contacts.mail_of(db, [member_id])
    return rules.may_let_in(theirs, has_mail=has_mail) or queries.administrates(db, actor)


def require_let_in(db: Db, actor: Actor | None, member_id: int) -> None:
    """Raise unless they may."""
    if not may_let_in(db, actor, member_id):
        words = _("This person has a mail address, or an office: a code would open too much.")
        raise Conflict(words)


def hand_out_code(tx: Db, actor: Actor, member_id: int) -> tuple[str, str]:
    """A one-use code for a new password, for somebody at the counter who has no mail.

    Returns the login name and the code: the two open together.
    """
    place = counter.place_for(tx, actor, member_id)
    if place is None:
        raise NotFound(_("There is no such person."))
    require_let_in(tx, actor, member_id)
    old = (col(EntryLink.member_id) == member_id) & (col(EntryLink.purpose) == Purpose.CODE)
    tx.execute(delete(EntryLink).where(old))
    login, code = existing(tx, member_id).login, readable(2)
    make(tx, Purpose.CODE, lasts=LONG, member_id=member_id, token=_spoken(login, code))
    tell(tx, actor, events.ResetCodeMade(member_id, place), member_id)
    return login, code


def _spoken(login: str, code: str) -> str:
    """The token that a login name and a code handed out make together."""
    return f"{rules.folded(login)}:{compact(code)}"


def new_password(
    tx: Db, token: str, password: Hashed, purpose: Purpose = Purpose.RESET
) -> EntryLink:
    """Take the password that was chosen by a link; whoever else was in is out."""
    link = claim(tx, purpose, token)
    member_id = link.member_id or 0
    set_password(tx, queries.actor_of(tx, member_id), member_id, password)
    sign_out_everywhere(tx, member_id)
    doors.opened(tx, doors.door("password", existing(tx, member_id).login))
    return link


def new_password_by_code(tx: Db, login: str, code: str, password: Hashed) -> EntryLink:
    """The same by a code from the counter."""
    return new_password(tx, _spoken(login, code), password, Purpose.CODE)


@ticker.every("members:links", LONG)
def sweep(tx: Db, _subject: str) -> None:
    """Forget the links whose time is over."""
    tx.execute(delete(EntryLink).where(col(EntryLink.expires_at) <= clock.now()))

"""Opening and changing an account; the first administrator's one-use link."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.i18n import _
from forum.members import events, queries, rules
from forum.members.models import PLATFORM, FirstLink, Member, Mode, Role, Verification
from forum.members.passwords import Hashed, hashed
from forum.members.service.common import end_links, existing, tell
from forum.members.service.minors import childlike, declare
from forum.members.service.places import grant
from forum.members.service.verification import mark

FIRST_LINK_HOLDS = timedelta(hours=1)


def _check_login(tx: Db, login: str) -> dict[str, str]:
    if not rules.login_fits(login):
        return {"login": _("Three to forty letters or digits; dots and dashes may stand between.")}
    if tx.execute(select(col(Member.id)).where(col(Member.login) == login)).first():
        return {"login": _("Somebody has this login name already. Choose another one.")}
    return {}


def _check_name(name: str) -> dict[str, str]:
    if rules.name_fits(name):
        return {}
    return {"name": _("A name has one to forty characters.")}


def check_password(password: str, login: str, field: str = "password") -> None:
    """Refuse a password that would protect nobody."""
    if not rules.password_fits(password, login):
        words = _("At least eight characters, and not the login name.")
        raise Invalid(_("This password is too weak."), fields={field: words})


def register(
    tx: Db,
    *,
    login: str | None,
    name: str,
    password: str | None,
    lang: str | None = None,
    mode: Mode = Mode.STANDARD,
    verified: Verification = Verification.NONE,
    guest_of: str | None = None,
    minor: bool = False,
    by: Actor | None = None,
) -> int:
    """Open an account; without a login name (who comes back with a card) it gets a free one.

    Routes pass a `Hashed` password, so that no hash is made under the lock. A child (`minor`) gets
    a name that the platform makes: what was typed is kept nowhere.
    """
    login = rules.folded(login) if login else _free_login(tx)
    name = childlike() if minor else rules.shown(name)
    faults = _check_login(tx, login) | _check_name(name)
    if faults:
        raise Invalid(_("The account cannot be opened like this."), fields=faults)
    if password is not None and not isinstance(password, Hashed):
        check_password(password, login)
        password = hashed(password)
    member = Member(
        login=login,
        name=name,
        password=password,
        lang=lang,
        mode=mode,
        guest_of=guest_of,
        joined_at=clock.now(),
    )
    tx.add(member)
    try:
        tx.flush()
    except IntegrityError as taken:  # two people chose the same login name in the same moment
        words = _("Somebody has this login name already. Choose another one.")
        raise Invalid(words, fields={"login": words}) from taken
    if verified != Verification.NONE:
        mark(tx, by, member.id, verified)
    tell(tx, by, events.Joined(member.id), member.id)
    if minor:
        declare(tx, by, member.id)
    return member.id


def _free_login(tx: Db) -> str:
    wishes = [f"r{secrets.randbelow(9 * 10**7) + 10**7}" for _wish in range(5)]
    query = select(col(Member.login)).where(col(Member.login).in_(wishes))
    taken = set(tx.execute(query).scalars())
    return next(wish for wish in wishes if wish not in taken)


def become_member(tx: Db, actor: Actor, *, login: str = "", password: Hashed | None = None) -> None:
    """Give one's own account a membership, and a first password where one wants to have one.

    The account stays the same one: what a guest said is what the member said.
    """
    member = existing(tx, actor.id)
    if password is not None:
        if member.password is not None:
            raise Conflict(_("There is a password already. Change it in the settings."))
        login = rules.folded(login)
        if login != member.login and (faults := _check_login(tx, login)):
            raise Invalid(_("The account cannot be opened like this."), fields=faults)
        member.login, member.password = login, password
        tx.flush()
        tell(tx, actor, events.PasswordChanged(member.id), member.id)
    if member.guest_of is not None:
        member.guest_of = None
        tx.flush()
        tell(tx, actor, events.BecameMember(member.id), member.id)


def rename(tx: Db, actor: Actor, name: str) -> None:
    """Take another display name; neither name goes into the log."""
    name = rules.shown(name)
    faults = _check_name(name)
    if faults:
        raise Invalid(_("This name cannot be taken."), fields=faults)
    member = existing(tx, actor.id)
    if member.minor is not None:
        raise Forbidden(
            _("Children go by a name that the platform made, so that nobody finds them.")
        )
    if member.name != name:
        member.name = name
        tx.flush()
        tell(tx, actor, events.NameChanged(actor.id), actor.id)


def set_password(tx: Db, actor: Actor | None, member_id: int, password: Hashed) -> None:
    """Store another password; links, codes and the card open nothing more.

    Ending the other sign-ins is the caller's next call.
    """
    existing(tx, member_id).password = password
    tx.flush()
    end_links(tx, member_id)
    tell(tx, actor, events.PasswordChanged(member_id), member_id)


def prefer(tx: Db, actor: Actor, **choice: str | int | None) -> None:
    """Store how somebody wants to read: `lang`, `theme`, `mode`, `text_size`."""
    known = ("lang", "theme", "mode", "text_size")
    allowed = {key: value for key, value in choice.items() if key in known}
    tx.execute(update(Member).where(col(Member.id) == actor.id).values(**allowed))


def dismiss_hint(tx: Db, actor: Actor, hint: str) -> None:
    """Never show this first-visit hint again."""
    member = existing(tx, actor.id)
    member.hints = sorted({*(member.hints or ()), hint})
    tx.flush()


@registry.first_door
def first_administrator_link(tx: Db) -> str | None:
    """A fresh one-use path for the first administrator; None once there is one."""
    if queries.has_administrator(tx):
        return None
    token = secrets.token_urlsafe(24)
    tx.execute(delete(FirstLink))
    holds_until = clock.now() + FIRST_LINK_HOLDS
    tx.add(FirstLink(digest=sha256hex(token.encode()), expires_at=holds_until))
    tx.flush()
    return f"/first/{token}"


def found(tx: Db, token: str, *, login: str, name: str, password: Hashed, lang: str | None) -> int:
    """Use the link: open the first administrator's account. The link is gone with it."""
    digest = sha256hex(token.encode())
    holds = queries.first_link_holds(tx, digest)
    # Taking the link away is the claim: of two at the same instant one gets it.
    claim = delete(FirstLink).where(col(FirstLink.digest) == digest)
    if not tx.execute(claim.returning(col(FirstLink.digest))).first() or not holds:
        raise NotFound(_("This link is used up or its hour is over. Start the server again."))
    member_id = register(
        tx, login=login, name=name, password=password, lang=lang, verified=Verification.STAFF
    )
    grant(tx, None, member_id, Role.ADMINISTRATOR, PLATFORM)
    return member_id

"""Ways in by the sign-in services of others: tied to an account, used, taken off."""

from datetime import timedelta
from json import dumps, loads
from typing import NamedTuple

from sqlalchemy import delete, exists, select
from sqlmodel import col

from forum.base import auth, clock, sealing, ticker
from forum.base.auth import Actor, Credential
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.i18n import _
from forum.members import contacts, letters, options
from forum.members.identities import EntryLink, ProviderLink, ProviderSpent, Purpose
from forum.members.models import Verification
from forum.members.providers import port
from forum.members.providers.events import ProviderLinked, ProviderUnlinked
from forum.members.providers.port import Provider
from forum.members.service import links
from forum.members.service.accounts import register
from forum.members.service.common import existing, tell
from forum.members.service.verification import verify, withdraw

REMEMBERED = timedelta(days=2)  # longer than any state or ticket is good for
FRESH = timedelta(minutes=15)


class Tie(NamedTuple):
    """A service and whom it knows, as its digest."""

    provider: str
    digest: str
    verifies: bool


def spend(tx: Db, *, kind: str, value: str) -> bool:
    """Use up what may be presented once; False when it was presented before."""
    digest = sealing.keyed(f"spent:{kind}:{value}")
    if tx.get(ProviderSpent, digest) is not None:
        return False
    tx.add(ProviderSpent(digest=digest, expires_at=clock.now() + REMEMBERED))
    tx.flush()  # the same one, presented twice in the same moment, breaks the key
    return True


def tie(provider: Provider, subject: str) -> Tie:
    """What is kept of whom a service vouches for."""
    return Tie(provider.key, provider.digest(subject), provider.verifies)


def known(db: Db, tied: Tie) -> int | None:
    """Whose account it opens."""
    query = select(col(ProviderLink.member_id)).where(col(ProviderLink.digest) == tied.digest)
    found: int | None = db.execute(query).scalar_one_or_none()
    return found


def welcome(tx: Db, tied: Tie, *, back: str, shared: bool) -> str:
    """Keep a place for somebody new, who is to say how others shall call them."""
    options.require_open(tx)
    sealed = sealing.sealed(dumps(tied))
    return links.make(
        tx, Purpose.NEWCOMER, lasts=links.SHORT, sealed=sealed, back=back, shared=shared
    )


def join(tx: Db, token: str, *, name: str, lang: str, minor: bool = False) -> tuple[int, EntryLink]:
    """Open an account for somebody new; the service is its way in."""
    options.require_open(tx)
    link = links.claim(tx, Purpose.NEWCOMER, token)
    tied = Tie(*loads(sealing.unsealed(link.sealed or "") or "[]"))
    new = register(tx, login=None, name=name, password=None, lang=lang, minor=minor)
    _keep(tx, None, new, tied, first=True)
    return new, link


def attach(tx: Db, actor: Actor, tied: Tie) -> None:
    """Let a service open one's account from now on."""
    owner = known(tx, tied)
    if owner == actor.id:
        return
    if owner is not None:
        raise Conflict(_("This sign-in opens another account already. Sign in with it to use it."))
    if tied.provider in {link.provider for link in linked(tx, actor.id)}:
        raise Conflict(_("Another sign-in of this service opens your account. Take it off first."))
    _keep(tx, actor, actor.id, tied, first=False)


def _keep(tx: Db, actor: Actor | None, member_id: int, tied: Tie, *, first: bool) -> None:
    tx.add(
        ProviderLink(
            member_id=member_id,
            provider=tied.provider,
            digest=tied.digest,
            linked_at=clock.now(),
        )
    )
    tx.flush()
    tell(tx, actor, ProviderLinked(member_id, tied.provider, first), member_id)
    if tied.verifies:
        verify(tx, actor, member_id, Verification.PROVIDER)


def detach(tx: Db, actor: Actor, provider: str) -> None:
    """Take a service off one's account, while another way in remains."""
    mine = linked(tx, actor.id)
    if provider not in {link.provider for link in mine}:
        return
    if not _other_ways(tx, actor, mine, provider):
        raise Conflict(_("This is your only way in. Set a password or confirm a mail first."))
    query = delete(ProviderLink).where(
        col(ProviderLink.member_id) == actor.id, col(ProviderLink.provider) == provider
    )
    tx.execute(query)
    others = [port.offered().get(link.provider) for link in mine if link.provider != provider]
    if not any(other and other.verifies for other in others):
        withdraw(tx, actor.id, Verification.PROVIDER)
    tell(tx, actor, ProviderUnlinked(actor.id, provider), actor.id)


def _other_ways(tx: Db, actor: Actor, mine: list[ProviderLink], provider: str) -> bool:
    services = {link.provider for link in mine} & set(port.offered())
    by_mail = letters.offered() and actor.id in contacts.mail_of(tx, [actor.id])
    return bool(existing(tx, actor.id).password) or by_mail or bool(services - {provider})


def linked(db: Db, member_id: int) -> list[ProviderLink]:
    """The services that open an account."""
    query = select(ProviderLink).where(col(ProviderLink.member_id) == member_id)
    return list(db.execute(query.order_by(col(ProviderLink.linked_at))).scalars())


def require_fresh(db: Db, actor: Actor) -> None:
    """Without a password to ask for, ways in are changed soon after signing in, or not."""
    recent = exists().where(
        col(Credential.id) == actor.credential_id,
        col(Credential.kind) == auth.CredentialKind.BROWSER.value,
        col(Credential.created_at) > clock.now() - FRESH,
    )
    if not db.execute(select(recent)).scalar_one():
        words = _("Please sign out and in again first: it is to be you who changes this.")
        raise Forbidden(words)


@ticker.every("members:spent", REMEMBERED)
def sweep(tx: Db, _subject: str) -> None:
    """Forget what could not be presented again anyway."""
    tx.execute(delete(ProviderSpent).where(col(ProviderSpent.expires_at) <= clock.now()))

"""Ways in: opening them after a password was checked, closing them, programs' tokens."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlmodel import col

from forum.base import auth
from forum.base.auth import Actor, Credential, CredentialKind
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members import events, queries
from forum.members.service.common import end_links, tell

TOKEN_LASTS = timedelta(days=365)


def sign_in(tx: Db, member_id: int, *, label: str, lasts: timedelta = auth.LASTS) -> str:
    """Sign a browser in; returns the cookie's token."""
    actor = queries.actor_of(tx, member_id)
    token = auth.sign_in(tx, member_id, label=label, lasts=lasts)
    tell(tx, actor, events.SignInBegan(member_id), member_id)
    return token


def sign_out(tx: Db, actor: Actor, credential_id: int) -> None:
    """Sign one of one's own devices out; its open pages learn of it at once."""
    if not auth.sign_out(tx, actor.id, credential_id):
        raise NotFound(_("This device is not signed in."))
    tell(tx, actor, events.SignInEnded(actor.id, 1), actor.id)


def sign_out_others(tx: Db, actor: Actor, *, programs: bool = False) -> int:
    """Sign every other browser out, and programs if said; returns how many there were."""
    kinds = tuple(CredentialKind) if programs else (CredentialKind.BROWSER,)
    query = delete(Credential).where(
        col(Credential.member_id) == actor.id,
        col(Credential.kind).in_([kind.value for kind in kinds]),
        col(Credential.id) != actor.credential_id,
    )
    ended = len(tx.execute(query.returning(col(Credential.id))).all())
    if ended:
        tell(tx, actor, events.SignInEnded(actor.id, ended), actor.id)
    return ended


def make_token(tx: Db, actor: Actor, label: str) -> str:
    """A token for a program that acts in one's name; it is shown this once."""
    token = auth.sign_in(tx, actor.id, label=label, kind=CredentialKind.TOKEN, lasts=TOKEN_LASTS)
    query = select(col(Credential.id)).where(col(Credential.digest) == auth.digest(token))
    ident = tx.execute(query).scalar_one()
    tell(tx, actor, events.TokenMade(actor.id, ident or 0), actor.id)
    return token


def revoke_token(tx: Db, actor: Actor, credential_id: int) -> None:
    """Shut a program out."""
    if not auth.sign_out(tx, actor.id, credential_id):
        raise NotFound(_("This token is not in use."))
    tell(tx, actor, events.TokenRevoked(actor.id, credential_id), actor.id)


def sign_out_everywhere(tx: Db, member_id: int) -> None:
    """Shut all ways in of somebody, programs' as well: after a lost device or password."""
    end_links(tx, member_id)
    ended = auth.sign_out(tx, member_id)
    if ended:
        tell(tx, None, events.SignInEnded(member_id, ended), member_id)

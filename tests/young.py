"""A child under 14 who belongs to the cast's place, and a guardian's link."""

from urllib.parse import urlsplit

from cast import Cast
from conftest import Client
from starlette.testclient import TestClient

from forum.base import auth
from forum.base.auth import Actor
from forum.base.db import reading, transaction
from forum.consultations import service as consultations
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role, Verification
from forum.members.service.verification import verify
from forum.privacy.service import guardians

TYPED = "Xiaoming of door 7"


def child(cast: Cast, login: str = "xiaoming") -> int:
    """Under 14 by their own word, a resident and on the list, without a guardian's consent."""
    with transaction() as tx:
        new = accounts.register(tx, login=login, name=TYPED, password=None, lang="en", minor=True)
        accounts.grant(tx, None, new, Role.RESIDENT, f"station:{cast.station}")
        consultations.enlist(tx, cast.alice, cast.consultation, new)
    return new


def actor(ident: int) -> Actor:
    """The child as the database knows it now."""
    with reading() as db:
        return members.actor_of(db, ident)


def browser(client: Client, ident: int) -> TestClient:
    """The child's own browser."""
    made = client(None)
    with transaction() as tx:
        made.cookies.set(auth.COOKIE, auth.sign_in(tx, ident, label="test"))
    return made


def known(cast: Cast, name: str = "bob") -> None:
    """Somebody is known well enough to be a guardian."""
    with transaction() as tx:
        verify(tx, None, cast[name].id, Verification.CODE)


def link(ident: int) -> str:
    """The path that a child gives to its guardian."""
    with transaction() as tx:
        return urlsplit(f"/guardian/{guardians.make_link(tx, actor(ident))}").path


def under(cast: Cast, name: str = "bob") -> int:
    """A child who takes part with this guardian."""
    ident = child(cast)
    known(cast, name)
    path = link(ident)
    with transaction() as tx:
        guardians.consent(tx, cast[name], path.rpartition("/")[2])
    return ident

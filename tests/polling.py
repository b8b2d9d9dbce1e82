"""Arranging polls: made, opened and voted in through the services."""

from typing import Any

from cast import Cast

from forum.base import auth, db
from forum.base.auth import Actor
from forum.base.writer import write_now
from voting.boxes.ballots import Receipt
from voting.polls import service
from voting.polls.models import Secrecy
from voting.polls.rules import RollEntry

VOTERS = ("alice", "bob", "dana", "rong", "hui", "shu", "clerk")


def make(cast: Cast, *, opened: bool = True, **draft: Any) -> int:
    """A poll on the cast's item, open to its listed people unless said otherwise."""
    opening = {name: draft.pop(name) for name in ("roll", "present", "eligible") if name in draft}
    with db.transaction() as tx:
        asked = service.Draft(**{"question": "Shall we take the glass lift?", **draft})
        poll = service.create(tx, cast.alice, cast.item, asked)
        if opened:
            service.open(tx, cast.alice, poll, **opening)
    return poll


def secret(cast: Cast, **draft: Any) -> int:
    """A secret poll."""
    return make(cast, secrecy=Secrecy.SECRET, **draft)


def credential(actor: Actor) -> str:
    """The digest of a fresh sign-in."""
    with db.transaction() as tx:
        return auth.digest(auth.sign_in(tx, actor.id, label="test"))


def vote(
    actor: Actor, poll: int, choice: str = "yes", *, nonce: str = "", reason: str = ""
) -> Receipt:
    """Cast through the writer's own function."""
    cast = service.Cast(
        credential(actor), poll, choice, reason, nonce or f"{poll * 1000 + actor.id:032x}"
    )
    return write_now(service.cast_batch, cast)


def close(cast: Cast, poll: int, *, publish: bool = False) -> None:
    """Close, and publish if wished."""
    with db.transaction() as tx:
        service.close(tx, cast.alice, poll)
        if publish:
            service.publish(tx, cast.alice, poll)


def people(cast: Cast, *names: str, **kwargs: Any) -> list[RollEntry]:
    """Lines of a roll."""
    return [RollEntry(cast[name].id, **kwargs) for name in names]

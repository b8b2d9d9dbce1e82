"""Arranging polls: made, opened and voted in through the services."""

from typing import Any

from cast import Cast
from sqlalchemy import select
from sqlmodel import col

from forum.base import auth, db
from forum.base.auth import Actor
from forum.base.writer import write_now
from forum.members.models import InboxRow
from voting.boxes.ballots import Receipt
from voting.methods.method import Option
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


def told(kind: str) -> set[int]:
    """Who found an event of this kind in their inbox."""
    with db.reading() as tx:
        query = select(col(InboxRow.member_id)).where(col(InboxRow.kind) == kind)
        return set(tx.execute(query).scalars())


def people(cast: Cast, *names: str, **kwargs: Any) -> list[RollEntry]:
    """Lines of a roll."""
    return [RollEntry(cast[name].id, **kwargs) for name in names]


ELMS = (
    Option("o1", "Elm", "120"),
    Option("o2", "石榴 Pomegranate", "80.50"),
    Option("o3", "Oak", "90"),
)


def among(cast: Cast) -> tuple[int, int, int]:
    """Votes among options: an order and grades are being given, money has been shared out."""
    options = ELMS
    ranked, graded, money = (
        make(cast, method=way, options=options, question="Which tree?")
        for way in ("irv", "majority_judgment", "pb_equal_shares")
    )
    for voter, mark in ((cast.bob, "o1,o3"), (cast.dana, "o2,o3"), (cast.rong, "o1")):
        vote(voter, money, mark)
    close(cast, money, publish=True)
    return ranked, graded, money

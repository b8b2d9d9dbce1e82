"""The reads of the pages about people: one's own account, the list, one person."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members.models import Member, Mode, Role, RoleGrant, Theme, Verification
from forum.members.queries import administrates, holds


class Account(NamedTuple):
    """What a person sees of their own account."""

    id: int
    login: str
    name: str
    verified: Verification
    lang: str | None
    theme: Theme
    mode: Mode
    hints: list[str] | None
    joined_at: datetime
    has_password: bool


class PersonRow(NamedTuple):
    """Somebody, as their page shows them."""

    id: int
    login: str
    name: str
    verified: Verification
    joined_at: datetime


def account(db: Db, actor: Actor) -> Account:
    """One's own account."""
    row = db.execute(
        select(
            col(Member.id),
            col(Member.login),
            col(Member.name),
            col(Member.verified),
            col(Member.lang),
            col(Member.theme),
            col(Member.mode),
            col(Member.hints),
            col(Member.joined_at),
            col(Member.password).is_not(None),
        ).where(col(Member.id) == actor.id)
    ).one()
    return Account(*row)


def person(db: Db, actor: Actor | None, member_id: int, *, known: bool = False) -> PersonRow:
    """A representative to everybody, anybody to oneself, to administrators and who leads them.

    `known`: the caller has found that the reader leads a place of theirs.
    """
    row = db.execute(
        select(
            col(Member.id),
            col(Member.login),
            col(Member.name),
            col(Member.verified),
            col(Member.joined_at),
        ).where(col(Member.id) == member_id, col(Member.erased_at).is_(None))
    ).one_or_none()
    own = actor is not None and actor.id == member_id
    known = known or own or administrates(db, actor) or _represents(db, member_id)
    if row is None or not known:
        raise NotFound(_("There is no such person."))
    return PersonRow(*row)


def _represents(db: Db, member_id: int) -> bool:
    query = exists().where(
        col(RoleGrant.member_id) == member_id,
        col(RoleGrant.role) == Role.REPRESENTATIVE,
        holds(RoleGrant, clock.now()),
    )
    return bool(db.execute(select(query)).scalar_one())

"""The reads of the pages about people: one's own account, the list, one person."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select
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
    """A line of the people page."""

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


def people(
    db: Db, actor: Actor | None, *, text: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[PersonRow], int]:
    """A page of accounts and how many there are, for administrators; to others it is not there."""
    if not administrates(db, actor):
        raise NotFound(_("There is no such page."))
    match: ColumnElement[bool] = col(Member.erased_at).is_(None)
    if text:
        pattern = "%" + text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        match &= or_(
            col(Member.name).ilike(pattern, escape="\\"),
            col(Member.login).ilike(pattern, escape="\\"),
        )
    total = db.execute(select(func.count()).select_from(Member).where(match)).scalar_one()
    found = db.execute(
        select(
            col(Member.id),
            col(Member.login),
            col(Member.name),
            col(Member.verified),
            col(Member.joined_at),
        )
        .where(match)
        .order_by(col(Member.name), col(Member.id))
        .offset(offset)
        .limit(limit)
    )
    return [PersonRow(*row) for row in found], total


def person(db: Db, actor: Actor | None, member_id: int) -> PersonRow:
    """A representative to everybody, anybody to oneself and to administrators."""
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
    if row is None or not (own or _represents(db, member_id) or administrates(db, actor)):
        raise NotFound(_("There is no such person."))
    return PersonRow(*row)


def _represents(db: Db, member_id: int) -> bool:
    query = exists().where(
        col(RoleGrant.member_id) == member_id,
        col(RoleGrant.role) == Role.REPRESENTATIVE,
        holds(RoleGrant, clock.now()),
    )
    return bool(db.execute(select(query)).scalar_one())

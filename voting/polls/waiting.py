"""Who has not voted yet: names in a named vote, and in a secret one no more than a number."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlmodel import col

from forum.base.db import Db
from forum.members.models import Member
from voting.boxes.models import Channel, Participation
from voting.polls import queries
from voting.polls.models import Entitlement, Poll
from voting.polls.queries import PollRow


class Voter(NamedTuple):
    """Somebody on the roll."""

    id: int
    name: str


def _online(poll: int) -> tuple[ColumnElement[bool], ...]:
    """Those who can vote on their own device; where presence counts, only who was there."""
    counts = select(col(Poll.present).is_(None)).where(col(Poll.id) == poll).scalar_subquery()
    return (
        col(Entitlement.poll_id) == poll,
        col(Entitlement.channel) == Channel.ONLINE,
        counts | col(Entitlement.present),
    )


def _silent(poll: int) -> tuple[ColumnElement[bool], ...]:
    voted = exists().where(
        col(Participation.poll_id) == poll,
        col(Participation.voter_id) == col(Entitlement.member_id),
    )
    return (*_online(poll), ~voted)


def asked(db: Db, poll: int, *, secret: bool) -> list[int]:
    """Who is reminded: those who have not voted; of a secret vote all who can vote online.

    The letters and notes that go out are kept: of a secret vote they would tell who voted when.
    """
    who = _online(poll) if secret else _silent(poll)
    query = select(col(Entitlement.member_id)).where(*who).order_by(col(Entitlement.member_id))
    return list(db.execute(query).scalars())


def number(db: Db, row: PollRow) -> int:
    """How many have not voted online yet; of a secret vote all but the shown turnout."""
    who = _online(row.id) if row.secret else _silent(row.id)
    query = select(func.count()).select_from(Entitlement).where(*who)
    found: int = db.execute(query).scalar_one()
    return found - queries.turnout(db, row.id) if row.secret else found


def names(db: Db, poll: int, *, skip: int, limit: int) -> list[Voter]:
    """Who has not voted in a named vote, by name; never asked of a secret one."""
    found = db.execute(
        select(col(Member.id), col(Member.name))
        .join(Entitlement, col(Entitlement.member_id) == col(Member.id))
        .where(*_silent(poll))
        .order_by(col(Member.name), col(Member.id))
        .offset(skip)
        .limit(limit)
    )
    return [Voter(*row) for row in found]

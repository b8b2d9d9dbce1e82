"""What somebody gave and holds, who can be given a vote, and the words that a poll follows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from forum.base import links, registry
from forum.base.among import among
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.refs import parse, ref
from forum.base.registry import Step
from forum.base.tables import metadata
from forum.members.models import Member
from voting.delegations.models import Delegation, Fate, Followed, Scope
from voting.delegations.places import Place
from voting.delegations.rules import Word

FOUND_MOST = 20
LIST_MOST = 500


class Row(NamedTuple):
    """Somebody's vote in another's hands."""

    id: int
    place: str
    giver_id: int
    giver: str
    delegate_id: int
    delegate: str
    at: datetime
    title: str = ""
    url: str = ""


class Kept(NamedTuple):
    """What became of a vote that was given away."""

    giver_id: int
    delegate_id: int
    holder_id: int | None
    fate: Fate
    steps: int


_MEMBER = metadata.tables["member"].c
_giver, _delegate = aliased(Member), aliased(Member)
_HOLDS: ColumnElement[bool] = col(Delegation.ended_at).is_(None)


def _rows(db: Db, match: ColumnElement[bool]) -> list[Row]:
    found = db.execute(
        select(
            col(Delegation.id),
            col(Delegation.place),
            col(Delegation.giver_id),
            col(_giver.name),
            col(Delegation.delegate_id),
            col(_delegate.name),
            col(Delegation.at),
        )
        .join(_giver, col(_giver.id) == col(Delegation.giver_id))
        .join(_delegate, col(_delegate.id) == col(Delegation.delegate_id))
        .where(match, _HOLDS)
        .order_by(col(Delegation.id).desc())
        .limit(LIST_MOST)
    )
    return [Row(*row) for row in found]


def _gave(member: int) -> ColumnElement[bool]:
    return col(Delegation.giver_id) == member


def _of(member: int) -> ColumnElement[bool]:
    return or_(_gave(member), col(Delegation.delegate_id) == member)


def mine(db: Db, actor: Actor) -> tuple[list[Row], list[Row]]:
    """What somebody gave and what they hold, each with what it is for as far as they see it."""
    # Apart, so that what somebody holds never crowds out what they gave.
    rows = _rows(db, _gave(actor.id)) + _rows(db, col(Delegation.delegate_id) == actor.id)
    steps = {step.ref: step for step in links.steps(db, actor, sorted({row.place for row in rows}))}
    shown = [
        row._replace(title=steps[row.place].title, url=steps[row.place].url)
        if row.place in steps
        else row
        for row in rows
    ]
    given = [row for row in shown if row.giver_id == actor.id]
    return given, [row for row in shown if row.giver_id != actor.id]


# Made once: every page of an item asks.
_D = metadata.tables["vote_delegation"].c
_READER: BindParameter[int] = bindparam("reader")
HELD = or_(  # apart, so that each has its index
    exists().where(_D.giver_id == _READER, _D.ended_at.is_(None)),
    exists().where(_D.delegate_id == _READER, _D.ended_at.is_(None)),
)
_WITHIN = and_(_D.place.in_(bindparam("places", expanding=True)), _D.ended_at.is_(None))
_TO = metadata.tables["member"].alias("to")
_GIVER = metadata.tables["member"].alias("giver")
_GIVEN = (
    select(_D.id, _D.place, _D.giver_id, _GIVER.c.name, _D.delegate_id, _TO.c.name, _D.at)
    .join(_GIVER, _GIVER.c.id == _D.giver_id)
    .join(_TO, _TO.c.id == _D.delegate_id)
    .where(_D.giver_id == bindparam("member"), _WITHIN)
    .order_by(_D.id.desc())
    .limit(LIST_MOST)
)
_GIVERS = select(func.count(_D.giver_id.distinct())).where(
    _D.delegate_id == bindparam("member"), _WITHIN
)


def given(db: Db, member: int, places: Collection[str]) -> list[Row]:
    """What somebody gave within these places: at most one word in each."""
    found = db.execute(_GIVEN, {"member": member, "places": list(places)})
    return [Row(*row) for row in found]


def givers(db: Db, member: int, places: Collection[str]) -> int:
    """How many gave somebody their vote within these places."""
    return int(db.execute(_GIVERS, {"member": member, "places": list(places)}).scalar_one())


def found(db: Db, place: Place, actor: Actor, text: str) -> list[tuple[int, str]]:
    """Who can be given a vote there, by a part of their name or the whole login name."""
    match = col(Member.name).icontains(text, autoescape=True) | (col(Member.login) == text)
    query = (
        select(col(Member.id), col(Member.name))
        .where(
            match,
            col(Member.erased_at).is_(None),
            col(Member.id) != actor.id,
            among(_MEMBER.id, "people"),
        )
        .order_by(col(Member.name), col(Member.id))
        .limit(FOUND_MOST)
    )
    return [(ident, name) for ident, name in db.execute(query, {"people": list(place.people)})]


def words(
    db: Db, places: Collection[str], *, keep: bool = False, at: datetime | None = None
) -> list[Word]:
    """All that was given within these places, now or `at` a moment that has passed.

    `keep` holds it as it is until the transaction ends.
    """
    held = _HOLDS
    if at is not None:
        held = (col(Delegation.at) <= at) & (_HOLDS | (col(Delegation.ended_at) > at))
    query = (
        select(col(Delegation.giver_id), col(Delegation.delegate_id), col(Delegation.place))
        .where(col(Delegation.place).in_(places), held)
        .order_by(col(Delegation.id))
    )
    if keep:
        query = query.with_for_update(read=True)
    return [Word(giver, to, Scope(parse(place)[0])) for giver, to, place in db.execute(query)]


_KEPT = tuple(col(getattr(Followed, name)) for name in Kept._fields)


def kept(db: Db, poll: int) -> dict[int, Kept]:
    """What became of all votes that were given away in a closed poll."""
    rows = db.execute(select(*_KEPT).where(col(Followed.poll_id) == poll))
    return {row.giver_id: Kept(*row)._replace(fate=Fate(row.fate)) for row in rows}


def kept_of(db: Db, poll: int, giver: int) -> Kept | None:
    """What became of somebody's vote in a closed poll; None where they had not given it away."""
    mine = (col(Followed.poll_id) == poll, col(Followed.giver_id) == giver)
    row = db.execute(select(*_KEPT).where(*mine)).one_or_none()
    return Kept(*row)._replace(fate=Fate(row.fate)) if row else None


def carried(db: Db, poll: int, holder: int) -> int:
    """How many votes of others somebody cast in a closed poll."""
    mine = (col(Followed.poll_id) == poll, col(Followed.holder_id) == holder)
    return int(db.execute(select(func.count()).where(*mine)).scalar_one())


@registry.resolver("delegation")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """Between two people: by what the vote is for, and only for the two of them."""
    if actor is None:
        return {}
    query = select(col(Delegation.id), col(Delegation.place))
    rows = db.execute(query.where(col(Delegation.id).in_(ids), _of(actor.id))).all()
    steps = {step.ref: step for step in links.steps(db, actor, sorted({at for _id, at in rows}))}
    return {
        ident: Step(ref("delegation", ident), "delegation", steps[at].title, "/delegations")
        for ident, at in rows
        if at in steps
    }

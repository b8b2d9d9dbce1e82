"""Closing places of the tree and opening them again; the papers for people who are new."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor, Credential
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.members import queries as members
from forum.members.models import PLATFORM, Member, Role
from forum.members.service.links import hand_out_code
from forum.stations import events, queries, rules
from forum.stations.models import Station
from forum.stations.service.arriving import issue_card


class Paper(NamedTuple):
    """How somebody new comes in: by a card's code, or by a code for their first password."""

    name: str
    login: str
    code: str
    card: bool


def archive(tx: Db, actor: Actor, station_id: int) -> None:
    """Close a place: in no list, it takes nobody in; what lies under it must be closed first."""
    row = _built(tx, actor, station_id)
    if row.archived_at is not None:
        raise Conflict(_("This place is in the archive already."))
    below = exists().where(col(Station.parent_id) == station_id, col(Station.archived_at).is_(None))
    if tx.execute(select(below)).scalar_one():
        raise Conflict(_("Places below this one are open. Put those into the archive first."))
    row.archived_at = clock.now()
    tx.flush()
    own = ref("station", station_id)
    record(tx, actor, events.StationArchived(station_id), stream=own, subject=own)


def restore(tx: Db, actor: Actor, station_id: int) -> None:
    """Open it again."""
    row = _built(tx, actor, station_id)
    if row.archived_at is None:
        raise Conflict(_("This place is not in the archive."))
    row.archived_at = None
    tx.flush()
    own = ref("station", station_id)
    record(tx, actor, events.StationRestored(station_id), stream=own, subject=own)


def _built(tx: Db, actor: Actor, station_id: int) -> Station:
    queries.station(tx, station_id)
    if not rules.may_build(members.roles(tx, actor, queries.places(tx, station_id))):
        raise Forbidden(_("Only an administrator of the place above may do this."))
    return tx.get_one(Station, station_id)


def welcome(tx: Db, actor: Actor, place: str, people: Sequence[int]) -> list[Paper]:
    """Papers for those of a list who are new and have never come in; older papers end with them.

    Who serves somewhere gets a code for a first password, which an administrator hands out.
    """
    signed_in = exists().where(col(Credential.member_id) == col(Member.id))
    found = tx.execute(
        select(col(Member.id), col(Member.name), col(Member.login))
        .where(
            col(Member.id).in_(people),
            col(Member.erased_at).is_(None),
            col(Member.password).is_(None),
            ~signed_in,
        )
        .order_by(col(Member.name), col(Member.id))
    ).all()
    station = None if place == PLATFORM else parse(place)[1]
    roles: dict[int, set[Role]] = {}
    for grant in members.grants(tx, [row.id for row in found]):
        roles.setdefault(grant.member_id, set()).add(grant.role)
    administrates = members.administrates(tx, actor)
    papers = []
    for ident, name, login in found:
        if rules.may_have_card(roles.get(ident, set())):
            papers.append(Paper(name, login, issue_card(tx, actor, ident, station), card=True))
        elif administrates:
            papers.append(Paper(name, *hand_out_code(tx, actor, ident), card=False))
    return papers

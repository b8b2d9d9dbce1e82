"""Votes given to others, when a poll closes: each is counted with its holder's choice, or told why.

In the transaction of the closing, which casters cannot enter; so does whoever gives a vote for
this poll, or takes one back that it follows: they come before it, or after it is counted.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.consultations.models import Stage
from forum.consultations.queries import Access
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.boxes.models import Channel
from voting.boxes.queries import NamedRow
from voting.delegations import queries as delegations
from voting.delegations import rules as walking
from voting.delegations import service as delegating
from voting.delegations.models import Scope
from voting.delegations.places import Place, place
from voting.delegations.rules import Way
from voting.polls import events, passing, queries, roll
from voting.polls.models import Entitlement, Poll, PollState

NOT_OVER = (PollState.CREATED, PollState.STARTED)


class Line(NamedTuple):
    """What the roll says of somebody whose vote another may cast."""

    member_id: int
    weight: int
    share: int | None


def represent(tx: Db, row: Poll) -> events.DelegationsCounted | None:
    """Cast the votes that were given to others; the caller has locked the poll, still open.

    Returns what is to be told, where votes are passed on: after the closing, which comes first.
    """
    if not passing.followed(row.rule):
        return None
    lines = _lines(tx, row)
    # A machine that was down closes late: what was given and taken back since does not count.
    late = row.closes_at if row.closes_at and row.closes_at <= clock.now() else None
    places = passing.scopes(row.id, row.item_id, row.consultation_id)
    told = delegations.words(tx, places, keep=True, at=late)
    given = {one: to for one, to in walking.specific(told).items() if one in lines}
    cast = {one.voter_id: one for one in boxes.named(tx, row.id)}
    voted = {voter: passing.takes_side(one.choice) for voter, one in cast.items()}
    aside = boxes.at_venues(tx, row.id)
    ways = walking.resolve(given, voted, passing.cap(row.rule), aside=aside)
    carried = _carried(row.id, ways, lines, cast)
    box.put_named(tx, carried)
    delegating.follow(tx, row.id, given, ways)
    return events.DelegationsCounted(row.id, len(carried), len(ways) - len(carried))


def _lines(tx: Db, row: Poll) -> dict[int, Line]:
    """Those on the roll who may vote."""
    query = select(
        col(Entitlement.member_id), col(Entitlement.weight), col(Entitlement.share)
    ).where(col(Entitlement.poll_id) == row.id)
    if row.present is not None:
        query = query.where(col(Entitlement.present))
    return {line.member_id: Line(*line) for line in tx.execute(query)}


def _carried(
    poll: int, ways: Mapping[int, Way], lines: Mapping[int, Line], cast: Mapping[int, NamedRow]
) -> list[dict[str, object]]:
    """The ballots of the represented: their own weight, their holder's choice."""
    return [
        {
            "poll_id": poll,
            "voter_id": giver,
            "choice": cast[way.holder].choice,
            "weight": lines[giver].weight,
            "reason": "",
            "through_id": way.holder,
            "share": lines[giver].share,
        }
        for giver, way in sorted(ways.items())
        if way.holder is not None
    ]


@place(Scope.CONSULTATION)
def _consultation(db: Db, actor: Actor, ident: int, _keep: bool) -> Place:
    access = consultations.access(db, actor, ident)
    title = access.consultation.title
    return _place(db, access, Scope.CONSULTATION, ident, title, "consultations")


@place(Scope.ITEM)
def _item(db: Db, actor: Actor, ident: int, _keep: bool) -> Place:
    access, item = agenda.item_access(db, actor, ident)
    return _place(db, access, Scope.ITEM, ident, item.title, "items")


def _place(db: Db, access: Access, scope: Scope, ident: int, title: str, path: str) -> Place:
    if access.consultation.stage is Stage.CLOSED:
        raise Conflict(_("This consultation is closed: no more votes are taken."))
    people = {entry.member_id for entry in roll.eligible(db, access.consultation.id)}
    here = ref(scope.value, ident)
    return Place(here, scope, title, f"/{path}/{ident}", access.consultation.id, people)


@place(Scope.POLL)
def _poll(db: Db, actor: Actor, ident: int, keep: bool) -> Place:
    row = queries.poll_access(db, actor, ident).poll
    if not passing.followed(row.rule):
        raise Conflict(_("In this vote nobody votes for others."))
    state, closes = row.state, row.closes_at
    if keep:
        now = select(col(Poll.state), col(Poll.closes_at)).where(col(Poll.id) == ident)
        state, closes = db.execute(now.with_for_update(read=True)).one()
    if state not in NOT_OVER or (closes is not None and closes <= clock.now()):
        raise Conflict(_("The vote is closed."))
    people = _voters(db, row.id, state, row.consultation_id)
    url = f"/polls/{ident}"
    return Place(ref("poll", ident), Scope.POLL, row.question, url, row.consultation_id, people)


def _voters(db: Db, poll: int, state: str, consultation: int) -> set[int]:
    """Who may vote by name: those on the roll once it stands, else those who will."""
    if state == PollState.CREATED:
        return {entry.member_id for entry in roll.eligible(db, consultation)}
    query = select(col(Entitlement.member_id)).where(
        col(Entitlement.poll_id) == poll, col(Entitlement.channel) == Channel.ONLINE
    )
    return set(db.execute(query).scalars())

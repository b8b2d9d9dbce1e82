"""Finding a thing again by words of its name: each kind by one query, visible things alone."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlmodel import col

from forum.agenda.models import Item
from forum.base import clock, links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.registry import Step
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation
from forum.followups import tracker
from forum.followups.models import Task
from forum.members import queries as members
from forum.members.models import Member, Role, RoleGrant
from forum.stations.models import Station
from sessions.meetings.models import Meeting, MeetingState
from sessions.minutes.models import Decision, DecisionState, Outcome, OutcomeState
from voting.polls.models import Poll, PollState

FEW = 5  # of each kind where all kinds are shown
PAGE = 25  # of one kind
WORDS = 6
LONGEST = 80


class Kind(NamedTuple):
    """Things of one kind: the ids that a reader may find, and the column of their names."""

    ids: Callable[[Db, Actor | None], Select[Any]]
    name: Any


class Hits(NamedTuple):
    """What was found of one kind; `total` may be more than what is shown."""

    kind: str
    steps: list[Step]
    total: int


def _items(db: Db, actor: Actor | None) -> Select[Any]:
    return select(col(Item.id)).where(
        col(Item.consultation_id).in_(consultations.readable(db, actor))
    )


def _meetings(db: Db, actor: Actor | None) -> Select[Any]:
    return select(col(Meeting.id)).where(
        col(Meeting.state) != MeetingState.DRAFT,
        col(Meeting.consultation_id).in_(consultations.readable(db, actor)),
    )


def _polls(db: Db, actor: Actor | None) -> Select[Any]:
    return select(col(Poll.id)).where(
        col(Poll.state) != PollState.CREATED,
        col(Poll.consultation_id).in_(consultations.readable(db, actor)),
    )


def _decisions(db: Db, actor: Actor | None) -> Select[Any]:
    return select(col(Decision.id)).where(
        col(Decision.state) == DecisionState.APPROVED,
        col(Decision.consultation_id).in_(consultations.readable(db, actor)),
    )


def _outcomes(db: Db, actor: Actor | None) -> Select[Any]:
    return (
        select(col(Outcome.id))
        .join(Consultation, col(Consultation.id) == col(Outcome.consultation_id))
        .where(
            col(Outcome.state) == OutcomeState.PUBLISHED,
            col(Outcome.consultation_id).in_(consultations.readable(db, actor)),
        )
    )


def _stations(_db: Db, _actor: Actor | None) -> Select[Any]:
    return select(col(Station.id))


def _people(db: Db, actor: Actor | None) -> Select[Any]:
    """Representatives: theirs are the names that everybody may look up."""
    representing = select(col(RoleGrant.member_id)).where(
        col(RoleGrant.role) == Role.REPRESENTATIVE, members.holds(RoleGrant, clock.now())
    )
    return select(col(Member.id)).where(
        col(Member.erased_at).is_(None), col(Member.id).in_(representing)
    )


# In the order of the chain.
KINDS: Mapping[str, Kind] = {
    "consultation": Kind(
        consultations.readable,
        col(Consultation.title),
    ),
    "item": Kind(_items, col(Item.title)),
    "meeting": Kind(_meetings, col(Meeting.title)),
    "poll": Kind(_polls, col(Poll.question)),
    "decision": Kind(_decisions, col(Decision.title)),
    "outcome": Kind(_outcomes, col(Consultation.title)),
    "task": Kind(
        lambda db, actor: select(col(Task.id)).where(tracker.visible(db, actor)),
        col(Task.title),
    ),
    "station": Kind(_stations, col(Station.name)),
    "member": Kind(_people, col(Member.name)),
}


def words_of(text: str) -> list[str]:
    """What is looked for: every word must stand in the name, in whatever order.

    Full-width letters and signs are taken for the plain ones, as people type both.
    """
    plain = unicodedata.normalize("NFKC", text)[:LONGEST]
    return list(dict.fromkeys(plain.split()))[:WORDS]


def search(db: Db, actor: Actor | None, text: str) -> list[Hits]:
    """The first few of every kind of which there is any, in the order of the chain."""
    words = words_of(text)
    if not words:
        return []
    found = [of_kind(db, actor, kind, text, limit=FEW) for kind in KINDS]
    return [hits for hits in found if hits.steps]


def of_kind(
    db: Db, actor: Actor | None, kind: str, text: str, *, limit: int = PAGE, offset: int = 0
) -> Hits:
    """The things of one kind, names that begin so first, then the newest."""
    words, known = words_of(text), KINDS[kind]
    if not words:
        return Hits(kind, [], 0)
    ids = known.ids(db, actor)
    match = and_(*(known.name.icontains(word, autoescape=True) for word in words))
    begins = known.name.istartswith(words[0], autoescape=True)
    ident = ids.selected_columns[0]
    query = ids.where(match)
    total = db.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    if not total:
        return Hits(kind, [], 0)
    rows = db.execute(query.order_by(begins.desc(), ident.desc()).limit(limit).offset(offset))
    refs = [f"{kind}:{row[0]}" for row in rows]
    steps = {step.ref: step for step in links.steps(db, actor, refs)}
    return Hits(kind, [steps[ref] for ref in refs if ref in steps], total)

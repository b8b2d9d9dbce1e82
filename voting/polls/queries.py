"""Polls as their readers see them: visibility built in, results hidden until they are published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.queries import ItemRow
from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Span, Step
from forum.base.tables import metadata
from forum.consultations import rules as stages
from forum.consultations.queries import Access
from forum.consultations.rules import Deed
from forum.members import queries as members
from voting.boxes.models import Channel
from voting.methods.method import Method, methods
from voting.polls import rules, words
from voting.polls.models import (
    Entitlement,
    NoteKind,
    Poll,
    PollNote,
    PollState,
    Secrecy,
    TallyState,
    Turnout,
    VenueTally,
)


class PollRow(NamedTuple):
    """A poll as pages read it; `result` only in the hands of those who may know it."""

    id: int
    consultation_id: int
    item_id: int
    meeting: str | None
    question: str
    html: str
    method: str
    version: int
    rule: dict[str, Any]
    secrecy: Secrecy
    quorum: dict[str, str] | None
    state: PollState
    created_by: int
    created_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    heads: int | None
    eligible: int | None
    present: int | None
    rules_hash: str | None
    casting: str | None
    lot: str | None
    result: dict[str, Any] | None
    round: int | None
    reminded_at: datetime | None

    @property
    def way(self) -> Method:
        """The method it is decided by."""
        return methods()[self.method]

    @property
    def stream(self) -> str:
        """Where its events go."""
        return self.meeting or ref("consultation", self.consultation_id)

    @property
    def without_result(self) -> "PollRow":
        """As those see it who may not know the result yet."""
        return self._replace(result=None, casting=None, lot=None)

    @property
    def secret(self) -> bool:
        """Whether its ballots are secret."""
        return self.secrecy is Secrecy.SECRET


class PollAccess(NamedTuple):
    """A poll, its item, and what the reader is to them."""

    access: Access
    item: ItemRow
    poll: PollRow
    manages: bool
    counts: bool


class Right(NamedTuple):
    """What the roll says of somebody."""

    weight: int
    channel: Channel
    venue: str
    present: bool
    share: int | None = None
    holder_id: int | None = None


class TallyRow(NamedTuple):
    """The count of one venue; `counted` is None for whoever may not know it yet."""

    venue: str
    channel: Channel
    issued: int
    state: TallyState
    counted: dict[str, int] | None
    entered_by: int | None
    confirmed_by: int | None
    keyed: bool = False


class NoteRow(NamedTuple):
    """A stated reason."""

    kind: NoteKind
    venue: str
    body: str
    author_id: int | None
    at: datetime


_COLUMNS = tuple(col(getattr(Poll, name)) for name in PollRow._fields)


def _row(found: Sequence[Any]) -> PollRow:
    row = PollRow._make(found)
    return row._replace(secrecy=Secrecy(row.secrecy), state=PollState(row.state))


def poll_access(db: Db, actor: Actor | None, poll: int) -> PollAccess:
    """The poll and what the reader is to it; NotFound where it is invisible to them."""
    found = db.execute(select(*_COLUMNS).where(col(Poll.id) == poll)).one_or_none()
    missing = NotFound(_("There is no such poll."))
    if found is None:
        raise missing
    row = _row(found)
    try:
        access, item = agenda.item_access(db, actor, row.item_id)
    except NotFound:
        raise missing from None
    roles = access.roles
    if row.meeting:
        roles |= members.roles(db, actor, (row.meeting, *access.places))
    manages = not roles.isdisjoint(rules.MANAGERS)
    known = row if rules.knows_result(row.state, manages=manages) else row.without_result
    return PollAccess(access, item, known, manages, not roles.isdisjoint(rules.TELLERS))


# Made once: every page of an item asks.
_P = metadata.tables["poll"].c
ON_ITEM = exists().where(_P.item_id == bindparam("ident"))
_OF_ITEM = (
    select(*_P[PollRow._fields]).where(_P.item_id == bindparam("item")).order_by(_P.id).limit(50)
)


def _polls(
    db: Db, *match: ColumnElement[bool], limit: int = 50, manages: bool = False
) -> list[PollRow]:
    query = select(*_COLUMNS).where(*match).order_by(col(Poll.id)).limit(limit)
    return _shown(db.execute(query).all(), manages=manages)


def _shown(found: Sequence[Sequence[Any]], *, manages: bool = False) -> list[PollRow]:
    rows = [_row(row) for row in found]
    return [
        row if rules.knows_result(row.state, manages=manages) else row.without_result
        for row in rows
    ]


def of_item(db: Db, item: int) -> list[PollRow]:
    """The polls on an item, in the order of their making; the caller sees the item."""
    return _shown(db.execute(_OF_ITEM, {"item": item}).all())


def may_make(db: Db, actor: Actor | None, item: int) -> bool:
    """Whether the reader may put something about this item to the vote now."""
    access = agenda.item_access(db, actor, item).access
    return access.moderates and stages.allowed(access.consultation.stage, Deed.POLL)


def of_meeting(db: Db, meeting: str, *, manages: bool = False) -> list[PollRow]:
    """The polls held in a meeting; the caller sees the meeting, and `manages` its votes or not."""
    return _polls(db, col(Poll.meeting) == meeting, limit=200, manages=manages)


def right(db: Db, poll: int, actor: Actor | None) -> Right | None:
    """What the frozen roll says of somebody; None where they are not on it."""
    if actor is None:
        return None
    found = db.execute(
        select(*(col(getattr(Entitlement, name)) for name in Right._fields)).where(
            col(Entitlement.poll_id) == poll, col(Entitlement.member_id) == actor.id
        )
    ).one_or_none()
    return Right._make(found)._replace(channel=Channel(found.channel)) if found else None


def on_roll(db: Db, poll: int) -> list[int]:
    """Everybody on the roll."""
    query = select(col(Entitlement.member_id)).where(col(Entitlement.poll_id) == poll)
    return list(db.execute(query.order_by(col(Entitlement.member_id))).scalars())


def turnout(db: Db, poll: int) -> int:
    """How many have voted online, as far as it may be told."""
    query = select(col(Turnout.shown)).where(col(Turnout.poll_id) == poll)
    return db.execute(query).scalar_one_or_none() or 0


def tallies(db: Db, poll: int, *, known: bool = False) -> list[TallyRow]:
    """The counts of venues; the figures only where they may be `known`."""
    found = db.execute(
        select(
            col(VenueTally.venue),
            col(VenueTally.channel),
            col(VenueTally.issued),
            col(VenueTally.state),
            col(VenueTally.counted),
            col(VenueTally.entered_by),
            col(VenueTally.confirmed_by),
            col(VenueTally.keyed),
        )
        .where(col(VenueTally.poll_id) == poll)
        .order_by(col(VenueTally.venue), col(VenueTally.channel))
    )
    rows = [
        TallyRow(v, Channel(c), n, TallyState(s), count, one, two, bool(keyed))
        for v, c, n, s, count, one, two, keyed in found
    ]
    return rows if known else [row._replace(counted=None) for row in rows]


def notes(db: Db, poll: int) -> list[NoteRow]:
    """The reasons that were stated, in order."""
    found = db.execute(
        select(
            col(PollNote.kind),
            col(PollNote.venue),
            col(PollNote.body),
            col(PollNote.author_id),
            col(PollNote.at),
        )
        .where(col(PollNote.poll_id) == poll)
        .order_by(col(PollNote.id))
        .limit(100)
    )
    return [NoteRow(NoteKind(kind), *rest) for kind, *rest in found]


@registry.span("poll")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """As long as votes were taken; what has no time yet is left out."""
    rows = _polls(db, col(Poll.id).in_(ids), limit=max(len(ids), 1))
    began = {row.id: row.opened_at or row.opens_at for row in rows}
    return {
        row.id: Span(start, row.closed_at or row.closes_at)
        for row in rows
        if (start := began[row.id])
    }


@registry.resolver("poll")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What polls are called, for those who may see their items."""
    rows = _polls(db, col(Poll.id).in_(ids), limit=max(len(ids), 1))
    seen = agenda.resolve(db, actor, list({row.item_id for row in rows}))
    return {
        row.id: Step(
            ref("poll", row.id), "poll", row.question, f"/polls/{row.id}", words.standing(row)
        )
        for row in rows
        if row.item_id in seen
    }

"""Boxes of papers as those who handle them see them, and the little that everybody sees."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from forum.members.models import Member
from voting.boxes.models import Channel, Participation, SealedParticipation
from voting.papers import access, rules
from voting.papers.models import Batch, BatchState, Entry, Issue, Kind
from voting.papers.rules import Reading
from voting.polls import queries as polls
from voting.polls.models import Entitlement
from voting.polls.queries import PollAccess

FOUND_MOST = 20
ISSUED_MOST = 500


class BatchRow(NamedTuple):
    """A box."""

    id: int
    poll_id: int
    name: str
    state: BatchState
    issued: int
    returned: int
    found: int | None
    first_id: int | None
    second_id: int | None
    into_id: int | None

    @property
    def ref(self) -> str:
        """The box as a thing, and as the venue of its count."""
        return ref("papers", self.id)


class Person(NamedTuple):
    """Somebody on the roll, as a desk looks for them: what they hold, and how they vote."""

    id: int
    name: str
    login: str
    channel: Channel
    present: bool
    batch_id: int | None
    used: Channel | None


class Taker(NamedTuple):
    """Somebody who took a paper."""

    id: int
    name: str
    batch_id: int


_COLUMNS = tuple(col(getattr(Batch, name)) for name in BatchRow._fields)


def batches(db: Db, poll: int) -> list[BatchRow]:
    """The boxes of a vote, in the order in which they were set up."""
    query = select(*_COLUMNS).where(col(Batch.poll_id) == poll).order_by(col(Batch.id))
    return [_row(BatchRow(*row)) for row in db.execute(query.limit(300))]


def _row(row: BatchRow) -> BatchRow:
    return row._replace(state=BatchState(row.state))


def batch_access(db: Db, actor: Actor | None, batch: int) -> tuple[PollAccess, BatchRow]:
    """A box and its vote, for those who handle it; NotFound where the vote is invisible."""
    found = db.execute(select(*_COLUMNS).where(col(Batch.id) == batch)).one_or_none()
    missing = NotFound(_("There is no such box."))
    if found is None:
        raise missing
    try:
        return access.poll_access(db, actor, found.poll_id), _row(BatchRow(*found))
    except NotFound:
        raise missing from None


def pile_of(db: Db, batch: int) -> dict[int, rules.Place]:
    """The papers of a box as both clerks read them."""
    found = db.execute(
        select(
            col(Entry.place),
            col(Entry.turn),
            col(Entry.kind),
            col(Entry.mark),
            col(Entry.reason),
            col(Entry.clerk_id),
            col(Entry.agreed_by),
        ).where(col(Entry.batch_id) == batch)
    )
    return rules.pile(
        (place, turn, Reading(Kind(kind), *rest)) for place, turn, kind, *rest in found
    )


def people(db: Db, poll: int, text: str) -> list[Person]:
    """People on the roll by name, with what a desk must know before it gives a paper out."""
    if not text:
        return []
    used = []
    for model in (Participation, SealedParticipation):
        mine = (col(model.poll_id) == poll) & (col(model.voter_id) == col(Member.id))
        used.append(select(col(model.channel)).where(mine).scalar_subquery())
    held = (col(Issue.poll_id) == poll) & (col(Issue.member_id) == col(Member.id))
    found = db.execute(
        select(
            col(Member.id),
            col(Member.name),
            col(Member.login),
            col(Entitlement.channel),
            col(Entitlement.present),
            col(Issue.batch_id),
            func.coalesce(*used).label("used"),
        )
        .join(Entitlement, col(Entitlement.member_id) == col(Member.id))
        .join(Issue, held, isouter=True)
        .where(
            col(Entitlement.poll_id) == poll,
            or_(
                col(Member.name).icontains(text, autoescape=True),
                col(Member.login).icontains(text, autoescape=True),
            ),
        )
        .order_by(col(Member.name), col(Member.id))
        .limit(FOUND_MOST)
    )
    return [
        Person(
            row.id,
            row.name,
            row.login,
            Channel(row.channel),
            row.present,
            row.batch_id,
            Channel(row.used) if row.used else None,
        )
        for row in found
    ]


def takers(db: Db, poll: int, *, batch: int | None = None) -> list[Taker]:
    """Who took a paper, by name."""
    query = (
        select(col(Member.id), col(Member.name), col(Issue.batch_id))
        .join(Issue, col(Issue.member_id) == col(Member.id))
        .where(col(Issue.poll_id) == poll)
        .order_by(col(Member.name), col(Member.id))
        .limit(ISSUED_MOST)
    )
    if batch is not None:
        query = query.where(col(Issue.batch_id) == batch)
    return [Taker(*row) for row in db.execute(query)]


@registry.resolver("papers")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What boxes are called, for those who see their votes."""
    query = select(col(Batch.id), col(Batch.name), col(Batch.poll_id)).where(col(Batch.id).in_(ids))
    rows = db.execute(query.limit(max(len(ids), 1))).all()
    seen = polls.resolve(db, actor, list({row.poll_id for row in rows}))
    return {
        row.id: Step(ref("papers", row.id), "papers", row.name, f"/papers/{row.id}")
        for row in rows
        if row.poll_id in seen
    }

"""Outcomes as their readers see them: the published revision, or the draft for who writes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Span, Step
from forum.consultations import queries as consultations
from forum.consultations.queries import Access
from sessions.minutes import account, rules, words
from sessions.minutes.account import Account
from sessions.minutes.models import Outcome, OutcomeRevision, OutcomeState, OutcomeTold


class OutcomeRow(NamedTuple):
    """What came of a consultation."""

    id: int
    consultation_id: int
    state: OutcomeState
    revision_id: int | None
    published_at: datetime | None


class OutcomeAccess(NamedTuple):
    """An outcome and what the reader is to its consultation."""

    access: Access
    outcome: OutcomeRow

    @property
    def writes(self) -> bool:
        """Whether the reader drafts and publishes it."""
        return rules.publishes(self.access.roles)


class RevisionRow(NamedTuple):
    """One text of an outcome."""

    id: int
    number: int
    at: datetime
    author_id: int
    published_at: datetime | None
    body: str
    summary_html: str
    reasons_html: str

    @property
    def account(self) -> Account:
        """What it says."""
        return account.unpack(self.body)


_COLUMNS = tuple(col(getattr(Outcome, name)) for name in OutcomeRow._fields)
_REVISION = tuple(col(getattr(OutcomeRevision, name)) for name in RevisionRow._fields)


def _row(found: Sequence[object]) -> OutcomeRow:
    row = OutcomeRow._make(found)
    return row._replace(state=OutcomeState(row.state))


def outcome_access(db: Db, actor: Actor | None, outcome: int) -> OutcomeAccess:
    """An outcome for a reader; a draft is there only for those who publish it."""
    missing = NotFound(_("There is no such outcome."))
    found = db.execute(select(*_COLUMNS).where(col(Outcome.id) == outcome)).one_or_none()
    if found is None:
        raise missing
    row = _row(found)
    try:
        made = OutcomeAccess(consultations.access(db, actor, row.consultation_id), row)
    except NotFound:
        raise missing from None
    if row.state is OutcomeState.DRAFT and not made.writes:
        raise missing
    return made


def of_consultation(db: Db, consultation: int) -> OutcomeRow | None:
    """The outcome of a consultation, draft or not: the caller judges who may know of it."""
    query = select(*_COLUMNS).where(col(Outcome.consultation_id) == consultation)
    found = db.execute(query).one_or_none()
    return _row(found) if found else None


def revisions(db: Db, outcome: int, *, published: bool) -> list[RevisionRow]:
    """The texts of an outcome, the first one first; only the published ones, or all."""
    query = select(*_REVISION).where(col(OutcomeRevision.outcome_id) == outcome)
    if published:
        query = query.where(col(OutcomeRevision.published_at).is_not(None))
    query = query.order_by(col(OutcomeRevision.number)).limit(200)
    return [RevisionRow._make(found) for found in db.execute(query)]


def told(db: Db, revision: int) -> list[int]:
    """Whom the publishing of a revision is told to."""
    query = select(col(OutcomeTold.member_id)).where(col(OutcomeTold.revision_id) == revision)
    return list(db.execute(query).scalars())


def everybody_told(db: Db, outcome: int) -> set[int]:
    """Who has been told of an outcome so far."""
    query = select(col(OutcomeTold.member_id)).where(col(OutcomeTold.outcome_id) == outcome)
    return set(db.execute(query).scalars())


@registry.span("outcome")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """The moment of its publication."""
    query = select(col(Outcome.id), col(Outcome.published_at)).where(col(Outcome.id).in_(ids))
    return {ident: Span(at) for ident, at in db.execute(query) if at}


@registry.resolver("outcome")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What published outcomes are called, for those who see their consultations."""
    found = db.execute(
        select(*_COLUMNS).where(
            col(Outcome.id).in_(ids), col(Outcome.state) == OutcomeState.PUBLISHED
        )
    )
    rows = [_row(row) for row in found]
    seen = consultations.resolve(db, actor, [row.consultation_id for row in rows])
    return {
        row.id: Step(
            ref("outcome", row.id),
            "outcome",
            _("Outcome: %(title)s") % {"title": seen[row.consultation_id].title},
            f"/outcomes/{row.id}",
            _(words.OUTCOMES[row.state]),
        )
        for row in rows
        if row.consultation_id in seen
    }

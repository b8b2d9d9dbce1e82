"""Minutes as their readers see them: who reads which version, the record, the names in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Span, Step
from forum.members import queries as members
from forum.members.models import Role
from sessions.meetings import presence
from sessions.meetings import queries as meetings
from sessions.meetings.queries import MeetingAccess
from sessions.minutes import rules, words
from sessions.minutes.corrections import Correction, corrected
from sessions.minutes.models import (
    Change,
    CorrectionRequest,
    Minutes,
    MinutesCorrection,
    MinutesName,
    MinutesSignature,
    RequestAnswer,
    RequestState,
    State,
)
from sessions.minutes.queries.facts import gathered
from sessions.minutes.record import Record, Signature, mentioned, unpack


class MinutesRow(NamedTuple):
    """One version of the minutes of a meeting."""

    id: int
    meeting_id: int
    version: int
    state: State
    created_at: datetime
    circulated_at: datetime | None
    until: datetime | None
    approved_at: datetime | None
    digest: str | None
    signature: str | None
    body: str

    @property
    def locked(self) -> bool:
        """Whether its record is approved and stays as it is."""
        return self.state in rules.LOCKED


class MinutesAccess(NamedTuple):
    """A version of the minutes and what the reader is to it."""

    meeting: MeetingAccess
    minutes: MinutesRow

    @property
    def keeps(self) -> bool:
        """Whether the reader writes in it."""
        return rules.keeps(self.meeting.roles)

    @property
    def signs(self) -> Role | None:
        """In which office the reader approves it."""
        return rules.signs_as(self.meeting.roles)


class RequestRow(NamedTuple):
    """A request for a correction and what became of it."""

    id: int
    entry: str
    state: RequestState
    body: str
    author_id: int
    at: datetime
    answer: str | None


_COLUMNS = tuple(col(getattr(Minutes, name)) for name in MinutesRow._fields)


def _row(found: Sequence[object]) -> MinutesRow:
    row = MinutesRow._make(found)
    return row._replace(state=State(row.state))


def minutes_access(db: Db, actor: Actor | None, minutes: int) -> MinutesAccess:
    """A version for a reader: approved ones for all who see the meeting, drafts for members."""
    missing = NotFound(_("There are no such minutes."))
    found = db.execute(select(*_COLUMNS).where(col(Minutes.id) == minutes)).one_or_none()
    if found is None:
        raise missing
    row = _row(found)
    try:
        meeting = meetings.meeting_access(db, actor, row.meeting_id)
    except NotFound:
        raise missing from None
    if not row.locked and meeting.audience < Audience.MEMBER:
        raise missing
    return MinutesAccess(meeting, row)


def versions(db: Db, meeting: int) -> list[MinutesRow]:
    """All versions of a meeting's minutes, the first one first."""
    query = select(*_COLUMNS).where(col(Minutes.meeting_id) == meeting)
    return [_row(found) for found in db.execute(query.order_by(col(Minutes.version)).limit(100))]


def latest(db: Db, meeting: MeetingAccess) -> MinutesRow | None:
    """The latest version that the reader of the meeting may see."""
    rows = versions(db, meeting.meeting.id)
    seen = [row for row in rows if row.locked or meeting.audience >= Audience.MEMBER]
    return seen[-1] if seen else None


def took_part(db: Db, meeting: MeetingAccess) -> bool:
    """Whether the reader was there or could have been: they may ask for corrections."""
    if meeting.actor is None or meeting.access.standing.banned:
        return False
    if meeting.access.eligible:
        return True
    return any(i.member_id == meeting.actor.id for i in presence.intervals(db, meeting.meeting.id))


def corrections(db: Db, meeting: int, version: int) -> list[Correction]:
    """The corrections that count in a version: its own and those of the ones before it."""
    found = db.execute(
        select(
            col(MinutesCorrection.id),
            col(MinutesCorrection.version),
            col(MinutesCorrection.entry),
            col(MinutesCorrection.change),
            col(MinutesCorrection.body),
            col(MinutesCorrection.author_id),
            col(MinutesCorrection.at),
        )
        .where(
            col(MinutesCorrection.meeting_id) == meeting, col(MinutesCorrection.version) <= version
        )
        .order_by(col(MinutesCorrection.id))
        .limit(5000)
    )
    return [Correction(i, v, e, Change(c), text, by, at) for i, v, e, c, text, by, at in found]


def projected(db: Db, row: MinutesRow) -> Record:
    """What the log alone says: the machine's entries, without anybody's correction."""
    former = [v.digest for v in versions(db, row.meeting_id) if v.version < row.version]
    return gathered(db, row.meeting_id, row.id, row.version, (former or [""])[-1] or "")


def record(db: Db, row: MinutesRow) -> Record:
    """What a version says: as approved, or the log with all corrections so far."""
    if row.locked:
        query = select(col(Minutes.record)).where(col(Minutes.id) == row.id)
        return unpack(db.execute(query).scalar_one() or "")
    fixes = corrections(db, row.meeting_id, row.version)
    draft = corrected(projected(db, row), fixes)
    return replace(draft, signatures=signatures(db, row.id))


def signatures(db: Db, minutes: int) -> tuple[Signature, ...]:
    """Whose approval a version has so far."""
    found = db.execute(
        select(
            col(MinutesSignature.role), col(MinutesSignature.member_id), col(MinutesSignature.at)
        )
        .where(col(MinutesSignature.minutes_id) == minutes)
        .order_by(col(MinutesSignature.at), col(MinutesSignature.role))
    )
    return tuple(Signature(str(role), member, at) for role, member, at in found)


def names(db: Db, row: MinutesRow, of: Record) -> dict[int, str]:
    """What the people in a record are called: as approved, or today while it is a draft.

    Somebody erased stays one and the same resident throughout the document.
    """
    people = mentioned(of)
    if not row.locked:
        return members.names(db, people)
    query = select(col(MinutesName.member_id), col(MinutesName.name))
    found = db.execute(query.where(col(MinutesName.minutes_id) == row.id))
    kept = {line.member_id: line.name for line in found}
    return {
        person: kept.get(person) or words.resident(position)
        for position, person in enumerate(people)
    }


def requests(db: Db, minutes: int) -> list[RequestRow]:
    """The requests for corrections of a version, with their answers."""
    found = db.execute(
        select(
            col(CorrectionRequest.id),
            col(CorrectionRequest.entry),
            col(CorrectionRequest.state),
            col(CorrectionRequest.body),
            col(CorrectionRequest.author_id),
            col(CorrectionRequest.at),
            col(RequestAnswer.body),
        )
        .join(
            RequestAnswer,
            col(RequestAnswer.request_id) == col(CorrectionRequest.id),
            isouter=True,
        )
        .where(col(CorrectionRequest.minutes_id) == minutes)
        .order_by(col(CorrectionRequest.id))
        .limit(1000)
    )
    return [
        RequestRow(i, e, RequestState(s), body, by, at, a) for i, e, s, body, by, at, a in found
    ]


def sealed_names(db: Db, minutes: int) -> Mapping[int, tuple[str | None, str | None]]:
    """Names and salts of an approved version, for exports that anybody can check."""
    found = db.execute(
        select(col(MinutesName.member_id), col(MinutesName.name), col(MinutesName.salt)).where(
            col(MinutesName.minutes_id) == minutes
        )
    )
    return {member: (name, salt) for member, name, salt in found}


@registry.span("minutes")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """From the draft to the approval."""
    rows = [_row(r) for r in db.execute(select(*_COLUMNS).where(col(Minutes.id).in_(ids)))]
    return {row.id: Span(row.created_at, row.approved_at) for row in rows}


@registry.resolver("minutes")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What minutes are called: by their meeting; drafts only for members."""
    rows = [_row(r) for r in db.execute(select(*_COLUMNS).where(col(Minutes.id).in_(ids)))]
    seen = meetings.resolve(db, actor, list({row.meeting_id for row in rows}))
    return {
        row.id: Step(
            ref("minutes", row.id),
            "minutes",
            _("Minutes: %(title)s") % {"title": seen[row.meeting_id].title},
            f"/minutes/{row.id}",
            words.state(row.state),
        )
        for row in rows
        if row.meeting_id in seen and (row.locked or actor is not None)
    }

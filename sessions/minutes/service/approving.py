"""Approval: the text is locked, hashed and signed; whatever changes later is a new version."""

from dataclasses import replace

from sqlalchemy import select, update
from sqlmodel import col

from forum.base import clock, keys
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import seal
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import ref
from forum.members import queries as members
from forum.members.models import Role
from sessions.minutes import events, queries, rules, words
from sessions.minutes.models import (
    Decision,
    DecisionState,
    Minutes,
    MinutesName,
    MinutesSignature,
    RequestState,
    State,
)
from sessions.minutes.queries.minutes import MinutesAccess
from sessions.minutes.record import Person, Record
from sessions.minutes.service.common import begin, open_minutes, tell


def sign(tx: Db, actor: Actor, minutes: int) -> bool:
    """Approve in one's office; the chair's approval locks the minutes. Returns whether it did."""
    access, row = open_minutes(tx, actor, minutes)
    office = access.signs
    if office is None:
        raise Forbidden(_("Only the secretary and the chair approve the minutes."))
    if access.meeting.meeting.state not in rules.OVER:
        raise Conflict(_("The meeting is not over yet."))
    waiting = [r for r in queries.requests(tx, minutes) if r.state is RequestState.OPEN]
    held = rules.waits(access.minutes.state, access.minutes.until, clock.now(), len(waiting))
    if held is not None:
        raise Conflict(_(words.WAITING[held]))
    if office.value in {signature.role for signature in queries.signatures(tx, minutes)}:
        raise Conflict(_("You have approved these minutes already."))
    tx.add(MinutesSignature(minutes_id=minutes, role=office, member_id=actor.id, at=clock.now()))
    tx.flush()
    signed = events.MinutesSigned(minutes, office)
    tell(tx, actor, row.meeting_id, signed, subject=ref("minutes", minutes))
    if not rules.approved({Role(s.role) for s in queries.signatures(tx, minutes)}):
        return False
    _lock(tx, actor, access, row)
    return True


def _lock(tx: Db, actor: Actor, access: MinutesAccess, row: Minutes) -> None:
    record = _named(tx, row, queries.record(tx, access.minutes))
    packed = record.pack()
    row.record, row.digest = packed.decode(), sha256hex(packed)
    row.signature, row.approved_at, row.state = keys.sign(packed), clock.now(), State.APPROVED
    tx.execute(
        update(Minutes)
        .where(col(Minutes.meeting_id) == row.meeting_id, col(Minutes.version) < row.version)
        .values(state=State.AMENDED)
    )
    tx.flush()
    approved = events.MinutesApproved(row.id, row.version, row.digest, record.replaces)
    tell(tx, actor, row.meeting_id, approved, subject=ref("minutes", row.id))
    _approve_decisions(tx, actor, row)


def _named(tx: Db, row: Minutes, record: Record) -> Record:
    """Seal the names as they are now: the record holds digests, the rows beside it the names."""
    named = members.names(tx, [person.id for person in record.people])
    people = []
    for person in record.people:
        name = named.get(person.id, "")
        sealed = seal(name)
        people.append(Person(person.id, sealed.digest))
        tx.add(MinutesName(minutes_id=row.id, member_id=person.id, name=name, salt=sealed.salt))
    return replace(record, people=tuple(people))


def _approve_decisions(tx: Db, actor: Actor, row: Minutes) -> None:
    waiting = tx.execute(
        select(Decision).where(
            col(Decision.meeting_id) == row.meeting_id,
            col(Decision.state) == DecisionState.RECORDED,
        )
    ).scalars()
    for decision in waiting:
        decision.state, decision.approved_at = DecisionState.APPROVED, clock.now()
        here = ref("decision", decision.id)
        link(tx, here, Relation.STANDS_IN, ref("minutes", row.id))
        approved = events.DecisionApproved(decision.id, row.id)
        tell(tx, actor, row.meeting_id, approved, subject=here)


def amend(tx: Db, actor: Actor, minutes: int, *, reason: str) -> int:
    """Begin a new version of approved minutes; the approved one stays as it was. Returns its id."""
    access = queries.minutes_access(tx, actor, minutes)
    if not access.keeps:
        raise Forbidden(_("Only the secretary or the chair writes the minutes."))
    latest = queries.versions(tx, access.minutes.meeting_id)[-1]
    if access.minutes.state is not State.APPROVED or latest.id != minutes:
        raise Conflict(_("Only the latest approved version can be followed by a new one."))
    sealed = seal(reason)
    row = begin(tx, access.minutes.meeting_id, version=access.minutes.version + 1)
    row.body, row.salt, row.author_id = reason, sealed.salt, actor.id
    tx.flush()
    link(tx, ref("minutes", row.id), Relation.RECORDS, access.meeting.stream)
    amending = events.MinutesAmending(row.id, row.version, minutes, sealed.digest)
    tell(tx, actor, row.meeting_id, amending, subject=ref("minutes", row.id))
    return row.id

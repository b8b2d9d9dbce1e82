"""The draft: begun with the meeting, corrected by the secretary, at the wish of who was there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Stored, seal
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import parse, ref
from forum.base.registry import react
from sessions.meetings.events import MeetingStarted
from sessions.minutes import events, queries, rules
from sessions.minutes.models import (
    Change,
    CorrectionRequest,
    Minutes,
    MinutesCorrection,
    MinutesSignature,
    RequestAnswer,
    RequestState,
    State,
)
from sessions.minutes.service.common import begin, open_minutes, tell


@react(MeetingStarted)
def begin_with_meeting(tx: Db, stored: Stored, _event: MeetingStarted) -> None:
    """A meeting that starts has minutes from its first moment; one that goes on keeps its own."""
    meeting = parse(stored.stream)[1]
    if queries.versions(tx, meeting):
        return
    row = begin(tx, meeting)
    link(tx, ref("minutes", row.id), Relation.RECORDS, stored.stream)
    tell(tx, None, meeting, events.MinutesBegun(row.id), subject=ref("minutes", row.id))


def correct(
    tx: Db, actor: Actor, minutes: int, *, entry: str, change: Change, words: str = ""
) -> int:
    """Change an entry, or add one after it; approvals given before do not count any more."""
    access, row = open_minutes(tx, actor, minutes)
    record = queries.record(tx, access.minutes)
    places = {section.key for section in record.sections} if change is Change.ADD else set()
    if entry not in places | record.entries().keys():
        raise NotFound(_("There is no such entry."))
    if not words and change is not Change.RESTORE:
        raise Invalid(_("Please fill this in."), fields={"words": _("Please fill this in.")})
    return _write(tx, actor, row, entry, change, words)


def annotate(tx: Db, actor: Actor, minutes: int, notes: Sequence[tuple[str, str]]) -> None:
    """Add many entries, each after an entry or at a section's end: a record from elsewhere."""
    access, row = open_minutes(tx, actor, minutes)
    record = queries.record(tx, access.minutes)
    places = {section.key for section in record.sections} | record.entries().keys()
    for entry, words in notes:
        if entry not in places:
            raise NotFound(_("There is no such entry."))
        _write(tx, actor, row, entry, Change.ADD, words)


def _write(tx: Db, actor: Actor, row: Minutes, entry: str, change: Change, words: str) -> int:
    """Keep a correction; the caller has seen that its place is there."""
    sealed = seal(words)
    made = MinutesCorrection(
        meeting_id=row.meeting_id,
        version=row.version,
        entry=entry,
        change=change,
        body=words,
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(made)
    row.state = rules.after_correction(State(row.state))
    tx.execute(delete(MinutesSignature).where(col(MinutesSignature.minutes_id) == row.id))
    tx.flush()
    tell(
        tx,
        actor,
        row.meeting_id,
        events.MinutesCorrected(row.id, entry, change, made.id, sealed.digest),
        subject=ref("minutes", row.id),
    )
    return made.id


def circulate(tx: Db, actor: Actor, minutes: int, *, until: datetime) -> None:
    """Give the draft to those who took part; corrections can be asked for until the date."""
    access, row = open_minutes(tx, actor, minutes)
    if not rules.may_circulate(access.minutes.state, access.meeting.meeting.state):
        raise Conflict(_("The meeting is not over yet."))
    if until <= clock.now():
        words = _("Choose a later date.")
        raise Invalid(words, fields={"until": words})
    row.state, row.circulated_at, row.until = State.CIRCULATED, clock.now(), until
    tx.flush()
    circulated = events.MinutesCirculated(minutes, until)
    tell(tx, actor, row.meeting_id, circulated, subject=ref("minutes", minutes))


def ask(tx: Db, actor: Actor, minutes: int, *, words: str, entry: str = "") -> int:
    """Ask for a correction of circulated minutes, of one entry or of the whole."""
    access = queries.minutes_access(tx, actor, minutes)
    if not queries.took_part(tx, access.meeting):
        raise Forbidden(_("Those who took part in the meeting can ask for corrections."))
    row = access.minutes
    if not rules.may_ask(row.state, row.until, clock.now()):
        raise Conflict(_("The time to ask for corrections is over, or has not begun."))
    if entry and entry not in queries.record(tx, access.minutes).entries():
        raise NotFound(_("There is no such entry."))
    sealed = seal(words)
    made = CorrectionRequest(
        minutes_id=minutes,
        entry=entry,
        body=words,
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(made)
    tx.flush()
    asked = events.CorrectionAsked(minutes, entry, made.id, sealed.digest)
    tell(tx, actor, row.meeting_id, asked, subject=ref("minutes", minutes))
    return made.id


def answer(tx: Db, actor: Actor, minutes: int, request: int, *, taken: bool, words: str) -> None:
    """Say what became of a request; the correction itself is made at the entry."""
    _access, row = open_minutes(tx, actor, minutes)
    asked = tx.get(CorrectionRequest, request, populate_existing=True)
    if asked is None or asked.minutes_id != minutes:
        raise NotFound(_("There is no such request."))
    if asked.state != RequestState.OPEN:
        raise Conflict(_("This request has its answer already."))
    asked.state = RequestState.TAKEN if taken else RequestState.DECLINED
    sealed = seal(words)
    made = RequestAnswer(
        request_id=request, body=words, salt=sealed.salt, author_id=actor.id, at=clock.now()
    )
    tx.add(made)
    tx.flush()
    answered = events.CorrectionAnswered(row.id, request, asked.state, made.id, sealed.digest)
    tell(tx, actor, row.meeting_id, answered, subject=ref("minutes", row.id))

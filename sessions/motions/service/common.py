"""What the verbs of motions share: the locked meeting with the motion, who may, texts and notes."""

from collections.abc import Collection

from sqlalchemy import func
from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Event, record, seal
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.consultations import words as consultation_words
from forum.members import queries as members
from sessions.meetings import presence
from sessions.meetings.models import Method
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import chaired, hold, require_session
from sessions.motions import rules, words
from sessions.motions.models import (
    Motion,
    MotionNote,
    MotionState,
    MotionTerms,
    MotionVersion,
    NoteKind,
    Sort,
)
from sessions.motions.rules import Act

__all__ = ["chaired", "hold", "require_session"]


def found(
    tx: Db, actor: Actor, motion: int, *, chair: bool = False
) -> tuple[MeetingAccess, Motion]:
    """A motion on the open item of a meeting in session, locked; `chair`: only the chair may."""
    meeting = tx.exec(select(Motion.meeting_id).where(col(Motion.id) == motion)).one_or_none()
    if meeting is None:
        raise NotFound(_("There is no such motion."))
    access, _row = (chaired if chair else hold)(tx, actor, meeting)
    require_session(access)
    # Read again behind the lock: another click may have come before.
    row = tx.get_one(Motion, motion, populate_existing=True)
    if row.item_id != access.meeting.current_item_id:
        raise Conflict(_("This motion is on an item that is not open now."))
    return access, row


def for_whom(
    tx: Db, actor: Actor, access: MeetingAccess, member: int | None, *, speaks: bool = True
) -> tuple[Actor, Method]:
    """Whose deed it is, present and on the roll; for somebody else the chair or their desk acts.

    Who is muted votes and so objects, but moves and seconds nothing (`speaks`).
    """
    person = actor if member in (None, actor.id) else members.actor_of(tx, member or 0)
    there = presence.here(tx, access.meeting.id, [person.id]).get(person.id)
    if person.id != actor.id:
        desks = {venue.id for venue in access.desks}
        if not access.chairs and (there is None or there.venue_id not in desks):
            raise Forbidden(_("Only the desk of this venue may do this."))
    _require_voice(tx, actor, access, person, speaks=speaks)
    if not presence.entitled(tx, access.meeting.id, [person.id]).get(person.id, False):
        raise Forbidden(_("Only who is on the roll of the meeting may do this."))
    if there is None:
        raise Conflict(_("Check in first: only who is present may do this."))
    return person, Method.SELF if person.id == actor.id else Method.DESK


def _require_voice(
    tx: Db, actor: Actor, access: MeetingAccess, person: Actor, *, speaks: bool
) -> None:
    if person.asleep and actor.id == person.id:
        raise GuardianFirst
    standing = members.standing(tx, person, (*access.access.places, access.stream))
    if not (standing.banned or (speaks and standing.muted)):
        return
    if actor.id == person.id:
        raise Forbidden(consultation_words.restriction(standing, access.meeting.zone))
    raise Forbidden(_("%(name)s may not speak here for now.") % {"name": person.name})


def mine(tx: Db, actor: Actor, access: MeetingAccess, row: Motion) -> bool:
    """Whether the actor is the mover, and may still write here."""
    if actor.id != row.mover_id:
        return False
    _require_voice(tx, actor, access, actor, speaks=True)
    return True


def open_on(tx: Db, item: int, meeting: int) -> list[Motion]:
    """The motions that are still open on an item in a meeting."""
    query = select(Motion).where(
        col(Motion.meeting_id) == meeting,
        col(Motion.item_id) == item,
        col(Motion.state).in_(rules.OPEN),
    )
    return list(tx.exec(query.order_by(col(Motion.id))))


def briefly(motions: Collection[Motion]) -> list[rules.Brief]:
    """These motions as far as they take room."""
    return [rules.Brief(m.number, Sort(m.sort), MotionState(m.state)) for m in motions]


def turn(row: Motion) -> rules.Open:
    """A motion as far as its turn depends on it."""
    return rules.Open(
        row.id,
        row.number,
        Sort(row.sort),
        row.target_id,
        row.degree,
        row.part,
        row.rank,
        row.reach,
    )


def beside(tx: Db, row: Motion) -> list[Motion]:
    """The other open motions on its item."""
    return [one for one in open_on(tx, row.item_id, row.meeting_id) if one.id != row.id]


def upon(tx: Db, row: Motion) -> list[Motion]:
    """The open motions that would change it or deal with it."""
    return [one for one in beside(tx, row) if one.target_id == row.id]


def require_no_vote(tx: Db, row: Motion) -> None:
    """A Conflict while something on its item is put to the vote."""
    for one in open_on(tx, row.item_id, row.meeting_id):
        if one.state == MotionState.VOTING:
            facts = {"motion": words.name(Sort(one.sort), one.number)}
            raise Conflict(_("A vote is under way: %(motion)s. Finish it first.") % facts)


def seconders(tx: Db, meeting: int) -> int:
    """By how many a motion must be seconded in this meeting."""
    terms = tx.get(MotionTerms, meeting)
    return rules.SECONDERS_USUAL if terms is None else terms.seconders


def next_number(tx: Db, meeting: int) -> int:
    """The number of the meeting's next motion."""
    query = select(func.max(col(Motion.number))).where(col(Motion.meeting_id) == meeting)
    return (tx.exec(query).one() or 0) + 1


def wording(tx: Db, row: Motion) -> str:
    """What a motion says now."""
    query = select(MotionVersion.body).where(col(MotionVersion.id) == row.version_id)
    return tx.exec(query).one()


def required(text: str, field: str = "text") -> str:
    """A text that must not be empty or too long."""
    clean = text.strip()
    sentence = ""
    if not clean:
        sentence = _("Please fill this in.")
    elif len(clean) > rules.TEXT_MOST:
        sentence = _("At most %(n)s characters.") % {"n": rules.TEXT_MOST}
    if sentence:
        raise Invalid(sentence, fields={field: sentence})
    return clean


def write(
    tx: Db, row: Motion, text: str, author: int, *, amendment: int | None = None
) -> tuple[int, str]:
    """Give a motion a wording; returns its id and the digest for the event."""
    numbers = select(func.count()).where(col(MotionVersion.motion_id) == row.id)
    sealed = seal(text)
    version = MotionVersion(
        motion_id=row.id,
        number=tx.exec(numbers).one() + 1,
        body=text,
        salt=sealed.salt,
        author_id=author,
        amendment_id=amendment,
        at=clock.now(),
    )
    tx.add(version)
    tx.flush()
    row.version_id = version.id
    tx.flush()
    return version.id, sealed.digest


def note(tx: Db, actor: Actor, row: Motion, kind: NoteKind, text: str) -> tuple[int | None, str]:
    """Keep what the chair said; returns its id and digest, or nothing of nothing."""
    if not text.strip():
        return None, ""
    sealed = seal(text.strip())
    said = MotionNote(
        motion_id=row.id,
        kind=kind,
        body=text.strip(),
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(said)
    tx.flush()
    return said.id, sealed.digest


def tell(tx: Db, actor: Actor | None, row: Motion, event: Event) -> None:
    """Record what happened to a motion, on the stream of its meeting."""
    stream = ref("meeting", row.meeting_id)
    record(tx, actor, event, stream=stream, subject=ref("motion", row.id))


def step(tx: Db, row: Motion, act: Act) -> None:
    """Take a motion a step on; what is over has its moment."""
    row.state = rules.after(MotionState(row.state), act)
    row.asked_at = None
    if row.state not in rules.OPEN:
        row.over_at = clock.now()
    tx.flush()


def amendments(tx: Db, row: Motion, state: str) -> list[Motion]:
    """The amendments to a motion that stand at a state."""
    query = select(Motion).where(
        col(Motion.target_id) == row.id,
        col(Motion.sort) == Sort.AMENDMENT,
        col(Motion.state) == state,
    )
    return list(tx.exec(query.order_by(col(Motion.number))))

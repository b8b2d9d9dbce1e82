"""What the verbs of the floor share: the locked meeting with its list, who may, who has a voice."""

from typing import NamedTuple

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import Event
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.consultations import words
from forum.members import queries as members
from sessions.floor import queries
from sessions.floor.models import Lane, Side, SpeakingList, Speech
from sessions.floor.queries import ListRow, SpeechRow
from sessions.meetings import presence
from sessions.meetings.models import Method
from sessions.meetings.presence import Interval
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import chaired, hold, require_session, tell, touch

__all__ = ["chaired", "hold", "require_session", "tell", "touch"]


def current_list(tx: Db, access: MeetingAccess) -> ListRow:
    """The list of the item that is called up; a Conflict where there is none."""
    item = access.meeting.current_item_id
    found = queries.speaking_list(tx, access.meeting.id, item) if item is not None else None
    if found is None:
        raise Conflict(_("No item is open."))
    return found


def stored_list(tx: Db, access: MeetingAccess, listed: ListRow) -> SpeakingList:
    """Its row, to be changed."""
    return tx.get_one(SpeakingList, (access.meeting.id, listed.item_id))


def of_chair(tx: Db, actor: Actor, speech: int) -> tuple[MeetingAccess, Speech, SpeechRow]:
    """A request in a meeting in session that the actor chairs."""
    row = queries.speech_row(tx, speech)
    access, _meeting = chaired(tx, actor, row.meeting_id)
    require_session(access)
    # Read again behind the lock: another click may have come before.
    return (
        access,
        tx.get_one(Speech, speech, populate_existing=True),
        queries.speech_row(tx, speech),
    )


def require_voice(tx: Db, actor: Actor, access: MeetingAccess, member: Actor) -> None:
    """Forbidden for whoever may not speak here now; only they themselves read the reason."""
    if member.asleep and actor.id == member.id:
        raise GuardianFirst
    standing = members.standing(tx, member, (*access.access.places, access.stream))
    if not (standing.muted or standing.banned):
        return
    if actor.id == member.id:
        raise Forbidden(words.restriction(standing, access.meeting.zone))
    raise Forbidden(_("%(name)s may not speak here for now.") % {"name": member.name})


def require_here(tx: Db, access: MeetingAccess, member: Actor) -> None:
    """A Conflict for who is not there: lists go on at the next sitting, and not everybody comes."""
    if member.id not in presence.here(tx, access.meeting.id, [member.id]):
        raise Conflict(_("%(name)s is not checked in.") % {"name": member.name})


def tell_of(tx: Db, actor: Actor, access: MeetingAccess, row: Speech, event: Event) -> None:
    """Record what happened to a request; its author's own page looks again."""
    tell(tx, actor, access, event, subject=ref("speech", row.id))
    touch(tx, actor, access.meeting.id, row.member_id)


class Voice(NamedTuple):
    """Who is to have a say, where they are, and who wrote it down."""

    access: MeetingAccess
    by: Actor
    speaker: Actor
    here: Interval | None
    origin: Method

    @property
    def venue(self) -> int:
        """Where they are now; a Conflict for who is nowhere."""
        if self.here is None:
            raise Conflict(_("Check in first: only who is present can speak."))
        return self.here.venue_id


def acting_for(tx: Db, actor: Actor, meeting: int, member: int | None) -> Voice:
    """Who is meant; whoever acts for somebody else keeps the desk where they are."""
    access, _row = hold(tx, actor, meeting)
    speaker = actor if member in (None, actor.id) else members.actor_of(tx, member or 0)
    there = presence.here(tx, meeting, [speaker.id]).get(speaker.id)
    if speaker.id != actor.id:
        desks = {venue.id for venue in access.desks}
        if not access.chairs and (there is None or there.venue_id not in desks):
            raise Forbidden(_("Only the desk of this venue may do this."))
    origin = Method.SELF if speaker.id == actor.id else Method.DESK
    return Voice(access, actor, speaker, there, origin)


def voice(tx: Db, actor: Actor, meeting: int, member: int | None) -> Voice:
    """Who is to speak: present, with a voice, in session; a guest only through a desk."""
    found = acting_for(tx, actor, meeting, member)
    require_voice(tx, actor, found.access, found.speaker)
    require_session(found.access)
    place = found.venue
    on_roll = presence.entitled(tx, meeting, [found.speaker.id]).get(found.speaker.id, False)
    own = found.origin is Method.SELF
    if place and own and not (on_roll or found.access.chairs):
        raise Forbidden(_("You are here as a guest. Ask the desk if you would like to speak."))
    return found


def write_request(
    tx: Db, found: Voice, lane: Lane, side: Side = Side.NEITHER, *, to: int | None = None
) -> Speech:
    """Write a request to speak; the caller has judged that it may stand."""
    meeting, item = found.access.meeting.id, found.access.meeting.current_item_id or 0
    row = Speech(
        meeting_id=meeting,
        item_id=item,
        venue_id=found.venue,
        member_id=found.speaker.id,
        lane=lane,
        side=side,
        origin=found.origin,
        recorded_by=found.by.id,
        asked_at=clock.now(),
        to_id=to,
        motion_id=queries.pending_motion(tx, meeting, item),
    )
    tx.add(row)
    tx.flush()
    return row

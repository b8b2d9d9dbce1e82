"""What the verbs of this room share: the locked meeting, who may, and where events go."""

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import Event, Stored, record
from forum.base.i18n import _, datetime_
from forum.base.refs import ref
from sessions.meetings import queries, rules
from sessions.meetings.events import PersonTouched
from sessions.meetings.models import Meeting, MeetingState
from sessions.meetings.queries import MeetingAccess, VenueRow
from voting.polls.models import PollState

# Votes that have begun and whose result is not public.
RUNNING = (PollState.STARTED, PollState.COUNTING, PollState.FINISHED)


def hold(tx: Db, actor: Actor, meeting: int) -> tuple[MeetingAccess, Meeting]:
    """The meeting, locked: two verbs on one meeting come one after the other."""
    row = tx.get(Meeting, meeting, with_for_update=True, populate_existing=True)
    access = queries.meeting_access(tx, actor, meeting)
    return access, row if row is not None else tx.get_one(Meeting, meeting)


def chaired(tx: Db, actor: Actor, meeting: int) -> tuple[MeetingAccess, Meeting]:
    """The same, for those who run the meeting."""
    access, row = hold(tx, actor, meeting)
    if not access.chairs:
        raise Forbidden(_("Only the chair of this meeting may do this."))
    return access, row


def at_desk(tx: Db, actor: Actor, meeting: int, venue: int) -> tuple[MeetingAccess, VenueRow]:
    """The same, for those who keep the desk of this venue."""
    access, _row = hold(tx, actor, meeting)
    found = access.venue(venue)
    if found not in access.desks:
        raise Forbidden(_("Only the desk of this venue may do this."))
    return access, found


def require_state(access: MeetingAccess, states: frozenset[MeetingState], sentence: str) -> None:
    """A Conflict with this sentence unless the meeting is in one of the states."""
    if access.meeting.state not in states:
        raise Conflict(sentence)


def require_doors(access: MeetingAccess) -> None:
    """A Conflict unless people can check in now."""
    meeting = access.meeting
    require_state(access, rules.ATTENDED, _("One checks in once the meeting is convened."))
    if not meeting.receives:
        opens = datetime_(meeting.doors, meeting.zone)
        said = _("The meeting goes on another day. One checks in for it from %(time)s on.")
        raise Conflict(said % {"time": opens})


def require_session(access: MeetingAccess) -> None:
    """A Conflict unless the meeting is in session."""
    sentence = _("The meeting is not in session.")
    require_state(access, frozenset({MeetingState.IN_SESSION}), sentence)


def require_unfinished(access: MeetingAccess) -> None:
    """A Conflict once the meeting is over."""
    require_state(access, rules.UNFINISHED, _("The meeting is over; its record stays as it is."))


def tell(
    tx: Db, actor: Actor, access: MeetingAccess, event: Event, *, subject: str | None = None
) -> Stored:
    """Record an event on the meeting's stream; about the meeting itself unless said otherwise."""
    return record(tx, actor, event, stream=access.stream, subject=subject or access.stream)


def touch(tx: Db, actor: Actor, meeting: int, member: int) -> None:
    """Let somebody's own page look again, on every device that shows it."""
    about = ref("meeting", meeting)
    record(tx, actor, PersonTouched(meeting), stream=ref("member", member), subject=about)

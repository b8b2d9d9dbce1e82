"""What the verbs of this room share: the locked meeting for those who organise it, and the log."""

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden
from forum.base.events import Event, Stored, record
from forum.base.i18n import _
from forum.base.refs import ref
from sessions.convening.queries.preparing import organises
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import hold


def organised(tx: Db, actor: Actor, meeting: int) -> MeetingAccess:
    """The meeting, locked, for those who prepare it: its chair, the secretary, the station."""
    access, _row = hold(tx, actor, meeting)
    if not organises(access):
        raise Forbidden(_("Only those who prepare this meeting may do this."))
    return access


def note(tx: Db, actor: Actor | None, meeting: int, event: Event, *, member: int = 0) -> Stored:
    """Record an event on the meeting's stream; about a person where one is named."""
    stream = ref("meeting", meeting)
    subject = ref("member", member) if member else stream
    return record(tx, actor, event, stream=stream, subject=subject)
